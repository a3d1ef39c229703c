"""The contenders: each as its own documentation, or common usage, writes it; all get raw text.

Packages are imported when a peer is made, so that one that is missing costs its row alone.
"""

from __future__ import annotations

import re
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from kept import KeptEncoder

from krynica import Article, load_model
from krynica.classifier.arrays import FloatArray, IntArray

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+")


class Peer(ABC):
    """What a contender does: everything it learns, it learns in `fit`."""

    most_known: int | None = None
    """Most texts that it is fitted on; None for all, 0 of one that comes fitted."""
    most_new: int | None = None
    """Most texts that it is asked about, for its speed alone; None for all."""
    remembered: float = 0.0
    """CPU seconds of what it remembered from another run, instead of computing it."""

    def fit(self, texts: Sequence[str], label: IntArray) -> None:  # noqa: B027  # some come fitted
        """Learn from texts, where there are any."""

    @abstractmethod
    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda of each text."""


class Krynica(Peer):
    """A model of Krynica, fitted before; it is told no language.

    Parameters
    ----------
    model
        Its folder.
    keep
        Where vectors are kept.
    depth
        As of `krynica.Model.score`.
    """

    most_known = 0

    def __init__(self, model: Path, keep: Path, depth: Any) -> None:
        self._model, self._depth = load_model(model), depth
        self._model.encoder = self._encoder = KeptEncoder(self._model.encoder.path, keep)
        if depth != "full":
            self._model.require_screen()

    @property
    def remembered(self) -> float:  # type: ignore[override]
        """What the vectors took when they were computed."""
        return self._encoder.remembered

    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Return the probability; one half of a text that is not judged."""
        told = [
            self._model.score(Article(text), with_evidence=False, depth=self._depth).p_propaganda
            for text in texts
        ]
        return np.array([0.5 if p is None else p for p in told])


class WordTfidf(Peer):
    """TF-IDF of words and pairs of words, and logistic regression, all as they come."""

    def fit(self, texts: Sequence[str], label: IntArray) -> None:
        """Fit vocabulary and weights."""
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline

        self._model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression())
        self._model.fit(texts, label)

    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        return np.asarray(self._model.predict_proba(texts)[:, 1])


class FastText(Peer):
    """`fastText <https://fasttext.cc>`_ with the settings of its tutorial on classification.

    Lower case, punctuation apart, pairs of words, lines shuffled, as it learns them in the order
    of the file. Ten threads: each draws the start of a tenth of the weights, so that with fewer
    the rest is what memory held, and training ended in "Encountered NaN" on some blocks. Threads
    race, so two runs differ by some thousandths.
    """

    def __init__(self) -> None:
        import fasttext

        self._train = fasttext.train_supervised

    def fit(self, texts: Sequence[str], label: IntArray) -> None:
        """Train on a file of lines, as the library wants it."""
        with tempfile.TemporaryDirectory() as name:
            path = Path(name) / "train.txt"
            order = np.random.default_rng(0).permutation(len(label)).tolist()
            lines = [f"__label__{label[row]} {_line(texts[row])}\n" for row in order]
            path.write_text("".join(lines), "utf-8")
            settings = {"lr": 0.5, "epoch": 25, "wordNgrams": 2, "bucket": 200_000, "dim": 50}
            self._model = self._train(str(path), thread=10, verbose=0, **settings)

    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        names, p = self._model.predict([_line(text) for text in texts], k=2)
        pairs = zip(names, p, strict=True)
        # It returns up to 1.00001.
        return np.array([min(1.0, x[list(n).index("__label__1")]) for n, x in pairs], dtype=float)


def _line(text: str) -> str:
    return " ".join(_TOKEN.findall(text.lower()))


class VowpalWabbit(Peer):
    """`Vowpal Wabbit <https://vowpalwabbit.org>`_: online logistic regression on hashed pairs.

    Five passes in an order drawn anew, as an online learner must not meet outlet after outlet.
    """

    def __init__(self) -> None:
        import vowpalwabbit

        self._model = vowpalwabbit.Workspace(
            "--loss_function logistic --link logistic --ngram 2 -b 22 --quiet"
        )

    def fit(self, texts: Sequence[str], label: IntArray) -> None:
        """Learn article by article."""
        rng = np.random.default_rng(0)
        lines = [_words(text) for text in texts]
        for _ in range(5):
            for row in rng.permutation(len(label)).tolist():
                self._model.learn(f"{'1' if label[row] else '-1'} {lines[row]}")

    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        return np.array([self._model.predict(_words(text)) for text in texts], dtype=float)


def _words(text: str) -> str:
    """Return lower-case words: its format gives ``:`` and ``|`` a meaning."""
    return f"|text {' '.join(_WORD.findall(text.lower()))}"


class FrozenEncoder(Peer):
    """An encoder as published, mean over a text, and logistic regression.

    Parameters
    ----------
    folder
        Written by ``python -m krynica.training.encoder --untuned``.
    keep
        Where vectors are kept.
    known
        Most texts that it is fitted on: vectors are what costs.
    """

    def __init__(self, folder: Path, keep: Path, known: int) -> None:
        self._encoder, self.most_known = KeptEncoder(folder, keep), known

    @property
    def remembered(self) -> float:  # type: ignore[override]
        """What the vectors took when they were computed."""
        return self._encoder.remembered

    def fit(self, texts: Sequence[str], label: IntArray) -> None:
        """Fit scaling and weights."""
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        self._model = make_pipeline(StandardScaler(), LogisticRegression(C=0.01, max_iter=1000))
        self._model.fit(self._vectors(texts), label)

    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Return the probability of propaganda."""
        return np.asarray(self._model.predict_proba(self._vectors(texts))[:, 1])

    def _vectors(self, texts: Sequence[str]) -> FloatArray:
        return np.array([self._encoder.encode(text.splitlines()).mean for text in texts])


class NaiveEncoder(Peer):
    """The encoder run naively, one passage a call; how fast that is, and no more.

    Parameters
    ----------
    folder
        Written by ``python -m krynica.training.encoder --untuned --single-precision``.
    keep
        Where vectors are kept.
    new
        Most texts that it reads: it is slow.
    """

    most_known = 0

    def __init__(self, folder: Path, keep: Path, new: int) -> None:
        self._encoder, self.most_new = KeptEncoder(folder, keep), new

    @property
    def remembered(self) -> float:  # type: ignore[override]
        """What the vectors took when they were computed."""
        return self._encoder.remembered

    def predict(self, texts: Sequence[str]) -> FloatArray:
        """Read all passages; what they say is not asked."""
        for text in texts:
            for passage in text.splitlines():
                self._encoder.encode([passage])
        return np.full(len(texts), 0.5)


def cpu(peer: Peer) -> float:
    """Return the CPU seconds of this process, with those that a peer did not need anew."""
    return time.process_time() + peer.remembered
