"""Feeds to a table: what is new in them is scored, what is known is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from krynica.classifier.answer import Answer
from krynica.classifier.model import Model
from krynica.data.atomic import sweep
from krynica.data.tables.delimited import PLAIN, Dialect
from krynica.service.errors import CallError
from krynica.service.feeds.events import Again, Event, Failed, Found, Textless, Through, Told
from krynica.service.feeds.gather import Gatherer
from krynica.service.feeds.items import ItemText, TextFrom
from krynica.service.feeds.rows import check_table, read_rows, write_rows
from krynica.service.feeds.state import State
from krynica.service.fingerprints import Fingerprint
from krynica.service.places import check_endings, check_places
from krynica.service.rows import Cells, Row, Scored, score_row
from krynica.service.source_report.words import number
from krynica.service.summary import Summary

TRIES = 3
"""Later runs in which a page is tried again that failed for a reason that may pass."""


@dataclass(frozen=True)
class FeedJob:
    """Feeds to follow.

    Parameters
    ----------
    feeds
        Files and addresses, of feeds and of OPML.
    output
        Table to write; its ending says of which kind.
    state
        What is remembered between runs.
    reports
        Files for a report on the outlets.
    wanted
        Where texts are taken from.
    delay
        Seconds between two requests to a host.
    allow_private
        Whether addresses may lead to this machine and private networks.
    dialect
        How a table of text is written.

    Raises
    ------
    service.errors.CallError
        If an ending is of no table, or two of the files are the same.
    """

    feeds: tuple[str, ...]
    output: Path
    state: Path
    reports: tuple[Path, ...] = ()
    wanted: TextFrom = "auto"
    delay: float = 1.0
    allow_private: bool = False
    dialect: Dialect = PLAIN

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        check_endings(self.output, *self.reports)
        files = [path.absolute() for path in (self.output, self.state, *self.reports)]
        if len({*files}) < len(files) or {*files} & {Path(feed).absolute() for feed in self.feeds}:
            raise CallError("Two of the files would be the same: give each its own name.")


@dataclass
class Round(Summary):
    """What came of one round: a summary of the rows that are new or were tried again.

    Parameters
    ----------
    unwritten
        New items that have no row, as one has the same text.
    textless
        New posts that have no row, as they have no text.
    failures
        Sentences about feeds that could not be read.
    """

    unwritten: int = 0
    textless: int = 0
    failures: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield it in sentences."""
        yield from super().lines()
        if self.unwritten:
            yield f"not written, as their text is there already: {number(self.unwritten, 'item')}"
        if self.textless:
            counted = number(self.textless, "post")
            yield f"not written, as they have no text, such as pictures: {counted}"


class Follower:
    """Reads feeds round by round; a context manager that holds the state for this process.

    Parameters
    ----------
    job, model
        What to read, and what scores it.
    tell
        Told of every feed that cannot be read, at once.

    Raises
    ------
    classifier.errors.KrynicaError
        On entering, if the output could not be written, or something else stands there, or the
        state is held by another process.
    """

    def __init__(self, job: FeedJob, model: Model, tell: Callable[[str], None]) -> None:
        check_places(job.output, job.state, *job.reports)
        self._job, self._model, self._tell = job, model, tell
        self.state = State(job.state, self._rows_before)

    def __enter__(self) -> Self:
        """Open the state; a new one takes over the rows of an output that is there."""
        with ExitStack() as opened:
            opened.enter_context(self.state)
            output = self._job.output
            if self.state.output != str(output.absolute()) and output.exists():
                check_table(output)
            sweep(output)
            opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the state."""
        self.state.__exit__(kind, error, trace)

    def round(self) -> Round:
        """Read the feeds once; whatever ends it, the output then has all rows so far."""
        done, job = Round(), self._job
        gatherer = Gatherer(
            self.state, wanted=job.wanted, delay=job.delay, allow_private=job.allow_private
        )
        try:
            for event in gatherer.events(job.feeds):
                self._heed(event, done)
        finally:
            rows = (kept.cells for kept in self.state.rows())
            done.defused = write_rows(rows, job.output, job.dialect)
            self.state.keep_output(str(job.output.absolute()))
        return done

    def _rows_before(self) -> Iterable[Cells]:
        return read_rows(self._job.output) if self._job.output.exists() else ()

    def _heed(self, event: Event, done: Round) -> None:
        match event:
            case Found():
                _take(event, self._model, self.state, done)
            case Again():
                _take_again(event, self._model, self.state, done)
            case Through(feed, etag, modified):
                self.state.keep_version(feed, etag, modified)
            case Textless(key):
                self.state.remember(key)
                done.textless += 1
            case Told(sentence):
                self._tell(sentence)
            case Failed(reason):
                done.failures.append(reason)
                self._tell(reason)


def _take(found: Found, model: Model, state: State, done: Round) -> None:
    """Write an item, unless it came by another way meanwhile or its text is there already."""
    if state.knows(found.key, found.cells):
        return
    text = _fingerprint(found.read)
    if text is not None and state.has_text(text):
        state.remember(found.key)
        done.unwritten += 1
        return
    scored, earlier = _answer(found.read, found.cells["title"], text, model, state)
    sha = model.id.sha256
    cells = {**found.cells, **scored.cells, "duplicate_of": earlier}
    tries = TRIES if found.read.passing else 0
    state.add(found.key, cells, scored, _kept_of(text, earlier), tries, sha)
    done.add(cells)


def _take_again(again: Again, model: Model, state: State, done: Round) -> None:
    """Put what a page gave this time in the place of the error of last time."""
    old = again.kept
    if again.read.text is None:
        state.keep_tries(old, old.tries - 1 if again.read.passing else 0)
        done.add(old.cells)
        return
    text = _fingerprint(again.read)
    scored, earlier = _answer(again.read, old.cells["title"], text, model, state, old.number)
    cells = {**old.cells, **scored.cells, "duplicate_of": earlier}
    state.replace(old, cells, scored, _kept_of(text, earlier), model.id.sha256)
    done.add(cells)


def _answer(
    read: ItemText,
    title: str | None,
    text: Fingerprint | None,
    model: Model,
    state: State,
    number: int | None = None,
) -> tuple[Scored, int | None]:
    """Return the answer to an item, and the number of the row that it repeats, if it does.

    An answer is copied from rows of the same model alone, and to row `number` from rows before it.
    """
    if read.text is None:
        return Scored(Answer(error=read.error).as_row()), None
    earlier = None if text is None else state.answered(text, model.id.sha256, number)
    if earlier is not None:
        return state.row(earlier).scored, earlier
    return score_row(model, Row(read.text, title, doubts=read.doubts)), None


def _fingerprint(read: ItemText) -> Fingerprint | None:
    return None if read.text is None else Fingerprint.of(read.text)


def _kept_of(text: Fingerprint | None, earlier: int | None) -> Fingerprint | None:
    """Return what to keep of a text: of one that repeats another only that it was there."""
    if text is None or earlier is None:
        return text
    return Fingerprint(text.hash, None)
