"""BelElect: posts of eight Telegram channels on the election of 2020 in Belarus.

Shape as told by the README of the repository: exports of Telegram itself, a JSON file a channel,
with ``name`` and ``messages`` of ``id``, ``type``, ``date`` and ``text``. Telegram writes a text
with links in it as a list of pieces, each a text or an object that has one. What the channels are
called in the files is not known beyond the README's list; one by another name is left out rather
than taken for one of these. The texts lie on a drive that wants a browser. Not tried on the
published files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from krynica.data.corpora.files import found, json_of, words
from krynica.data.corpora.rows import Found, LeftOut, Row, day

_CHANNELS = (
    (r"tut by", "tut.by", "journalism"),
    (r"belsat|белсат", "belsat", "journalism"),
    (r"ont|онт", "ont", "propaganda"),
    (r"belta|betta|белта", "belta", "propaganda"),
    (r"pool 1|pul pervogo|пул первого", "pul pervogo", "propaganda"),
    (r"zheltye slivy|ж[её]лтые сливы", "zheltye slivy", "partisan"),
    (r"belamova|беламова", "belamova", "partisan"),
    (r"belarus se[iy]chas|беларусь сейчас", "belarus seychas", "partisan"),
)
"""A channel's whole name, the outlet, and its label, which is Krynica's and not the publisher's:
newsrooms; media of the state; and one-sided channels that are not known to be its."""
_BESIDE = r"( (news|новости|навіны|official|online|онлайн|tv|тв))?"
"""What may follow a name. With any other word it is that of somebody else, for all we know."""
_WORD = re.compile(r"[^\W_]+")


def read(path: Path) -> Found:
    """Read the exports of all channels whose name is known."""
    for file in found(path, "*.json"):
        export = json_of(file)
        if not isinstance(export, Mapping) or not isinstance(export.get("messages"), list):
            yield LeftOut("a file that is no export of a channel")
            continue
        name = " ".join(_WORD.findall(words(export.get("name")).casefold()))
        channel = next((c for c in _CHANNELS if re.fullmatch(f"({c[0]}){_BESIDE}", name)), None)
        for message in export["messages"]:
            if not isinstance(message, Mapping) or message.get("type") != "message":
                continue  # that a channel was made, or got a picture
            if channel is None:
                yield LeftOut("a channel that is not known")
                continue
            _, outlet, label = channel
            written = day(words(message.get("date")))
            yield Row(_text(message.get("text")), label, None, "post", outlet, written)


def _text(value: Any) -> str:
    pieces = value if isinstance(value, list) else [value]
    inner = (piece.get("text") if isinstance(piece, Mapping) else piece for piece in pieces)
    return "".join(piece for piece in inner if isinstance(piece, str)).strip()
