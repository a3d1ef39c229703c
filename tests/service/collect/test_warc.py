"""Web archives that were really written: their pages, and damage."""

from __future__ import annotations

import gzip
import uuid
from pathlib import Path

import pytest

from krynica.classifier.errors import UnreadableError
from krynica.service.collect.saved_pages import saved_files
from krynica.service.collect.warc import Capture, captures
from krynica.service.collect.warc_reader import MOST

HTML = "text/html; charset=windows-1251"


def write_warc(
    path: Path, *pages: tuple[str, bytes, str], status: str = "200 OK", coding: str = ""
) -> Path:
    """Write an archive of pages, each with the request before it."""
    records = [record("warcinfo", "", b"software: a test\r\n")]
    for url, body, kind in pages:
        fields = f"Content-Type: {kind}\r\n" + (f"Content-Encoding: {coding}\r\n" if coding else "")
        head = f"HTTP/1.1 {status}\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode()
        records += [record("request", url, b"GET / HTTP/1.1\r\n\r\n")]
        records += [record("response", url, head + body)]
    packed = gzip.compress if path.name.endswith(".gz") else bytes
    path.write_bytes(b"".join(packed(one) for one in records))
    return path


def record(kind: str, url: str, block: bytes) -> bytes:
    """Return one record (ISO 28500, 5 and 6)."""
    lines = ["WARC/1.0", f"WARC-Type: {kind}", "WARC-Date: 2026-03-04T05:06:07Z"]
    lines += [f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>", f"Content-Length: {len(block)}"]
    lines += [f"WARC-Target-URI: {url}"] if url else []
    if kind != "warcinfo":
        lines.append(f"Content-Type: application/http; msgtype={kind}")
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_pages_alone_are_given(tmp_path: Path, name: str) -> None:
    pages = [("https://example.by/1", "Дзень".encode("cp1251"), HTML)]
    pages += [("https://example.by/1.png", b"\x89PNG", "image/png")]
    pages += [("https://example.by/2", b"<p>Two", "application/xhtml+xml")]
    path = write_warc(tmp_path / name, *pages)
    assert list(captures(path)) == [
        Capture("https://example.by/1", "windows-1251", "Дзень".encode("cp1251")),
        Capture("https://example.by/2", None, b"<p>Two"),
    ]


def test_what_was_packed_for_the_way_is_unpacked(tmp_path: Path) -> None:
    page = ("https://example.by/1", gzip.compress(b"<p>One"), "text/html")
    path = write_warc(tmp_path / "a.warc.gz", page, coding="gzip")
    assert [capture.data for capture in captures(path)] == [b"<p>One"]


def test_pages_that_are_too_long_are_told_of_without_their_bytes(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(10 * MOST))
    path = write_warc(tmp_path / "a.warc", ("https://a.by/", bomb, HTML), coding="gzip")
    assert [capture.data for capture in captures(path)] == [None]


def test_pages_that_were_not_there_are_passed_over(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc", ("https://a.by/", b"Oh", HTML), status="404 Not Found")
    assert list(captures(path)) == []


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_damage_is_told_after_what_could_be_read(tmp_path: Path, name: str) -> None:
    pages = [(f"https://a.by/{n}", bytes(f"<p>Page {n}" * 999, "utf-8"), HTML) for n in range(9)]
    whole = write_warc(tmp_path / name, *pages).read_bytes()
    middle = len(whole) // 2
    harmed = whole[:middle] + b"\xff\x00puppet\n" * 9 + whole[middle + 72 :]
    (tmp_path / name).write_bytes(harmed)
    found = []
    with pytest.raises(UnreadableError, match="is damaged") as caught:
        found.extend(captures(tmp_path / name))
    assert "puppet" not in str(caught.value)


@pytest.mark.parametrize("content", [b"Good morning. " * 99, b"\x1f\x8b" + bytes(99), b"WARC/1.0"])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(content)
    with pytest.raises(UnreadableError, match="is not a WARC file, or is damaged"):
        list(captures(tmp_path / "a.warc"))
    with pytest.raises(UnreadableError, match="There is no file"):
        list(captures(tmp_path / "b.warc"))


def test_a_header_without_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.warc.gz", "wb", compresslevel=1) as file:
        file.write(b"WARC/1.0\r\nX: ")
        for _ in range(25):
            file.write(b"x" * 10_000_000)
    with pytest.raises(UnreadableError, match="is damaged"):
        list(captures(tmp_path / "a.warc.gz"))


def test_files_in_folders_in_their_order(tmp_path: Path) -> None:
    names = ["b/2.html", "b/1.HTM", "a/x.warc.gz", "a/y.txt", "c.warc", "a/a/z.xhtml"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "a" / "round").symlink_to(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in saved_files(tmp_path)]
    assert found == ["c.warc", "a/x.warc.gz", "a/a/z.xhtml", "b/1.HTM", "b/2.html"]
    assert list(saved_files(tmp_path / "c.warc")) == [tmp_path / "c.warc"]
    with pytest.raises(UnreadableError, match="There is no folder"):
        list(saved_files(tmp_path / "d"))
