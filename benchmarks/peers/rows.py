"""The rows that all contenders get, and what each of them said: files of a temporary folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
_HELD = "held out "


def draw(paths: Sequence[Path], most: int, folder: Path) -> None:
    """Prepare the corpora, and write a table of articles for each language with both classes.

    Parameters
    ----------
    paths
        Labelled tables.
    most
        Articles a language at most, more only if it has more outlets.
    folder
        Where ``passages.parquet`` and ``en.parquet`` and so on go; a table has one column a block
        that says which rows it holds out.
    """
    from classifier.errors import CorpusError
    from data.labelled import read_corpus
    from training.blocks import blocks
    from training.prepare import prepare

    prepared = prepare(read_corpus(paths))
    passages = prepared.passages.assign(techniques=prepared.passages["techniques"].map(sorted))
    passages.to_parquet(folder / "passages.parquet")
    for language, part in prepared.articles.groupby("lang"):
        table = sample(part, most)
        label = table["label"].to_numpy().astype(np.int64)
        try:
            splits = list(blocks(label, table["outlet"].to_numpy().astype(object)))
        except CorpusError:  # a class with a single outlet: none can be held out
            continue
        for number, (_, test) in enumerate(splits):
            table[f"{_HELD}{number}"] = np.isin(np.arange(len(table)), test)
        table.to_parquet(folder / f"{language}.parquet")


def sample(articles: pd.DataFrame, most: int) -> pd.DataFrame:
    """Draw articles by outlet: one of each, and the rest in proportion to its articles.

    The draw is seeded. Outlets keep their share, as a corpus with all of them has it.
    """
    if len(articles) <= most:
        return articles.reset_index(drop=True)
    outlet = articles.groupby(["label", "outlet"])
    size = outlet["text"].transform("size").to_numpy()
    outlets = outlet.ngroups
    share = max(0, most - outlets) / (len(articles) - outlets)
    order = pd.Series(np.random.default_rng(0).permutation(len(articles)), index=articles.index)
    rank = order.groupby([articles["label"], articles["outlet"]]).rank().to_numpy()
    return articles[rank <= 1 + np.floor((size - 1) * share)].reset_index(drop=True)


def held_out(table: pd.DataFrame) -> BoolArray:
    """Return which block holds a row out, shape (n_rows, n_blocks)."""
    columns = [name for name in table.columns if name.startswith(_HELD)]
    return table[columns].to_numpy(dtype=bool)


def stacked(held: BoolArray) -> tuple[IntArray, IntArray]:
    """Return row and block of each prediction: block after block, a row as often as it is held."""
    block, row = np.nonzero(held.T)
    return row.astype(np.int64), block.astype(np.int64)
