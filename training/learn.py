"""From material to the numbers of each language and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from krynica.classifier.arrays import IntArray
from krynica.classifier.encoder import Encoder
from krynica.classifier.errors import CorpusError
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.parameters import (
    Judging,
    LanguageParameters,
    LinearTerms,
    ScreenParameters,
    Usual,
)
from krynica.training.corpus.prepare import Prepared
from krynica.training.fit.crossfit import (
    FOLDS,
    CrossFit,
    cross_fit,
    dealt,
    folds_of,
    others,
    parted,
)
from krynica.training.fit.journalism_ranges import usual_range
from krynica.training.fit.levels import adapted
from krynica.training.fit.material import Material, gather
from krynica.training.fit.passages import Persuasion, fit_persuasion, held_out, marked
from krynica.training.fit.screening import Screened, ScreenPoint, cross_screen, measure_screen
from krynica.training.fit.start import LEAST_READ, Start
from krynica.training.fit.views import Views, frequent_terms
from krynica.training.limits import MINIMUM_WORDS
from krynica.training.measure import protocol
from krynica.training.measure.profile import profile
from krynica.training.measure.trials import leave_out
from krynica.training.report.summary import summary
from krynica.training.results.profiles import Profile
from krynica.training.results.worth import Figures, ScreenFigures
from krynica.training.statistics.figures import Judged
from krynica.training.texts.met import HELD, MET
from krynica.training.texts.vectors import VectorStore
from krynica.training.work import Work

MOST_PASSAGES = 4_000
"""Most marked passages of a language that are learned from: on vectors of an encoder that was tuned
on marked passages a head needs no more."""
LEAST_TERM = 2
"""Fewest texts of a language in which a term stands that its numbers keep."""
NO_TERMS = ("<none>",)
"""Terms of a language that has none: a mask that no text is given."""
TOO_FEW = (
    f"The texts come from too few outlets of both kinds to hold some out: {FOLDS} outlets "
    "are needed, two of them with texts that read as propaganda and two with others; texts of "
    f"fewer than {MINIMUM_WORDS} words do not count."
)
NO_LANGUAGE = "No row is in a language that Krynica reads."


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
        Texts that were used, and the fold of each; None without any.
    refused
        Why a language was not learned.
    passages
        Marked passages that were learned from.
    screen
        Numbers of the screen; None where there is none.
    """

    parameters: dict[str, LanguageParameters]
    metrics: dict[str, Figures]
    profiles: dict[str, Profile]
    material: Material | None
    fold: IntArray | None
    refused: dict[str, str]
    passages: pd.DataFrame
    screen: ScreenParameters | None = None


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
    passages = _chosen_passages(prepared.passages)
    persuasion = _persuasion(passages, encoder, start, work)
    if start:
        learned = _around(prepared, encoder, start, persuasion, work)
    else:
        learned = _anew(prepared, encoder, persuasion, work)
    learned = replace(learned, metrics=_joined(learned.metrics, persuasion), passages=passages)
    for code, figures in learned.metrics.items():
        say(summary(code, figures))
    return learned


def _anew(prepared: Prepared, encoder: Encoder, persuasion: Persuasion, work: Work) -> Learned:
    """Fit all languages together, from nothing."""
    parts: dict[str, LanguageParameters] = {}
    metrics: dict[str, Figures] = {}
    profiles: dict[str, Profile] = {}
    refused: dict[str, str] = {}
    material = fold = screen = None
    if {*prepared.articles["lang"]} & LANGUAGES.keys():
        material, fold, unmet, refused = ready(gather(prepared, encoder, work), encoder)
        languages = {*material.language.tolist()}
        crossed = cross_fit(material, fold, jobs=work.jobs)
        screened = cross_screen(material, crossed.fold, work.jobs)
        rows = protocol.tested(material, np.flatnonzero(crossed.unmet))

        def fit_on(some: IntArray) -> protocol.Fitted:
            return protocol.fit(material, crossed, some, screened)

        found = protocol.judged(material, crossed, rows, fit_on)
        fitted = fit_on(rows)
        metrics = protocol.measure(found)
        screen = _screen(material, screened, fitted)
        if not unmet:
            metrics = {code: replace(one, encoder_met=True) for code, one in metrics.items()}
        tuned = np.isin(material.text, encoder.tuned_on())
        beyond = leave_out(material, crossed, found, rows, tuned, work.jobs)
        metrics[protocol.POOLED] = replace(
            metrics[protocol.POOLED],
            screen=_tried_screen(material, screened, rows, fit_on, found),
            generalisation=beyond,
        )
        profiles = profile(material.take(rows), found, crossed.known[rows], fitted.points)
        parts = {code: _parameters(code, material, crossed, fitted) for code in sorted(languages)}
    for code in sorted({*persuasion.views} - parts.keys()):
        parts[code] = LanguageParameters(NO_TERMS)
    if not parts:
        raise CorpusError(NO_LANGUAGE)
    whole = {code: _with(numbers, code, persuasion) for code, numbers in parts.items()}
    return Learned(whole, metrics, profiles, material, fold, refused, prepared.passages, screen)


