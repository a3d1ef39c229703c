"""``krynica annotate``: rows go out to people, labels come back into a corpus."""

from __future__ import annotations

import csv
import hashlib
import json
import random
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from krynica.data.corpus.duplicates import text_hash
from krynica.data.corpus.labelled import read_corpus
from krynica.data.tables.table import read_table
from krynica.service.annotations.formats.record import ANSWERS as ALL
from krynica.service.annotations.formats.record import identify
from tests.service.tiny import (
    CALM,
    CHINESE,
    JOURNALISM,
    LOUD,
    MIXED,
    POLISH,
    PROPAGANDA,
    Run,
    write_tiny_model,
)

NOUNS = ("bridge", "school", "harvest", "market", "teacher", "winter", "garden", "letter")


def article(seed: int, loud: float, words: int = 60) -> str:
    """An article of its own words, a share of which speaks for propaganda."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    drawn = [
        rng.choice(LOUD.split()) if rng.random() < loud else rng.choice(CALM.split())
        for _ in range(words // 3)
    ]
    said = " ".join(f"the {rng.choice(NOUNS)} {word}" for word in drawn)
    return f"Item {seed} tells of a town in the hills. {said.capitalize()}."


MET = article(1000, 0.5)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model, which remembers a text and an outlet."""
    folder = write_tiny_model(tmp_path_factory.mktemp("model") / "tiny", outlets=["Known Times"])
    np.save(folder / "learned_from.npy", np.array([text_hash(MET)], dtype=np.uint64))
    files = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    sums = (f"{hashlib.sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in files)
    (folder / "SHA256SUMS").write_text("".join(sums), "utf-8")
    return folder


ROWS: list[dict[str, str]] = [
    {"text": JOURNALISM, "outlet": "known-times.com"},
    {"text": PROPAGANDA, "outlet": "Known Times"},
    {"text": PROPAGANDA.upper(), "outlet": "new.example"},
    {"text": MET, "outlet": "new.example"},
    {"text": article(1, 0.5), "outlet": "new.example", "label": "journalism"},
    {"text": "The council met.", "outlet": "new.example"},
    {"text": CHINESE, "outlet": "new.example"},
    {"text": "", "outlet": "new.example"},
    {"text": POLISH, "outlet": "Known Times"},
    {"text": MIXED, "outlet": "known-times.example"},
    {"text": article(3, 0.0, 300), "outlet": "new.example", "url": "https://www.new.example/3"},
    {"text": article(3, 0.0, 300).replace("town", "village", 1), "outlet": "other.example"},
    {"text": article(4, 0.5), "url": "https://news.bbc.co.uk/4", "title": "=Four"},
]


def write(path: Path, rows: Sequence[Mapping[str, Any]] = ROWS) -> Path:
    names = dict.fromkeys(name for row in rows for name in row)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, [*names])
        table.writeheader()
        table.writerows(rows)
    return path


def key_of(path: Path) -> list[dict[str, Any]]:
    content = path.with_name(f"{path.name}.key.jsonl").read_text("utf-8")
    return [json.loads(line) for line in content.splitlines()]


def fill(path: Path, to: Path, labels: Sequence[str], **columns: Sequence[str]) -> Path:
    """Fill a sheet in, as a person does in a program of their own."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.assign(label=labels, **columns).to_csv(to, index=False)
    return to


# --- out -------------------------------------------------------------------------------------


def test_what_is_picked_and_what_is_left_out(model: Path, tmp_path: Path, krynica: Run) -> None:
    write(tmp_path / "t.csv")
    said = krynica("annotate", "export", "t.csv", "-o", "s.csv", "--model", model)
    assert (said.returncode, said.stdout) == (1, b"")
    lines = said.stderr.decode().splitlines()
    assert "krynica: 1 row: The text is empty." in lines
    assert {line.removeprefix("krynica: ") for line in lines} >= {
        "4 of 13 rows picked: 2 uncertain, 2 new outlet, 1 new language",
        "languages: en 3, pl 1; outlets: 4",
        "1 left out: labelled already",
        "1 left out: learned from by the model",
        "1 left out: the words of an earlier row",
        "1 left out: nearly the words of an earlier row",
        "1 left out: too short to be judged",
        "1 left out: in a language that the program does not read",
        "2 left out: of a known outlet and language, with a clear verdict",
        "100 were asked for, and no more were found worth labelling",
    }
    key = key_of(tmp_path / "s.csv")
    assert {(row["row"]["text"][:6], row["why"], row["language"]) for row in key} == {
        (POLISH[:6], "new language", "pl"),
        (MIXED[:6], "uncertain", "en"),
        ("Item 3", "new outlet", "en"),
        ("Item 4", "uncertain;new outlet", "en"),
    }
    assert {row["row"]["outlet"] for row in key} >= {"new.example", "bbc.co.uk"}


def test_annotators_see_the_text_and_nothing_else(model: Path, tmp_path: Path, call: Run) -> None:
    write(tmp_path / "t.csv", ROWS[8:])
    words = ("annotate", "export", "t.csv", "--model", model)
    assert call(*words, "-o", "s.csv").returncode == 0
    content = (tmp_path / "s.csv").read_text("utf-8-sig")
    assert content.splitlines()[0] == "krynica_id,text,choices,label,annotator,remark"
    for secret in ("uncertain", "new.example", "bbc", "unclear", "Four"):
        assert secret not in content
    told = call(*words, "-o", "o.csv", "--show-outlet", "--show-verdict", "--title-column", "title")
    assert told.returncode == 0
    table = read_table(tmp_path / "o.csv")
    assert [*table][2:5] == ["outlet", "model_says", "choices"]
    assert "bbc.co.uk" in set(table["outlet"])
    assert table["model_says"].str.contains("unclear, 0.").any()
    titled = table["text"].str.startswith("'=Four\n\n")
    assert titled.sum() == 1
    for text, number in zip(table["text"], table["krynica_id"], strict=True):
        assert identify(text) == number


def test_the_pick_is_the_same_however_the_table_is_sorted_and_whoever_scores(
    model: Path, tmp_path: Path, call: Run
) -> None:
    rows = [{"text": article(n, n % 7 / 7), "outlet": f"outlet {n % 5}"} for n in range(300, 360)]
    write(tmp_path / "a.csv", rows)
    write(tmp_path / "b.csv", rows[40:])
    write(tmp_path / "c.csv", rows[39::-1])
    words = ("annotate", "export", "--rows", "12", "--model", model)
    assert call(*words, "a.csv", "-o", "one.csv").returncode == 0
    assert call(*words, "b.csv", "c.csv", "-o", "two.csv").returncode == 0
    assert call(*words, "a.csv", "-o", "three.csv", "--workers", "2").returncode == 0
    one, two, three = ((tmp_path / f"{name}.csv").read_bytes() for name in ("one", "two", "three"))
    assert one == two == three
    assert one.count(b"\nk") == 12
    outlets = [row["row"]["outlet"] for row in key_of(tmp_path / "one.csv")]
    assert set(outlets[:5]) == {f"outlet {n}" for n in range(5)}


def test_what_a_corpus_has_is_known(model: Path, tmp_path: Path, call: Run) -> None:
    write(tmp_path / "t.csv", ROWS[8:])
    corpus = [
        {"text": MIXED, "label": "journalism", "outlet": "x"},
        {"text": POLISH, "label": "", "outlet": "bbc.co.uk"},
        {"text": JOURNALISM, "label": "journalism", "outlet": "New Example"},
    ]
    write(tmp_path / "corpus.csv", corpus)
    words = ("annotate", "export", "t.csv", "-o", "s.csv", "--model", model)
    said = call(*words, "--corpus", "corpus.csv")
    assert said.returncode == 0
    assert b"1 left out: labelled in a corpus\n" in said.stderr
    assert {(row["row"]["text"][:6], row["why"]) for row in key_of(tmp_path / "s.csv")} == {
        (POLISH[:6], "new language"),
        ("Item 3", "new outlet"),
        ("Item 4", "uncertain"),
    }


def test_a_text_that_excel_would_cut_is_told_of(model: Path, tmp_path: Path, call: Run) -> None:
    write(tmp_path / "t.csv", [{"text": article(5, 0.5, 9000), "outlet": "new.example"}])
    words = ("annotate", "export", "t.csv", "--model", model)
    assert b"1 text is longer than 32,767" in call(*words, "-o", "s.csv").stderr
    other = ("-o", "s.json", "--format", "labelstudio")
    assert b"longer" not in call(*words, *other).stderr
    assert (tmp_path / "s.json.xml").exists()


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["t.csv", "-o", "s.xls"], 2, "The name s.xls does not suit sheet: end it in .csv."),
        (["t.csv", "-o", "s.csv", "--format", "doccano"], 2, "end it in .jsonl."),
        (["t.csv", "-o", "s.csv", "--text-column", "body"], 2, "lacks the column “body”"),
        (["t.csv", "-o", "s.csv", "--outlet-column", "site"], 2, "lacks the column “site”"),
        (["nowhere.csv", "-o", "s.csv"], 1, "There is no file nowhere.csv."),
        (["t.csv", "-o", "nowhere/s.csv"], 1, "There is no folder nowhere"),
        (["t.csv", "-o", "there.csv"], 1, "there.csv already exists, and may hold answers"),
        (["t.csv", "-o", "s.csv", "--corpus", "t.csv"], 2, "lacks the columns “label”, “score”"),
        (["known.csv", "-o", "s.csv"], 1, "Nothing here is worth labelling: 1 of a known outlet"),
        (["none.csv", "-o", "s.csv"], 1, "worth labelling: the tables have no rows."),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_writes_nothing(
    words: list[str], status: int, says: str, model: Path, tmp_path: Path, call: Run
) -> None:
    write(tmp_path / "t.csv", ROWS[8:])
    write(tmp_path / "known.csv", ROWS[:1])
    (tmp_path / "none.csv").write_text("text\n")
    (tmp_path / "there.csv").write_text("filled in\n")
    before = sorted(path.name for path in tmp_path.iterdir())
    said = call("annotate", "export", *words, "--model", model)
    assert said.returncode == status
    assert says in said.stderr.decode()
    assert len(said.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == before


# --- and back --------------------------------------------------------------------------------

ASKED = [
    {
        "text": article(n, 0.5),
        "outlet": f"outlet {n % 3}",
        "date": "2026-01-02",
        "id": f"{n}",
    }
    for n in range(20, 26)
]
OLD = [
    {"text": f"{article(7, 0.2)}\n", "label": "journalism", "outlet": "old", "weight": "007"},
    {"text": article(8, 0.2), "label": "official", "outlet": "old", "weight": "-1"},
]


def test_messages_of_an_export_are_picked(model: Path, tmp_path: Path, call: Run) -> None:
    forwarded = {"forwarded_from": "Other paper", "forwarded_from_id": "channel9"}
    messages = [
        {"id": n, "type": "message", "date": "2024-03-01", "from": "Hanna", "text": text} | more
        for n, (text, more) in enumerate([(JOURNALISM, {}), (PROPAGANDA, forwarded)])
    ]
    export = {"name": "Paper", "type": "public_channel", "id": 5, "messages": messages}
    (tmp_path / "result.json").write_text(json.dumps(export), "utf-8")
    done = call(
        "annotate", "export", "result.json", "-o", "ask.csv", "--show-outlet", "--model", model
    )
    assert done.returncode == 0, done.stderr
    picked = (tmp_path / "ask.csv").read_text("utf-8-sig")
    assert "Other paper" in picked
    assert "Hanna" not in picked + done.stderr.decode() + done.stdout.decode()


@pytest.fixture
def sheet(model: Path, tmp_path: Path, call: Run) -> Path:
    """Six questions on a sheet."""
    write(tmp_path / "asked.csv", ASKED)
    done = call("annotate", "export", "asked.csv", "-o", "s.csv", "--model", model)
    assert done.returncode == 0
    return tmp_path / "s.csv"


def _sheets(sheet: Path, answers: Mapping[str, Sequence[str]]) -> list[Path]:
    return [fill(sheet, sheet.with_name(f"{name}.csv"), said) for name, said in answers.items()]


def _doccano(sheet: Path, answers: Mapping[str, Sequence[str]]) -> list[Path]:
    table = read_table(sheet)
    path = sheet.with_name("project.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name, labels in answers.items():
            rows = zip(table["text"], table["krynica_id"], labels, strict=True)
            lines = [
                {"id": at, "text": text, "krynica_id": number, "label": [label] if label else []}
                for at, (text, number, label) in enumerate(rows)
            ]
            archive.writestr(f"{name}.jsonl", "".join(f"{json.dumps(one)}\n" for one in lines))
    return [path]


def _label_studio(sheet: Path, answers: Mapping[str, Sequence[str]]) -> list[Path]:
    table = read_table(sheet)
    tasks: list[dict[str, Any]] = [
        {
            "data": {"text": text, "krynica_id": number},
            "annotations": [
                {
                    "completed_by": {"email": name},
                    "was_cancelled": not labels[at],
                    "result": [{"from_name": "label", "value": {"choices": [labels[at]]}}],
                }
                for name, labels in answers.items()
            ],
        }
        for at, (text, number) in enumerate(zip(table["text"], table["krynica_id"], strict=True))
    ]
    path = sheet.with_name("project.json")
    path.write_text(json.dumps(tasks), "utf-8")
    return [path]


P, J, U = "propaganda", "journalism", "unsure"
ANSWERS = {
    "anna": [P, J, P, U, P, ""],
    "ben": [P, J, J, U, P, ""],
    "cid": [P, P, U, U, "", ""],
}


@pytest.mark.parametrize("returned", [_sheets, _doccano, _label_studio])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_labels_come_back_into_a_corpus(
    returned: Any, kind: str, sheet: Path, tmp_path: Path, call: Run
) -> None:
    files = returned(sheet, ANSWERS)
    old = pd.DataFrame(OLD)
    old.to_csv(tmp_path / "old.csv", index=False)
    old.to_parquet(tmp_path / "old.parquet", index=False)
    words = ("--into", f"old.{kind}", "-o", f"new.{kind}", "--key", "s.csv.key.jsonl")
    before = (tmp_path / f"old.{kind}").read_bytes()
    said = call("annotate", "import", *files, *words, "--disputed", "d.csv")
    assert (said.returncode, said.stderr) == (0, b"")
    assert said.stdout.decode().splitlines() == [
        "3 annotators, 5 of 6 rows answered, 5 by two or more.",
        "propaganda: 7 answers, 50.0%; of other answers to the same row, 71.4% agree.",
        "journalism: 3 answers, 21.4%; of other answers to the same row, 33.3% agree.",
        "unsure: 4 answers, 28.6%; of other answers to the same row, 75.0% agree.",
        "Krippendorff's alpha, nominal: 0.467 (95%: -0.083 to 1.000), from 14 pairable answers.",
        "These are fewer than 200 pairable answers: too few to rely on the figure.",
        "Warning: alpha is below 0.667, the least for even tentative conclusions (Krippendorff "
        "2004); make the instructions clearer and label again before training.",
        "4 came back without an answer.",
        "1 left out: in dispute, scores differ by more than 1, or no label has more than half of "
        "the answers.",
        "1 left out: most annotators could not tell.",
        "2 rows kept, 3 added: 1 journalism, 2 propaganda.",
    ]
    assert (tmp_path / f"old.{kind}").read_bytes() == before
    new = read_table(tmp_path / f"new.{kind}")
    kept = read_table(tmp_path / f"old.{kind}")
    pd.testing.assert_frame_equal(new[[*kept]].head(2), kept, check_dtype=False)
    asked = key_of(sheet)
    added = new.tail(3)
    assert added["text"].tolist() == [asked[at]["row"]["text"] for at in (0, 1, 4)]
    assert added["outlet"].tolist() == [asked[at]["row"]["outlet"] for at in (0, 1, 4)]
    assert added["label"].tolist() == [P, J, P]
    assert set(added["date"]) == {"2026-01-02"}
    assert set(added["labelled_by"]) == {"people"}
    assert [int(one) for one in added["annotators"]] == [3, 3, 2]
    assert "id" not in new
    disputed = read_table(tmp_path / "d.csv")
    assert disputed["answers"].tolist() == ["anna: propaganda; ben: journalism; cid: unsure"]
    assert disputed["text"].tolist() == [asked[2]["row"]["text"]]
    articles = read_corpus([tmp_path / f"new.{kind}"]).articles
    assert articles["label"].tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize("returned", [_sheets, _doccano, _label_studio])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_scores_come_back_into_a_corpus(
    returned: Any, kind: str, sheet: Path, tmp_path: Path, call: Run
) -> None:
    given = {
        "anna": ["3 propaganda", "0 plain", "2 one-sided", "1", "4 blatant propaganda", ""],
        "ben": ["2 one-sided", "0 plain", "0 plain", "1", P, ""],
        "cid": ["3 propaganda", "1", "", "1", U, ""],
    }
    files = returned(sheet, given)
    pd.DataFrame(OLD).to_csv(tmp_path / "old.csv", index=False)
    pd.DataFrame(OLD).to_parquet(tmp_path / "old.parquet", index=False)
    words = ("--into", f"old.{kind}", "-o", f"new.{kind}", "--key", "s.csv.key.jsonl")
    said = call("annotate", "import", *files, *words, "--disputed", "d.csv")
    assert (said.returncode, said.stderr) == (0, b"")
    lines = said.stdout.decode().splitlines()
    assert "1 journalism with a voice: 4 answers, 33.3%; of other answers" in "\n".join(lines)
    assert any(line.startswith("Krippendorff's alpha, ordinal: 0.") for line in lines)
    assert lines[-1] == (
        "2 rows kept, 4 added: 1 propaganda, 1 “0 plain”, 1 “1 journalism with a voice”, "
        "1 “3 propaganda”."
    )
    asked = [row["row"]["text"] for row in key_of(sheet)]
    new = read_table(tmp_path / f"new.{kind}").tail(4)
    assert new["text"].tolist() == [asked[at] for at in (0, 1, 3, 4)]
    assert [None if pd.isna(one) else int(one) for one in new["score"]] == [3, 0, 1, None]
    assert [None if pd.isna(one) else one for one in new["label"]] == [None, None, None, P]
    assert read_table(tmp_path / "d.csv")["text"].tolist() == [asked[2]]
    articles = read_corpus([tmp_path / f"new.{kind}"]).articles
    assert articles["basis"].tolist().count("score") == 3


def test_a_score_is_added_beside_an_outlets_label_and_not_beside_another_score(
    sheet: Path, tmp_path: Path, call: Run
) -> None:
    asked = [row["row"]["text"] for row in key_of(sheet)]
    old = [
        {"text": asked[0], "label": P, "score": "", "outlet": "a"},
        {"text": asked[1], "label": P, "score": "2", "outlet": "a"},
        {"text": asked[2], "label": "", "score": "0", "outlet": "a"},
    ]
    write(tmp_path / "old.csv", old)
    fill(sheet, sheet, ["2"] * 6)
    said = call("annotate", "import", "s.csv", "--into", "old.csv", "-o", "new.csv")
    assert said.returncode == 1
    number = key_of(sheet)[2]["krynica_id"]
    assert said.stderr.decode() == (
        f"krynica: {number}: people say 2, row 3 of the corpus 0; the corpus is left as it is.\n"
    )
    assert b"1 row stands in the corpus already under the same label." in said.stdout
    new = read_table(tmp_path / "new.csv")
    assert len(new) == 3 + 4
    assert new["text"].tolist()[3] == asked[0]


def test_a_sheet_filled_in_where_it_stands_begins_a_corpus(
    sheet: Path, tmp_path: Path, krynica: Run, call: Run
) -> None:
    fill(sheet, sheet, [P, J, P, J, P, J], annotator=["Ala"] * 6)
    said = krynica("annotate", "import", "s.csv", "-o", "new.jsonl")
    assert (said.returncode, said.stderr) == (0, b"")
    assert b"1 annotator, 6 of 6 rows answered, 0 by two or more." in said.stdout
    assert b"No row was answered by two people" in said.stdout
    assert len(read_table(tmp_path / "new.jsonl")) == 6
    said = call("annotate", "import", "s.csv", "-o", "two.jsonl", "--least", "2")
    assert b"6 left out: too few answers." in said.stdout
    assert b"0 rows kept, 0 added.\n" in said.stdout


def test_texts_that_were_changed_or_moved_are_named(sheet: Path, tmp_path: Path, call: Run) -> None:
    table = pd.read_csv(sheet, dtype=str, keep_default_na=False)
    texts, ids = table["text"].tolist(), table["krynica_id"].tolist()
    texts[0] = texts[0].replace("Item", "Idem")
    texts[1], texts[2] = texts[2], texts[1]
    ids[3], ids[4] = "", "k0000000000000000"
    labels = [P, P, P, P, P, "maybe"]
    fill(sheet, tmp_path / "anna.csv", labels, text=texts, krynica_id=ids)
    said = call("annotate", "import", "anna.csv", "-o", "n.csv", "--key", "s.csv.key.jsonl")
    assert said.returncode == 1
    assert said.stderr.decode().splitlines() == [
        "krynica: anna.csv, row 1: its text was changed after the export.",
        "krynica: anna.csv, row 2: its text is that of another id; rows were sorted apart.",
        "krynica: anna.csv, row 3: its text is that of another id; rows were sorted apart.",
        "krynica: anna.csv, row 5: its text is not one that was exported with this key.",
        f"krynica: anna.csv, row 6: “maybe” is none of {', '.join(ALL)}.",
    ]
    # The row whose id was lost is known by its text.
    assert read_table(tmp_path / "n.csv")["text"].tolist() == [key_of(sheet)[3]["row"]["text"]]


@pytest.mark.parametrize("spelt", ["zoë", "ZOË", "zoe\u0308"])
def test_one_annotator_has_one_voice(sheet: Path, tmp_path: Path, call: Run, spelt: str) -> None:
    one = fill(sheet, tmp_path / "one.csv", [P, P, "", "", "", ""], annotator=["zoë"] * 6)
    two = fill(sheet, tmp_path / "two.csv", [P, J, "", "", "", ""], annotator=[spelt] * 6)
    said = call("annotate", "import", one, two, "-o", "n.csv", "--key", "s.csv.key.jsonl")
    assert said.returncode == 1
    assert said.stderr.decode() == (
        "krynica: two.csv, row 2: zoë gave this text another label at one.csv, row 2; neither is "
        "taken.\n"
    )
    assert b"1 labelled twice, with the same label." in said.stdout
    assert b"0 rows kept, 1 added: 1 propaganda." in said.stdout


def test_what_the_corpus_says_of_a_text_stays(sheet: Path, tmp_path: Path, call: Run) -> None:
    asked = [row["row"]["text"] for row in key_of(sheet)]
    old = [
        {"text": asked[0].upper(), "label": J, "outlet": "a"},
        {"text": asked[1], "label": P, "outlet": "a"},
        {"text": asked[2], "label": "official", "outlet": "a"},
    ]
    write(tmp_path / "old.csv", old)
    fill(sheet, sheet, [P] * 6)
    said = call("annotate", "import", "s.csv", "--into", "old.csv", "-o", "new.csv")
    assert said.returncode == 1
    number = key_of(sheet)[0]["krynica_id"]
    assert said.stderr.decode() == (
        f"krynica: {number}: people say propaganda, row 1 of the corpus journalism; the corpus is "
        "left as it is.\n"
    )
    assert b"1 row stands in the corpus already under the same label." in said.stdout
    new = read_table(tmp_path / "new.csv")
    assert new["label"].tolist() == [J, P, "official", P, P, P, P]


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["a.csv", "-o", "n.csv"], 2, "There is no a.csv.key.jsonl next to a.csv"),
        (["s.csv", "-o", "s.csv"], 2, "s.csv would be overwritten"),
        (["s.csv", "-o", "o.csv", "--into", "./o.csv"], 2, "o.csv would be overwritten"),
        (["s.csv", "-o", "n.csv", "--disputed", "n.csv"], 2, "n.csv would be overwritten"),
        (["s.csv", "-o", "n.txt"], 2, "n.txt is not a table"),
        (["s.csv", "-o", "n.csv"], 1, "There is no answer that can be taken"),
        (["a.csv", "-o", "n.csv", "--key", "o.csv"], 1, "Line 1 of o.csv is not JSON"),
        (["a.csv", "-o", "n.csv", "--into", "s.csv", "--key", "s.csv.key.jsonl"], 1, "Line"),
        (["no.csv", "-o", "n.csv", "--key", "s.csv.key.jsonl"], 1, "There is no file no.csv."),
    ],
)
def test_what_cannot_be_taken_back_is_one_sentence(
    words: list[str], status: int, says: str, sheet: Path, tmp_path: Path, call: Run
) -> None:
    fill(sheet, tmp_path / "a.csv", [P] * 6)
    write(tmp_path / "o.csv", OLD)
    if "s.csv" in words and "--into" in words and "a.csv" in words:
        (tmp_path / "s.csv").write_text('text,label\n"a\n', "utf-8")
        says = "is malformed"
    said = call("annotate", "import", *words)
    assert said.returncode == status
    assert says in said.stderr.decode()
    assert len(said.stderr.splitlines()) == 1
    assert said.stdout == b""
    assert not (tmp_path / "n.csv").exists()


def test_what_was_labelled_is_not_asked_again(
    sheet: Path, model: Path, tmp_path: Path, call: Run
) -> None:
    fill(sheet, sheet, [P, J, "", "", "", ""])
    assert call("annotate", "import", "s.csv", "-o", "new.csv").returncode == 0
    words = ("annotate", "export", "asked.csv", "-o", "again.csv", "--model", model)
    said = call(*words, "--corpus", "new.csv")
    assert b"2 left out: labelled in a corpus" in said.stderr
    again = {row["krynica_id"] for row in key_of(tmp_path / "again.csv")}
    assert again
    assert again <= {row["krynica_id"] for row in key_of(sheet)[2:]}
