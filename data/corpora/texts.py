"""Texts that a corpus only points to: fetched politely, kept, and never asked for twice."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from pathlib import Path

from krynica.classifier.errors import AddressError, CorpusError, UnreadableError
from krynica.data.addresses import ARTICLE_KINDS, page_of
from krynica.data.corpora.rows import Found, LeftOut, Pointer
from krynica.data.polite import Polite, is_passing
from krynica.data.seam import writing_failed

_HOSTS = 8
"""Hosts that are asked at once, as for feeds; each of them one thing at a time."""

_LATER = "its page could not be reached now: the same command tries again"
Kept = Mapping[str, str | None]
"""What is known of one text: ``text`` and ``title``, or ``why`` there is none."""


def completed(
    found: Found,
    state: Path,
    polite: Polite,
    stop: threading.Event,
    done: Callable[[], None] = lambda: None,
) -> Found:
    """Give what a reader found, and after it the rows whose texts it only points to.

    Parameters
    ----------
    found
        Of the reader.
    state
        File of what was fetched so far, JSON a line. A line is added for each text as it comes,
        so that a run that is stopped goes on where it was.
    polite
        By which pages are fetched.
    stop
        The event that ends its pauses: set where this is left before all is done.
    done
        Called for each address that was tried, or known already.

    Raises
    ------
    classifier.errors.CorpusError
        If the state cannot be written.
    """
    pointers: dict[str, Pointer] = {}
    for item in found:
        if not isinstance(item, Pointer):
            yield item
        elif item.id in pointers:
            yield LeftOut("an article that is there twice")
        else:
            pointers[item.id] = item
    known = _read(state) if pointers else {}
    wanted = [pointer for name, pointer in pointers.items() if name not in known]
    for _ in range(len(pointers) - len(wanted)):
        done()
    for pointer, kept in _fetched(wanted, polite, stop):
        known[pointer.id] = kept
        if kept.get("why") != _LATER:
            _add(state, pointer.id, kept)
        done()
    for name, pointer in pointers.items():
        if text := known[name].get("text"):
            title = pointer.row.title or known[name].get("title")
            yield replace(pointer.row, text=text, title=title)
        else:
            yield LeftOut(known[name].get("why") or "its page holds no article")


def _fetched(
    pointers: Sequence[Pointer], polite: Polite, stop: threading.Event
) -> Iterator[tuple[Pointer, Kept]]:
    pool = ThreadPoolExecutor(_HOSTS)
    try:
        work = {pool.submit(_fetch, pointer, polite): pointer for pointer in pointers}
        for fetched in as_completed(work):
            yield work[fetched], fetched.result()
    finally:
        stop.set()
        pool.shutdown(cancel_futures=True)


def _fetch(pointer: Pointer, polite: Polite) -> Kept:
    """Fetch the text of the first address that has one."""
    reasons = []
    for address in pointer.addresses:
        try:
            page = page_of(polite.get(address, kinds=ARTICLE_KINDS))
        except AddressError as error:
            reasons.append(_LATER if is_passing(error) else "its address gives no page")
        except UnreadableError:
            reasons.append("its page holds no article")
        else:
            return {"text": page.text, "title": page.title}
    return {"why": _LATER if _LATER in reasons else reasons[0]}


def _read(state: Path) -> dict[str, Kept]:
    """Return what a state holds; a line that a stop cut short counts for nothing."""
    known = {}
    for line in state.read_text("utf-8", "replace").split("\n") if state.exists() else ():
        try:
            kept = json.loads(line)
            known[str(kept.pop("id"))] = kept
        except (ValueError, KeyError, AttributeError, RecursionError):
            continue
    return known


def _add(state: Path, name: str, kept: Kept) -> None:
    line = json.dumps({"id": name, **kept}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        with state.open("a+b") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":  # what a stop cut short
                    file.write(b"\n")
            file.write(line)
    except OSError as error:
        raise CorpusError(writing_failed(state, error)) from error
