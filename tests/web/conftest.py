"""One service with the tiny model for all tests that do not change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service.tiny import write_tiny_model
from tests.web.server import Server, serving


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the tiny model. Not to be changed."""
    return write_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="session")
def service(tiny: Path) -> Iterator[Server]:
    """The service as it comes. Whatever was sent, it has said one line, and ends well."""
    with serving("--model", tiny) as server:
        yield server
        assert server.stop() == 0
        assert server.output.count("\n") == 1, server.output


@pytest.fixture(scope="session")
def shipped() -> Iterator[Server]:
    """The service with the model that ships."""
    with serving() as server:
        yield server
