"""``krynica model``: the folder, the card, the check."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service.tiny import Run, copy_model, sign, write_tiny_model


def test_the_folder_then_the_card_then_the_check(tiny: Path, call: Run) -> None:
    said = call("model", tiny)
    assert (said.returncode, said.stderr) == (0, b"")
    first, *card, last = said.stdout.decode().splitlines()
    assert first == str(tiny)
    assert "\n".join(card).strip() == (tiny / "MODEL_CARD.md").read_text().strip()
    assert last == f"checksums: {len(list(tiny.iterdir())) - 1} files, all as listed in SHA256SUMS"


@pytest.mark.parametrize("harm", ["changed", "missing", "extra", "version"])
def test_a_harmed_folder_is_one_sentence(harm: str, tiny: Path, tmp_path: Path, call: Run) -> None:
    folder = copy_model(tiny, tmp_path / "copy")
    if harm == "changed":
        (folder / "en.npz").write_bytes((folder / "en.npz").read_bytes()[:-1] + b"?")
    elif harm == "missing":
        (folder / "en.npz").unlink()
    elif harm == "extra":
        (folder / "run.py").write_text("")
    else:
        (folder / "manifest.json").write_text('{"format_version": 99}')
    said = call("model", folder)
    assert (said.returncode, said.stdout) == (1, b"")
    assert said.stderr.count(b"\n") == 1
    named = {"extra": b"run.py", "version": b"manifest.json"}.get(harm, b"en.npz")
    assert named in said.stderr


@pytest.mark.parametrize("name", ["encoder.onnx", "SHA256SUMS", "manifest.json"])
def test_a_harmed_encoder_is_one_sentence(name: str, tiny: Path, tmp_path: Path, call: Run) -> None:
    folder = copy_model(tiny, tmp_path / "copy")
    harmed = tmp_path / "encoder" / name
    harmed.write_bytes(harmed.read_bytes()[:-1] + b"?")
    said = call("model", folder)
    assert (said.returncode, said.stdout) == (1, b"")
    assert said.stderr.count(b"\n") == 1
    assert (
        f"{name} of the encoder folder {tmp_path / 'encoder'} was changed".encode() in said.stderr
    )


@pytest.mark.parametrize("version", [1, 2])
def test_a_model_of_outlets_is_told_to_be_trained_again(
    version: int, tmp_path: Path, call: Run
) -> None:
    said = call("model", write_tiny_model(tmp_path / "old", format_version=version))
    assert (said.returncode, said.stdout) == (1, b"")
    assert b"Train it again from its tables with krynica train." in said.stderr


def test_a_card_cannot_command_the_terminal(tiny: Path, tmp_path: Path, call: Run) -> None:
    folder = copy_model(tiny, tmp_path / "copy")
    (folder / "MODEL_CARD.md").write_text("# Card\x1b[2J\n")
    sign(folder)
    said = call("model", folder)
    assert said.returncode == 0
    assert b"\x1b" not in said.stdout
