"""A labelled corpus with a known structure, made of invented words: no text of anybody's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from krynica.data.corpus.labelled import read_corpus
from krynica.training.corpus.prepare import in_order, prepare
from krynica.training.fit.material import Material, gather
from krynica.training.work import Work
from tests.tiny_encoder import CALM as CALM_PIECES
from tests.tiny_encoder import LOUD as LOUD_PIECES

SAMPLES = Path(__file__).resolve().parents[2] / "data/samples"
CALM = ("said", "report", "according", "figures", "told", "measured", "asked", *CALM_PIECES[:4])
LOUD = ("betrayal", "disgrace", "traitors", "enemies", "lies", "shameful", *LOUD_PIECES[:5])
"""The last ones are those that the tiny encoder knows."""
PLAIN = (
    *("the", "of", "and", "a", "in", "to", "with", "for", "on", "that", "road", "bridge", "school"),
    *("water", "winter", "harvest", "train", "window", "morning", "market", "letter", "garden"),
    *("paper", "bread", "doctor", "teacher", "street", "town", "people", "work", "time", "house"),
)
LABELS = ("propaganda", "journalism")


def articles(
    *,
    outlets: int = 6,
    each: int = 12,
    signal: float = 0.25,
    seed: int = 0,
    lang: str = "en",
    words: int = 80,
) -> pd.DataFrame:
    """Return articles of as many outlets of each class; `signal` is the share of telling words."""
    rng = np.random.default_rng(seed)
    rows = [
        {
            "text": text(rng, telling, signal, words),
            "label": label,
            "outlet": f"{label} {number}",
            "lang": lang,
            "kind": "article",
            "source": "invented",
            "licence": "CC0",
        }
        for label, telling in zip(LABELS, (LOUD, CALM), strict=True)
        for number in range(outlets)
        for _ in range(each)
    ]
    return pd.DataFrame(rows)


def readings(
    *, outlets: int = 8, each: int = 20, seed: int = 0, lang: str = "en", strength: float = 0.1
) -> pd.DataFrame:
    """Return texts scored 0 to 4: the share of loud words rises with the score.

    Half of the outlets are newsrooms, in which few texts are scored 2 or more.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(outlets):
        newsroom = number % 2 == 0
        odds = (0.6, 0.36, 0.02, 0.01, 0.01) if newsroom else (0.2, 0.2, 0.2, 0.2, 0.2)
        for _ in range(each):
            score = int(rng.choice(5, p=odds))
            loud = rng.random() < 0.5 + 0.12 * (score - 2)
            telling = LOUD if loud else CALM
            mixed = (*LOUD,) * score + (*CALM,) * (4 - score) if rng.random() < 0.9 else telling
            rows.append(
                {
                    "text": text(rng, mixed, strength + 0.1, 80),
                    "score": score,
                    "label": "journalism" if newsroom else "propaganda",
                    "genre": "opinion" if score in {1, 3} else "news",
                    "outlet": f"{'room' if newsroom else 'state'} {number}",
                    "lang": lang,
                    "kind": "article",
                    "source": "invented readings",
                    "licence": "CC0",
                }
            )
    return pd.DataFrame(rows)


def passages(
    *, documents: int = 40, each: int = 5, seed: int = 1, lang: str = "en"
) -> pd.DataFrame:
    """Return marked and plain passages of invented documents."""
    rng = np.random.default_rng(seed)
    rows = []
    for document in range(documents):
        for _ in range(each):
            marked = rng.random() < 0.4
            rows.append(
                {
                    "text": text(rng, LOUD if marked else CALM, 0.25, 30),
                    "label": "persuasive" if marked else "plain",
                    "doc": f"document {document}",
                    "lang": lang,
                    "kind": "passage",
                    "source": "invented passages",
                    "licence": "CC0",
                }
            )
    return pd.DataFrame(rows)


def text(rng: np.random.Generator, telling: tuple[str, ...], signal: float, words: int) -> str:
    """Return sentences of twelve words."""
    drawn = [str(rng.choice(telling if rng.random() < signal else PLAIN)) for _ in range(words)]
    sentences = [drawn[at : at + 12] for at in range(0, words, 12)]
    return " ".join(f"{s[0].capitalize()} {' '.join(s[1:])}." for s in sentences)


def of_samples(
    lang: str, *, outlets: int = 5, each: int = 12, words: int = 80, seed: int = 5
) -> pd.DataFrame:
    """Return articles made of the project's own samples: their words, in another order.

    What tells the classes apart is known: words that only samples of one class have, and how often
    its sentences end.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for label in LABELS:
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


def material(table: pd.DataFrame, folder: Path, encoder: object) -> Material:
    """Read a made corpus as training does."""
    folder.mkdir(parents=True, exist_ok=True)
    table.to_parquet(folder / "made.parquet")
    prepared = prepare(in_order(read_corpus([folder / "made.parquet"])))
    return gather(prepared, encoder, Work(jobs=1))
