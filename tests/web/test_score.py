"""One article over HTTP: the answer of the contract, or a problem."""

from __future__ import annotations

import json

import pytest

from krynica import Article, load_model
from krynica.classifier.answer import Answer
from tests.service.tiny import JOURNALISM, MIXED, POLISH, PROPAGANDA, ROOT
from tests.web.server import Server, is_problem

FIELDS = list(Answer().as_dict())
SAMPLES = sorted((ROOT / "data" / "samples").glob("*-1.txt"))


def test_the_answer_has_the_fields_of_the_contract(service: Server) -> None:
    answer = service.score(text=PROPAGANDA)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert list(answer.json()) == FIELDS
    assert answer.json()["verdict"] == "propaganda"
    assert answer.json()["error"] is None
    assert service.score(text=JOURNALISM).json()["verdict"] == "journalism"


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_answer_is_that_of_the_model(shipped: Server, path: object) -> None:
    text = SAMPLES[SAMPLES.index(path)].read_text("utf-8")  # type: ignore[arg-type]
    answer = shipped.score(text=text).json()
    assert answer == json.loads(json.dumps(load_model().score(Article(text)).as_dict()))


def test_unclear_is_an_answer(service: Server) -> None:
    for text in ("Officials said so.", "пра гэта паведамілі ў аўторак", "123 abc"):
        answer = service.score(text=text)
        assert answer.status_code == 200
        assert answer.json()["verdict"] == "unclear"
        assert answer.json()["why_unclear"]


def test_a_language_that_is_told(service: Server) -> None:
    assert service.score(text=POLISH, language="PL").json()["language"] == "pl"
    assert service.score(text=POLISH, language="en").json()["language"] == "en"
    assert service.score(text=POLISH, language="und").json()["language"] == "pl"


@pytest.mark.parametrize("title", ["The puppet regime", "  Hysteria!  ", "Рэжым 🇧🇾", ""])
def test_evidence_points_into_the_text_below_a_title(service: Server, title: str) -> None:
    answer = service.score(text=PROPAGANDA, title=title).json()
    placed = [item for item in answer["evidence"] if item["start"] is not None]
    assert placed
    for item in placed:
        assert PROPAGANDA[item["start"] : item["end"]] == item["text"]


def test_a_phrase_of_the_title_is_shown_where_the_text_has_it(service: Server) -> None:
    answer = service.score(text=PROPAGANDA, title="The puppet regime").json()
    plain = service.score(text=PROPAGANDA).json()
    phrases = {item["text"] for item in plain["evidence"] if item["kind"] == "phrase"}
    assert phrases <= {item["text"] for item in answer["evidence"]}


@pytest.mark.parametrize("text", [f"Puppet {JOURNALISM}", f"puppets {JOURNALISM}", JOURNALISM])
def test_a_phrase_of_the_title_alone_is_not_shown(service: Server, text: str) -> None:
    answer = service.score(text=text, title="puppet puppet puppet").json()
    assert "puppet" not in {item["text"] for item in answer["evidence"]}


def test_a_title_is_read(service: Server) -> None:
    plain, titled = service.score(text=MIXED), service.score(text=MIXED, title="Stooges obey")
    assert titled.json()["words"] == plain.json()["words"] + 2
    assert titled.json()["p_propaganda"] > plain.json()["p_propaganda"]


def test_offsets_are_code_points(service: Server) -> None:
    text = f"🇧🇾 é 𝔘 {PROPAGANDA}"
    for item in service.score(text=text).json()["evidence"]:
        if item["start"] is not None:
            assert text[item["start"] : item["end"]] == item["text"]


def test_a_page(service: Server) -> None:
    page = f"<html><body><nav>Menu</nav><article><p>{PROPAGANDA}</p></article></body></html>"
    assert service.score(html=page).json()["verdict"] == "propaganda"


@pytest.mark.parametrize(
    "page", ["", "<html></html>", "<p>Menu</p>", "\x00" * 50, "<" * 10_000, "<a>" * 150_000]
)
def test_a_page_without_an_article(service: Server, page: str) -> None:
    is_problem(service.score(html=page), 422)


@pytest.mark.parametrize("text", ["", " \n\t", "\u200b \u00a0", "…!?", "12 34", "\x00\x01" * 99])
def test_nothing_to_read(service: Server, text: str) -> None:
    is_problem(service.score(text=text), 422)
    is_problem(service.score(text=text, title="The council passed its budget"), 422)


