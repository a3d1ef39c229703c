"""Languages: chosen rightly, complete, with right plurals and numbers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from krynica.classifier.sentence import Sentence
from krynica.classifier.verdict import unjudged_language
from krynica.classifier.wording import GENRES, LEVELS, VIEWS
from krynica.service.page.translation import DEFAULT, NAMES, catalogue_file, choose, interface

TRANSLATED = [code for code in NAMES if code != DEFAULT]
ROOT = Path(__file__).parents[2]
_FIELD = re.compile(r"\{\w+[^}]*\}")


def pybabel(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Babel's command on this checkout, by the settings in pyproject.toml."""
    command = [sys.executable, "-m", "babel.messages.frontend", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sentences of the code."""
    path = tmp_path_factory.mktemp("page") / "page.pot"
    done = pybabel("extract", "-o", str(path), ".")
    assert done.returncode == 0, done.stderr
    return path


def problems(catalogue: Catalog) -> list[str]:
    """Say what is missing or wrong in a catalogue, one line each."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        told = message.string or ""
        strings = [told] if isinstance(told, str) else [*told]
        plain = message.id if isinstance(message.id, str) else message.id[-1]
        forms = catalogue.num_plurals if message.pluralizable else 1
        if message.fuzzy or len(strings) != forms or not all(strings):
            found.append(f"not translated: {message.id!r}")
        elif any(sorted(_FIELD.findall(s)) != sorted(_FIELD.findall(plain)) for s in strings):
            found.append(f"other fields: {message.id!r}")
    return found


def test_catalogues_are_in_step_with_the_code(template: Path) -> None:
    done = pybabel("update", "--check", "-i", str(template))
    assert done.returncode == 0, f"run: pybabel extract . && pybabel update\n{done.stderr}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_is_complete(code: str) -> None:
    with catalogue_file(code).open("rb") as file:
        catalogue = read_po(file, locale=code)
    assert catalogue.num_plurals == 3
    assert problems(catalogue) == []


def test_what_is_wrong_in_a_catalogue_is_seen() -> None:
    catalogue = Catalog(locale="be")
    catalogue.add("By {p:.0%}.", "{q}")
    catalogue.add(("{n} word", "{n} words"), ("{n} слова", "{n} словы"))
    catalogue.add("Not said yet.")
    assert len(problems(catalogue)) == 3


def test_sentences_of_every_kind_are_found(template: Path) -> None:
    with template.open("rb") as file:
        found = {message.id: message for message in read_po(file)}
    assert "Check the text" in found  # a template of the page
    assert ("{n:,} word read", "{n:,} words read") in found  # say() in code
    places = {place for message in found.values() for place, _ in message.locations}
    assert "data/documents/document.py" in places  # Sentence()
    assert "The text is empty." in found  # an error


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
