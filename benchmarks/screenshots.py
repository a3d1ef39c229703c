"""Take the pictures of the page in ``docs/screenshots``: ``python benchmarks/screenshots.py``.

Serves the model that ships on this machine, has Debian's Chromium (``apt-get install chromium``)
check one sample article in each language, and writes small PNG files. The samples were written for
this project; see data/samples/README.md. Then the source report of a made-up archive, of outlets
that do not exist.
"""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "screenshots"
LANGUAGES = ("be", "uk", "pl", "ru", "en")
SCREENS = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5},
}
TALLEST = {"desktop": 2000, "phone": 1900}
"""Pixels of the page that a picture shows, from its top."""
COLOURS = 200
OUTLETS = {
    "the ashe valley post": (60, 0.0),
    "corran bay courier": (45, 0.05),
    "penbury chronicle": (80, 0.02),
    "halverton herald": (50, 0.0),
    "the northern lantern": (12, 0.3),
    "voice of the shield": (70, 0.95),
}
"""Outlets that do not exist: articles, and the share put together from propaganda in the end."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the page as anybody would; yield its address."""
    command = [sys.executable, "-m", "krynica", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None  # noqa: S101  # it was asked for
            said = server.stderr.readline()
            yield re.findall(r"http://\S+:\d+", said)[0]
        finally:
            server.terminate()


def keep(name: str, picture: bytes) -> None:
    """Write a picture with as many colours as it needs."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    path = PICTURES / f"{name}.png"
    # Not by how often a colour is met: the marks are small and must keep theirs.
    few = image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
    print(path.name, path.stat().st_size)


def shoot(page: Any, name: str, screen: str) -> None:
    """Take the upper part of a page."""
    tall = page.evaluate("document.documentElement.scrollHeight")
    width = SCREENS[screen]["viewport"]["width"]  # type: ignore[index]
    clip = {"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST[screen])}
    keep(f"{name}-{screen}", page.screenshot(full_page=True, clip=clip))


def made_up_archive(path: Path) -> None:
    """Write articles of outlets that do not exist, put together from the samples' paragraphs."""
    draw = random.Random(0)  # noqa: S311  # texts, not secrets
    parts: dict[str, list[str]] = {"journalism": [], "propaganda": []}
    titles: dict[str, list[str]] = {"journalism": [], "propaganda": []}
    for sample in sorted(ROOT.glob("data/samples/en-*.txt")):
        title, *paragraphs = sample.read_text("utf-8").split("\n\n")
        titles[sample.name.split("-")[1]].append(title)
        parts[sample.name.split("-")[1]] += paragraphs
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["outlet", "date", "title", "text"])
        for outlet, (articles, loud) in OUTLETS.items():
            for number in range(articles):
                share = loud * (number + articles) / (2 * articles)
                kind = "propaganda" if draw.random() < share else "journalism"
                text = "\n\n".join(draw.sample(parts[kind], 6))
                day = f"2026-{1 + 10 * number // articles:02}-{1 + number % 28:02}"
                table.writerow([outlet, day, draw.choice(titles[kind]), text])


def shoot_report(browser: Any) -> None:
    """Score the archive, and take the upper part of its report in light and dark."""
    with tempfile.TemporaryDirectory() as folder:
        archive, report = Path(folder) / "archive.csv", Path(folder) / "report.html"
        made_up_archive(archive)
        words = ["batch", str(archive), "-o", str(archive.with_name("scored.csv"))]
        command = [sys.executable, "-m", "krynica", *words, "--report", str(report)]
        subprocess.run(command, cwd=ROOT, check=True)
        for scheme in ("light", "dark"):
            page = browser.new_context(**SCREENS["desktop"], color_scheme=scheme).new_page()
            page.goto(report.as_uri())
            clip = {"x": 0, "y": 0, "width": 1280, "height": TALLEST["desktop"]}
            keep(f"report-{scheme}", page.screenshot(full_page=True, clip=clip))
            page.context.close()


def main() -> None:
    """Take them all."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("There is no Chromium on this machine: apt-get install chromium")
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for screen, options in SCREENS.items():
            for language in LANGUAGES:
                page = browser.new_context(**options, color_scheme="light").new_page()
                page.goto(f"{address}/?lang={language}")
                shoot(page, f"form-{language}", screen)
                text = ROOT / "data" / "samples" / f"{language}-propaganda-1.txt"
                page.fill("#text", text.read_text("utf-8"))
                page.click("button.primary")
                page.wait_for_selector("#verdict")
                shoot(page, f"answer-{language}", screen)
                page.context.close()
        shoot_report(browser)
        browser.close()


if __name__ == "__main__":
    main()
