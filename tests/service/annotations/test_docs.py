"""What an editor reads about ``krynica annotate`` is what is there."""

from __future__ import annotations

import re

import typer.main

from krynica.service.annotations.agreement import CUSTOMARY, FEW, TENTATIVE
from krynica.service.annotations.formats.record import ANSWERS
from krynica.service.annotations.formats.sheet import LONGEST_CELL
from krynica.service.annotations.selection import REASONS
from krynica.service.app import app
from tests.service.tiny import ROOT

TEXT = (ROOT / "docs" / "annotate.md").read_text("utf-8")


def test_every_option_stands_in_its_row() -> None:
    group = typer.main.get_command(app).commands["annotate"]  # type: ignore[attr-defined]
    for name, part in (("export", TEXT.split("## ")[1]), ("import", TEXT.split("## ")[4])):
        assert part.splitlines()[0].endswith(f": {name}")
        options = [
            one.opts for one in group.commands[name].params if one.param_type_name == "option"
        ]
        rows = re.findall(r"^\| (`-.*?) \|", part, re.MULTILINE)
        assert sorted(", ".join(f"`{word}`" for word in one) for one in options) == sorted(rows)


def test_limits_and_names_are_as_they_are_said() -> None:
    for said in (
        f"{LONGEST_CELL:,} characters",
        f"Below {FEW} pairable answers",
        f"{CUSTOMARY:.3f}".removeprefix("0"),
        f"{TENTATIVE:.3f}".removeprefix("0"),
        *(f"`{label}`" for label in ANSWERS),
        *(f"`{why}`: " for why in REASONS),
    ):
        assert said in TEXT
