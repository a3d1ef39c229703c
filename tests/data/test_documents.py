"""Documents: the text of honest ones; hostile ones refused in one sentence, and in time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import docx
import pypdf
import pytest

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.classifier.sentence import Sentence
from krynica.data.documents import document as documents
from krynica.data.documents.document import read_document
from krynica.data.documents.document_reader import read
from krynica.data.documents.files import read_file
from krynica.data.documents.pdf_text import joined

ROOT = Path(__file__).resolve().parents[2]


def word_file(*paragraphs: str, table: list[str] | None = None) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(1, len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    document.add_paragraph("The end.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf_file(content: bytes, *, pages: int = 1, packed: bool = False) -> bytes:
    """A small PDF, written by hand; its pages share one stream."""
    kids = " ".join(f"{n + 4} 0 R" for n in range(pages))
    stream = zlib.compress(content, 9) if packed else content
    filters = "/Filter /FlateDecode" if packed else ""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        f"<< /Length {len(stream)} {filters} >>\nstream\n".encode() + stream + b"\nendstream",
    ]
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources << /Font "
        b"<< /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
    )
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate([*objects, *[page] * pages], 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(places) + 1)
    return bytes(out + b"startxref\n%d\n%%%%EOF" % start)


def lines(*texts: str) -> bytes:
    shown = "".join(f"({text}) Tj 0 -14 Td " for text in texts)
    return f"BT /F 12 Tf 50 750 Td {shown}ET".encode("latin-1")


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in entries.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def old_file(stream: str) -> bytes:
    """The beginning of a file of the programs of before 2007, and the name of what is in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


def locked_archive() -> bytes:
    data = bytearray(archive(word__document_xml=b"<a/>"))
    data[6] |= 1  # the entry's own flags,
    data[data.index(b"PK\x01\x02") + 8] |= 1  # and those in the directory
    return bytes(data)


