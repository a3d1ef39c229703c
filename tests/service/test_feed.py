"""``krynica feed`` over feeds in files: what is a new row, what is none, and what is refused."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from krynica import Article, load_model
from krynica.classifier.answer import ROW_COLUMNS
from tests.service.tiny import CHINESE, JOURNALISM, PROPAGANDA, Run

COLUMNS = ["outlet", "feed", "url", "title", "published", *ROW_COLUMNS, "duplicate_of"]
CALM = " ".join(f"The council passed budget number {n}, officials said." for n in range(30))
LOUD = " ".join(f"The puppet regime spreads hysteria number {n}." for n in range(30))


def item(number: object, text: str | None = CALM, **more: Any) -> dict[str, Any]:
    """An item with an address of its own."""
    url = f"https://news.example.org/{number}"
    made = {"id": url, "url": url, "title": f"Title {number}", "content_text": text} | more
    return {name: value for name, value in made.items() if value is not None}


def write(path: Path, *items: dict[str, Any], title: str | None = "A feed") -> Path:
    path.write_text(json.dumps({"title": title, "items": items}), "utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix != ".csv":
        return []
    table = pd.read_csv(path, dtype={"model_version": str})
    assert list(table.columns) == COLUMNS
    records: list[dict[str, Any]] = (
        table.astype(object).where(table.notna(), None).to_dict("records")
    )
    return records


class Feeds:
    """Runs the command over feeds, with the tiny model and one output."""

    def __init__(self, call: Run, tiny: Path, folder: Path) -> None:
        self.call, self.tiny, self.folder = call, tiny, folder
        self.output = folder / "out.csv"
        self.said = ""

    def __call__(self, *words: str | Path, status: int = 0) -> list[dict[str, Any]]:
        where = ["-o", self.output, "--model", self.tiny]
        done = self.call("feed", "--text", "feed", *words, *where)
        self.said = done.stderr.decode()
        self.shown = done.stdout.decode()
        assert done.returncode == status, self.said
        assert "Traceback" not in self.said
        return read(self.output) if self.output.exists() else []


@pytest.fixture
def feeds(call: Run, tiny: Path, tmp_path: Path) -> Feeds:
    return Feeds(call, tiny, tmp_path)


# -------------------------------------------------------------------------------- rows, once each


def test_a_row_an_item(feeds: Feeds, tmp_path: Path) -> None:
    loud = item(
        2, LOUD, date_published="2026-11-20T10:30:00+02:00", title="<b>Loud</b> &amp; clear"
    )
    write(tmp_path / "a.json", item(1), loud, item(3, CHINESE))
    rows = feeds("a.json")
    assert [row["verdict"] for row in rows] == ["journalism", "propaganda", "unclear"]
    assert {name: rows[1][name] for name in COLUMNS[:5]} == {
        "outlet": "example.org",
        "feed": "a.json",
        "url": "https://news.example.org/2",
        "title": "Loud & clear",
        "published": "2026-11-20T08:30:00+00:00",
    }
    assert rows[1]["p_propaganda"] > 0.9
    assert rows[0]["published"] is None
    assert rows[2]["why_unclear"] == "language_unsupported"
    assert all(row["error"] is None and row["duplicate_of"] is None for row in rows)
    assert "3 rows: 1 propaganda, 1 journalism, 1 unclear" in feeds.said
    assert "example.org" in feeds.shown


def test_the_title_is_read_above_the_text(feeds: Feeds, tmp_path: Path) -> None:
    title = "Puppets of the West obey"
    write(tmp_path / "a.json", item(1, CALM, title=title))
    model = load_model(feeds.tiny)
    titled = model.score(Article(CALM, title)).p_propaganda
    assert titled == model.score(Article(f"{title}\n\n{CALM}")).p_propaganda
    assert titled > (model.score(Article(CALM)).p_propaganda or 1)
    assert feeds("a.json")[0]["p_propaganda"] == pytest.approx(titled)


def test_the_next_run_takes_only_what_is_new(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1), item(2, LOUD))
    before = feeds("a.json")
    assert feeds("a.json") == before
    assert "0 rows" in feeds.said
    other = CALM.replace("budget", "bridge").replace("council", "committee")
    write(tmp_path / "a.json", item(3, other), item(1, other), item(2, LOUD))
    after = feeds("a.json")
    assert after[:2] == before
    assert [row["url"][-1] for row in after] == ["1", "2", "3"]
    assert "1 row:" in feeds.said


def test_which_ids_are_the_same(feeds: Feeds, tmp_path: Path) -> None:
    texts = [CALM.replace("number", f"for bridge {n} and road") for n in range(6)]
    unique = {"id": "tag:example.org,2026:1"}
    write(
        tmp_path / "a.json",
        item(1, texts[0], id="7"),
        item(2, texts[1], **unique),
        item(3, texts[2]),
    )
    write(
        tmp_path / "b.json",
        item(4, texts[3], id="7"),
        item(5, texts[4], **unique),
        item(3, texts[5]),
    )
    rows = feeds("a.json", "b.json")
    assert sorted(row["url"][-1] for row in rows) in (["1", "2", "3", "4"], ["1", "3", "4", "5"])
    assert feeds("a.json", "b.json") == rows


def test_items_may_share_a_link(feeds: Feeds, tmp_path: Path) -> None:
    home = "https://news.example.org/"
    write(tmp_path / "a.json", item(1, url=home), item(2, LOUD, url=home))
    assert [row["verdict"] for row in feeds("a.json")] == ["journalism", "propaganda"]


def test_items_without_an_id(feeds: Feeds, tmp_path: Path) -> None:
    bare = {"title": "No link", "content_text": CALM}
    write(tmp_path / "a.json", bare, item(1, LOUD, id=None), title="Paper")
    rows = feeds("a.json")
    assert [(row["outlet"], row["url"]) for row in rows] == [
        ("Paper", None),
        ("example.org", "https://news.example.org/1"),
    ]
    assert feeds("a.json") == rows


@pytest.mark.parametrize("guid", ["N/A", "https://news.example.org/", None])
@pytest.mark.parametrize("link", ["https://news.example.org/{}", "https://news.example.org/", None])
@pytest.mark.parametrize("title", ["Title {}", "No title"])
def test_one_id_for_all_items_or_none_loses_no_article(
    feeds: Feeds, tmp_path: Path, guid: str | None, link: str | None, title: str
) -> None:
    texts = [CALM.replace("number", f"for bridge {n * 7} and road") for n in range(3)]
    date = "2026-11-20T08:30:00Z"
    items = [
        item(n, text, id=guid, url=link and link.format(n), title=title.format(n),
             date_published=date)
        for n, text in enumerate(texts)
    ]  # fmt: skip
    write(tmp_path / "a.json", *items)
    rows = feeds("a.json")
    assert [row["title"] for row in rows] == [title.format(n) for n in range(3)]
    assert len({row["p_propaganda"] for row in rows}) <= 3
    assert feeds("a.json") == rows
    assert "0 rows" in feeds.said


def test_one_id_for_all_items_loses_no_article_of_a_later_run(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1, CALM, id="N/A"))
    feeds("a.json")
    write(tmp_path / "a.json", item(2, LOUD, id="N/A"))
    assert [row["url"][-1] for row in feeds("a.json")] == ["1", "2"]


def test_the_same_text_is_written_once(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1), item(2, f" {CALM.upper()}!"))
    assert len(feeds("a.json")) == 1
    assert "not written, as their text is there already: 1 item\n" in feeds.said
    assert len(feeds("a.json")) == 1
    assert "not written" not in feeds.said


def test_nearly_the_same_text_has_the_earlier_answer(feeds: Feeds, tmp_path: Path) -> None:
    write(
        tmp_path / "a.json", item(1, LOUD), item(2), item(3, f"{LOUD} Our reporter says no more.")
    )
    rows = feeds("a.json")
    assert [row["duplicate_of"] for row in rows] == [None, None, 0]
    assert {name: rows[2][name] for name in ROW_COLUMNS} == {
        name: rows[0][name] for name in ROW_COLUMNS
    }
    write(tmp_path / "b.json", item(4, f"{LOUD} Nor does ours."))
    assert feeds("b.json")[3]["duplicate_of"] == 0


def test_a_short_text_is_the_same_or_is_not(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1, "A photo."), item(2, "A photo"), item(3, "A photo more."))
    assert [row["duplicate_of"] for row in feeds("a.json")] == [None, None]


@pytest.mark.parametrize("text", [None, "", " \n"])
def test_an_item_without_text_keeps_its_row(feeds: Feeds, tmp_path: Path, text: str | None) -> None:
    write(tmp_path / "a.json", item(1, text), item(2))
    rows = feeds("a.json", status=1)
    assert rows[0]["error"] == "The feed gives no text of the item."
    assert rows[0]["title"] == "Title 1"
    assert (rows[0]["verdict"], rows[1]["verdict"]) == (None, "journalism")
    assert "1 row: The feed gives no text of the item." in feeds.said
    assert feeds("a.json") == rows


def test_an_item_with_nothing_at_all(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", {}, {}, title=None)
    (row,) = feeds("a.json", "--text", "auto", status=1)
    assert row["outlet"] is None
    assert row["error"].startswith("The feed gives no text of the item, and no address")


# ----------------------------------------------------------------------------- feeds, and lists


def test_broken_feeds_are_told_of_and_skipped(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "good.json", item(1))
    (tmp_path / "bad.xml").write_text("<html>Welcome</html>")
    (tmp_path / "empty.xml").touch()
    (tmp_path / "folder.xml").mkdir()
    words = [
        "nowhere.xml",
        "bad.xml",
        "good.json",
        "empty.xml",
        "folder.xml",
        "http://127.0.0.1/",
        "x://y",
    ]
    assert len(feeds(*words, status=1)) == 1
    lines = feeds.said.splitlines()
    for expected in (
        "krynica: There is no file nowhere.xml.",
        "krynica: The feed bad.xml is a web page, not a feed.",
        "krynica: The feed empty.xml is empty.",
        "krynica: folder.xml is a folder, not a file.",
        "krynica: The feed http://127.0.0.1/: 127.0.0.1 leads to this machine or a private "
        "network, where nothing is fetched from.",
        "krynica: “x://y” is not an http or https address.",
    ):
        assert expected in lines
    assert len(lines) == 8


def test_a_list_of_feeds_in_a_file(feeds: Feeds, tmp_path: Path) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    write(folder / "a.json", item(1))
    write(tmp_path / "b.json", item(2, LOUD))
    (folder / "all.opml").write_text(
        '<opml><outline><outline xmlUrl="a.json"/></outline><outline xmlUrl="../b.json"/>'
        '<outline type="include" url="all.opml"/><outline xmlUrl="a.json"/></opml>'
    )
    rows = feeds(Path("lists") / "all.opml")
    assert sorted(row["feed"] for row in rows) == ["lists/../b.json", "lists/a.json"]


def test_rows_stand_in_the_order_of_the_files(feeds: Feeds, tmp_path: Path) -> None:
    names = [f"{n}.json" for n in range(9, 0, -1)]
    for name in names:
        write(tmp_path / name, item(name, f"A photo of number {name}."))
    padding = {"padding": "x" * 4_000_000}
    write(tmp_path / "9.json", item("9.json", "A photo of number 9.json.", **padding))
    assert [row["feed"] for row in feeds(*names)] == names


def test_links_that_are_no_addresses_of_the_web_are_left_out(feeds: Feeds, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(LOUD)
    links = [f"file://{tmp_path}/secret.txt", "secret.txt", "javascript:alert(1)"]
    items = [item(n, None, url=link) for n, link in enumerate(links)]
    write(tmp_path / "a.json", *items)
    rows = feeds("a.json", "--text", "page", status=1)
    assert [row["url"] for row in rows] == [None] * 3
    assert all("no address where it could be read" in row["error"] for row in rows)


# ---------------------------------------------------------------------------- state and output


def test_the_output_is_made_of_the_state(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1), item(2, LOUD))
    rows = feeds("a.json")
    feeds.output.unlink()
    assert feeds("a.json") == rows


def test_no_text_is_kept(feeds: Feeds, tmp_path: Path) -> None:
    words = [f"secretword{n}" for n in range(400)]
    write(
        tmp_path / "a.json", item(1, ". ".join(f"The puppet regime {word} lies" for word in words))
    )
    feeds("a.json")
    kept = (tmp_path / "out.csv.state").read_bytes() + feeds.output.read_bytes()
    assert sum(word.encode() in kept for word in words) < 20


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet"])
def test_rows_of_an_output_whose_state_is_gone_are_taken_over(
    feeds: Feeds, tmp_path: Path, kind: str
) -> None:
    feeds.output = tmp_path / f"out.{kind}"
    words = ["a.json", "--report", tmp_path / "report.csv"]
    write(
        tmp_path / "a.json", item(1), item(2, LOUD), item(3, f"{LOUD} No more."), item(4, CHINESE)
    )
    feeds(*words)
    before = feeds.output.read_bytes()
    (tmp_path / f"out.{kind}.state").unlink()
    feeds(*words)
    assert feeds.output.read_bytes() == before


def test_a_table_that_was_changed_by_hand_is_taken_over_too(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1, date_published="2026-11-20T08:30:00Z"))
    feeds("a.json")
    text = feeds.output.read_text("utf-8").replace("2026-11-20T08:30:00+00:00", "yesterday")
    feeds.output.write_text(text, "utf-8")
    (tmp_path / "out.csv.state").unlink()
    write(tmp_path / "a.json", item(2, LOUD))
    assert [row["published"] for row in feeds("a.json")] == ["yesterday", None]


@pytest.mark.parametrize("content", ["text\nmine\n", "outlet,feed\na,b\n", ""])
def test_an_output_of_another_kind_is_refused(feeds: Feeds, tmp_path: Path, content: str) -> None:
    write(tmp_path / "a.json", item(1))
    feeds.output.write_text(content)
    where = ["-o", feeds.output, "--model", feeds.tiny]
    done = feeds.call("feed", "a.json", *where)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"unforeseen" not in done.stderr
    assert feeds.output.read_text() == content
    assert not (tmp_path / "out.csv.state").exists()


@pytest.mark.parametrize("content", ["text\nmine\n", "outlet,feed\n"])
def test_a_foreign_table_is_refused_beside_a_state_too(
    feeds: Feeds, tmp_path: Path, content: str
) -> None:
    write(tmp_path / "a.json", item(1))
    rows = feeds("a.json", "--state", "s.state")
    own, feeds.output = feeds.output, tmp_path / "mine.csv"
    feeds.output.write_text(content)
    done = feeds.call(
        "feed", "a.json", "--state", "s.state", "-o", feeds.output, "--model", feeds.tiny
    )
    assert done.returncode == 1
    assert b"mine.csv already exists, and was not written by krynica feed" in done.stderr
    assert feeds.output.read_text() == content
    feeds.output.write_bytes(own.read_bytes())
    assert feeds("a.json", "--state", "s.state") == rows
    feeds.output.write_text(content)
    assert feeds("a.json", "--state", "s.state") == rows


def make_foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE mine (a)")
    db.close()


def make_of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (make_foreign, "is no state of krynica feed, or of another version of it."),
        (make_of_another_version, "is no state of krynica feed, or of another version of it."),
        (
            lambda path: path.write_bytes(b"Good morning. " * 99),
            "is no state of krynica feed, or is",
        ),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_a_state_of_another_kind_is_refused(
    feeds: Feeds, tmp_path: Path, harm: Any, sentence: str
) -> None:
    write(tmp_path / "a.json", item(1))
    state = tmp_path / "s.state"
    if harm is make_of_another_version:
        feeds("a.json", "--state", "s.state")
    harm(state)
    feeds("a.json", "--state", "s.state", status=1)
    assert sentence in feeds.said
    assert feeds.said.count("\n") == 1


def test_two_runs_do_not_write_one_state(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1))
    feeds("a.json")
    holder = sqlite3.connect(tmp_path / "out.csv.state", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    feeds("a.json", status=1)
    assert feeds.said == f"krynica: Another process is writing {tmp_path / 'out.csv.state'}.\n"
    holder.close()
    feeds("a.json")


@pytest.mark.parametrize(
    "words",
    [
        ["feed", "a.json"],
        ["feed", "-o", "out.csv"],
        ["feed", "a.json", "-o", "out.ods"],
        ["feed", "a.json", "-o", "out.csv", "--report", "out.pdf"],
        ["feed", "a.json", "-o", "out.csv", "--state", "out.csv"],
        ["feed", "a.jsonl", "-o", "a.jsonl"],
        ["feed", "a.json", "-o", "out.csv", "--state", "./a.json"],
        ["feed", "a.json", "-o", "out.csv", "--delay", "-1"],
        ["feed", "a.json", "-o", "out.csv", "--watch", "0"],
        ["feed", "a.json", "-o", "out.csv", "--text", "nonsense"],
    ],
)
def test_words_that_are_off_give_2(words: list[str], call: Run, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1))
    before = (tmp_path / "a.json").read_bytes()
    said = call(*words)
    assert said.returncode == 2
    assert b"Traceback" not in said.stderr
    assert (tmp_path / "a.json").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"a.json"}


@pytest.mark.parametrize("option", ["--delay", "--watch"])
@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e300"])
def test_times_that_are_no_times_are_refused(
    feeds: Feeds, tmp_path: Path, option: str, value: str
) -> None:
    write(tmp_path / "a.json", item(1))
    feeds("a.json", option, value, status=2)
    assert feeds.said.count("\n") == 1
    assert option in feeds.said
    assert not feeds.output.exists()


def test_an_output_that_cannot_be_written_is_one_sentence(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1))
    feeds.output = tmp_path / "nowhere" / "out.csv"
    feeds("a.json", status=1)
    assert feeds.said.count("\n") == 1
    assert "no folder" in feeds.said


def test_reports_are_of_all_rows_so_far(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1))
    feeds("a.json")
    write(tmp_path / "b.json", item(2, LOUD, url="https://other.example.net/1"))
    feeds("b.json", "--report", "r.html", "--report", "r.csv")
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "example.org" in page
    assert "example.net" in page
    assert len(pd.read_csv(tmp_path / "r.csv")) == 2
    assert "example.org" in feeds.shown
    assert "example.net" in feeds.shown


def test_a_text_of_propaganda_is_in_no_log(feeds: Feeds, tmp_path: Path) -> None:
    write(tmp_path / "a.json", item(1, PROPAGANDA), item(2, JOURNALISM), item(3, None))
    feeds("a.json", status=1)
    assert "puppet" not in feeds.said
