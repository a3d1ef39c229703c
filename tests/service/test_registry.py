"""Models that have a name: listed, added, used, removed, and compared by their cards."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from krynica import Article, KrynicaError, ModelFolderError, load_model
from krynica.service.commands.model import models
from krynica.service.model_choice import choose
from krynica.service.registry import Registry
from tests.service.tiny import PROPAGANDA, Run, write_tiny_model
from tests.tiny_encoder import write_tiny_encoder


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry of one's own."""
    monkeypatch.setenv("KRYNICA_MODELS", str(tmp_path / "registry"))
    return tmp_path / "registry"


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def failed(done: subprocess.CompletedProcess[bytes]) -> str:
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    return done.stderr.decode().removeprefix("krynica: ").strip()


def version(call: Run, tmp_path: Path, *words: str) -> str:
    """Return the version of the model that answers."""
    (tmp_path / "a.txt").write_text(PROPAGANDA)
    answer: str = json.loads(said(call("score", "--json", "a.txt", *words)))["model"]["version"]
    return answer


def test_add_copies_a_folder_whole_under_its_own_name(tiny: Path, folder: Path, call: Run) -> None:
    assert said(call("model", "add", tiny)).startswith("tiny: tiny 0.1 (")
    assert sorted(path.name for path in folder.iterdir()) == [".encoders", "tiny"]
    assert load_model(folder / "tiny").id == load_model(tiny).id
    lines = said(call("model", "list")).splitlines()
    assert [line[:9] for line in lines] == ["* default", "  tiny: t"]
    assert lines[1].endswith(f"en pl; {folder / 'tiny'}")


def test_use_makes_it_what_commands_take(tiny: Path, call: Run, tmp_path: Path) -> None:
    said(call("model", "add", tiny, "--name", "mine"))
    shipped = version(call, tmp_path)
    assert said(call("model", "use", "mine")) == "In use: mine.\n"
    assert version(call, tmp_path) == "0.1"
    assert version(call, tmp_path, "--model", "default") == shipped
    assert said(call("model")).splitlines()[0].endswith("/registry/mine")
    assert said(call("model", "list")).splitlines()[1].startswith("* mine: ")
    assert said(call("model", "use", "default"))
    assert version(call, tmp_path) == shipped


def test_a_model_is_given_by_name_and_a_folder_wins(
    tiny: Path, folder: Path, call: Run, tmp_path: Path
) -> None:
    said(call("model", "add", tiny, "--name", "mine"))
    assert version(call, tmp_path, "--model", "mine") == "0.1"
    assert said(call("model", "mine")).splitlines()[0] == str(folder / "mine")
    write_tiny_model(tmp_path / "mine", version="of the folder")
    (tmp_path / "a.txt").write_text(PROPAGANDA)
    both = call("score", "--json", "a.txt", "--model", "mine")
    assert json.loads(said(both))["model"]["version"] == "of the folder"
    assert both.stderr.decode() == (
        f"krynica: Using the folder mine, not the model named mine ({folder / 'mine'}).\n"
    )


def test_a_folder_called_as_a_verb_is_given_with_its_place(call: Run, tmp_path: Path) -> None:
    write_tiny_model(tmp_path / "list")
    assert said(call("model", "./list")).splitlines()[0] == str(tmp_path / "list")
    assert "default" in said(call("model", "list"))


def test_what_is_in_use_stays(tiny: Path, folder: Path, call: Run) -> None:
    said(call("model", "add", tiny))
    said(call("model", "use", "tiny"))
    assert failed(call("model", "remove", "tiny")).startswith("The model tiny is in use; ")
    said(call("model", "use", "default"))
    assert said(call("model", "remove", "tiny")) == "Removed: tiny.\n"
    assert list(folder.iterdir()) == []
    assert failed(call("model", "remove", "tiny")) == (
        "There is no model named “tiny”; there are: default."
    )
    assert "cannot be removed" in failed(call("model", "remove", "default"))


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../x",
        "a/b",
        ".hidden",
        "default",
        "Current",
        "мадэль",
        "a b",
        "-x-",
        "a" * 65,
        "CON",
        "nul",
        "Com1",
        "aux.txt",
        "List",
        "show",
        "encoder",
    ],
)
def test_names_that_are_no_safe_file_names_are_refused(
    name: str, tiny: Path, folder: Path, call: Run
) -> None:
    assert "A model cannot be named" in failed(call("model", "add", tiny, f"--name={name}"))
    assert not folder.exists()


def test_no_model_is_called_as_a_command(tiny: Path) -> None:
    group = typer.main.get_command(models)
    verbs = group.list_commands(typer.Context(group))  # type: ignore[attr-defined]  # it is a group
    assert "list" in verbs
    for verb in verbs:
        with pytest.raises(KrynicaError, match="A model cannot be named"):
            Registry().add(tiny, verb)


