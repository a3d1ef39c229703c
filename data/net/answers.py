"""What a server answers, read within limits of time, size and trust."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import httpx2

from krynica.classifier.errors import AddressError, StatusError
from krynica.classifier.sentence import Sentence
from krynica.data.net.failures import retry_after
from krynica.data.net.transport import Deadline
from krynica.data.net.urls import shown_url

_GOOD = frozenset({200, 203})
_COMPRESSIONS = frozenset({"", "identity", "gzip", "deflate"})


@dataclass(frozen=True)
class Limits:
    """What a fetch may cost.

    Parameters
    ----------
    wait
        Seconds to wait for a connection, and for each next piece of the answer.
    total
        Seconds for all of it, redirects included; of a polite fetcher, for each request.
    size
        Bytes of the answer once decompressed.
    redirects
        How often an address may lead on to another.
    """

    wait: float = 10.0
    total: float = 30.0
    size: int = 10_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Download:
    """What an address gave.

    Parameters
    ----------
    url
        The address it came from in the end.
    kind
        Content type, without parameters.
    charset
        Encoding by the header, or None.
    data
        The bytes, decompressed.
    etag, modified
        What the server will know this version by, or None.
    unchanged
        True where the server says that the version asked about is still the one, and sends none.
    """

    url: str
    kind: str
    charset: str | None
    data: bytes
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


def read_answer(
    response: httpx2.Response, kinds: Collection[str], limits: Limits, deadline: Deadline
) -> Download:
    """Return what an answer gives.

    Parameters
    ----------
    response
        Whose body has not been read yet.
    kinds
        Content types that are taken; ``*/*`` takes any.
    limits, deadline
        How much is read, and until when.

    Raises
    ------
    classifier.errors.AddressError
        If it is no success, or nothing of these kinds.
    httpx2.ReadTimeout
        If the deadline is over.
    """
    url, headers = shown_url(response.url), response.headers
    if response.status_code not in _GOOD:
        raise refused(response)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds and "*/*" not in kinds:
        raise AddressError(
            Sentence(
                "{url} gives {kind}, which is not read here.",
                url=url,
                kind=kind or Sentence("something unnamed"),
            )
        )
    if headers.get("content-encoding", "").strip().lower() not in _COMPRESSIONS:
        raise AddressError(
            Sentence("{url} is compressed in a way that was not asked for.", url=url)
        )
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > limits.size:
            raise AddressError(
                Sentence("{url} is larger than {most:g} MB.", url=url, most=limits.size / 1e6)
            )
        if not deadline.left():
            raise httpx2.ReadTimeout("it took too long")
    return Download(
        str(response.url),
        kind,
        response.charset_encoding,
        bytes(data),
        headers.get("etag"),
        headers.get("last-modified"),
    )


def refused(response: httpx2.Response) -> StatusError:
    """Say that a server answered with a status that is no success."""
    said = f"{response.status_code} {response.reason_phrase}".strip()
    return StatusError(
        Sentence("{url} answered {said}.", url=shown_url(response.url), said=said),
        response.status_code,
        retry_after(response.headers.get("retry-after", "")),
    )
