"""The verb that makes tables of public corpora."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer.main

from krynica.data.corpora.catalogue import READERS
from krynica.data.sources import sources
from krynica.data.tables import read_table
from krynica.service.app import app
from tests.data.conftest import serving

if TYPE_CHECKING:
    from tests.data.conftest import Site
    from tests.service.tiny import Run

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "corpora.md").read_text("utf-8")
LABELS = "data/ru/train-labels-subtask-3"


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without pages."""
    with serving() as site:
        yield site


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_all_are_listed_with_their_licence(call: Run) -> None:
    done = call("corpus")
    lines = done.stdout.decode().splitlines()
    assert done.returncode == 0
    assert sorted(line.split()[0] for line in lines) == sorted(READERS)
    for line in lines:
        source = sources()[line.split()[0]]
        assert source.licence in line
        assert ("can be fetched" in line) == bool(source.download)


def test_a_corpus_that_was_given_becomes_a_table(call: Run, tmp_path: Path) -> None:
    write(tmp_path / f"{LABELS}.template", "7\t1\tДождь.\n7\t2\tПозор!\n7\t3\tСнег.\n")
    write(tmp_path / f"{LABELS}.txt", "7\t1\t\n7\t2\tDoubt\n")
    done = call("corpus", "semeval2023_t3", "--from", "data", "-o", "t3.parquet")
    said = done.stderr.decode()
    assert done.returncode == 0
    assert done.stdout.decode() == "t3.parquet\n"
    assert "Licence: task terms: research use, no redistribution" in said
    assert "Cite: Piskorski, Stefanovitch" in said
    assert "2 rows: 1 plain, 1 persuasive" in said
    assert "1 left out: a paragraph without labels" in said
    table = read_table(tmp_path / "t3.parquet")
    assert list(table["text"]) == ["Дождь.", "Позор!"]
    assert set(table["source"]) == {"semeval2023_t3"}


def test_texts_that_a_table_points_to_are_fetched_and_kept(
    call: Run, tmp_path: Path, site: Site
) -> None:
    site.page("/robots.txt", b"", "text/plain")
    site.page("/1", b"It rained all day, officials said.", "text/plain")
    site.redirect("/2", "/gone")
    site.answers["/gone"] = lambda request: request.send_error(404)
    rows = [
        f"d1,rain,a1,calm,calm.example,{site.url}/1,English,31-01-2022,trustworthy",
        f"d1,rain,a2,loud,loud.example,{site.url}/2,English,31-01-2022,disinformation",
    ]
    head = "debunk_id,keywords,article_id,article_publisher,article_domain,article_url,"
    head += "article_language,debunk_date,class"
    write(tmp_path / "base.csv", "\n".join([head, *rows]) + "\n")
    words = ("corpus", "euvsdisinfo_2024", "--from", "base.csv", "-o", "euvs.jsonl", "--delay", "0")
    done = call(*words, "--allow-private")
    assert done.returncode == 0, done.stderr
    assert "1 row: 1 journalism" in done.stderr.decode()
    assert "1 left out: its address gives no page" in done.stderr.decode()
    assert (tmp_path / "base.csv.texts").exists()
    asked = len(site.asked)
    assert call(*words, "--allow-private").returncode == 0
    assert len(site.asked) == asked
    (text,) = read_table(tmp_path / "euvs.jsonl")["text"]
    assert text == "It rained all day, officials said."


def test_addresses_of_this_machine_are_not_asked(call: Run, tmp_path: Path, site: Site) -> None:
    row = f"a1,{site.url}/1,English,trustworthy"
    write(tmp_path / "base.csv", f"article_id,article_url,article_language,class\n{row}\n")
    done = call("corpus", "euvsdisinfo_2024", "--from", "base.csv", "-o", "euvs.jsonl")
    assert done.returncode == 1
    assert site.asked == []


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["corpus", "nothing", "-o", "t.csv"], 1, "There is no reader for a corpus “nothing”"),
        (["corpus", "unlp2025"], 2, "Where to?"),
        (["corpus", "-o", "t.csv"], 2, "Which corpus?"),
        (["corpus", "sb_belarus", "-o", "t.csv"], 2, "has to be asked for"),
        (["corpus", "unlp2025", "-o", "t.csv", "--delay", "-1"], 2, "--delay takes"),
        (["corpus", "unlp2025", "-o", "t.csv", "--from", "none"], 1, "There is no file none."),
        (["corpus", "unlp2025", "-o", "t.html", "--from", "."], 2, "is no table that can be"),
        (
            ["corpus", "unlp2025", "-o", "t.csv", "--from", "."],
            1,
            "There is no train*.parquet in .",
        ),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    call: Run, words: list[str], status: int, said: str
) -> None:
    done = call(*words)
    assert done.returncode == status
    assert said in done.stderr.decode().splitlines()[-1]
    assert not Path("t.csv").exists()


def test_no_row_is_no_success(call: Run, tmp_path: Path) -> None:
    write(tmp_path / "posts" / "1_messages.json", "[]")
    done = call("corpus", "telegram_2024", "--from", "posts", "-o", "t.csv")
    assert done.returncode == 1
    assert "0 rows" in done.stderr.decode()


def test_the_docs_name_every_corpus_and_every_option() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", DOCS, re.MULTILINE)
    assert sorted(listed) == sorted(READERS)
    assert [name for name in sources() if f"`{name}`" not in DOCS] == []
    command = typer.main.get_command(app).commands["corpus"]  # type: ignore[attr-defined]
    for parameter in command.params:
        for option in parameter.opts:
            assert not option.startswith("--") or f"`{option}`" in DOCS
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", DOCS):
        assert (ROOT / "docs" / target).exists()
