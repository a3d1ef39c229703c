"""Krynica and its peers in one run: the same rows, the same outlets held out, a process for each.

``python benchmarks/peers CORPUS...`` prepares the corpora as training does, draws up to 4,000
articles of each language that has propaganda and journalism of two outlets or more, holds outlets
of both classes out in four blocks, and prints a Markdown table. Everything that is fitted, is
fitted on a block's other outlets. Peers get raw text; Krynica masks, and learns from the marked
passages too, which no peer has a place for.

AUC and its interval (outlets drawn anew) are within blocks. A peer's own cut is a probability of
.5; Krynica's are its verdicts. Calibration weighs the classes the same. CPU seconds are of one
thread, imports apart: to fit the other outlets of one block, and to score 1,000 articles. Peak
memory is of the whole process that fits and scores all blocks, Python and the rows among it.
The packages come with ``pip install .[bench]``; one that is missing costs its row alone.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# Nothing but the standard library here: a child's peak memory begins at that of its parent.
KRYNICA = "Krynica"
PEERS = (
    "TF-IDF + logistic regression",
    "fastText",
    "Vowpal Wabbit",
    "spaCy textcat",
    "sentence encoder + logistic regression",
)
NOT_RUN = {
    "nela-features": "not run: it wants the tagger, the name finder and the word lists of NLTK, "
    "which are downloads that an offline user cannot have; and it reads English alone."
}


def main() -> None:
    """Run what the arguments name: all, or one part in this process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="*", type=Path)
    parser.add_argument("--rows", type=int, default=4000, help="articles of a language, at most")
    for name in ("--peer", "--language", "--folder"):
        parser.add_argument(name, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        from contend import contend

        contend(options.peer, options.language, Path(options.folder))
    elif options.folder:
        from rows import draw

        draw(options.corpus, options.rows, Path(options.folder))
    else:
        with tempfile.TemporaryDirectory() as name:
            _compare(options.corpus, options.rows, Path(name))


def _compare(corpus: list[Path], rows: int, folder: Path) -> None:
    _, status = _run("--rows", str(rows), "--folder", str(folder), *map(str, corpus))
    if status:
        raise SystemExit("The corpora were not prepared.")
    languages = sorted(path.stem for path in folder.glob("??.parquet"))
    memory = {
        (name, language): _contend(name, language, folder)
        for language in languages
        for name in ("constant", KRYNICA, *PEERS)
    }
    import table

    lines, notes = table.head(), []
    for language in languages:
        found = {
            name: table.read(folder, name, language, memory[name, language])
            for name in (KRYNICA, *PEERS)
        }
        lines += table.render(language, found)
        base = memory["constant", language] / 1024
        notes.append(f"{table.counted(folder, language)} Python and these rows: {base:.0f} MB.")
    lines += table.render("all", NOT_RUN)
    print("\n".join([*lines, "", *notes]))


def _contend(name: str, language: str, folder: Path) -> int:
    """Let a contender run; return its peak memory in kB."""
    memory, _ = _run("--peer", name, "--language", language, "--folder", str(folder))
    print(f"{language}: {name}, {memory} kB", file=sys.stderr, flush=True)
    return memory


def _run(*arguments: str) -> tuple[int, int]:
    """Run this program anew on one thread; return its peak memory in kB, and its status."""
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).parent), *arguments],
        env=os.environ | dict.fromkeys(threads, "1"),
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss, process.returncode


if __name__ == "__main__":
    main()
