"""Messages between this program and a process of its own: their length, then their bytes."""

from __future__ import annotations

import json
from typing import IO, Any

_LENGTH = 8
"""Bytes in which a length is told, the greatest first."""


def write_frame(stream: IO[bytes], data: bytes) -> None:
    """Write one message."""
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Read one message; None where there is none, or not all of it."""
    head = stream.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    data = stream.read(length)
    return data if len(data) == length else None


def write_json(stream: IO[bytes], value: dict[str, Any]) -> None:
    """Write an object as one message."""
    write_frame(stream, json.dumps(value).encode("ascii"))


def read_json(stream: IO[bytes]) -> dict[str, Any] | None:
    """Read an object from one message; None where there is none."""
    data = read_frame(stream)
    if data is None:
        return None
    value: dict[str, Any] = json.loads(data)
    return value