@pytest.mark.parametrize("name", ["console", "com10", "auxiliary.txt", "lists", "a.con"])
def test_what_only_begins_so_is_a_name(name: str, tiny: Path) -> None:
    assert Registry().add(tiny, name).name == name


def test_a_name_is_taken_in_any_case(tiny: Path) -> None:
    registry = Registry()
    registry.add(tiny, "Mine")
    with pytest.raises(KrynicaError, match="There is already a model named Mine"):
        registry.add(tiny, "mine")
    assert registry.names() == ["Mine"]


def test_a_name_is_taken_once(tiny: Path, call: Run) -> None:
    said(call("model", "add", tiny))
    assert failed(call("model", "add", tiny)).startswith("There is already a model named tiny")


def test_a_harmed_folder_is_not_added(tiny: Path, folder: Path, call: Run, tmp_path: Path) -> None:
    harmed = write_tiny_model(tmp_path / "harmed")
    (harmed / "en.npz").write_bytes(b"")
    assert "en.npz" in failed(call("model", "add", harmed))
    assert not folder.exists()


def test_broken_models_are_listed_with_what_is_wrong_and_not_used(
    tiny: Path, folder: Path, call: Run
) -> None:
    said(call("model", "add", tiny))
    said(call("model", "use", "tiny"))
    (folder / "tiny" / "extra").write_text("")
    (folder / "empty").mkdir()
    (folder / "a file").write_text("")
    (folder / ".hidden").mkdir()
    listed = said(call("model", "list")).splitlines()
    assert len(listed) == 3
    assert listed[1].startswith("  empty: cannot be used. The model folder")
    assert listed[2].startswith("* tiny: cannot be used. The model folder")
    assert listed[2].endswith("has a file too many: extra.")
    assert "lacks the file" in failed(call("model", "use", "empty"))
    answer = failed(call("model"))
    assert "`krynica model use default` goes back" in answer
    assert "has a file too many" in answer
    said(call("model", "use", "default"))
    said(call("model", "remove", "tiny"))
    said(call("model", "remove", "empty"))


@pytest.mark.parametrize("current", ["gone", "../../elsewhere", "\x00"])
def test_a_model_in_use_that_is_gone_is_said(current: str, folder: Path, call: Run) -> None:
    folder.mkdir()
    (folder / "current").write_text(current)
    assert "no longer exists; `krynica model use default`" in failed(call("model"))
    assert said(call("model", "list")).splitlines()[1].endswith("It no longer exists.")
    said(call("model", "use", "default"))
    assert said(call("model", "list")).startswith("* default")


@pytest.mark.parametrize("current", [b"", b"\n", b"t\xefny"])
def test_a_current_that_names_none_is_said(
    current: bytes, tiny: Path, folder: Path, call: Run
) -> None:
    said(call("model", "add", tiny))
    (folder / "current").write_bytes(current)
    for words in ((), ("list",), ("add", tiny, "--name", "b"), ("remove", "tiny")):
        assert "/registry/current does not say which model" in failed(call("model", *words))
    assert Registry().names() == ["tiny"]
    said(call("model", "use", "default"))
    assert said(call("model", "list")).startswith("* default")


def test_a_current_that_is_no_file_is_said_and_nothing_left_beside_it(
    tiny: Path, folder: Path
) -> None:
    registry = Registry()
    registry.add(tiny)
    (folder / "current").symlink_to(folder / "nowhere")
    with pytest.raises(ModelFolderError, match="does not say which model"):
        choose(None, registry)
    registry.use("tiny")
    assert registry.current == "tiny"
    (folder / "current").unlink()
    (folder / "current").mkdir()
    with pytest.raises(ModelFolderError, match="does not say which model"):
        choose(None, registry)
    with pytest.raises(KrynicaError, match="cannot be written"):
        registry.use("tiny")
    assert sorted(path.name for path in folder.iterdir()) == [".encoders", "current", "tiny"]


def test_the_encoder_comes_along_and_goes_with_the_last_that_needs_it(
    folder: Path, tmp_path: Path
) -> None:
    registry = Registry()
    first = write_tiny_model(tmp_path / "first")
    other = write_tiny_encoder(tmp_path / "elsewhere" / "encoder", name="other")
    second = write_tiny_model(tmp_path / "elsewhere" / "second")
    registry.add(first, "a")
    registry.add(first, "b")
    registry.add(second, "c")
    kept = folder / ".encoders"
    shutil.rmtree(tmp_path / "elsewhere")
    shutil.rmtree(tmp_path / "encoder")
    assert [load_model(folder / name).id.name for name in "abc"] == ["tiny"] * 3
    assert len(list(kept.iterdir())) == 2
    assert not other.exists()
    registry.remove("a")
    assert len(list(kept.iterdir())) == 2
    registry.remove("b")
    assert len(list(kept.iterdir())) == 1
    assert load_model(folder / "c").score(Article(PROPAGANDA)).verdict == "propaganda"
    registry.remove("c")
    assert not kept.exists()


