"""Cells in, cells out, and what the columns are called."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica import Article
from krynica.classifier.answer import ROW_COLUMNS, Answer, Genre, Levels, ModelId, Reason
from krynica.classifier.errors import UnreadableError
from krynica.classifier.measures import MEASURES
from krynica.service.feeds.rows import COLUMNS, read_rows, write_rows
from krynica.service.rows import (
    KINDS,
    LONGEST,
    OUTPUT_COLUMNS,
    QUOTED,
    Columns,
    Row,
    Scored,
    article_of,
    new_names,
    rows_of,
    score_row,
    with_answers,
)
from krynica.service.scoring import load
from tests.service.tiny import CHINESE, JOURNALISM, MIXED, POLISH, PROPAGANDA, ROOT


@pytest.mark.parametrize("text", [None, "", " \n", 12, 1.5, True, ["a"], {"a": 1}, b"bytes"])
def test_what_is_no_text_is_refused(text: object) -> None:
    with pytest.raises(UnreadableError):
        article_of(Row(text, title="A title"))


def test_a_title_is_the_article_s() -> None:
    assert article_of(Row("Body", "Title")) == Article("Body", "Title")
    assert article_of(Row("Body", 1984)).title == "1984"
    assert article_of(Row("Body")).title is None


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
    scored = score_row(model, Row(PROPAGANDA))
    cells = scored.cells
    assert tuple(cells) == ROW_COLUMNS
    assert (cells["verdict"], cells["model_version"], cells["error"]) == ("propaganda", "0.1", None)
    assert scored.known is not None
    assert 0 < scored.known <= 1
    assert scored.measures is not None
    assert len(scored.measures) == len(MEASURES)
    assert scored.passage is not None
    assert " ".join(PROPAGANDA.split()).startswith(scored.passage.rstrip("…"))
    assert len(scored.passage) <= QUOTED
    failed = score_row(model, Row(None))
    assert failed == Scored({**dict.fromkeys(ROW_COLUMNS), "error": "The text is empty."})


def test_what_is_observed_does_not_change_the_answer(tiny: Path) -> None:
    model = load(tiny)
    for text in (PROPAGANDA, JOURNALISM, MIXED, POLISH, CHINESE, "Two words.", "12 34"):
        plain = score_row(model, Row(text), observed=False)
        assert plain == Scored(score_row(model, Row(text)).cells)


def test_a_text_beyond_any_article_is_refused(tiny: Path) -> None:
    scored = score_row(load(tiny), Row("word " * (LONGEST // 5 + 1)))
    assert scored.cells["error"] == (
        "The text is longer than 6000000 characters: it is no article."
    )


def test_names_that_clash_are_kept_under_another() -> None:
    assert new_names(["text", "verdict", "id"]) == {"verdict": "input_verdict"}
    assert new_names(["reading", "genre"]) == {"reading": "input_reading", "genre": "input_genre"}
    assert new_names(["verdict", "input_verdict"]) == {"verdict": "input_input_verdict"}
    assert new_names(["language", "input_language", "input_input_language"]) == {
        "language": "input_input_input_language"
    }


@given(
    st.lists(st.sampled_from([*OUTPUT_COLUMNS, "input_verdict", "input_error", "x"]), unique=True)
)
def test_no_two_columns_ever_share_a_name(names: list[str]) -> None:
    renamed = new_names(names)
    after = [renamed.get(name, name) for name in names] + list(OUTPUT_COLUMNS)
    assert len(after) == len(set(after))


def test_new_columns_are_of_one_kind_even_without_rows() -> None:
    empty = with_answers(pd.DataFrame({"text": []}), [])
    full = with_answers(
        pd.DataFrame({"text": ["a", "b"]}),
        [dict.fromkeys(OUTPUT_COLUMNS), {**dict.fromkeys(OUTPUT_COLUMNS), "p_propaganda": 0.5}],
    )
    for table in (empty, full):
        kinds = {name: str(table[name].dtype) for name in OUTPUT_COLUMNS}
        assert kinds == {name: KINDS.get(name, "string") for name in OUTPUT_COLUMNS}
    assert list(full.columns) == ["text", *OUTPUT_COLUMNS]


FULL = Answer(
    verdict="unclear",
    p_propaganda=0.65,
    reading=Levels(1.7, (0.15, 0.2, 0.45, 0.2, 0.0)),
    genre=Genre("opinion", 0.8),
    p_persuasion=0.4,
    language="be",
    why_unclear=(Reason("near_threshold", "Near."), Reason("views_disagree", "They disagree.")),
    words=300,
    model=ModelId("tiny", "0.1", "0" * 64),
)


def test_a_full_answer_is_a_row_of_the_contract() -> None:
    cells = {**FULL.as_row(), "duplicate_of": None}
    table = with_answers(pd.DataFrame({"text": ["a"], "genre": ["essay"]}), [cells])
    assert list(table.columns) == [
        *("text", "input_genre", "verdict", "p_propaganda", "reading", "genre", "p_persuasion"),
        *("language", "why_unclear", "model_version", "error", "duplicate_of"),
    ]
    (row,) = table.to_dict("records")
    assert (row["input_genre"], row["genre"], row["reading"]) == ("essay", "opinion", 1.7)
    assert row["why_unclear"] == "near_threshold;views_disagree"


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet"])
def test_how_a_text_reads_returns_from_a_table_of_feeds(kind: str, tmp_path: Path) -> None:
    full = dict.fromkeys(COLUMNS) | {"outlet": "a.example", **FULL.as_row(), "duplicate_of": 0}
    failed = dict.fromkeys(COLUMNS) | {"error": "The text is empty."}
    write_rows(iter([full, failed]), tmp_path / f"out.{kind}")
    assert list(read_rows(tmp_path / f"out.{kind}")) == [full, failed]


def test_every_column_is_explained() -> None:
    said = (ROOT / "docs" / "tables.md").read_text("utf-8").split("adds\n")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `(\w+)` \|", said, re.MULTILINE)) == OUTPUT_COLUMNS
