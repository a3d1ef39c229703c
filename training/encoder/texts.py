"""What the encoder is tuned on, and what is held out from it.

Readings teach how a text reads, fact checks that nobody read that who quotes is not who speaks,
and marked passages where persuasion sits. A fifth of the outlets, some fact-checkers and a tenth
of the marked documents are held out; texts that nearly repeat one held out are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from krynica.classifier.article import Article
from krynica.classifier.errors import KrynicaError
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.reading import read
from krynica.classifier.titles import joined
from krynica.data.corpus.duplicates import text_hash
from krynica.training.corpus.duplicates import near_duplicates
from krynica.training.fit.passages import held_out

HELD, DRAWS = 0.2, 20_000
"""A fifth of the outlets is held out; of so many random draws the one that holds a fifth of the
texts of each language and class most evenly. No draw looks at a model's result."""
LEARNED = frozenset({"rrn", "marked articles"})
"""Never held out: one has nearly all one-sided texts in Ukrainian, the other's passages are
learned from."""
HELD_CHECKERS = frozenset({"polygraph voa", "euvsdisinfo", "aap factcheck"})
"""Fact-checkers held out with all their texts."""
MOST_CHECKS = 100
"""Most unread fact checks of an outlet and a language that are learned from."""
CHECK = (0.3, 0.05, 0.015, 0.005)
"""Share of unread fact checks that would be scored 1, 2, 3 and 4 or more: of 270 that were read
13 are 2 or more (README of the corpora)."""
UNTITLED = 0.3
"""Share of titled texts that are learned from without their title, as users often have none."""
MARKED = frozenset({"persuasive", "manipulative"})


@dataclass(frozen=True)
class Lesson:
    """A text, and what is known of it.

    Parameters
    ----------
    text, language
        The text, its title above it.
    given
        The text as its table has it.
    levels
        Probabilities of a score of 1, 2, 3 and 4 or more; None of a marked passage.
    genre
        Of a reading; else None.
    marked
        Whether people marked a passage, for persuasion or for being subjective; None of a reading.
    subjective
        Whether `marked` tells of the author's view and not of persuasion.
    techniques
        What a passage was marked for.
    weight
        In the loss.
    held
        Whether it is held out.
    """

    text: str
    language: str
    given: str
    levels: tuple[float, ...] | None = None
    genre: str | None = None
    marked: bool | None = None
    subjective: bool = False
    techniques: tuple[str, ...] = ()
    weight: float = 1.0
    held: bool = False


def outlets_of(readings: pd.DataFrame) -> pd.Series:
    """Return each row's outlet; texts without one are held together by their source."""
    marked = readings["source"].eq("semeval2023_t3").map({True: "marked articles", False: None})
    return readings["outlet"].fillna(marked).fillna(readings["source"])


def held_outlets(readings: pd.DataFrame) -> frozenset[str]:
    """Choose the outlets that are held out, a fifth of every language and class.

    Parameters
    ----------
    readings
        Columns ``lang``, ``score``, ``outlet``, ``source``.
    """
    outlet = outlets_of(readings).to_numpy().astype(str)
    free = ~np.isin(outlet, [*LEARNED, *HELD_CHECKERS])
    strata = (readings["lang"] + readings["score"].ge(2).map({True: "+", False: "-"})).to_numpy()
    counts = pd.crosstab(outlet[free], strata[free])
    draws = np.random.default_rng(0).random((DRAWS, len(counts))) < HELD
    shares = draws @ counts.to_numpy() / counts.sum().to_numpy()
    best = int(np.abs(shares - HELD).max(axis=1).argmin())
    return frozenset(counts.index[draws[best]].tolist()) | HELD_CHECKERS


def lessons_of_readings(readings: pd.DataFrame, held: frozenset[str]) -> list[Lesson]:
    """Turn readings into lessons; near-repeats of what is held out are left out."""
    out = outlets_of(readings).isin(held).to_numpy()
    group = near_duplicates(readings["text"].tolist())
    repeats = ~out & np.isin(group, np.unique(group[out]))
    found = []
    for row, is_held in zip(readings[~repeats].itertuples(), out[~repeats].tolist(), strict=True):
        bare = not is_held and _untitled(str(row.text))
        found.append(
            Lesson(
                str(row.text) if bare else joined(row.title, str(row.text)),
                str(row.lang),
                str(row.text),
                tuple(float(cast("int", row.score) >= level) for level in (1, 2, 3, 4)),
                str(row.genre),
                weight={"h": 1.0, "m": 1.0}.get(str(row.confidence), 0.3),
                held=is_held,
            )
        )
    return found


def lessons_of_checks(articles: pd.DataFrame, held: frozenset[str]) -> list[Lesson]:
    """Turn fact checks that nobody read into lessons."""
    checks = articles[articles["source"].str.startswith("factchecks:")]
    checks = checks[~checks["outlet"].isin(held)]
    picked = checks.groupby(["outlet", "lang"]).head(MOST_CHECKS)
    return [
        Lesson(
            str(row.text) if _untitled(str(row.text)) else joined(row.title, str(row.text)),
            str(row.lang),
            str(row.text),
            CHECK,
            weight=0.7,
        )
        for row in picked.itertuples()
    ]


def lessons_of_passages(passages: pd.DataFrame) -> list[Lesson]:
    """Turn marked passages into lessons; all of a held document are held.

    Subjective sentences are taken in the program's languages alone, marked ones in all.
    """
    own = passages["lang"].isin(LANGUAGES) | passages["label"].isin(MARKED | {"plain"})
    return [
        Lesson(
            str(row.text),
            str(row.lang),
            str(row.text),
            marked=str(row.label) in MARKED | {"subjective"},
            subjective=row.label in {"subjective", "objective"},
            techniques=tuple(sorted(_names(row.techniques))) if row.label in MARKED else (),
            held=held_out(row.doc, str(row.text)),
        )
        for row in passages[own].itertuples()
    ]


def _names(techniques: object) -> list[str]:
    if isinstance(techniques, str):
        return [name for name in techniques.replace(",", ";").split(";") if name.strip()]
    return [] if techniques is None else [str(name) for name in np.asarray(techniques).ravel()]


def _untitled(text: str) -> bool:
    return text_hash(text) % 1000 < UNTITLED * 1000


def passages_of(lessons: Sequence[Lesson], jobs: int = -1) -> list[list[str]]:
    """Read texts as the classifier does, and cut them into its passages.

    Parameters
    ----------
    lessons
        The texts.
    jobs
        Processes; -1 for one a core.

    Returns
    -------
    list of list of str
        Empty for a text with nothing to read.
    """
    chunks = [lessons[at : at + 500] for at in range(0, len(lessons), 500)]
    done = Parallel(n_jobs=jobs)(delayed(_passages)(chunk) for chunk in chunks)
    return [own for chunk in done for own in chunk]


def _passages(lessons: Sequence[Lesson]) -> list[list[str]]:
    found: list[list[str]] = []
    for lesson in lessons:
        try:
            reading = read(Article(lesson.text, language=lesson.language))
        except KrynicaError:
            found.append([])
            continue
        found.append([reading.clean.text[start:end] for start, end in reading.tokens.passages()])
    return found


def read_tables(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Read readings, articles and passages."""
    readings, articles, passages = (
        pd.read_parquet(folder / f"{name}.parquet").reset_index(drop=True)
        for name in ("readings", "articles", "passages")
    )
    return readings, articles, passages
