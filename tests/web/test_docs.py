"""What an operator reads is what is there."""

from __future__ import annotations

import re
from pathlib import Path

from krynica.service.server.app import create_app
from krynica.service.web.settings import Settings
from tests.service.tiny import ROOT

TEXT = (ROOT / "docs" / "service.md").read_text("utf-8")


def test_every_setting_stands_in_its_row_with_its_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", TEXT, re.MULTILINE)
    assert [name for name, _ in rows] == list(Settings.model_fields)
    for name, said in rows:
        default = Settings.model_fields[name].default
        if default not in (None, []):
            assert said.strip("`") == str(default).lower().removesuffix(".0")


def test_every_endpoint_and_status_is_named() -> None:
    described = create_app(Settings()).openapi()["paths"]
    for path, operations in described.items():
        for method, operation in operations.items():
            assert f"`{method.upper()} {path}`" in TEXT
            for status in operation["responses"]:
                assert re.search(rf"\b{status}\b", TEXT)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", TEXT):
        assert (ROOT / "docs" / target).exists()


def test_the_files_for_an_operator_name_real_settings() -> None:
    for path in (Path("Dockerfile"), Path("deploy/krynica.service"), Path("docs/service.md")):
        names = re.findall(r"KRYNICA_([A-Z_]+[A-Z])", (ROOT / path).read_text("utf-8"))
        known = {name.upper() for name in Settings.model_fields} | {"SETTINGS", "DEBUG"}
        assert set(names) <= known
