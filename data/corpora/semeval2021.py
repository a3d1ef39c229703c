"""SemEval-2021 task 6: texts of memes marked for 20 persuasion techniques.

Shape as told by the README of the task's repository: a list of objects with ``id``, ``text`` and
``labels``, which are names (subtask 1) or objects with a ``technique`` (subtask 2). Not tried on
the published files.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from krynica.data.corpora.files import found, json_of, words
from krynica.data.corpora.rows import Found, LeftOut, passage
from krynica.data.corpora.techniques import key_of


def read(path: Path) -> Found:
    """Read the sets of subtask 1: the other two subtasks have the same memes."""
    for file in found(path, "*_set_task1.txt"):
        memes = json_of(file)
        for meme in memes if isinstance(memes, list) else ():
            if not isinstance(meme, Mapping) or not isinstance(meme.get("labels"), list):
                yield LeftOut("a meme without labels")
                continue
            names = (_technique(label) for label in meme["labels"])
            techniques = tuple(dict.fromkeys(key_of(name) for name in names if name))
            doc = f"t6-{meme.get('id')}"
            yield passage(words(meme.get("text")), techniques, "en", doc, kind="post")


def _technique(label: Any) -> str:
    return words(label.get("technique") if isinstance(label, Mapping) else label)
