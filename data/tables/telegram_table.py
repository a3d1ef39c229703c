"""Exports of Telegram Desktop as tables, a row a message.

Rows are messages of channels and public groups; a private chat is read where it alone was
exported. No name of a person, a group or a private channel becomes a cell: an outlet is what a
public channel calls itself, else the number of the chat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from krynica.data.messages import shown
from krynica.data.tables.cells import text_column
from krynica.data.tables.chunks import chunked
from krynica.data.tables.faults import HEADER, OnFault, refuse
from krynica.data.tables.telegram_chats import (
    NUMBERED,
    Chat,
    as_string,
    is_read,
    read_chats,
    read_messages,
)

COLUMNS = ("text", "date", "outlet", "url", "kind", "channel", "id")
"""``date`` is by the clock of whoever exported; ``channel`` is where it was found, which differs
from ``outlet`` of what was forwarded."""


def columns(path: Path, on_fault: OnFault) -> list[str]:
    """Return the names of the columns, and tell what is left out.

    Raises
    ------
    classifier.errors.TableError
        If it is no export, or a damaged one.
    """
    told = _told(path, _version(path))
    if on_fault is not refuse:
        for sentence in told:
            on_fault(HEADER, sentence)
    return list(COLUMNS)


def frames(
    path: Path, names: Sequence[str], rows: int | None, _on_fault: OnFault
) -> Iterator[pd.DataFrame]:
    """Give the messages that have a text in their order, in frames as of `data.tables.chunks`."""
    cells = (
        _row(chat, message)
        for chat, message in read_messages(path, read_chats(path, _version(path)))
    )
    sized = ((row, len(row["text"] or "") + len(names)) for row in cells if row["text"])
    for chunk in chunked(sized, rows):
        yield pd.DataFrame({name: text_column([row[name] for row in chunk]) for name in names})


def _row(chat: Chat, message: dict[str, Any]) -> dict[str, str | None]:
    number = message.get("id")
    has_url = chat.id is not None and chat.type in NUMBERED and isinstance(number, int)
    return {
        "text": _text(message),
        "date": as_string(message.get("date")) or None,
        "outlet": _origin(chat, message),
        "url": f"https://t.me/c/{chat.id}/{number}" if has_url else None,
        "kind": "post",
        "channel": chat.outlet,
        "id": str(number) if isinstance(number, int) else None,
    }


def _text(message: dict[str, Any]) -> str:
    """Return the text of a message, which stands there in pieces where some of it is marked."""
    value = message.get("text") or message.get("text_entities")
    pieces = value if isinstance(value, list) else [value]
    inner = (piece.get("text") if isinstance(piece, dict) else piece for piece in pieces)
    return "".join(map(as_string, inner)).strip()


def _origin(chat: Chat, message: dict[str, Any]) -> str | None:
    """Return the outlet of a message: where it was forwarded from, its first channel.

    An account has no place here. Exports since 2021 say by an id what forwards are from, and
    give none of accounts that hide; older ones tell no channel from an account, and are believed
    in public channels alone.
    """
    source = as_string(message.get("forwarded_from")).strip()
    if "forwarded_from" not in message:
        return chat.outlet
    tells = "forwarded_from_id" in message or "from_id" in message
    by_channel = as_string(message.get("forwarded_from_id")).startswith("channel")
    named = by_channel if tells else chat.type == "public_channel"
    return (source or None) if named else None


@lru_cache(maxsize=4)
def _told(path: Path, version: tuple[int, int]) -> tuple[str, ...]:
    """Say what of an export becomes no row: read once, as a batch asks four times."""
    chats = read_chats(path, version)
    empty = sum(not _text(message) for _, message in read_messages(path, chats))
    private = sum(chat.messages and not is_read(chat, chats) for chat in chats)
    said = []
    if empty:
        what = "message without a text is" if empty == 1 else "messages without a text are"
        said.append(f"{shown(path)}: {empty:,} {what} left out, such as the pictures of albums.")
    if private:
        what = "private chat is" if private == 1 else "private chats are"
        said.append(f"{shown(path)}: {private:,} {what} left out.")
    return tuple(said)


def _version(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return 0, 0  # opening it says what is wrong
    return status.st_size, status.st_mtime_ns
