"""Cells in, cells out, and what the columns are called."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.answer import ROW_COLUMNS
from classifier.errors import UnreadableError
from service.rows import (
    NUMBERS,
    Columns,
    Row,
    article_of,
    new_names,
    rows_of,
    score_row,
    with_answers,
)
from service.scoring import load
from tests.service.tiny import PROPAGANDA


@pytest.mark.parametrize("text", [None, "", " \n", 12, 1.5, True, ["a"], {"a": 1}, b"bytes"])
def test_what_is_no_text_is_refused(text: object) -> None:
    with pytest.raises(UnreadableError):
        article_of(Row(text, title="A title"))


def test_a_title_stands_above_the_text() -> None:
    assert article_of(Row("Body", " Title ")).text == "Title\n\nBody"
    assert article_of(Row("Body", 1984)).text == "1984\n\nBody"
    assert article_of(Row("Body", " ")).text == "Body"


@pytest.mark.parametrize(
    ("cell", "code"), [(None, None), (" ", None), ("und", None), ("pl", "pl"), (" PL ", "pl")]
)
def test_a_language_is_told_or_detected(cell: object, code: str | None) -> None:
    assert article_of(Row("Body", language=cell)).language == code


@pytest.mark.parametrize("cell", ["english", "en-GB", "1", 7, ["pl"], "яз"])
def test_a_language_that_is_none_is_refused_without_quoting_it(cell: object) -> None:
    with pytest.raises(UnreadableError) as refused:
        article_of(Row("Body", language=cell))
    assert str(cell) not in str(refused.value)


def test_missing_cells_of_every_kind_are_none() -> None:
    table = pd.DataFrame({"text": pd.Series([None, np.nan, pd.NA, pd.NaT, "a"], dtype=object)})
    assert [row.text for row in rows_of(table, Columns())] == [None, None, None, None, "a"]


def test_answers_of_a_model(tiny: Path) -> None:
    model = load(tiny)
    cells = score_row(model, Row(PROPAGANDA))
    assert tuple(cells) == ROW_COLUMNS
    assert (cells["verdict"], cells["model_version"], cells["error"]) == ("propaganda", "0.1", None)
    failed = score_row(model, Row(None))
    assert failed == {**dict.fromkeys(ROW_COLUMNS), "error": "The text is empty."}


def test_names_that_clash_are_kept_under_another() -> None:
    assert new_names(["text", "verdict", "id"]) == {"verdict": "input_verdict"}
    assert new_names(["verdict", "input_verdict"]) == {"verdict": "input_input_verdict"}
    assert new_names(["language", "input_language", "input_input_language"]) == {
        "language": "input_input_input_language"
    }


@given(st.lists(st.sampled_from([*ROW_COLUMNS, "input_verdict", "input_error", "x"]), unique=True))
def test_no_two_columns_ever_share_a_name(names: list[str]) -> None:
    renamed = new_names(names)
    after = [renamed.get(name, name) for name in names] + list(ROW_COLUMNS)
    assert len(after) == len(set(after))


def test_new_columns_are_of_one_kind_even_without_rows() -> None:
    empty = with_answers(pd.DataFrame({"text": []}), [])
    full = with_answers(
        pd.DataFrame({"text": ["a", "b"]}),
        [dict.fromkeys(ROW_COLUMNS), {**dict.fromkeys(ROW_COLUMNS), "p_propaganda": 0.5}],
    )
    for table in (empty, full):
        kinds = {str(table[name].dtype) for name in NUMBERS}
        assert kinds == {"float64"}
        assert all(table[name].dtype == "string" for name in set(ROW_COLUMNS) - NUMBERS)
    assert list(full.columns) == ["text", *ROW_COLUMNS]
