"""Compare two models on labelled rows that neither learned from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from krynica.classifier.answer import ModelId
from krynica.classifier.arrays import BoolArray
from krynica.classifier.errors import CorpusError
from krynica.classifier.model import Model
from krynica.data.corpus.labelled import Basis, read_corpus
from krynica.data.corpus.layout import AS_IT_IS, Layout
from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.training.comparison.pairs import Pairs, by_outlet, paired
from krynica.training.comparison.replacing import Answer, Verdict, language_verdict, whole_verdict
from krynica.training.comparison.unmet import answered, known_outlets, unmet
from krynica.training.results.paired import Paired, Sides


@dataclass(frozen=True)
class Rows:
    """How many rows were compared, and how many were not.

    Parameters
    ----------
    compared
        Articles that either model judges.
    learned_from, repeated, other_language, not_read
        As of `training.comparison.unmet.LeftOut`.
    not_judged
        Articles that neither judges.
    left_out
        Other rows of the tables, by reason.
    """

    compared: int
    learned_from: int
    repeated: int
    other_language: int
    not_read: int
    not_judged: int
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class LanguageComparison:
    """A language that either model judges.

    Parameters
    ----------
    judged_by
        Whether each model judges its articles.
    the_same
        Whether both models hold the same numbers for it.
    unseen_outlets, known_outlets
        Figures of articles of outlets that neither model knows, and of the others; None where
        there are none.
    verdict
        Whether B may replace A.
    """

    judged_by: Sides[bool]
    the_same: bool
    unseen_outlets: Paired | None
    known_outlets: Paired | None
    verdict: Verdict


@dataclass(frozen=True)
class Comparison:
    """Two models on the same rows.

    Parameters
    ----------
    a, b
        The models.
    rows
        How many were compared.
    known_as
        Names of outlets that a model knows by another one, and that.
    languages
        Of each that either model judges.
    together
        Figures of all articles of outlets never seen; None where there are none.
    verdict
        That on the whole.
    """

    a: ModelId
    b: ModelId
    rows: Rows
    known_as: Mapping[str, str]
    languages: Mapping[str, LanguageComparison]
    together: Paired | None
    verdict: Answer


def compare(
    paths: Sequence[Path],
    a: Model,
    b: Model,
    *,
    labels_of: Basis | None = None,
    layout: Layout = AS_IT_IS,
    jobs: int = -1,
    progress: Callable[[str], None] = lambda _: None,
) -> Comparison:
    """Compare two models on articles that neither learned from.

    Where texts were scored, or labelled themselves, these tell how they read; of the others, some
    of every newsroom count as plain. Where no text was, the outlets' labels tell. Articles of
    outlets that either model, or its encoder, learned from flatter it, so they are told apart and
    decide nothing, under whatever name `data.corpus.outlet_names` knows them by. Marked passages
    are not looked at.

    Parameters
    ----------
    paths
        Labelled tables; those that the models learned from are welcome, and are left out.
    a, b
        The model in use, and the one that may replace it.
    labels_of
        What labels of articles without a score tell of; None tells it from the tables.
    layout
        What columns and labels are called in the tables.
    jobs
        Processes that score; -1 for one a core.
    progress
        Called with a sentence at each step.

    Raises
    ------
    CorpusError
        If nothing is left that can tell anything.
    ModelFolderError
        If a model cannot tell what it learned from.
    """
    outlets = known_outlets([a, b])
    corpus = read_corpus(paths, labels_of, layout)
    rows, left_out = unmet(corpus.articles, (a, b))
    progress(f"{len(rows)} articles are scored with both models.")
    pairs = answered(rows, a, b, jobs)
    judged = ~(np.isnan(pairs.a.p) & np.isnan(pairs.b.p))
    if not judged.any():
        raise CorpusError("Neither model judges any of these articles.")
    known = outlets.rows(rows)
    languages = {
        language: _language(language, pairs, judged & (pairs.language == language), known, a, b)
        for language in sorted({*_judging(a), *_judging(b)})
    }
    unseen = judged & ~known
    return Comparison(
        a.id,
        b.id,
        Rows(
            int(judged.sum()),
            left_out.learned_from,
            left_out.repeated,
            left_out.other_language,
            left_out.not_read,
            not_judged=int((~judged).sum()),
            left_out=corpus.left_out,
        ),
        _known_as(rows["outlet"], outlets),
        languages,
        together=paired(pairs.take(unseen)) if unseen.any() else None,
        verdict=whole_verdict(
            [one.verdict.answer for one in languages.values()],
            ranked=any(map(_is_ranked, languages.values())),
        ),
    )


def _language(
    language: str, pairs: Pairs, mine: BoolArray, known: BoolArray, a: Model, b: Model
) -> LanguageComparison:
    judged_by = Sides(language in _judging(a), language in _judging(b))
    unseen = _figures(pairs, mine & ~known)
    same = _same(a, b, language)
    return LanguageComparison(
        judged_by,
        same,
        unseen,
        _figures(pairs, mine & known),
        language_verdict(unseen, judged_by, the_same=same),
    )


def _is_ranked(found: LanguageComparison) -> bool:
    unseen = found.unseen_outlets
    return unseen is not None and unseen.figures["auc"].b is not None


def _figures(pairs: Pairs, rows: BoolArray) -> Paired | None:
    if not rows.any():
        return None
    some = pairs.take(rows)
    return replace(paired(some), by_outlet=by_outlet(some))


def _judging(model: Model) -> set[str]:
    """Return the languages whose articles a model judges."""
    return {language for language, of in model.manifest["languages"].items() if "articles" in of}


def _same(a: Model, b: Model, language: str) -> bool:
    """Tell whether two models hold the same numbers for a language."""
    if a.encoder.sha256 != b.encoder.sha256 or a.minimum_words != b.minimum_words:
        return False
    if language not in _judging(a) & _judging(b):
        return False
    return all(
        (a.source.path / name).read_bytes() == (b.source.path / name).read_bytes()
        for name in (f"{language}.terms", f"{language}.npz")
    )


def _known_as(names: Iterable[str], outlets: KnownOutlets) -> dict[str, str]:
    """Return the names that models know by another one, and that."""
    met = {name: outlets.match(name) for name in sorted(set(names))}
    return {name: known for name, known in met.items() if known and known != name}