def _tried_screen(
    material: Material,
    screened: Screened,
    rows: IntArray,
    fit_on: Callable[[IntArray], protocol.Fitted],
    found: Judged,
) -> ScreenFigures:
    """Return what two stages are worth."""

    def screen_on(some: IntArray) -> ScreenPoint:
        fitted = fit_on(some).screen
        assert fitted is not None  # noqa: S101  # there is a screen
        return fitted

    return measure_screen(material, screened, rows, screen_on, found)


def _screen(
    material: Material, screened: Screened, fitted: protocol.Fitted
) -> ScreenParameters | None:
    """Return the numbers of the screen, without the terms that it does not use."""
    words, point = screened.words, fitted.screen
    if point is None:
        return None
    columns = np.flatnonzero(words.idf > 0)
    terms = tuple(str(term) for term in material.pieces.terms[columns])
    kept = LinearTerms(words.idf[columns], words.coef[columns], words.bias)
    return ScreenParameters(terms, kept, point.readers, point.clear, point.least_known)


def ready(material: Material, encoder: Encoder) -> tuple[Material, IntArray, bool, dict[str, str]]:
    """Return the texts of languages that can be taught, dealt into folds.

    Returns
    -------
    material, fold
        Texts, and the fold of each.
    unmet : bool
        As `_folds` tells.
    refused : dict
        Why a language is not taught.

    Raises
    ------
    CorpusError
        If they are too few to hold outlets out, or to learn a word from.
    """
    fold, unmet = _folds(material, encoder)
    languages = _taught(material, fold)
    refused = {
        code: f"{LANGUAGES[code].name} is not judged: none of its texts that are learned from "
        "says how it reads."
        for code in sorted({*material.language} - languages)
    }
    rows = np.flatnonzero(np.isin(material.language, sorted(languages)))
    material, fold = material.take(rows), fold[rows]
    free = parted(material, fold)
    if not protocol.enough(material, protocol.tested(material, np.flatnonzero(free != MET))):
        raise CorpusError(TOO_FEW)
    for at in [HELD, *np.unique(free[free >= 0]).tolist()]:
        frequent_terms(material.counts.matrix[np.flatnonzero(others(material, free, at))])
    return material, fold, unmet, refused


def _folds(material: Material, encoder: Encoder) -> tuple[IntArray, bool]:
    """Return the folds, and whether the encoder had met none of the outlets in them.

    Where it had met nearly all of them, all are held out from the views at least: that flatters,
    and is said beside every figure.
    """
    fold = folds_of(material, encoder.manifest, encoder.tuned_on())
    rows = protocol.tested(material, np.flatnonzero(fold != MET))
    if protocol.enough(material, rows):
        return fold, True
    dealt_out = dealt(material.outlet, material.propaganda)
    return np.where(material.encoded, dealt_out, MET), False


def _taught(material: Material, fold: IntArray) -> set[str]:
    """Return the languages of texts that views learn from."""
    return {*material.language[material.tells & (fold != HELD)].tolist()}


def _around(
    prepared: Prepared, encoder: Encoder, start: Start, persuasion: Persuasion, work: Work
) -> Learned:
    """Fit each language of the rows around the start; all others stay as it has them."""
    parameters, refused = dict(start.languages), {}
    metrics: dict[str, Figures] = {}
    terms = {term for numbers in start.languages.values() for term in numbers.terms}
    every = gather(prepared, encoder, work, also=terms) if len(prepared.articles) else None
    used, folds = [], []
    known = start.known(encoder)
    for code, rows, own in by_language(every):
        begun, judging = start.views(code, own.counts.terms), start.judging(code)
        unfit = stays(code, own, start)
        if unfit or begun is None or judging is None:
            refused[code] = unfit or ""
            continue
        fold = np.where(own.encoded, dealt(own.outlet, own.propaganda), MET)
        crossed = cross_fit(own, fold, begun, work.jobs)

        def fit_on(
            some: IntArray,
            own: Material = own,
            crossed: CrossFit = crossed,
            judging: Judging = judging,
            code: str = code,
        ) -> protocol.Fitted:
            read = some[own.read[some]]
            reader = adapted(judging.reader, crossed.scores[read], own.told.take(read))
            return protocol.Fitted({code: reader}, judging.points)

        new = np.array([name not in known for name in own.outlet.tolist()], dtype=bool)
        tried = protocol.tested(own, np.flatnonzero(crossed.unmet))
        some = protocol.enough(own, tried[new[tried]])
        found = protocol.judged(own, crossed, tried[new[tried]] if some else tried, fit_on)
        metrics[code] = replace(protocol.measure(found)[code], encoder_met=not some)
        fresh = _parameters(code, own, crossed, fit_on(tried), begun)
        before = start.languages[code]
        parameters[code] = replace(
            before, terms=fresh.terms, judging=fresh.judging, usual=before.usual or fresh.usual
        )
        used.append(rows)
        folds.append(fold)
    for code, view in persuasion.views.items():
        numbers = parameters.get(code, LanguageParameters(NO_TERMS))
        parameters[code] = replace(
            numbers, persuasion=view, techniques=persuasion.techniques or numbers.techniques
        )
    if not used and not persuasion.views:
        raise CorpusError(" ".join(refused.values()) or NO_LANGUAGE)
    material = every.take(np.concatenate(used)) if every is not None and used else None
    together = np.concatenate(folds) if folds else None
    # The screen was tried beside the numbers that it came with: what is new is read whole.
    changed = {code for code, one in parameters.items() if one.judging is not start.judging(code)}
    screen = start.screen_without(changed)
    return Learned(parameters, metrics, {}, material, together, refused, prepared.passages, screen)