SHAPES: list[object] = [
    {},
    {"text": PROPAGANDA, "html": PROPAGANDA},
    {"text": PROPAGANDA, "url": "https://example.org/"},
    {"text": None},
    {"text": 5},
    {"text": ["a"]},
    {"title": "The council"},
    {"text": PROPAGANDA, "language": "eng"},
    {"text": PROPAGANDA, "language": "e1"},
    {"text": PROPAGANDA, "title": 5},
    {"text": PROPAGANDA, "lang": "en"},
    {"text": PROPAGANDA, "canary-canary": 1},
    [],
    "text",
    5,
    None,
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_wrong_shape_is_said_and_not_shown(service: Server, shape: object) -> None:
    headers = {"Content-Type": "application/json"}
    answer = service.client.post("/v1/score", content=json.dumps(shape), headers=headers)
    is_problem(answer, 422)
    assert "puppet" not in answer.text
    assert "canary" not in answer.text


def test_what_is_null_is_not_there(service: Server) -> None:
    answer = service.score(text=PROPAGANDA, html=None, url=None, title=None, language=None)
    assert answer.status_code == 200


UNREADABLE = {
    "cut short": b'{"text": "canary',
    "no JSON": b"text=canary",
    "bad UTF-8": b'{"text": "canary \xff\xfe"}',
    "deep": b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep and open": b"[" * 500_000,
    "a long number": b'{"text": ' + b"9" * 10_000 + b"}",
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_body(service: Server, body: bytes) -> None:
    answer = service.client.post(
        "/v1/score", content=body, headers={"Content-Type": "application/json"}
    )
    is_problem(answer, 400)
    assert "canary" not in answer.text


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd", "canary", "gzip, gzip"])
def test_a_compressed_body_is_not_taken(service: Server, encoding: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding}
    answer = service.client.post("/v1/score", content=b"\x1f\x8b", headers=headers)
    is_problem(answer, 400)
    assert "canary" not in answer.text


KINDS = ["text/plain", "application/x-www-form-urlencoded", "canary", "", "application/json"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_is_json_whatever_its_type_is_called(service: Server, kind: str) -> None:
    for path, good in (("/v1/score", {"text": PROPAGANDA}), ("/v1/batch", {"articles": []})):
        bodies = {json.dumps(good).encode(): 200, b"": 400, b" ": 400, b"text=canary": 400}
        for body, status in bodies.items():
            answer = service.client.post(path, content=body, headers={"Content-Type": kind})
            assert answer.status_code == status, body
            assert status == 200 or "canary" not in is_problem(answer, status)


@pytest.mark.parametrize(
    "body",
    [
        rb'{"text": "\ud800 %s"}',
        rb'{"text": "%s \udc00\ud800"}',
        rb'{"text": "\u0000 %s"}',
        rb'{"text": "%s", "text": "%s"}',
        rb'{"text": "\ud83c\udde7 %s"}',
    ],
)
def test_what_json_can_hold_and_text_should_not(service: Server, body: bytes) -> None:
    body = body.replace(b"%s", PROPAGANDA.encode())
    answer = service.client.post(
        "/v1/score", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200
    assert answer.json()["verdict"] == "propaganda"


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-0.0", b"1e999"])
def test_numbers_are_no_text(service: Server, number: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    for name in (b"text", b"title", b"language"):
        body = b'{"text": "abc", "' + name + b'": ' + number + b"}"
        is_problem(service.client.post("/v1/score", content=body, headers=headers), 422)


def test_addresses_are_off(service: Server) -> None:
    assert "KRYNICA_FETCH" in is_problem(service.score(url="https://example.org/"), 422)


CASES = ROOT / "tests" / "cases" / "pages"


def test_what_is_not_the_article_is_said(service: Server) -> None:
    page = (CASES / "paywall-teaser.html").read_text("utf-8")
    answer = service.score(html=page).json()
    assert (answer["verdict"], answer["why_unclear"][0]["code"]) == ("unclear", "teaser")
    assert answer["p_propaganda"] is None
    wall = (CASES / "cloudflare-wall.html").read_text("utf-8")
    assert "check for robots" in is_problem(service.score(html=wall), 422)
    assert "web page" in is_problem(service.score(text=page), 422)
    assert "JSON" in is_problem(service.score(text='{"text": "It is so."}'), 422)


def test_broken_letters_are_named_where_evidence_is_placed_in_the_text(service: Server) -> None:
    text = "В среду в Гродно возобновили движение. ".encode().decode("latin-1") * 10
    answer = service.score(text=text).json()
    assert [reason["code"] for reason in answer["why_unclear"]] == ["broken_letters"]
