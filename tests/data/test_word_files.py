"""Word files: what their reader sees is read, in its order, and nothing twice."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.data.documents.document import read_document
from krynica.data.documents.document_reader import read
from krynica.data.documents.docx_text import read_docx
from krynica.data.documents.files import read_file
from krynica.data.readers.child import RefusedError

BROUGHT = Path(__file__).parent / "brought"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*pairs: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{R}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(pairs)
    )
    return f"<Relationships>{inner}</Relationships>"


def word(body: str, *, main: str = "word/document.xml", w: str = W, **notes: str) -> bytes:
    """A Word file of a body's XML, and of footnotes and endnotes."""
    folder, name = main.rsplit("/", 1)
    parts = {
        "_rels/.rels": relations(("officeDocument", main)),
        main: f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>',
        f"{folder}/_rels/{name}.rels": relations(*((one, f"{one}.xml") for one in notes)),
        **{
            f"{folder}/{one}.xml": f'<w:{one} xmlns:w="{w}">{text}</w:{one}>'
            for one, text in notes.items()
        },
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(path, text)
    return out.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*texts: str) -> str:
    return f"<w:p>{''.join(run(text) for text in texts)}</w:p>"


def test_a_text_typed_with_changes_tracked_is_read() -> None:
    text = read_file(BROUGHT / "all-typed-with-tracking.docx")
    assert len(text.split()) == 251
    assert text.startswith("The minister lied, and eleven people are dead\n\nI have covered")


def test_insertions_and_moves_are_read_and_deletions_are_not() -> None:
    text = read_file(BROUGHT / "tracked-changes.docx")
    assert "KEPT-A INSERTED-WORDS should be read I have covered" in text
    assert "MOVED-TO should be read. It is disgraceful." in text
    assert "DELETED" not in text
    assert "MOVED-FROM" not in text
    assert len(text.split()) == 260


def test_boxes_links_controls_and_tables_are_read_once() -> None:
    text = read_file(BROUGHT / "text-box-hyperlink-sdt-table.docx")
    for words in ("TEXTBOX-ONCE", "HYPERLINK-TEXT", "CONTENT-CONTROL", "TABLE-CELL one"):
        assert text.count(words) == 1
    assert "Before link HYPERLINK-TEXT the inspection log after link. It is" in text
    assert "TABLE-CELL one of the register · TABLE-CELL two" in text
    assert "softhyphen nonbreaking-hyphen\nafter a break after a tab" in text
    assert len(text.split()) == 282


def test_notes_stand_after_the_text_in_the_order_of_their_marks() -> None:
    body = (
        f'<w:p>{run("One.")}<w:r><w:footnoteReference w:id="3"/></w:r>'
        f'<w:r><w:endnoteReference w:id="2"/></w:r></w:p>'
        f'<w:p>{run("Two.")}<w:r><w:footnoteReference w:id="2"/></w:r>'
        f'<w:del><w:r><w:footnoteReference w:id="4"/></w:r></w:del></w:p>'
    )
    footnotes = "".join(
        f'<w:footnote w:id="{n}" w:type="{kind}">{paragraph(f"Foot {n}.")}</w:footnote>'
        for n, kind in ((0, "separator"), (2, "normal"), (3, "normal"), (4, "normal"))
    )
    endnotes = f'<w:endnote w:id="2">{paragraph("End.")}</w:endnote>'
    text = read_docx(word(body, footnotes=footnotes, endnotes=endnotes))
    assert text == "One.\n\nTwo.\n\nFoot 3.\n\nFoot 2.\n\nEnd."


def test_as_google_and_others_write_them() -> None:
    tagged = (
        f"<w:sdt><w:sdtPr><w:tag w:val='goog_rdk_0'/></w:sdtPr><w:sdtContent>"
        f"<w:ins>{run('inserted ')}</w:ins></w:sdtContent></w:sdt>"
    )
    body = f"<w:p>{run('Google ')}{tagged}<w:smartTag>{run('text.')}</w:smartTag></w:p>"
    assert read_docx(word(body)) == "Google inserted text."
    assert read_docx(word(body, main="word/document2.xml")) == "Google inserted text."
    assert read_docx(word(body, w=STRICT)) == "Google inserted text."


def test_fields_hidden_text_and_comments_are_not_read() -> None:
    body = (
        f"<w:p>{run('Seen.')}{run(' Unseen.', '<w:vanish/>')}"
        f"""{run(" Seen too.", '<w:vanish w:val="0"/>')}"""
        "<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>"
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    assert read_docx(word(body)) == "Seen. Seen too."


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{mark}{run('One ')}</w:p>{paragraph('goes on.')}{paragraph('Two.')}"
    assert read_docx(word(body)) == "One goes on.\n\nTwo."


def test_an_article_in_a_cell_keeps_its_paragraphs_and_deleted_rows_are_gone() -> None:
    cell = f"<w:tc>{paragraph('First.')}{paragraph('Second.')}</w:tc>"
    rows = (
        f"<w:tr>{cell}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('Gone.')}</w:tc></w:tr>"
        f"<w:sdt><w:sdtContent><w:tr><w:tc>{paragraph('A')}</w:tc><w:tc>{paragraph('B')}</w:tc>"
        "</w:tr></w:sdtContent></w:sdt>"
    )
    assert read_docx(word(f"<w:tbl>{rows}</w:tbl>")) == "First.\n\nSecond.\n\nA · B"


def test_an_older_form_of_a_drawing_is_read_where_the_newer_has_no_text() -> None:
    box = f"<w:txbxContent>{paragraph('Box.')}</w:txbxContent>"
    drawing = "<w:r><mc:AlternateContent xmlns:mc='m'>{}</mc:AlternateContent></w:r>"
    old = drawing.format(f"<mc:Choice><w:drawing/></mc:Choice><mc:Fallback>{box}</mc:Fallback>")
    assert read_docx(word(f"<w:p>{old}{run('Text.')}</w:p>")) == "Text.\n\nBox."


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<w:p>" * 5_000 + "</w:p>" * 5_000, "damaged"),
        (f"<w:p>{'<w:r/>' * 12_000_000}</w:p>", "unpacks to far more"),
    ],
    ids=["endless nesting", "bomb"],
)
def test_hostile_ones_are_refused(body: str, why: str) -> None:
    with pytest.raises(UnreadableError, match=why):
        read_document(word(body), "a.docx")


def test_entities_do_not_grow() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    data = word("<w:p><w:r><w:t>Text. LAUGH</w:t></w:r></w:p>")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts["word/document.xml"] = f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]>' + parts[
        "word/document.xml"
    ].replace("LAUGH", "&a8;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    assert read({"kind": "docx"}, out.getvalue()) in ({"text": "Text."}, {"refused": "damaged"})


def test_another_document_in_a_word_file() -> None:
    with pytest.raises(RefusedError, match="damaged"):
        read_docx(word("").replace(b"word/document.xml", b"word/documint.xml"))
