"""Published files, fetched from a real server on this machine that is not always well."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest

from krynica.classifier.errors import AddressError, CorpusError, StatusError, UnreachableError
from krynica.data.download import Limits
from krynica.data.published import TRIES, Published, Way, fetch, file_name, obtain
from krynica.data.sources import sources

if TYPE_CHECKING:
    from tests.data.conftest import Site

BODY = bytes(range(256)) * 400
SUM = hashlib.sha256(BODY).hexdigest()
QUICK = Way(allow_private=True, limits=Limits(wait=2.0, total=20.0), pause=0.0)


class File:
    """A file of a server that may hang up on the way.

    Parameters
    ----------
    body, etag
        What it gives, and by what name.
    breaks
        After how many bytes of an answer it hangs up, one for each request; then it does no more.
    ranges
        Whether it can give a part.
    """

    def __init__(
        self,
        body: bytes = BODY,
        etag: str | None = '"one"',
        breaks: Iterable[int] = (),
        *,
        ranges: bool = True,
    ) -> None:
        self.body, self.etag, self.breaks, self.ranges = body, etag, list(breaks), ranges

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        wanted = request.headers.get("Range")
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        same = request.headers.get("If-Range", self.etag) == self.etag
        total = len(self.body)
        if wanted and self.ranges and same and start >= total:
            request.send_response(416)
            request.send_header("Content-Range", f"bytes */{total}")
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        if wanted and self.ranges and same:
            request.send_response(206)
            request.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        else:
            start = 0
            request.send_response(200)
        if self.etag:
            request.send_header("ETag", self.etag)
        request.send_header("Content-Length", str(total - start))
        request.end_headers()
        end = start + self.breaks.pop(0) if self.breaks else total
        request.wfile.write(self.body[start:end])


def ranges(site: Site) -> list[str | None]:
    return [headers.get("range") for _, headers in site.asked]


def get(site: Site, target: Path, way: Way = QUICK, sha256: str = "") -> Published:
    return fetch(f"{site.url}/file", target, sha256=sha256, way=way)


def test_a_file_is_fetched_whole_and_once(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File()
    target = tmp_path / "file.zip"
    assert get(site, target, sha256=SUM) == Published(target, SUM, checked=True)
    assert target.read_bytes() == BODY
    assert get(site, target) == Published(target, SUM, checked=False)
    assert len(site.asked) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["file.zip"]


def test_where_the_connection_breaks_the_rest_is_asked_for(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File(breaks=[60_000, 1_000])
    told: list[str] = []
    assert get(site, tmp_path / "file", replace(QUICK, told=told.append)).sha256 == SUM
    assert ranges(site) == [None, "bytes=60000-", "bytes=61000-"]
    assert {headers.get("if-range") for _, headers in site.asked[1:]} == {'"one"'}
    assert [line.endswith("Trying again in 0 seconds.") for line in told] == [True, True]


def test_another_run_goes_on_where_one_was_stopped(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File(breaks=[50_000] + [0] * (TRIES - 1))
    with pytest.raises(UnreachableError):
        get(site, tmp_path / "file")
    assert not (tmp_path / "file").exists()
    assert get(site, tmp_path / "file", sha256=SUM).checked
    assert ranges(site)[-1] == "bytes=50000-"


def test_a_file_that_changed_meanwhile_is_not_patched(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File(b"old" * 20_000, '"old"', [10_000] + [0] * TRIES)
    with pytest.raises(UnreachableError):
        get(site, tmp_path / "file")
    site.answers["/file"] = File()
    assert get(site, tmp_path / "file").sha256 == SUM


PARTS = {
    "a part that was not asked for": [(206, "bytes 0-4/102400", '"one"', BODY[:5])],
    "less than the rest": [
        (206, "bytes 5-9/102400", '"one"', BODY[5:10]),
        (206, "bytes 10-102399/102400", '"one"', BODY[10:]),
    ],
    "more than the rest": [
        (206, "bytes 5-102399/102400", '"one"', BODY[5:] + b"!"),
        (416, "bytes */102400", '"one"', b""),
    ],
    "the rest of another version": [(206, "bytes 5-102399/102400", '"two"', bytes(102_395))],
    "a rest of unknown size": [(206, "bytes 5-9/*", '"one"', BODY[5:10])],
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_not_taken_for_the_whole(tmp_path: Path, name: str) -> None:
    answers = [*PARTS[name], (200, "", '"one"', BODY)]

    def answer(_request: httpx2.Request) -> httpx2.Response:
        status, said, etag, body = answers.pop(0)
        headers = {"ETag": etag} | ({"Content-Range": said} if said else {})
        return httpx2.Response(status, headers=headers, content=iter([body]))

    if "not asked" not in name:
        (tmp_path / "file.part").write_bytes(BODY[:5])
        (tmp_path / "file.part.tag").write_text('"one"')
    way = replace(QUICK, transport=httpx2.MockTransport(answer))
    assert fetch("https://example.org/file", tmp_path / "file", way=way).sha256 == SUM
    assert len(answers) == (name == "less than the rest")


@pytest.mark.parametrize("leads", ["http://example.org/file", "http://example.net/file"])
def test_no_address_of_https_leads_to_one_of_http(tmp_path: Path, leads: str) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.scheme == "http":
            return httpx2.Response(200, content=BODY)
        return httpx2.Response(302, headers={"Location": leads})

    way = replace(QUICK, transport=httpx2.MockTransport(answer))
    with pytest.raises(AddressError, match=f"leads to {leads}, without https"):
        fetch("https://example.org/file", tmp_path / "file", way=way)


@pytest.mark.parametrize(
    "file",
    [File(breaks=[50_000], ranges=False), File(breaks=[50_000], etag=None)],
    ids=["a server that gives no parts", "a server without marks"],
)
def test_where_parts_cannot_be_had_all_is_sent_again(
    site: Site, tmp_path: Path, file: File
) -> None:
    site.answers["/file"] = file
    assert get(site, tmp_path / "file").sha256 == SUM


def test_a_part_that_is_whole_already_is_known_for_it(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File()
    (tmp_path / "file.part").write_bytes(BODY)
    (tmp_path / "file.part.tag").write_text('"one"')
    assert get(site, tmp_path / "file").sha256 == SUM
    (tmp_path / "file").unlink()
    (tmp_path / "file.part").write_bytes(BODY + b"more than there is")
    (tmp_path / "file.part.tag").write_text('"one"')
    assert get(site, tmp_path / "file").sha256 == SUM
    assert ranges(site)[-1] is None


def test_another_file_than_was_published_is_thrown_away(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File(b"something else")
    with pytest.raises(AddressError, match=f"thrown away: its checksum is .*, not {SUM}"):
        get(site, tmp_path / "file", sha256=SUM)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_here_is_held_against_the_checksum(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"changed by hand")
    with pytest.raises(CorpusError, match="is not the one that was published"):
        get(site, tmp_path / "file", sha256=SUM)
    assert (tmp_path / "file").read_bytes() == b"changed by hand"
    assert site.asked == []


def test_no_more_is_taken_than_was_allowed(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = File()
    small = replace(QUICK, limits=replace(QUICK.limits, size=90_000))
    with pytest.raises(AddressError, match=r"is larger than 0\.09 MB"):
        get(site, tmp_path / "file", small)
    assert len(site.asked) == 1
    assert (tmp_path / "file.part").stat().st_size <= 90_000


def test_what_may_not_pass_is_not_tried_again(site: Site, tmp_path: Path) -> None:
    site.answers["/file"] = _status(404)
    with pytest.raises(StatusError, match="answered 404"):
        get(site, tmp_path / "file")
    assert len(site.asked) == 1
    site.answers["/file"] = _status(503)
    with pytest.raises(StatusError, match="answered 503"):
        get(site, tmp_path / "file")
    assert len(site.asked) == 1 + TRIES
    site.answers["/file"] = _status(503, Retry_After="3600")
    with pytest.raises(StatusError, match="answered 503"):
        get(site, tmp_path / "file")
    assert len(site.asked) == 2 + TRIES


def test_a_redirect_is_followed_but_not_to_this_machine(site: Site, tmp_path: Path) -> None:
    site.answers["/moved"] = File()
    site.redirect("/file", "/moved")
    assert get(site, tmp_path / "file").sha256 == SUM
    with pytest.raises(AddressError, match="leads to this machine"):
        fetch(f"{site.url}/file", tmp_path / "other", way=replace(QUICK, allow_private=False))
    site.redirect("/file", "ftp://example.org/file")
    with pytest.raises(AddressError, match="not an http or https address"):
        get(site, tmp_path / "other")
    site.redirect("/file", "/file")
    with pytest.raises(AddressError, match="leads on to other addresses"):
        get(site, tmp_path / "other")


@pytest.mark.parametrize("leads", ["http://127.0.0.1/file", "http://[::1]/", "http://localhost/"])
def test_no_address_leads_on_to_this_machine(tmp_path: Path, leads: str) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"Location": leads})

    way = replace(QUICK, allow_private=False, transport=httpx2.MockTransport(answer))
    with pytest.raises(AddressError, match="leads to this machine"):
        fetch("https://example.org/file", tmp_path / "file", way=way)
    assert asked == ["https://example.org/file"]


def test_all_files_of_a_corpus_are_obtained(site: Site, tmp_path: Path) -> None:
    site.answers["/a/train.tsv?download=1"] = File(b"train")
    site.answers["/a/dev.tsv"] = File(b"dev")
    sums = (hashlib.sha256(b"train").hexdigest(), hashlib.sha256(b"dev").hexdigest())
    addresses = (f"{site.url}/a/train.tsv?download=1", f"{site.url}/a/dev.tsv")
    source = replace(sources()["proppy_2019"], download=addresses, sha256=sums)
    files = obtain(source, tmp_path / "new" / "folder", QUICK)
    assert [file.path.name for file in files] == ["train.tsv", "dev.tsv"]
    assert all(file.checked for file in files)
    (tmp_path / "flat").write_text("")
    with pytest.raises(CorpusError, match="could not be written"):
        obtain(source, tmp_path / "flat" / "folder", QUICK)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.org/records/1/files/a_1.0.tsv?download=1", "a_1.0.tsv"),
        ("https://example.org/a%2F..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("https://example.org/..", "file"),
        ("https://example.org/", "file"),
        ("https://example.org/.bashrc", "bashrc"),
        ("https://example.org/a b;c", "a_b_c"),
    ],
)
def test_a_name_is_never_a_path(url: str, name: str) -> None:
    assert file_name(url) == name


def _status(number: int, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(number)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer
