"""The pages of one WARC file: read in a process of its own, for archives lie.

Writes messages (`data.readers.frames`): for each page what is known of it and its bytes, and at
the end ``{"end": "whole"}`` or ``{"end": "damaged"}``. Its memory is bounded, and the time is not:
there are archives of a day's work.
"""

from __future__ import annotations

import io
import sys
import zlib
from pathlib import Path
from typing import IO, Any

from warcio.archiveiterator import ArchiveIterator

from krynica.data.readers.child import begin
from krynica.data.readers.frames import write_frame, write_json

MEMORY = 256_000_000
"""Bytes of address space."""
SECONDS = 86_400
"""Seconds of processor time."""
MOST = 10_000_000
"""Bytes of a page; one that is longer is told of without them."""

_PIECE = 65_536
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_GOOD = frozenset({"200", "203"})


def tell_pages(file: IO[bytes], answers: IO[bytes]) -> bool:
    """Write the pages of an archive; tell whether it could be read to the end."""
    # The library says on standard error what is damaged, quotes it there, and goes on.
    said = sys.stderr = io.StringIO()
    records = 0
    try:
        for record in ArchiveIterator(file):
            records += 1
            if not record.rec_headers.get_header("WARC-Type"):
                return False
            data = _payload(record.content_stream()) if _is_page(record) else None
            if _is_cut(record):
                return False
            if _is_page(record):
                _tell(record, data, answers)
    except Exception:  # noqa: BLE001  # its own tree, and zlib's, and more; all mean the same
        return False
    return bool(records) and not said.tell()


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or record.rec_type != "response":
        return False
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    return kind in _PAGES and headers.get_statuscode() in _GOOD


def _is_cut(record: Any) -> bool:
    """Tell whether there is less of a record than its head says; it is read to its end."""
    while record.raw_stream.read(_PIECE):
        pass
    return bool(record.raw_stream.limit > 0)


def _tell(record: Any, data: bytes | None, answers: IO[bytes]) -> None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    _, _, rest = (record.http_headers.get_header("Content-Type") or "").partition("charset=")
    head = {
        "url": url.strip("<>"),
        "charset": rest.partition(";")[0].strip(" \"'") or None,
        "is_lost": data is None,
    }
    write_json(answers, head)
    write_frame(answers, data or b"")


def _payload(stream: Any) -> bytes | None:
    data = bytearray()
    try:
        while len(data) <= MOST and (piece := stream.read(_PIECE)):
            data += piece
    except zlib.error:
        return None
    return bytes(data) if len(data) <= MOST else None


def main() -> None:
    """Read the file that is named, write what it holds."""
    _, answers = begin(MEMORY, SECONDS)
    with Path(sys.argv[1]).open("rb") as file:
        is_whole = tell_pages(file, answers)
    write_json(answers, {"end": "whole" if is_whole else "damaged"})


if __name__ == "__main__":
    main()
