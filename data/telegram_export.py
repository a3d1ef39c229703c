"""Exports of Telegram Desktop as tables: ``result.json``, of one chat or of all, a row a message.

Rows are messages of channels and public groups; a private chat is read where it alone was
exported. No name of a person, a group or a private channel becomes a cell: an outlet is what a
public channel calls itself, else the number of the chat. Such exports are large, so they are read
event by event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import ijson
import pandas as pd

from krynica.classifier.errors import TableError, UnreadableError
from krynica.data.cells import text_column
from krynica.data.chunks import chunked
from krynica.data.faults import HEADER, OnFault, refuse
from krynica.data.seam import reading_failed, shown

COLUMNS = ("text", "date", "outlet", "url", "kind", "channel", "id")
"""``date`` is by the clock of whoever exported; ``channel`` is where it was found, which differs
from ``outlet`` of what was forwarded."""

_LISTS = (["chats", "list", None], ["left_chats", "list", None])
"""Where an export of all chats has them: keys, and None for a place in a list."""
_PUBLIC = frozenset({"public_channel", "private_channel", "public_supergroup"})
"""Types of chats that are read out of an export of all; Telegram calls large groups so."""
_NUMBERED = _PUBLIC | {"private_supergroup"}
"""Types of chats whose messages have addresses, for those who may see them."""
_DEEPEST = 30
"""Levels of an export; Telegram writes ten at most."""
_LONGEST = 1_000_000
"""Bytes in which no text begins or ends: a message has 4,096 characters at most."""
_WIDEST = 100_000
"""Names and values of a message; with every word of it marked it has some 10,000."""
_MOST_CHATS = 20_000
_QUOTE = re.compile(rb'(?<!\\)"')
EXPORTED_PAGE = (
    "is a page of a Telegram Desktop export: export the chat again as JSON, and give its "
    "result.json to krynica batch."
)
"""What to do with ``messages.html``, in which nothing tells a channel from a person."""
_EXPORTED = "is a Telegram Desktop export of many messages: krynica batch judges each of them."

_HALF = re.compile("[\ud800-\udfff]")
_MESSAGE = re.compile(r'class="message (?:default|service) clearfix|class="page_body chat_page"')
_HEAD = 2_000
_BEGINS = re.compile(
    rb'\s*(?:\xef\xbb\xbf)?\s*\{.*?"(?:messages"\s*:\s*\[|chats"\s*:\s*\{'
    rb'|personal_information"\s*:|type"\s*:\s*"(?:public|private|personal|bot|saved)_)',
    re.DOTALL,
)


@dataclass
class _Chat:
    """What an export tells of a chat."""

    type: str = ""
    name: str = ""
    id: int | None = None
    messages: bool = False

    @property
    def outlet(self) -> str | None:
        """What its rows are held together by."""
        if self.type == "public_channel" and self.name:
            return self.name
        return None if self.id is None or self.type not in _NUMBERED else f"t.me/c/{self.id}"


def is_export(data: bytes) -> bool:
    """Tell an export by how it begins."""
    return _BEGINS.match(data[:_HEAD]) is not None


def is_exported_page(html: str) -> bool:
    """Tell a page of an export that was written as HTML."""
    return 'class="page_wrap"' in html and _MESSAGE.search(html) is not None


def refuse_export(data: bytes, name: str) -> None:
    """Refuse an export where one article is wanted, and say what reads it.

    Parameters
    ----------
    data
        The file.
    name
        What to call it, at the beginning of a sentence.

    Raises
    ------
    classifier.errors.UnreadableError
        If it is one.
    """
    if is_export(data):
        raise UnreadableError(f"{name} {_EXPORTED}")
    if is_exported_page(data.decode("utf-8", "replace")):
        raise UnreadableError(f"{name} {EXPORTED_PAGE}")


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
    """Give the messages that have a text in their order, in frames as of `data.chunks`."""
    cells = (_row(chat, message) for chat, message in _messages(path, _chats(path, _version(path))))
    sized = ((row, len(row["text"] or "") + len(names)) for row in cells if row["text"])
    for chunk in chunked(sized, rows):
        yield pd.DataFrame({name: text_column([row[name] for row in chunk]) for name in names})


def _row(chat: _Chat, message: dict[str, Any]) -> dict[str, str | None]:
    number = message.get("id")
    has_url = chat.id is not None and chat.type in _NUMBERED and isinstance(number, int)
    return {
        "text": _text(message),
        "date": _string(message.get("date")) or None,
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
    return "".join(map(_string, inner)).strip()


def _origin(chat: _Chat, message: dict[str, Any]) -> str | None:
    """Return the outlet of a message: where it was forwarded from, its first channel.

    An account has no place here. Exports since 2021 say by an id what forwards are from, and
    give none of accounts that hide; older ones tell no channel from an account, and are believed
    in public channels alone.
    """
    source = _string(message.get("forwarded_from")).strip()
    if "forwarded_from" not in message:
        return chat.outlet
    tells = "forwarded_from_id" in message or "from_id" in message
    by_channel = _string(message.get("forwarded_from_id")).startswith("channel")
    named = by_channel if tells else chat.type == "public_channel"
    return (source or None) if named else None


def _version(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return 0, 0  # opening it says what is wrong
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=4)
def _told(path: Path, version: tuple[int, int]) -> tuple[str, ...]:
    """Say what of an export becomes no row: read once, as a batch asks four times."""
    chats = _chats(path, version)
    empty = sum(not _text(message) for _, message in _messages(path, chats))
    private = sum(chat.messages and not _is_read(chat, chats) for chat in chats)
    said = []
    if empty:
        what = "message without a text is" if empty == 1 else "messages without a text are"
        said.append(f"{shown(path)}: {empty:,} {what} left out, such as the pictures of albums.")
    if private:
        what = "private chat is" if private == 1 else "private chats are"
        said.append(f"{shown(path)}: {private:,} {what} left out.")
    return tuple(said)


@lru_cache(maxsize=4)
def _chats(path: Path, _version: tuple[int, int]) -> tuple[_Chat, ...]:
    """Return the chats of an export, in their order.

    Raises
    ------
    classifier.errors.TableError
        If there are none.
    """
    chats: list[_Chat] = []
    for at, name, value in _walk(path):
        if at >= _MOST_CHATS:
            _damaged(path, f"holds more than {_MOST_CHATS:,} chats")
        while len(chats) <= at:
            chats.append(_Chat())
        if name == "messages":
            chats[at].messages = True
        elif name == "id":
            chats[at].id = value if isinstance(value, int) else None
        else:
            setattr(chats[at], name, _string(value).strip())
    if not any(chat.messages for chat in chats):
        raise TableError(
            f"{shown(path)} is no export of Telegram Desktop; of other JSON, give one object a "
            "line, in a file that ends in .jsonl."
        )
    return tuple(chats)


def _is_read(chat: _Chat, chats: Sequence[_Chat]) -> bool:
    """Tell whether a chat's messages become rows: alone, it was meant; among all, hardly."""
    return chat.type in _PUBLIC or chat is chats[0]


