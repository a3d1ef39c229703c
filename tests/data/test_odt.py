"""OpenDocument texts, as LibreOffice and Google write them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.document import read_document
from krynica.data.documents.files import read_file
from krynica.data.documents.odt_text import read_odt
from krynica.data.readers.child import RefusedError

BROUGHT = Path(__file__).parent / "brought"
NAMES = "".join(
    f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
    for one in ("office", "text", "table", "draw", "manifest")
)
MIME = "application/vnd.oasis.opendocument.text"


def odt(body: str, *, manifest: str = "", mime: str = MIME) -> bytes:
    content = (
        f"<office:document-content{NAMES}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest{NAMES}>{manifest}</manifest:manifest>"
        )
    return out.getvalue()


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_an_article_is_read() -> None:
    text = read_file(BROUGHT / "article.odt")
    assert len(text.split()) == 251
    assert text.startswith("The minister lied, and eleven people are dead\n\nI have covered")


def test_changes_that_are_tracked() -> None:
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{p('Deleted.')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    body = deleted + p(
        'Kept <text:change-start text:change-id="a"/>and inserted<text:change-end/>.'
        '<text:change text:change-id="b"/>'
    )
    assert read_odt(odt(body)) == "Kept and inserted."


def test_what_stands_in_an_office_text() -> None:
    body = (
        '<text:sequence-decls><text:sequence-decl text:name="x"/></text:sequence-decls>'
        '<text:h text:outline-level="1">Headline</text:h>'
        + p('A<text:s text:c="2"/>gap,<text:tab/>a tab,\n   a<text:line-break/>break.')
        + p("A <text:span>span</text:span> <text:a><text:span>link</text:span></text:a>.")
        + p(
            "Noted<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            f"{p('The note.')}</text:note-body></text:note> here."
            f"<office:annotation>{p('A comment.')}</office:annotation>"
        )
        + f"<text:list><text:list-item>{p('Item.')}<text:list><text:list-item>{p('Inner.')}"
        "</text:list-item></text:list></text:list-item></text:list>"
        f"<text:section>{p('Section.')}</text:section>"
        "<table:table><table:table-header-rows><table:table-row>"
        f"<table:table-cell>{p('A')}</table:table-cell><table:table-cell>{p('B')}"
        "</table:table-cell></table:table-row></table:table-header-rows></table:table>"
        + p(
            f"Framed.<draw:frame><draw:text-box>{p('Box.')}</draw:text-box>"
            '<svg:desc xmlns:svg="s">A picture</svg:desc></draw:frame>'
        )
    )
    assert read_odt(odt(body)).split("\n\n") == [
        "Headline",
        "A  gap, a tab, a\nbreak.",
        "A span link.",
        "Noted here.",
        "Item.",
        "Inner.",
        "Section.",
        "A · B",
        "Framed.",
        "Box.",
        "The note.",
    ]


def test_a_locked_one() -> None:
    marked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    with pytest.raises(UnreadableError, match="locked with a password"):
        read_document(odt("", manifest=marked), "a.odt")


def test_a_spreadsheet_and_slides_are_named() -> None:
    sheet = odt("", mime="application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(UnreadableError, match="a workbook, not an article"):
        read_document(sheet, "a.ods")
    slides = odt("", mime="application/vnd.oasis.opendocument.presentation")
    with pytest.raises(UnreadableError, match="a presentation"):
        read_document(slides, "a.odt")


@pytest.mark.parametrize(
    "body", [p("x") * 6_000_000, "<text:p>" * 9_000], ids=["bomb", "endless nesting"]
)
def test_hostile_ones_are_refused(body: str) -> None:
    with pytest.raises(UnreadableError, match=r"unpacks to far more|damaged"):
        read_document(odt(body), "a.odt")


def test_spaces_without_end_are_bounded() -> None:
    assert len(read_odt(odt(p('a<text:s text:c="999999999"/>b')))) < 200
    with pytest.raises(RefusedError, match="damaged"):
        read_odt(odt("").replace(b"content.xml", b"contend.xml"))
