"""A model that training starts from: its numbers are fitted around, or stay as they are."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from krynica.classifier.encoder import Encoder
from krynica.classifier.folder import ModelFolder
from krynica.classifier.parameters import (
    Judging,
    LanguageParameters,
    LinearTerms,
    LinearVector,
    ScreenParameters,
)
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import Corpus
from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.training.fit.views import Views

MET = "the model that training starts from has learned from the text"
"""Why a row is left out."""
LEAST_READ = 40
"""Fewest texts of a language that were read, or labelled themselves, to fit its numbers anew."""


@dataclass(frozen=True)
class Start:
    """A model's numbers.

    Parameters
    ----------
    folder
        The model.
    languages
        Its numbers by language.
    """

    folder: ModelFolder
    languages: dict[str, LanguageParameters]

    @classmethod
    def of(cls, folder: ModelFolder) -> Start:
        """Read all numbers of a model."""
        return cls(folder, {code: folder.parameters(code) for code in folder.languages})

    def without_met(self, corpus: Corpus) -> Corpus:
        """Leave out the rows that the model has learned from: they would count twice."""
        met = set(self.folder.learned_from().tolist())
        left_out = dict(corpus.left_out)
        kept: list[pd.DataFrame] = []
        for rows in (corpus.articles, corpus.passages):
            new = np.array([text_hash(text) not in met for text in rows["text"]], dtype=bool)
            if not new.all():
                left_out[MET] = left_out.get(MET, 0) + int((~new).sum())
            kept.append(rows[new].reset_index(drop=True))
        return replace(corpus, articles=kept[0], passages=kept[1], left_out=left_out)

    def views(self, language: str, terms: np.ndarray) -> Views | None:
        """Return the views of a language, its terms at their places among others.

        Parameters
        ----------
        language
            ISO 639-1 code.
        terms
            Terms that hold all those of the language.
        """
        numbers = self.languages.get(language)
        if numbers is None or numbers.judging is None:
            return None
        judging = numbers.judging
        place = {str(term): at for at, term in enumerate(terms)}
        own = [place[term] for term in numbers.terms]
        idf, coef = np.zeros(len(terms)), np.zeros(len(terms))
        idf[own], coef[own] = judging.words.idf, judging.words.coef
        words = LinearTerms(idf, coef, judging.words.bias)
        scales = {language: judging.scale}
        return Views(words, judging.encoder, judging.style, scales, judging.genre)

    def known(self, encoder: Encoder) -> KnownOutlets:
        """Return the outlets that the model, or the encoder, has met."""
        return KnownOutlets([*self.folder.outlets(), *encoder.manifest.get("outlets", ())])

    def persuasion(self) -> dict[str, LinearVector]:
        """Return the persuasion views of the languages that have one."""
        views = {code: numbers.persuasion for code, numbers in self.languages.items()}
        return {code: view for code, view in views.items() if view is not None}

    def screen_without(self, languages: AbstractSet[str]) -> ScreenParameters | None:
        """Return the model's screen for its other languages; None where none is left."""
        screen = self.folder.screen()
        if screen is None:
            return None
        readers = {code: one for code, one in screen.readers.items() if code not in languages}
        return replace(screen, readers=readers) if readers else None

    def judging(self, language: str) -> Judging | None:
        """Return what judges a language; None where nothing does."""
        numbers = self.languages.get(language)
        return numbers.judging if numbers else None
