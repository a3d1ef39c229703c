"""What the command does with Telegram's files: which verb reads them, and whose names it writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.data.telegram_pages import page, post
from tests.service.tiny import JOURNALISM, PROPAGANDA, Run

PERSON, PRIVATE = "Hanna Matskevich", "Family and friends"


def message(number: int, text: str, **more: Any) -> dict[str, Any]:
    date = "2024-03-01T10:00:00"
    return {"id": number, "type": "message", "date": date, "text": text, "from": "Paper"} | more


def chat(name: str, kind: str, *messages: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "type": kind, "id": 5, "messages": list(messages)}


PUBLIC = chat(
    "Paper",
    "public_channel",
    message(1, JOURNALISM),
    message(2, ""),
    message(3, PROPAGANDA, forwarded_from="Other paper", forwarded_from_id="channel9"),
    message(4, f"{JOURNALISM} More.", forwarded_from=PERSON, forwarded_from_id="user9"),
)
ALL = {
    "personal_information": {"first_name": PERSON},
    "chats": {
        "list": [
            PUBLIC,
            chat(PRIVATE, "private_group", message(1, "Nobody may read this.", **{"from": PERSON})),
            chat(PERSON, "personal_chat", message(1, "Nor this.", **{"from": PERSON})),
        ]
    },
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "result.json"
    path.write_text(json.dumps(ALL), "utf-8")
    return path


def test_batch_judges_every_message_and_names_no_person(
    call: Run, tiny: Path, export: Path
) -> None:
    words = ["--report", "report.html", "--model", tiny]
    done = call("batch", export, "-o", "out.csv", *words)
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(export.with_name("out.csv"))
    assert list(table["verdict"]) == ["journalism", "propaganda", "journalism"]
    assert list(table["outlet"].fillna("")) == ["Paper", "Other paper", ""]
    said = done.stderr.decode()
    assert "1 message without a text is left out, such as the pictures of albums.\n" in said
    assert "2 private chats are left out.\n" in said
    written = [path.read_bytes() for path in export.parent.glob("*.*") if path != export]
    everything = b"".join([done.stdout, done.stderr, *written]).decode()
    for secret in (PERSON, PRIVATE, "Nobody may", "Nor this"):
        assert secret not in everything


def test_train_says_what_an_export_lacks(call: Run, export: Path) -> None:
    done = call("train", export, "-o", "mine")
    assert done.returncode == 2
    assert b"One of them says how a text reads." in done.stderr


@pytest.mark.parametrize("name", ["result.json", "result.txt", "export"])
def test_score_says_which_verb_reads_an_export(
    call: Run, tiny: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(json.dumps(PUBLIC), "utf-8")
    done = call("score", name, "--model", tiny)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr.decode() == (
        f"krynica: The file {name} is a Telegram Desktop export of many messages: krynica batch "
        "judges each of them.\n"
    )


def test_score_says_it_of_standard_input_too(krynica: Run, tiny: Path) -> None:
    done = krynica("score", "-", "--model", tiny, stdin=json.dumps(ALL).encode())
    assert done.returncode == 1
    assert b"Standard input is a Telegram Desktop export of many messages" in done.stderr


EXPORTED = (
    '<!DOCTYPE html><html><body><div class="page_wrap"><div class="page_body chat_page"><div '
    f'class="message default clearfix"><div class="from_name">{PERSON}</div><div class="text">'
    f"{JOURNALISM}</div></div></div></div></body></html>"
)


def test_a_page_of_an_export_is_named_with_what_to_do(
    call: Run, tiny: Path, tmp_path: Path
) -> None:
    (tmp_path / "messages.html").write_text(EXPORTED, "utf-8")
    done = call("batch", "messages.html", "-o", "out.csv", "--model", tiny)
    assert done.returncode == 2
    assert b"messages.html is a page of a Telegram Desktop export: export the chat" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_batch_judges_every_post_of_a_saved_page(call: Run, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "dzien.html").write_text(page(post(1, JOURNALISM), post(2, PROPAGANDA)), "utf-8")
    done = call("batch", "dzien.html", "-o", "out.csv", "--model", tiny)
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(tmp_path / "out.csv")
    assert list(table["verdict"]) == ["journalism", "propaganda"]
    assert list(table["url"]) == ["https://t.me/dzien/1", "https://t.me/dzien/2"]


@pytest.mark.parametrize("name", ["page.html", "out.json"])
def test_other_pages_and_outputs_are_refused(
    call: Run, tiny: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "page.html").write_text("<html><body>Welcome</body></html>")
    (tmp_path / "in.csv").write_text("text\nWelcome\n")
    words = ["page.html", "-o", "out.csv"] if name == "page.html" else ["in.csv", "-o", name]
    done = call("batch", *words, "--model", tiny)
    assert done.returncode == 2
    assert name.encode() in done.stderr
