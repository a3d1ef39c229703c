"""CPU time and memory of ``krynica batch`` against plain scikit-learn on the same texts.

``python benchmarks/speed.py [TABLE]`` scores the texts of a table (column ``text``), or 2,000
texts shuffled together from the paragraphs of ``data/samples``, in two fresh processes each:

reference
    a process that loads a pickled ``TfidfVectorizer(ngram_range=(1, 2))`` and
    ``LogisticRegression`` fitted on other such texts, reads the table, and predicts;
krynica
    the command ``krynica batch --workers 1``, whole: model check, reading, language, three views,
    writing.

Printed for the texts and for twice as many: CPU seconds and peak memory of each process, the least
of three runs in turn, and the ratio of CPU seconds. Times vary; ratios less. With a table, memory
means nothing: a child's peak begins at that of this process, which has read the table.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
ROWS, RUNS = 2000, 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    texts = _texts(options.table, 2 * options.rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole = _write(folder, texts)
        # In a process of its own: a child's peak memory begins at that of its parent.
        _run([sys.executable, "-c", _FIT, str(folder / "reference.pkl"), str(whole)])
        sizes = (len(texts) // 2, len(texts))
        figures = {size: _measure(folder, _write(folder, texts[:size])) for size in sizes}
    for size, parts in figures.items():
        for part, (cpu, memory) in parts.items():
            print(f"{size} texts, {part}: {cpu:.2f} s CPU, {memory / 1024:.0f} MB")
        print(f"{size} texts, CPU ratio: {parts['krynica'][0] / parts['reference'][0]:.2f}")


def _texts(table: Path | None, count: int) -> list[str]:
    if table is not None:
        import pandas as pd

        frame = pd.read_parquet(table) if table.suffix == ".parquet" else pd.read_csv(table)
        return frame["text"].dropna().sample(count, random_state=0, replace=True).tolist()
    generator = random.Random(0)  # noqa: S311  # texts, not secrets
    parts: dict[str, list[str]] = {}
    for path in sorted(SAMPLES.glob("*.txt")):
        parts.setdefault(path.name[:2], []).extend(path.read_text("utf-8").split("\n\n")[1:])
    languages = sorted(parts)
    return [
        "\n\n".join(generator.sample(parts[generator.choice(languages)], 12)) for _ in range(count)
    ]


_FIT = """
import csv, pickle, sys
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
csv.field_size_limit(sys.maxsize)
rows = [row["text"] for row in csv.DictReader(open(sys.argv[2], encoding="utf-8", newline=""))]
model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression())
model.fit(rows, [number % 2 for number in range(len(rows))])
pickle.dump(model, open(sys.argv[1], "wb"))
"""

_REFERENCE = """
import csv, pickle, sys
csv.field_size_limit(sys.maxsize)
model = pickle.load(open(sys.argv[1], "rb"))
rows = [row["text"] for row in csv.DictReader(open(sys.argv[2], encoding="utf-8", newline=""))]
with open(sys.argv[3], "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerows(zip(rows, model.predict_proba(rows)[:, 1]))
"""


def _write(folder: Path, texts: list[str]) -> Path:
    path = folder / f"{len(texts)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text"])
        writer.writerows([text] for text in texts)
    return path


def _measure(folder: Path, source: Path) -> dict[str, tuple[float, int]]:
    """Return CPU seconds and peak memory of both processes: the least of three runs in turn."""
    pickled, output = str(folder / "reference.pkl"), str(folder / f"scored-{source.name}")
    batch = ("-m", "krynica", "batch", str(source), "-o", output, "--workers", "1")
    commands = {
        "reference": [sys.executable, "-c", _REFERENCE, pickled, str(source), output],
        "krynica": [sys.executable, *batch],
    }
    runs = [{part: _run(command) for part, command in commands.items()} for _ in range(RUNS)]
    return {part: min(run[part] for run in runs) for part in commands}


def _run(command: list[str]) -> tuple[float, int]:
    """Return CPU seconds and peak memory in kB of a process, on one thread."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[:4]} ended with status {process.returncode}.")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    main()
