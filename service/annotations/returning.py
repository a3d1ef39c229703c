"""Take back what annotators said: tie it, tell how far they agree, and put it into a corpus."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from krynica.classifier.errors import KrynicaError
from krynica.data.tables.table import write_table
from krynica.service.annotations.answers import (
    Answered,
    Answers,
    agreement_lines,
    could_not_tell,
    in_dispute,
    tie,
)
from krynica.service.annotations.formats import key as keys
from krynica.service.annotations.formats import returned
from krynica.service.annotations.formats.key import Row, key_of
from krynica.service.annotations.formats.record import ID
from krynica.service.annotations.merge import Merged, merge
from krynica.service.errors import CallError
from krynica.service.places import check_endings, check_places

_REASONS = 10
"""Most reasons that one sentence gives: a damaged file may have one a row."""


@dataclass(frozen=True)
class ImportJob:
    """Answers to be taken into a corpus.

    Parameters
    ----------
    files
        What came back.
    output
        The corpus to write.
    into
        The corpus that it continues; None to begin one.
    keys
        Keys of the exports; where none is given, those that stand beside the files.
    disputed
        Where the rows in dispute are listed; None for nowhere.
    least
        Fewest answers a row needs.

    Raises
    ------
    service.errors.CallError
        If an ending is of no table, or one file would be written over another.
    """

    files: tuple[Path, ...]
    output: Path
    into: Path | None = None
    keys: tuple[Path, ...] = ()
    disputed: Path | None = None
    least: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        outputs = [path for path in (self.output, self.disputed) if path is not None]
        check_endings(*outputs)
        inputs = [path for path in (*self.files, *self.keys, self.into) if path is not None]
        met = {path.resolve() for path in inputs}
        for path in outputs:
            if path.resolve() in met:
                raise CallError(f"{path} would be overwritten: give the output another name.")
            met.add(path.resolve())


@dataclass(frozen=True)
class Taken:
    """What came of it.

    Parameters
    ----------
    answers
        What annotators said.
    merged
        What became of the corpus.
    disputed, untold, few
        Rows in dispute, rows of which most could not tell, and rows with too few answers.
    """

    answers: Answers
    merged: Merged
    disputed: int
    untold: int
    few: int

    @property
    def faults(self) -> list[str]:
        """What could not be taken, a sentence each."""
        return [*self.answers.faults, *self.merged.conflicts]

    def lines(self) -> Iterator[str]:
        """Yield it in sentences, the agreement first."""
        yield from agreement_lines(self.answers)
        for count, what in (
            (self.answers.blank, "came back without an answer"),
            (self.answers.twice, "labelled twice, with the same label"),
            (
                self.disputed,
                "left out: in dispute, scores differ by more than 1, or no label has more than "
                "half of the answers",
            ),
            (self.untold, "left out: most annotators could not tell"),
            (self.few, "left out: too few answers"),
            (len(self.answers.faults), "could not be taken"),
            (len(self.merged.conflicts), "left out: the corpus has the text under another label"),
        ):
            if count:
                yield f"{count:,} {what}."
        yield from self.merged.lines()


def take(job: ImportJob) -> Taken:
    """Take answers into a corpus.

    Raises
    ------
    classifier.errors.KrynicaError
        If a file cannot be read at all, there is no key, nobody answered, or the corpus cannot be
        written.
    """
    check_places(*(path for path in (job.output, job.disputed) if path is not None))
    key: dict[str, Row] = {}
    for path in job.keys or _beside(job.files):
        key |= keys.read(path)
    answers = tie(returned.read(job.files), key)
    answered = answers.answered
    if not answered:
        raise KrynicaError(_nobody(answers))
    enough = {number: row for number, row in answered.items() if len(row.labels) >= job.least}
    disputed = {number: row for number, row in enough.items() if in_dispute(row)}
    untold = {number: row for number, row in enough.items() if could_not_tell(row)}
    clear = [number for number in enough if number not in {*disputed, *untold}]
    merged = merge([(key[number], enough[number]) for number in clear], job.into, job.output)
    if job.disputed is not None:
        write_table(_table(disputed, key), job.disputed)
    few = len(answered) - len(enough)
    return Taken(answers, merged, len(disputed), len(untold), few)


def _beside(files: Sequence[Path]) -> list[Path]:
    """Return the keys that stand beside files that were filled in where they were written.

    Raises
    ------
    service.errors.CallError
        If there is none.
    """
    found = [key_of(path) for path in files if key_of(path).exists()]
    if not found:
        raise CallError(
            f"There is no {key_of(files[0]).name} next to {files[0]}: name the key "
            "of the export with --key."
        )
    return found


def _nobody(answers: Answers) -> str:
    reasons = [(count, why) for why, count in answers.reasons.most_common(_REASONS)]
    if answers.blank:
        reasons.append((answers.blank, "it came back without an answer."))
    told = [f"{count:,} {'row' if count == 1 else 'rows'}: {why}" for count, why in reasons]
    more = len(answers.reasons) - _REASONS
    if more > 0:
        told.append(f"And {more:,} more {'reason' if more == 1 else 'reasons'}.")
    return " ".join(["There is no answer that can be taken, and no corpus was written.", *told])


def _table(disputed: Mapping[str, Answered], key: Mapping[str, Row]) -> pd.DataFrame:
    """List rows in dispute: what each annotator said, and the article."""
    rows = [
        {
            ID: number,
            "answers": "; ".join(f"{name}: {label}" for name, label in row.labels.items()),
            "remarks": "; ".join(f"{name}: {said}" for name, said in row.remarks.items()),
            **{name: key[number].cells.get(name) for name in ("outlet", "url", "title", "text")},
        }
        for number, row in disputed.items()
    ]
    names = [ID, "answers", "remarks", "outlet", "url", "title", "text"]
    return pd.DataFrame(rows, columns=names, dtype=object)
