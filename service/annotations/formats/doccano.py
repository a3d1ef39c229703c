"""Questions for Doccano, and what it exports: text classification, JSONL.

As its own code has it (github.com/doccano/doccano): on import a line is an object whose ``text``
and ``label`` make the example and whose other names become its metadata
(``backend/data_import/pipeline/catalog.py``, ``makers.py``; a file without ``label`` is told to be
faulty, so the list is there and empty). An export is a zip archive
(``backend/data_export/celery_tasks.py``): of a project whose annotators work apart one file a user,
``<username>.jsonl``, of a shared one ``all.jsonl``, with the labels of all in one list. A line has
Doccano's ``id``, ``text``, the metadata, ``label`` as a list, and ``Comments`` as a list
(``models.py``, ``pipeline/formatters.py``, ``pipeline/comments.py``). Labels are defined by a list
of objects with ``text`` (``backend/label_types/views.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from krynica.data.tables import jsonlines
from krynica.data.tables.faults import pass_over
from krynica.service.annotations.formats import flat
from krynica.service.annotations.formats.record import (
    ANSWERS,
    ID,
    LABEL,
    TEXT,
    Annotation,
    Question,
    put,
)


def write(questions: Sequence[Question], path: Path) -> tuple[Path]:
    """Write the questions, and beside them, as ``PATH.labels.json``, the labels to import first.

    Raises
    ------
    classifier.errors.TableError
        If they cannot be written.
    """
    labels = labels_of(path)
    put(labels, json.dumps([{"text": label} for label in ANSWERS], indent=1) + "\n")
    lines = (
        {TEXT: one.text, LABEL: [], ID: one.id, **one.beside} for one in questions
    )  # Doccano's metadata are shown to annotators
    put(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    return (labels,)


def labels_of(path: Path) -> Path:
    """Return where the labels for a file of questions stand."""
    return path.with_name(f"{path.name}.labels.json")


def read(path: Path, annotator: str, name: str) -> Iterator[Annotation]:
    """Read one file of an export.

    Parameters
    ----------
    path, name
        The file, and what to call it in sentences.
    annotator
        Who answered, which only the name of the file says.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be read as text.
    """
    names = jsonlines.columns(path, pass_over)
    yield from flat.read(jsonlines.frames, path, names, annotator, name)
