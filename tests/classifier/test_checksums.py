"""A changed byte anywhere is refused by the name of the very file that was changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from krynica import ModelFolderError, load_model
from krynica.classifier.checksums import SUMS, listing, verified
from krynica.classifier.encoder import find_encoder

FILES = {
    "MODEL_CARD.md": b"# Tiny\n",
    "en.npz": b"\x00\x01\x02",
    "en.terms": b"one\ntwo",
    "manifest.json": b"{}",
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder of a few bytes, so that each can be harmed in turn."""
    folder = tmp_path / "small"
    folder.mkdir()
    for name, content in {**FILES, SUMS: listing(FILES)}.items():
        (folder / name).write_bytes(content)
    return folder


def named(folder: Path) -> set[str]:
    """The files that a refusal names, the folder's own name aside."""
    with pytest.raises(ModelFolderError) as refused:
        verified(folder)
    said = str(refused.value).replace(str(folder), "")
    assert said.endswith(".")
    return {name for name in (*FILES, SUMS) if re.search(rf"(?<!\w){re.escape(name)}", said)}


def flipped(path: Path) -> Iterator[tuple[int, int]]:
    """Flip every bit of a file in turn; the file is whole again at the end."""
    whole = path.read_bytes()
    for at in range(len(whole)):
        for bit in range(8):
            harmed = bytearray(whole)
            harmed[at] ^= 1 << bit
            path.write_bytes(harmed)
            yield at, bit
    path.write_bytes(whole)


@pytest.mark.parametrize("name", [*FILES, SUMS])
def test_any_flipped_bit_is_refused_by_the_name_of_its_file(small: Path, name: str) -> None:
    for at, bit in flipped(small / name):
        assert named(small) == {name}, (at, bit)
    assert verified(small).files == FILES


@pytest.mark.parametrize(
    "spoil",
    [
        lambda sums: sums[:-1],
        lambda sums: sums + b"\n",
        lambda sums: b"\n" + sums,
        lambda sums: sums + sums[: sums.index(b"\n") + 1],
        lambda sums: sums.replace(b"\n", b"\r\n"),
        lambda sums: b"\xef\xbb\xbf" + sums,
        lambda sums: sums + b"0" * 64 + b"  ../secret\n",
        lambda _: b"",
    ],
    ids=["end", "line", "front", "twice", "windows", "bom", "elsewhere", "empty"],
)
def test_a_list_that_was_changed_is_refused_by_its_own_name(
    small: Path, spoil: Callable[[bytes], bytes]
) -> None:
    (small / SUMS).write_bytes(spoil((small / SUMS).read_bytes()))
    assert SUMS in named(small)


@pytest.mark.parametrize("name", [*FILES, SUMS])
def test_a_missing_file_is_named(small: Path, name: str) -> None:
    (small / name).unlink()
    assert named(small) == {name}


def test_a_file_under_another_name_is_both_missing_and_too_many(small: Path) -> None:
    (small / "en.npz").rename(small / "pl.npz")
    with pytest.raises(ModelFolderError):
        verified(small)


@pytest.mark.parametrize("place", ["first", "middle", "last"])
@pytest.mark.parametrize("of", ["model", "encoder"])
def test_a_flipped_byte_of_a_model_or_its_encoder_is_refused_by_name(
    folder: Path, of: str, place: str
) -> None:
    harmed = folder if of == "model" else folder.parent / "encoder"
    for path in sorted(harmed.iterdir()):
        whole = path.read_bytes()
        at = {"first": 0, "middle": len(whole) // 2, "last": len(whole) - 1}[place]
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(ModelFolderError, match=rf"{re.escape(path.name)} of the {of} folder"):
            load_model(folder)
        path.write_bytes(whole)
    assert load_model(folder).id.name == "tiny"


def test_every_byte_of_the_encoders_list_counts(folder: Path) -> None:
    encoder = folder.parent / "encoder"
    sums = (encoder / SUMS).read_bytes()
    sha256 = verified(encoder).sha256
    for at in range(len(sums)):
        (encoder / SUMS).write_bytes(sums[:at] + bytes([sums[at] ^ 1]) + sums[at + 1 :])
        with pytest.raises(ModelFolderError, match=f"{SUMS} of the encoder folder"):
            find_encoder(sha256, folder)
    (encoder / SUMS).write_bytes(sums)
    assert find_encoder(sha256, folder).sha256 == sha256
