"""Answers as they come back from people and from programs: taken, or refused with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.service.tiny import Run

CASES = Path(__file__).parent / "cases"
KEY = CASES / "ask-sheet.csv.key.jsonl"
NOTHING = "krynica: There is no answer that can be taken, and no corpus was written. "


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ls-two-results.json", "8 rows: it has 2 labels; each annotator gives one."),
        (
            "ls-other-name.json",
            "8 rows: its answer is under “sentiment”; only “label” is read.",
        ),
        (
            "dc-old-labels.jsonl",
            "8 rows: its answer is under “labels”; only “label” is read.",
        ),
    ],
)
def test_each_reason_is_said_once_with_its_count(name: str, reason: str, call: Run) -> None:
    said = call("annotate", "import", CASES / name, "--key", KEY, "-o", "corpus.csv")
    assert said.returncode == 1
    assert said.stderr.decode() == f"{NOTHING}{reason}\n"
    assert not Path("corpus.csv").exists()


def test_several_reasons_and_blank_rows_are_told_apart(call: Run, tmp_path: Path) -> None:
    tasks = json.loads((CASES / "ls-two-results.json").read_text("utf-8"))
    tasks[0]["annotations"][0]["result"] = []
    tasks[1]["annotations"][0]["result"][1:] = []
    tasks[1]["annotations"][0]["result"][0]["value"]["choices"] = ["satire"]
    (tmp_path / "mixed.json").write_text(json.dumps(tasks), "utf-8")
    said = call("annotate", "import", "mixed.json", "--key", KEY, "-o", "corpus.csv")
    told = said.stderr.decode()
    assert "6 rows: it has 2 labels" in told
    assert "1 row: “satire” is none of" in told
    assert "1 row: it came back without an answer." in told


def test_two_results_that_agree_are_one_answer(call: Run, tmp_path: Path) -> None:
    tasks = json.loads((CASES / "ls-two-results.json").read_text("utf-8"))
    for task in tasks:
        results = task["annotations"][0]["result"]
        results[1] = results[0]
    (tmp_path / "twice.json").write_text(json.dumps(tasks), "utf-8")
    assert call("annotate", "import", "twice.json", "--key", KEY, "-o", "c.csv").returncode == 0
    assert pd.read_csv("c.csv")["label"].tolist() == ["propaganda"] * 8


def test_a_control_called_as_the_text_does_not_take_its_place(call: Run, tmp_path: Path) -> None:
    tasks = json.loads((CASES / "ls-other-name.json").read_text("utf-8"))
    for task in tasks:
        task["annotations"][0]["result"][0]["from_name"] = "text"
    (tmp_path / "odd.json").write_text(json.dumps(tasks), "utf-8")
    said = call("annotate", "import", "odd.json", "--key", KEY, "-o", "c.csv")
    assert "8 rows: it came back without an answer." in said.stderr.decode()


@pytest.mark.parametrize(
    ("labels", "old"),
    [
        ({"annotations": [{"label": 3, "user": 1}]}, "annotations"),
        ({"labels": [[0, 12, "propaganda"]]}, "labels"),
    ],
)
def test_labels_by_number_or_of_spans_are_no_answers(
    labels: dict[str, object], old: str, call: Run, tmp_path: Path
) -> None:
    rows = [json.loads(line) for line in (CASES / "dc-old-labels.jsonl").read_text().splitlines()]
    lines = [json.dumps({"text": row["text"], **labels}) for row in rows]
    (tmp_path / "old.jsonl").write_text("\n".join(lines), "utf-8")
    said = call("annotate", "import", "old.jsonl", "--key", KEY, "-o", "c.csv")
    assert f"8 rows: it has no “label”, and “{old}” holds no readable answer" in (
        said.stderr.decode()
    )


WORDS = {
    "be": ("прапаганда", "журналістыка", "не магу сказаць"),
    "ru": ("Пропаганда", "журналистика", "трудно сказать"),
    "uk": ("пропаганда", "журналістика", "не можу сказати"),
    "pl": ("propaganda", "dziennikarstwo", "nie wiem"),
}


def test_answers_in_belarusian_are_taken(call: Run) -> None:
    words = ("annotate", "import", CASES / "ann-belarusian.csv", "--key", KEY, "-o", "c.csv")
    said = call(*words)
    assert said.returncode == 0
    assert "1 annotator, 8 of 8 rows answered" in said.stdout.decode()
    assert pd.read_csv("c.csv")["label"].tolist() == ["propaganda", "journalism"] * 4


@pytest.mark.parametrize("language", WORDS)
def test_answers_in_the_annotators_language_are_taken(
    language: str, call: Run, tmp_path: Path
) -> None:
    sheet = pd.read_csv(CASES / "ann-belarusian.csv")
    sheet["label"] = [*WORDS[language], None, None, None, None, None]
    sheet.to_csv(tmp_path / "sheet.csv", index=False)
    said = call("annotate", "import", "sheet.csv", "--key", KEY, "-o", "c.csv")
    assert said.returncode == 0
    assert "unsure: 1 answer, 33.3%" in said.stdout.decode()
    assert pd.read_csv("c.csv")["label"].tolist() == ["propaganda", "journalism"]


def test_a_sheet_with_semicolons_in_windows_1251_is_taken(call: Run) -> None:
    """What its letters are is `data.decoding`'s to tell; here, that all eight answers arrive."""
    sheet = CASES / "ann-semicolon-cp1251.csv"
    Path("sheet.csv").write_text(sheet.read_text("cp1251"), "utf-8")
    said = call("annotate", "import", "sheet.csv", "--key", KEY, "-o", "c.csv")
    assert said.returncode == 0
    assert "8 of 8 rows answered" in said.stdout.decode()


def test_a_sheet_without_labels_is_told_its_columns(call: Run) -> None:
    Path("sheet.csv").write_text("krynica_id,метка\nk1,прапаганда\n", "utf-8")
    said = call("annotate", "import", "sheet.csv", "--key", KEY, "-o", "c.csv")
    assert "needs the columns “label” and “krynica_id”, and has “krynica_id”, “метка”." in (
        said.stderr.decode()
    )
