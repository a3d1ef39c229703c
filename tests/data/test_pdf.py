"""PDFs that say little of themselves: letters that are not letters, columns, and scans."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.document import read_document
from krynica.data.documents.files import read_file
from krynica.data.documents.letters import is_cipher
from krynica.data.documents.pdf_columns import by_column
from krynica.data.documents.pdf_text import read_pdf

ROOT = Path(__file__).resolve().parents[2]
BROUGHT = Path(__file__).parent / "brought"
ENGLISH = "The minister told parliament that every machine had been inspected."
RUSSIAN = "Министр сказал парламенту, что каждый аппарат был проверен дважды."
POLISH = "Żółć gęślą jaźń, Ção são não é à ó ü ö."
OWN = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H "
    b"/DescendantFonts [6 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /FontDescriptor 7 0 R /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    b"<< /Type /FontDescriptor /FontName /A /Flags 4 >>",
)


def simple(encoding: bytes) -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding %b >>" % encoding


WESTERN = simple(b"/WinAnsiEncoding")
NAMED = simple(
    b"<< /Type /Encoding /Differences [32 %b] >>" % b" ".join(b"/g%d" % n for n in range(32, 256))
)


def pdf(content: bytes, *font: bytes, objects: bytes = b"") -> bytes:
    """A page of a content, in a font of some objects, the first of which is number 5."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources "
        b"<< /Font << /F 5 0 R >> %b >> >>" % objects,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
        *font,
    )
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(places) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % start)


def shown(*lines: bytes) -> bytes:
    return b"BT /F 9 Tf 50 750 Td " + b"".join(b"%b Tj 0 -14 Td " % line for line in lines) + b"ET"


def signs(text: str, codec: str = "cp1251") -> bytes:
    data = text.encode(codec)
    for sign in (b"\\", b"(", b")"):
        data = data.replace(sign, b"\\" + sign)
    return b"(%b)" % data


def numbers(text: str, shift: int) -> bytes:
    return b"<%b>" % b"".join(b"%04x" % ((ord(char) - shift) & 0xFFFF) for char in text)


def test_belarusian_letters_that_pass_for_western_ones_are_put_right() -> None:
    text = read_file(BROUGHT / "cp1251-glyphs-winansi-be.pdf")
    assert text.startswith("У Гродне адкрылі абноўлены мост праз Нёман")
    assert text.endswith("лічаць, што гэтага будзе недастаткова.")
    assert len(text.split()) == 152


@pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
def test_russian_ones_among_western_lines(codec: str) -> None:
    data = pdf(shown(signs(ENGLISH), *[signs(RUSSIAN, codec)] * 3, signs(ENGLISH)), WESTERN)
    assert read_pdf(data).split() == (f"{ENGLISH} " + f"{RUSSIAN} " * 3 + ENGLISH).split()


@pytest.mark.parametrize(
    "data",
    [
        pdf(shown(*[numbers(ENGLISH, 29)] * 3), *OWN),
        pdf(shown(*[numbers(RUSSIAN, 0x300)] * 3), *OWN),
        pdf(shown(*[signs(ENGLISH)] * 3), NAMED),
        pdf(shown(*[signs(RUSSIAN)] * 3), simple(b"/MacRomanEncoding")),
        pdf(shown(*[signs(RUSSIAN)] * 3), simple(b"/StandardEncoding")),
        pdf(shown(*[signs('x/6=DKRY gnu"y07 >ELSZ aho#v 18?FMT ip$w+ 9@GNU')] * 3), WESTERN),
    ],
    ids=["numbers", "cyrillic numbers", "names", "macintosh", "standard", "shifted"],
)
def test_letters_that_cannot_be_told_are_named(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="do not say which letters they are"):
        read_document(data, "a.pdf")


@pytest.mark.parametrize("sample", sorted((ROOT / "data" / "samples").glob("*.txt")), ids=str)
def test_good_letters_are_left_alone(sample: Path) -> None:
    text = sample.read_text("utf-8")
    assert not is_cipher(text)


def test_western_languages_are_no_cipher() -> None:
    for text in (POLISH, "Þórður á Íslandi æfði íþróttir í dag. " * 4, "Été à Évian où. " * 9):
        assert not is_cipher(text)


def test_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    text = read_file(BROUGHT / "two-columns-row-order-en.pdf")
    assert "I have covered this hospital for nine years, and I am furious." in text
    assert "with the names of staff removed; the contract with the supplier" in text
    assert text.index("not one of the forty machines") < text.index("Its spokesman, Peter Hale")
    assert "an explanation. Its spokesman" in text


def rows(*columns: list[str], head: str = "") -> bytes:
    """Lines of columns, drawn from edge to edge."""
    wide = 500 // len(columns)
    drawn = [b"BT /F 9 Tf 50 770 Td (%b) Tj ET" % head.encode()] if head else []
    for number, line in enumerate(zip(*columns, strict=True)):
        for column, text in enumerate(line):
            place = b"%d %d" % (50 + column * wide, 750 - 14 * number)
            drawn.append(b"BT /F 9 Tf %b Td (%b) Tj ET" % (place, text.encode()))
    return b"\n".join(drawn)


def words(*columns: list[str]) -> bytes:
    """The same, word by word."""
    drawn = []
    for number, line in enumerate(zip(*columns, strict=True)):
        for at, text in enumerate(line):
            place = 50 + at * 250
            for word in text.split():
                where = b"%d %d" % (place, 750 - 14 * number)
                drawn.append(b"BT /F 9 Tf %b Td (%b) Tj ET" % (where, word.encode()))
                place += 5 * len(word) + 3
    return b"\n".join(drawn)


def column(name: str) -> list[str]:
    return [f"{name} has line {number} of text here" for number in range(12)]


@pytest.mark.parametrize("count", [2, 3])
def test_any_number_of_columns(count: int) -> None:
    columns = [column(name) for name in ("Alpha", "Bravo", "Gamma")[:count]]
    text = read_pdf(pdf(rows(*columns), WESTERN))
    assert text.split() == " ".join(line for one in columns for line in one).split()


def test_columns_drawn_word_by_word() -> None:
    left, right = column("Alpha"), column("Bravo")
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    assert read_pdf(pdf(words(left, right), font)).split() == " ".join([*left, *right]).split()


def test_what_goes_over_the_columns_divides_them() -> None:
    over = "A headline that goes over both of the columns of this page of a newspaper, all along"
    left, right = column("Alpha"), column("Bravo")
    layout = "\n".join(
        [f"{one:<40}{other}" for one, other in zip(left[:7], right[:7], strict=True)]
        + [over]
        + [f"{one:<40}{other}" for one, other in zip(left[7:], right[7:], strict=True)]
    )
    assert by_column(layout) == "\n".join([*left[:7], *right[:7], over, *left[7:], *right[7:]])


def test_a_table_of_figures_is_no_page_of_columns() -> None:
    assert by_column("\n".join(f"{n:<20}{n * n:<20}{n**3}" for n in range(40))) is None
    assert by_column("One line.\nAnother line of the text.") is None


def test_a_scan_with_the_name_of_its_program() -> None:
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
    )
    page = shown(b"(Scanned by CamScanner)")
    data = pdf(page, WESTERN, picture, objects=b"/XObject << /I 6 0 R >>")
    with pytest.raises(UnreadableError, match=r"pictures of pages.*OCR"):
        read_document(data, "a.pdf")
    assert read_pdf(pdf(page, WESTERN)) == "Scanned by CamScanner"
