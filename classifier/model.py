"""A model: an article in, an answer out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np

from krynica.classifier import evidence, folder
from krynica.classifier.answer import Answer, Evidence, ModelId, Reason
from krynica.classifier.article import Article
from krynica.classifier.encoder import Encoder
from krynica.classifier.errors import KrynicaError, ModelFolderError
from krynica.classifier.language import UNKNOWN
from krynica.classifier.observation import Observation
from krynica.classifier.parameters import LanguageParameters
from krynica.classifier.passages import Passage, most_persuasive, texts_of
from krynica.classifier.reading import Reading, Text, begin, finish
from krynica.classifier.screen import Screen
from krynica.classifier.script import Script
from krynica.classifier.terms import TermIndex, is_word
from krynica.classifier.titles import joined, placed
from krynica.classifier.verdict import Judgement, judge, too_short, unjudged_language
from krynica.classifier.views import Occurrences, find, shares, sigmoid

DEFAULT = Path(str(files("krynica.models") / "default"))
"""Folder of the model that ships."""

NOT_THE_ARTICLE = frozenset({"teaser", "broken_letters"})
"""Doubts with which nothing is judged: what was read tells nothing of how the article reads."""


Depth = Literal["full", "staged", "fast"]
"""How deep a text is read: with the encoder; with it unless the words alone clear the text; by the
words alone, which may say ``journalism`` or ``unclear``."""


def load_model(path: Path | str = DEFAULT) -> Model:
    """Verify a model folder and make it ready to score.

    Parameters
    ----------
    path
        The folder; the model that ships where none is named.

    Returns
    -------
    Model

    Raises
    ------
    classifier.errors.ModelFolderError
        If the folder, or that of its encoder, is not exactly what its checksums say.

    Examples
    --------
    >>> answer = load_model().score(Article("Too short to be judged."))
    >>> answer.verdict, answer.why_unclear[0].code
    ('unclear', 'too_short')
    """
    source = folder.open_folder(Path(path))
    return Model(source, source.encoder())


@dataclass
class Model:
    """A verified model folder, ready to score; a language's numbers are read at its first text.

    Parameters
    ----------
    source
        The folder.
    encoder
        The encoder it was fitted on.
    """

    source: folder.ModelFolder
    encoder: Encoder
    _languages: dict[str, LanguageScorer] = field(default_factory=dict)

    @property
    def id(self) -> ModelId:
        """Name, version and checksum, as answers carry them."""
        return self.source.id

    @property
    def minimum_words(self) -> int:
        """Fewest words of an article that the model judges."""
        return int(self.manifest["minimum_words"])

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What `manifest.json` says."""
        return self.source.manifest

    @cached_property
    def screen(self) -> Screen | None:
        """What reads the words alone; None of a model that was made without."""
        parameters = self.source.screen()
        return None if parameters is None else Screen(parameters)

    def score(
        self, article: Article, *, with_evidence: bool = True, depth: Depth = "full"
    ) -> Answer:
        """Answer one article.

        Parameters
        ----------
        article
            The article.
        with_evidence
            Whether to collect evidence; tables do without.
        depth
            ``"full"`` reads it with the encoder. ``"staged"``, as tables are read, does so only
            where the words alone do not clear it; a text that they clear has neither genre nor
            evidence nor `p_persuasion`. ``"fast"`` never does: the answer ranks by
            `p_propaganda`, and its verdict is ``journalism`` or ``unclear``.

        Returns
        -------
        Answer
            With `Answer.error` set where there was nothing to read.

        Raises
        ------
        classifier.errors.ModelFolderError
            If it is to be fast, and the model has no screen.

        Examples
        --------
        >>> load_model().score(Article("Too short to be judged."), depth="staged").verdict
        'unclear'
        """
        look = self._look(article, depth)
        if isinstance(look, Answer):
            return look
        if isinstance(look, Glance):
            return look.answer()
        return look.answer(look.evidence() if with_evidence else ())

    def observe(self, article: Article, *, depth: Depth = "full") -> Observation:
        """Answer one article without evidence, and say what a report over many compares.

        Parameters
        ----------
        article, depth
            The text, and how far it is read; without the encoder there are no passages.
        """
        look = self._look(article, depth)
        if isinstance(look, Answer):
            return Observation(look)
        passage = look.passage() if isinstance(look, Look) else None
        return Observation(look.answer(), look.known, look.reading.style, passage)

    def require_screen(self) -> Screen:
        """Return the screen.

        Raises
        ------
        classifier.errors.ModelFolderError
            If the model has none.
        """
        if self.screen is None:
            raise ModelFolderError(
                f"The model {self.id.name} {self.id.version} cannot read fast: it has no screen. "
                "Train it again with krynica train."
            )
        return self.screen

    def _look(self, article: Article, depth: Depth) -> Look | Glance | Answer:
        """Look at an article; an answer where there is nothing to look with, or at."""
        screen = self.require_screen() if depth == "fast" else self.screen
        try:
            article.require_text()  # a title alone is no article
            whole = Article(joined(article.title, article.text), language=article.language)
            text = begin(whole)
        except KrynicaError as error:
            return Answer(error=str(error))
        # Russian in Latin letters is no language that a model knows, whatever it is said to be.
        if any(doubt.code in NOT_THE_ARTICLE for doubt in article.doubts):
            return self._unjudged(text, article.doubts)
        latin = text.script is Script.LATIN_RUSSIAN
        scorer = None if latin else self._scorer(text.language)
        unjudged = scorer is None or (depth == "fast" and scorer.parameters.judging is None)
        if scorer is None or unjudged:
            reason = unjudged_language(text.language, text.script)
            return self._unjudged(text, (*article.doubts, reason))
        if depth != "full" and screen is not None:
            judged = screen.judge(text.tokens, text.language, self.minimum_words)
            if depth == "fast" or judged.verdict == "journalism":
                return Glance(self, scorer, text, _doubted(judged, article.doubts))
        return Look(self, scorer, article, whole, finish(text))

    def _unjudged(self, text: Text, reasons: tuple[Reason, ...]) -> Answer:
        return Answer(
            verdict="unclear",
            # Of letters that are broken nobody can tell the language.
            language=UNKNOWN if reasons[0].code == "broken_letters" else text.language,
            why_unclear=reasons,
            words=text.tokens.n_words,
            model=self.id,
        )

    def _scorer(self, language: str) -> LanguageScorer | None:
        if language not in self._languages and language in self.source.languages:
            self._languages[language] = LanguageScorer(self.source.parameters(language))
        return self._languages.get(language)