def _messages(path: Path, chats: Sequence[_Chat]) -> Iterator[tuple[_Chat, dict[str, Any]]]:
    """Yield the messages that people wrote, each with its chat."""
    for at, name, value in _walk(path):
        is_message = name == "messages" and value is not None and value.get("type") == "message"
        if is_message and _is_read(chats[at], chats):
            yield chats[at], value


def _walk(path: Path) -> Iterator[tuple[int, str, Any]]:
    """Yield what is told of chats: number of the chat, ``name``, ``type``, ``id`` or ``messages``.

    Chat 0 is what stands outermost, an export of one chat. ``messages`` comes for every message,
    with it, and once with None.
    """
    where: list[str | None] = []
    at = 0
    events = _events(path)
    for event, value in events:
        inner = where[3:] if where[:3] in _LISTS else where
        if event == "map_key":
            where[-1] = value
        elif event.startswith("end_"):
            where.pop()
        elif event == "start_map" and inner == ["messages", None]:
            yield at, "messages", _object(path, events)
        elif event.startswith("start_"):
            at += event == "start_map" and where in _LISTS
            if inner == ["messages"]:
                yield at, "messages", None
            where.append(None if event == "start_array" else "")
        elif len(inner) == 1 and inner[0] in {"name", "type", "id"}:
            yield at, str(inner[0]), value


def _object(path: Path, events: Iterator[tuple[str, Any]]) -> Any:
    """Return the object that has just begun."""
    builder, depth = ijson.ObjectBuilder(), 1
    builder.event("start_map", None)
    for count, (event, value) in enumerate(events):
        builder.event(event, value)
        depth += event.startswith("start_") - event.startswith("end_")
        if not depth:
            break
        if count > _WIDEST:
            _damaged(path, "holds a message that does not end")
    return builder.value


def _events(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the events of a file of JSON, bounded in memory whatever is in it."""
    depth = 0
    try:
        with path.open("rb") as file:
            for event, value in ijson.basic_parse(_Bounded(file, path), use_float=True):
                depth += event.startswith("start_") - event.startswith("end_")
                if depth > _DEEPEST:
                    _damaged(path, f"nests more than {_DEEPEST} deep")
                yield event, value
    except ijson.JSONError:
        _damaged(path, "is cut off, or is damaged JSON")
    except (OSError, ValueError) as error:
        raise TableError(reading_failed(path, error)) from error


class _Bounded:
    """A file that is refused where a word in it has no end, and read without its mark."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path, self._since = file, path, 0
        if file.read(3) != b"\xef\xbb\xbf":
            file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._file.read(size)
        self._since = 0 if _QUOTE.search(data) else self._since + len(data)
        if self._since > _LONGEST:
            _damaged(self._path, "holds a text that does not end")
        return data


def _damaged(path: Path, what: str) -> NoReturn:
    raise TableError(f"{shown(path)} {what}, and is no export of Telegram Desktop to be read.")


def _string(value: Any) -> str:
    return _HALF.sub("\ufffd", value) if isinstance(value, str) else ""
