"""Whether a workbook may be opened: what hostile ones unpack to is bounded before it is."""

from __future__ import annotations

import re
import zipfile

from krynica.classifier.errors import TableError
from krynica.data.tables.lines import LIMIT

ENTRIES = 10_000
UNPACKED = 4_000_000_000
"""Bytes of all parts."""
SMALL, RATIO = 64_000_000, 200
"""Bytes up to which parts may be packed at any ratio, and the greatest ratio beyond: sheets of text
shrink to a fifth, of the same number over and over to a hundredth."""
SETTINGS = 8_000_000
"""Bytes of a part that is held in memory as a tree: styles, names of sheets and the like."""
STRINGS = 500_000_000
"""Bytes of the text of all cells, where it stands apart; all of it is held in memory."""
_TAGS = 2_000_000
"""Tags of a row."""
_PLAIN = 4_000_000
"""Bytes up to which no part can hold too many tags."""
_BLOCK = 1 << 20
_SETTINGS = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|docProps/.*|xl/(styles|workbook|metadata|theme/.*)\.xml"
)
_END = re.compile(rb"</(?:\w+:)?(?:row|si|r)>")


def check_parts(archive: zipfile.ZipFile, name: str) -> None:
    """Look through the parts of a workbook.

    Parameters
    ----------
    archive
        The workbook. What its directory says of a part's size bounds what is unpacked of it.
    name
        What to call it in a sentence.

    Raises
    ------
    classifier.errors.TableError
        If it unpacks to more than a table would, or has a row of more than 20,000,000 characters.
    """
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > ENTRIES
        or total > UNPACKED
        or (total > SMALL and total > RATIO * packed)
        or any(_SETTINGS.fullmatch(one.filename) and one.file_size > SETTINGS for one in entries)
        or any("sharedStrings" in one.filename and one.file_size > STRINGS for one in entries)
    ):
        raise TableError(f"{name} unpacks to far more than a table, and was not read.")
    for entry in entries:
        if entry.file_size > _PLAIN and entry.filename.endswith(".xml"):
            _look_through(archive, entry, name)


def _look_through(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Read a part once, without building anything of it."""
    size = tags = 0
    with archive.open(entry) as part:
        while block := part.read(_BLOCK):
            ends = [found.end() for found in _END.finditer(block)]
            # Of a row that ends in this block no more than the block was not counted.
            size = len(block) - ends[-1] if ends else size + len(block)
            tags = block.count(b"<", ends[-1]) if ends else tags + block.count(b"<")
            if size > LIMIT or tags > _TAGS:
                raise TableError(f"{name} has a row of more than {LIMIT:,} characters.")
