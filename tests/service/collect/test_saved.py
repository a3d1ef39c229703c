"""``krynica collect`` from saved pages and web archives, and the sheet that a person checks."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from krynica.classifier.errors import KrynicaError
from krynica.data.tables.table import read_table, write_table
from krynica.service.collect.articles import Articles
from krynica.service.collect.review import ROWS, choose
from krynica.service.collect.state import Brief
from tests.service.collect.collected import Collect, html, text_of
from tests.service.collect.test_warc import write_warc

SHEET = [
    *("outlet", "label", "url", "title", "beginning", "words", "quality", "row"),
    *("text_is_right", "label_is_right", "remark"),
]


@pytest.fixture(scope="module")
def articles() -> Iterator[Articles]:
    with Articles() as articles:
        yield articles


@pytest.fixture
def collect(articles: Articles, tmp_path: Path) -> Collect:
    """One outlet with a folder of pages."""
    (tmp_path / "pages").mkdir()
    collect = Collect(articles, tmp_path)
    collect.outlet("example.org", archives=["pages"])
    return collect


def save(folder: Path, *numbers: int, **more: Any) -> None:
    """Save pages, each in a folder of its own."""
    for number in numbers:
        place = folder / "pages" / str(number)
        place.mkdir(exist_ok=True)
        (place / "index.html").write_bytes(html(text_of(number), **more))


# ---------------------------------------------------------------------------------- what is at hand


def test_saved_pages_say_their_address_and_day(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, 1, own="https://news.example.org/1")
    save(tmp_path, 2, day="")
    first, second = collect()
    assert (first["url"], first["date"]) == ("https://news.example.org/1", "2026-03-04")
    assert (second["url"], second["date"], second["title"]) == (None, None, "A title")


def test_a_second_run_reads_what_is_new_or_changed(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, 1, 2)
    before = collect()
    save(tmp_path, 3)
    page = tmp_path / "pages" / "1" / "index.html"
    page.write_bytes(html(text_of(4)))
    os.utime(page, (1, 1))
    after = collect()
    assert after[:2] == before
    assert {row["text"] for row in after[2:]} == {text_of(3), text_of(4)}


def test_pages_of_others_in_a_folder_are_left_out(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, 1, own="https://other.example.net/1")
    save(tmp_path, 2, own="https://example.org/2")
    assert [row["url"] for row in collect()] == ["https://example.org/2"]
    assert collect.left_out() == {"of another outlet": 1}


def test_web_archives_that_several_outlets_share(collect: Collect, tmp_path: Path) -> None:
    addresses = ["https://example.org/1", "https://other.net/2", "https://example.org/1?utm_a=b"]
    pages = [(url, html(text_of(n)), "text/html") for n, url in enumerate(addresses)]
    (tmp_path / "pages" / "deep").mkdir()
    write_warc(tmp_path / "pages" / "deep" / "a.warc.gz", *pages)
    save(tmp_path, 8, own="https://other.net/8")
    assert [row["url"] for row in collect()] == ["https://example.org/1"]
    collect.outlet("other.net", "propaganda", archives=["pages"])
    assert [(row["url"], row["label"]) for row in collect()] == [
        ("https://example.org/1", "journalism"),
        ("https://other.net/8", "propaganda"),
        ("https://other.net/2", "propaganda"),
    ]
    collect()
    assert collect.left_out() == {"of another outlet": 1}
    write_warc(
        tmp_path / "pages" / "b.warc", ("https://other.net/3", html(text_of(9)), "text/html")
    )
    assert len(collect()) == 4


def test_a_damaged_archive_is_told_of_and_the_rest_is_taken(
    collect: Collect, tmp_path: Path
) -> None:
    pages = [(f"https://example.org/{n}", html(text_of(n)), "text/html") for n in range(3)]
    whole = write_warc(tmp_path / "pages" / "a.warc.gz", *pages).read_bytes()
    (tmp_path / "pages" / "a.warc.gz").write_bytes(whole[:-300])
    save(tmp_path, 7)
    (tmp_path / "pages" / "large.html").write_bytes(b"<p>" + bytes(10_000_001))
    rows = collect(whole=False)
    assert [row["url"] for row in rows] == [
        "https://example.org/0",
        "https://example.org/1",
        None,
    ]
    assert len(collect.said) == 1
    assert "a.warc.gz is not a WARC file, or is damaged." in collect.said[0]
    assert collect.left_out() == {"too large to read": 1}
    write_warc(tmp_path / "pages" / "a.warc.gz", *pages)
    assert len(collect()) == 4


# ---------------------------------------------------------------------------------------- the sheet


def sheet(folder: Path, name: str = "out.review.csv") -> pd.DataFrame:
    table = read_table(folder / name)
    assert list(table.columns) == SHEET
    return table


def fill(folder: Path, name: str, **answers: list[str | None]) -> Path:
    """Fill in the sheet, and save it under another name."""
    table = sheet(folder)
    for column, said in answers.items():
        table[column] = pd.Series(said, dtype="object")
    write_table(table, folder / name)
    return folder / name


def test_the_sheet_shows_what_is_to_be_checked(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, 1, own="https://example.org/1")
    (row,) = collect()
    (line,) = sheet(tmp_path).astype(object).to_dict("records")
    assert line["beginning"] == " ".join(row["text"][:300].split())
    assert line["words"] == str(len(row["text"].split()))
    assert (line["row"], line["url"], line["label"]) == (
        f"#{row['hash']}",
        row["url"],
        "journalism",
    )
    assert (tmp_path / "out.review.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_a_person_found_wrong_is_left_out_for_good(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, *range(5))
    rows = collect()
    text, label = ["yes", "Так", "no", "", "x"], ["tak", "нет", "да", None, "1"]
    filled = fill(tmp_path, "filled.csv", text_is_right=text, label_is_right=label)
    wrong = set(sheet(tmp_path)["row"].str[1:][1:3])
    after = collect(checked=(filled,))
    assert {row["hash"] for row in rows} - {row["hash"] for row in after} == wrong
    assert "text_is_right: 3 of 4 checked, 75% (95% interval 30% to 95%)" in collect.shown
    assert "label_is_right: 3 of 4 checked, 75% (95% interval 30% to 95%)" in collect.shown
    assert "left out, as a person found them wrong: 2 more" in collect.shown
    assert collect() == after
    assert len(sheet(tmp_path)) == 3


def test_a_sheet_that_is_being_filled_in_stays(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, 1, 2)
    collect()
    filled = fill(tmp_path, "out.review.csv", remark=["see the second paragraph", None])
    before = filled.read_bytes()
    save(tmp_path, 3)
    collect()
    assert "has answers in it, and stays as it is" in collect.shown[-1]
    assert filled.read_bytes() == before


def test_a_sheet_as_spreadsheets_save_it(collect: Collect, tmp_path: Path) -> None:
    save(tmp_path, 1, 2)
    collect()
    table = sheet(tmp_path)
    table["text_is_right"] = ["nie", "tak"]
    text = table.to_csv(sep=";", index=False)
    (tmp_path / "saved.csv").write_text(text, "utf-8-sig")
    assert len(collect(checked=(tmp_path / "saved.csv",))) == 1


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("text_is_right", "maybe", "says “maybe” in “text_is_right”, where yes or no belongs"),
        ("row", "1.23E+15", "does not say which row of the corpus it is"),
    ],
)
def test_a_sheet_that_cannot_be_understood(
    collect: Collect, tmp_path: Path, column: str, value: str, said: str
) -> None:
    save(tmp_path, 1, 2)
    before = collect()
    filled = fill(tmp_path, "filled.csv", **{column: [value, None]})
    with pytest.raises(KrynicaError, match="Row 1 of the sheet") as caught:
        collect(checked=(filled,))
    assert said in str(caught.value)
    write_table(sheet(tmp_path).drop(columns="row"), filled)
    with pytest.raises(KrynicaError, match="lacks the column “row”"):
        collect(checked=(filled,))
    assert collect() == before


def test_the_choice_is_spread_over_outlets_and_qualities() -> None:
    sizes = {"a.org": 3, "b.org": 200, "c.org": 40}
    rows = [
        Brief(number, outlet, number, number / size)
        for outlet, size in sizes.items()
        for number in range(size)
    ]
    chosen = choose(rows)
    assert len({*chosen}) == len(chosen) == ROWS
    counts = {outlet: sum(row.outlet == outlet for row in chosen) for outlet in sizes}
    assert counts["a.org"] == 3
    assert abs(counts["b.org"] - counts["c.org"]) <= 1
    for outlet, size in sizes.items():
        own = [row.quality for row in chosen if row.outlet == outlet]
        assert own == sorted(own)
        assert (own[0], own[-1]) == (0.0, (size - 1) / size)
    assert choose(rows[::-1]) == chosen
    many = [Brief(n, f"{n}.org", n, 0.5) for n in range(3 * ROWS)]
    assert len({row.outlet for row in choose(many)}) == ROWS
    assert choose([]) == []