def stays(code: str, own: Material, start: Start) -> str | None:
    """Say why a language stays as a start has it, whatever its texts say; None if it does not."""
    name = LANGUAGES[code].name
    if start.judging(code) is None:
        return f"{name} is not judged by the model that training started from."
    if too_few := _too_few(own):
        return f"{name} stays as the model that training started from has it: {too_few}"
    return None


def _too_few(own: Material) -> str | None:
    """Say why a language's texts cannot be learned from around a model; None if they can."""
    if own.read.sum() < LEAST_READ:
        return f"{int(own.read.sum())} of its texts say how they read, and {LEAST_READ} are needed."
    rows = protocol.tested(own, np.flatnonzero(own.encoded))
    return None if protocol.enough(own, rows) else TOO_FEW


def by_language(material: Material | None) -> Iterator[tuple[str, IntArray, Material]]:
    """Yield the languages of texts, which texts are in each, and these."""
    if material is not None:
        for code in np.unique(material.language).tolist():
            rows = np.flatnonzero(material.language == code)
            yield code, rows, material.take(rows)


def _chosen_passages(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the passages that are learned from: of each language some, in the corpus' order."""
    return rows.groupby("lang", sort=True).head(MOST_PASSAGES).reset_index(drop=True)


def _persuasion(
    rows: pd.DataFrame, encoder: Encoder, start: Start | None, work: Work
) -> Persuasion:
    if not can_persuade(rows):
        return Persuasion({}, None, {}, {})
    work.progress.begin("Encoding passages", len(rows))
    store = VectorStore(encoder, work.step("vectors"))
    vectors = store.of(rows["text"].tolist(), rows["lang"].tolist(), work.jobs, work.progress.done)
    begun = start.persuasion() if start else {}
    languages = sorted({*rows["lang"]} & LANGUAGES.keys())
    return fit_persuasion(marked(rows, vectors), languages, begun)


def can_persuade(passages: pd.DataFrame) -> bool:
    """Tell whether marked passages are there of both kinds, beside those that are held out."""
    free = [not held_out(*pair) for pair in zip(passages["doc"], passages["text"], strict=True)]
    return passages.loc[free, "label"].nunique() == 2


def _parameters(
    code: str,
    material: Material,
    crossed: CrossFit,
    fitted: protocol.Fitted,
    begun: Views | None = None,
) -> LanguageParameters:
    """Take a language's numbers out of those of all: the terms that it uses, and its scales."""
    rows = np.flatnonzero((material.language == code) & (crossed.fold != HELD))
    views = crossed.views
    matrix = material.counts.matrix[rows]
    often = np.bincount(matrix.indices, minlength=matrix.shape[1]) >= LEAST_TERM
    if begun is not None:  # what it knew stays, though these texts may lack it
        often |= begun.words.idf > 0
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
    return LanguageParameters(terms or NO_TERMS, judging, usual=_usual(code, material, crossed))


def _usual(code: str, material: Material, crossed: CrossFit) -> Usual | None:
    """Return what is usual in texts that read plain or with a voice."""
    rows = np.flatnonzero(
        (material.language == code) & ~material.propaganda & (crossed.fold != HELD)
    )
    return usual_range(material.style[rows], material.outlet[rows].tolist())


def _with(numbers: LanguageParameters, code: str, persuasion: Persuasion) -> LanguageParameters:
    """Add what marked passages teach; a language without any has what all together teach."""
    view = persuasion.views.get(code, persuasion.whole)
    return replace(numbers, persuasion=view, techniques=persuasion.techniques if view else None)


def _joined(metrics: Mapping[str, Figures], persuasion: Persuasion) -> dict[str, Figures]:
    """Put the figures of readings and of passages together."""
    told = dict(metrics)
    for code, units in persuasion.figures.items():
        told[code] = replace(told.get(code, Figures()), passages=units)
    if techniques := persuasion.technique_figures:
        told[protocol.POOLED] = replace(told.get(protocol.POOLED, Figures()), techniques=techniques)
    return told
