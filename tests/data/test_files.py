"""Files become articles, or one sentence that says why not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from krynica.classifier.errors import NothingToReadError, UnreadableError
from krynica.data.documents.files import read_file, read_page

TEXT = "Музей ткацтва зачыніцца на рамонт.\r\n\r\nПра гэта паведаміла дырэктарка. 😀\n"
HTML = (
    f"<html><head><title>Музей</title></head><body><article><p>{TEXT}</p></article></body></html>"
)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "A.TXT", "a.log", "тэкст.txt"])
def test_plain_text_is_given_character_by_character(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(TEXT.encode())
    assert read_file(tmp_path / name) == TEXT
    assert read_page(str(tmp_path / name)).title is None


@pytest.mark.parametrize("name", ["a.html", "a.htm", "A.HTML", "a.xhtml"])
def test_pages_give_their_article(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HTML.encode())
    page = read_page(tmp_path / name)
    assert page.title == "Музей"
    assert page.text.startswith("Музей ткацтва зачыніцца на рамонт.")
    assert read_file(tmp_path / name) == page.text


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"^There is no file .*nothing\.txt\.$"):
        read_file(tmp_path / "nothing.txt")


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"is a folder, not a file\.$"):
        read_file(tmp_path)


@pytest.mark.parametrize("name", ["x" * 5_000, "a\x00b"])
def test_names_that_no_file_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError, match="could not be read"):
        read_file(tmp_path / name)


def test_a_name_that_is_no_text_is_still_printable(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    with pytest.raises(UnreadableError) as caught:
        read_file(path)
    assert str(caught.value).encode()


def test_empty(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html"):
        (tmp_path / name).write_bytes(b"")
        with pytest.raises(NothingToReadError, match=rf"^The file .*{name} is empty\.$"):
            read_file(tmp_path / name)


def test_a_binary_is_named_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    with pytest.raises(UnreadableError, match=r"a\.txt is an image \(PNG\), not text\.$"):
        read_file(tmp_path / "a.txt")


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="there are no such permissions here")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        with pytest.raises(UnreadableError, match=r"^There is no permission to read .*a\.txt\.$"):
            read_file(path)
    finally:
        os.seteuid(user)


def test_reading_text_needs_neither_tables_nor_pages() -> None:
    """`krynica score` starts in no time only if it loads nothing it does not need."""
    code = (
        "import sys, krynica.classifier.article; had = set(sys.modules); "
        "import krynica.data.documents.files; "
        "print(*set(sys.modules) - had)"
    )
    root = Path(__file__).parents[2]
    run = [sys.executable, "-c", code]
    loaded = subprocess.run(run, cwd=root, capture_output=True, text=True, check=True).stdout
    heavy = {"pandas", "pyarrow", "trafilatura", "lxml", "httpx2", "lingua", "csv", "socket"}
    assert not heavy & set(loaded.split())
