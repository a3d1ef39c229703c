"""Lists of outlets: what is read of them, and how each fault is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from krynica.classifier.errors import KrynicaError
from krynica.service.collect.outlet_list import Ground, Outlet, read_outlet_list

ROOT = Path(__file__).resolve().parents[3]
WHOLE = """
[[outlet]]
domain = "example.by"
name = "Example"
country = "BY"
languages = ["be", "ru"]
label = "journalism"
contested = true
why_contested = "Its owner changed."
feeds = ["https://example.by/rss"]
sitemaps = ["https://example.by/sitemap.xml"]
archives = ["pages/example"]
[[outlet.ground]]
who = "A council"
says = "rates it so"
where = "https://council.example.org/1"
read = 2026-01-23
"""
LEAST = """
[[outlet]]
domain = "paper.co.uk"
name = "Paper"
country = "GB"
languages = ["en"]
label = "propaganda"
"""


def read(folder: Path, text: str) -> tuple[Outlet, ...]:
    path = folder / "outlets.toml"
    path.write_text(text, "utf-8")
    return read_outlet_list(path)


def test_all_and_the_least_of_an_entry(tmp_path: Path) -> None:
    whole, least = read(tmp_path, WHOLE + LEAST)
    assert whole == Outlet(
        "example.by",
        "Example",
        "BY",
        ("be", "ru"),
        "journalism",
        contested=True,
        why_contested="Its owner changed.",
        feeds=("https://example.by/rss",),
        sitemaps=("https://example.by/sitemap.xml",),
        archives=(tmp_path / "pages/example",),
        grounds=(
            Ground(
                "A council", "rates it so", "https://council.example.org/1", dt.date(2026, 1, 23)
            ),
        ),
    )
    assert least == Outlet("paper.co.uk", "Paper", "GB", ("en",), "propaganda")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('domain = "example.by"', "", "The outlet “Example” in"),
        ('domain = "example.by"', 'domain = "news.example.by"', "(that is “example.by”)"),
        ('domain = "example.by"', 'domain = "Not a domain"', "not the registered one"),
        ('name = "Example"', "", "lacks “name”"),
        ('name = "Example"', "name = 7", "lacks “name”"),
        ('"BY"', '"Belarus"', "has “Belarus” in “country”"),
        ('["be", "ru"]', "[]", "names no languages"),
        ('["be", "ru"]', '["bel"]', "has “bel” in “languages”"),
        ('["be", "ru"]', '"be"', "has something other than a list of texts in “languages”"),
        ('"journalism"', '"good"', "has the label “good”, which is not"),
        ("contested = true", 'contested = "yes"', "something other than true or false"),
        ('"Its owner changed."', '" "', "why_contested does not say why"),
        ('["https://example.by/rss"]', '["example.by/rss"]', "an invalid address in “feeds”"),
        ('["https://example.by/sitemap.xml"]', '["ftp://a.by/"]', "invalid address in “sitemaps”"),
        ('["pages/example"]', '[""]', "something other than text in “archives”"),
        ("feeds =", "feed =", "has an unknown key “feed”"),
        ('who = "A council"', "", "has a ground without “who”"),
        ("says =", "say =", "has an unknown key “say” in a ground"),
        ("2026-01-23", "2999-01-01", "read in the future, on 2999-01-01"),
        ("2026-01-23", '"2026-01-23"', "without the day on which it was read"),
        ("2026-01-23", "2026-01-23T10:00:00", "without the day on which it was read"),
        ('where = "https://council', 'where = "council', "an invalid address in “where”"),
    ],
)
def test_a_fault_is_one_sentence_that_names_the_outlet(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in WHOLE
    with pytest.raises(KrynicaError) as caught:
        read(tmp_path, LEAST + WHOLE.replace(old, new))
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.startswith("The outlet “")
    assert "paper.co.uk" not in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("# nothing", "lists no outlet"),
        ("[outlet]\ndomain = 'a.by'", "lists no outlet"),
        ("outlet = [7]", "Outlet 1 in"),
        ("[[outlet]\n", "is not TOML"),
        ("[[outlets]]\n", "has “outlets” where only [[outlet]] belongs"),
        (WHOLE + WHOLE, "lists the outlet “example.by” 2 times"),
        ("a = " + "[" * 5_000, "too deep"),
    ],
)
def test_a_file_that_is_no_list(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KrynicaError, match=r"\.$") as caught:
        read(tmp_path, text)
    assert said in str(caught.value)


def test_the_list_that_ships_can_be_read() -> None:
    outlets = read_outlet_list(ROOT / "data" / "outlets.toml")
    assert {outlet.label for outlet in outlets} == {"journalism", "propaganda"}
    assert all(outlet.grounds for outlet in outlets if not outlet.contested)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KrynicaError, match="There is no file"):
        read_outlet_list(tmp_path / "no.toml")
