"""Published files: fetched whole, in pieces if need be, and held against their checksum.

A file is written to ``NAME.part`` and takes its name once it is whole. Where the connection
breaks, or the program is stopped, the rest is asked for alone (RFC 9110, 14.2), on the condition
that the file is still the same (``If-Range``); a server that cannot do that sends all of it again.
A part is taken only where it was asked for, and begins where the file ends; the file is whole once
it has the size that the part names. No address of https may lead to one of http.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import httpx2

from krynica.classifier.errors import AddressError, CorpusError, StatusError, UnreachableError
from krynica.data.download import REDIRECTS, Limits, client_of, refused, too_many_redirects
from krynica.data.failures import as_sentences
from krynica.data.network import Deadline, GuardedTransport
from krynica.data.polite import MOST_WAIT, is_passing
from krynica.data.seam import shown, writing_failed
from krynica.data.sources import Source
from krynica.data.urls import checked, shown_url
from krynica.data.whole import keep

LIMITS = Limits(wait=30.0, total=14_400.0, size=2_000_000_000)
"""Of one file, by itself: the largest of the catalogue has half a gigabyte."""
TRIES = 5
"""How often in a row nothing at all may come before a file is given up."""

_WHOLE, _PART, _BEYOND = 200, 206, 416
_PIECE = 1 << 20
_RANGE = re.compile(r"bytes ([0-9]{1,15})-[0-9]{1,15}/([0-9]{1,15})")


@dataclass(frozen=True)
class Published:
    """A published file that is here.

    Parameters
    ----------
    path
        Where.
    sha256
        Its checksum.
    checked
        Whether the catalogue has the same.
    """

    path: Path
    sha256: str
    checked: bool


@dataclass(frozen=True)
class Way:
    """How files are fetched.

    Parameters
    ----------
    allow_private, transport, limits
        As for `data.download.download`.
    pause
        Seconds before a second try; before each further one twice that.
    told
        Told in one sentence when something has to be tried again.
    """

    allow_private: bool = False
    transport: httpx2.BaseTransport | None = None
    limits: Limits = LIMITS
    pause: float = 2.0
    told: Callable[[str], None] = lambda _sentence: None


def obtain(source: Source, folder: Path, way: Way | None = None) -> list[Published]:
    """Fetch the files of a corpus that are not in a folder yet.

    Parameters
    ----------
    source
        With an address at least.
    folder
        Is made where it is missing.
    way
        How they are fetched.

    Raises
    ------
    classifier.errors.AddressError
        If a file cannot be fetched, or is not the one that was published; what came of it stays
        in the folder for the next run.
    CorpusError
        If the folder cannot be written.
    """
    sums = source.sha256 or ("",) * len(source.download)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusError(writing_failed(folder, error)) from error
    return [
        fetch(url, folder / file_name(url), sha256=sha256, way=way)
        for url, sha256 in zip(source.download, sums, strict=True)
    ]


def file_name(url: str) -> str:
    """Return the name that a file gets, the last part of its address; no path can be in it."""
    name = re.sub(r"[^\w.-]", "_", httpx2.URL(url).path.rpartition("/")[2])
    return name.lstrip(".") or "file"


def fetch(url: str, target: Path, *, sha256: str = "", way: Way | None = None) -> Published:
    """Fetch one file, unless it is there.

    Parameters
    ----------
    url
        http or https.
    target
        Where it is to be.
    sha256
        The checksum that it must have; nothing where that is not known.
    way
        How.

    Raises
    ------
    classifier.errors.AddressError, CorpusError
        As `obtain`.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        if target.exists():
            return _known(target, sha256)
        _patiently(url, part, way or Way())
        found = Published(target, _sum(part), bool(sha256))
        if sha256 not in {"", found.sha256}:
            part.unlink()
            _tag(part).unlink(missing_ok=True)
            raise AddressError(
                f"{shown_url(url)} gave another file than was published, which is thrown away: "
                f"its checksum is {found.sha256}, not {sha256}."
            )
        keep(part, target)
        _tag(part).unlink(missing_ok=True)
    except OSError as error:
        raise CorpusError(writing_failed(target, error)) from error
    return found


def _known(target: Path, sha256: str) -> Published:
    """Return a file that was fetched before, unless somebody changed it."""
    found = Published(target, _sum(target), bool(sha256))
    if sha256 not in {"", found.sha256}:
        raise CorpusError(
            f"The file {shown(target)} is not the one that was published: "
            f"its checksum is {found.sha256}, not {sha256}."
        )
    return found


