"""Languages: chosen rightly, complete, with right plurals and numbers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from krynica.classifier.sentence import Sentence
from krynica.classifier.verdict import unjudged_language
from krynica.classifier.wording import GENRES, LEVELS, VIEWS
from krynica.service.page import catalogues
from krynica.service.page.catalogues import problems, read, templates, updated, written
from krynica.service.page.translation import DEFAULT, NAMES, choose, interface

TRANSLATED = [code for code in NAMES if code != DEFAULT]


def _messages(catalogue: Catalog) -> list[dict[str, Any]]:
    """Return what we put into a catalogue; its head and its line breaks are Babel's."""
    return [
        {
            "template": message.id,
            "translation": message.string,
            "flags": message.flags,
            "places": [place for place, _ in message.locations],
        }
        for message in catalogue
        if message.id
    ]


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_is_complete_and_in_step_with_the_code(code: str) -> None:
    catalogue = read(code)
    assert problems(catalogue) == []
    known = {message.id for message in catalogue if message.id}
    missing = {
        (template, plural) if plural else template for template, plural in templates()
    } - known
    assert not missing, "run: python -m krynica.service.page.catalogues, then translate"
    assert _messages(updated(code)) == _messages(catalogue), (
        "run: python -m krynica.service.page.catalogues"
    )


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_written_whole_and_twice_the_same(code: str) -> None:
    catalogue = updated(code)
    file = written(catalogue)
    assert file == written(updated(code))
    again = read_po(BytesIO(file), locale=code)
    assert _messages(again) == _messages(catalogue)
    assert again.num_plurals == read(code).num_plurals == 3


def test_templates_of_every_kind_are_found() -> None:
    found = templates()
    assert ("Check the text", None) in found  # a template of the page
    assert ("{n:,} word read", "{n:,} words read") in found  # say() in code
    assert any("data/documents.py" in places for places in found.values())  # Sentence()
    assert ("The text is empty.", None) in found  # an error


@pytest.mark.parametrize(
    ("asked", "accept", "chosen"),
    [
        (None, None, "en"),
        (None, "", "en"),
        (None, "be-BY,be;q=0.9,ru;q=0.8", "be"),
        (None, "be-tarask", "be"),
        (None, "de-DE,de;q=0.9", "en"),
        (None, "de, uk;q=0.3, pl;q=0.7", "pl"),
        (None, "ru;q=0.5, uk;q=0.5", "ru"),
        (None, "ru;q=0, uk;q=0.001", "uk"),
        (None, "RU", "ru"),
        (None, "*", "en"),
        (None, "pl;q=nonsense, uk;q=0.2", "uk"),
        (None, "pl;q=2, uk;q=0.2", "uk"),
        (None, ",,;;q=1," * 1000, "en"),
        ("uk", "be", "uk"),
        ("xx", "be", "be"),
        ("../be", None, "en"),
    ],
)
def test_language_is_chosen(asked: str | None, accept: str | None, chosen: str) -> None:
    assert choose(asked, accept) == chosen


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["1 word read", "2 words read", "5 words read", "21 words read"]),
        ("be", ["1 слова", "2 словы", "5 слоў", "21 слова", "12 слоў", "1 234 словы"]),
        ("ru", ["1 слово", "2 слова", "5 слов", "21 слово", "12 слов", "1 234 слова"]),
        ("uk", ["1 слово", "2 слова", "5 слів", "21 слово", "12 слів", "1 234 слова"]),
        ("pl", ["1 słowo", "2 słowa", "5 słów", "21 słów", "12 słów", "1 234 słowa"]),
    ],
)
def test_plurals(code: str, said: list[str]) -> None:
    ui = interface(code)
    for n, expected in zip((1, 2, 5, 21, 12, 1234), said, strict=False):
        text = ui.say("{n:,} word read", "{n:,} words read", n=n)
        assert expected in text.replace("\xa0", " ").replace("\u202f", " ")


def test_numbers_are_those_of_the_language() -> None:
    be, en = interface("be"), interface("en")
    assert en.say("{p:.1%} {x:.2f} {n}", p=0.1234, x=1.5, n=1234) == "12.3% 1.50 1,234"
    assert be.say("{p:.1%} {x:.2f} {n}", p=0.1234, x=1.5, n=1234).replace("\xa0", " ") == (
        "12,3 % 1,50 1 234"
    )
    assert en.say("{w:+.2f}", w=0.5) == "+0.50"


def test_sentences_within_sentences_are_translated() -> None:
    inner = Sentence("{n:,} outlet", "{n:,} outlets", n=5)
    outer = Sentence(
        "What the model was tried on in this language: {outlets}, {texts}.",
        outlets=inner,
        texts=(inner, inner),
    )
    assert "5 выданняў, 5 выданняў 5 выданняў" in interface("be").tell(outer)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_may_wait_for_the_code(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = read(code)
    catalogue.obsolete["Not said yet: {p:.0%}."] = Message("Not said yet: {p:.0%}.", "{p:.0%}!")
    catalogue.obsolete["Never said."] = Message("Never said.", "…")
    file = catalogues.written(catalogue)
    monkeypatch.setattr(catalogues, "read", lambda code: read_po(BytesIO(file), locale=code))
    assert {"Not said yet: {p:.0%}.", "Never said."} <= updated(code).obsolete.keys()
    now = {**templates(), ("Not said yet: {p:.0%}.", None): ["classifier/verdict.py"]}
    monkeypatch.setattr(catalogues, "templates", lambda: now)
    revived = updated(code)
    assert revived.get("Not said yet: {p:.0%}.").string == "{p:.0%}!"
    assert "Not said yet: {p:.0%}." not in revived.obsolete
    assert "Never said." in revived.obsolete
    assert problems(revived) == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_that_waits_is_checked_too(code: str) -> None:
    catalogue = read(code)
    catalogue.obsolete["By {p:.0%}."] = Message("By {p:.0%}.", "{q}")
    assert problems(catalogue) == ["other fields: 'By {p:.0%}.'"]


@pytest.mark.parametrize("code", NAMES)
def test_views_and_levels_have_names_of_their_own(code: str) -> None:
    ui = interface(code)
    for names in (LEVELS, [*GENRES.values()], [*VIEWS.values()]):
        assert len({ui.tell(name) for name in names}) == len(names)


def test_what_is_not_in_the_catalogue_stays_english() -> None:
    assert interface("be").tell("Nobody wrote this.") == "Nobody wrote this."
    assert interface("be").tell(Sentence("Nor {this}.", this="{this}")) == "Nor {this}."
    assert interface("be").tell("") == ""
    assert interface("be").tell("The text is empty.") == "Тэкст пусты."


def test_reasons_of_the_classifier_are_translated_whole() -> None:
    said = interface("be").tell(unjudged_language("de").note)
    assert said.endswith("беларуская, англійская, польская, руская, украінская.")
    assert interface("en").tell(unjudged_language("de").note) == unjudged_language("de").note
