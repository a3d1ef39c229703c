"""Letters that were read in a wrong encoding are mended, or the text is called broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica.classifier.model import NOT_THE_ARTICLE
from krynica.data.documents.mending import is_broken, mended
from krynica.data.documents.pages import Page, finished
from tests.data.test_decoding import SAMPLES, encoded

CASES = Path(__file__).parents[1] / "cases" / "pages"
JOURNALISM = {
    path.name[:2]: path.read_text("utf-8") for path in SAMPLES if "journalism-1" in path.name
}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_whole_letters_stay_as_they_are(sample: Path) -> None:
    text = sample.read_text("utf-8")
    assert mended(text) == text
    assert not is_broken(text)


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        *((code, "utf-8", "latin-1") for code in ("be", "ru", "uk", "pl", "en")),
        *((code, "utf-8", "cp1251") for code in ("be", "ru", "uk", "pl")),
        *((code, "utf-8", codec) for code in ("be", "ru", "uk") for codec in ("koi8-r", "cp866")),
        *((code, "cp1251", codec) for code in ("be", "ru", "uk") for codec in ("cp1252", "koi8-r")),
        *((code, "cp1251", "latin-1") for code in ("be", "ru", "uk")),
        *(("ru", "koi8-r", codec) for codec in ("cp1251", "cp1252")),
        ("pl", "cp1250", "cp1252"),
    ],
)
def test_a_wrong_encoding_is_undone(language: str, right: str, wrong: str) -> None:
    text, data = encoded(JOURNALISM[language], right)
    assert mended(data.decode(wrong, "replace")) == text


def test_twice_wrong_is_mended_too() -> None:
    text = JOURNALISM["ru"].partition("\n")[0]
    once = text.encode().decode("latin-1")
    assert mended(once.encode().decode("latin-1")) == text


@pytest.mark.parametrize(
    "text",
    [
        JOURNALISM["be"].encode().decode("cp1252", "replace"),
        JOURNALISM["uk"].encode().decode("cp1250", "replace"),
        "".join("?" if "а" <= char.lower() <= "я" else char for char in JOURNALISM["ru"]),
        JOURNALISM["be"].encode("ascii", "replace").decode(),
        JOURNALISM["ru"].encode("cp1251").decode("utf-8", "replace"),
    ],
    ids=["lost bytes", "lost bytes in Polish", "question marks", "all lost", "never UTF-8"],
)
def test_what_is_lost_is_called_broken(text: str) -> None:
    page = finished(Page(None, text))
    (doubt,) = page.doubts
    assert doubt.code == "broken_letters"
    assert doubt.code in NOT_THE_ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        "Čo robí náš Ľudovít? Žije v Košiciach a číta noviny každý deň.",
        "Ærlig talt, Åse: på øya går det ganske bra med både får og kyr.",
        "L’été dernier, Noël Hébert a dû déménager à Nîmes, où il a créé un théâtre.",
        "O que é isto? São três irmãos, não há dúvida, e já é amanhã.",
        "МИД РФ: «НАТО» и ЕС… — что дальше? iPhone, YouTube и «ВКонтакте»",
        "О чём речь??? Кто это?! Когда???",
        "日本語の記事。これは文字化けではない。",
        "Ελληνικά: ένα κείμενο που δεν είναι χαλασμένο.",
        "Қазақша мәтін, бұл бүлінген әріптер емес.",
        "Text with control \x85 and a lost \ufffd sign in many other words of it that are whole.",
    ],
)
def test_other_languages_and_odd_signs_are_not_broken(text: str) -> None:
    assert mended(text) == text
    assert not is_broken(text)
