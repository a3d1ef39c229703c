"""Answers tied to the rows that were asked about, or what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from data.annotations.key import Row
from data.annotations.record import LABELS, UNSURE, Annotation, identify, person
from training.agreement import (
    CUSTOMARY,
    FEW,
    TENTATIVE,
    Agreement,
    agreement,
    clear_majority,
)


@dataclass
class Answered:
    """What annotators said of one row.

    Parameters
    ----------
    labels, remarks
        By annotator.
    """

    labels: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=dict)

    @property
    def majority(self) -> str | None:
        """The label that more than half of the answers give."""
        return clear_majority(list(self.labels.values()))


@dataclass
class Answers:
    """All that came back.

    Parameters
    ----------
    rows
        What was said of each row, by its id, in the order of the key.
    blank
        Rows that came back without an answer.
    twice
        Answers that stand twice, and say the same.
    faults
        Why answers could not be taken, a sentence each.
    """

    rows: dict[str, Answered]
    blank: int = 0
    twice: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def answered(self) -> dict[str, Answered]:
        """The rows that have an answer."""
        return {number: row for number, row in self.rows.items() if row.labels}

    @property
    def annotators(self) -> list[str]:
        """Who answered."""
        return sorted({name for row in self.rows.values() for name in row.labels})

    def agreement(self) -> Agreement:
        """Measure how far the annotators agree; who could not tell gave an answer, too."""
        return agreement([[*row.labels.values()] for row in self.answered.values()], LABELS)


def tie(annotations: Iterable[Annotation], key: Mapping[str, Row]) -> Answers:
    """Tie answers to the rows of a key.

    An answer whose text is not that of its id is not taken: the text was changed, or texts were
    sorted apart from the rest. One whose id was lost is known by its text. Who is called `Anna` in
    one file and `anna` in another is one person, under the name that comes first.

    Parameters
    ----------
    annotations
        What came back.
    key
        The rows that were asked about, by id.
    """
    answers = Answers({number: Answered() for number in key})
    given: dict[tuple[str, str], Annotation] = {}
    refused: set[tuple[str, str]] = set()
    names: dict[str, str] = {}
    for one in annotations:
        number, fault = _place(one, key)
        if number is None or one.label is None:
            answers.blank += fault is None
            answers.faults += filter(None, [fault])
            continue
        place = number, names.setdefault(person(one.annotator), one.annotator)
        before = given.setdefault(place, one)
        if before is not one and before.label == one.label:
            answers.twice += 1
        elif before is not one:
            refused.add(place)
            answers.faults.append(
                f"{one.where}: {place[1]} gave this text another label at {before.where}; "
                "neither is taken."
            )
    for (number, annotator), one in given.items():
        if (number, annotator) not in refused and one.label is not None:
            answers.rows[number].labels[annotator] = one.label
            if one.remark:
                answers.rows[number].remarks[annotator] = one.remark
    return answers


def _place(one: Annotation, key: Mapping[str, Row]) -> tuple[str | None, str | None]:
    """Return the id of the row that was answered, and what is wrong with the answer."""
    if one.fault is not None:
        return None, one.fault
    told = None if one.text is None else identify(one.text)
    number = told if one.id is None else one.id
    if number is None:
        return None, None if one.label is None else f"{one.where}: it has neither id nor text."
    if number not in key:
        return None, f"{one.where}: its text is not one that was exported with this key."
    if told in (None, number):
        return number, None
    if told in key:
        return None, f"{one.where}: its text is that of another id; rows were sorted apart."
    return None, f"{one.where}: its text was changed after the export."


def agreement_lines(answers: Answers) -> Iterator[str]:
    """Tell in sentences who answered, and how far they agree."""
    rows, told = answers.answered, answers.agreement()
    several = sum(len(row.labels) > 1 for row in rows.values())
    people = len(answers.annotators)
    yield (
        f"{people:,} {'annotator' if people == 1 else 'annotators'}, {len(rows):,} of "
        f"{len(answers.rows):,} rows answered, {several:,} by two or more."
    )
    counts = Counter(label for row in rows.values() for label in row.labels.values())
    for label, one in told.classes.items():
        line = f"{label}: {counts[label]:,} answers, {one.share:.1%}"
        if one.agreed is not None:
            line += f"; of other answers to the same row, {one.agreed:.1%} say so too"
        yield f"{line}."
    yield from _alpha_lines(told)


def _alpha_lines(told: Agreement) -> Iterator[str]:
    if not told.pairable:
        yield "No row was answered by two people, so their agreement cannot be told."
        return
    if told.alpha is None:
        yield "All answers are alike, so Krippendorff's alpha cannot be told."
    else:
        ends = "" if told.interval is None else " (95%: {:.3f} to {:.3f})".format(*told.interval)
        yield (
            f"Krippendorff's alpha, nominal: {told.alpha:.3f}{ends}, from {told.pairable:,} "
            "pairable answers."
        )
    if told.pairable < FEW:
        yield f"These are fewer than {FEW:,} pairable answers: too few to rely on the figure."
    if told.alpha is not None and told.alpha < TENTATIVE:
        yield (
            f"Warning: alpha is below {TENTATIVE:.3f}, the least for even tentative conclusions "
            "(Krippendorff 2004); make the instructions clearer and label again before training."
        )
    elif told.alpha is not None and told.alpha < CUSTOMARY:
        yield f"Alpha is below the customary {CUSTOMARY:.3f}: conclusions are tentative."


def in_dispute(row: Answered) -> bool:
    """Tell whether answers differ, and none has a clear majority."""
    return bool(row.labels) and row.majority is None


def could_not_tell(row: Answered) -> bool:
    """Tell whether a clear majority could not tell."""
    return row.majority == UNSURE
