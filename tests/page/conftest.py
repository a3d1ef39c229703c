"""The page served in this process with the tiny model, and a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn

from krynica.classifier.parameters import POINTS as KINDS
from krynica.service.server.app import create_app
from krynica.service.web.settings import Settings
from tests.service.tiny import write_tiny_model

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serving(**settings: Any) -> Iterator[str]:
    """Serve the application in a thread of this process; yield its address."""
    app = create_app(Settings(**settings))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            thread.join(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny model. Not to be changed."""
    return write_tiny_model(
        tmp_path_factory.mktemp("model") / "tiny",
        operating_points={
            "en": {
                "journalism_to": dict.fromkeys(KINDS, 0.2),
                "propaganda_from": dict.fromkeys(KINDS, 0.9),
            }
        },
        metrics={
            "en": {
                "readings": {
                    "texts": 1240,
                    "outlets": 455,
                    "auc": 0.93,
                    "calibration_error": 0.021,
                    "accused_newsrooms": 0.002,
                    "newsrooms_interval": [0.001, 0.004],
                    "accusations_right": 0.94,
                    "clear_verdicts": 0.61,
                    "journalism_right": 0.97,
                }
            }
        },
    )


@pytest.fixture(scope="session")
def site(tiny: Path) -> Iterator[str]:
    """Address of the page with the tiny model."""
    with serving(model=tiny) as address:
        yield address


@pytest.fixture
def client(site: str) -> Iterator[httpx2.Client]:
    """A client that asks as a browser does."""
    headers = {"Accept": "text/html", "Accept-Language": "en"}
    with httpx2.Client(base_url=site, timeout=60, headers=headers) as client:
        yield client


Post = Callable[..., httpx2.Response]


@pytest.fixture
def post(client: httpx2.Client) -> Post:
    """Send the page's form: fields by name, and a file as ``file=(name, bytes)``."""

    def send(path: str = "/", file: tuple[str, bytes] | None = None, **fields: str) -> Any:
        parts = {name: (None, value) for name, value in fields.items()}
        return client.post(path, files=parts | ({"file": file} if file else {}))

    return send


@pytest.fixture(scope="module")
def shipped() -> Iterator[str]:
    """Address of the page with the model that ships."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium (``apt-get install chromium``), without a head.

    Not for the session: Playwright runs an event loop in this thread as long as it lives.
    """
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()