class LanguageScorer:
    """The numbers of one language at work.

    Parameters
    ----------
    parameters
        The language's numbers.
    """

    def __init__(self, parameters: LanguageParameters) -> None:
        self.parameters = parameters
        self.index = TermIndex(parameters.terms)
        idf = parameters.judging.words.idf if parameters.judging else 0.0
        self._known_word = np.array([is_word(term) for term in parameters.terms]) & (idf > 0)

    def known(self, reading: Reading, found: Occurrences) -> float:
        """Return the share of a text's words that the model knows."""
        return float(self._known_word[found.feature].sum()) / max(reading.masked.count_plain(), 1)


class Glance:
    """One article of which a model read the words alone.

    Parameters
    ----------
    model, scorer
        The model, and its numbers of the article's language.
    text
        The article.
    judged
        What the screen says of it.
    """

    def __init__(self, model: Model, scorer: LanguageScorer, text: Text, judged: Judgement) -> None:
        self.model, self.scorer, self.text, self.judged = model, scorer, text, judged

    def answer(self) -> Answer:
        """Return the answer."""
        return _answer(self.judged, self.text.language, self.text.tokens.n_words, self.model.id)

    @cached_property
    def reading(self) -> Reading:
        """The article with its measures, for who compares articles."""
        return finish(self.text)

    @property
    def known(self) -> float:
        """Share of the text's words that the model knows."""
        return self.scorer.known(self.reading, find(self.reading, self.scorer.index))


def _answer(judged: Judgement, language: str, words: int, model: ModelId) -> Answer:
    """Return what a judgement alone tells."""
    return Answer(
        verdict=judged.verdict,
        p_propaganda=judged.p_propaganda,
        reading=judged.reading,
        genre=judged.genre,
        language=language,
        why_unclear=judged.why_unclear,
        words=words,
        signals=judged.signals,
        model=model,
    )


class Look:
    """One article as a model looked at it.

    Parameters
    ----------
    model, scorer
        The model, and its numbers of the article's language.
    article
        As it was given.
    whole, reading
        Its title above its text, and how that reads.
    """

    def __init__(
        self,
        model: Model,
        scorer: LanguageScorer,
        article: Article,
        whole: Article,
        reading: Reading,
    ) -> None:
        self.model, self.scorer = model, scorer
        self.article, self.whole, self.reading = article, whole, reading
        self.found = find(reading, scorer.index)
        self.vectors = model.encoder.encode(texts_of(reading))
        judging = scorer.parameters.judging
        self.shares = shares(judging, reading, self.found, self.vectors) if judging else None
        self.known = scorer.known(reading, self.found) if judging else None
        self.judged = _doubted(self._judge(), article.doubts)

    def answer(self, items: tuple[Evidence, ...] = ()) -> Answer:
        """Return the answer, with evidence."""
        view, judged = self.scorer.parameters.persuasion, self.judged
        p = None if view is None else float(sigmoid(view.of(self.vectors.mean)))
        signals = judged.signals if p is None else {**judged.signals, "persuasion": p}
        words, language = self.reading.tokens.n_words, self.reading.language
        told = _answer(judged, language, words, self.model.id)
        return replace(told, p_persuasion=p, signals=signals, evidence=items)

    def evidence(self) -> tuple[Evidence, ...]:
        """Collect the evidence."""
        found = evidence.collect(
            evidence.Looked(
                self.whole,
                self.reading,
                self.found,
                self.vectors,
                self.shares if self.judged.p_propaganda is not None else None,
                self.judged,
            ),
            self.scorer.parameters,
        )
        above = len(self.whole.text) - len(self.article.text)
        return placed(found, self.article.text, above) if above else found

    def passage(self) -> Passage | None:
        """Return the most persuasive passage."""
        view = self.scorer.parameters.persuasion
        if view is None:
            return None
        return most_persuasive(self.whole, self.reading, self.vectors, view)

    def _judge(self) -> Judgement:
        """Judge the scores of the views; unclear in a language without readings."""
        words, minimum = self.reading.tokens.n_words, self.model.minimum_words
        judging = self.scorer.parameters.judging
        if judging is None or self.shares is None or self.known is None:
            short = [too_short(words, minimum)] if words < minimum else []
            reasons = (*short, unjudged_language(self.reading.language))
            return Judgement(None, None, None, "unclear", reasons, {})
        return judge(judging, self.shares.scores, self.vectors.mean, words, minimum, self.known)


def _doubted(judged: Judgement, doubts: tuple[Reason, ...]) -> Judgement:
    """Take a verdict back where not all of the article was read, or more than one."""
    if not doubts:
        return judged
    return replace(judged, verdict="unclear", why_unclear=(*doubts, *judged.why_unclear))
