"""Texts in the encodings they really come in are read rightly or refused, never garbled."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.data.decoding import decode, known_encoding

SAMPLES = sorted((Path(__file__).parents[2] / "data" / "samples").glob("*.txt"))
ENCODINGS = {
    "be": ("cp1251", "iso8859-5", "mac-cyrillic"),
    "en": ("cp1252",),
    "pl": ("cp1250", "iso8859-2"),
    "ru": ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic"),
    "uk": ("cp1251", "koi8-u", "iso8859-5", "cp1125", "mac-cyrillic"),
}
PLAIN = str.maketrans(
    {
        **dict.fromkeys("«»“”„", '"'),
        **dict.fromkeys("—–", "-"),
        **dict.fromkeys("’‘", "'"),
        "\xa0": " ",
        "…": "...",
        "№": "N",
    }
)
"""What people write in encodings that lack typographic signs."""


def encoded(text: str, codec: str) -> tuple[str, bytes]:
    """Return a text and its bytes, with plain signs where the encoding has no others."""
    try:
        return text, text.encode(codec)
    except UnicodeEncodeError:
        text = text.translate(PLAIN)
        return text, text.encode(codec)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_every_sample_in_every_encoding_of_its_language(sample: Path) -> None:
    whole = sample.read_text("utf-8")
    for codec in ENCODINGS[sample.name[:2]]:
        for part in (whole, whole.upper(), whole[:300], whole[-200:]):
            text, data = encoded(part, codec)
            assert decode(data, name="It") == text, codec


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("length", [25, 60])
def test_a_few_words_are_read_rightly_or_refused(sample: Path, length: int) -> None:
    whole = sample.read_text("utf-8")
    read = 0
    for codec in ENCODINGS[sample.name[:2]]:
        if codec == "mac-cyrillic":
            continue  # it shares its small letters with cp1251: capitals tell, and need room
        for start in range(0, len(whole) - length, length):
            text, data = encoded(whole[start : start + length], codec)
            try:
                assert decode(data, name="It") == text, codec
                read += 1
            except UnreadableError:
                pass
    assert read > 0.8 * (len(whole) // length)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-be-mark"])
def test_unicode_with_and_without_a_mark(codec: str) -> None:
    text = "Крыніца — a spring\r\nі крыніца."
    mark = codecs.BOM_UTF16_BE if codec == "utf-16-be-mark" else b""
    assert decode(mark + text.encode(codec.removesuffix("-mark")), name="It") == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf8_is_always_read_as_it_is(text: str) -> None:
    if text.startswith("\ufeff"):
        text = "x" + text
    if text.strip():
        assert decode(text.encode(), name="It") == text
    else:
        with pytest.raises(NothingToReadError):
            decode(text.encode(), name="It")


@given(st.binary(min_size=1))
def test_no_bytes_do_anything_but_give_text_or_a_sentence(data: bytes) -> None:
    try:
        assert decode(data, name="It").strip()
    except UnreadableError as error:
        said = str(error)
    else:
        return
    assert said.startswith("It ")
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00", "image"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00[Content_Types].xml", "ZIP"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcbH\xcd\xc9", "gzip"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00", "program"),
        (b"{\\rtf1\\ansi\\deff0 Hello}", "RTF"),
        (hashlib.shake_256(b"").digest(5_000), "binary"),
        (("a\x00b\x01c\x02" * 50).encode(), "binary"),
        ("Привет, мир".encode("utf-16-le"), "binary"),
        (codecs.BOM_UTF16_LE + b"\x00\x01\x02\x03\x00\x00\x01\x00", "binary"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_text_is_said(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableError, match=rf"^The file x is .*{word}.*, not text\.$"):
        decode(data, name="The file x")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF8, "\u2003\n".encode()])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(NothingToReadError, match=r"^The file x is (empty|blank).*\.$"):
        decode(data, name="The file x")


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Η κυβέρνηση ανακοίνωσε σήμερα νέα μέτρα για την οικονομία, είπε ο υπουργός.", "cp1253"),
        ("הממשלה הודיעה היום על צעדים חדשים לכלכלה, אמר השר. האזרחים מחכים.", "cp1255"),
        ("أعلنت الحكومة اليوم عن إجراءات جديدة للاقتصاد", "cp1256"),
        ("Hükümet bugün ekonomi için yeni önlemler açıkladı, dedi bakan. Çağrı yapıldı.", "cp1254"),
        ("政府は今日、経済のための新しい措置を発表したと大臣は述べた。", "shift_jis"),
        ("政府今天宣布了新的经济措施。市民正在等待市长的答复。", "gb18030"),
        ("정부는 오늘 경제를 위한 새로운 조치를 발표했다고 장관이 말했다.", "euc-kr"),
        ("Rząd ogłosił dziś nowe środki, powiedział minister. Żądają przeprosin.", "cp852"),
    ],
)
def test_encodings_that_are_not_known_are_refused(text: str, codec: str) -> None:
    with pytest.raises(UnreadableError, match="cannot be told for certain"):
        decode(text.encode(codec), name="It")
    assert decode(text.encode(codec), name="It", declared=codec) == text


def test_utf8_that_lost_a_byte_is_told_from_another_encoding() -> None:
    data = "Жыхароў райцэнтра просяць кіпяціць ваду.".encode()
    with pytest.raises(UnreadableError, match="UTF-8 with a damaged byte at position 4"):
        decode(data[:4] + data[5:], name="It")


@pytest.mark.parametrize("declared", [None, "utf-8", "windows-1251", "latin-1", "rot13", "no such"])
def test_letters_speak_louder_than_a_declaration(declared: str | None) -> None:
    text = "Жители города ждут ответа от мэра: почему вода в кранах стала ржавой?"
    for codec in ("koi8-r", "cp1251", "utf-8"):
        assert decode(text.encode(codec), name="It", declared=declared) == text


def test_a_declaration_decides_where_letters_do_not() -> None:
    data = "naïve café".encode("cp1252")
    assert decode("Я".encode("cp1251"), name="It", declared="windows-1251") == "Я"
    assert decode(data, name="It", declared="iso-8859-1") == "naïve café"


def test_one_byte_far_down_is_not_overlooked() -> None:
    """Typographic signs are the same in three encodings; the one letter that tells comes last."""
    start = "“Plain words – and nothing else”, she said. " * 1_000
    for end, codec in (("At the café.", "cp1252"), ("Sądząc po tym, Wałęsa wyszedł.", "cp1250")):
        assert decode((start + end).encode(codec), name="It") == start + end


def test_five_megabytes() -> None:
    text = SAMPLES[0].read_text("utf-8") * 2_000
    assert decode(text.encode(), name="It") == text
    assert decode(text.encode("cp1251"), name="It") == text


MIXED = [("be", "ru"), ("ru", "uk"), ("be", "uk"), ("uk", "be")]


@pytest.mark.parametrize("pair", MIXED, ids="-".join)
@pytest.mark.parametrize("codec", ["cp1251", "iso8859-5", "mac-cyrillic"])
def test_languages_side_by_side_are_read(pair: tuple[str, str], codec: str) -> None:
    one, other = (
        next(path for path in SAMPLES if path.name == f"{code}-journalism-1.txt").read_text("utf-8")
        for code in pair
    )
    for first, second in ((60, 400), (400, 60), (150, 2_000), (2_000, 2_000)):
        text, data = encoded(f"{one[:first]}\n{other[:second]}", codec)
        assert decode(data, name="It") == text


def test_russian_and_ukrainian_side_by_side_in_koi8() -> None:
    ru, uk = (
        next(path for path in SAMPLES if path.name == f"{code}-journalism-1.txt").read_text("utf-8")
        for code in ("ru", "uk")
    )
    text, data = encoded(ru[:300] + uk[:300], "koi8-u")
    assert decode(data, name="It") == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_by_its_letters(codec: str) -> None:
    for sample in SAMPLES[::3]:
        text = sample.read_text("utf-8")
        assert decode(text.encode(codec), name="It") == text


def test_an_encoding_that_is_told_stands_above_everything() -> None:
    data = "Кожны дзень".encode("cp1251")
    assert decode(data, name="It", encoding="koi8-r") == data.decode("koi8-r")
    assert decode(data, name="It", declared="koi8-r", encoding="cp1251") == "Кожны дзень"
    with pytest.raises(UnreadableError, match="cannot be read as utf-8"):
        decode(data, name="It", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("windows-1251", "cp1251"),
        ("UTF-8", "utf-8"),
        ("KOI8-U", "koi8-u"),
        ("x-mac-cyrillic", None),
    ],
)
def test_names_of_encodings(name: str, codec: str | None) -> None:
    assert known_encoding(name) == (codec or "mac-cyrillic")


@pytest.mark.parametrize("name", ["", "rot13", "base64", "utf-9", "../etc", "кои8"])
def test_names_of_no_encoding(name: str) -> None:
    assert known_encoding(name) is None
