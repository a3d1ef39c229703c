from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pytest

from krynica import Article, ModelFolderError, load_model
from krynica.classifier.encoder import KEPT
from krynica.classifier.folder import FORMAT_VERSION, arrays_of, open_folder, parameters_from_arrays
from krynica.classifier.parameters import LanguageParameters
from tests.tiny_encoder import write_tiny_encoder

Sign = Callable[[Path], None]


def flat(record: object) -> list[float]:
    """All numbers of a record of records, in order."""
    if isinstance(record, tuple):
        return [number for part in record for number in flat(part)]
    return [] if isinstance(record, str) or record is None else np.ravel(record).tolist()


@pytest.mark.parametrize("code", ["en", "pl"])
def test_arrays_make_the_round(code: str, parameters: dict[str, LanguageParameters]) -> None:
    before = parameters[code]
    after = parameters_from_arrays(before.terms, arrays_of(before))
    assert after.terms == before.terms
    assert (after.judging is None) == (before.judging is None)
    assert flat(astuple(after)) == pytest.approx(flat(astuple(before)), rel=1e-6)


def test_a_folder_makes_the_round(folder: Path, parameters: dict[str, LanguageParameters]) -> None:
    opened = open_folder(folder)
    assert opened.languages == ("be", "en", "pl")
    assert (opened.id.name, opened.id.version) == ("tiny", "0.1")
    assert opened.sha256 == hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert opened.card == "# Tiny\n"
    read = opened.parameters("en")
    assert flat(astuple(read)) == pytest.approx(flat(astuple(parameters["en"])), rel=1e-6)


def test_the_card_stays_that_of_the_model_that_was_opened(folder: Path) -> None:
    opened = open_folder(folder)
    (folder / "MODEL_CARD.md").write_text("# Another\n")
    assert opened.card == "# Tiny\n"


def test_a_folder_without_a_card_is_refused(folder: Path, signed: Sign) -> None:
    (folder / "MODEL_CARD.md").unlink()
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"lacks the file MODEL_CARD\.md"):
        open_folder(folder)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderError, match=r"There is no model folder .*nowhere"):
        load_model(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["en.npz", "en.terms", "manifest.json", "SHA256SUMS"])
def test_a_missing_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelFolderError, match=f"lacks the file {name}"):
        load_model(folder)


@pytest.mark.parametrize("name", ["run.py", ".hidden"])
def test_an_extra_file_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("")
    with pytest.raises(ModelFolderError, match=f"a file too many: {name}"):
        load_model(folder)


def test_an_extra_folder_is_refused(folder: Path) -> None:
    (folder / "sub").mkdir()
    with pytest.raises(ModelFolderError, match="sub"):
        load_model(folder)


@pytest.mark.parametrize("version", [FORMAT_VERSION + 1, 0, str(FORMAT_VERSION), None])
def test_an_unknown_format_version_is_refused(
    version: object, tmp_path: Path, writer: Callable[..., Path]
) -> None:
    with pytest.raises(ModelFolderError, match=r"manifest\.json .* format version"):
        load_model(writer(tmp_path / "other", format_version=version))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '"format_version"'])
def test_no_manifest_at_all_is_refused(folder: Path, signed: Sign, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"manifest\.json"):
        load_model(folder)


@pytest.mark.parametrize("line", ["abc\n", f"{'0' * 64}  ../secret\n", f"{'0' * 64}\n"])
def test_a_line_that_is_no_checksum_is_refused(folder: Path, line: str) -> None:
    with (folder / "SHA256SUMS").open("a") as file:
        file.write(line)
    with pytest.raises(ModelFolderError, match="SHA256SUMS"):
        load_model(folder)


def test_pickled_arrays_are_refused(folder: Path, signed: Sign) -> None:
    with np.load(folder / "en.npz") as arrays:
        harmed = {name: arrays[name] for name in arrays}
    harmed["words_idf"] = np.array([{"code": 1}], dtype=object)
    np.savez(folder / "en.npz", **harmed)
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"en\.npz"):
        open_folder(folder).parameters("en")


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_arrays_that_are_none_are_refused(folder: Path, signed: Sign, data: bytes) -> None:
    (folder / "en.npz").write_bytes(data)
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"en\.npz"):
        open_folder(folder).parameters("en")


def test_terms_that_do_not_fit_the_arrays_are_refused(folder: Path, signed: Sign) -> None:
    (folder / "en.terms").write_text("one\ntwo", "utf-8")
    signed(folder)
    with pytest.raises(ModelFolderError, match="differ in length"):
        open_folder(folder).parameters("en")


@pytest.mark.parametrize(
    "name", ["encoder_coef", "genre_bias", "persuasion_mean", "technique_names"]
)
def test_arrays_that_do_not_fit_each_other_are_refused(
    folder: Path, signed: Sign, name: str
) -> None:
    with np.load(folder / "en.npz") as arrays:
        harmed = {each: arrays[each] for each in arrays}
    harmed[name] = harmed[name][:-1]
    np.savez(folder / "en.npz", **harmed)
    signed(folder)
    with pytest.raises(ModelFolderError, match="differ in length"):
        open_folder(folder).parameters("en")


