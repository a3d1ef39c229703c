"""Questions for Label Studio, and what it exports: JSON and JSON-MIN.

By its documentation (github.com/HumanSignal/label-studio, ``docs/source/guide/tasks.md`` and
``export.md``, ``docs/source/includes/task_format.md``, ``docs/source/tags/choices.md``): a task is
an object with ``data``; an export is a list of tasks with ``annotations``, each with
``completed_by`` (a number, or an object with ``email``), ``was_cancelled`` where the annotator
skipped the task, and ``result``, a list of objects with ``from_name`` and a ``value`` that holds
``choices`` or ``text``. Drafts and predictions are no annotations. In JSON-MIN, by its converter
(github.com/HumanSignal/label-studio-converter, ``converter.py``), every annotation is an object of
its own: the task's data, Label Studio's ``id``, the answers under the names of their controls, and
``annotator``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from krynica.classifier.errors import TableError
from krynica.data.decoding import decode
from krynica.data.messages import reading_failed, shown
from krynica.service.annotations.formats.record import (
    ANNOTATOR,
    ANSWERS,
    ID,
    LABEL,
    QUESTION,
    REMARK,
    TEXT,
    Annotation,
    Question,
    annotation_of,
    beside_names,
    put,
)

LARGEST = 200_000_000
"""Bytes of an export that is read: it is read as a whole."""
_VALUES = ("choices", "text")


def write(questions: Sequence[Question], path: Path) -> tuple[Path]:
    """Write the tasks, and beside them, as ``PATH.xml``, the labelling configuration.

    Raises
    ------
    classifier.errors.TableError
        If they cannot be written.
    """
    config = config_of(path)
    put(config, configuration(beside_names(questions)))
    tasks = [{"data": {TEXT: one.text, ID: one.id, **one.beside}} for one in questions]
    put(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")
    return (config,)


def config_of(path: Path) -> Path:
    """Return where the configuration for a file of tasks stands."""
    return path.with_name(f"{path.name}.xml")


def configuration(beside: Sequence[str]) -> str:
    """Return the labelling configuration, with headers for what is shown beside the text.

    The text is never taken for an address that is to be loaded (``valueType``).
    """
    heads = "".join(f"  <Header value={quoteattr(f'{name}: ${name}')}/>\n" for name in beside)
    choices = "".join(f"    <Choice value={quoteattr(label)}/>\n" for label in ANSWERS)
    return (
        f"<View>\n  <Header value={quoteattr(QUESTION)}/>\n{heads}"
        f'  <Text name="{TEXT}" value="${TEXT}" valueType="text"/>\n'
        f'  <Choices name="{LABEL}" toName="{TEXT}" choice="single" required="true">\n'
        f"{choices}  </Choices>\n"
        f'  <TextArea name="{REMARK}" toName="{TEXT}" placeholder="Remark" maxSubmissions="1"/>\n'
        "</View>\n"
    )


def read(path: Path, annotator: str, name: str) -> Iterator[Annotation]:
    """Read an export: a list of tasks, or of flat objects.

    Parameters
    ----------
    path, name
        The file, and what to call it in sentences.
    annotator
        Who answered, where the export does not say.

    Raises
    ------
    classifier.errors.TableError
        If it is no list of objects in JSON, or too large.
    classifier.errors.UnreadableError
        If it is no text.
    """
    for number, task in enumerate(_objects(path, name), 1):
        where = f"{shown(name)}, task {number}"
        if not isinstance(task, dict):
            fault = f"{where}: it is not an object."
            yield Annotation(where, None, None, None, annotator, fault=fault)
        elif isinstance(task.get("data"), dict):
            given = task.get("annotations", task.get("completions"))
            for one in given if isinstance(given, list) and given else [{}]:
                answer = one if isinstance(one, dict) else {}
                yield annotation_of(_flat(task["data"], answer), annotator, where)
        else:
            yield annotation_of(task, annotator, where)


def _objects(path: Path, name: str) -> list[Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise TableError(
                f"{shown(name)} is larger than {LARGEST:,} bytes: too large for an export."
            )
        found = json.loads(decode(path.read_bytes(), name=shown(name)))
    except OSError as error:
        raise TableError(reading_failed(path, error)) from error
    except RecursionError as error:
        raise TableError(f"{shown(name)} is nested too deeply to be read.") from error
    except ValueError as error:
        reason = getattr(error, "msg", "it cannot be read")
        raise TableError(f"{shown(name)} is not JSON: {reason}.") from error
    if not isinstance(found, list):
        raise TableError(f"{shown(name)} is not an export of annotations: it holds no list.")
    return found


def _flat(data: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, Any]:
    """Lay an annotation flat, as JSON-MIN has it."""
    flat: dict[str, Any] = {ID: data.get(ID), TEXT: data.get(TEXT)}
    by = answer.get("completed_by")
    flat[ANNOTATOR] = by.get("email") or by.get("id") if isinstance(by, dict) else by
    flat["was_cancelled"] = answer.get("was_cancelled")
    asked = {*flat}
    results = answer.get("result")
    for one in results if isinstance(results, list) else []:
        value = one.get("value") if isinstance(one, dict) else None
        value = value if isinstance(value, dict) else {}
        given = next((value[key] for key in _VALUES if key in value), None) if value else None
        control = str(one.get("from_name")) if value else ""
        if isinstance(given, str | list) and control not in asked:
            # Of two results of one control neither takes the other's place.
            flat.setdefault(control, []).extend(given if isinstance(given, list) else [given])
    return flat
