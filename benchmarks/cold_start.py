"""Seconds from the shell to an answer: ``krynica score`` on one sample, against ``import numpy``.

``python benchmarks/cold_start.py`` prints the median of five runs of each, and their ratio.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"


def main() -> None:
    """Measure and print."""
    score = [
        sys.executable,
        "-m",
        "krynica.service.cli",
        "score",
        str(SAMPLES / "en-propaganda-1.txt"),
    ]
    answer, reference = _median(score), _median([sys.executable, "-c", "import numpy"])
    print(f"krynica score, one article: {answer:.2f} s; import numpy: {reference:.2f} s")
    print(f"ratio: {answer / reference:.1f}")


def _median(command: list[str]) -> float:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


if __name__ == "__main__":
    main()
