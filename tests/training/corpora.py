"""A labelled corpus with a known structure, made of invented words: no text of anybody's."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
