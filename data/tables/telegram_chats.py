"""Chats and messages of an export of Telegram Desktop, ``result.json``, of one chat or of all.

Such exports are large, so they are read event by event, in memory that does not grow with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import ijson

from krynica.classifier.errors import TableError
from krynica.data.messages import reading_failed, shown

_LISTS = (["chats", "list", None], ["left_chats", "list", None])
"""Where an export of all chats has them: keys, and None for a place in a list."""
_PUBLIC = frozenset({"public_channel", "private_channel", "public_supergroup"})
"""Types of chats that are read out of an export of all; Telegram calls large groups so."""
NUMBERED = _PUBLIC | {"private_supergroup"}
"""Types of chats whose messages have addresses, for those who may see them."""
_DEEPEST = 30
"""Levels of an export; Telegram writes ten at most."""
_LONGEST = 1_000_000
"""Bytes in which no text begins or ends: a message has 4,096 characters at most."""
_WIDEST = 100_000
"""Names and values of a message; with every word of it marked it has some 10,000."""
_MOST_CHATS = 20_000
"""Chats of an export; what holds more is none that people make."""
_QUOTE = re.compile(rb'(?<!\\)"')
"""Where a text begins or ends: within one, a quotation mark has a backslash before it."""
_HALF = re.compile("[\ud800-\udfff]")


@dataclass
class Chat:
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
        return None if self.id is None or self.type not in NUMBERED else f"t.me/c/{self.id}"


@lru_cache(maxsize=4)
def read_chats(path: Path, _version: tuple[int, int]) -> tuple[Chat, ...]:
    """Return the chats of an export, in their order.

    Raises
    ------
    classifier.errors.TableError
        If there are none.
    """
    chats: list[Chat] = []
    for at, name, value in _walk(path):
        if at >= _MOST_CHATS:
            _damaged(path, f"holds more than {_MOST_CHATS:,} chats")
        while len(chats) <= at:
            chats.append(Chat())
        if name == "messages":
            chats[at].messages = True
        elif name == "id":
            chats[at].id = value if isinstance(value, int) else None
        else:
            setattr(chats[at], name, as_string(value).strip())
    if not any(chat.messages for chat in chats):
        raise TableError(
            f"{shown(path)} is not an export of Telegram Desktop; of other JSON, give one object a "
            "line, in a file that ends in .jsonl."
        )
    return tuple(chats)


def is_read(chat: Chat, chats: Sequence[Chat]) -> bool:
    """Tell whether a chat's messages become rows: alone, it was meant; among all, hardly."""
    return chat.type in _PUBLIC or chat is chats[0]


def read_messages(path: Path, chats: Sequence[Chat]) -> Iterator[tuple[Chat, dict[str, Any]]]:
    """Yield the messages that people wrote, each with its chat."""
    for at, name, value in _walk(path):
        is_message = name == "messages" and value is not None and value.get("type") == "message"
        if is_message and is_read(chats[at], chats):
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
    raise TableError(f"{shown(path)} {what}: it is not a readable export of Telegram Desktop.")


def as_string(value: Any) -> str:
    """Return a value of JSON that is text, and nothing for any other."""
    return _HALF.sub("\ufffd", value) if isinstance(value, str) else ""
