"""Labelled tables whose columns and labels are called otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from krynica.classifier.errors import ColumnError, KrynicaError
from krynica.data.corpus.labelled import Basis, labels_alone, read_corpus
from krynica.data.corpus.layout import Layout

MEANT = Layout(labels={"1": "propaganda", "0": "journalism"})


def written(folder: Path, ending: str = "csv", **columns: Any) -> Path:
    path = folder / f"t.{ending}"
    table = pd.DataFrame(columns)
    if ending == "csv":
        table.to_csv(path, index=False)
    elif ending == "jsonl":
        table.to_json(path, orient="records", lines=True)
    else:
        table.to_parquet(path)
    return path


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("labels", [[1, 0], [1.0, 0.0], ["1", "0"], [" 1", "0 "]])
def test_numbers_are_labels(ending: str, labels: list[Any], tmp_path: Path) -> None:
    path = written(tmp_path, ending, text=["One.", "Two."], label=labels, outlet=["a", "b"])
    assert read_corpus([path], None, MEANT).articles["label"].tolist() == [1, 0]


def test_truth_and_capitals(tmp_path: Path) -> None:
    meant = Layout(labels={"true": "propaganda", "FALSE": "journalism"})
    path = written(tmp_path, "parquet", text=["A.", "B."], label=[True, False], outlet=["a", "b"])
    assert read_corpus([path], None, meant).articles["label"].tolist() == [1, 0]


def test_columns_by_other_names(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        content=["One.", "Two."],
        text=["teaser", "teaser"],
        grade=[3, 0],
        site=["a", "b"],
        head=["H", "I"],
        when=["2024-01-02", "2024-01-03"],
        language=["en", "pl"],
        link=["https://a.by/1", "https://b.by/2"],
    )
    names = {"text": "content", "score": "grade", "outlet": "site", "title": "head"}
    layout = Layout({**names, "date": "when", "lang": "language", "url": "link"})
    rows = read_corpus([path], None, layout).articles
    assert rows["text"].tolist() == ["One.", "Two."]
    assert rows["score"].tolist() == [3, 0]
    assert rows[["outlet", "title", "date", "lang", "url"]].iloc[0].tolist() == [
        *("a", "H", "2024-01-02", "en", "https://a.by/1")
    ]


def test_the_outlet_is_that_of_the_address_where_there_is_none(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        text=["One.", "Two.", "Three.", "Four."],
        label=["propaganda", "journalism"] * 2,
        outlet=["Named", None, " ", None],
        url=["https://a.by/1", "https://news.bbc.co.uk/2", "www.p0.example/3", "no address"],
    )
    corpus = read_corpus([path])
    assert corpus.articles["outlet"].tolist() == ["named", "bbc.co.uk", "p0.example"]
    assert corpus.left_out == {"no outlet": 1}
    assert corpus.labels_of is Basis.OUTLET


def test_a_label_that_no_row_has_is_a_slip(tmp_path: Path) -> None:
    path = written(tmp_path, text=["One."], label=["fake"], outlet=["a"])
    with pytest.raises(ColumnError, match="“fak”, as --labels has it; the labels there are “fake”"):
        read_corpus([path], None, Layout(labels={"fak": "propaganda"}))
    assert labels_alone([path], Layout(labels={"fake": "propaganda"}))
    assert not labels_alone([path])


def test_all_that_is_wrong_with_tables_is_told_at_once(tmp_path: Path) -> None:
    good = written(tmp_path, text=["One."], label=["propaganda"], outlet=["a"])
    (tmp_path / "a.csv").write_text("content,label\nx,y\n")
    (tmp_path / "b.csv").write_text("text,kind\nx,y\n")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 no more")
    (tmp_path / "d").mkdir()
    (tmp_path / "d/t.csv").write_bytes(good.read_bytes())
    faults: list[KrynicaError] = []
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.parquet", "t.csv", "d/t.csv")]
    assert len(read_corpus(paths, on_fault=faults.append).articles) == 1
    said = [str(fault) for fault in faults]
    assert len(said) == 4
    assert said[0].endswith("it has “content”, “label”. Name the right one with --text-column.")
    assert "Name the right one with --label-column or --score-column." in said[1]
    assert "c.parquet" in said[2]
    assert said[3].startswith("Two tables are named t.csv")
