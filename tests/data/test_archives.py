"""Archives, hostile ones among them."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from krynica.classifier.errors import CorpusError
from krynica.data.archives import is_archive, unpacked

FILES = {"corpus/train/a.txt": b"One.", "corpus/b.txt": b"Two.", "empty": b""}


def packed(path: Path, files: dict[str, bytes]) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.mkdir("folder")
            for name, data in files.items():
                archive.writestr(name, data)
        return path
    kind = {".tar": "", ".tgz": "gz"}.get(path.suffix, path.suffix.removeprefix("."))
    with tarfile.open(path, f"w:{kind}") as tar:  # type: ignore[call-overload]  # any of them
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return path


def listed(folder: Path) -> dict[str, bytes]:
    files = (file for file in folder.rglob("*") if file.is_file() or file.is_symlink())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


@pytest.mark.parametrize("name", ["a.zip", "a.ZIP", "a.tar", "a.tgz", "a.tar.gz", "a.tar.bz2"])
def test_what_was_packed_is_there_for_as_long_as_it_is_read(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / name.lower(), FILES).rename(tmp_path / name)
    assert is_archive(path)
    with unpacked(path) as folder:
        assert listed(folder) == FILES
    assert not folder.exists()


@pytest.mark.parametrize("name", ["a.tsv", "a.csv.gz", "a.parquet"])
def test_no_archive_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert not is_archive(tmp_path / name)
    assert not is_archive(tmp_path)


@pytest.mark.parametrize("ending", ["zip", "tgz"])
@pytest.mark.parametrize("name", ["../out", "a/../../out", "/out", "..\\out", "C:\\out", "C:/out"])
def test_nothing_is_written_elsewhere(tmp_path: Path, ending: str, name: str) -> None:
    path = packed(tmp_path / f"a.{ending}", {"good": b"", name: b"bad"})
    with pytest.raises(CorpusError, match="outside of its folder"), unpacked(path):
        pass
    assert not list(tmp_path.rglob("out"))


def test_links_are_not_made_and_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as tar:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
            link = tarfile.TarInfo("link")
            link.type, link.linkname = kind, str(outside)
            tar.addfile(link)
        for kind in (tarfile.CHRTYPE, tarfile.FIFOTYPE):
            device = tarfile.TarInfo("device")
            device.type = kind
            tar.addfile(device)
        member = tarfile.TarInfo("link/file")
        member.size = 3
        tar.addfile(member, io.BytesIO(b"bad"))
    with unpacked(path) as folder:
        assert listed(folder) == {"link/file": b"bad"}
    assert list(outside.iterdir()) == []


def test_a_link_in_a_zip_is_not_made(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
        archive.writestr("file", "good")
    with unpacked(tmp_path / "a.zip") as folder:
        assert listed(folder) == {"file": b"good"}


@pytest.mark.parametrize("ending", ["zip", "tgz"])
def test_a_bomb_is_stopped_by_what_comes_out_of_it(tmp_path: Path, ending: str) -> None:
    path = packed(tmp_path / f"a.{ending}", {"a": bytes(3_000_000), "b": bytes(3_000_000)})
    assert path.stat().st_size < 20_000
    with (
        pytest.raises(CorpusError, match=r"more than 0\.005 GB"),
        unpacked(path, most_bytes=5_000_000),
    ):
        pass
    with unpacked(path, most_bytes=6_000_000) as folder:
        assert sum(map(len, listed(folder).values())) == 6_000_000


@pytest.mark.parametrize("ending", ["zip", "tgz"])
@pytest.mark.parametrize("kind", ["empty files", "folders"])
def test_what_holds_no_byte_is_counted_too(tmp_path: Path, ending: str, kind: str) -> None:
    path = tmp_path / f"a.{ending}"
    end = "/" if kind == "folders" else ""
    names = [f"{number}{end}" for number in range(11)]
    if ending == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name in names:
                archive.writestr(name, b"")
    else:
        with tarfile.open(path, "w:gz", compresslevel=1) as tar:
            for name in names:
                member = tarfile.TarInfo(name)
                member.type = tarfile.DIRTYPE if end else tarfile.REGTYPE
                tar.addfile(member)
    with pytest.raises(CorpusError, match="or 10 files"), unpacked(path, most_files=10):
        pass
    with unpacked(path, most_files=11) as folder:
        assert len(listed(folder)) == (0 if end else 11)


def _of_zeros(path: Path, kind: bytes, size: int) -> Path:
    """Pack a tape archive whose first header promises many bytes, and has them."""
    member = tarfile.TarInfo("long")
    member.type, member.size = kind, size
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(member.tobuf(tarfile.GNU_FORMAT))
        for _ in range(size >> 20):
            file.write(b"a" * (1 << 20))
        file.write(tarfile.TarInfo("next").tobuf(tarfile.GNU_FORMAT))
    return path


@pytest.mark.parametrize("kind", [tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE])
def test_a_header_is_not_read_however_long_it_is(tmp_path: Path, kind: bytes) -> None:
    path = _of_zeros(tmp_path / "a.tgz", kind, 100 << 20)
    tracemalloc.start()
    try:
        with pytest.raises(CorpusError, match="has a header of more than"), unpacked(path):
            pass
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_what_is_passed_over_is_not_unpacked_without_end(tmp_path: Path) -> None:
    path = _of_zeros(tmp_path / "a.tgz", b"Z", 1 << 20)  # A kind that nobody knows.
    with (
        pytest.raises(CorpusError, match="holds more than"),
        unpacked(path, most_bytes=1_000, most_files=10),
    ):
        pass
    with unpacked(path, most_bytes=2_000_000) as folder:
        assert listed(folder) == {"next": b""}


@pytest.mark.parametrize("name", [".", "./", "./."])
def test_a_file_that_is_the_folder_itself_is_refused(tmp_path: Path, name: str) -> None:
    path = packed(tmp_path / "a.tar", {name: b"bad"})
    with pytest.raises(CorpusError, match="outside of its folder"), unpacked(path):
        pass


@pytest.mark.parametrize("name", ["a.zip", "a.tgz", "a.tar.bz2", "a.tar.xz"])
def test_a_damaged_archive_is_said_to_be_one(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"no archive at all")
    with pytest.raises(CorpusError, match=f"{name} is damaged"), unpacked(path):
        pass
    noise = bytes(n * n % 251 for n in range(200_000))
    whole = packed(tmp_path / name, {"a": noise}).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(CorpusError, match=f"{name} is damaged"), unpacked(path):
        pass
