"""The page in a real browser: what a reader sees and does, and what leaves her machine: nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from krynica.service.page.translation import NAMES
from tests.page.conftest import ROOT
from tests.page.made import READING, html, made
from tests.service.tiny import PROPAGANDA

SAMPLES = ROOT / "data" / "samples"
VERDICT = "#verdict"


def sample(language: str) -> str:
    return (SAMPLES / f"{language}-propaganda-1.txt").read_text("utf-8")


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page of a fresh browser that records what it asks for and what it complains of."""
    contexts = []

    def open_page(address: str, **options: Any) -> Any:
        context = browser.new_context(**{"locale": "en-GB"} | options)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.complaints = [], []
        page.on("request", lambda request: page.asked.append(request.url))
        page.on("console", lambda said: page.complaints.append(said.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


@contextmanager
def kept_to_itself(page: Any) -> Iterator[None]:
    """Check that a page asked its own host alone, and had nothing to complain of."""
    yield
    hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith("data:")}
    assert hosts == {urlsplit(page.url).netloc}
    assert [text for text in page.complaints if "status of 4" not in text] == []


def check(page: Any, text: str) -> None:
    page.fill("#text", text)
    page.click("button.primary")
    page.wait_for_selector(VERDICT)


def width(page: Any) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_paste(shipped: str, visit: Callable[..., Any]) -> None:
    sizes: list[int] = []
    page = visit("about:blank")
    page.on("response", lambda response: sizes.append(len(response.body())))
    page.goto(shipped)
    with kept_to_itself(page):
        page.fill("#text", "one two three")
        assert "3" in page.inner_text("#count")
        check(page, sample("en"))
        assert page.inner_text(VERDICT)
        assert page.locator(".text").inner_text().startswith("They want your border open")
        assert page.title().endswith("Krynica")
    page.asked.clear()
    assert sum(sizes) < 100_000


def test_notes_by_keyboard_and_mouse(site: str, visit: Callable[..., Any]) -> None:
    page = visit(site)
    check(page, PROPAGANDA)
    mark = page.locator(".text a.mark").first
    mark.focus()
    pop = page.locator(".pop")
    assert pop.is_visible()
    assert pop.inner_text().strip()
    page.keyboard.press("Escape")
    assert not pop.is_visible()
    page.keyboard.press("Enter")
    assert pop.is_visible()
    page.keyboard.press("Enter")
    href = str(mark.get_attribute("href"))
    page.wait_for_url(lambda url: url.endswith(href))
    page.mouse.move(0, 0)
    mark.hover()
    assert pop.is_visible()


def test_keyboard_alone(site: str, visit: Callable[..., Any]) -> None:
    page = visit(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.insert_text(PROPAGANDA)
    for _ in ("file", "language", "model", "button"):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "primary"
    page.keyboard.press("Enter")
    page.wait_for_selector(VERDICT)
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.keyboard.press("Tab")
    assert page.evaluate(outline) == "solid"


def test_files(site: str, visit: Callable[..., Any], tmp_path: Path) -> None:
    page = visit(site)
    text = sample("be")
    page.set_content(f"<p>{text.replace(chr(10), '<br>')}</p>")
    pdf = page.pdf()
    for name, data in (("стаття.txt", text.encode()), ("стаття.pdf", pdf)):
        (tmp_path / name).write_bytes(data)
        page.goto(site)
        page.set_input_files("#file", tmp_path / name)
        page.click("button.primary")
        page.wait_for_selector(VERDICT)
        assert name in page.inner_text(".from")
        assert text.split("\n")[0][:40] in " ".join(page.inner_text(".text").split())
        assert page.get_attribute(".text", "lang") == "be"


def test_dropped_file_is_chosen(site: str, visit: Callable[..., Any]) -> None:
    page = visit(site)
    page.evaluate("""() => {
        const files = new DataTransfer();
        files.items.add(new File(["A text."], "dropped.txt"));
        document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true}));
    }""")
    assert page.evaluate("document.getElementById('file').files[0].name") == "dropped.txt"


def test_error_has_the_focus_and_keeps_the_text(site: str, visit: Callable[..., Any]) -> None:
    page = visit(site)
    page.fill("#text", "12345")
    page.click("button.primary")
    page.wait_for_selector("[role=alert]")
    assert page.evaluate("document.activeElement.id") == "error"
    assert page.input_value("#text") == "12345"
    page.get_by_role("button", name="Polski").click()
    page.wait_for_selector("html[lang=pl]")
    assert page.input_value("#text") == "12345"


def test_language_switch_keeps_the_text(site: str, visit: Callable[..., Any]) -> None:
    page = visit(site, locale="be-BY")
    assert page.get_attribute("html", "lang") == "be"
    page.fill("#text", PROPAGANDA)
    page.get_by_role("link", name="Українська").click()
    page.wait_for_selector("html[lang=uk]")
    assert page.input_value("#text") == PROPAGANDA
    page.click("button.primary")
    page.wait_for_selector(VERDICT)
    page.get_by_role("button", name="Polski").click()
    page.wait_for_selector("html[lang=pl]")
    assert page.inner_text(VERDICT) == "Ten tekst czyta się jak propagandę"
    assert page.input_value("input[name=text]") == PROPAGANDA


def test_report_is_saved_and_opens_alone(
    site: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit(site)
    check(page, PROPAGANDA)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a report").click()
    report = tmp_path / saved.value.suggested_filename
    saved.value.save_as(report)
    alone = visit(report.as_uri(), offline=True)
    assert alone.inner_text(VERDICT) == "This text reads like propaganda"
    assert alone.asked == [report.as_uri()]
    assert alone.complaints == []


def test_without_javascript(site: str, visit: Callable[..., Any]) -> None:
    page = visit(site, java_script_enabled=False)
    check(page, PROPAGANDA)
    target = page.locator(".text a.mark").first.get_attribute("href")
    page.locator(".text a.mark").first.click()
    assert page.url.endswith(str(target))
    assert page.locator(f"{target}").is_visible()
    page.get_by_role("button", name="Беларуская").click()
    page.wait_for_selector("html[lang=be]")
    assert "прапаганда" in page.inner_text(VERDICT)


@pytest.mark.parametrize("wide", [320, 390])
def test_narrow_screens_do_not_scroll_sideways(
    shipped: str, visit: Callable[..., Any], wide: int
) -> None:
    page = visit(f"{shipped}/?lang=be", viewport={"width": wide, "height": 700})
    assert width(page) <= wide
    check(page, "Звышдоўгаесловабезпрабелаў" * 12 + "\n" + sample("en"))
    assert width(page) <= wide


def violations(page: Any) -> list[str]:
    import axe_core_python

    script = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js"))
    page.evaluate(script.read_text("utf-8"))
    found = page.evaluate("axe.run(document)")["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", NAMES)
def test_nothing_for_axe_to_find(
    shipped: str, visit: Callable[..., Any], language: str, scheme: str
) -> None:
    # Its script is put into the page from outside, which the page's own policy forbids.
    page = visit(f"{shipped}/?lang={language}", bypass_csp=True, color_scheme=scheme)
    assert violations(page) == []
    check(page, sample(language))
    assert violations(page) == []
    page.goto(f"{shipped}/?lang={language}")
    page.click("button.primary")
    page.wait_for_selector("[role=alert]")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", NAMES)
def test_levels_are_set_out_without_javascript(
    visit: Callable[..., Any], tmp_path: Path, language: str, scheme: str
) -> None:
    report = tmp_path / "report.html"
    report.write_text(html(made(), language), "utf-8")
    page = visit(report.as_uri(), java_script_enabled=False, color_scheme=scheme)
    bars = page.locator(".scales .bars").first.locator("li")
    assert bars.count() == 5
    widths = [bar.locator(".level").bounding_box()["width"] for bar in bars.all()]
    tracks = [bar.locator(".track").bounding_box()["width"] for bar in bars.all()]
    shares = [width / track for width, track in zip(widths, tracks, strict=True)]
    assert shares == pytest.approx(READING.levels, abs=0.02)
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(media="print")
    assert all(bar.is_visible() for bar in bars.all())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("wide", [320, 1200])
def test_axe_finds_nothing_in_levels(
    visit: Callable[..., Any], tmp_path: Path, scheme: str, wide: int
) -> None:
    report = tmp_path / "report.html"
    report.write_text(html(made(), "be"), "utf-8")
    size = {"width": wide, "height": 800}
    page = visit(report.as_uri(), bypass_csp=True, color_scheme=scheme, viewport=size)
    assert violations(page) == []
    assert width(page) <= wide