def _patiently(url: str, part: Path, way: Way) -> None:
    """Ask for a file until it is whole; a try that brought something counts for none."""
    deadline = Deadline(way.limits.total)
    tries = 0
    while True:
        before = _size(part)
        try:
            _ask(url, part, way, deadline)
        except AddressError as error:
            tries = 1 if _size(part) > before else tries + 1
            asked = error.wait or 0.0 if isinstance(error, StatusError) else 0.0
            wait = max(asked, way.pause * 2 ** (tries - 1))
            if not is_passing(error) or tries >= TRIES or max(wait, 1.0) > deadline.left(MOST_WAIT):
                raise
            way.told(f"{error} Trying again in {wait:g} seconds.")
            time.sleep(wait)
        else:
            return


def _ask(url: str, part: Path, way: Way, deadline: Deadline) -> None:
    """Ask for what is missing of a file, wherever its address leads."""
    target = checked(url, allow_private=way.allow_private)
    transport = way.transport or GuardedTransport(allow_private=way.allow_private)
    for _ in range(way.limits.redirects + 1):
        tag = _tag(part).read_text("ascii", "ignore") if _tag(part).exists() else ""
        here = _size(part) if tag else 0
        resume = {"Range": f"bytes={here}-", "If-Range": tag} if here else {}
        headers = {"Accept": "*/*", "Accept-Encoding": "identity", **resume}
        client = client_of(transport, way.limits.wait, headers)
        with (
            as_sentences(target, way.limits.wait, way.limits.total, deadline),
            client.stream("GET", target, extensions={"deadline": deadline}) as response,
        ):
            if response.status_code not in REDIRECTS or "location" not in response.headers:
                _take(response, part, tag if here else "", way.limits, deadline)
                return
            leads = target.join(response.headers["location"])
        leads = checked(leads, allow_private=way.allow_private)
        if target.scheme == "https" and leads.scheme == "http":
            raise AddressError(f"{shown_url(target)} leads to {shown_url(leads)}, without https.")
        target = leads
    raise too_many_redirects(url, way.limits)


def _take(
    response: httpx2.Response, part: Path, tag: str, limits: Limits, deadline: Deadline
) -> None:
    """Write what comes behind what is there, or in its place.

    Parameters
    ----------
    response, part
        The answer, and the file.
    tag
        The version of which the rest was asked for; nothing where all of it was.
    limits, deadline
        Of the file.
    """
    status, here = response.status_code, _size(part)
    said = response.headers.get("content-range", "")
    if tag and status == _BEYOND and said == f"bytes */{here}":
        return  # it was whole before it got its name
    total = _total(response, here, tag) if status == _PART else None
    if status in {_PART, _BEYOND} and total is None:
        part.unlink(missing_ok=True)
        raise UnreachableError(f"{shown_url(response.url)} does not fit what is there of it.")
    if status not in {_WHOLE, _PART}:
        raise refused(response)
    if response.headers.get("content-encoding", "identity") != "identity":
        raise AddressError(f"{shown_url(response.url)} is packed in a way that was not asked for.")
    if total is None:
        _tag(part).write_text(_mark(response), "ascii")
    with part.open("wb" if total is None else "ab") as file:
        _copy(response, file, limits, deadline)
    if total not in {None, _size(part)}:
        raise UnreachableError(f"{shown_url(response.url)} gave less or more than its end.")


def _total(response: httpx2.Response, here: int, tag: str) -> int | None:
    """Return the size of the whole that a part belongs to; None where it does not fit.

    A server need not say anew which version it is of, having been asked for none but that.
    """
    said = _RANGE.fullmatch(response.headers.get("content-range", ""))
    mark = response.headers.get("etag" if tag.startswith('"') else "last-modified", tag)
    return int(said[2]) if said and tag and mark == tag and int(said[1]) == here else None


def _copy(response: httpx2.Response, file: BinaryIO, limits: Limits, deadline: Deadline) -> None:
    size = file.tell()
    for piece in response.iter_raw():
        size += len(piece)
        if size > limits.size:
            raise AddressError(
                f"{shown_url(response.url)} is larger than {limits.size / 1e6:g} MB."
            )
        file.write(piece)
        if not deadline.left():
            raise httpx2.ReadTimeout("the time for the whole of it is over")


def _mark(response: httpx2.Response) -> str:
    """Return what the server knows this version by: only a strong mark can hold pieces together."""
    etag = response.headers.get("etag", "")
    mark = str(etag if etag.startswith('"') else response.headers.get("last-modified", ""))
    return mark if mark.isascii() else ""


def _tag(part: Path) -> Path:
    return part.with_name(f"{part.name}.tag")


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
