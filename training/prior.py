"""A model that a training starts from: what it knows, and what of a corpus it has already met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import pandas as pd

from classifier.folder import ModelFolder
from classifier.languages import LANGUAGES
from classifier.parameters import LanguageParameters
from data.duplicates import text_hash
from data.labelled import Corpus
from data.outlet_names import KnownOutlets
from training.model_folder import Made
from training.operating import NEWSROOMS
from training.persuasion import PersuasionFit

MET = "the model that training starts from learned from it, from its outlet or from its document"

NOTHING = "The corpus has nothing of it."
T = TypeVar("T")
_WORDS = 8
"""Least blanks of a line that is looked for: shorter ones stand in many articles."""


@dataclass(frozen=True)
class Start:
    """A model that a training starts from.

    Parameters
    ----------
    folder
        The model.
    languages
        Its numbers.
    """

    folder: ModelFolder
    languages: dict[str, LanguageParameters]

    @classmethod
    def of(cls, folder: ModelFolder) -> Start:
        """Read a model.

        Raises
        ------
        classifier.errors.ModelFolderError
            If it cannot be read.
        """
        return cls(folder, {code: folder.parameters(code) for code in folder.languages})

    def without_met(self, corpus: Corpus) -> Corpus:
        """Leave out what the model has met: on it no fit that starts from the model is honest.

        Outlets are met under any name that `data.outlet_names` knows them by, and articles by
        their whole text or by a passage that the model learned from. A copy in which a word was
        changed, of an outlet it does not know, cannot be known again.

        Parameters
        ----------
        corpus
            As it was read.

        Raises
        ------
        classifier.errors.ModelFolderError
            If the model cannot tell what it learned from.
        """
        known = set(self.folder.learned_from().tolist())
        outlets = KnownOutlets(self.folder.outlets())
        articles = corpus.articles
        met = outlets.rows(articles) | _in(articles["text"], known) | _holds(articles, known)
        passages = corpus.passages
        learned = _in(passages["text"], known)
        keys = zip(passages["doc"], passages["source"], passages["lang"], strict=True)
        document = pd.Series(list(keys), index=passages.index, dtype=object)
        named = passages["doc"].notna()
        learned |= named & document.isin(set(document[learned & named]))
        count = int(met.sum() + learned.sum())
        return replace(
            corpus,
            articles=articles[~met].reset_index(drop=True),
            passages=passages[~learned].reset_index(drop=True),
            left_out={**corpus.left_out, **({MET: count} if count else {})},
        )

    def kept(self, language: str, articles: pd.DataFrame, *, learns: bool) -> str | None:
        """Say why a language's numbers stay as they are; None where they are fitted on.

        Parameters
        ----------
        language
            ISO 639-1 code.
        articles
            Its prepared articles.
        learns
            Whether outlets of both classes, or where the model judges no articles, passages, can
            be held out.
        """
        if language not in self.languages:
            return None
        name = f"{LANGUAGES[language].name} stays as {self.folder.id.name} has it"
        judged = self.languages[language].articles
        rooms = articles.loc[articles["label"] == 0, "outlet"].nunique()
        if not learns:
            return f"{name}: the corpus has too little of it to hold any out."
        if judged and judged.combiner.accuse <= 1 and rooms < NEWSROOMS:
            return (
                f"{name}: its verdicts would have to be earned anew, for which {NEWSROOMS} "
                f"newsrooms are needed, and the corpus has {rooms} that it had not met. Train on "
                "the tables of both for one model of all."
            )
        return None

    def complete(self, made: Made) -> Made:
        """Add to what was made the languages that stay as the model has them, and its past.

        Parameters
        ----------
        made
            Of the languages that were fitted.
        """
        manifest = self.folder.manifest
        kept = sorted(self.languages.keys() - made.parameters.keys())
        metrics = {
            language: {**_of_passages(manifest["metrics"].get(language, {}), found), **found}
            for language, found in made.metrics.items()
        }
        past, own = manifest["sources"], made.provenance.sources
        model = self.folder.id
        provenance = replace(
            made.provenance,
            split={**made.provenance.split, **_of(manifest.get("split", {}), kept)},
            refused={
                language: why
                for language, why in made.provenance.refused.items()
                if language not in kept
            },
            sources=[*own, *(source for source in past if source not in own)],
            outlets=sorted({*made.provenance.outlets, *self.folder.outlets()}),
            started_from={
                "name": model.name,
                "version": model.version,
                "sha256": model.sha256,
                "kept": {code: made.provenance.refused.get(code, NOTHING) for code in kept},
            },
        )
        return Made(
            {**made.parameters, **_of(self.languages, kept)},
            {**metrics, **_of(manifest["metrics"], kept)},
            {**made.profiles, **_of(manifest.get("profile", {}), kept)},
            provenance,
            np.union1d(made.learned_from, self.folder.learned_from()),
        )


def _of_passages(past: Mapping[str, T], found: Mapping[str, T]) -> dict[str, T]:
    """Return the figures of a persuasion view that was taken over as it was."""
    return {} if "passages" in found else _of(past, ("passages", "techniques"))


def _of(values: Mapping[str, T], languages: Iterable[str]) -> dict[str, T]:
    return {language: values[language] for language in languages if language in values}


def _in(texts: pd.Series, known: set[int]) -> pd.Series:
    return pd.Series([text_hash(text) in known for text in texts], index=texts.index, dtype=bool)


def _holds(articles: pd.DataFrame, known: set[int]) -> pd.Series:
    """Say which articles hold a passage, on lines of its own, whose hash is known."""
    found = [
        any(text_hash(line) in known for line in text.split("\n") if line.count(" ") >= _WORDS)
        for text in articles["text"]
    ]
    return pd.Series(found, index=articles.index, dtype=bool)


def as_fitted(numbers: LanguageParameters) -> PersuasionFit | None:
    """Return a model's persuasion view as if it had been fitted here, held out from nothing."""
    if numbers.persuasion is None:
        return None
    terms = np.array(numbers.terms, dtype=object)
    return PersuasionFit(terms, numbers.persuasion, (), np.zeros(0))
