"""Tables as a page to look at, print and pass on: one file that asks nothing of any network.

It is written only. What stands in a cell is shown and never run: everything is escaped, there is
no script, and the page's own policy forbids whatever is not its style.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from krynica.classifier.errors import TableError
from krynica.data.messages import shown
from krynica.data.tables.cells import as_text, plain_values
from krynica.data.tables.faults import OnFault

_LINK = re.compile(r"https?://[^\s<>\"'\\]+", re.IGNORECASE)

_STYLE = """
:root { color-scheme: light dark; }
body { margin: 0; font: 0.9rem/1.4 system-ui, sans-serif; color: CanvasText; background: Canvas; }
div { overflow: auto; max-height: 100vh; }
table { border-collapse: separate; border-spacing: 0; }
th, td { padding: 0.35rem 0.6rem; border-bottom: 1px solid GrayText; text-align: start;
  vertical-align: top; max-width: 36rem; overflow-wrap: anywhere; white-space: pre-wrap; }
th { position: sticky; top: 0; background: Canvas; }
td.n { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
@media print {
  div { overflow: visible; max-height: none; }
  th { position: static; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""

_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
    + "'"
)

_HEAD = f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Krynica</title>
<style>{_STYLE}</style>
</head>
<body>
<div tabindex="0" role="region" aria-label="Table">
<table>
"""

_FOOT = """</tbody>
</table>
</div>
</body>
</html>
"""


def columns(path: Path, _on_fault: OnFault) -> list[str]:
    """Refuse to read.

    Raises
    ------
    classifier.errors.TableError
        Always.
    """
    raise TableError(
        f"{shown(path)} is a page to look at: tables are written as .html, and not read from it."
    )


def frames(
    path: Path, _names: Sequence[str], _rows: int | None, on_fault: OnFault
) -> Iterator[pd.DataFrame]:
    """Refuse to read, as `columns` does."""
    columns(path, on_fault)
    yield pd.DataFrame()


class Sink:
    """Writes rows to a page, each as it comes."""

    defused = 0  # a page runs no formulas
    cut = 0

    def __init__(self, path: Path) -> None:
        self._file = path.open("x", encoding="utf-8", errors="replace", newline="\n")
        self._file.write(_HEAD)
        self._begun = False

    def write(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame, before the first of all the names of its columns."""
        if not self._begun:
            self._begin(list(frame.columns))
        for row in zip(*(plain_values(frame[name]) for name in frame), strict=True):
            self._file.write(f"<tr>{''.join(map(_cell, row))}</tr>\n")

    def close(self) -> None:
        """Write the end of the page and close the file."""
        try:
            if not self._begun:
                self._begin(())
            self._file.write(_FOOT)
        finally:
            self._file.close()

    def _begin(self, names: Sequence[str]) -> None:
        cells = "".join(f'<th scope="col" dir="auto">{_escaped(name)}</th>' for name in names)
        self._file.write(f"<thead><tr>{cells}</tr></thead>\n<tbody>\n")
        self._begun = True


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    text = _escaped(as_text(value) or "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f'<td class="n">{text}</td>'
    if isinstance(value, str) and _LINK.fullmatch(value):
        text = f'<a href="{text}" rel="noopener noreferrer nofollow">{text}</a>'
    return f'<td dir="auto">{text}</td>'


def _escaped(text: str) -> str:
    return escape(text.replace("\0", "\ufffd"))
