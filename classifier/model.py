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
from classifier.measures import MEASURES
from classifier.parameters import LanguageParameters
from classifier.reading import Reading, read
from classifier.terms import TermIndex, is_word
from classifier.verdict import Judgement, judge, too_short, unjudged_language
from classifier.views import (
    Shares,
    find,
    shares_of_outlet,
    shares_of_persuasion,
    shares_of_style,
    sigmoid,
)

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
        view, articles = self.parameters.persuasion, self.parameters.articles
        words, minimum = reading.tokens.n_words, model.minimum_words
        found = find(reading, self.index)
        marked = shares_of_persuasion(view, reading, found)
        p_persuasion = (
            None if view is None else float(sigmoid(view.slope * marked.total + view.intercept))
        )
        nothing = Shares(None, np.zeros(len(MEASURES)), 0.0)
        outlet, style, coef = nothing, nothing, np.zeros(3)
        if articles is None:
            reasons = [unjudged_language(reading.language)]
            if words < minimum:
                reasons.insert(0, too_short(words, minimum))
            signals = {} if p_persuasion is None else {"persuasion": p_persuasion}
            judged = Judgement(None, "unclear", tuple(reasons), signals)
        else:
            outlet = shares_of_outlet(articles, found)
            style = shares_of_style(articles, reading)
            logits = np.array([outlet.total, style.total, marked.total])
            plain = reading.masked.count_plain()
            known = float(self._known_word[found.feature].sum()) / max(plain, 1)
            judged = judge(logits, articles.combiner, words, minimum, known)
            if judged.p_propaganda is not None:
                coef = articles.combiner.coef
        items: tuple[Evidence, ...] = ()
        if with_evidence:
            looked = evidence.Looked(
                article,
                reading,
                found,
                outlet.scaled(coef[0]),
                style.scaled(coef[1]),
                marked.scaled(coef[2]),
                marked,
            )
            items = evidence.collect(
                looked, self.parameters, self.index, long_enough=words >= minimum
            )
        return Answer(
            judged.verdict,
            judged.p_propaganda,
            p_persuasion,
            reading.language,
            judged.why_unclear,
            words,
            judged.signals,
            items,
            model.id,
        )
