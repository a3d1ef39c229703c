"""Pages give their article, and nothing around it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.data.documents.pages import Page, extract

PARAGRAPHS = (
    "Раённы музей ткацтва ў Жураўцы зачыніцца для наведвальнікаў 1 кастрычніка.",
    "Пра гэта паведаміла дырэктарка ўстановы. Прычына — дах, які працякае з вясны.",
    "«Для лёну гэта рызыка», — патлумачыла захавальніца фондаў Марыя Крупеніч.",
)


def page(head: str = "<title>Музей зачыняюць</title>", charset: str = "") -> str:
    """Return a page with an article, a menu and comments."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    meta = f'<meta charset="{charset}">' if charset else ""
    return (
        f"<!doctype html><html lang=be><head>{meta}{head}</head><body>"
        "<nav><a href=/>Галоўная</a> <a href=/s>Спорт</a></nav>"
        f"<article><h1>Музей зачыняюць</h1>{body}</article>"
        "<div id=comments class=comments><p>Каментар чытача, якога тут не чакаюць.</p></div>"
        "<footer>© Рэдакцыя, 2026</footer></body></html>"
    )


def test_the_article_and_nothing_else() -> None:
    found = extract(page(), name="The page")
    assert found.title == "Музей зачыняюць"
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)
    for strange in ("Спорт", "Каментар", "Рэдакцыя", "<"):
        assert strange not in found.text


@pytest.mark.parametrize("codec", ["utf-8", "cp1251", "iso8859-5"])
@pytest.mark.parametrize("said", ["head", "header", "nowhere", "wrongly"])
def test_encodings_by_header_by_meta_and_by_letters(codec: str, said: str) -> None:
    plain = page().replace("—", "-").replace("«", '"').replace("»", '"').replace("©", "")
    charset = {"head": codec, "wrongly": "iso-8859-1"}.get(said, "")
    html = plain.replace("<head>", f'<head><meta charset="{charset}">') if charset else plain
    declared = codec if said == "header" else None
    found = extract(html.encode(codec), name="The page", declared=declared)
    assert PARAGRAPHS[0] in found.text


def test_the_header_stands_above_the_page() -> None:
    html = page(charset="shift_jis").replace("—", "-")
    found = extract(html.encode("utf-16"), name="The page", declared="utf-16")
    assert PARAGRAPHS[0] in found.text


def test_an_xml_declaration_does_no_harm() -> None:
    html = '<?xml version="1.0" encoding="windows-1251"?>' + page()
    assert PARAGRAPHS[0] in extract(html, name="The page").text
    assert PARAGRAPHS[0] in extract(html.encode("cp1251"), name="The page").text


@pytest.mark.parametrize(
    "html",
    [
        "<p>Just one short paragraph, without a page around it.</p>",
        "<div><p>One short paragraph.</p><p>And another one.</p></div>",
    ],
)
def test_a_piece_of_a_page_is_enough(html: str) -> None:
    assert "short paragraph" in extract(html, name="The page").text


@pytest.mark.parametrize(
    "html",
    [
        "<html></html>",
        "<html><head><title>App</title></head><body><div id=root></div></body></html>",
        "<html><body><nav><a href=a>Home</a><a href=b>About</a></nav></body></html>",
        "<html><body><form><label>Login</label><input></form></body></html>",
        "<html><body><img src=a.png></body></html>",
        "<",
        "<html><body>" + "<div>" * 100_000,
    ],
)
def test_no_article(html: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableError, match=r"the page http://x/.*\.$|The page http://x/.*\.$"):
        extract(html, name="The page http://x/")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("html", ["", " \n", b"", b"\r\n"])
def test_nothing(html: str | bytes) -> None:
    with pytest.raises(NothingToReadError):
        extract(html, name="The page")


def test_bytes_that_are_no_page() -> None:
    with pytest.raises(UnreadableError, match="PDF"):
        extract(b"%PDF-1.4 ...", name="The page")


@pytest.mark.parametrize(
    "tag",
    [
        "<p " + " ".join(f'a{n}="1"' for n in range(200_000)) + ">",
        "<p " + " ".join(f"a{n}" for n in range(200_000)) + ">",
        "<p x='" + "\"' ".join(f"a{n}=" for n in range(100_000)) + ">",
    ],
    ids=["quoted", "bare", "crooked"],
)
def test_a_monstrous_tag_costs_no_time(tag: str) -> None:
    start = time.monotonic()
    found = extract(page().replace("<p>", tag, 1), name="The page")
    assert PARAGRAPHS[1] in found.text
    assert time.monotonic() - start < 5


def test_a_page_of_too_many_elements_is_refused_at_once() -> None:
    with pytest.raises(UnreadableError, match="more than 100000 elements"):
        extract("<b>x</b>" * 200_000, name="The page")


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("<>/=\"' apdivscriptbody!-&#;x\0\ufffeя\n"), max_size=200))
def test_no_markup_does_anything_but_give_a_page_or_a_sentence(html: str) -> None:
    try:
        assert isinstance(extract(html, name="The page"), Page)
    except UnreadableError as error:
        said = str(error)
    else:
        return
    assert said.endswith(".")


def test_one_endless_word_takes_no_time() -> None:
    start = time.monotonic()
    with pytest.raises(UnreadableError, match="holds no article"):
        extract(f"<p>{'A' * 300_000}</p>", name="The page")
    assert time.monotonic() - start < 5