def test_the_encoder_that_ships_is_not_copied(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny = write_tiny_model(tmp_path / "shipped" / "tiny")
    monkeypatch.setattr("krynica.classifier.encoder.ENCODERS", tmp_path / "shipped")
    Registry().add(tiny)
    assert [path.name for path in folder.iterdir()] == ["tiny"]


def test_a_model_without_its_encoder_is_neither_added_nor_used(
    tiny: Path, folder: Path, call: Run, tmp_path: Path
) -> None:
    alone = tmp_path / "alone" / "tiny"
    shutil.copytree(tiny, alone)
    assert "was fitted on another encoder" in failed(call("model", "add", alone))
    assert not folder.exists()
    said(call("model", "add", tiny))
    shutil.rmtree(folder / ".encoders")
    assert "was fitted on another encoder" in failed(call("model", "use", "tiny"))
    listed = said(call("model", "list")).splitlines()
    assert listed[1].startswith("  tiny: cannot be used. The model ")


def test_the_users_folder_is_where_data_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("KRYNICA_MODELS")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Registry().folder == tmp_path / "krynica" / "models"
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Registry().folder == tmp_path / ".local" / "share" / "krynica" / "models"


def test_a_linked_folder_is_a_model_and_goes_as_a_link(tiny: Path, folder: Path) -> None:
    folder.mkdir()
    (folder / "linked").symlink_to(tiny)
    registry = Registry()
    assert choose("linked", registry).load().id.name == "tiny"
    registry.remove("linked")
    assert registry.names() == []
    assert (tiny / "SHA256SUMS").exists()


def test_what_is_no_folder_is_listed_and_goes(tiny: Path, folder: Path, call: Run) -> None:
    folder.mkdir()
    (folder / "link").symlink_to(folder / "nowhere")
    (folder / "file").write_text("")
    listed = said(call("model", "list")).splitlines()[1:]
    assert [line[:25] for line in listed] == [
        f"  {name}: cannot be used. There"[:25] for name in ("file", "link")
    ]
    for name in ("link", "file"):
        assert "already a model named" in failed(call("model", "add", tiny, "--name", name))
        assert "There is no model folder" in failed(call("model", "use", name))
        said(call("model", "remove", name))
    assert list(folder.iterdir()) == []


def test_diff_tells_what_came_and_went(call: Run, tmp_path: Path) -> None:
    def figures(auc: float, low: float) -> dict[str, object]:
        readings = {
            "auc": auc,
            "auc_interval": [low, 0.99],
            "accused_newsrooms": 0.012,
            "newsrooms_interval": [0.008, 0.02],
            "texts": 300,
            "outlets": 12,
        }
        return {"en": {"readings": readings, "passages": {"post": {"auc": 0.8}}}}

    common = {"libraries": {"numpy": "2.0"}, "corpus": {"t.csv": "a" * 64}}
    a = write_tiny_model(
        tmp_path / "a",
        **common,
        metrics=figures(0.91, 0.8),
        outlets=["one", "two"],
        sources=[{"source": "old"}],
        operating_points={
            "en": {"propaganda_from": {"report": 0.985}, "journalism_to": {"report": 0.3}}
        },
    )
    b = write_tiny_model(
        tmp_path / "b",
        **{**common, "libraries": {"numpy": "2.4"}, "corpus": {"t.csv": "b" * 64}},
        metrics=figures(0.92, 0.7),
        outlets=["two", "three"],
        sources=[{"source": "old"}, {"source": "new"}],
        operating_points={
            "en": {"propaganda_from": {"report": 2.0}, "journalism_to": {"report": 0.3}}
        },
        started_from={"name": "tiny", "version": "0.1", "sha256": "c" * 64},
        languages={"en": ["articles"]},
    )
    lines = said(call("model", "diff", a, b)).splitlines()
    for line in (
        "files that differ: manifest.json",
        "languages: A en articles and passages, pl passages, B en articles",
        "English, outlets never seen:",
        "  plain texts of newsrooms accused: A 1.2% (0.8%–2.0%), B 1.2% (0.8%–2.0%)",
        "  AUC: A 0.910 (0.800–0.990), B 0.920 (0.700–0.990)",
        "English, marked posts, AUC: A 0.800, B 0.800",
        "English, propaganda from: A report 0.985, B report never",
        "sources gained, 1: new",
        "outlets gained, 1: three",
        "outlets lost, 1: one",
        "libraries, numpy: A 2.0, B 2.4",
        f"corpus, t.csv: A {'a' * 12}, B {'b' * 12}",
        f"started from: A none, B name tiny, version 0.1, sha256 {'c' * 12}",
    ):
        assert line in lines
    assert not [line for line in lines if "journalism up to" in line or "sources lost" in line]
    assert any("`krynica compare` puts both on the same rows" in line for line in lines)
    assert said(call("model", "diff", a, a)).splitlines()[2:] == [
        "They are the same, byte for byte."
    ]
