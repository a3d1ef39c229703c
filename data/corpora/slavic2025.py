"""Slavic NLP 2025: parliamentary debates and posts marked for 25 persuasion techniques.

Given out to registered participants. Shape as told by the programs of two of them: in a folder for
each language ``raw-documents/*.txt``, ``subtask-1-annotations.txt`` (document, begin, end, true or
false) and ``subtask-2-annotations.txt`` (document, begin, end, then a technique in each cell),
divided by tabs. That places count characters of the document as it stands is by the task's page;
one program cuts documents at blank lines instead. Not tried on the published files.
"""

from __future__ import annotations

from pathlib import Path

from krynica.data.corpora.files import found, lines_of, text_of
from krynica.data.corpora.rows import Found, LeftOut, passage

_LANGUAGES = {"si": "sl"}
_MARKED = {"true": True, "false": False}


def read(path: Path) -> Found:
    """Read the fragments of subtask 1, with the techniques that subtask 2 has for them."""
    for file in found(path, "subtask-1-annotations.txt"):
        folder = file.resolve().parent
        lang = _LANGUAGES.get(folder.name.lower(), folder.name.lower())
        named = folder / "subtask-2-annotations.txt"
        techniques = {
            tuple(cells[:3]): tuple(filter(None, map(str.strip, cells[3:])))
            for cells in (lines_of(named) if named.is_file() else ())
        }
        texts: dict[str, str] = {}
        for cells in lines_of(file):
            marked = _MARKED.get(cells[3].strip().lower()) if len(cells) == 4 else None
            if marked is None:
                yield LeftOut("no label")
                continue
            document, begin, end = (cell.strip() for cell in cells[:3])
            if document not in texts:
                texts[document] = _document(folder / "raw-documents", document)
            text = _cut(texts[document], begin, end)
            names = techniques.get((document, begin, end), ())
            if not text:
                yield LeftOut("a fragment outside of its document")
            elif bool(names) != marked and named.is_file():
                yield LeftOut("the two subtasks disagree")
            else:
                yield passage(text, names, lang, f"sp-{lang}-{document}", marked=marked)


def _document(folder: Path, name: str) -> str:
    """Return a document by its name, which must not lead elsewhere."""
    file = folder / Path(name).name
    return text_of(file) if file.is_file() else ""


def _cut(text: str, begin: str, end: str) -> str:
    if not (begin.isdecimal() and end.isdecimal() and int(end) <= len(text)):
        return ""
    return text[int(begin) : int(end)].strip()
