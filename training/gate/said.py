"""What a model says of readings, asked in several processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from joblib import Parallel, delayed

from krynica.classifier.article import Article
from krynica.classifier.folder import ModelFolder
from krynica.classifier.model import Model, load_model

_CHUNK = 200
"""Texts a task: some three seconds, so that no process waits long for the last one."""
Pair = tuple[float, str]
"""Probability, NaN for none; and verdict."""


@dataclass(frozen=True)
class Said:
    """Readings beside what a model said of them, one entry a row.

    Parameters
    ----------
    language
        ISO 639-1 codes.
    score
        How the text reads, 0 to 4.
    newsroom
        Whether it is of an outlet labelled ``journalism``.
    p
        Probability of propaganda; NaN where the model gave none.
    verdict
        Its verdicts; texts that could not be read are ``unclear``.
    """

    language: npt.NDArray[np.str_]
    score: npt.NDArray[np.int64]
    newsroom: npt.NDArray[np.bool_]
    p: npt.NDArray[np.float64]
    verdict: npt.NDArray[np.str_]

    def where(self, rows: npt.NDArray[np.bool_]) -> Said:
        """Return some of the rows."""
        return Said(
            self.language[rows],
            self.score[rows],
            self.newsroom[rows],
            self.p[rows],
            self.verdict[rows],
        )


def ask(rows: pd.DataFrame, folder: ModelFolder, jobs: int) -> Said:
    """Ask a model about readings.

    Parameters
    ----------
    rows
        Rows of `training.gate.readings.Readings`.
    folder
        The model's folder; each process opens it once.
    jobs
        Processes.
    """
    texts = list(zip(rows["text"], rows["lang"], strict=True))
    chunks = [texts[at : at + _CHUNK] for at in range(0, len(texts), _CHUNK)]
    answers = Parallel(n_jobs=jobs)(
        delayed(_ask)(folder.path.resolve(), folder.sha256, chunk) for chunk in chunks
    )
    pairs: list[Pair] = [pair for chunk in answers for pair in chunk]
    return Said(
        rows["lang"].to_numpy().astype(str),
        rows["score"].to_numpy().astype(np.int64),
        (rows["outlet_label"] == "journalism").to_numpy().astype(bool),
        np.array([p for p, _ in pairs], dtype=np.float64),
        np.array([verdict for _, verdict in pairs], dtype=str),
    )


def _ask(path: Path, sha256: str, texts: Sequence[tuple[str, str]]) -> list[Pair]:
    model = _model(path, sha256)
    return [_answer(model, text, language) for text, language in texts]


def _answer(model: Model, text: str, language: str) -> Pair:
    answer = model.score(Article(text, language=language), with_evidence=False)
    p = np.nan if answer.p_propaganda is None else answer.p_propaganda
    return p, answer.verdict or "unclear"


@lru_cache(maxsize=1)
def _model(path: Path, sha256: str) -> Model:  # noqa: ARG001  # another model may stand there now
    return load_model(path)
