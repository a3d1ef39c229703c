"""Tables that are not what their names say, named as what they are."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from krynica.classifier.errors import TableError
from krynica.data.messages import shown

ENDINGS = ".csv, .tsv, .jsonl, .ndjson, .parquet or .xlsx"
_OTHER_WORKBOOKS = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".fods"})
_HEAD = 1_024

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARK = b"\xef\xbb\xbf"
_TEXTS = (
    (re.compile(rb"<(!doctype html|html|head|body|table|meta)\b", re.IGNORECASE), "a web page", ""),
    (
        re.compile(rb"<\?xml.{0,300}urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL),
        *("a workbook in XML", ""),
    ),
)
"""How files begin that programs save as tables and that are none, what they are, and what their
names should end in: nothing where they have to be saved anew."""
_TABBED = re.compile(rb"[^\t,;\n]*\t")
_OBJECT = re.compile(rb"\{\s*\"[^\"]*\"\s*:")


def no_table(path: Path) -> str:
    """Say that a file is none by its name, and what may be."""
    if path.suffix.lower() in _OTHER_WORKBOOKS:
        return f"{shown(path)} is a workbook of another kind than .xlsx: save it as .xlsx or .csv."
    return f"{shown(path)} is not a table that can be read or written: name it {ENDINGS}."


def refuse_disguised(path: Path) -> None:
    """Say what a table is that is not what its name says.

    Raises
    ------
    classifier.errors.TableError
        If so, with what to do. What cannot be opened, and what is no table at all, is left to
        whoever reads it.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        return
    ending = path.suffix.lower()
    kind = _kind(path, head, ending)
    if kind is None:
        return
    told, right = kind
    if right == "":
        raise TableError(f"{shown(path)} is {told}: save it as .xlsx or .csv.")
    if right != ending:
        raise TableError(f"{shown(path)} is {told}, whatever its name says: name it {right}.")


def is_workbook(path: Path) -> bool:
    """Tell a workbook (.xlsx), whatever its name, from everything else."""
    return (_of_archive(path) or ("", ""))[1] == ".xlsx"


def _kind(path: Path, head: bytes, ending: str) -> tuple[str, str] | None:
    """Return what a file is and what its name should end in."""
    text = head.removeprefix(_MARK).lstrip()
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(path)
    if head.startswith(_OLD_OFFICE):
        return _old(path), ""
    if head.startswith(b"PAR1"):
        return "a Parquet table", ".parquet"
    if ending in {".csv", ".tsv", ".xlsx"} and _OBJECT.match(text):
        return "a table in JSON Lines", ".jsonl"
    if ending == ".xlsx" and text and b"\0" not in text and not text.startswith(b"<"):
        return "a table of text", ".tsv" if _TABBED.match(text) else ".csv"
    found = (one for one in _TEXTS if one[0].match(text) and ending != ".html")
    return next(((told, right) for _, told, right in found), None)


def _of_archive(path: Path) -> tuple[str, str] | None:
    """Tell a workbook from other archives."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except Exception:  # noqa: BLE001  # damaged in whatever way: whoever reads it says so
        return None
    if any(name.startswith("xl/workbook.bin") for name in names):
        return "a binary workbook (.xlsb)", ""
    if any(name.startswith("xl/") for name in names):
        return "a workbook", ".xlsx"
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "an OpenDocument workbook (.ods)", ""
    return None


def _old(path: Path) -> str:
    """Tell a locked workbook from one of before 2007: both are files of the old form."""
    with path.open("rb") as file:
        data = file.read(1 << 20)
        size = file.seek(0, 2)
        file.seek(max(0, size - (1 << 20)))
        data += file.read()
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "locked with a password"
    return "an old workbook (.xls)"
