"""Krynica and its peers on the same readings, the same outlets held out.

``python benchmarks/peers READINGS [--encoder DIR]`` fits each peer on the texts of the outlets that
the model that ships learned from, all languages together, and prints a Markdown table of what
each makes of the outlets held out. Peers get raw text; what is fitted is fitted on the former
alone. Bold is the best figure of a column, so that it shows where a peer wins. CPU seconds are of
this process, and so is the reference: plain TF-IDF and logistic regression.

The packages come with ``pip install .[bench]``; one that is missing costs its row alone.
``--encoder`` is an encoder as published, written by ``python -m krynica.training.encoder
--untuned``.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from contenders import PEERS, FrozenEncoder, Peer

from krynica import Article, load_model
from krynica.classifier.arrays import FloatArray
from krynica.training.markdown import table
from krynica.training.material import joined
from krynica.training.metrics import auc, recall_at
from krynica.training.summary import number, percent

REFERENCE = "TF-IDF + logistic regression"
ALL = "all"


@dataclass(frozen=True)
class Result:
    """What a peer made of the texts held out, and the CPU seconds of fitting and of scoring."""

    name: str
    p: FloatArray
    fit: float
    score: float


def main() -> None:
    """Fit and score all peers; print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--encoder", type=Path)
    options = parser.parse_args()
    rows = pd.read_parquet(options.readings)
    held = rows["outlet"].isin(load_model().manifest["held_out_outlets"]).to_numpy()
    texts = [joined(*pair) for pair in zip(rows["title"], rows["text"], strict=True)]
    known = [text for text, out in zip(texts, held, strict=True) if not out]
    new = [text for text, out in zip(texts, held, strict=True) if out]
    label = (rows["score"] >= 2).to_numpy().astype(np.int64)
    makers: dict[str, Callable[[], Peer]] = dict(PEERS)
    if options.encoder:
        makers["encoder as published"] = lambda: FrozenEncoder(options.encoder)
    results = [_krynica(new, rows.loc[held, "lang"].tolist())]
    for name, make in makers.items():
        try:
            results.append(_contend(name, make, known, label[~held], new))
        except ImportError as error:
            print(f"{name}: not run: {error}")
    for line in _lines(rows[held], results):
        print(line)


def _contend(
    name: str,
    make: Callable[[], Peer],
    known: Sequence[str],
    label: npt.NDArray[np.int64],
    new: Sequence[str],
) -> Result:
    peer = make()
    begin = time.process_time()
    peer.fit(peer.prepare(known), label)
    fitted = time.process_time()
    p = peer.predict(peer.prepare(new))
    return Result(name, p, fitted - begin, time.process_time() - fitted)


def _krynica(texts: Sequence[str], languages: Sequence[str]) -> Result:
    model = load_model()
    begin = time.process_time()
    told = [
        model.score(Article(text, language=language), with_evidence=False).p_propaganda
        for text, language in zip(texts, languages, strict=True)
    ]
    p = np.array([0.5 if one is None else one for one in told])
    return Result("Krynica", p, float("nan"), time.process_time() - begin)


def _lines(rows: pd.DataFrame, results: Sequence[Result]) -> Iterator[str]:
    reference = next(one for one in results if one.name == REFERENCE)
    score = rows["score"].to_numpy()
    label = (score >= 2).astype(np.int64)
    news = ((rows["outlet_label"] == "journalism") & (score < 2)).to_numpy()
    lang = rows["lang"].to_numpy()
    codes = [*sorted(set(lang)), ALL]
    parts = {code: (lang == code) | (code == ALL) for code in codes}
    figures = [
        [
            *(auc(label[part], one.p[part]) for part in parts.values()),
            auc(label[(score >= 3) | (score < 2)], one.p[(score >= 3) | (score < 2)]),
            recall_at(label[(label == 1) | news], one.p[(label == 1) | news]),
        ]
        for one in results
    ]
    best = [max(value or 0.0 for value in column) for column in zip(*figures, strict=True)]
    yield from table(
        ("", *codes, "3 or more", "found at 2% of newsrooms accused", "times to score"),
        [
            (
                one.name,
                *(
                    f"**{shown}**" if value == top else shown
                    for value, top, shown in zip(own, best, _shown(own), strict=True)
                ),
                f"{one.score / reference.score:.1f}",
            )
            for one, own in zip(results, figures, strict=True)
        ],
    )
    yield (
        f"{len(rows)} texts of {rows['outlet'].nunique()} outlets, {int(label.sum())} of them "
        f"scored 2 or more. Times: CPU to score them, as a multiple of {REFERENCE}."
    )


def _shown(figures: Sequence[float | None]) -> list[str]:
    return [*map(number, figures[:-1]), percent(figures[-1])]


if __name__ == "__main__":
    main()
