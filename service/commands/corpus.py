"""``krynica corpus``: public corpora as labelled tables."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from krynica.service.errors import CallError
from krynica.service.options import PrivateOption

if TYPE_CHECKING:
    from krynica.data.corpora.build import Summary
    from krynica.data.corpora.rows import Found
    from krynica.data.sources import Source

_KINDS = ".csv .tsv .jsonl .parquet"
_LONGEST = 1_000_000
"""Seconds that can be asked for."""


def corpus(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", show_default=False, help="Else all are listed.")
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="OUTPUT", help=f"To write: {_KINDS}."),
    ] = None,
    given: Annotated[
        Path | None,
        typer.Option("--from", metavar="PATH", help="Published file, folder or archive."),
    ] = None,
    delay: Annotated[
        float,
        typer.Option(metavar="SECONDS", help="Between two requests to a host, at least."),
    ] = 1.0,
    allow_private: PrivateOption = False,
) -> None:
    """List public corpora, or make a labelled table of one. Stopped, it goes on where it was."""
    if name is None:
        if output is not None or given is not None:
            raise CallError("Which corpus? Its id comes first: krynica corpus ID -o OUTPUT.")
        _list()
        return
    if output is None:
        raise CallError(f"Where to? krynica corpus {name} -o OUTPUT.")
    if output.suffix.lower() not in _KINDS.split():
        raise CallError(f"{output} is no table that can be learned from: name it {_KINDS}.")
    if not 0 <= delay <= _LONGEST:
        raise CallError(f"--delay takes a number from 0 to {_LONGEST:,}, not {delay:g}.")
    from krynica.data.corpora.build import opened, write
    from krynica.data.corpora.catalogue import corpus as known
    from krynica.service.terminal import one_line, say

    source, read = known(name)
    folder = output.with_name(f"{name}.published")
    say(f"{source.name}. Licence: {source.licence}. Cite: {source.citation}.")
    place = given or _published(source, folder, allow_private=allow_private)
    with opened(place) as files:
        texts = _beside(given) if given else folder / "texts.jsonl"
        with _completed(read(files), texts, delay, allow_private=allow_private) as found:
            summary = write(found, source, output)
    for line in _lines(summary):
        say(line)
    print(one_line(str(output)))
    if not summary.labels:
        raise typer.Exit(1)


def _beside(given: Path) -> Path:
    """Return where texts are kept that what was given only points to."""
    whole = given.resolve()
    return whole.with_name(f"{whole.name}.texts")


def _list() -> None:
    from krynica.data.corpora.catalogue import READERS
    from krynica.data.sources import sources
    from krynica.service.terminal import one_line

    width = max(map(len, READERS))
    for source in sources().values():
        if source.id in READERS:
            languages = " ".join(source.languages)
            way = "can be fetched" if source.download else f"by --from, see {source.address}"
            print(one_line(f"{source.id}") + " " * (width - len(source.id)), end="  ")
            print(one_line(f"{languages}; {way}; licence: {source.licence}"))


def _published(source: Source, folder: Path, *, allow_private: bool) -> Path:
    """Return where the published files are, once they are there."""
    from krynica.data.published import Way, obtain
    from krynica.service.terminal import say

    if not source.download:
        raise CallError(f"{source.id} has to be asked for: {source.address}. Give it with --from.")
    files = obtain(source, folder, Way(allow_private=allow_private, told=say))
    for file in files:
        state = "as in the catalogue" if file.checked else "not in the catalogue, to be noted"
        say(f"{file.path.name}: sha256 {file.sha256}, {state}")
    return files[0].path if len(files) == 1 else folder


@contextmanager
def _completed(found: Found, texts: Path, delay: float, *, allow_private: bool) -> Iterator[Found]:
    """Give what was found, with the texts that it only points to."""
    from krynica.data.corpora.texts import completed
    from krynica.data.polite import Polite
    from krynica.service.progress import progress

    stop = threading.Event()
    polite = Polite(delay=delay, allow_private=allow_private, stop=stop)
    with progress() as shown:
        shown.begin("texts", None)
        try:
            yield completed(found, texts, polite, stop, lambda: shown.done(1))
        finally:
            stop.set()


def _lines(summary: Summary) -> Iterator[str]:
    rows = ", ".join(f"{count:,} {label}" for label, count in summary.labels.items())
    total = sum(summary.labels.values())
    yield f"{total:,} {'row' if total == 1 else 'rows'}" + (f": {rows}" if rows else "")
    for why, count in summary.left_out.items():
        yield f"{count:,} left out: {why}"
    if summary.defused:
        yield f"{summary.defused:,} cells changed, lest a spreadsheet program runs them"
