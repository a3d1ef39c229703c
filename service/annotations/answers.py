"""Answers tied to the rows that were asked about, or what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from krynica.data.corpus.labelled import PROPAGANDA as LEAST
from krynica.service.annotations.agreement import (
    CUSTOMARY,
    FEW,
    TENTATIVE,
    Agreement,
    agreement,
    clear_majority,
    clear_score,
)
from krynica.service.annotations.formats.key import Row
from krynica.service.annotations.formats.record import (
    CHOICES,
    JOURNALISM,
    LABELS,
    PROPAGANDA,
    UNSURE,
    Annotation,
    identify,
    person,
    score_of,
)
from krynica.training.check.finding import counted


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
    def scores(self) -> list[int]:
        """The scores among the answers."""
        told = (score_of(answer) for answer in self.labels.values())
        return [score for score in told if score is not None]

    @property
    def score(self) -> int | None:
        """The lower median where all gave scores that differ by 1 at most."""
        return clear_score(self.scores) if len(self.scores) == len(self.labels) else None

    @property
    def majority(self) -> str | None:
        """The label that more than half of the answers give; scores that are clear tell theirs."""
        if self.labels and len(self.scores) == len(self.labels):
            return None if self.score is None else _label(self.score)
        return clear_majority([_as_label(answer) for answer in self.labels.values()])


def _label(score: int) -> str:
    return PROPAGANDA if score >= LEAST else JOURNALISM


def _as_label(answer: str) -> str:
    score = score_of(answer)
    return answer if score is None else _label(score)


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
    reasons
        How often each reason stands in them, wherever.
    """

    rows: dict[str, Answered]
    blank: int = 0
    twice: int = 0
    faults: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    def refuse(self, one: Annotation, fault: str) -> None:
        """Count an answer that cannot be taken."""
        self.faults.append(fault)
        self.reasons[fault.removeprefix(f"{one.where}: ")] += 1

    @property
    def answered(self) -> dict[str, Answered]:
        """The rows that have an answer."""
        return {number: row for number, row in self.rows.items() if row.labels}

    @property
    def annotators(self) -> list[str]:
        """Who answered."""
        return sorted({name for row in self.rows.values() for name in row.labels})

    def agreements(self) -> list[Agreement]:
        """Measure how far the annotators agree, on scores and on labels apart.

        Who could not tell gave a label, too.
        """
        rows = [[*row.labels.values()] for row in self.answered.values()]
        found = []
        for of, ordinal in ((CHOICES, True), (LABELS, False)):
            some = [own for row in rows if (own := [one for one in row if one in of])]
            if some:
                found.append(agreement(some, of, ordinal=ordinal))
        return found


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
            if fault is None:
                answers.blank += 1
            else:
                answers.refuse(one, fault)
            continue
        place = number, names.setdefault(person(one.annotator), one.annotator)
        before = given.setdefault(place, one)
        if before is not one and before.label == one.label:
            answers.twice += 1
        elif before is not one:
            refused.add(place)
            answers.refuse(
                one,
                f"{one.where}: {place[1]} gave this text another label at {before.where}; "
                "neither is taken.",
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
    rows = answers.answered
    several = sum(len(row.labels) > 1 for row in rows.values())
    people = len(answers.annotators)
    yield (
        f"{counted(people, 'annotator')}, {len(rows):,} of "
        f"{counted(len(answers.rows), 'row')} answered, {several:,} by two or more."
    )
    counts = Counter(label for row in rows.values() for label in row.labels.values())
    for told in answers.agreements():
        for label, one in told.classes.items():
            line = f"{label}: {counted(counts[label], 'answer')}, {one.share:.1%}"
            if one.agreed is not None:
                line += f"; of other answers to the same row, {one.agreed:.1%} agree"
            yield f"{line}."
        yield from _alpha_lines(told, "ordinal" if CHOICES[0] in told.classes else "nominal")


def _alpha_lines(told: Agreement, data: str) -> Iterator[str]:
    if not told.pairable:
        yield "No row was answered by two people, so agreement cannot be measured."
        return
    if told.alpha is None:
        yield "All answers are alike, so Krippendorff's alpha cannot be computed."
    else:
        ends = "" if told.interval is None else " (95%: {:.3f} to {:.3f})".format(*told.interval)
        yield (
            f"Krippendorff's alpha, {data}: {told.alpha:.3f}{ends}, from {told.pairable:,} "
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
