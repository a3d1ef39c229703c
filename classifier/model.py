"""A model: an article in, an answer out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from krynica.classifier import evidence, folder
from krynica.classifier.answer import Answer, Evidence, ModelId
from krynica.classifier.article import Article
from krynica.classifier.encoder import Encoder
from krynica.classifier.errors import KrynicaError
from krynica.classifier.observation import Observation
from krynica.classifier.parameters import LanguageParameters
from krynica.classifier.passages import Passage, most_persuasive, texts_of
from krynica.classifier.reading import Reading, read
from krynica.classifier.script import Script
from krynica.classifier.terms import TermIndex, is_word
from krynica.classifier.titles import joined, placed
from krynica.classifier.verdict import Judgement, judge, too_short, unjudged_language
from krynica.classifier.views import Occurrences, find, shares, sigmoid

DEFAULT = Path(str(files("krynica.models") / "default"))
"""Folder of the model that ships."""


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

    def score(self, article: Article, *, with_evidence: bool = True) -> Answer:
        """Answer one article.

        Parameters
        ----------
        article
            The article.
        with_evidence
            Whether to collect evidence; tables do without.

        Returns
        -------
        Answer
            With `Answer.error` set where there was nothing to read.
        """
        look = self._look(article)
        if isinstance(look, Answer):
            return look
        return look.answer(look.evidence() if with_evidence else ())

    def observe(self, article: Article) -> Observation:
        """Answer one article without evidence, and say what a report over many compares.

        Parameters
        ----------
        article
            The article.
        """
        look = self._look(article)
        if isinstance(look, Answer):
            return Observation(look)
        return Observation(look.answer(), look.known, look.reading.style, look.passage())

    def _look(self, article: Article) -> Look | Answer:
        """Look at an article; an answer where there is nothing to look with, or at."""
        try:
            article.require_text()  # a title alone is no article
            whole = Article(joined(article.title, article.text), language=article.language)
            reading = read(whole)
        except KrynicaError as error:
            return Answer(error=str(error))
        # Russian in Latin letters is no language that a model knows, whatever it is said to be.
        latin = reading.script is Script.LATIN_RUSSIAN
        scorer = None if latin else self._scorer(reading.language)
        if scorer is None:
            return Answer(
                verdict="unclear",
                language=reading.language,
                why_unclear=(unjudged_language(reading.language, reading.script),),
                words=reading.tokens.n_words,
                model=self.id,
            )
        return Look(self, scorer, article, whole, reading)

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
        self.judged = self._judge()

    def answer(self, items: tuple[Evidence, ...] = ()) -> Answer:
        """Return the answer, with evidence."""
        view, judged = self.scorer.parameters.persuasion, self.judged
        p = None if view is None else float(sigmoid(view.of(self.vectors.mean)))
        signals = judged.signals if p is None else {**judged.signals, "persuasion": p}
        return Answer(
            verdict=judged.verdict,
            p_propaganda=judged.p_propaganda,
            reading=judged.reading,
            genre=judged.genre,
            p_persuasion=p,
            language=self.reading.language,
            why_unclear=judged.why_unclear,
            words=self.reading.tokens.n_words,
            signals=signals,
            evidence=items,
            model=self.model.id,
        )

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
