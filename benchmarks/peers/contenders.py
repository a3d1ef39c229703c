"""The peers: each as its own documentation, or common usage, writes it; raw text, nothing masked.

Packages are imported when a peer is made, so that one that is missing costs its row alone.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from krynica.classifier.arrays import FloatArray, IntArray

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+")


class Peer(Protocol):
    """What a peer does: everything it learns, it learns in `fit`."""

    def prepare(self, texts: Sequence[str]) -> Sequence[Any]:
        """Turn each text, by itself, into what the peer reads."""

    def fit(self, features: Sequence[Any], label: IntArray) -> None:
        """Learn from prepared texts, forgetting what was learned before."""

    def predict(self, features: Sequence[Any]) -> FloatArray:
        """Return the probability of propaganda of each prepared text."""


class WordTfidf:
    """TF-IDF of words and pairs of words, and logistic regression, all as they come."""

    def __init__(self) -> None:
        self._model: Any = None

    def prepare(self, texts: Sequence[str]) -> Sequence[str]:
        """Return the texts as they are."""
        return texts

    def fit(self, features: Sequence[str], label: IntArray) -> None:
        """Fit vocabulary and weights."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        self._model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression())
        self._model.fit(features, label)

    def predict(self, features: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        return np.asarray(self._model.predict_proba(features)[:, 1])


class FastText:
    """`fastText <https://fasttext.cc>`_ with the settings of its tutorial on classification.

    Lower case, punctuation apart, pairs of words, lines shuffled, as it learns them in the order
    of the file. Ten threads: each draws the start of a tenth of the weights, so that with fewer
    the rest is what memory held, and training ended in "Encountered NaN" on some blocks. Threads
    race, so two runs differ by some thousandths.
    """

    def __init__(self) -> None:
        import fasttext

        self._train = fasttext.train_supervised
        self._model: Any = None

    def prepare(self, texts: Sequence[str]) -> list[str]:
        """Return lower-case tokens on one line."""
        return [" ".join(_TOKEN.findall(text.lower())) for text in texts]

    def fit(self, features: Sequence[str], label: IntArray) -> None:
        """Train on a file of lines, as the library wants it."""
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "train.txt"
            order = np.random.default_rng(0).permutation(len(label)).tolist()
            lines = [f"__label__{label[row]} {features[row]}\n" for row in order]
            path.write_text("".join(lines), "utf-8")
            settings = {"lr": 0.5, "epoch": 25, "wordNgrams": 2, "bucket": 200_000, "dim": 50}
            self._model = self._train(str(path), thread=10, verbose=0, **settings)

    def predict(self, features: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        names, p = self._model.predict(list(features), k=2)
        pairs = zip(names, p, strict=True)
        # It returns up to 1.00001.
        return np.array([min(1.0, x[list(n).index("__label__1")]) for n, x in pairs], dtype=float)


class VowpalWabbit:
    """`Vowpal Wabbit <https://vowpalwabbit.org>`_: online logistic regression on hashed pairs.

    Five passes in an order drawn anew, as an online learner must not meet outlet after outlet.
    """

    def __init__(self) -> None:
        import vowpalwabbit

        self._workspace = vowpalwabbit.Workspace
        self._model: Any = None

    def prepare(self, texts: Sequence[str]) -> list[str]:
        """Return lower-case words: its format gives ``:`` and ``|`` a meaning."""
        return [" ".join(_WORD.findall(text.lower())) for text in texts]

    def fit(self, features: Sequence[str], label: IntArray) -> None:
        """Learn article by article."""
        self._model = self._workspace(
            "--loss_function logistic --link logistic --ngram 2 -b 22 --quiet"
        )
        rng = np.random.default_rng(0)
        for _ in range(5):
            for row in rng.permutation(len(label)).tolist():
                self._model.learn(f"{'1' if label[row] else '-1'} |text {features[row]}")

    def predict(self, features: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        return np.array([self._model.predict(f"|text {text}") for text in features], dtype=float)


class SpacyBow:
    """`spaCy <https://spacy.io>`_'s ``textcat``, bag of words, in a blank pipeline of no language.

    Ten epochs of batches of 32 with dropout .2.
    """

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.blank("xx")
        # Long articles are only counted here; the limit is meant for parsers.
        self._nlp.max_length = 10_000_000

    def prepare(self, texts: Sequence[str]) -> list[Any]:
        """Return tokenized documents."""
        return [self._nlp.make_doc(text) for text in texts]

    def fit(self, features: Sequence[Any], label: IntArray) -> None:
        """Train a new component."""
        from spacy.training import Example
        from spacy.util import fix_random_seed, minibatch

        fix_random_seed(0)
        rng = np.random.default_rng(0)
        if self._nlp.has_pipe("textcat"):
            self._nlp.remove_pipe("textcat")
        self._nlp.add_pipe("textcat", config={"model": _BOW})
        examples = [
            Example.from_dict(doc, {"cats": {"propaganda": float(y), "journalism": float(1 - y)}})
            for doc, y in zip(features, label, strict=True)
        ]
        optimizer = self._nlp.initialize(lambda: examples)
        for _ in range(10):
            shuffled = (examples[row] for row in rng.permutation(len(examples)).tolist())
            for batch in minibatch(shuffled, 32):
                self._nlp.update(batch, drop=0.2, sgd=optimizer)

    def predict(self, features: Sequence[Any]) -> FloatArray:
        """Return the probability of propaganda."""
        pipe: Any = self._nlp.get_pipe("textcat")
        column = pipe.labels.index("propaganda")
        parts = [pipe.predict(features[at : at + 64]) for at in range(0, len(features), 64)]
        return np.concatenate(parts)[:, column].astype(np.float64)


_BOW = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": True,
    "ngram_size": 1,
    "no_output_layer": False,
}


class FrozenEncoder:
    """An encoder as published, mean over passages, and logistic regression.

    Parameters
    ----------
    folder
        Written by ``python -m krynica.training.encoder --untuned``.
    """

    def __init__(self, folder: Path) -> None:
        from krynica.classifier.encoder import open_encoder

        self._encoder = open_encoder(folder.resolve(), "")
        self._model: Any = None

    def prepare(self, texts: Sequence[str]) -> list[FloatArray]:
        """Return each text's mean vector."""
        return [self._encoder.encode(text.splitlines()).mean for text in texts]

    def fit(self, features: Sequence[FloatArray], label: IntArray) -> None:
        """Fit scaling and weights."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        self._model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=1000))
        self._model.fit(np.array(features), label)

    def predict(self, features: Sequence[FloatArray]) -> FloatArray:
        """Return the probability of propaganda."""
        return np.asarray(self._model.predict_proba(np.array(features))[:, 1])


PEERS: dict[str, Callable[[], Peer]] = {
    "TF-IDF + logistic regression": WordTfidf,
    "fastText": FastText,
    "Vowpal Wabbit": VowpalWabbit,
    "spaCy textcat": SpacyBow,
}
"""Those that need nothing but their packages."""
