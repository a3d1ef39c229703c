"""From material to the numbers of each language and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from classifier.encoder import Encoder
from classifier.errors import CorpusError
from classifier.languages import LANGUAGES
from classifier.parameters import Judging, LanguageParameters, LinearTerms, Usual
from training import protocol
from training.crossfit import HELD, CrossFit, cross_fit, folds_of
from training.figures import Figures
from training.levels import adapted
from training.material import Material, gather
from training.passages import Persuasion, fit_persuasion, marked
from training.prepare import Prepared
from training.profile import profile
from training.start import LEAST_READ, Start
from training.usual import usual_range
from training.vectors import VectorStore
from training.work import Work

MOST_PASSAGES = 4_000
"""Most marked passages of a language that are learned from: on vectors of an encoder that was tuned
on marked passages a head needs no more."""
LEAST_TERM = 2
"""Fewest texts of a language in which a term stands that its numbers keep."""


@dataclass(frozen=True)
class Learned:
    """What was learned, and what it is worth.

    Parameters
    ----------
    parameters
        By language.
    metrics, profiles
        Figures by language and together, and what texts of outlets never seen look like.
    material, fold
        Texts that levels were learned from, and the fold of each; None without any.
    refused
        Why a language was not learned.
    """

    parameters: dict[str, LanguageParameters]
    metrics: dict[str, Figures]
    profiles: dict[str, Figures]
    material: Material | None
    fold: np.ndarray | None
    refused: dict[str, str]


def learn(
    prepared: Prepared,
    encoder: Encoder,
    start: Start | None,
    work: Work,
    say: Callable[[str], None],
) -> Learned:
    """Learn all that the rows can teach.

    Parameters
    ----------
    prepared
        Rows.
    encoder
        The encoder.
    start
        A model that is fitted around; None fits from nothing.
    work
        How to work.
    say
        Told each result in a sentence, as it is known.

    Raises
    ------
    CorpusError
        If no language can be learned.
    """
    persuasion = _persuasion(prepared, encoder, work)
    languages = {*prepared.articles["lang"]} & LANGUAGES.keys()
    if start is not None:
        return _around(prepared, encoder, start, persuasion, work, say)
    parts, refused, metrics, profiles = {}, {}, {}, {}
    material = fold = None
    if languages:
        material = gather(prepared, encoder, work)
        fold = folds_of(material, encoder.manifest, encoder.tuned_on())
        if not (fold != -1).any():  # every outlet was met: flattering, and said on the card
            fold = np.zeros_like(fold)
        crossed = cross_fit(material, fold, jobs=work.jobs)
        rows = np.flatnonzero(crossed.unmet)
        fitted = protocol.fit(material, crossed, rows)
        found = protocol.judged(material, crossed)
        if found is None:
            raise CorpusError(
                "The texts come from too few outlets of both kinds to hold some out: at least "
                f"{protocol.FOLDS} outlets are needed."
            )
        metrics = protocol.measure(found)
        profiles = profile(material.take(rows), found, crossed.known[rows], fitted.points)
        parts = {code: _parameters(code, material, crossed, fitted) for code in sorted(languages)}
    for code in sorted({*persuasion.views} - languages):
        parts[code] = LanguageParameters(("",))
    if not parts:
        raise CorpusError("No row is in a language that Krynica reads.")
    whole = {code: _with(numbers, code, persuasion) for code, numbers in parts.items()}
    _tell(metrics, persuasion, say)
    return Learned(whole, _joined(metrics, persuasion), profiles, material, fold, refused)


def _around(
    prepared: Prepared,
    encoder: Encoder,
    start: Start,
    persuasion: Persuasion,
    work: Work,
    say: Callable[[str], None],
) -> Learned:
    """Fit each language of the rows around the start; all others stay as it has them."""
    parameters, refused = dict(start.languages), {}
    metrics: dict[str, Figures] = {}
    terms = {term for numbers in start.languages.values() for term in numbers.terms}
    material = gather(prepared, encoder, work, also=terms) if len(prepared.articles) else None
    folds = None
    for code, own in _by_language(material):
        begun, judging = start.views(code, own.counts.terms), start.judging(code)
        if own.read.sum() < LEAST_READ or len(np.unique(own.propaganda[own.read])) < 2:
            refused[code] = (
                f"{LANGUAGES[code].name} stays as the model that training started from has it: "
                f"{int(own.read.sum())} texts say how they read, and {LEAST_READ} of both kinds "
                "are needed."
            )
            continue
        if begun is None or judging is None:
            refused[code] = (
                f"{LANGUAGES[code].name} is not judged by the model that training started from."
            )
            continue
        fold = np.maximum(folds_of(own, {}, np.zeros(0, dtype=np.uint64)), 0)
        crossed = cross_fit(own, fold, begun, work.jobs)
        reader = adapted(judging.reader, crossed.scores, own.told)
        fitted = protocol.Fitted({code: reader}, judging.points)
        judged = protocol.told_by(own, crossed, fitted)
        metrics[code] = protocol.measure(judged)[code]
        fresh = _parameters(code, own, crossed, fitted)
        before = start.languages[code]
        parameters[code] = replace(
            before, terms=fresh.terms, judging=fresh.judging, usual=before.usual or fresh.usual
        )
        folds = fold
    for code, view in persuasion.views.items():
        if code in {*prepared.passages["lang"]} and code in parameters:
            parameters[code] = replace(
                parameters[code], persuasion=view, techniques=persuasion.techniques
            )
    _tell(metrics, persuasion, say)
    return Learned(parameters, _joined(metrics, persuasion), {}, material, folds, refused)


def _by_language(material: Material | None) -> Iterator[tuple[str, Material]]:
    if material is not None:
        for code in np.unique(material.language).tolist():
            yield code, material.take(np.flatnonzero(material.language == code))


def _persuasion(prepared: Prepared, encoder: Encoder, work: Work) -> Persuasion:
    rows = prepared.passages
    if rows.empty or rows["label"].nunique() < 2:
        return Persuasion({}, None, {}, {})
    rows = rows.groupby("lang", sort=True).head(MOST_PASSAGES).reset_index(drop=True)
    work.progress.begin("Encoding passages", len(rows))
    store = VectorStore(encoder, work.step("vectors"))
    vectors = store.of(rows["text"].tolist(), rows["lang"].tolist(), work.jobs, work.progress.done)
    return fit_persuasion(marked(rows, vectors), sorted({*rows["lang"]} & LANGUAGES.keys()))


def _parameters(
    code: str, material: Material, crossed: CrossFit, fitted: protocol.Fitted
) -> LanguageParameters:
    """Take a language's numbers out of those of all: the terms that it uses, and its scales."""
    rows = np.flatnonzero((material.language == code) & (crossed.fold != HELD))
    rows = rows if len(rows) else np.flatnonzero(material.language == code)
    views = crossed.views
    matrix = material.counts.matrix[rows]
    often = np.bincount(matrix.indices, minlength=matrix.shape[1]) >= LEAST_TERM
    columns = np.flatnonzero(often & (views.words.idf > 0))
    words = LinearTerms(views.words.idf[columns], views.words.coef[columns], views.words.bias)
    judging = Judging(
        words,
        views.encoder,
        views.scales[code],
        views.style,
        fitted.readers[code],
        fitted.points,
        views.genre,
    )
    terms = tuple(str(term) for term in material.counts.terms[columns])
    return LanguageParameters(terms or ("",), judging, usual=_usual(code, material, crossed))


