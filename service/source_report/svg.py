"""Pictures as SVG inside a page: its own ids, the page's colour of text, no scripts."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TEXT = "#010203"
"""Stands for the colour of the page's text, light or dark, until the picture is in the page."""
_STYLE: Any = {  # matplotlib types its keys one by one, and other versions otherwise
    "svg.hashsalt": "krynica",
    "svg.fonttype": "none",  # text stays text: it can be searched, and read aloud
    "font.family": "DejaVu Sans",  # the one that matplotlib brings
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 10,
    "axes.edgecolor": _TEXT,
    "axes.labelcolor": _TEXT,
    "text.color": _TEXT,
    "xtick.color": _TEXT,
    "ytick.color": _TEXT,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "text.parse_math": False,  # a dollar sign in an outlet's name opens no formula
}
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Picture:
    """A picture: SVG to stand in a page, what it shows in words, and what it leaves out."""

    svg: str
    label: str
    note: str


def picture(
    name: str, size: tuple[float, float], draw: Callable[[Figure], None], label: str, note: str = ""
) -> Picture:
    """Draw a picture.

    Parameters
    ----------
    name
        Short and one of its kind in the page: what its ids begin with.
    size
        Width and height in inches.
    draw
        Draws on an empty figure.
    label, note
        What the picture shows in words, and what it leaves out.

    Returns
    -------
    Picture
        The same bytes for the same drawing.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    file = BytesIO()
    with mpl.rc_context(_STYLE), warnings.catch_warnings():
        # The reader's own fonts write what this one lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=size, layout="constrained")
        draw(figure)
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return Picture(_inside(file.getvalue(), name, label), label, note)


def _inside(svg: bytes, name: str, label: str) -> str:
    """Make a file's SVG fit to stand in a page beside others."""
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(svg, parser)
    for metadata in root.findall(f"{_SVG}metadata"):
        root.remove(metadata)
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            element.set(key, _renamed(key, value, name).replace(_TEXT, "currentColor"))
    for size in ("width", "height"):
        del root.attrib[size]
    root.set("role", "img")
    root.set("aria-label", label)
    etree.cleanup_namespaces(root)
    text: str = etree.tostring(root, encoding="unicode")
    return text


def _renamed(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key.endswith("href") and value.startswith("#"):
        return f"#{name}-{value[1:]}"
    return value.replace("url(#", f"url(#{name}-")
