"""What ``krynica collect`` is asked to do."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from krynica.service.errors import CallError
from krynica.service.places import check_endings

_NO_CORPUS = frozenset({".html"})
"""Endings of tables that cannot be read again."""


@dataclass(frozen=True)
class CollectJob:
    """A corpus to build, or to go on with.

    Parameters
    ----------
    outlets
        List of outlets.
    output
        Table to write; its ending says of which kind.
    state
        What is kept between runs.
    review
        Sheet for a person to check some rows.
    checked
        Sheets that were filled in.
    limit
        Articles of an outlet at most, those of earlier runs included; None takes all.
    since
        Day before which nothing is taken.
    contested
        Whether contested outlets are taken too.
    delay
        Seconds between two requests to a host.
    allow_private
        Whether addresses may lead to this machine and private networks.

    Raises
    ------
    service.errors.CallError
        If an ending is of no table, or two of the files are the same.
    """

    outlets: Path
    output: Path
    state: Path
    review: Path
    checked: tuple[Path, ...] = ()
    limit: int | None = None
    since: dt.date | None = None
    contested: bool = False
    delay: float = 1.0
    allow_private: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        check_endings(self.output, self.review)
        if {self.output.suffix.lower(), self.review.suffix.lower()} & _NO_CORPUS:
            raise CallError("A corpus or its review sheet cannot be .html.")
        files = [self.outlets, self.output, self.state, self.review, *self.checked]
        # The sheet that was filled in may stand where the next one would.
        if len({path.absolute() for path in files[:4]}) < 4:
            raise CallError("Two of the files would be the same: give each its own name.")
        if {path.absolute() for path in self.checked} & {path.absolute() for path in files[:3]}:
            raise CallError("Two of the files would be the same: give each its own name.")