def _usual(code: str, material: Material, crossed: CrossFit) -> Usual | None:
    """Return what is usual in texts that read plain or with a voice."""
    rows = np.flatnonzero(
        (material.language == code) & ~material.propaganda & (crossed.fold != HELD)
    )
    return usual_range(material.style[rows], material.outlet[rows].tolist())


def _with(numbers: LanguageParameters, code: str, persuasion: Persuasion) -> LanguageParameters:
    """Add what marked passages teach; a language without any has what all together teach."""
    view = persuasion.views.get(code)
    if view is None and persuasion.views:
        view = next(iter(persuasion.views.values()))
    return replace(numbers, persuasion=view, techniques=persuasion.techniques if view else None)


def _joined(metrics: Mapping[str, Figures], persuasion: Persuasion) -> dict[str, Figures]:
    """Put the figures of readings and of passages together."""
    told: dict[str, Figures] = {code: dict(one) for code, one in metrics.items()}
    for code, units in persuasion.figures.items():
        told.setdefault(code, {})["passages"] = {unit: asdict(one) for unit, one in units.items()}
    if persuasion.technique_figures:
        told.setdefault(protocol.POOLED, {})["techniques"] = {
            name: asdict(one) for name, one in persuasion.technique_figures.items()
        }
    return told


def _tell(
    metrics: Mapping[str, Figures], persuasion: Persuasion, say: Callable[[str], None]
) -> None:
    from training.summary import summary

    for code, figures in _joined(metrics, persuasion).items():
        say(summary(code, figures))
