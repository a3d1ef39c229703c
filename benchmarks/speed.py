"""CPU time and memory of ``krynica batch`` against plain scikit-learn on the same texts.

``python benchmarks/speed.py [TABLE] [--model DIR]`` scores the texts of a table (column ``text``),
or texts shuffled together from the paragraphs of ``data/samples``, in fresh processes on one
thread, in turn:

reference
    a process that loads a pickled ``TfidfVectorizer(ngram_range=(1, 2))`` and
    ``LogisticRegression`` fitted on other such texts, reads the table, and predicts;
fast
    ``krynica batch --fast``, whole: model check, reading, language, words, writing;
batch
    ``krynica batch`` on a mix of which one text in six is not cleared by the words alone;
encoder
    ``krynica batch`` with a copy of the model that has no screen, so that all is read whole;
windows, passages
    the encoder alone, on whole windows as scoring does, and naively, one passage a call.

Printed: CPU milliseconds a text, what twice as many texts cost more, so that no start counts; their
ratio to the reference; peak memory; and the share of the texts as they came that the words alone
clear. Each figure is the least of the runs. Times vary; ratios less. `encoder`, `windows` and
`passages` are measured on fewer texts. With a table, memory means nothing: a child's peak begins
at that of this process, which has read the table.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.folder import SCREEN, SCREEN_TERMS

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "data" / "samples"
ROWS, FEW, RUNS = 1000, 20, 2
CLEARED = 5
"""Texts of the mix that the words alone clear, for each that they do not."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("table", nargs="?", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--model", type=Path, default=ROOT / "models" / "default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts, share = _mixed(folder, options)
        whole = _write(folder, texts)
        # In a process of its own: a child's peak memory begins at that of its parent.
        _run([sys.executable, "-c", _FIT, str(folder / "reference.pkl"), str(whole)])
        bare = _without_screen(options.model, folder / "models" / "default")
        parts = _commands(folder, options.model, bare)
        figures = {
            part: _measure(folder, command, texts, options.few if part in _SLOW else options.rows)
            for part, command in parts.items()
        }
    print(f"cleared by the words alone, of the texts as they came: {share:.0%}")
    for part, (cpu, memory) in figures.items():
        ratio = cpu / figures["reference"][0]
        print(f"{part}: {1000 * cpu:.2f} ms CPU a text, {ratio:.2f} times, {memory / 1024:.0f} MB")
    naive = figures["passages"][0] / figures["windows"][0]
    print(f"encoder, one passage a call against windows: {naive:.2f}")


_SLOW = {"encoder", "windows", "passages"}


def _commands(folder: Path, model: Path, bare: Path) -> dict[str, list[str]]:
    """Return the command of each part; the names of the table and of the output follow."""
    batch = [sys.executable, "-m", "krynica", "batch", "--workers", "1", "--model"]
    read = [sys.executable, "-c", _ENCODE, str(model)]
    return {
        "reference": [sys.executable, "-c", _REFERENCE, str(folder / "reference.pkl")],
        "fast": [*batch, str(model), "--fast"],
        "batch": [*batch, str(model)],
        "encoder": [*batch, str(bare)],
        "windows": [*read, "windows"],
        "passages": [*read, "passages"],
    }


def _mixed(folder: Path, options: argparse.Namespace) -> tuple[list[str], float]:
    """Return texts of which one in six needs the encoder, and what share needs it not at first."""
    texts = _texts(options.table, 6 * options.rows)
    source, output = _write(folder, texts), folder / "first.csv"
    command = [*_commands(folder, options.model, options.model)["fast"], str(source)]
    _run([*command, "-o", str(output)], failing=True)
    with output.open(encoding="utf-8", newline="") as file:
        verdicts = [row["verdict"] for row in csv.DictReader(file)]
    kinds: dict[bool, list[str]] = {True: [], False: []}
    for text, verdict in zip(texts, verdicts, strict=True):
        kinds[verdict == "journalism"].append(text)
    share = len(kinds[True]) / len(texts)
    # No text comes twice, for repeats are scored once.
    groups = min(len(kinds[True]) // CLEARED, len(kinds[False]), 2 * options.rows // (CLEARED + 1))
    options.rows = groups * (CLEARED + 1) // 2
    if options.rows < options.few:
        raise SystemExit("Too many of these texts, or too few, are cleared by the words alone.")
    clear, rest = iter(kinds[True]), iter(kinds[False])
    mixed = [
        text for _ in range(groups) for text in (next(rest), *itertools.islice(clear, CLEARED))
    ]
    return mixed[: 2 * options.rows], share


def _without_screen(model: Path, folder: Path) -> Path:
    """Copy a model without its screen; its encoder is found beside it."""
    shutil.copytree(model, folder)
    for name in (SCREEN, SCREEN_TERMS):
        (folder / name).unlink(missing_ok=True)
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != SUMS}
    (folder / SUMS).write_bytes(listing(files))
    encoder = model.resolve().parent / "encoder"
    if encoder.is_dir():
        (folder.parent / "encoder").symlink_to(encoder)
    return folder


def _texts(table: Path | None, count: int) -> list[str]:
    if table is not None:
        import pandas as pd

        frame = pd.read_parquet(table) if table.suffix == ".parquet" else pd.read_csv(table)
        texts = frame["text"].dropna().drop_duplicates()
        return texts.sample(min(count, len(texts)), random_state=0).tolist()
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
with open(sys.argv[4], "w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file)
    writer.writerows(zip(rows, model.predict_proba(rows)[:, 1]))
"""


_ENCODE = """
import csv, sys
csv.field_size_limit(sys.maxsize)
from krynica import Article, load_model
from krynica.classifier.passages import texts_of
from krynica.classifier.reading import read
encoder = load_model(sys.argv[1]).encoder
for row in csv.DictReader(open(sys.argv[3], encoding="utf-8", newline="")):
    passages = texts_of(read(Article(row["text"])))
    for part in [passages] if sys.argv[2] == "windows" else [[one] for one in passages]:
        encoder.encode(part)
"""


def _write(folder: Path, texts: list[str]) -> Path:
    path = folder / f"{len(texts)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text"])
        writer.writerows([text] for text in texts)
    return path


def _measure(folder: Path, command: list[str], texts: list[str], rows: int) -> tuple[float, int]:
    """Return CPU seconds a text and peak memory: the least of the runs."""
    found = []
    for _ in range(RUNS):
        (less, _), (more, memory) = (
            _run(_words(folder, command, _write(folder, texts[:count])), failing=True)
            for count in (rows, 2 * rows)
        )
        found.append(((more - less) / rows, memory))
    return min(cpu for cpu, _ in found), min(memory for _, memory in found)


def _words(folder: Path, command: list[str], source: Path) -> list[str]:
    output = folder / f"scored-{source.name}"
    output.unlink(missing_ok=True)
    return [*command, str(source), "-o", str(output)]


def _run(command: list[str], *, failing: bool = False) -> tuple[float, int]:
    """Return CPU seconds and peak memory in kB of a process, on one thread.

    One that may fail has texts in it that cannot be scored, and ends with status 1.
    """
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "0"}
    environment = os.environ | single | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > failing:
        raise SystemExit(f"{command[:4]} ended with status {process.returncode}.")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


if __name__ == "__main__":
    main()
