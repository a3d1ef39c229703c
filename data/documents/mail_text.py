"""The text of a mail (.eml), and the page of a saved web page (.mhtml), which is a mail as well.

Of a message in several forms the one that holds the text is taken, plain before HTML; forwarded
messages are read below the note they came with, attachments are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import Any

from krynica.data.readers.child import RefusedError

_NAME = "The mail"
_ENOUGH = 0.5
"""Share of the words of a mail's HTML that its plain form must have to be read in its place: some
senders put no more into it than an address."""
_DEEPEST = 50
"""Levels of parts within parts; real mails have five."""
_SECRET = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})

_NEXT = re.compile(
    rb"\n\r?\nFrom \S+ [^\n]*\d\d:\d\d[^\n]*\n(?:From|Return-Path|Received|Date|X-[\w-]+): "
)
"""Where the next mail of a mailbox begins (RFC 4155)."""
_FIELD = re.compile(
    r"^[\s>*]*(From|Date|Sent|Subject|To|Cc|Reply-To|От(?: кого)?|Дата|Отправлено|Тема|Кому|Копия"
    r"|Від(?: кого)?|Надіслано|Копія|Ад(?: каго)?|Адпраўлена|Тэма|Каму|Копія|Od|Data|Wysłano"
    r"|Temat|Do|DW)\*?\s*:",
)
_SENDER = re.compile(r"^[\s>]*\S.{0,150}<[^>\s]*@[^>\s]*>.{0,60}:\s*$")
"""“On Tuesday Jan Nowak <jan@example.org> wrote:”, in whatever language."""
_DIVIDER = re.compile(r"^[\s>]*(-{3,}.*-{3,}|_{10,})\s*$|^[^.!?]{3,60}:\s*$")
_QUOTED = re.compile(r"^>+ ?")
_LAYOUT = re.compile(r"<(/?)(?:table|tbody|thead|tfoot|tr|td|th|center)\b[^>]*>", re.IGNORECASE)
"""Mails are laid out with tables, which hold no data."""
_TAGS = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def read_mail(data: bytes) -> dict[str, Any]:
    """Return what a mail holds.

    Returns
    -------
    dict
        ``title``; ``page``, true where it is a saved web page; and ``parts``, pairs of ``"text"``
        or ``"html"`` and what stands there.

    Raises
    ------
    data.readers.child.RefusedError
        If it is encrypted, nothing but attachments, or a mailbox of several.
    """
    if _NEXT.search(data):
        raise RefusedError("mailbox")
    mail = BytesParser(policy=compat32).parsebytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    reader = _Reader()
    parts = list(reader.parts(mail, 0))
    if not any(text.strip() for _, text in parts) and (reader.attached or reader.secret):
        raise RefusedError("encrypted" if reader.secret else "attached")
    is_page = _is_page(mail)
    if not is_page:
        parts = [
            (kind, _LAYOUT.sub(r"<\1div>", text) if kind == "html" else text)
            for kind, text in parts
        ]
    return {"title": _title(mail), "page": is_page, "parts": parts}


class _Reader:
    """Finds what of a mail is read, and notes what is not."""

    def __init__(self) -> None:
        self.attached = False
        self.secret = False

    def parts(self, part: Message, depth: int) -> Iterator[tuple[str, str]]:
        """Give the texts of a part in their order."""
        kind = part.get_content_type()
        inner = part.get_payload()
        if depth > _DEEPEST:
            raise RefusedError("bomb")
        if kind in _SECRET:
            self.secret = True
        elif isinstance(inner, list):
            yield from self._several(
                part, kind, [one for one in inner if isinstance(one, Message)], depth
            )
        elif part.get_content_disposition() == "attachment" or kind not in {
            "text/plain",
            "text/html",
            "application/xhtml+xml",
        }:
            self.attached = True
        elif kind == "text/plain":
            yield "text", _plain(part)
        else:
            yield "html", _decoded(part)

    def _several(
        self, part: Message, kind: str, inner: list[Message], depth: int
    ) -> Iterator[tuple[str, str]]:
        if kind == "multipart/related" and inner:
            yield from self.parts(_root(part, inner), depth + 1)
        elif kind == "multipart/alternative":
            forms = [list(self.parts(one, depth + 1)) for one in inner]
            yield from _fullest([form for form in forms if form])
        else:
            for one in inner:
                yield from self.parts(one, depth + 1)


def _root(part: Message, inner: list[Message]) -> Message:
    """Return the page among its pictures and styles."""
    start = str(part.get_param("start") or "").strip("<> ")
    address = str(part.get("Snapshot-Content-Location") or "").strip()
    pages = [one for one in inner if one.is_multipart() or one.get_content_maintype() == "text"]
    for one in pages:
        if start and str(one.get("Content-ID") or "").strip("<> ") == start:
            return one
    for one in pages:
        if address and str(one.get("Content-Location") or "").strip() == address:
            return one
    html = [one for one in pages if one.is_multipart() or one.get_content_subtype() == "html"]
    return next(iter([*html, *pages, *inner]))


def _fullest(forms: list[list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return the form that holds the text: the plain one, unless it is a mere stub."""
    if not forms:
        return []
    plain = next((form for form in forms if all(kind == "text" for kind, _ in form)), None)
    rich = next((form for form in reversed(forms) if form is not plain), None)
    if plain is None or rich is None:
        return plain or rich or []
    return plain if _words(plain) >= _ENOUGH * _words(rich) else rich


