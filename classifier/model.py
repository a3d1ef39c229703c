"""A model: an article in, an answer out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from classifier import evidence, folder
from classifier.answer import Answer, Evidence, ModelId
from classifier.article import Article
from classifier.errors import KrynicaError
from classifier.parameters import LanguageParameters
from classifier.reading import Reading, read
from classifier.terms import TermIndex, is_word
from classifier.verdict import Judgement, judge, too_short, unjudged_language
from classifier.views import FloatArray, Occurrences, find, shares, sigmoid

DEFAULT = Path(__file__).resolve().parent.parent / "models" / "default"
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
        If the folder is not exactly what its checksums say.
    """
    return Model(folder.open_folder(Path(path)))


@dataclass
class Model:
    """A verified model folder, ready to score; a language's numbers are read at its first text.

    Parameters
    ----------
    source
        The folder.
    """

    source: folder.ModelFolder
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
        try:
            reading = read(article)
        except KrynicaError as error:
            return Answer(error=str(error))
        scorer = self._scorer(reading.language)
        words = reading.tokens.n_words
        if scorer is None:
            return Answer(
                verdict="unclear",
                language=reading.language,
                why_unclear=(unjudged_language(reading.language),),
                words=words,
                model=self.id,
            )
        return scorer.answer(article, reading, self, with_evidence=with_evidence)

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
        outlet = parameters.articles.outlet.idf if parameters.articles else 0.0
        self._known_word = np.array([is_word(term) for term in parameters.terms]) & (outlet > 0)

    def answer(
        self, article: Article, reading: Reading, model: Model, *, with_evidence: bool
    ) -> Answer:
        """Answer an article that has been read."""
        view, words = self.parameters.persuasion, reading.tokens.n_words
        found = find(reading, self.index)
        views = shares(self.parameters, reading, found)
        logits = np.array([one.total for one in views])
        p_persuasion = (
            None if view is None else float(sigmoid(view.slope * logits[-1] + view.intercept))
        )
        judged = self._judge(reading, found, logits, model.minimum_words)
        persuasion = {} if p_persuasion is None else {"persuasion": p_persuasion}
        items: tuple[Evidence, ...] = ()
        if with_evidence:
            articles = self.parameters.articles
            judging = articles is not None and judged.p_propaganda is not None
            coef = articles.combiner.coef if articles and judging else np.zeros(len(views))
            looked = evidence.Looked(article, reading, found, views, coef)
            long_enough = words >= model.minimum_words
            items = evidence.collect(looked, self.parameters, self.index, long_enough=long_enough)
        return Answer(
            judged.verdict,
            judged.p_propaganda,
            p_persuasion,
            reading.language,
            judged.why_unclear,
            words,
            judged.signals or persuasion,
            items,
            model.id,
        )

    def _judge(
        self, reading: Reading, found: Occurrences, logits: FloatArray, minimum: int
    ) -> Judgement:
        """Judge log-odds; unclear in a language without articles to judge by."""
        words, articles = reading.tokens.n_words, self.parameters.articles
        if articles is None:
            short = [too_short(words, minimum)] if words < minimum else []
            reasons = (*short, unjudged_language(reading.language))
            return Judgement(None, "unclear", reasons, {})
        plain = reading.masked.count_plain()
        known = float(self._known_word[found.feature].sum()) / max(plain, 1)
        return judge(logits, articles.combiner, words, minimum, known)
