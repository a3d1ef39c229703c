"""Take the pictures of the page in ``docs/screenshots``: ``python benchmarks/screenshots.py``.

Serves the model that ships on this machine, has Debian's Chromium (``apt-get install chromium``)
check one sample article in each language, and writes small PNG files. The samples were written for
this project; see data/samples/README.md.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
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


@contextmanager
def serving() -> Iterator[str]:
    """Serve the page as anybody would; yield its address."""
    command = [sys.executable, "-m", "service.cli", "serve", "--port", "0"]
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
        browser.close()


if __name__ == "__main__":
    main()
