"""Results that survive a stop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from classifier.answer import ROW_COLUMNS, Answer
from classifier.errors import KrynicaError, TableError
from service.parts import Parts

RUN = {"input": "abc", "model": "def"}


def rows(*errors: str) -> list[dict[str, Any]]:
    return [{**Answer(error=error).as_row(), "p_propaganda": 0.1 + 0.2} for error in errors]


def errors_in(parts: Parts) -> list[str]:
    return [row["error"] for row in parts.answers()]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out.csv"


def test_parts_written_in_any_order_come_back_in_order(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write(2, rows("c"))
        parts.write(0, rows("a", "b"))
        assert (parts.has(0, 2), parts.has(2, 1), parts.has(3, 1)) == (True, True, False)
        assert errors_in(parts) == ["a", "b", "c"]
        first = next(parts.answers())
        assert tuple(first) == ROW_COLUMNS
        assert first["p_propaganda"] == 0.1 + 0.2
        parts.remove()
    assert list(output.parent.iterdir()) == []


def test_the_same_run_goes_on_and_another_starts_anew(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write(0, rows("a"))
    with Parts(output, RUN) as parts:
        assert parts.has(0, 1)
    with Parts(output, {**RUN, "model": "other"}) as parts:
        assert not parts.has(0, 1)


@pytest.mark.parametrize("content", ["", "[[1, 2", "{}", "[[1]]", '"text"', "[1, 2]", "3"])
def test_a_part_that_was_harmed_is_no_part(output: Path, content: str) -> None:
    with Parts(output, RUN) as parts:
        parts.write(0, rows("a"))
        (parts.folder / "000000000000.json").write_text(content)
        assert not parts.has(0, 1)
        with pytest.raises(TableError, match="changed"):
            errors_in(parts)


def test_a_gap_is_told(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write(0, rows("a"))
        parts.write(2, rows("c"))
        with pytest.raises(TableError, match="missing"):
            errors_in(parts)


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


def test_no_text_is_kept(output: Path) -> None:
    with Parts(output, RUN) as parts:
        parts.write(0, rows("a"))
        kept = json.loads((parts.folder / "000000000000.json").read_text())
        assert all(len(row) == len(ROW_COLUMNS) for row in kept)
