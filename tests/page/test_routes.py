"""The page's addresses, over a real server: forms, answers, reports, errors."""

from __future__ import annotations

import asyncio
import html
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx2
import pytest

from krynica.service.page.rendering import form_page
from tests.page.conftest import Post, serving
from tests.service.tiny import JOURNALISM, MIXED, POLISH, PROPAGANDA

HOSTILE = "<script>alert(1)</script>\"'&"


def test_form_is_html_with_strict_policy(client: httpx2.Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "<textarea" in page.text
    assert 'name="url"' not in page.text
    assert "Addresses are switched off here" in page.text


def test_no_inline_style_or_script(client: httpx2.Client, post: Post) -> None:
    for page in (client.get("/"), post(text=MIXED), post(text="")):
        assert " style=" not in page.text
        assert "<style" not in page.text
        assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|javascript:", page.text)


def test_verdicts(post: Post) -> None:
    assert "This text reads like propaganda" in post(text=PROPAGANDA).text
    assert "This text reads like journalism" in post(text=JOURNALISM).text
    assert "Unclear" in post(text=MIXED).text


def test_answer_shows_what_the_trial_says(post: Post) -> None:
    page = post(text=PROPAGANDA).text
    assert "its probabilities lay 2.1% from the true shares" in page
    assert "wrongly given to 0.2% of the texts of newsrooms that read as journalism" in page
    assert "455 outlets, 1,240 texts" in page
    assert "from 90.0%: reads like propaganda" in page


def test_language_without_verdicts_has_no_zones(post: Post) -> None:
    page = post(text=POLISH, language="pl").text
    assert "zone propaganda" not in page
    assert "No probability of propaganda is given" in page
    assert '<article class="text" lang="pl"' in page


def test_urlencoded_form_is_read_too(client: httpx2.Client) -> None:
    page = client.post("/", data={"text": JOURNALISM})
    assert "reads like journalism" in page.text


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({}, "Please paste a text or choose a file first."),
        ({"text": " \n "}, "Please paste a text or choose a file first."),
        ({"text": "1234 !!"}, "The text holds no words."),
        ({"text": "\x01\x02\x03" * 30 + "a"}, "This is not text"),
        ({"text": "a", "url": "https://example.org"}, "More than one thing was given."),
        ({"url": "https://example.org"}, "Addresses are switched off here."),
    ],
)
def test_errors_keep_what_was_typed(post: Post, fields: dict[str, str], says: str) -> None:
    page = post(**fields, lang="en") if fields else post(nothing="")
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert says in page.text
    typed = fields.get("text", "").strip("\x01\x02\x03")
    assert typed in page.text


def test_unreadable_forms_are_refused(client: httpx2.Client) -> None:
    for kind in ("text/plain", "multipart/form-data", "multipart/form-data; boundary=a@b", ""):
        page = client.post("/", content=b"--x", headers={"Content-Type": kind})
        assert page.status_code == 400, kind
        assert "could not be read as a form" in page.text


def test_too_many_parts_are_refused(client: httpx2.Client) -> None:
    page = client.post("/", files=[(f"field{n}", (None, "x")) for n in range(40)])
    assert page.status_code == 400


@pytest.mark.parametrize("charset", ["punycode", "zlib", "utf-7", "no-such"])
def test_charset_of_the_header_is_not_believed(client: httpx2.Client, charset: str) -> None:
    body = f'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n{JOURNALISM}\r\n--b--\r\n'
    kind = f"multipart/form-data; boundary=b; charset={charset}"
    page = client.post("/", content=body.encode(), headers={"Content-Type": kind})
    assert "reads like journalism" in page.text


def test_too_large_is_said_on_the_page(post: Post, client: httpx2.Client) -> None:
    for page in (post(text="word " * 500_000), post(file=("a.txt", b"word " * 500_000))):
        assert page.status_code == 413
        assert "at most 2 MB" in page.text
    plain = client.post("/", content=b"x" * 3_000_000, headers={"Accept": "application/json"})
    assert plain.headers["content-type"] == "application/problem+json"


