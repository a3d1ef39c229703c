"""What is at an address, within limits of time, size and trust."""

from __future__ import annotations

import importlib.metadata
import ipaddress
import socket
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2

from classifier.errors import AddressError
from classifier.sentence import Sentence
from data.guard import is_public, not_public
from data.network import Deadline, GuardedTransport

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
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
        Seconds for all of it, redirects included.
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
    """

    url: str
    kind: str
    charset: str | None
    data: bytes


def download(
    url: str,
    *,
    kinds: Collection[str],
    allow_private: bool = False,
    transport: httpx2.BaseTransport | None = None,
    limits: Limits | None = None,
) -> Download:
    """Fetch what is at an address.

    Parameters
    ----------
    url
        http or https, without a user name.
    kinds
        Content types that are taken.
    allow_private
        True to allow addresses of this machine and of private networks.
    transport
        What carries the requests instead of `data.network.GuardedTransport`. It then answers
        for where a host name leads; addresses written as numbers are refused here all the same.
    limits
        What it may cost.

    Returns
    -------
    Download

    Raises
    ------
    classifier.errors.AddressError
        If the address may not be fetched, or gives nothing of these kinds.
    """
    limits = limits or Limits()
    deadline = Deadline(limits.total)
    target = _checked(url, allow_private=allow_private)
    client = httpx2.Client(
        transport=transport or GuardedTransport(allow_private=allow_private),
        trust_env=False,
        timeout=limits.wait,
        headers={
            "User-Agent": f"krynica/{_version()}",
            "Accept": ", ".join(kinds),
            "Accept-Encoding": "gzip, deflate",
        },
    )
    for _ in range(limits.redirects + 1):
        with (
            _as_sentences(target, limits, deadline),
            client.stream("GET", target, extensions={"deadline": deadline}) as response,
        ):
            if response.status_code not in _REDIRECTS or "location" not in response.headers:
                return _read(response, kinds, limits, deadline)
            target = _checked(
                target.join(response.headers["location"]), allow_private=allow_private
            )
    raise AddressError(
        Sentence(
            "{url} leads on to other addresses more than {most:d} times.",
            url=_shown(url),
            most=limits.redirects,
        )
    )


def _checked(url: str | httpx2.URL, *, allow_private: bool) -> httpx2.URL:
    """Return an address that may be asked for, as far as its letters tell."""
    try:
        checked = httpx2.URL(url.strip() if isinstance(url, str) else url).copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressError(Sentence("“{url}” is not an address.", url=_shown(url))) from error
    if checked.scheme not in {"http", "https"} or not checked.host:
        raise AddressError(Sentence("“{url}” is not an http or https address.", url=_shown(url)))
    if checked.port is not None and not 0 < checked.port < 65536:
        raise AddressError(
            Sentence("“{url}” is not an address: there is no such port.", url=_shown(url))
        )
    if checked.userinfo:
        message = Sentence(
            "The address of {host} has a user name in it, which is never sent.", host=checked.host
        )
        raise AddressError(message)
    if not allow_private and _is_private(checked.host):
        raise AddressError(not_public(checked.host))
    return checked


def _is_private(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        name = host.lower().rstrip(".")
        return name == "localhost" or name.endswith(".localhost")
    return not is_public(host)


def _read(
    response: httpx2.Response, kinds: Collection[str], limits: Limits, deadline: Deadline
) -> Download:
    url, headers = _shown(response.url), response.headers
    if response.status_code not in _GOOD:
        said = f"{response.status_code} {response.reason_phrase}".strip()
        raise AddressError(Sentence("{url} answered {said}.", url=url, said=said))
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in kinds:
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
            raise httpx2.ReadTimeout("the time for the whole of it is over")
    return Download(str(response.url), kind, response.charset_encoding, bytes(data))


@contextmanager
def _as_sentences(url: httpx2.URL, limits: Limits, deadline: Deadline) -> Iterator[None]:
    """Say in one sentence what went wrong on the way."""
    try:
        yield
    except httpx2.TimeoutException as error:
        if deadline.left():
            message = Sentence(
                "{url} did not answer within {most:g} seconds.", url=_shown(url), most=limits.wait
            )
        else:
            message = Sentence(
                "{url} took longer than {most:g} seconds.", url=_shown(url), most=limits.total
            )
        raise AddressError(message) from error
    except httpx2.DecodingError as error:
        raise AddressError(
            Sentence("{url} sent an answer that cannot be decompressed.", url=_shown(url))
        ) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise AddressError(
            Sentence(
                "{url} could not be reached: {reason}.", url=_shown(url), reason=_reason(error)
            )
        ) from error


def _reason(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Sentence("its certificate cannot be trusted ({why})", why=cause.verify_message)
        if isinstance(cause, ssl.SSLError):
            return Sentence("no secure connection came about")
        if isinstance(cause, socket.gaierror | UnicodeError):
            return Sentence("the name of its host is not known")
        # The library below drops causes, but keeps what it wraps as the first argument.
        wrapped = next((arg for arg in cause.args if isinstance(arg, BaseException)), None)
        cause = cause.__cause__ or cause.__context__ or wrapped
    first = str(error).strip().partition("\n")[0].rstrip(".")
    return first or Sentence("the connection broke")


def _shown(url: str | httpx2.URL) -> str:
    """Return an address as it can be put in a sentence on one line, without secrets."""
    if isinstance(url, httpx2.URL):
        url = str(url.copy_with(userinfo=b""))
    printable = "".join(char if char.isprintable() else "�" for char in url.strip())
    return printable if len(printable) <= 200 else printable[:200] + "…"


def _version() -> str:
    try:
        return importlib.metadata.version("krynica")
    except importlib.metadata.PackageNotFoundError:
        return "0"
