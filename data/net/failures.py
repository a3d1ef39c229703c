"""What a server or the network says when an address gives nothing, as one clear sentence."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import httpx2

from krynica.classifier.errors import AddressError, UnknownHostError, UnreachableError
from krynica.classifier.sentence import Sentence
from krynica.data.net.transport import Deadline
from krynica.data.net.urls import shown_url


def retry_after(header: str) -> float | None:
    """Return the seconds that a server wants to be left alone for (RFC 9110, 10.2.3)."""
    if header.strip().isascii() and header.strip().isdigit():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
        return max(0.0, moment.timestamp() - time.time())
    except (ValueError, OverflowError, OSError):
        return None


@contextmanager
def as_sentences(url: httpx2.URL, wait: float, total: float, deadline: Deadline) -> Iterator[None]:
    """Say in one sentence what goes wrong on the way to an answer.

    Parameters
    ----------
    url
        What is asked for.
    wait, total, deadline
        Seconds for a piece of the answer, for all of it, and when these are over.

    Raises
    ------
    classifier.errors.UnreachableError
        If there is no answer, or not all of it.
    classifier.errors.AddressError
        If the answer cannot be decompressed.
    """
    try:
        yield
    except httpx2.TimeoutException as error:
        if deadline.left():
            message = Sentence(
                "{url} did not answer within {most:g} seconds.", url=shown_url(url), most=wait
            )
        else:
            message = Sentence(
                "{url} took longer than {most:g} seconds.", url=shown_url(url), most=total
            )
        raise UnreachableError(message) from error
    except httpx2.DecodingError as error:
        raise AddressError(
            Sentence("{url} sent an answer that cannot be decompressed.", url=shown_url(url))
        ) from error
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        unknown = any(isinstance(cause, _UNKNOWN) for cause in _causes(error))
        raise (UnknownHostError if unknown else UnreachableError)(
            Sentence(
                "{url} could not be reached: {reason}.", url=shown_url(url), reason=_reason(error)
            )
        ) from error


_UNKNOWN = (socket.gaierror, UnicodeError)


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        # The library below drops causes, but keeps what it wraps as the first argument.
        wrapped = next((arg for arg in cause.args if isinstance(arg, BaseException)), None)
        cause = cause.__cause__ or cause.__context__ or wrapped


def _reason(error: BaseException) -> str:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Sentence("its certificate cannot be trusted ({why})", why=cause.verify_message)
        if isinstance(cause, ssl.SSLError):
            return Sentence("no secure connection came about")
        if isinstance(cause, _UNKNOWN):
            return Sentence("the name of its host is not known")
    first = str(error).strip().partition("\n")[0].rstrip(".")
    return first or Sentence("the connection broke")
