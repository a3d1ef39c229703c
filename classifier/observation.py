"""What is seen of an article beside its answer: for reports over many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from krynica.classifier.answer import Answer
from krynica.classifier.passages import Passage


@dataclass(frozen=True)
class Observation:
    """An article's answer, and what a report compares.

    Parameters
    ----------
    answer
        Without evidence.
    known
        Share of its words that the model knows; None in a language whose articles are not judged.
    measures
        Of its style, in the order of `classifier.measures.MEASURES`, shape (n_measures,); None
        where nothing was read, or in a language that is not ours.
    passage
        Its most persuasive passage; None where no passage speaks for persuasion.
    """

    answer: Answer
    known: float | None = None
    measures: npt.NDArray[np.float64] | None = None
    passage: Passage | None = None