def locked_pdf() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf_file(lines("Secret."))))
    writer.encrypt("password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_word_document_gives_paragraphs_and_cells() -> None:
    page = read_document(word_file("Першы «абзац».", "Другі.", table=["А", "Б"]), "a.DOCX")
    assert page.text == "Першы «абзац».\n\nДругі.\n\nА · Б\n\nThe end."


def test_pdf_gives_paragraphs() -> None:
    long = "This line is as long as lines of a page are when they are full of"
    data = pdf_file(lines(long, "words.", long, "more words to come, and jour-", "nalism."))
    text = read_document(data, "a.pdf").text
    assert text == f"{long} words.\n\n{long} more words to come, and journalism."


def test_lines_are_joined_to_paragraphs() -> None:
    assert joined("One\ntwo.\n\nThree") == "One two.\n\nThree"
    assert joined("") == ""


def test_texts_and_pages() -> None:
    assert read_document("Тэкст.".encode("utf-16"), "a.txt").text == "Тэкст."
    assert read_document("Тэкст без назвы.".encode(), "").text == "Тэкст без назвы."
    body = "<p>The council passed its budget, officials said in a statement on Monday.</p>" * 5
    page = read_document(
        f"<html><head><title>News</title></head><body>{body}</body></html>".encode(), "a.html"
    )
    assert page.title == "News"
    assert page.text.startswith("The council")


HOSTILE = {
    "locked": (locked_pdf(), "a.pdf", "locked with a password"),
    "scanned": (pdf_file(b"0 0 m 100 100 l S"), "a.pdf", "pictures of pages and no text"),
    "no pages": (pdf_file(b"", pages=0), "a.pdf", "no text"),
    "too many pages": (pdf_file(lines("A."), pages=501), "a.pdf", "too long"),
    "pdf bomb": (pdf_file(b" " * 300_000_000, packed=True), "a.pdf", "unpacks to far more"),
    "cut pdf": (pdf_file(lines("A text."))[:120], "a.pdf", "damaged"),
    "pages in a circle": (
        pdf_file(lines("A.")).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"),
        "a.pdf",
        "This",
    ),
    "zip bomb": (
        archive(word__document_xml=b"<a>" + b" " * 100_000_000),
        "a.docx",
        "unpacks to far more",
    ),
    "many entries": (archive(**{f"word__{n}": b"" for n in range(10_001)}), "a.docx", "unpacks to"),
    "plain archive": (archive(hello=b"world"), "a.docx", "not what its name says (.docx)"),
    "cut docx": (word_file("A text.")[:2000], "a.docx", "damaged"),
    "docx of nonsense": (archive(word__document_xml=b"<a>"), "a.docx", "damaged"),
    "docx named pdf": (word_file("A text."), "a.pdf", "is .docx, not .pdf as its name"),
    "pdf named txt": (pdf_file(lines("A text.")), "a.txt", "is .pdf, not .txt as its name"),
    "text named docx": (b"A text.", "a.docx", "not what its name says (.docx)"),
    "text named pdf": (b"A text.", "a.pdf", "not what its name says (.pdf)"),
    "archive of another name": (archive(a=b"b"), "a.zip", "Files that end in .txt"),
    "word in disguise": (word_file("A text."), "a.doc", "is .docx, not .doc as its name says"),
    "rich text in disguise": (rb"{\rtf1 A text.}", "a.doc", "is .rtf, not .doc as its name says"),
    "old word": (old_file("WordDocument"), "a.doc", "an old Word document (.doc). Please save it"),
    "page named doc": (b"<html><p>A text.", "a.doc", "not what its name says (.doc)"),
    "old workbook": (old_file("Workbook"), "a.xls", "a workbook, not an article"),
    "old slides": (old_file("PowerPoint Document"), "a.ppt", "a presentation. Please save it"),
    "outlook": (old_file("__properties_version1.0"), "a.msg", "an Outlook message (.msg)"),
    "locked word": (old_file("EncryptedPackage"), "a.docx", "locked with a password"),
    "locked archive": (locked_archive(), "a.docx", "locked with a password"),
    "workbook": (archive(xl__workbook_xml=b"<a/>"), "a.xlsx", "a workbook, not an article"),
    "slides": (archive(ppt__presentation_xml=b"<a/>"), "a.pptx", "a presentation"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a.txt", "not text that can be read"),
    "page without article": (b"<html><body><a href=x>Menu</a></body></html>", "a.html", "No arti"),
    "empty": (b"", "a.docx", "The file is empty."),
    "blank": (b" \n\n", "a.txt", "The file is empty."),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_refused_in_one_sentence(case: str) -> None:
    data, name, says = HOSTILE[case]
    with pytest.raises(UnreadableError) as caught:
        read_document(data, name)
    assert says in str(caught.value)
    assert isinstance(caught.value.args[0], Sentence)


def test_empty_document() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(NothingToReadError, match="no text in this document"):
        read_document(out.getvalue(), "a.docx")


def test_entities_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("A secret.", "utf-8")
    with zipfile.ZipFile(io.BytesIO(word_file("Hello NAME."))) as honest:
        parts = {name: honest.read(name) for name in honest.namelist()}
    secret = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    text = parts["word/document.xml"].decode("utf-8").replace("NAME", "[&x;]")
    parts["word/document.xml"] = text.replace("?>", f"?>{secret}", 1).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    text = read({"kind": "docx"}, out.getvalue())["text"]
    assert text.startswith("Hello [")
    assert "secret" not in text


def test_slow_document_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_SECONDS", 0.01)
    with pytest.raises(UnreadableError, match="takes too long"):
        read_document(word_file("A text."), "a.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="there the clock alone bounds a document")
@pytest.mark.parametrize(
    "work",
    [
        "limit(reader.MEMORY, 1)\nwhile True: pass",
        "limit(reader.MEMORY, reader.SECONDS); bytes(10**9)",
    ],
)
def test_reader_is_bounded(work: str) -> None:
    code = (
        "import krynica.data.documents.document_reader as reader; "
        f"from krynica.data.readers.child import limit; {work}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode != 0


def test_reader_writes_nothing_and_imports_nothing_of_ours(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib, krynica.data.documents.document_reader as reader; "
        "from krynica.data.readers.child import limit; limit(reader.MEMORY, reader.SECONDS); "
        "ours = ('krynica.classifier', 'krynica.service', 'numpy'); "
        "assert not [name for name in sys.modules if name.startswith(ours)]; "
        f"pathlib.Path({str(tmp_path / 'file')!r}).write_text('x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert b"File too large" in done.stderr


def test_a_document_is_read_as_a_file_is(tmp_path: Path) -> None:
    path = tmp_path / "article.docx"
    path.write_bytes(word_file("The council passed its budget."))
    assert read_file(path) == "The council passed its budget.\n\nThe end."
    path.write_bytes(b"PK\x03\x04 and nothing else")
    with pytest.raises(UnreadableError, match="not what its name says"):
        read_file(path)
