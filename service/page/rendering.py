"""Templates and the files beside them, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from classifier.answer import ModelId
from service.page.translation import NAMES, Interface

_HERE = Path(__file__).parent
TEMPLATES, STATIC = _HERE / "templates", _HERE / "static"
_TYPES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@dataclass(frozen=True)
class StaticFile:
    """One file that the page asks for; ``tag`` changes with its bytes."""

    content: bytes
    media_type: str
    tag: str


@lru_cache(maxsize=1)
def static_files() -> Mapping[str, StaticFile]:
    """Return the page's files by name."""
    found = {}
    for name, media_type in _TYPES.items():
        content = (STATIC / name).read_bytes()
        found[name] = StaticFile(content, media_type, hashlib.sha256(content).hexdigest()[:12])
    return found


def render(name: str, ui: Interface, model: ModelId, **values: Any) -> str:
    """Fill a template in.

    Parameters
    ----------
    name
        File in ``templates/``.
    ui
        Language of the interface.
    model
        For the line at the page's end.
    **values
        What the template shows. Everything is escaped.
    """
    template = _environment().get_template(name)
    return template.render(ui=ui, say=ui.say, model=model, names=NAMES, **values)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals["static"] = _address
    # The style sheet is the project's own file; inside <style> nothing of it is to be escaped.
    environment.globals["css"] = Markup(static_files()["page.css"].content.decode("utf-8"))  # noqa: S704
    return environment


def _address(name: str) -> str:
    return f"/static/{name}?v={static_files()[name].tag}"
