"""What is no article is told as such, and articles are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from krynica.classifier.article import Article
from krynica.classifier.errors import UnreadableError
from krynica.classifier.not_prose import by_ending, is_fragment, is_page, what_else

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "data" / "samples").glob("*.txt"))
ROW = "Новый мост открыли в среду; движение, по словам властей, восстановлено."


@pytest.mark.parametrize(
    "path", [*SAMPLES, ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
)
def test_articles_and_documents_are_none_of_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert what_else(text) is None
    assert not is_page(text)
    assert not is_fragment(text)


@pytest.mark.parametrize(
    "text",
    [
        "[Обновлено в 12:00] Мост открыли. «{…}», — сказал он.",
        "{Рэкламны блок} У Гродне адкрылі мост.",
        "Яблоки, груши, сливы\n\nКупили на рынке, в лавке, у соседа\n\nСъели, сварили, отдали",
        "Слово, дело\nСтолы, стулья\nОкна, двери\nПол, потолок",
        "Слово, дело, честь\nСтолы, стулья\nОкна, двери, пол, потолок",
        "обеспечить (в том числе за счёт бюджета) ремонт;\nпровести проверку;\nдоложить мне;\n"
        "утвердить смету (приложение 1);\nопубликовать отчёт;",
        "Журналист: «Зачем?»\nМинистр: «Затем».\nЖурналист: «А деньги?»\nМинистр: «Будут».",
        "For example, the mayor said:\nWhile it rains, nobody works.\nIf you ask him (again),\n"
        "return to sender.\nFrom here on, it is downhill.",
        "<b>Важно</b> не для этого: 2 < 3, а 5 > 4.",
        "See https://example.org/a for more.\nIt was said on Monday.",
        "#мост #гродно\n@kanal\nОткрыли мост! 🎉",
    ],
)
def test_prose_with_signs_of_it_is_none_of_it(text: str) -> None:
    assert what_else(text) is None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('{"title": "x", "text": "The minister said."}', "JSON"),
        ('  [\n {"a": 1}\n]', "JSON"),
        ('{"text": "One."}\n{"text": "Two."}\n{"text": "Three."}\n', "JSON"),
        ("[" * 100_000 + '"a"' + "]" * 100_000, "JSON"),
        (f'title,text,url\n"A, b","{ROW}",http://x\nB,{ROW[:9]},http://y\n', "table"),
        (f"назва;тэкст\n1;{ROW[:20]}\n2;{ROW[:24]}\n", "table"),
        (f"назва;тэкст;год\n1;{ROW[:20]};2024\n2;{ROW[:24]};2025\n", "table"),
        (f"title\ttext\n1\t{ROW}\n2\t{ROW}\n", "table"),
        ("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nSUMMARY:Meeting\nEND:VEVENT\n", "calendar"),
        ("BEGIN:VCARD\nFN:Jan\nEND:VCARD\n", "calendar"),
        ("<!DOCTYPE html><html><body>x</body></html>", "web page"),
        ("<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "feed"),
        ("<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "feed"),
        ("<opml version='2.0'><body/></opml>", "feed"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0'/></svg>", "XML"),
        ("http://a.example/1\nhttps://b.example/2\n", "addresses"),
        (
            "import os\n\ndef main():\n    for x in os.listdir():\n        print(x)\n    return\n",
            "code",
        ),
        ('#include <stdio.h>\nint main(void) {\n  printf("hi\\n");\n  return 0;\n}\n', "code"),
        ("const a = 1;\nfunction b(c) {\n  return c + a;\n}\nb(2);\n", "code"),
        ("body {\n  margin: 0;\n}\n.a {\n  color: red;\n}\n", "code"),
        ("<?php\nfunction a($b) {\n  return $b;\n}\necho a(1);\n", "source"),
        (
            "SELECT a, b\nFROM t\nWHERE a = 1\nGROUP BY b;\nCREATE TABLE x (i);\nDROP TABLE y;\n",
            "code",
        ),
        ('[a]\nname = "x"\nsize = 3\n[b]\nname = "y"\n', "code"),
    ],
)
def test_what_is_no_article_is_told(text: str, word: str) -> None:
    said = what_else(text)
    assert said is not None
    assert word in said
    with pytest.raises(UnreadableError, match=r"no article|source of a web page"):
        Article(text).require_text()


def test_sources_of_this_program_are_code() -> None:
    sources = [path.read_text("utf-8") for path in sorted((ROOT / "classifier").glob("*.py"))]
    told = sum(what_else(source) is not None for source in sources)
    assert told > 0.7 * len(sources)  # those that are comments for the most part are not


@pytest.mark.parametrize(
    "text",
    [
        "<!doctype html>\n<p>x</p>",
        "\ufeff  <HTML lang=be><body>",
        "<!-- saved from url=(0022)http://a.example/ -->\n<!-- x -->\n<html><body>",
        "<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE html PUBLIC 'x'><html>",
        "<?php $a = 1; ?>\n<!DOCTYPE html>\n<html>",
        "<meta charset=utf-8><title>x</title><p>y</p>",
    ],
)
def test_pages_are_told_by_how_they_begin(text: str) -> None:
    assert is_page(text)


def test_parts_of_pages() -> None:
    assert is_fragment("<p>Мост открыли.</p><p>Движение восстановлено.</p>")
    assert is_fragment('<div class="a">x</div>')
    assert not is_fragment("<Имя> сказал, что мост открыли.")
    assert not is_fragment("<b остался без конца")


def test_endings() -> None:
    assert "krynica batch" in str(by_ending("a.CSV"))
    assert by_ending("a.ics")
    assert by_ending("a.py")
    assert by_ending("a.txt") is None
    assert by_ending("page.php") is None


@pytest.mark.parametrize("unit", ["<!---->", "<!--", '{"a":', "a=", "import a ", "\t", "a,b\n"])
def test_long_and_hostile_texts_are_told_at_once(unit: str) -> None:
    what_else(unit * 200_000)
