r"""The text of a rich text (RTF) document, as its reader sees it with all changes accepted.

Letters come as ``\uN`` or as bytes in the encoding of the font that is chosen, else in that of
the document. Deleted and hidden text, headers, footers, comments, pictures and lists of styles are
not read; text boxes are, and footnotes after the text. `striprtf` reads deletions as text, and
neither text boxes nor footnotes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from krynica.data.documents.mending import mended

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+"
    r"|([^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_GONE = frozenset(
    {
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "fldinst", "listtext"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("pntext", "pntxta", "pntxtb", "xe", "tc", "nonshppict", "shprslt", "upr", "annotation"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "sn", "sv", "filetbl"),
    }
)
"""Groups that are not read. So are those that begin with ``\\*``, which says that a program that
does not know them may leave them out."""
_READ = frozenset({"shptxt", "ud", "footnote", "moveto"})
"""Groups that are read within those."""
_SIGNS = {
    "par": "\n",
    "sect": "\n",
    "page": "\n",
    "row": "\n",
    "nestrow": "\n",
    "line": "\v",
    "tab": " ",
    "cell": " · ",
    "nestcell": " · ",
    "emspace": " ",
    "enspace": " ",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "qmspace": " ",
    "~": "\xa0",
    "_": "-",
    "{": "{",
    "}": "}",
    "\\": "\\",
    "\n": "\n",
    "\r": "\n",
}
_PAGES = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
_SETTINGS = frozenset({"deff", "ansicpg", *_PAGES})
_CHARSETS = {
    77: "mac-roman",
    89: "mac-cyrillic",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_MACINTOSH = {10000: "mac-roman", 10007: "mac-cyrillic", 10029: "mac-latin2", 65001: "utf-8"}
_CELL_END = re.compile(r"(?:[ \xa0]*·[ \xa0]*)+(?=\n|$)")


@dataclass(frozen=True)
class _Group:
    """What holds inside a pair of braces."""

    read: bool = True
    optional: bool = False  # after ``\*``, until its name is told
    note: bool = False
    fonts: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    fallback: int = 1  # signs after ``\u`` that stand for it in older programs


def read_rtf(data: bytes) -> str:
    """Return the paragraphs of a rich text document."""
    reader = _Reader(data.decode("latin-1"))
    reader.read()
    text = reader.text(note=False) + "\n" + reader.text(note=True)
    lines = (line.replace("\v", "\n").strip() for line in _CELL_END.sub("", text).split("\n"))
    found = "\n\n".join(line for line in lines if line)
    # Some programs say that their letters are Western when they are not.
    return mended(found)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._group = _Group()
        self._outer: list[_Group] = []
        self._codec = "cp1252"
        self._default = 0
        self._charsets: dict[int, str] = {}
        self._bytes = bytearray()
        self._skip = 0
        self._pieces: tuple[list[str], list[str]] = ([], [])

    def text(self, *, note: bool) -> str:
        """Return what was read: the text, or its notes."""
        whole = "".join(self._pieces[note])
        # Letters beyond 65,535 come as two halves.
        return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def read(self) -> None:
        """Read all of it."""
        at = 0
        while token := _TOKEN.match(self._text, at):
            at = token.end()
            word, number, byte, sign, brace, letters = token.groups()
            if brace:
                self._brace(brace)
                if brace == "}" and not self._outer:
                    break
            elif word == "bin":
                at += max(int(number or 0), 0)
            elif word:
                self._word(word, None if number is None else int(number))
            elif byte:
                self._letters(bytes.fromhex(byte))
            elif sign:
                self._sign(sign)
            elif letters:
                self._letters(letters.encode("latin-1"))
        self._flush()

    def _brace(self, brace: str) -> None:
        self._flush()
        self._skip = 0
        if brace == "{":
            self._outer.append(self._group)
        elif self._outer:
            if self._group.note and not self._outer[-1].note:
                self._pieces[True].append("\n")
            self._group = self._outer.pop()

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._group = replace(self._group, optional=True)
        elif self._skip:
            self._skip -= 1
        else:
            self._write(_SIGNS.get(sign, ""))

    def _word(self, word: str, number: int | None) -> None:
        if self._group.optional or word in _GONE or word in _READ:
            self._destination(word)
        elif self._group.fonts:
            self._font(word, number)
        elif word in _SETTINGS:
            self._setting(word, number)
        elif word == "u" and number is not None:
            self._skip = 0
            self._write(chr(number & 0xFFFF))
            self._skip = self._group.fallback
        elif not self._change(word, number):
            if self._skip:
                self._skip -= 1
            elif word in _SIGNS:
                self._write(_SIGNS[word])

    def _setting(self, word: str, number: int | None) -> None:
        """Take note of what holds for all of the document."""
        if word == "deff":
            self._default = number or 0
        elif word == "ansicpg" and number is not None:
            self._codec = _known(_MACINTOSH.get(number, f"cp{number}")) or self._codec
        else:
            self._codec = _PAGES.get(word, self._codec)

    def _change(self, word: str, number: int | None) -> bool:
        """Take note of what holds for letters from here on; tell whether it is that."""
        group, on = self._group, number != 0
        match word:
            case "f":
                group = replace(group, font=number or 0)
            case "uc":
                group = replace(group, fallback=max(number or 0, 0))
            case "v" | "htmlrtf":
                group = replace(group, hidden=on)
            case "deleted" | "mvf":
                group = replace(group, deleted=on)
            case "plain":
                group = replace(group, hidden=False, deleted=False, font=-1)
            case _:
                return False
        self._enter(group)
        return True

    def _destination(self, word: str) -> None:
        group = replace(self._group, optional=False)
        if word in _READ:
            group = replace(group, read=True, note=group.note or word == "footnote")
        elif word in _GONE or self._group.optional:
            group = replace(group, read=False, fonts=word == "fonttbl")
        self._enter(group)

    def _font(self, word: str, number: int | None) -> None:
        if word == "f":
            self._group = replace(self._group, font=number or 0)
        elif word == "fcharset" and number in _CHARSETS:
            self._charsets[self._group.font] = _CHARSETS[number]

    def _enter(self, group: _Group) -> None:
        self._flush()
        self._group = group

    def _letters(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        self._bytes += data[skipped:]

    def _write(self, text: str) -> None:
        self._flush()
        group = self._group
        if text and group.read and not (group.hidden or group.deleted):
            self._pieces[group.note].append(text)

    def _flush(self) -> None:
        if self._bytes:
            font = self._default if self._group.font < 0 else self._group.font
            codec = self._charsets.get(font, self._codec)
            text = bytes(self._bytes).decode(codec, "replace")
            self._bytes.clear()
            self._write(text)


def _known(codec: str) -> str | None:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return None
