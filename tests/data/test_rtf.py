"""Rich text: letters in whatever way they are written, and nothing that its reader does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica.classifier.errors import NothingToReadError
from krynica.data.documents.document import read_document
from krynica.data.documents.files import read_file
from krynica.data.documents.rtf_text import read_rtf

BROUGHT = Path(__file__).parent / "brought"
RUSSIAN = "Совет принял бюджет, сообщили чиновники."
BELARUSIAN = "Савет прыняў бюджэт, паведамілі ў аўторак."


def escaped(text: str, codec: str) -> str:
    return "".join(
        char if char.isascii() else "".join(f"\\'{byte:02x}" for byte in char.encode(codec))
        for char in text
    )


def unicode(text: str, fallback: str = "?") -> str:
    units = text.encode("utf-16-le")
    pairs = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return "".join(
        chr(one) if one < 128 else f"\\u{one - 65536 if one > 32767 else one}{fallback}"
        for one in pairs
    )


def test_an_article_is_read() -> None:
    text = read_file(BROUGHT / "article.rtf")
    assert len(text.split()) == 251
    assert text.startswith("The minister lied, and eleven people are dead\n\nI have covered")


@pytest.mark.parametrize(
    "document",
    [
        rf"{{\rtf1\ansi\ansicpg1251\deff0 {escaped(BELARUSIAN, 'cp1251')}}}",
        rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0\fnil\fcharset204 Times;}}}}\f0 "
        rf"{escaped(BELARUSIAN, 'cp1251')}}}",
        rf"{{\rtf1\ansi\deff1{{\fonttbl{{\f0\froman\fcharset0 A;}}{{\f1\fswiss\fcharset204"
        rf"{{\*\fname Arial;}}Arial CYR;}}}}\pard {escaped(BELARUSIAN, 'cp1251')}}}",
        rf"{{\rtf1\ansi\uc1 {unicode(BELARUSIAN)}}}",
        rf"{{\rtf1\ansi\ansicpg1251\uc1 {unicode(BELARUSIAN, chr(92) + chr(39) + '3f')}}}",
        rf"{{\rtf1\ansi{{\uc0 {unicode(BELARUSIAN, ' ')}}}}}",
        rf"{{\rtf1\mac\ansicpg10007 {escaped(RUSSIAN, 'mac-cyrillic')}}}",
        rf"{{\rtf1\ansi\ansicpg1252 {escaped(BELARUSIAN, 'cp1251')}}}",
    ],
)
def test_letters(document: str) -> None:
    assert read_rtf(document.encode("ascii")) in {BELARUSIAN, RUSSIAN}


def test_bare_bytes_and_two_fonts() -> None:
    document = b"{\\rtf1\\ansi\\ansicpg1251 " + RUSSIAN.encode("cp1251") + b"}"
    assert read_rtf(document) == RUSSIAN
    fonts = r"{\fonttbl{\f0\fcharset238 A;}{\f1\fcharset204 B;}}"
    both = rf"{{\rtf1\ansi{fonts}\f0 {escaped('Żółć', 'cp1250')} \f1 {escaped('мёд', 'cp1251')}}}"
    assert read_rtf(both.encode("ascii")) == "Żółć мёд"


def test_letters_beyond_the_first_plane() -> None:
    assert read_rtf(rf"{{\rtf1 Text {unicode('😀')}.}}".encode("ascii")) == "Text 😀."


def test_what_is_not_seen_is_not_read() -> None:
    document = r"""{\rtf1\ansi{\info{\title Secret}{\author Me}}{\stylesheet{\s0 Normal;}}
{\header Head}{\*\generator Word;}{\footer Foot}
{\pict\wmetafile8 0102}Seen\deleted  deleted\deleted0  and\v  hidden\v0  here.\par
{\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt a link}} stands.{\*\annotation No.}\par
{\listtext\'b7\tab}Item.\par}"""
    assert read_rtf(document.encode("ascii")) == "Seen and here.\n\na link stands.\n\nItem."


def test_notes_boxes_and_tables() -> None:
    document = r"""{\rtf1 Text{\super 1}{\footnote{\super 1} The note.} on.\par
{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt Box.\par}}{\shprslt Box.}}
\trowd\intbl A\cell B\cell\row\pard End\line of it.\par}"""
    assert read_rtf(document.encode("ascii")).split("\n\n") == [
        "Text1 on.",
        "Box.",
        "A · B",
        "End\nof it.",
        "1 The note.",
    ]


def test_binary_data_is_passed_over() -> None:
    document = b"{\\rtf1 Before{\\pict\\bin6 \\}{}}x} after.}"
    assert read_rtf(document) == "Before after."


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1 " + b"{" * 3_000_000,
        b"{\\rtf1 " + b"}" * 3_000_000,
        b"{\\rtf1\\bin99999999999 x}",
        b"{\\rtf1 \\ansicpg99999 {\\fonttbl{\\f-5\\fcharset204 ;}} \\u99999999999?}",
        b"{\\rtf1}",
    ],
    ids=["opened", "closed", "binary lie", "odd numbers", "nothing"],
)
def test_hostile_ones_end(data: bytes) -> None:
    try:
        text = read_document(data, "a.rtf").text
    except NothingToReadError:
        return
    assert len(text) < 100
