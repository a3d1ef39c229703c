"""What readers find becomes tables that are learned from."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from krynica.classifier.errors import CorpusError, TableError
from krynica.data.corpora.build import opened, write
from krynica.data.corpora.catalogue import corpus
from krynica.data.corpora.rows import Found, LeftOut, Pointer, Row, day, passage
from krynica.data.labelled import read_corpus
from krynica.data.sources import sources
from krynica.data.tables import read_table
from krynica.training.passages import canonical

SOURCE = sources()["unlp2025"]
ROWS = [
    Row("It rained.", "journalism", "en", outlet="Paper", date="2020-01-02", title="Rain"),
    Row("Traitors!", "propaganda", "en", outlet="Loud", url="https://loud.example/1"),
    passage("Shame – shame!", ("Doubt", "Name_Calling,Labeling"), "en", "d1"),
    passage("Nobody came.", (), "en", "d1"),
]


def found() -> Found:
    yield from ROWS
    yield Row("  … !", "journalism", "en")
    yield LeftOut("a reason")
    yield LeftOut("a reason")
    yield Pointer("1", ("https://example.org",), Row("", "journalism"))


@pytest.mark.parametrize("ending", [".parquet", ".jsonl", ".csv", ".tsv"])
def test_a_table_is_read_as_a_labelled_corpus(tmp_path: Path, ending: str) -> None:
    output = tmp_path / f"table{ending}"
    summary = write(found(), SOURCE, output)
    assert summary.labels == {"journalism": 1, "propaganda": 1, "persuasive": 1, "plain": 1}
    assert summary.left_out == {
        "a reason": 2,
        "no text": 1,
        "its text is not published, and was not fetched": 1,
    }
    read = read_corpus([output])
    assert list(read.articles["outlet"]) == ["paper", "loud"]
    assert list(read.articles["date"]) == ["2020-01-02", None]
    assert list(read.passages["doc"]) == ["d1", "d1"]
    assert list(map(canonical, read.passages["techniques"])) == [
        {"doubt", "name_calling_labeling"},
        frozenset(),
    ]
    assert set(read.articles["source"]) | set(read.passages["source"]) == {"unlp2025"}
    assert set(read.passages["licence"]) == {SOURCE.licence}
    assert read.left_out == {}


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    assert write(iter(()), SOURCE, tmp_path / "table.parquet").labels == {}
    names = [
        "text",
        "label",
        "outlet",
        "date",
        "lang",
        "title",
        "url",
        "kind",
        "techniques",
        "doc",
        "source",
        "licence",
    ]
    assert list(read_table(tmp_path / "table.parquet").columns) == names


def test_many_rows_come_piece_by_piece(tmp_path: Path) -> None:
    asked: list[int] = []

    def many() -> Iterator[Row]:
        for number in range(2_500):
            asked.append(number)
            yield Row(f"Row {number}.", "plain", techniques=None if number < 2_000 else ("doubt",))

    write(many(), SOURCE, tmp_path / "table.parquet")
    table = read_table(tmp_path / "table.parquet")
    assert list(table["text"]) == [f"Row {number}." for number in asked]
    assert list(table["techniques"].iloc[-1]) == ["doubt"]


def test_a_table_appears_only_once_it_is_whole(tmp_path: Path) -> None:
    def broken() -> Found:
        yield from ROWS
        raise CorpusError("A file is missing.")

    with pytest.raises(CorpusError, match="is missing"):
        write(broken(), SOURCE, tmp_path / "table.csv")
    with pytest.raises(TableError):
        write(found(), SOURCE, tmp_path / "table.doc")
    assert list(tmp_path.iterdir()) == []


def test_an_archive_is_read_as_the_folder_in_it(tmp_path: Path) -> None:
    articles, path = tmp_path / "datasets", tmp_path / "datasets-v2.tgz"
    articles.mkdir()
    (articles / "article1.txt").write_text("Rain again.\nTraitors came.\n")
    (articles / "article1.task2-TC.labels").write_text("1\tLoaded_Language\t12\t20\n")
    with tarfile.open(path, "w:gz") as archive:
        archive.add(articles, "datasets")
    source, read = corpus("ptc_semeval2020_t11")
    with opened(path) as folder:
        summary = write(read(folder), source, tmp_path / "table.jsonl")
    assert summary.labels == {"plain": 1, "persuasive": 1}
    with opened(articles) as folder:
        assert folder == articles


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("2019-12-31", "2019-12-31"),
        ("2019-12-31T23:59:00+03:00", "2019-12-31"),
        ("2019/1/31", None),
        ("20191231", "2019-12-31"),
        ("20191231120000", None),
        ("31-12-2019", "2019-12-31"),
        ("1/2/2019", "2019-02-01"),
        ("31 Dec, 2019", "2019-12-31"),
        ("3 September 2019 10:00", "2019-09-03"),
        ("31 Foo, 2019", None),
        ("2019-13-31", None),
        ("Skipped", None),
        ("", None),
        (None, None),
    ],
)
def test_a_day_is_understood_or_it_is_none(written: str | None, known: str | None) -> None:
    assert day(written) == known