def test_a_language_promised_without_its_files_is_refused(folder: Path, signed: Sign) -> None:
    (folder / "en.terms").unlink()
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"en\.terms"):
        open_folder(folder).parameters("en")


def test_unreadable_hashes_are_refused(folder: Path, signed: Sign) -> None:
    np.save(folder / "learned_from.npy", np.array([1, 5], dtype=np.uint64))
    signed(folder)
    assert open_folder(folder).learned_from().tolist() == [1, 5]
    (folder / "learned_from.npy").write_bytes(b"none")
    signed(folder)
    with pytest.raises(ModelFolderError, match=r"learned_from\.npy"):
        open_folder(folder).learned_from()


def test_checksums_are_in_the_common_form(folder: Path) -> None:
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert json.loads((folder / "manifest.json").read_text())["name"] == "tiny"


@pytest.fixture
def encoder(folder: Path) -> Path:
    return folder.parent / "encoder"


def test_the_encoder_that_a_model_names_is_the_one_beside_it(folder: Path, encoder: Path) -> None:
    found = open_folder(folder).encoder()
    assert found.path == encoder
    assert found.sha256 == hashlib.sha256((encoder / "SHA256SUMS").read_bytes()).hexdigest()
    assert found.tuned_on().tolist() == []


def test_a_model_in_the_folder_where_one_works_finds_its_encoder(
    folder: Path, encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert load_model(".").encoder.path == encoder
    monkeypatch.chdir(folder.parent)
    assert load_model(folder.name).encoder.path == encoder


def test_an_encoder_that_is_kept_by_its_checksum_is_found(folder: Path, encoder: Path) -> None:
    sha256 = open_folder(folder).encoder().sha256
    kept = folder.parent / KEPT / sha256
    kept.parent.mkdir()
    encoder.rename(kept)
    assert open_folder(folder).encoder().path == kept
    # Another one beside the model is not its own.
    write_tiny_encoder(encoder, name="another")
    assert open_folder(folder).encoder().path == kept


def test_a_model_without_its_encoder_is_refused_for_the_one_that_ships(
    folder: Path, encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(encoder)
    write_tiny_encoder(folder.parent / "shipped" / "encoder", name="that ships")
    monkeypatch.setattr("krynica.classifier.encoder.ENCODERS", folder.parent / "shipped")
    with pytest.raises(ModelFolderError, match=r"was fitted on another encoder \([0-9a-f]{12}…\)"):
        load_model(folder)


def test_no_encoder_anywhere_is_one_sentence(
    folder: Path, encoder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(encoder)
    monkeypatch.setattr("krynica.classifier.encoder.ENCODERS", folder.parent / "none")
    with pytest.raises(ModelFolderError, match=r"The encoder of the model .*tiny is not there"):
        load_model(folder)


def test_a_model_beside_another_encoder_is_refused(folder: Path, encoder: Path) -> None:
    sha256 = open_folder(folder).encoder().sha256
    shutil.rmtree(encoder)
    write_tiny_encoder(encoder, name="another")
    with pytest.raises(ModelFolderError) as refused:
        load_model(folder)
    other = hashlib.sha256((encoder / "SHA256SUMS").read_bytes()).hexdigest()
    assert str(refused.value) == (
        f"The model {folder} was fitted on another encoder ({sha256[:12]}…) than the one that is "
        f"here ({other[:12]}…); train it again with krynica train."
    )


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json", "tuned_on.npy", "SHA256SUMS"])
def test_a_missing_file_of_the_encoder_is_named(folder: Path, encoder: Path, name: str) -> None:
    (encoder / name).unlink()
    with pytest.raises(ModelFolderError, match=f"encoder folder .* lacks the file {name}"):
        load_model(folder)


def test_an_extra_file_of_the_encoder_is_named(folder: Path, encoder: Path) -> None:
    (encoder / "run.py").write_text("")
    with pytest.raises(ModelFolderError, match=r"encoder folder .* a file too many: run\.py"):
        load_model(folder)


@pytest.mark.parametrize("told", [{"format_version": 2}, {"format_version": None}])
def test_another_format_of_the_encoder_is_refused(
    tmp_path: Path, writer: Callable[..., Path], told: dict[str, object]
) -> None:
    write_tiny_encoder(tmp_path / "encoder", **told)
    with pytest.raises(ModelFolderError, match=r"manifest\.json of the encoder .* reads version 1"):
        load_model(writer(tmp_path / "tiny"))


@pytest.mark.parametrize("name", ["encoder.onnx", "tokenizer.json"])
def test_an_encoder_that_is_none_is_one_sentence_at_the_first_text(
    tmp_path: Path, writer: Callable[..., Path], signed: Sign, name: str
) -> None:
    encoder = write_tiny_encoder(tmp_path / "encoder")
    (encoder / name).write_bytes(b"no network")
    signed(encoder)
    model = load_model(writer(tmp_path / "tiny"))
    with pytest.raises(ModelFolderError, match=r"The encoder .* cannot be used"):
        model.score(Article("The council met.", language="en"))


def test_a_manifest_without_an_encoder_is_refused(
    tmp_path: Path, writer: Callable[..., Path]
) -> None:
    with pytest.raises(ModelFolderError, match="encoder"):
        load_model(writer(tmp_path / "tiny", encoder=None))
