"""``krynica train`` on corpora of growing size: time, CPU an article, and memory.

``python benchmarks/corpus_sizes.py [TABLE...] --rows 2000 10000 50000`` makes corpora of twenty
outlets, ten of each class, by sampling and perturbing the English articles of labelled tables, or
of ``data/samples``: a third of the words give way to others of the same text, so that few are
near-duplicates. Each is trained on with two workers. Printed are seconds of the clock; CPU seconds
of all processes an article, beside those of the smallest corpus (the reference); and the greatest
memory of all processes together (proportional set size). The figures that such a model reaches
mean nothing. Compare on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import pandas as pd
from perturbed import perturbed
from processes import Cost, measure

ROOT = Path(__file__).resolve().parent.parent
OUTLETS = 10
"""Of each class."""
REPLACED = 1 / 3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", type=Path)
    parser.add_argument("--rows", nargs="+", type=int, default=[2000, 10_000, 50_000])
    options = parser.parse_args()
    texts = _texts(options.tables)
    reference = None
    for rows in sorted(options.rows):
        with tempfile.TemporaryDirectory() as name:
            cost = _train(_corpus(Path(name), texts, rows))
        each = cost.cpu / rows * 1000
        reference = reference or each
        print(
            f"{rows:,} articles of {2 * OUTLETS} outlets: {cost.seconds:.0f} s, {each:.1f} ms CPU "
            f"an article (x{each / reference:.2f}); memory at most {cost.peak:.0f} MB",
            flush=True,
        )


def _texts(tables: list[Path]) -> dict[str, list[str]]:
    """Return the English texts of each label."""
    if tables:
        rows = pd.concat(
            pd.read_parquet(table, columns=["text", "label", "lang"]) for table in tables
        )
        english = rows[rows["lang"] == "en"]
        return {
            label: english.loc[english["label"] == label, "text"].tolist()
            for label in ("propaganda", "journalism")
        }
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "data/samples").glob("en*.txt"))]
    return {"propaganda": texts[::2], "journalism": texts[1::2]}


def _corpus(folder: Path, texts: dict[str, list[str]], rows: int) -> Path:
    made = [
        {"text": text, "label": label, "outlet": f"{label} {at % OUTLETS}", "lang": "en"}
        for label, own in texts.items()
        for at, text in enumerate(perturbed(own, rows // 2, REPLACED))
    ]
    path = folder / "corpus.parquet"
    pd.DataFrame(made).to_parquet(path)
    return path


def _train(corpus: Path) -> Cost:
    output = corpus.with_name("model")
    command = [sys.executable, "-m", "service.cli", "train", str(corpus), "-o", str(output)]
    cost = measure([*command, "--workers", "2"], PYTHONPATH=str(ROOT))
    if not output.exists():
        raise SystemExit(cost.said)
    return cost


if __name__ == "__main__":
    main()
