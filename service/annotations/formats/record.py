"""What an annotator is asked, and what an annotator answers: the same in every format."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from krynica.classifier.errors import TableError
from krynica.data.atomic import hidden, keep
from krynica.data.corpus.duplicates import fingerprint
from krynica.data.corpus.labelled import TRANSLATED
from krynica.data.messages import writing_failed

PROPAGANDA, JOURNALISM, UNSURE = LABELS = ("propaganda", "journalism", "unsure")
"""What an annotator may answer where no score is given."""
CHOICES = (
    "0 plain",
    "1 journalism with a voice",
    "2 one-sided",
    "3 propaganda",
    "4 blatant propaganda",
)
"""The five scores of how a text reads, as an annotator gives them."""
ANSWERS = (*CHOICES, *LABELS)
"""All that an annotator may answer."""
ID, TEXT, LABEL, ANNOTATOR, REMARK = "krynica_id", "text", "label", "annotator", "remark"
"""Names of what is asked and answered, in all formats. Doccano and Label Studio have an ``id`` of
their own, which takes the place of any other."""
QUESTION = "How does this text read, from plain to blatant propaganda?"
_NAMES = {
    "en": tuple(choice[2:] for choice in CHOICES),
    "be": (
        "нейтральны тэкст",
        "журналістыка з аўтарскім голасам",
        "аднабаковы тэкст",
        "прапаганда",
        "адкрытая прапаганда",
    ),
    "pl": (
        "tekst neutralny",
        "dziennikarstwo z głosem autora",
        "tekst jednostronny",
        "propaganda",
        "jawna propaganda",
    ),
    "ru": (
        "нейтральный текст",
        "журналистика с авторским голосом",
        "односторонний текст",
        "пропаганда",
        "откровенная пропаганда",
    ),
    "uk": (
        "нейтральний текст",
        "журналістика з авторським голосом",
        "однобічний текст",
        "пропаганда",
        "відверта пропаганда",
    ),
}
"""The levels as the page calls them."""
_UNSURE = (
    *("cannot tell", "can't tell", "unsure / cannot tell", "not sure", "don't know"),
    *("не магу сказаць", "цяжка сказаць", "не ўпэўнены", "не ўпэўненая", "не ведаю"),
    *("nie wiem", "trudno powiedzieć", "nie jestem pewien", "nie jestem pewna"),
    *("не могу сказать", "трудно сказать", "не уверен", "не уверена", "не знаю"),
    *("не можу сказати", "важко сказати", "не впевнений", "не впевнена"),
)
_MEANT = {
    **TRANSLATED,
    **dict.fromkeys(_UNSURE, UNSURE),
    **{
        meant: choice
        for at, choice in enumerate(CHOICES)
        for meant in (str(at), f"{at}.0", f"{at},0")
    },
    **{f"{at} {name}": CHOICES[at] for of in _NAMES.values() for at, name in enumerate(of)},
    # “propaganda” alone is a label, or means one.
    **{name: CHOICES[at] for of in _NAMES.values() for at, name in enumerate(of) if at != 3},
}
_ELSEWHERE = ("labels", "annotations", "cats", "completions", "predictions")
"""Where other programs, and earlier versions of these, put answers."""
_REMARKS = (REMARK, "Comments")
"""Columns of remarks; Doccano calls its own ``Comments``."""
_CANCELLED = "was_cancelled"
"""Says in exports of Label Studio that the annotator skipped the text."""
_QUOTES = " \"'`“”„‟«»‘’‚‛"
"""What spreadsheet programs and people put around a label."""
_SHOWN = 40
"""Characters of the longest unknown label that a sentence quotes."""


@dataclass(frozen=True)
class Question:
    """One text to be labelled.

    Parameters
    ----------
    id
        Stands for the words of the text: see `identify`.
    text
        As it is shown.
    beside
        What is shown beside it, by name; nothing by default.
    """

    id: str
    text: str
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Annotation:
    """What one annotator said of one text.

    Parameters
    ----------
    where
        Where it stands, for sentences about it.
    id, text
        Of the question, as they came back; None where they did not.
    label
        One of `ANSWERS`; None where there is no answer.
    annotator
        Who answered.
    remark
        Free words; empty where there are none.
    fault
        What is wrong with it, in a sentence; None where nothing is.
    """

    where: str
    id: str | None
    text: str | None
    label: str | None
    annotator: str
    remark: str = ""
    fault: str | None = None


def identify(text: str) -> str:
    """Return what stands for the words of a text in their order, and tells whether one was changed.

    It begins with a letter, so that no spreadsheet program takes it for a number, and does not
    depend on what programs do to a text on its way: line ends, spaces, composed letters, an
    apostrophe before a sign of a formula.
    """
    return f"k{fingerprint(unicodedata.normalize('NFC', text))[0]:016x}"


def score_of(answer: str) -> int | None:
    """Return the score that an answer gives; None where it is a label."""
    return CHOICES.index(answer) if answer in CHOICES else None


def person(name: str) -> str:
    """Return what stands for an annotator: the same however the name is capitalised or composed."""
    return unicodedata.normalize("NFC", name.casefold())


def annotation_of(row: Mapping[str, Any], annotator: str, where: str) -> Annotation:
    """Read an answer that lies flat: names and values of a row, or of an object of JSON.

    Parameters
    ----------
    row
        ``label`` is one label or a list of one; ``annotator`` and ``remark`` need not be there.
    annotator
        Who answered, where the row does not say.
    where
        Where the row stands.
    """
    cancelled = str(row.get(_CANCELLED)).casefold() == "true"
    label, fault = label_of(None if cancelled else row.get(LABEL), where)
    if label is None and fault is None and not cancelled:
        fault = _elsewhere(row, where)
    remark = "; ".join(filter(None, (_joined(row.get(name)) for name in _REMARKS)))
    who = _joined(row.get(ANNOTATOR)) or annotator
    return Annotation(where, _word(row.get(ID)), _word(row.get(TEXT)), label, who, remark, fault)


def label_of(value: Any, where: str) -> tuple[str | None, str | None]:
    """Return a label, None where there is no answer, and what is wrong with it."""
    if isinstance(value, dict):
        value = value.get("choices")  # as JSON-MIN has several
    given = value if isinstance(value, list) else [value]
    words = [" ".join(str(one).split()).strip(_QUOTES) for one in given if one is not None]
    labels = {_MEANT.get(word, word) for word in map(str.casefold, words) if word}
    if not labels:
        return None, None
    if len(labels) > 1:
        return None, f"{where}: it has {len(labels)} labels; each annotator gives one."
    label = labels.pop()
    if label not in ANSWERS:
        # What is longer is no label, and may be a text that was moved here.
        shown = f"“{label}”" if len(label) <= _SHOWN else f"a label of {len(label):,} characters"
        return None, f"{where}: {shown} is none of {', '.join(ANSWERS)}."
    return label, None


def _elsewhere(row: Mapping[str, Any], where: str) -> str | None:
    """Say that an answer stands where none is read from; None where there is none."""
    ours = {ID, TEXT, LABEL, ANNOTATOR, *_REMARKS}
    for name, value in row.items():
        # A number alone may be anything.
        words = isinstance(value, str) and any(map(str.isalpha, value))
        if name in ours or not (words or isinstance(value, list | dict)):
            continue
        if label_of(value, where)[0] is not None:
            return f"{where}: its answer is under “{name}”; only “{LABEL}” is read."
    for name in _ELSEWHERE:
        if row.get(name):
            return (
                f"{where}: it has no “{LABEL}”, and “{name}” holds no readable answer; export "
                "labels by their names."
            )
    return None


def _word(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _joined(value: Any) -> str:
    """Return a cell as one line: lists of words are joined."""
    if isinstance(value, list):
        return "; ".join(filter(None, map(_joined, value)))
    return "" if value is None else " ".join(str(value).split())


def put(path: Path, content: str) -> None:
    """Write a file that appears only once it is whole.

    Raises
    ------
    classifier.errors.TableError
        If it cannot be written.
    """
    target = path.resolve()
    part = hidden(target)
    try:
        part.write_text(content, "utf-8", "replace", "\n")
        keep(part, target)
    except OSError as error:
        raise TableError(writing_failed(path, error)) from error
    finally:
        part.unlink(missing_ok=True)


def beside_names(questions: Sequence[Question]) -> list[str]:
    """Return the names of all that is shown beside the texts."""
    return list(dict.fromkeys(name for one in questions for name in one.beside))
