"""What a reader sends with the page's form, read in memory alone: no upload touches a disk."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from krynica.classifier.errors import KrynicaError
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.sentence import Sentence

_MOST_FIELDS = 13
_LONGEST_WORD = 2_000
"""Characters kept of a field that is no text: an address, a file's name."""
BUSY = Sentence("Too much is asked at once. Please wait a moment and try again.")
_BOUNDARY = re.compile(rb"[0-9A-Za-z'()+_,./:=?-]{1,70}")
_READER = "multipart/form-data; boundary="


class FormError(KrynicaError):
    """A form that cannot be read.

    Parameters
    ----------
    message
        One sentence.
    status
        Of the response.
    """

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Typed:
    """What was typed and chosen.

    Parameters
    ----------
    text, url
        As typed, with the line ends of every other system than the web's forms.
    file, name
        The bytes of a chosen file, or None, and what it is called.
    language
        Code of the text's language; empty to have it detected.
    source, title
        Where the text came from before it was sent again from an answer, and its headline.
    doubts
        Why the text may not be all of the article, as `data.documents.doubts.in_words` writes it.
    lang
        Language of the interface that was asked for, if any.
    model
        Name of the model that was chosen; empty for the one in use.
    """

    text: str = ""
    url: str = ""
    file: bytes | None = None
    name: str = ""
    language: str = ""
    source: str = ""
    title: str = ""
    doubts: str = ""
    lang: str | None = None
    model: str = ""

    def one_of(self) -> str:
        """Tell which of ``text``, ``url`` and ``file`` was given.

        Raises
        ------
        FormError
            If it is none, or more than one.
        """
        given = {"text": self.text.strip(), "url": self.url.strip(), "file": self.file}
        ways = [way for way, value in given.items() if value]
        if not ways and self.file is not None:
            raise FormError(Sentence("The file is empty."), 422)
        if not ways:
            raise FormError(Sentence("Please paste a text or choose a file first."), 422)
        if len(ways) > 1:
            raise FormError(
                Sentence(
                    "More than one thing was given. Please keep one: a text, a file or an address."
                ),
                422,
            )
        return ways[0]


class _InMemory(MultiPartParser):
    """Starlette's parser without its habit of putting files over a megabyte on the disk."""

    spool_max_size = 0  # a spooled file of no maximum stays in memory


async def read_form(request: Request, max_bytes: int) -> Typed:
    """Read a form.

    Parameters
    ----------
    request
        With a body of ``multipart/form-data`` or ``application/x-www-form-urlencoded``.
    max_bytes
        Largest body.

    Raises
    ------
    FormError
        If it is too large, or no form.
    """
    body = await _body(request, max_bytes)
    try:
        form = await _parse(request.headers.get("content-type", ""), body, max_bytes)
    except (MultiPartException, ValueError) as error:
        raise FormError(Sentence("What was sent could not be read as a form."), 400) from error
    try:
        return await _typed(form)
    finally:
        await form.close()


async def _body(request: Request, max_bytes: int) -> bytes:
    """Read the body whole: it has a limit, and parsers are slow on one that comes in crumbs."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise FormError(too_large(max_bytes), 413)
    return bytes(body)


def too_large(max_bytes: int) -> Sentence:
    """Say how much may be sent."""
    return Sentence(
        "This is too large: at most {megabytes} MB can be read at once.",
        megabytes=round(max_bytes / 1e6, 2),
    )


async def _parse(content_type: str, body: bytes, max_bytes: int) -> FormData:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    kind, options = parse_options_header(content_type)
    if kind == b"application/x-www-form-urlencoded":
        return await FormParser(
            Headers(), stream(), max_fields=_MOST_FIELDS, max_part_size=max_bytes
        ).parse()
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not _BOUNDARY.fullmatch(boundary):
        raise ValueError(kind)
    # Only the boundary is passed on: a page in UTF-8 sends UTF-8, whatever encoding the header
    # may name, and some that Python knows take hours to decode.
    return await _InMemory(
        Headers({"content-type": f'{_READER}"{boundary.decode("ascii")}"'}),
        stream(),
        max_files=1,
        max_fields=_MOST_FIELDS,
        max_part_size=max_bytes,
    ).parse()


async def _typed(form: FormData) -> Typed:
    def word(name: str) -> str:
        value = form.get(name)
        return value[:_LONGEST_WORD] if isinstance(value, str) else ""

    text, file = form.get("text"), form.get("file")
    uploaded = isinstance(file, UploadFile) and bool(file.filename or file.size)
    return Typed(
        # Browsers send every line end as CRLF, whatever it was.
        text=text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else "",
        url=word("url"),
        file=await file.read() if isinstance(file, UploadFile) and uploaded else None,
        name=(file.filename or "")[:_LONGEST_WORD] if isinstance(file, UploadFile) else "",
        language=word("language") if word("language") in LANGUAGES else "",
        source=word("source"),
        title=word("title"),
        doubts=word("doubts"),
        lang=word("lang") or None,
        model=word("model"),
    )
