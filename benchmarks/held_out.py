"""Figures of ``krynica batch`` on articles whose outlets the model never saw.

``python benchmarks/held_out.py CORPUS...`` holds a quarter of the newsrooms and a share of the
propaganda outlets of each language out, trains on the rest with ``krynica train``, scores up to
2,000 of the articles held out with ``krynica batch``, and prints figures per language. Texts of
the held-out articles that stand nearly alike in the rest are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from data.labelled import ARTICLE_LABELS, canonical_outlet
from training.blocks import blocks
from training.duplicates import near_duplicates
from training.metrics import auc, wilson

ROWS = 2000


def main() -> None:
    """Hold out, train, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path)
    options = parser.parse_args()
    rows = pd.concat([pd.read_parquet(path) for path in options.corpus], ignore_index=True)
    train, test = _split(rows)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        train.to_parquet(folder / "train.parquet")
        test.to_parquet(folder / "test.parquet")
        _krynica("train", str(folder / "train.parquet"), "-o", str(folder / "model"))
        _krynica(
            *("batch", str(folder / "test.parquet"), "-o", str(folder / "scored.parquet")),
            *("--language-column", "lang", "--workers", "2", "--model", str(folder / "model")),
        )
        scored = pd.read_parquet(folder / "scored.parquet")
    _report(scored)


def _split(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return training rows, and at most `ROWS` articles of outlets that are not in them."""
    articles = rows[rows["label"].isin(list(ARTICLE_LABELS)) & rows["outlet"].notna()]
    outlets = articles["outlet"].map(canonical_outlet)
    held: set[int] = set()
    for _, part in articles[articles["kind"] == "article"].groupby("lang"):
        label = part["label"].map(ARTICLE_LABELS).to_numpy().astype(np.int64)
        names = part["outlet"].map(canonical_outlet).to_numpy().astype(object)
        if min(len(set(names[label == value])) for value in (0, 1)) > 1:
            held |= set(part.index[next(iter(blocks(label, names)))[1]])
        else:
            held |= set(part.index[np.isin(names, np.unique(names)[::4])])
    unseen = set(zip(rows.loc[sorted(held), "lang"], outlets[sorted(held)], strict=True))
    keys = pd.Series(list(zip(articles["lang"], outlets, strict=True)), index=articles.index)
    train = rows.drop(index=keys.index[keys.isin(list(unseen))])
    test = rows.loc[sorted(held)].sample(min(ROWS, len(held)), random_state=0).sort_index()
    texts = pd.concat([train.loc[train["kind"] == "article", "text"], test["text"]])
    group = pd.Series(near_duplicates(texts.fillna("").tolist()), index=texts.index)
    known = set(group[: len(texts) - len(test)])
    return train, test[[number not in known for number in group[len(texts) - len(test) :]]]


def _krynica(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "service.cli", *arguments], check=True)


def _report(scored: pd.DataFrame) -> None:
    print(f"{len(scored)} articles of outlets the model never saw")
    for language, part in scored.groupby("lang"):
        news = part[part["label"] == "journalism"]
        propaganda = part[part["label"] == "propaganda"]
        accused = int((news["verdict"] == "propaganda").sum())
        low, high = wilson(accused, len(news))
        judged = part[part["p_propaganda"].notna()]
        label = judged["label"].map(ARTICLE_LABELS).to_numpy().astype(np.int64)
        value = auc(label, judged["p_propaganda"].to_numpy(dtype=np.float64))
        print(
            f"{language}: {len(propaganda)} propaganda, {len(news)} journalism; "
            f"AUC {'–' if value is None else f'{value:.3f}'}; "
            f"falsely accused {accused} ({low:.1%}–{high:.1%}); "
            f"propaganda found {int((propaganda['verdict'] == 'propaganda').sum())}; "
            f"unclear {(part['verdict'] == 'unclear').mean():.1%}; "
            f"errors {int(part['error'].notna().sum())}"
        )


if __name__ == "__main__":
    main()
