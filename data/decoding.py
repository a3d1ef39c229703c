"""Bytes to text: rightly, or not at all. Mojibake never passes for an article."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.codepages import CANDIDATES, guess

_MAX_CONTROL_SHARE = 0.02
"""Share of control characters, as in `classifier.article`: texts hold under 0.001, binaries
over 0.08."""

_SAMPLE = 100_000
"""Characters looked at for control characters: a binary shows itself early."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

_WIDE_LEAST, _WIDE_SHARE = 100, 0.98
"""Least bytes, and least share of usual characters, of UTF-16 without a mark: bytes of programs
have next to none in pairs."""
_USUAL = re.compile("[\t\n\r -~\xa0-\u017f\u0400-\u04ff\u2010-\u203a\u2116]")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_KINDS = (
    (b"%PDF-", Sentence("a PDF")),
    (b"{\\rtf", Sentence("a rich text (RTF) document")),
    (b"\x89PNG\r\n\x1a\n", Sentence("an image (PNG)")),
    (b"\xff\xd8\xff", Sentence("an image (JPEG)")),
    (b"GIF8", Sentence("an image (GIF)")),
    (b"RIFF", Sentence("a media file")),
    (b"OggS", Sentence("a media file")),
    (b"ID3", Sentence("a media file")),
    (b"PK\x03\x04", Sentence("a ZIP archive or an office document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sentence("an old office document")),
    (b"\x1f\x8b", Sentence("a gzip archive")),
    (b"BZh", Sentence("a bzip2 archive")),
    (b"\xfd7zXZ\x00", Sentence("an xz archive")),
    (b"\x28\xb5\x2f\xfd", Sentence("a Zstandard archive")),
    (b"7z\xbc\xaf\x27\x1c", Sentence("a 7-Zip archive")),
    (b"\x7fELF", Sentence("a program")),
    (b"MZ", Sentence("a program")),
    (b"PAR1", Sentence("a Parquet table")),
    (b"SQLite format 3\x00", Sentence("a database")),
)
"""What a file is that begins with these bytes and is no text."""

_MAGIC = tuple(magic for magic, _ in _KINDS)
_ALWAYS = (b"%PDF-", b"{\\rtf")
"""Of those, the ones that may be made of printable characters only."""

_ENCODINGS = re.compile(
    r"utf-?(8|16|32)(-?[lb]e)?|(windows-?|cp-?|x-cp|ibm-?)\d+|iso[-_]?8859[-_]?\d+|koi8-?[ru]"
    r"|latin-?\d|us-ascii|ascii|x-mac-\w+|mac-?\w+|gb2312|gbk|gb18030|big5|euc[-_](jp|kr)"
    r"|shift[-_]jis|tis-620",
    re.IGNORECASE,
)
"""Names of encodings that are believed; Python knows others that are no encodings of text."""

_ANYTHING = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Encodings that servers and editors name when nobody has told them anything."""


def decode(
    data: bytes, *, name: str, declared: str | None = None, encoding: str | None = None
) -> str:
    """Turn the bytes of a text into its characters.

    Parameters
    ----------
    data
        The whole of it. Line ends are kept as they are.
    name
        What to call the source in an error, at the beginning of a sentence.
    declared
        Name of the encoding that a server or a page gives, if any. A byte order mark and
        well-formed UTF-8 speak louder, and so do letters that are clearly in another encoding.
    encoding
        Name of the encoding by somebody who knows it: nothing speaks louder (`known_encoding`).

    Returns
    -------
    str
        The text, without a byte order mark.

    Raises
    ------
    classifier.errors.NothingToReadError
        If it is empty or blank.
    classifier.errors.UnreadableError
        If it is no text, or its encoding cannot be told with certainty.
    """
    if not data:
        raise NothingToReadError(Sentence("{name} is empty.", name=name))
    if encoding is not None:
        text = _read(data, encoding, name).removeprefix("\ufeff")
    elif _known(declared) == "utf-8" and _is_damaged_utf8(data):
        # A page that says so and lost a byte: what every browser shows, and marked as lost.
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    else:
        text = _read(data, encoding_of(data, name=name, declared=declared), name)
    if not text.strip():
        raise NothingToReadError(Sentence("{name} is blank: there is nothing to read.", name=name))
    return text


def encoding_of(
    data: bytes,
    *,
    name: str,
    declared: str | None = None,
    whole: bool = True,
    controls: bool = False,
) -> str:
    """Tell in which encoding a text is written.

    Parameters
    ----------
    data, name, declared
        The bytes, what to call them in messages, and the encoding they are declared to be in.
    whole
        False if `data` is only the beginning, which may end in the middle of a character.
    controls
        True to let well-formed UTF-8 hold any share of control characters.

    Returns
    -------
    str
        Name of a Python codec, which also takes a byte order mark away.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is no text, or its encoding cannot be told with certainty.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return codec
    if data.startswith(_ALWAYS):
        raise UnreadableError(_no_text(data, name))
    if whole and (wide := _wide(data)) is not None:
        return wide
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError as error:
        return _eight_bit(data, name, _known(declared), error.start)
    if _is_binary(text) and (not controls or data.startswith(_MAGIC)):
        raise UnreadableError(_no_text(data, name))
    return "utf-8"


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark: it gives letters in use here, not any by chance."""
    if len(data) < _WIDE_LEAST or b"\0" not in data[:_SAMPLE]:
        return None
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            sample = data[: _SAMPLE - _SAMPLE % 2].decode(codec)
        except UnicodeDecodeError:
            continue
        usual = len(_USUAL.findall(sample))
        if usual >= _WIDE_SHARE * len(sample):
            return codec
    return None


def _eight_bit(data: bytes, name: str, declared: str | None, damage: int) -> str:
    """Tell the encoding of what is not UTF-8, from the first damaged byte on at least."""
    if _is_binary(data.decode("latin-1")):
        raise UnreadableError(_no_text(data, name))
    for codec in _by_letters(data, declared):
        if _can(data, codec):
            return codec
    if _is_damaged_utf8(data):
        raise UnreadableError(
            Sentence(
                "{name} is UTF-8 with a damaged byte at position {damage:d}.",
                name=name,
                damage=damage,
            )
        )
    raise UnreadableError(
        Sentence(
            "{name} is not UTF-8, and which other encoding it is in cannot be told for certain.",
            name=name,
        )
    )


def _by_letters(data: bytes, declared: str | None) -> Iterator[str]:
    """Give the encodings to try, the best first."""
    if declared not in {None, *CANDIDATES, *_ANYTHING}:
        yield str(declared)
    found = guess(data, hint="cp1252" if declared in _ANYTHING else declared)
    if found is not None:
        yield found
    elif declared in CANDIDATES and declared not in _ANYTHING:
        yield str(declared)


def can_be(data: bytes, declared: str) -> bool:
    """Say whether bytes can be in an encoding that somebody declares."""
    codec = _known(declared)
    return codec is not None and _can(data, codec)


def _can(data: bytes, codec: str) -> bool:
    try:
        return not _is_binary(data.decode(codec))
    except UnicodeDecodeError:
        return False


def _read(data: bytes, codec: str, name: str) -> str:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        message = Sentence(
            "{name} cannot be read as {codec}: there is a damaged byte at {damage:d}.",
            name=name,
            codec=codec,
            damage=error.start,
        )
        raise UnreadableError(message) from error
    if codec.startswith("utf-") and _is_binary(text):
        raise UnreadableError(_no_text(data, name))
    return text


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    return len(_CONTROLS.findall(sample)) > _MAX_CONTROL_SHARE * len(sample)


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 in which a few bytes were lost from another encoding altogether."""
    text = data[: 10 * _SAMPLE].decode("utf-8", "replace")
    return 0 < text.count("\ufffd") * 10 < sum(not char.isascii() for char in text)


def _no_text(data: bytes, name: str) -> Sentence:
    kinds = (kind for magic, kind in _KINDS if data.startswith(magic))
    kind = next(kinds, Sentence("a binary file"))
    return Sentence("{name} is {kind}, not text.", name=name, kind=kind)


def known_encoding(name: str) -> str | None:
    """Return the Python codec of an encoding of text that somebody names, or None if none is known.

    Examples
    --------
    >>> known_encoding("windows-1251"), known_encoding("rot13")
    ('cp1251', None)
    """
    return _known(name)


def _known(declared: str | None) -> str | None:
    """Return the codec of a declared encoding, or None if there is none that can be believed."""
    if declared is None or not _ENCODINGS.fullmatch(declared.strip()):
        return None
    try:
        return codecs.lookup(declared.strip().removeprefix("x-")).name
    except LookupError:
        return None
