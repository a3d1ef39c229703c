"""What annotators are given and give back, in the shapes that their programs have."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from krynica.classifier.errors import KrynicaError
from krynica.data.tables.table import read_table
from krynica.service.annotations.formats import doccano, key, labelstudio, sheet
from krynica.service.annotations.formats.record import ANSWERS as ALL
from krynica.service.annotations.formats.record import (
    CHOICES,
    Annotation,
    Question,
    identify,
    label_of,
)
from krynica.service.annotations.formats.returned import LARGEST, MOST_MEMBERS, read

ROOT = Path(__file__).resolve().parents[3]
TEXTS = (
    "=Сума(1) A title; with signs\n\nFirst line.\r\nSecond, “quoted” line.",
    "Другі тэкст: ёсць у ім усё, што трэба.",
    "A third text, http://example.org/ and more.",
)
QUESTIONS = [Question(identify(text), text) for text in TEXTS]
IDS = [one.id for one in QUESTIONS]
ANSWERS = ["propaganda", "journalism", "unsure"]
SHOWN = [Question(one.id, one.text, {"outlet": "bbc.co.uk"}) for one in QUESTIONS]


def told(found: Iterator[Annotation]) -> list[tuple[str | None, str | None, str, str]]:
    rows = list(found)
    assert [row.fault for row in rows] == [None] * len(rows)
    for row in rows:
        assert row.text is None or identify(row.text) == row.id
    return [(row.id, row.label, row.annotator, row.remark) for row in rows]


def expected(annotator: str, remark: str = "") -> list[tuple[str, str, str, str]]:
    return [(number, label, annotator, remark) for number, label in zip(IDS, ANSWERS, strict=True)]


def fill(path: Path, **columns: list[str]) -> None:
    """Fill a sheet in, without the help of the code under test."""
    separator = ";" if ";" in path.read_text("utf-8-sig").split("\n")[0] else ","
    table = pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False)
    table.assign(**columns).to_csv(path, sep=separator, index=False)


# --- ids -------------------------------------------------------------------------------------


def test_an_id_stands_for_the_words_and_their_order() -> None:
    text = TEXTS[0]
    assert len(set(IDS)) == 3
    assert all(one[0].isalpha() and len(one) == 17 for one in IDS)
    for same in (
        f"'{text}",
        text.replace("\r\n", "\n"),
        f" {text}\n",
        unicodedata.normalize("NFD", TEXTS[1]),
    ):
        assert identify(same) in IDS
    assert identify(text.replace("First", "Worst")) != IDS[0]
    assert identify("Second line. First line.") != identify("First line. Second line.")


# --- sheets ----------------------------------------------------------------------------------


@pytest.mark.parametrize("semicolons", [False, True])
def test_a_sheet_goes_out_and_comes_back(tmp_path: Path, *, semicolons: bool) -> None:
    path = tmp_path / "anna.csv"
    sheet.write(SHOWN, path, semicolons=semicolons)
    content = path.read_bytes().decode("utf-8")
    assert content.startswith("\ufeffkrynica_id")
    assert "'=Сума" in content
    table = read_table(path)
    assert [*table] == ["krynica_id", "text", "outlet", "choices", "label", "annotator", "remark"]
    assert table["label"].isna().all()
    fill(path, label=["Propaganda ", "journalism", "unsure / cannot tell"], remark=["a\nb", "", ""])
    rows = told(read([path]))
    assert [row[:3] for row in rows] == [row[:3] for row in expected("anna")]
    assert rows[0][3] == "a b"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("first", "separator"), [("sep=;\r\n", ";"), ("SEP=,\r\n", ","), ("", "\t"), ("", ";")]
)
def test_a_sheet_that_excel_saved(tmp_path: Path, codec: str, first: str, separator: str) -> None:
    head = separator.join(["krynica_id", "Label ", "Remark"]) + "\r\n"
    labels = ["“propaganda”", "«Journalism»", "'unsure'"]
    rows = [separator.join([*pair, "so"]) + "\r\n" for pair in zip(IDS, labels, strict=True)]
    path = tmp_path / "anna.csv"
    path.write_bytes((first + head + "".join(rows)).encode(codec))
    assert [(row.id, row.label, row.annotator, row.remark, row.fault) for row in read([path])] == [
        (*row, None) for row in expected("anna", "so")
    ]


def test_blank_labels_are_no_answers_and_the_column_says_who(tmp_path: Path) -> None:
    path = tmp_path / "s.tsv"
    sheet.write(QUESTIONS, path)
    table = pd.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    table["label"], table["annotator"] = ["", " ", "journalism"], ["", "", "Ihar"]
    table.to_csv(path, sep="\t", index=False)
    assert [row[1:3] for row in told(read([path]))] == [
        (None, "s"),
        (None, "s"),
        ("journalism", "Ihar"),
    ]


@pytest.mark.parametrize(
    ("names", "annotators"),
    [
        (["anna/sheet.csv", "ben/sheet.csv"], {"anna/sheet", "ben/sheet"}),
        (["anna/1/sheet.csv", "ben/1/sheet.csv"], {"anna/1/sheet", "ben/1/sheet"}),
        (["anna/1/sheet.csv", "ben/1/Sheet.csv"], {"anna/1/sheet", "ben/1/Sheet"}),
        (["a/1/sheet.csv", "a/2/sheet.csv", "b/ben.csv"], {"1/sheet", "2/sheet", "ben"}),
        (["a/anna.csv", "a/anna.tsv"], {"anna"}),
    ],
)
def test_sheets_of_one_name_are_told_apart_by_their_folders(
    tmp_path: Path, names: list[str], annotators: set[str]
) -> None:
    paths = [tmp_path / name for name in names]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.write(QUESTIONS, path)
    assert {row[2] for row in told(read(paths))} == annotators


@pytest.mark.parametrize(
    ("archives", "annotators"),
    [
        ({"anna": ["all"], "ben": ["all"]}, {"anna/all", "ben/all"}),
        ({"anna": ["all"], "ben": ["ben"]}, {"all", "ben"}),
        ({"monday": ["anna", "ben"], "friday": ["anna", "ben"]}, {"anna", "ben"}),
        ({"both": ["anna/1/ask", "ben/1/ask"]}, {"anna/1/ask", "ben/1/ask"}),
    ],
)
def test_archives_with_files_of_one_name(
    tmp_path: Path, archives: dict[str, list[str]], annotators: set[str]
) -> None:
    doccano.write(QUESTIONS, tmp_path / "q.jsonl")
    for name, members in archives.items():
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as archive:
            for member in members:
                archive.write(tmp_path / "q.jsonl", f"{member}.jsonl")
    found = told(read([tmp_path / f"{name}.zip" for name in archives]))
    assert {row[2] for row in found} == annotators


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ("2 one-sided", CHOICES[2]),
        ("  2  One-Sided", CHOICES[2]),
        ("0", CHOICES[0]),
        ("4.0", CHOICES[4]),
        ("нейтральный текст", CHOICES[0]),
        ("1 журналістыка з аўтарскім голасам", CHOICES[1]),
        ("3 пропаганда", CHOICES[3]),
        ("tekst jednostronny", CHOICES[2]),
        ("відверта пропаганда", CHOICES[4]),
        ("propaganda", "propaganda"),
        ("5", None),
        ("пропаганда", "propaganda"),
    ],
)
def test_a_score_is_known_in_the_languages_of_the_page(given: str, answer: str | None) -> None:
    label, fault = label_of(given, "s.csv, row 1")
    assert label == answer
    assert (fault is None) == (answer is not None)


def test_the_levels_are_called_as_the_page_calls_them() -> None:
    for language in ("be", "pl", "ru", "uk"):
        path = ROOT / f"service/page/locales/{language}/LC_MESSAGES/page.po"
        for entry in path.read_text("utf-8").split("\n\n"):
            for at, choice in enumerate(CHOICES):
                if f'msgid "{choice[2:]}"\n' in entry:
                    told = entry.partition('msgstr "')[2].partition('"')[0]
                    assert label_of(f"{at} {told}", "")[0] == choice


def test_a_label_that_is_none_is_named_and_a_text_in_its_place_is_not(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    sheet.write(QUESTIONS, path)
    fill(path, label=["yes", "journalism", "secret words of an article " * 9])
    first, second, third = read([path])
    assert first.fault == f"s.csv, row 1: “yes” is none of {', '.join(ALL)}."
    assert second.fault is None
    assert third.fault is not None
    assert "secret" not in third.fault


def test_a_damaged_row_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"krynica_id,label\n{IDS[0]},journalism\na,b,c,d\n{IDS[1]},propaganda\n")
    rows = list(read([path]))
    assert [row.label for row in rows] == ["journalism", None, "propaganda"]
    assert rows[1].fault is not None
    assert rows[1].fault.startswith("s.csv, row 2: ")


# --- Doccano ---------------------------------------------------------------------------------


def as_doccano(path: Path, labels: list[list[str]]) -> str:
    """What Doccano makes of lines that it was given: metadata beside its own id, text, label."""
    lines = []
    for number, (line, label) in enumerate(
        zip(path.read_text("utf-8").splitlines(), labels, strict=True), 11
    ):
        given = json.loads(line)
        text, _ = given.pop("text"), given.pop("label")
        lines.append({"id": number, "text": text, **given, "label": label, "Comments": ["why not"]})
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def test_doccano_takes_and_gives(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    (labels,) = doccano.write(SHOWN, path)
    assert [one["text"] for one in json.loads(labels.read_text("utf-8"))] == [*ALL]
    first = json.loads(path.read_text("utf-8").split("\n")[0])
    assert first == {"text": TEXTS[0], "label": [], "krynica_id": IDS[0], "outlet": "bbc.co.uk"}
    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("anna.jsonl", as_doccano(path, [[label] for label in ANSWERS]))
        archive.writestr("idle.jsonl", b"")
        archive.writestr("ben.jsonl", as_doccano(path, [["journalism"], [], ["unsure"]]))
    rows = told(read([tmp_path / "export.zip"]))
    assert rows[:3] == expected("anna", "why not")
    assert [row[1:3] for row in rows[3:]] == [
        ("journalism", "ben"),
        (None, "ben"),
        ("unsure", "ben"),
    ]


def test_a_line_with_labels_of_two_people_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    doccano.write(QUESTIONS, path)
    both = as_doccano(path, [["journalism", "propaganda"], ["unsure", "unsure"], []])
    path.write_text(both + "{broken\n", "utf-8")
    rows = list(read([path]))
    assert [row.label for row in rows] == [None, "unsure", None, None]
    assert rows[0].fault == "all.jsonl, row 1: it has 2 labels; each annotator gives one."
    assert rows[3].fault is not None
    assert "is not JSON" in rows[3].fault


# --- Label Studio ----------------------------------------------------------------------------


def result(label: str, remark: str) -> list[dict[str, object]]:
    common = {"to_name": "text", "origin": "manual"}
    return [
        {"from_name": "label", "type": "choices", "value": {"choices": [label]}, **common},
        {"from_name": "remark", "type": "textarea", "value": {"text": [remark]}, **common},
    ]


def as_label_studio(tasks: list[dict[str, object]]) -> list[dict[str, object]]:
    people: list[tuple[object, bool]] = [({"id": 7, "email": "anna@example.org"}, False), (8, True)]
    return [
        {
            "id": number,
            "data": task["data"],
            "annotations": [
                {
                    "id": 1000 + number,
                    "completed_by": who,
                    "was_cancelled": skipped,
                    "result": result(label, "a remark"),
                }
                for who, skipped in people
            ],
            "predictions": [{"result": result("unsure", "a model's")}],
            "drafts": [],
        }
        for number, (task, label) in enumerate(zip(tasks, ANSWERS, strict=True), 1)
    ]


def test_label_studio_takes_and_gives(tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    (config,) = labelstudio.write(SHOWN, path)
    tasks = json.loads(path.read_text("utf-8"))
    assert tasks[0] == {"data": {"text": TEXTS[0], "krynica_id": IDS[0], "outlet": "bbc.co.uk"}}
    export = tmp_path / "project-1.json"
    export.write_text(json.dumps(as_label_studio(tasks)), "utf-8")
    rows = told(read([export]))
    assert [row for row in rows if row[1]] == expected("anna@example.org", "a remark")
    assert [row[2] for row in rows if not row[1]] == ["8"] * 3  # who skipped all of them

    view = ET.fromstring(config.read_text("utf-8"))  # noqa: S314  # our own file
    choices = view.find("Choices")
    assert choices is not None
    assert choices.get("toName") == view.find("Text").get("name")  # type: ignore[union-attr]
    assert [one.get("value") for one in choices] == [*ALL]
    shown = [one.get("value") for one in view.iter("Header")]
    assert shown[1:] == ["outlet: $outlet"]


def test_label_studio_in_brief(tmp_path: Path) -> None:
    path = tmp_path / "min.json"
    rows = [
        {
            "text": text,
            "krynica_id": number,
            "id": at,
            "label": label,
            "remark": "a",
            "annotator": 3,
            "annotation_id": at,
            "lead_time": 1.5,
        }
        for at, (text, number, label) in enumerate(zip(TEXTS, IDS, ANSWERS, strict=True))
    ]
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    assert told(read([path])) == expected("3", "a")
    table = tmp_path / "export.csv"
    pd.DataFrame(rows).assign(was_cancelled=[False, False, True]).to_csv(table, index=False)
    assert told(read([table])) == [*expected("3", "a")[:2], (IDS[2], None, "3", "a")]


@pytest.mark.parametrize(
    "task",
    [
        {"data": {}, "annotations": [{"result": [{"from_name": "label", "value": {}}]}]},
        {"data": {"krynica_id": 7, "text": None}, "annotations": None},
        {"data": {"krynica_id": IDS[0]}, "annotations": ["nonsense"]},
        {"data": {}, "annotations": [{"result": [None, 3], "completed_by": {}}]},
        {},
    ],
)
def test_a_task_without_an_answer_is_none(tmp_path: Path, task: dict[str, object]) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps([task]), "utf-8")
    assert [(row.label, row.fault) for row in read([path])] == [(None, None)]


# --- what cannot be read ---------------------------------------------------------------------


def _zipped(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("a.jsonl", bytes(LARGEST + 1))
    return path


def _many(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(MOST_MEMBERS + 1):
            archive.writestr(f"{number}.jsonl", b"")
    return path


def _damaged(kind: int) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        with zipfile.ZipFile(path, "w", kind) as archive:
            archive.writestr("a.jsonl", b'{"label": []}\n' * 500)
        content = path.read_bytes()
        path.write_bytes(content[:47] + b"\xff" * 9 + content[56:])
        return path

    return write


def _plain(content: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: path, "There is no file"),
        (_plain(b""), "is empty"),
        (_plain(b"a,b\n1,2\n"), "is not a sheet of answers: it needs the columns"),
        (_plain(b"\x89PNG\r\n\x1a\n" + bytes(99)), "not text"),
        (_plain(b"[1, 2"), "is not JSON"),
        (_plain(b"[" * 100_000), "nested too deeply"),
        (_plain(b"PK\x03\x04 and no archive"), "damaged archive"),
        (_damaged(zipfile.ZIP_DEFLATED), "damaged archive"),
        (_damaged(zipfile.ZIP_BZIP2), "damaged archive"),
        (_damaged(zipfile.ZIP_LZMA), "damaged archive"),
        (_bomb, "unpacks to more than"),
        (_many, "holds more than 1,000 files"),
        (lambda path: _zipped(path, "[Content_Types].xml", b""), "save the sheet as .xlsx or .csv"),
        (lambda path: _zipped(path, "../anna.csv", b"a,b\n"), "export.zip/anna.csv is not a sheet"),
        (lambda path: _zipped(path, "in.zip", b"PK\x03\x04" + bytes(99)), "not text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(
    make: Callable[[Path], Path], says: str, tmp_path: Path
) -> None:
    path = make(tmp_path / "export.zip")
    with pytest.raises(KrynicaError) as refused:
        list(read([path]))
    assert says in str(refused.value)
    assert str(refused.value).count("\n") == 0


# --- the key ---------------------------------------------------------------------------------


def test_a_key_comes_back_as_it_was(tmp_path: Path) -> None:
    cells = {"text": TEXTS[0], "outlet": "a.by", "n": 3, "nested": [{"a": None}]}
    row = key.Row(IDS[0], "uncertain;new outlet", "be", "0" * 64, cells)
    key.write([row], tmp_path / "k.jsonl")
    assert key.read(tmp_path / "k.jsonl") == {IDS[0]: row}


@pytest.mark.parametrize(
    "content",
    [
        '{"text": "a"}\n',
        '{"krynica_id": "k", "why": "", "language": "en", "model": "", "row": {}}\n',
        '{"krynica_id": 1, "why": "", "language": "en", "model": "", "row": {"text": "a"}}\n',
        "nonsense\n",
    ],
)
def test_what_is_no_key_is_one_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "k.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(KrynicaError, match=r"k\.jsonl"):
        key.read(path)
