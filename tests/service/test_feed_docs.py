"""What an editor reads about ``krynica feed`` is what is there."""

from __future__ import annotations

import re

import typer.main

from krynica.data.feeds.feed_links import USUAL
from krynica.data.feeds.feed_reader import CONTENT, MEMORY, MOST_ITEMS, SECONDS
from krynica.data.feeds.item_text import WHOLE
from krynica.data.net.politeness import MOST_DELAY, MOST_FAILURES, TRIES
from krynica.service.app import app
from krynica.service.feeds.elsewhere import PAGES
from krynica.service.feeds.host_queues import MOST
from tests.service.tiny import ROOT

TEXT = (ROOT / "docs" / "feeds.md").read_text("utf-8")


def test_every_option_stands_in_its_row() -> None:
    group = typer.main.get_command(app)
    command = group.commands["feed"]  # type: ignore[attr-defined]
    options = [one.opts for one in command.params if one.param_type_name == "option"]
    rows = re.findall(r"^\| (`-.*?) \|", TEXT, re.MULTILINE)
    assert sorted(", ".join(f"`{name}`" for name in one) for one in options) == sorted(rows)


def test_limits_are_as_they_are_said() -> None:
    for said in (
        f"{MEMORY // 1_000_000} MB",
        f"the first {MOST_ITEMS:,} items",
        f"{CONTENT:,} characters",
        f"at most {MOST:,} feeds",
        f"it has {WHOLE} words",
        f"up to {MOST_DELAY:g} seconds",
        f"{PAGES} pages of twenty posts",
        f"{', '.join(f'`{path}`' for path in USUAL[:-1])} or `{USUAL[-1]}`",
    ):
        assert said in TEXT
    assert (SECONDS, TRIES, MOST_FAILURES) == (10, 3, 3)
