"""What people really bring, by every way in: read as it should be, or named as what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.service.tiny import JOURNALISM, PROPAGANDA, Run

CASES = Path(__file__).parents[1] / "cases" / "pages"
TEASER = CASES / "paywall-teaser.html"


def answers(out: bytes) -> list[dict[str, Any]]:
    """Return the answers of ``--json``."""
    return [json.loads(line) for line in out.decode().splitlines()]


def test_a_page_on_standard_input_is_told_by_how_it_begins(tiny: Path, krynica: Run) -> None:
    data = (CASES / "page-without-ending").read_bytes()
    done = krynica("score", "--json", "--show-text", "--model", tiny, "-", stdin=data)
    (answer,) = answers(done.stdout)
    assert "<" not in answer["text"]
    assert "I have covered this hospital" in answer["text"]
    assert answer["error"] is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bilingual-cp1251.txt", 306),
        ("bilingual-cp1251-says-utf8.html", 306),
        ("jsonld-only.html", 251),
        ("page.php", 251),
        ("double-utf8.html", 147),
        ("facebook-post.html", 152),
        ("tilda.html", 154),
    ],
)
def test_cases_that_are_read_whole(name: str, words: int, tiny: Path, call: Run) -> None:
    (answer,) = answers(call("score", "--json", "--model", tiny, CASES / name).stdout)
    assert answer["error"] is None
    # The headline, where a page has one, is read above the text.
    assert words <= answer["words"] <= words + 9
    codes = {reason["code"] for reason in answer["why_unclear"]}
    assert not codes & {"teaser", "incomplete", "several_texts", "broken_letters"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("paywall-teaser.html", "teaser"),
        ("telegram-s-page.html", "several_texts"),
        ("telegram-desktop-messages.html", "several_texts"),
    ],
)
def test_cases_that_are_named(name: str, code: str, tiny: Path, call: Run) -> None:
    (answer,) = answers(call("score", "--json", "--model", tiny, CASES / name).stdout)
    assert answer["verdict"] == "unclear"
    assert answer["why_unclear"][0]["code"] == code
    assert (answer["p_propaganda"] is None) or code != "teaser"


@pytest.mark.parametrize(
    ("name", "word"),
    [("cloudflare-wall.html", "check for robots"), ("article.json", "krynica batch")],
)
def test_cases_that_are_refused(name: str, word: str, tiny: Path, call: Run) -> None:
    done = call("score", "--model", tiny, CASES / name)
    assert done.returncode == 1
    assert word in done.stderr.decode()
    assert not done.stdout


def test_belarusian_and_russian_in_latin_letters(call: Run, shipped: Path) -> None:
    names = ("be-lacinka.txt", "ru-translit.txt")
    done = call("score", "--json", "--model", shipped, *(CASES / name for name in names))
    belarusian, russian = answers(done.stdout)
    assert belarusian["language"] == "be"
    assert belarusian["p_propaganda"] is not None
    assert "Russian in Latin letters" in russian["why_unclear"][0]["note"]


@pytest.fixture
def shipped() -> Path:
    """Folder of the model that ships."""
    from krynica.classifier.model import DEFAULT

    return DEFAULT


def test_broken_letters_that_cannot_be_mended(tiny: Path, tmp_path: Path, call: Run) -> None:
    lost = PROPAGANDA.encode("ascii", "replace").decode() + " " + "???? ?? ?????? " * 40
    (tmp_path / "a.txt").write_text(lost)
    (answer,) = answers(call("score", "--json", "--model", tiny, "a.txt").stdout)
    assert answer["verdict"] == "unclear"
    assert [reason["code"] for reason in answer["why_unclear"]] == ["broken_letters"]
    assert answer["p_propaganda"] is None


def test_show_text_prints_what_was_read_before_the_answer(tiny: Path, call: Run) -> None:
    lines = call("score", "--show-text", "--model", tiny, TEASER).stdout.decode().splitlines()
    text = next(n for n, line in enumerate(lines) if "I have covered this hospital" in line)
    verdict = next(n for n, line in enumerate(lines) if line.startswith("UNCLEAR"))
    assert text < verdict
    assert not any("Subscribe" in line for line in lines)


def test_encoding_overrides_what_letters_tell(tiny: Path, tmp_path: Path, call: Run) -> None:
    (tmp_path / "a.txt").write_bytes(JOURNALISM.encode("utf-16-le"))
    words = ("score", "--json", "--show-text", "--model", tiny, "a.txt")
    (answer,) = answers(call(*words, "--encoding", "utf-16-le").stdout)
    assert answer["text"] == JOURNALISM
    (answer,) = answers(call(*words, "--encoding", "koi8-r").stdout)
    assert answer["text"] != JOURNALISM
    done = call(*words, "--encoding", "utf-8")
    assert done.returncode == 1 or answers(done.stdout)[0]["text"] != JOURNALISM


@pytest.mark.parametrize("verb", ["score", "batch", "annotate"])
def test_an_unknown_encoding_is_refused_in_a_sentence(verb: str, tmp_path: Path, call: Run) -> None:
    (tmp_path / "a.csv").write_text(f"text\n{JOURNALISM}\n", "utf-8")
    words = {
        "score": ("score", "a.csv"),
        "batch": ("batch", "a.csv", "-o", "b.csv"),
        "annotate": ("annotate", "export", "a.csv", "-o", "b.csv"),
    }[verb]
    done = call(*words, "--encoding", "rot13")
    assert done.returncode == 2
    assert "rot13" in done.stderr.decode()
    assert "not a known encoding" in done.stderr.decode()


def test_batch_reads_a_table_in_the_encoding_that_is_told(
    tiny: Path, tmp_path: Path, call: Run
) -> None:
    text = "Слова их немногие"
    (tmp_path / "a.csv").write_bytes(f"id,text\n1,{text}\n".encode("koi8-r"))
    call("batch", "a.csv", "-o", "b.jsonl", "--encoding", "koi8-r", "--model", tiny)
    (row,) = map(json.loads, (tmp_path / "b.jsonl").read_text("utf-8").splitlines())
    assert row["text"] == text
    (tmp_path / "b.jsonl").unlink()
    call("batch", "a.csv", "-o", "b.jsonl", "--encoding", "windows-1251", "--model", tiny)
    (row,) = map(json.loads, (tmp_path / "b.jsonl").read_text("utf-8").splitlines())
    assert row["text"] == text.encode("koi8-r").decode("cp1251")


def test_rows_of_a_batch_that_are_no_text_as_it_stands(
    tiny: Path, tmp_path: Path, call: Run
) -> None:
    rows = [
        JOURNALISM,
        f"<html><body><nav>Menu</nav><article><p>{JOURNALISM}</p></article></body></html>",
        f"<p>{JOURNALISM}</p>",
        '{"text": "The minister said that it was so."}',
        "???? ?? ?????? ??? ???? NATO " * 10,
        (CASES / "cloudflare-wall.html").read_text("utf-8"),
        TEASER.read_text("utf-8"),
    ]
    pd.DataFrame({"text": rows}).to_parquet(tmp_path / "a.parquet")
    done = call("batch", "a.parquet", "-o", "b.parquet", "--model", tiny)
    assert done.returncode == 1
    given = pd.read_parquet(tmp_path / "b.parquet")
    assert list(given["text"]) == rows
    plain, page, part, data, lost, wall, teaser = (row for _, row in given.iterrows())
    assert plain["p_propaganda"] == pytest.approx(page["p_propaganda"])
    assert plain["p_propaganda"] == pytest.approx(part["p_propaganda"])
    assert "JSON" in data["error"]
    assert lost["why_unclear"] == "broken_letters"
    assert "check for robots" in wall["error"]
    assert teaser["why_unclear"] == "teaser"
    assert teaser["verdict"] == "unclear"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("by", "did you mean be"),
        ("ua", "did you mean uk"),
        ("BY", "did you mean be"),
        ("xx", "be, en, pl, ru, uk"),
        ("belarusian", "not a known language code"),
        ("", "not a known language code"),
    ],
)
def test_what_is_no_language_is_refused_with_what_is(code: str, said: str, call: Run) -> None:
    done = call("score", "--lang", code, "a.txt")
    assert done.returncode == 2
    assert said in " ".join(done.stderr.decode().split())


def test_languages_that_are_known(tiny: Path, tmp_path: Path, call: Run) -> None:
    (tmp_path / "a.txt").write_text(JOURNALISM, "utf-8")
    for code in ("en", "EN", "de"):
        (answer,) = answers(
            call("score", "--json", "--lang", code, "--model", tiny, "a.txt").stdout
        )
        assert answer["language"] == code.lower()


def test_a_table_in_windows_1251_of_three_languages(tiny: Path, tmp_path: Path, call: Run) -> None:
    samples = Path(__file__).parents[2] / "data" / "samples"
    texts = [
        (samples / f"{code}-journalism-1.txt").read_text("utf-8").strip().replace("£", "€")
        for code in ("be", "ru", "uk", "en")
    ]
    cells = ('"' + text.replace('"', '""') + '"' for text in texts)
    rows = "".join(f"{number};{cell}\r\n" for number, cell in enumerate(cells))
    (tmp_path / "a.csv").write_bytes(f"id;text\r\n{rows}".encode("cp1251"))
    done = call("batch", "a.csv", "-o", "b.jsonl", "--model", tiny)
    assert done.returncode == 0, done.stderr
    given = [json.loads(line) for line in (tmp_path / "b.jsonl").read_text("utf-8").splitlines()]
    assert [row["text"].replace("\r\n", "\n") for row in given] == texts
    assert [row["language"] for row in given] == ["be", "ru", "uk", "en"]