def _words(form: list[tuple[str, str]]) -> int:
    return sum(
        len((_TAGS.sub(" ", text) if kind == "html" else text).split()) for kind, text in form
    )


def _decoded(part: Message) -> str:
    """Return the letters of a part, by what it says of them and by what they are."""
    from krynica.classifier.errors import KrynicaError
    from krynica.data.decoding import decode
    from krynica.data.documents.pages import declared_encoding

    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    declared = part.get_content_charset() or declared_encoding(data)
    try:
        return decode(data, name=_NAME, declared=declared)
    except KrynicaError as error:
        raise RefusedError("damaged") from error


def _plain(part: Message) -> str:
    """Return a plain text without the marks of mails."""
    lines = _decoded(part).splitlines()
    quoted = [line for line in lines if line.strip()]
    if quoted and all(map(_QUOTED.match, quoted)):
        lines = [_QUOTED.sub("", line) for line in lines]
    if str(part.get_param("format") or "").lower() == "flowed":
        delete = str(part.get_param("delsp") or "").lower() == "yes"
        lines = _unflowed(lines, delete=delete)
    return "\n".join(_without_heads(lines))


def _unflowed(lines: list[str], *, delete: bool) -> list[str]:
    """Join lines that were broken for the way (RFC 3676)."""
    found: list[str] = []
    goes_on = False
    for whole in lines:
        line = whole.removeprefix(" ")
        if goes_on:
            found[-1] += line
        else:
            found.append(line)
        goes_on = line.endswith(" ") and line != "-- "
        if goes_on and delete:
            found[-1] = found[-1][:-1]
    return found


def _without_heads(lines: list[str]) -> list[str]:
    """Leave out what programs write above a message that was forwarded."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _FIELD.match(lines[end]):
            end += 1
        if _SENDER.match(lines[at]):
            end = at + 1
        elif end - at < 3:
            found.append(lines[at])
            at += 1
            continue
        while found and not found[-1].strip():
            found.pop()
        if found and _DIVIDER.match(found[-1]):
            found.pop()
        at = end
    return found


def _title(mail: Message) -> str | None:
    try:
        title = str(make_header(decode_header(mail.get("Subject") or "")))
    except (ValueError, LookupError):  # damaged, or letters of no known encoding
        return None
    return None if "\ufffd" in title else " ".join(title.split()) or None


def _is_page(mail: Message) -> bool:
    """Tell a saved page from a mail: nobody sent it to anybody."""
    return mail.get("To") is None and mail.get("Received") is None
