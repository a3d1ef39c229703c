"""The source report in a real browser: it asks for nothing, and axe finds nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from krynica.service.source_report.write import write_report
from tests.page.test_browser import violations
from tests.service.source_report.made import made_model, report_on, several, simulated
from tests.service.source_report.test_drift import profile

LONG = "https://a.example/" + "x" * 300


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    rng = np.random.default_rng(0)
    model = made_model(folder, profile={"en": profile(rng)})
    told = {"title": "<b>A title</b>", "url": LONG, "passage": "Long" * 90, "p_passage": 0.9}
    rows = [
        *simulated(rng, [0.05] * 4 + [0.6], (25, 40)),
        *several("named" * 30, 20, 30, **told),
        *several("pl.example", 0, 30, language="pl", p_propaganda=None),
    ]
    write_report(report_on(model, rows), folder / "report.html")
    return folder / "report.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_for_axe_to_find(browser: Any, report: Path, scheme: str) -> None:
    # Its script is put into the page from outside, which the page's own policy forbids.
    context = browser.new_context(bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.locator("svg[role=img]").count() == 4
    assert violations(page) == []
    context.close()


@pytest.mark.parametrize("wide", [320, 1200])
def test_it_stands_alone_and_does_not_scroll_sideways(
    browser: Any, report: Path, wide: int
) -> None:
    context = browser.new_context(offline=True, viewport={"width": wide, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= wide
    assert asked == [report.as_uri()]
    assert said == []
    context.close()


@pytest.mark.parametrize(("scheme", "light"), [("light", False), ("dark", True)])
def test_words_in_pictures_have_the_colour_of_the_page(
    browser: Any, report: Path, scheme: str, *, light: bool
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(report.as_uri())
    fill = "getComputedStyle(document.querySelector('svg text')).fill"
    parts = page.evaluate(fill).removeprefix("rgb(").removesuffix(")").split(",")
    assert (int(parts[0]) > 128) == light
    context.close()
