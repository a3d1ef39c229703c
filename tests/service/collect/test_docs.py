"""What is said of ``krynica collect`` is what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import typer.main

from krynica.service.app import app
from krynica.service.collect.gather import THREADS
from krynica.service.collect.not_articles import LEAST_WORDS
from krynica.service.collect.outlet_list import read_outlet_list
from krynica.service.collect.review import BEGINNING, ROWS
from krynica.service.collect.rows import COLUMNS
from krynica.service.collect.sitemap_reader import MOST as MOST_ADDRESSES
from krynica.service.collect.sitemap_reader import UNPACKED
from krynica.service.collect.sitemaps import MOST_DEPTH
from krynica.service.collect.visit import MOST_SITEMAPS
from tests.service.tiny import ROOT

TEXT = (ROOT / "docs" / "collect.md").read_text("utf-8")


def test_every_option_stands_in_its_row() -> None:
    group = typer.main.get_command(app)
    command = group.commands["collect"]  # type: ignore[attr-defined]
    options = [one.opts for one in command.params if one.param_type_name == "option"]
    rows = re.findall(r"^\| (`-.*?) \|", TEXT, re.MULTILINE)
    assert sorted(", ".join(f"`{name}`" for name in one) for one in options) == sorted(rows)


def test_every_column_is_explained() -> None:
    rows = re.findall(r"^\| (`[a-z].*?) \|", TEXT, re.MULTILINE)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(COLUMNS)


def test_limits_are_as_they_are_said() -> None:
    for said in (
        f"under {LEAST_WORDS} words",
        f"{MOST_DEPTH} levels deep",
        f"at most {MOST_SITEMAPS:,} an outlet",
        f"up to {THREADS} outlets at once",
        f"a sheet of {ROWS} rows",
        f"the first {BEGINNING} characters",
        f"{UNPACKED >> 20} MB unpacked and {MOST_ADDRESSES:,} addresses",
    ):
        assert said in TEXT


def test_the_list_that_is_shown_can_be_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```toml\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)
    path = tmp_path / "outlets.toml"
    path.write_text(shown, "utf-8")
    (outlet,) = read_outlet_list(path)
    assert outlet.grounds
    (entry,) = tomllib.loads(shown)["outlet"]
    assert {*entry} == {
        *("domain", "name", "country", "languages", "label", "contested", "why_contested"),
        *("feeds", "sitemaps", "archives", "ground"),
    }
