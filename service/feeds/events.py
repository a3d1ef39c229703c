"""What comes of reading feeds."""

from __future__ import annotations

from dataclasses import dataclass

from krynica.service.feeds.items import ItemText
from krynica.service.feeds.kept import Kept
from krynica.service.rows import Cells


@dataclass(frozen=True)
class Found:
    """An item that is not known yet: what it will be known by, its cells, and its text."""

    key: str
    cells: Cells
    read: ItemText


@dataclass(frozen=True)
class Again:
    """A row whose page failed before, and what the page gave now."""

    kept: Kept
    read: ItemText


@dataclass(frozen=True)
class Through:
    """A feed all of whose items were given, and by what to ask for it next time."""

    feed: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True)
class Failed:
    """A feed that could not be read, or not wholly: one sentence."""

    reason: str


@dataclass(frozen=True)
class Textless:
    """A post without a text, which is not known yet, and what it will be known by."""

    key: str


@dataclass(frozen=True)
class Told:
    """One sentence that is no failure."""

    sentence: str


Event = Found | Again | Through | Failed | Textless | Told
