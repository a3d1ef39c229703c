"""Dataset of Telegram News Posts: those of RIA Novosti and of BBC News Russian.

Shape as told by the README of the data folder and the heads of two files: a list of objects with
``sender_id``, ``text`` (with Telegram's marks for bold and links), ``date``, ``channel`` and
``category``, a file a channel. The category, by a language model, is not used. Not tried on whole
files.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from krynica.data.corpora.files import found, json_of, words
from krynica.data.corpora.rows import Found, LeftOut, Row, day

_CHANNELS = {
    -1001101170442: ("ria", "propaganda"),
    -1001003921752: ("bbc russian", "journalism"),
}
"""By the sender's number: the outlet, and its label, which is Krynica's. The others of the two
dozen channels are on technology, cities and jokes."""
_LINK = re.compile(r"\[([^\]]*)\]\(https?://[^)\s]*\)")
_MARKS = re.compile(r"\*\*|__|~~|`")


def read(path: Path) -> Found:
    """Read the posts of the two channels."""
    for file in found(path, "*_messages.json"):
        posts = json_of(file)
        for post in posts if isinstance(posts, list) else ():
            sender = post.get("sender_id") if isinstance(post, Mapping) else None
            if not isinstance(sender, int) or sender not in _CHANNELS:
                yield LeftOut("a channel that is not known")
                continue
            outlet, label = _CHANNELS[sender]
            text = _MARKS.sub("", _LINK.sub(r"\1", words(post.get("text")))).strip()
            yield Row(text, label, "ru", "post", outlet, day(words(post.get("date"))))
