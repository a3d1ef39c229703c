"""Researchers' own tables, as the command line takes them; and what --check says beforehand."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from krynica.service.cli import run
from krynica.training import run as training_run
from tests.training import corpora


@pytest.fixture(autouse=True)
def _tiny(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the tiny encoder for the one that ships."""
    monkeypatch.setattr(training_run, "ENCODERS", models)


def check(
    table: pd.DataFrame, folder: Path, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, list[str]]:
    """Check a table; return the exit status and the lines."""
    table.to_csv(folder / "table.csv", index=False)
    status = run(["train", str(folder / "table.csv"), "--check", "--workers", "1", *words])
    said = capsys.readouterr()
    assert not said.err
    return status, said.out.splitlines()


FINE = "Nothing here would stop the training."


def test_scores_as_spreadsheets_write_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = corpora.articles()
    table["score"] = [
        f"{3 * (label == 'propaganda')}{end}"
        for label, end in zip(table.pop("label"), [",0", ".0", ""] * 48, strict=True)
    ]
    table.loc[:1, "score"] = "9"
    status, lines = check(table, tmp_path, capsys)
    assert (status, lines[0], lines[-1]) == (0, "142 texts have a score.", FINE)
    assert "2 rows have a score that is not 0, 1, 2, 3 or 4, and are left out." in lines


@pytest.mark.parametrize(
    ("meant", "option"),
    [
        ({"propaganda": "1", "journalism": "0"}, "1=propaganda,0=journalism"),
        ({"propaganda": "fake", "journalism": "real"}, "fake=propaganda,real=journalism"),
        (
            {"propaganda": "Fake news", "journalism": "REAL"},
            "fake news=propaganda, real=journalism",
        ),
    ],
)
def test_labels_are_mapped(
    meant: dict[str, str], option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = corpora.articles()
    table["label"] = table["label"].map(meant)
    status, lines = check(table, tmp_path, capsys)
    assert status == 1
    assert any("--labels says what others mean" in line for line in lines)
    status, lines = check(table, tmp_path, capsys, "--labels", option, "--labels", "text")
    assert (status, lines[-1]) == (0, FINE)
    assert lines[0].startswith("Labels are taken to be the texts'")
    assert lines[1].startswith("English: 72 articles of journalism, of 6 outlets, and 72 of")


@pytest.mark.parametrize("words", ["fake", "fake=satire", "=propaganda", "fake="])
def test_what_no_label_can_mean_is_refused(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for verb in (["train", "--check"], ["evaluate"], ["compare", "a", "b"]):
        assert run([*verb, str(tmp_path / "t.csv"), "--labels", words]) == 2
        assert f"not “{words}”. A label can mean propaganda, journalism," in capsys.readouterr().err


def test_the_outlet_is_that_of_the_address(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = corpora.articles()
    table["link"] = [
        f"https://{outlet.replace(' ', '')}.example/{at}"
        for at, outlet in enumerate(table["outlet"])
    ]
    del table["outlet"]
    status, lines = check(table, tmp_path, capsys)
    assert status == 1
    assert any("--outlet-column and --url-column name other columns" in line for line in lines)
    status, lines = check(table, tmp_path, capsys, "--url-column", "link")
    assert (status, lines[-1]) == (0, FINE)
    assert "of 6 outlets, and 72 of propaganda, of 6 outlets" in lines[1]


def test_other_names_make_the_same_model(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = corpora.articles()
    table.to_csv(place / "plain.csv", index=False)
    names = {"text": "content", "label": "class", "outlet": "site", "lang": "language"}
    other = table.rename(columns=names)
    other["class"] = other["class"].map({"propaganda": "1", "journalism": "0"})
    other.to_csv(place / "other.csv", index=False)
    words = ["--workers", "1"]
    assert run(["train", str(place / "plain.csv"), "-o", str(place / "a"), *words]) == 0
    words += ["--text-column", "content", "--label-column", "class", "--outlet-column", "site"]
    words += ["--language-column", "language", "--labels", "1=propaganda,0=journalism"]
    assert run(["train", str(place / "other.csv"), "-o", str(place / "b"), *words]) == 0
    for name in ("en.npz", "en.terms"):
        assert (place / "a" / name).read_bytes() == (place / "b" / name).read_bytes()
    told = json.loads((place / "b/manifest.json").read_text("utf-8"))["configuration"]
    assert told["labels"] == {"1": "propaganda", "0": "journalism"}
    assert told["columns"]["text"] == "content"
    capsys.readouterr()
    fresh = ["evaluate", str(place / "other.csv"), "--model", str(place / "a"), *words]
    assert run(fresh) == 1  # all of it was learned from, which it can only tell once it is read
    assert "learned from all 144 rows" in capsys.readouterr().err


def _tiny_corpora() -> dict[str, pd.DataFrame]:
    few = corpora.articles(outlets=2, each=2)
    short = corpora.articles(outlets=4, each=6)
    short["text"] = short["text"].str.split().str[:12].str.join(" ")
    alone = corpora.articles(outlets=6, each=6)
    strange = corpora.articles(outlets=3, each=1)
    strange["text"] = [
        " ".join(f"{letter}{chr(97 + n // 20)}{chr(97 + n % 20)}ub" for n in range(40))
        for letter in "bdfglm"
    ]
    return {
        "eight articles of four outlets": few,
        "twelve articles of twelve outlets": corpora.articles(outlets=6, each=1),
        "eight of eight": corpora.articles(outlets=4, each=1),
        "six that share no word": strange,
        "too short": short,
        "one class": alone[alone["label"] == "journalism"],
        "one outlet of propaganda": alone[
            (alone["label"] == "journalism") | (alone["outlet"] == "propaganda 0")
        ],
        "nothing labelled": alone.assign(label="satire"),
        "enough": alone,
    }


@pytest.mark.parametrize("name", _tiny_corpora())
def test_the_check_says_what_the_training_would_run_into(
    name: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, lines = check(_tiny_corpora()[name], place, capsys)
    words = ["train", str(place / "table.csv"), "-o", str(place / "m"), "--workers", "1"]
    assert run(words) == status
    why = capsys.readouterr().err.splitlines()[-1].removeprefix("krynica: ")
    if status:
        assert why in lines
        assert FINE not in lines
    else:
        assert lines[-1] == FINE
    assert status == (name not in {"enough", "twelve articles of twelve outlets", "eight of eight"})


def test_the_check_looks_at_where_the_model_goes_and_at_every_table(
    corpus: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine")
    (tmp_path / "a.csv").write_text("content,label\nx,y\n")
    (tmp_path / "b.csv").write_text("text,kind\nx,y\n")
    tables = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), str(corpus[0])]
    assert run(["train", *tables, "--check", "-o", str(tmp_path / "mine"), "--workers", "1"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "holds something else than a whole model" in lines[0]
    assert lines[1].endswith("Name the right one with --text-column.")
    assert "--label-column or --score-column" in lines[2]
    assert FINE not in lines
    assert run(["train", *tables, "--check", "--workers", "1"]) == 2
    assert run(["train", *tables, "-o", str(tmp_path / "new"), "--workers", "1"]) == 2
