"""What needs no label any more, and what a model has not met."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from krynica.classifier.languages import LANGUAGES
from krynica.classifier.model import Model
from krynica.classifier.parameters import Points
from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import require_told
from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.data.tables.cells import plain_values
from krynica.data.tables.table import iter_table

LABELLED, MET, IN_CORPUS, REPEATED, NEAR = (
    "labelled already",
    "learned from by the model",
    "labelled in a corpus",
    "the words of an earlier row",
    "nearly the words of an earlier row",
)
"""Why a row needs no label, whatever the model says of it."""
_ROWS = 1_000


class Known:
    """What a model and corpora know; remembers the texts that it was asked about.

    Parameters
    ----------
    model
        The model.
    corpora
        Labelled tables beside those that the model learned from.

    Raises
    ------
    classifier.errors.KrynicaError
        If a corpus, or what the model says that it learned from, cannot be read.
    """

    def __init__(self, model: Model, corpora: Sequence[Path] = ()) -> None:
        self._model = model
        self._learned = model.source.learned_from()
        self._labelled: set[int] = set()
        self._asked: set[int] = set()
        self._points: dict[str, Points | None] = {}
        outlets = set(model.source.outlets())
        for path in corpora:
            for table in iter_table(path, columns=("text",), chunk_rows=_ROWS):
                require_told(path, table)
                for name in {"label", "score"} & {*table}:
                    rows = zip(table["text"], plain_values(table[name]), strict=True)
                    self._labelled |= {
                        text_hash(str(text))
                        for text, told in rows
                        if told is not None and told != ""
                    }
                if "outlet" in table:
                    outlets |= {str(name) for name in plain_values(table["outlet"]) if name}
        self._outlets = KnownOutlets(outlets)

    def without_need(self, number: int, label: object) -> str | None:
        """Say why a text needs no label; None where it does.

        Parameters
        ----------
        number
            `data.corpus.duplicates.text_hash` of the text.
        label
            What its row bears; None where that is blank.
        """
        if label is not None and str(label).strip():
            return LABELLED
        if number in self._labelled:
            return IN_CORPUS
        at = int(np.searchsorted(self._learned, np.uint64(number)))
        if at < len(self._learned) and int(self._learned[at]) == number:
            return MET
        if number in self._asked:
            return REPEATED
        self._asked.add(number)
        return None

    def is_new_outlet(self, name: str) -> bool:
        """Tell whether an outlet that is named was never learned from."""
        return bool(name) and name not in self._outlets

    def is_new_language(self, code: str) -> bool:
        """Tell whether the program reads a language in which the model judges no articles."""
        return code in LANGUAGES and self._of(code) is None

    def points(self, code: str, kind: int) -> tuple[float, float] | None:
        """Return where verdicts begin: of propaganda, and of journalism downwards.

        Parameters
        ----------
        code
            A language.
        kind
            Place of a text's kind in `classifier.parameters.POINTS`.
        """
        points = self._of(code)
        return None if points is None else (float(points.accuse[kind]), float(points.clear[kind]))

    def _of(self, code: str) -> Points | None:
        if code not in self._points:
            source = self._model.source
            judging = source.parameters(code).judging if code in source.languages else None
            self._points[code] = None if judging is None else judging.points
        return self._points[code]
