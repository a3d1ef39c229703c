"""A saved page of a Telegram channel as a table, a post a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from krynica.classifier.errors import KrynicaError, TableError
from krynica.data.decoding import decode
from krynica.data.documents.files import read_bounded
from krynica.data.documents.pages import declared_encoding
from krynica.data.documents.telegram import Post, read_channel_page
from krynica.data.documents.telegram_export import EXPORTED_PAGE, is_exported_page
from krynica.data.messages import shown
from krynica.data.tables import htmltable
from krynica.data.tables.cells import text_column
from krynica.data.tables.faults import HEADER, OnFault, refuse
from krynica.data.tables.telegram_table import COLUMNS


def columns(path: Path, on_fault: OnFault) -> list[str]:
    """Return the names of the columns, and tell what is left out.

    Raises
    ------
    classifier.errors.TableError
        If it is no page of a channel.
    """
    empty = sum(not post.text for post in _posts(path))
    if empty and on_fault is not refuse:
        what = "post without a text is" if empty == 1 else "posts without a text are"
        on_fault(HEADER, f"{shown(path)}: {empty:,} {what} left out, such as pictures.")
    return list(COLUMNS)


def frames(
    path: Path, names: Sequence[str], rows: int | None, _on_fault: OnFault
) -> Iterator[pd.DataFrame]:
    """Give the posts that have a text, from the oldest to the newest."""
    cells = [_row(post) for post in _posts(path) if post.text]
    step = rows or max(len(cells), 1)
    for at in range(0, max(len(cells), 1), step):
        part = cells[at : at + step]
        yield pd.DataFrame({name: text_column([row[name] for row in part]) for name in names})


def _row(post: Post) -> dict[str, str | None]:
    return {
        "text": post.text,
        "date": post.published,
        "outlet": post.outlet,
        "url": post.url,
        "kind": "post",
        "channel": f"t.me/{post.channel.lower()}",
        "id": str(post.number),
    }


def _posts(path: Path) -> tuple[Post, ...]:
    try:
        data = read_bounded(path)
        html = decode(data, name=f"The page {shown(path)}", declared=declared_encoding(data))
    except KrynicaError as error:
        raise TableError(str(error)) from error
    page = read_channel_page(html)
    if page is None and is_exported_page(html):
        raise TableError(f"{shown(path)} {EXPORTED_PAGE}")
    if page is None:
        htmltable.columns(path, refuse)
    return page.posts if page else ()
