"""Templates and the files beside them, read once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from krynica.classifier.answer import ModelId
from krynica.classifier.model import Model
from krynica.data.documents.document import ENDINGS
from krynica.service.page.forms import Typed
from krynica.service.page.translation import NAMES, Interface
from krynica.service.web.open_models import Listed
from krynica.service.web.settings import Settings

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


def form_page(
    ui: Interface,
    settings: Settings,
    typed: Typed,
    error: str,
    model: Model | None,
    models: Sequence[Listed] = (),
) -> str:
    """Return the form, with what was typed and what is the matter with it, if anything.

    Parameters
    ----------
    ui
        Language of the interface.
    settings
        What the operator set.
    typed
        What the fields hold.
    error
        One sentence in that language; empty where nothing is.
    model
        What answers; None where it cannot be asked.
    models
        What may be chosen instead: a choice is offered among more than one.
    """
    return render(
        "form.html",
        ui,
        model.id if model else None,
        typed=typed,
        error=error,
        fetch=settings.fetch,
        minimum=model.minimum_words if model else None,
        models=models,
        endings=",".join(ENDINGS),
        endings_shown=" ".join(ENDINGS),
        megabytes=round(settings.max_bytes / 1e6, 2),
    )


def render(name: str, ui: Interface, model: ModelId | None, **values: Any) -> str:
    """Fill a template in.

    Parameters
    ----------
    name
        File in ``templates/``.
    ui
        Language of the interface.
    model
        For the line at the page's end, if it is known.
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
