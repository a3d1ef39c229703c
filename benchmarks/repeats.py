"""What it costs to answer a near-repeat with the answer of the text that it repeats.

``python benchmarks/repeats.py TABLE...`` takes articles of labelled tables (column ``text``), gives
a share of their words another word of the same article in its place, and prints, for each share:
how many of the copies are taken for repeats, and how far `p_propaganda` of those lies from that of
the original, where both are judged.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from krynica import Article, load_model
from krynica.data.corpus.duplicates import nearly_repeats, sketch

SHARES = (0.0025, 0.005, 0.01, 0.02, 0.03)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--articles", type=int, default=400)
    options = parser.parse_args()
    frames = [pd.read_parquet(table, columns=["text"]) for table in options.tables]
    texts = pd.concat(frames)["text"].dropna().sample(options.articles, random_state=0).tolist()
    model, generator = load_model(), np.random.default_rng(0)

    def judged(text: str) -> tuple[float | None, str | None]:
        answer = model.score(Article(text), with_evidence=False)
        return answer.p_propaganda, answer.verdict

    answers = [judged(text) for text in texts]
    for share in SHARES:
        apart, flips, taken = [], 0, 0
        for text, (p, verdict) in zip(texts, answers, strict=True):
            copy = _changed(text, share, generator)
            if not nearly_repeats(sketch(text), sketch(copy)):
                continue
            taken += 1
            other, said = judged(copy)
            flips += said != verdict
            if p is not None and other is not None:
                apart.append(abs(p - other))
        print(
            f"{share:.2%} of the words changed: {taken} of {len(texts)} taken for repeats; "
            f"p moved by {np.median(apart):.4f} (median), {np.quantile(apart, 0.95):.4f} (95%), "
            f"{max(apart):.4f} (most); {flips} other verdicts"
        )


def _changed(text: str, share: float, generator: np.random.Generator) -> str:
    words = text.split(" ")
    for at in np.flatnonzero(generator.random(len(words)) < share).tolist():
        words[at] = words[generator.integers(len(words))]
    return " ".join(words)


if __name__ == "__main__":
    main()