def test_refusals_of_the_guards_are_said_on_the_page(client: httpx2.Client) -> None:
    page = client.post("/?lang=uk", data={"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert page.status_code == 403
    assert 'lang="uk"' in page.text
    assert 'role="alert"' in page.text


def test_markup_in_everything_is_escaped(post: Post) -> None:
    text = f"{HOSTILE} {MIXED}"
    pages = [
        post(text=text, source=HOSTILE, title=HOSTILE),
        post("/report.html", text=text, source=HOSTILE, title=HOSTILE),
        post("/form", text=text, url=HOSTILE),
        post(file=("<img src=x onerror=alert(1)>.txt", text.encode())),
        post(file=("<img src=x>.exe", b"PK\x03\x04")),
    ]
    for page in pages:
        assert "<script>alert" not in page.text
        assert "<img" not in page.text


def test_file_and_its_name(post: Post) -> None:
    page = post(file=("стаття.txt", JOURNALISM.encode()))
    assert "reads like journalism" in page.text
    assert "стаття.txt" in page.text


@pytest.mark.parametrize("name", ["article.odt", "article.rtf", "newsletter-ru-base64.eml"])
def test_documents_as_files(post: Post, name: str) -> None:
    data = (Path(__file__).parents[1] / "data" / "brought" / name).read_bytes()
    page = post(file=(name, data))
    assert page.status_code == 200
    assert "ventilator" in page.text or "мосту через Неман" in page.text


def test_files_that_are_not_read_are_answered_with_advice(post: Post) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    page = post(file=("a.doc", data))
    assert page.status_code == 422
    assert "This is an old Word document (.doc). Please save it as .docx" in page.text


def test_page_as_file_gives_article_and_headline(post: Post) -> None:
    paragraphs = "".join(f"<p>{JOURNALISM}</p>" for _ in range(3))
    html = f"<html><head><title>Budget &lt;b&gt;</title></head><body>{paragraphs}</body></html>"
    page = post(file=("page.html", html.encode()))
    assert "reads like journalism" in page.text
    assert "Budget &lt;b&gt;" in page.text


def test_line_ends_of_the_form_are_undone(post: Post) -> None:
    report = json.loads(post("/report.json", text=f"{MIXED}\r\n\r\n{MIXED}").text)
    assert "\r" not in report["text"]
    for item in report["evidence"]:
        if item["start"] is not None:
            assert report["text"][item["start"] : item["end"]] == item["text"]


def test_json_report_is_the_answer_of_the_api(post: Post, client: httpx2.Client) -> None:
    report = post("/report.json", text=MIXED, source="a.txt", title="T")
    assert re.search(r'filename="krynica-[\d-]+\.json"', report.headers["content-disposition"])
    found = report.json()
    answer = client.post("/v1/score", json={"text": MIXED, "title": "T"}).json()
    assert {name: found[name] for name in answer} == answer
    assert (found["text"], found["source"], found["title"]) == (MIXED, "a.txt", "T")


def test_html_report_needs_nothing_else(post: Post) -> None:
    report = post("/report.html?lang=be", text=PROPAGANDA)
    page = report.text
    assert re.search(r'filename="krynica-[\d-]+\.html"', report.headers["content-disposition"])
    assert '<html lang="be">' in page
    assert not re.search(r"https?://|<script|<form|<link|<img|@import|url\(", page)
    assert page.count("<style>") == 1
    assert "puppet" in page


def test_report_of_nothing_is_an_error(post: Post) -> None:
    assert post("/report.html", text="").status_code == 422
    assert post("/report.json", text="").status_code == 422


def test_switch_on_an_answer_sends_the_text_again(post: Post) -> None:
    page = post(text=MIXED).text
    assert '<button type="submit" form="again" formaction="/?lang=be"' in page
    assert '<input type="hidden" name="text" value="The puppet regime' in page


def test_form_again_in_another_language(post: Post) -> None:
    page = post("/form?lang=pl", text="Zażółć <b>", language="pl").text
    assert "Zażółć &lt;b&gt;</textarea>" in page
    assert '<option value="pl" selected>' in page
    assert 'role="alert"' not in page


def test_the_form_is_set_out_beside_the_event_loop(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    looping = []

    def watched(*given: Any) -> str:
        looping.append(asyncio._get_running_loop() is not None)
        return form_page(*given)

    monkeypatch.setattr("krynica.service.page.routes.form_page", watched)
    assert post("/form", text=MIXED).status_code == 200
    assert looping == [False]


def test_static_files_are_the_pages_own(client: httpx2.Client) -> None:
    total = 0
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', client.get("/").text):
        file = client.get(address)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
        total += len(file.content)
    assert 0 < total < 40_000
    assert client.get("/static/..%2froutes.py").status_code == 404
    assert client.get("/static/nothing.css").status_code == 404


def test_not_in_the_openapi_schema(client: httpx2.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert not {"/", "/form", "/report.html", "/report.json"} & set(paths)


_WRITTEN: list[str] = []
_WATCHING = [False]


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCHING[0]:
        return
    if event.startswith("tempfile."):
        _WRITTEN.append(f"{event} {arguments}")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        _WRITTEN.append(f"{event} {arguments}")


def test_uploads_never_touch_a_disk(post: Post) -> None:
    data = (JOURNALISM * 40_000).encode()[:1_300_000]  # libraries go to the disk above 1 MiB
    post(file=("warm.txt", JOURNALISM.encode()))
    sys.addaudithook(_watch)
    _WATCHING[0] = True
    try:
        with tempfile.TemporaryFile():
            pass
        seen, _WRITTEN[:] = len(_WRITTEN), []
        page = post(file=("big.txt", data))
        text = post("/form", text=data.decode())
    finally:
        _WATCHING[0] = False
    assert seen, "the watch sees temporary files"
    assert page.status_code == 200
    assert text.status_code == 200
    assert not _WRITTEN


def test_addresses_where_they_are_switched_on(tiny: Any) -> None:
    with serving(model=tiny, fetch=True) as address, httpx2.Client(base_url=address) as client:
        assert 'name="url"' in client.get("/").text
        page = client.post("/", data={"url": "http://127.0.0.1/x?<b>"})
        assert page.status_code == 422
        assert 'value="http://127.0.0.1/x?&lt;b&gt;"' in page.text
        assert 'role="alert"' in page.text


def test_the_interface_is_shown_to_a_reader(client: httpx2.Client) -> None:
    page = client.get("/docs")
    assert page.status_code == 200
    assert page.headers["content-security-policy"].startswith(
        "default-src 'none'; style-src 'self'"
    )
    described = client.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page.text
    for name, schema in described["components"]["schemas"].items():
        assert f"<h3>{name}</h3>" in page.text
        for field in schema.get("properties", {}):
            assert f"<code>{field}</code>" in page.text
    loaded = re.findall(r"(?:src|href)=\"([^\"]+)\"", page.text)
    assert all(address.startswith(("/", "#")) for address in loaded)
    assert "<script>" not in page.text
    assert "style=" not in page.text


CASES = Path(__file__).parents[1] / "cases" / "pages"


def test_a_teaser_is_named_in_the_answer_and_in_its_reports(post: Post) -> None:
    page = post(file=("a.html", (CASES / "paywall-teaser.html").read_bytes()))
    assert "behind a paywall or a registration" in page.text
    assert "No probability of propaganda is given" in page.text
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert again["doubts"] == "teaser"
    again = {name: html.unescape(value) for name, value in again.items()}
    answer = post("/report.json", **again).json()
    assert [reason["code"] for reason in answer["why_unclear"]] == ["teaser"]


def test_posts_read_as_one_text_stay_so_in_a_report(post: Post) -> None:
    page = post(file=("a.html", (CASES / "telegram-s-page.html").read_bytes()))
    assert "This page holds 4 posts" in page.text
    again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert "This page holds 4 posts" in post("/report.html", **again).text


def test_what_stands_before_an_article_is_said(post: Post) -> None:
    page = post(file=("a.html", (CASES / "cloudflare-wall.html").read_bytes()))
    assert page.status_code == 422
    assert "no article but a check for robots" in page.text


def test_source_of_a_page_that_is_pasted_is_read_as_a_page(post: Post) -> None:
    source = f"<!DOCTYPE html><html><body><article><p>{JOURNALISM}</p></article></body></html>"
    page = post(text=source)
    assert "This text reads like journalism" in page.text
    assert "&lt;article" not in page.text


@pytest.mark.parametrize("text", ['{"text": "It is so."}', "title,text,url\na,b,c\nd,e,f\n"])
def test_data_that_is_pasted_is_refused(post: Post, text: str) -> None:
    page = post(text=text)
    assert page.status_code == 422
    assert "no article" in page.text


def test_broken_letters_that_are_pasted_are_mended(post: Post) -> None:
    russian = "В среду в Гродно возобновили движение по мосту через Неман. " * 10
    page = post(text=russian.encode().decode("latin-1"))
    assert "возобновили движение" in page.text


@pytest.mark.parametrize(
    "doubts", ["x", "teaser:1", "incomplete:a:b", ";;:", "several_texts:" + "9" * 50]
)
def test_doubts_that_nobody_wrote_are_passed_over(post: Post, doubts: str) -> None:
    page = post(text=JOURNALISM, doubts=doubts)
    assert "This text reads like journalism" in page.text
