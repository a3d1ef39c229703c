"""Exports of Telegram Desktop as tables: which messages are rows, and whose names are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from krynica.classifier.errors import TableError, UnreadableError
from krynica.data.documents.files import read_file
from krynica.data.tables.table import TableWriter, iter_table, read_table
from krynica.data.tables.telegram_table import COLUMNS
from tests.data.telegram_pages import page, post

SECRET = ["Ганна Мацкевіч", "Сям'я", "Закрыты канал", "Мама", "Сябры горада"]
MESSAGE = {"id": 7, "type": "message", "date": "2024-03-01T10:00:00", "text": "Мост адкрылі."}


def message(**more: Any) -> dict[str, Any]:
    return {"from": "Навіны Дня", "from_id": "channel1", **MESSAGE, **more}


def chat(*messages: Any, **more: Any) -> dict[str, Any]:
    head = {"name": "Навіны Дня", "type": "public_channel", "id": 1}
    return {**head, **more, "messages": list(messages)}


def write(path: Path, export: Any) -> Path:
    path.write_text(json.dumps(export, ensure_ascii=False, indent=1), "utf-8")
    return path


def rows(path: Path) -> list[dict[str, Any]]:
    table = read_table(path, required=("text",))
    assert list(table.columns) == list(COLUMNS)
    return table.astype(object).where(table.notna(), None).to_dict("records")


def told(path: Path) -> list[str]:
    sentences: list[tuple[int, str]] = []
    list(iter_table(path, on_fault=lambda row, fault: sentences.append((row, fault))))
    assert {row for row, _ in sentences} <= {-1}
    return [fault for _, fault in sentences]


def test_a_row_a_message(tmp_path: Path) -> None:
    parts = [{"type": "bold", "text": "Мост адкрылі"}, "\n\nУ сераду, ", {"type": "text_link",
             "text": "паведаміла", "href": "https://x.example"}, " служба."]  # fmt: skip
    export = chat(
        {"id": 1, "type": "service", "action": "create_channel", "title": "Навіны Дня"},
        message(text=parts),
        message(id=8, text="", text_entities=[{"type": "plain", "text": "Іншае."}]),
    )
    first, second = rows(write(tmp_path / "result.json", export))
    assert first == {
        "text": "Мост адкрылі\n\nУ сераду, паведаміла служба.",
        "date": "2024-03-01T10:00:00",
        "outlet": "Навіны Дня",
        "url": "https://t.me/c/1/7",
        "kind": "post",
        "channel": "Навіны Дня",
        "id": "7",
    }
    assert second["text"] == "Іншае."


def test_messages_without_text_are_counted(tmp_path: Path) -> None:
    export = chat(message(text="", photo="a.jpg"), message(text=[]), message())
    path = write(tmp_path / "result.json", export)
    assert len(rows(path)) == 1
    assert told(path) == [
        f"{path}: 2 messages without a text are left out, such as the pictures of albums."
    ]


@pytest.mark.parametrize(
    ("source", "outlet"),
    [
        ({"forwarded_from": "Вечар", "forwarded_from_id": "channel2"}, "Вечар"),
        ({"forwarded_from": "Ганна Мацкевіч", "forwarded_from_id": "user3"}, None),
        ({"forwarded_from": "Ганна Мацкевіч", "forwarded_from_id": None}, None),
        ({"forwarded_from": "Ганна Мацкевіч"}, None),
        ({"forwarded_from": None, "forwarded_from_id": "channel2"}, None),
        ({"forwarded_from": "Вечар", "from_id": ...}, "Вечар"),
    ],
)
def test_a_forward_is_of_its_first_channel(
    tmp_path: Path, source: dict[str, Any], outlet: str | None
) -> None:
    forward = {name: value for name, value in message(**source).items() if value is not ...}
    (row,) = rows(write(tmp_path / "result.json", chat(forward)))
    assert (row["outlet"], row["channel"]) == (outlet, "Навіны Дня")


ALL: dict[str, Any] = {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 5, "first_name": "Ганна Мацкевіч"},
    "contacts": {"about": "…", "list": [{"first_name": "Мама", "user_id": 6}]},
    "chats": {
        "about": "…",
        "list": [
            chat(message(text="Тэкст мамы.", **{"from": "Мама"}), name="Мама",
                 type="personal_chat", id=6),
            chat(message()),
            chat(message(text="Закрыты тэкст."), name="Закрыты канал", id=9,
                 type="private_channel"),
            chat(message(text="Сямейнае."), name="Сям'я", type="private_group", id=10),
            chat(message(text="Дзе хлеб?", **{"from": "Ганна Мацкевіч"}), name="Сябры горада",
                 type="public_supergroup", id=11),
            chat(message(text="Для сябе."), type="saved_messages", name=None),
        ],
    },
    "left_chats": {"about": "…", "list": [chat(message(text="Былое."), name="Вечар", id=12)]},
}  # fmt: skip


def turned(export: dict[str, Any]) -> dict[str, Any]:
    """The same, with what a chat is behind its messages."""
    chats = [dict(reversed(one.items())) for one in export["chats"]["list"]]
    return export | {"chats": {"list": chats}}


@pytest.mark.parametrize("export", [ALL, turned(ALL)], ids=["as it is", "turned"])
def test_all_chats(tmp_path: Path, export: dict[str, Any]) -> None:
    path = write(tmp_path / "result.json", export)
    found = rows(path)
    assert [(row["text"], row["outlet"]) for row in found] == [
        ("Мост адкрылі.", "Навіны Дня"),
        ("Закрыты тэкст.", "t.me/c/9"),
        ("Дзе хлеб?", "t.me/c/11"),
        ("Былое.", "Вечар"),
    ]
    assert told(path) == [f"{path}: 3 private chats are left out."]
    written = json.dumps(found, ensure_ascii=False)
    assert not any(name in written for name in SECRET)


@pytest.mark.parametrize("kind", ["personal_chat", "private_supergroup", "private_group"])
def test_a_private_chat_that_alone_was_exported_is_read_without_its_name(
    tmp_path: Path, kind: str
) -> None:
    path = write(tmp_path / "result.json", chat(message(), name="Мама", type=kind))
    (row,) = rows(path)
    assert row["outlet"] == ("t.me/c/1" if kind == "private_supergroup" else None)
    assert row["text"] == "Мост адкрылі."
    assert "Мама" not in row.values()
    assert told(path) == []


def test_a_mark_at_the_beginning_is_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(chat(message())).encode())
    assert len(rows(path)) == 1


def test_a_channel_without_messages_is_an_empty_table(tmp_path: Path) -> None:
    assert rows(write(tmp_path / "result.json", chat())) == []


def test_it_is_read_in_pieces(tmp_path: Path) -> None:
    export = chat(*(message(id=n) for n in range(5)))
    pieces = iter_table(write(tmp_path / "result.json", export), chunk_rows=2)
    assert [list(piece["id"]) for piece in pieces] == [["0", "1"], ["2", "3"], ["4"]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b'{"a": 1}',
            "is not an export of Telegram Desktop; of other JSON, give one object a line",
        ),
        (b"[]", "is not an export of Telegram Desktop"),
        (b"", "is cut off, or is damaged JSON"),
        (b'{"type": "public_channel", "messages": [{"type": "message", "te', "is cut off"),
        (b'{"messages": [}', "is cut off, or is damaged JSON"),
        (b'{"messages": [{"text": "' + b"\xff" * 9 + b'"}]}', "is cut off, or is damaged JSON"),
        (b"[" * 200_000, "nests more than 30 deep"),
        (b'{"messages": [' * 99, "nests more than 30 deep"),
        (b'{"name": "' + b"a" * 3_000_000 + b'"}', "holds a text that does not end"),
        (b'{"name": "' + b'\\"' * 1_500_000 + b'"}', "holds a text that does not end"),
        (b" " * 3_000_000 + b"{}", "holds a text that does not end"),
        (b'{"messages": [{"text": [' + b'"a",' * 200_000, "holds a message that does not end"),
        (b'{"chats": {"list": [' + b'{"id": 1},' * 30_000, "holds more than 20,000 chats"),
    ],
)
def test_what_is_no_export_is_refused_in_a_sentence(
    tmp_path: Path, data: bytes, sentence: str
) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(data)
    for read in (lambda: rows(path), lambda: told(path)):
        with pytest.raises(TableError, match=f"{path} {sentence}") as caught:
            read()
        assert str(caught.value).count("\n") == 0
        assert str(caught.value).endswith(".")


def test_json_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="is not a table that can be read or written"):
        TableWriter(tmp_path / "out.json")


# -------------------------------------------------------------------------------- pages as tables


def test_a_page_of_a_channel_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "dzien.html"
    path.write_text(page(post(1, "Адно."), post(2, None), post(3, "Два.")), "utf-8")
    found = rows(path)
    assert [row["text"] for row in found] == ["Адно.", "Два."]
    assert found[1] == {
        "text": "Два.",
        "date": "2024-03-01T07:00:00+00:00",
        "outlet": "t.me/dzien",
        "url": "https://t.me/dzien/3",
        "kind": "post",
        "channel": "t.me/dzien",
        "id": "3",
    }
    assert told(path) == [f"{path}: 1 post without a text is left out, such as pictures."]
    assert [len(one) for one in iter_table(path, chunk_rows=1)] == [1, 1]


EXPORTED = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>'
    '<div class="page_wrap"><div class="page_body chat_page"><div class="history"><div '
    'class="message default clearfix" id="message1"><div class="from_name">Мама</div><div '
    'class="text">Мост адкрылі.</div></div></div></div></div></body></html>'
)


def test_an_exported_page_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "messages.html"
    path.write_text(EXPORTED, "utf-8")
    with pytest.raises(TableError, match=r"export the chat again as JSON, and give its result\.js"):
        read_table(path)


@pytest.mark.parametrize("export", [chat(message()), ALL], ids=["one", "all"])
def test_an_export_is_no_article(tmp_path: Path, export: Any) -> None:
    path = write(tmp_path / "result.json", export)
    with pytest.raises(UnreadableError, match="krynica batch judges each of them"):
        read_file(path)


def test_other_json_and_pages_are_no_exports(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for text in ('{"title": "Мост"} is how the article begins.', "The messages were “chats”."):
        path.write_text(text, "utf-8")
        assert read_file(path) == text
