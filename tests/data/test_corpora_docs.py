"""The examples of docs/corpora.md make tables that can be learned from; the catalogue is whole."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from krynica.data.corpus.labelled import read_corpus

ROOT = Path(__file__).parents[2]
UNLP, PROPPY, PTC = re.findall(
    r"^```python\n(.*?)^```",
    (ROOT / "docs/corpora.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
FIELDS = {
    *("id", "name", "what", "languages", "unit", "address", "licence", "labelled_by"),
    *("how_labelled", "citation", "checked"),
}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_table_with_a_header() -> None:
    pd.DataFrame(
        {
            "id": ["a", "b"],
            "content": ["Усе брешуть!", "Сьогодні дощ."],
            "lang": ["uk", "uk"],
            "manipulative": [True, False],
            "techniques": [["loaded_language"], None],
            "trigger_words": [[[0, 3]], None],
        }
    ).to_parquet("train.parquet")
    exec(UNLP, {})  # noqa: S102  # the document's own words
    passages = read_corpus([Path("unlp2025.parquet")]).passages
    assert list(passages["label"]) == [1, 0]
    assert list(passages["doc"]) == ["a", "b"]
    assert list(passages["techniques"][0]) == ["loaded_language"]


def test_a_table_without_one() -> None:
    lines = []
    for n, label in enumerate(("1", "-1")):
        cells = [f"Text number {n}, a long one.", *["-"] * 13, label]
        cells[5], cells[10] = f"https://{n}.example/", f"Outlet {n}"
        lines.append("\t".join(cells))
    Path("proppy_1.0.dev.tsv").write_text("\n".join(lines), "utf-8")
    exec(PROPPY, {})  # noqa: S102
    articles = read_corpus([Path("proppy.parquet")]).articles
    assert list(articles["label"]) == [1, 0]
    assert list(articles["outlet"]) == ["outlet 0", "outlet 1"]


def test_marks_on_characters() -> None:
    for folder in ("train-articles", "train-labels-task2-technique-classification"):
        Path(folder).mkdir()
    text = "Plain title\n\nThey lie, all of them.\nIt rained.\n"
    at = text.index("lie")
    Path("train-articles/article7.txt").write_text(text, "utf-8", newline="")
    Path("train-labels-task2-technique-classification/article7.task2-TC.labels").write_text(
        f"7\tName_Calling,Labeling\t{at}\t{at + 3}\n", "utf-8"
    )
    exec(PTC, {})  # noqa: S102
    passages = read_corpus([Path("ptc.parquet")]).passages
    assert dict(zip(passages["text"], passages["label"], strict=True)) == {
        "Plain title": 0,
        "They lie, all of them.": 1,
        "It rained.": 0,
    }


def test_every_source_of_the_catalogue_is_told_in_full() -> None:
    sources = tomllib.loads((ROOT / "data/sources.toml").read_text("utf-8"))["source"]
    assert all(set(source) == FIELDS for source in sources)
    assert len({source["id"] for source in sources}) == len(sources)
