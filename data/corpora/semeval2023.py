"""SemEval-2023 task 3, subtask 3: paragraphs of news marked for 23 persuasion techniques.

Given out to registered participants only. Shape as told by public programs of participants: in a
folder for each language, ``train-labels-subtask-3.template`` (article, number of the paragraph,
its text) and ``.txt`` (article, number, techniques divided by commas), divided by tabs; the same
for ``dev``. Not tried on the published files.
"""

from __future__ import annotations

from pathlib import Path

from krynica.data.corpora.files import found, lines_of
from krynica.data.corpora.rows import Found, LeftOut, passage

_LANGUAGES = {"ge": "de", "po": "pl"}
"""Where the folder's name is not the language's code."""


def read(path: Path) -> Found:
    """Read all templates that have labels beside them."""
    for template in found(path, "*-labels-subtask-3.template"):
        labels = template.with_suffix(".txt")
        if not labels.is_file():
            yield LeftOut("a file without labels")
            continue
        marked = {tuple(cells[:2]): ",".join(cells[2:3]) for cells in lines_of(labels)}
        folder = template.resolve().parent.name.lower()
        lang = _LANGUAGES.get(folder, folder)
        for cells in lines_of(template):
            if len(cells) != 3 or (cells[0], cells[1]) not in marked:
                yield LeftOut("a paragraph without labels, or a line that is none")
                continue
            article, number, text = cells
            names = (name.strip() for name in marked[article, number].split(","))
            yield passage(text, tuple(filter(None, names)), lang, f"t3-{lang}-{article}")
