"""Results that survive a stop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from krynica.classifier.answer import ROW_COLUMNS, Answer
from krynica.classifier.errors import KrynicaError
from krynica.service.batch.parts import Parts, answer_of
from krynica.service.batch.repeats import WIDTH
from krynica.service.rows import Scored

RUN = {"input": "abc", "model": "def"}


def rows(*errors: str) -> list[Scored]:
    return [Scored({**Answer(error=error).as_row(), "p_propaganda": 0.1 + 0.2}) for error in errors]


def answers(parts: Parts, first: int, count: int) -> list[Scored | None]:
    assert parts.has_answers(first, count)
    return [answer_of(line) for line in parts.lines(first, count) or []]


def errors_in(parts: Parts, *places: tuple[int, int]) -> list[Any]:
    return [row and row.cells["error"] for place in places for row in answers(parts, *place)]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


def test_parts_written_in_any_order_come_back(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write_answers(2, rows("c"))
        parts.write_answers(0, [*rows("a"), None])
        assert errors_in(parts, (0, 2), (2, 1)) == ["a", None, "c"]
        assert not parts.has_answers(3, 1)
        (first, _) = answers(parts, 0, 2)
        assert first is not None
        assert tuple(first.cells) == ROW_COLUMNS
        assert first.cells["p_propaganda"] == 0.1 + 0.2
        parts.remove()
    assert list(output.parent.iterdir()) == []


def test_what_was_observed_comes_back(output: Path) -> None:
    seen = Scored(Answer(error="a").as_row(), 0.5, (1.5, 2.0), "A passage.", 0.75)
    with Parts(output, RUN) as parts:
        parts.write_answers(0, [seen])
        assert answers(parts, 0, 1) == [seen]


def test_what_stands_for_texts_comes_back(output: Path) -> None:
    table = np.arange(2 * WIDTH, dtype=np.uint64).reshape(2, WIDTH)
    with Parts(output, RUN) as parts:
        parts.write_texts(0, table)
        kept = parts.texts(0, 2)
        assert kept is not None
        assert (kept == table).all()
        assert parts.texts(0, 3) is None
        assert parts.texts(2, 2) is None
        (parts.folder / "000000000000.npy").write_bytes(b"\x93NUMPY")
        assert parts.texts(0, 2) is None


def test_the_same_run_goes_on_and_another_starts_anew(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write_answers(0, rows("a"))
    with Parts(output, RUN) as parts:
        assert parts.has_answers(0, 1)
    with Parts(output, {**RUN, "model": "other"}) as parts:
        assert not parts.has_answers(0, 1)


@pytest.mark.parametrize("content", ["", "[[1, 2", "{}", "[[1]]", '"text"', "[1, 2]", "3", "[{}]"])
def test_a_part_that_was_harmed_is_no_part(output: Path, content: str) -> None:
    with Parts(output, RUN) as parts:
        parts.write_answers(0, rows("a"))
        (parts.folder / "000000000000.jsonl").write_text(f"{content}\n")
        assert not parts.has_answers(0, 1)


def test_a_part_of_another_length_is_no_part(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write_answers(0, rows("a", "b"))
        assert not parts.has_answers(0, 1)
        assert not parts.has_answers(0, 3)
        path = parts.folder / "000000000000.jsonl"
        path.write_bytes(path.read_bytes()[:-1])
        assert not parts.has_answers(0, 2)


def test_two_processes_do_not_write_the_same_output(output: Path) -> None:
    with (
        Parts(output, RUN),
        pytest.raises(KrynicaError, match="Another process"),
        Parts(output, RUN),
    ):
        pass


def test_a_folder_with_other_things_is_left_alone(output: Path) -> None:
    folder = output.with_name("out.csv.parts")
    folder.mkdir()
    (folder / "thesis.doc").write_text("years of work")
    with pytest.raises(KrynicaError, match=r"thesis\.doc"), Parts(output, RUN):
        pass
    assert (folder / "thesis.doc").read_text() == "years of work"


def test_a_run_that_fails_before_its_first_part_leaves_nothing(output: Path) -> None:
    def fail() -> None:
        with Parts(output, RUN):
            raise KrynicaError("no")

    with pytest.raises(KrynicaError):
        fail()
    assert list(output.parent.iterdir()) == []
