"""A labelled corpus with a known structure, made of invented words: no text of anybody's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from data.labelled import read_corpus
from training.material import Material, gather
from training.prepare import prepare
from training.work import Work

SAMPLES = Path(__file__).resolve().parents[2] / "data/samples"
CALM = ("said", "report", "council", "according", "figures", "told", "budget", "measured", "asked")
LOUD = ("betrayal", "puppets", "hysteria", "disgrace", "traitors", "enemies", "lies", "shameful")
PLAIN = (
    *("the", "of", "and", "a", "in", "to", "with", "for", "on", "that", "road", "bridge", "school"),
    *("water", "winter", "harvest", "train", "window", "morning", "market", "letter", "garden"),
    *("paper", "bread", "doctor", "teacher", "street", "town", "people", "work", "time", "house"),
)


def articles(
    *,
    outlets: int = 6,
    each: int = 12,
    signal: float = 0.25,
    seed: int = 0,
    lang: str = "en",
) -> pd.DataFrame:
    """Return articles of as many outlets of each class; `signal` is the share of telling words."""
    rng = np.random.default_rng(seed)
    rows = [
        {
            "text": _text(rng, telling, signal, 120),
            "label": label,
            "outlet": f"{label} {number}",
            "lang": lang,
            "kind": "article",
            "source": "invented",
            "licence": "CC0",
        }
        for label, telling in (("propaganda", LOUD), ("journalism", CALM))
        for number in range(outlets)
        for _ in range(each)
    ]
    return pd.DataFrame(rows)


def passages(*, documents: int = 40, each: int = 5, seed: int = 1) -> pd.DataFrame:
    """Return marked and plain passages of invented documents."""
    rng = np.random.default_rng(seed)
    rows = []
    for document in range(documents):
        for _ in range(each):
            marked = rng.random() < 0.4
            rows.append(
                {
                    "text": _text(rng, LOUD if marked else CALM, 0.25, 30),
                    "label": "persuasive" if marked else "plain",
                    "doc": f"document {document}",
                    "lang": "en",
                    "kind": "passage",
                    "source": "invented passages",
                    "licence": "CC0",
                }
            )
    return pd.DataFrame(rows)


def _text(rng: np.random.Generator, telling: tuple[str, ...], signal: float, words: int) -> str:
    drawn = [str(rng.choice(telling if rng.random() < signal else PLAIN)) for _ in range(words)]
    sentences = [drawn[at : at + 12] for at in range(0, words, 12)]
    return " ".join(f"{s[0].capitalize()} {' '.join(s[1:])}." for s in sentences)


def collected(
    *, collections: int = 4, outlets: int = 2, each: int = 12, signal: float = 0.0, seed: int = 3
) -> pd.DataFrame:
    """Return articles of as many collections, with outlets of their own in both classes.

    Every article holds a word that only its collection and its class has: whoever knows the
    collection knows the label, whatever `signal` says.
    """
    table = articles(outlets=collections * outlets, each=each, signal=signal, seed=seed)
    number = table["outlet"].str.split().str[-1].astype(int) // outlets
    table["source"] = [f"collection {at}" for at in number]
    marks = [
        f"mark{label[:4]}{'abcdefgh'[at]}" for at, label in zip(number, table["label"], strict=True)
    ]
    table["text"] = [
        text.replace(" the ", f" the {mark} ").replace(" of ", f" of {mark} ")
        for text, mark in zip(table["text"], marks, strict=True)
    ]
    return table


def of_samples(
    lang: str, *, outlets: int = 5, each: int = 30, words: int = 150, seed: int = 5
) -> pd.DataFrame:
    """Return articles made of the project's own samples: their words, in another order.

    What tells the classes apart is known: words that only samples of one class have, and how often
    its sentences end.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for label in ("propaganda", "journalism"):
        files = sorted(SAMPLES.glob(f"{lang}-{label}-*.txt"))
        own = " ".join(path.read_text("utf-8") for path in files).split()
        rows += [
            {
                "text": " ".join(str(word) for word in rng.choice(own, words)),
                "label": label,
                "outlet": f"{lang} {label} {at % outlets}",
                "lang": lang,
                "source": "samples",
                "licence": "Apache-2.0",
            }
            for at in range(outlets * each)
        ]
    return pd.DataFrame(rows)


def materials(table: pd.DataFrame, folder: Path) -> tuple[dict[str, Material], pd.DataFrame]:
    """Read a made corpus as training does."""
    table.to_parquet(folder / "made.parquet")
    prepared = prepare(read_corpus([folder / "made.parquet"]))
    return gather(prepared, Work(jobs=1))[0], prepared.articles
