"""Two whole models on labelled tables: which rows are compared, and what is said of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from krynica import CorpusError, ModelFolderError, load_model
from krynica.classifier.checksums import SUMS, listing
from krynica.classifier.folder import LEARNED_FROM, MANIFEST, arrays_of, open_folder
from krynica.classifier.parameters import LanguageParameters, Points
from krynica.service.cli import run
from krynica.training.comparison.compare import Comparison, compare
from krynica.training.comparison.lines import lines
from krynica.training.results.paired import Classes, Sides
from krynica.training.results.records import as_json
from tests.training import corpora

Change = Callable[[LanguageParameters], LanguageParameters]


def sign(folder: Path) -> None:
    """Write the checksums of a folder anew."""
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != SUMS}
    (folder / SUMS).write_bytes(listing(files))


def altered(source: Path, output: Path, change: Change | None = None, **manifest: Any) -> Path:
    """Write a model with other numbers for English, and other entries in its manifest."""
    output.mkdir()
    if not (output.parent / "encoder").exists():
        (output.parent / "encoder").symlink_to((source.parent / "encoder").resolve())
    for file in source.iterdir():
        (output / file.name).write_bytes(file.read_bytes())
    if change is not None:
        numbers = change(open_folder(source).parameters("en"))
        np.savez(output / "en.npz", allow_pickle=False, **arrays_of(numbers))
    entries = json.loads((source / MANIFEST).read_text("utf-8")) | manifest
    (output / MANIFEST).write_text(json.dumps(entries), "utf-8")
    sign(output)
    return output


def points(accuse: float, clear: float) -> Change:
    """Return what sets the operating points."""

    def change(numbers: LanguageParameters) -> LanguageParameters:
        assert numbers.judging is not None
        each = Points(np.full(3, accuse), np.full(3, clear), 0.0)
        # The view of words never disagrees here.
        reader = replace(numbers.judging.reader, slopes=np.zeros(3), intercepts=np.full(3, 9.0))
        return replace(numbers, judging=replace(numbers.judging, points=each, reader=reader))

    return change


@pytest.fixture(scope="module")
def a(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that accuses, above .9."""
    return altered(trained, tmp_path_factory.mktemp("models") / "a", points(0.9, 0.1))


@pytest.fixture(scope="module")
def b(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that accuses everybody."""
    output = tmp_path_factory.mktemp("models") / "b"
    return altered(trained, output, points(0.0, -1.0), version="2")


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of six outlets of each class that the models know, and of twelve others."""
    large = corpora.articles(seed=9, outlets=7, each=40).query("outlet.str.endswith('6')")
    rest = corpora.articles(seed=8, outlets=18, each=5).query("not outlet.str.endswith(' 6')")
    path = tmp_path_factory.mktemp("fresh") / "fresh.parquet"
    pd.concat([rest, large]).to_parquet(path)
    return path


@pytest.fixture(scope="module")
def told(a: Path, b: Path, fresh: Path, corpus: list[Path]) -> Comparison:
    return compare([fresh, *corpus], load_model(a), load_model(b), jobs=1)


def test_rows_that_were_learned_from_and_outlets_that_are_known_decide_nothing(
    told: Comparison,
) -> None:
    assert told.rows.learned_from == 144
    english = told.languages["en"]
    assert english.known_outlets.outlets == Classes(propaganda=6, journalism=6)
    assert english.unseen_outlets.outlets == Classes(propaganda=12, journalism=12)
    assert english.unseen_outlets.articles == Classes(propaganda=95, journalism=95)
    assert told.together.articles == english.unseen_outlets.articles


def test_a_model_that_accuses_everybody_must_not_replace(told: Comparison) -> None:
    english = told.languages["en"]
    accused = english.unseen_outlets.figures["falsely_accused"]
    assert accused.b == 1.0
    assert accused.a < 0.2
    assert accused.interval[0] > 0.5
    assert english.unseen_outlets.figures["auc"].difference == 0.0
    assert told.verdict == english.verdict.answer == "must_not"


def test_the_other_way_round_it_may(a: Path, b: Path, fresh: Path) -> None:
    told = compare([fresh], load_model(b), load_model(a), jobs=1)
    assert (told.verdict, told.languages["en"].verdict.reasons) == ("may", [])
    assert told.a.version == "2"


def test_the_verdict_comes_first_and_then_wrong_accusations(told: Comparison) -> None:
    said = list(lines(told))
    assert said[0] == "B must not replace A."
    assert said[3].startswith("250 articles compared. Left out: 144 that a model learned from, ")
    first = said.index(
        "  Outlets that neither model knows, articles of newsrooms 95 (12 outlets), of propaganda "
        "95 (12):"
    )
    assert said[first + 1].startswith("    newsrooms wrongly accused: A ")
    assert any(line.startswith("    newsroom journalism 6, 40 articles: ") for line in said)


def test_what_either_knows_is_left_out(
    a: Path, trained: Path, fresh: Path, corpus: list[Path], tmp_path: Path
) -> None:
    other = altered(trained, tmp_path / "other", points(0.9, 0.1), outlets=["journalism 16"])
    np.save(other / LEARNED_FROM, np.zeros(0, dtype=np.uint64))
    sign(other)
    for models in ((other, a), (a, other)):
        told = compare([fresh, *corpus], *map(load_model, models), jobs=1)
        assert told.rows.learned_from == 144
        assert told.languages["en"].unseen_outlets.outlets.journalism == 11


def test_outlets_are_known_under_their_other_names(
    a: Path, trained: Path, fresh: Path, tmp_path: Path
) -> None:
    names = {"journalism 16": "https://www.meduza.io/news", "propaganda 16": "RT (English)"}
    table = pd.read_parquet(fresh).replace({"outlet": names})
    table.to_parquet(tmp_path / "named.parquet")
    knows = json.loads((trained / MANIFEST).read_text("utf-8"))["outlets"]
    other = altered(trained, tmp_path / "other", outlets=[*knows, "rt.com", "Медуза"])
    told = compare([tmp_path / "named.parquet"], load_model(a), load_model(other), jobs=1)
    unseen = told.languages["en"].unseen_outlets
    assert unseen.outlets == Classes(propaganda=11, journalism=11)
    assert told.known_as == {"meduza.io": "Медуза", "rt (english)": "rt.com"}
    assert (
        "Outlets that a model knows by another name: meduza.io (Медуза), rt (english) (rt.com)."
        in list(lines(told))
    )


def test_one_outlet_under_many_names_is_one(a: Path, trained: Path, tmp_path: Path) -> None:
    table = corpora.articles(seed=8, outlets=10, each=5)
    bbc = ["BBC", "bbc.com", "https://bbc.co.uk", "BBC News", "The BBC", "bbc world", "BBC-Online"]
    rt = ["RT", "rt.com", "rt.com/news", "rt russian", "russian.rt.com", "rt news", "RT Deutsch"]
    table["outlet"] = table["outlet"].replace(
        {f"{kind} {n}": f"new {kind} {n}" for kind in ("journalism", "propaganda") for n in (7, 8)}
        | {f"journalism {n}": bbc[n] for n in range(7)}
        | {f"propaganda {n}": rt[n] for n in range(7)}
    )
    table.to_parquet(tmp_path / "named.parquet")
    other = altered(trained, tmp_path / "other", points(0.8, 0.1))
    told = compare([tmp_path / "named.parquet"], load_model(a), load_model(other), jobs=1)
    english = told.languages["en"]
    assert english.unseen_outlets.outlets == Classes(propaganda=4, journalism=4)
    assert english.unseen_outlets.joined["bbc world"] == "bbc"
    assert english.verdict.answer == "cannot_tell"
    assert any("counted as one outlet by their names: bbc news (bbc)" in x for x in lines(told))


def test_the_same_numbers_may_replace_without_rows(a: Path, trained: Path, fresh: Path) -> None:
    told = compare([fresh], load_model(a), load_model(a), jobs=1)
    assert told.languages["en"].the_same
    assert told.verdict == "may"


def test_a_language_that_one_alone_judges_is_told(
    a: Path, trained: Path, fresh: Path, tmp_path: Path
) -> None:
    def without(numbers: LanguageParameters) -> LanguageParameters:
        return replace(numbers, judging=None)

    mute = altered(trained, tmp_path / "mute", without, languages={"en": ["passages"]})
    told = compare([fresh], load_model(mute), load_model(a), jobs=1)
    english = told.languages["en"]
    assert english.judged_by == Sides(a=False, b=True)
    assert english.unseen_outlets.judged.only_b == 190
    assert "  A does not judge articles of this language, and B does." in list(lines(told))
    lost = compare([fresh], load_model(a), load_model(mute), jobs=1)
    assert lost.verdict == "must_not"


def test_repeats_and_other_languages_are_left_out(a: Path, b: Path, tmp_path: Path) -> None:
    table = corpora.articles(seed=5, outlets=2, each=2)
    table.loc[0, "lang"] = "fi"
    pd.concat([table, table.tail(3)]).to_csv(tmp_path / "t.csv", index=False)
    told = compare([tmp_path / "t.csv"], load_model(a), load_model(b), jobs=1)
    rows = told.rows
    assert (rows.compared, rows.repeated, rows.other_language) == (7, 3, 1)


def test_tables_that_can_tell_nothing_are_refused(
    a: Path, b: Path, corpus: list[Path], tmp_path: Path
) -> None:
    models = load_model(a), load_model(b)
    with pytest.raises(CorpusError, match=r"learned from 144 of these 144 articles, and none"):
        compare(corpus, *models, jobs=1)
    with pytest.raises(CorpusError, match="no labelled articles"):
        compare(corpus[1:], *models, jobs=1)
    one = corpora.articles(seed=4).query("label == 'journalism'")
    one.to_parquet(tmp_path / "one.parquet")
    with pytest.raises(CorpusError, match=r"labelled journalism; articles of propaganda"):
        compare([tmp_path / "one.parquet"], *models, jobs=1)
    short = corpora.articles(seed=4, outlets=1, each=1)
    short["text"] = ["A word. Another one.", "Two more words."]
    short.to_parquet(tmp_path / "short.parquet")
    with pytest.raises(CorpusError, match="Neither model judges any"):
        compare([tmp_path / "short.parquet"], *models, jobs=1)


def test_a_model_that_cannot_tell_what_it_learned_from_is_refused(
    a: Path, trained: Path, fresh: Path, tmp_path: Path
) -> None:
    silent = altered(trained, tmp_path / "silent")
    (silent / LEARNED_FROM).unlink()
    sign(silent)
    with pytest.raises(ModelFolderError, match=LEARNED_FROM):
        compare([fresh], load_model(a), load_model(silent), jobs=1)
    nameless = altered(trained, tmp_path / "nameless", outlets=None)
    with pytest.raises(ModelFolderError, match="does not tell which outlets it learned from"):
        compare([fresh], load_model(a), load_model(nameless), jobs=1)


def test_the_command(a: Path, b: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "few.csv"
    corpora.articles(seed=6, outlets=2, each=3).to_csv(table, index=False)
    words = ["compare", str(a), str(b), str(table), "--workers", "1"]
    assert run([*words, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    told = compare([table], load_model(a), load_model(b), jobs=1)
    assert said == as_json(told)
    assert run(words) == 0
    assert capsys.readouterr().out.splitlines()[0] == next(iter(lines(told)))


def test_the_json_of_the_command_keeps_its_keys(told: Comparison) -> None:
    said = as_json(told)
    assert list(said) == ["a", "b", "rows", "known_as", "languages", "together", "verdict"]
    assert list(said["a"]) == ["name", "version", "sha256"]
    english = said["languages"]["en"]
    assert list(english) == [
        *("judged_by", "the_same", "unseen_outlets", "known_outlets", "verdict"),
    ]
    assert "by_outlet" not in said["together"]
    first, *_, last = english["unseen_outlets"]["by_outlet"]
    assert {*last} - {*first} == {"auc"}
    assert english["verdict"].keys() == {"answer", "reasons"}
    assert english["unseen_outlets"]["figures"]["auc"].keys() == {
        *("a", "b", "difference", "interval"),
    }


@pytest.mark.parametrize("command", ["compare", "evaluate", "train"])
def test_no_process_is_refused(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "a", "b", "c.csv", "--workers", "0"]) == 2
    assert "give at least 1 process" in " ".join(capsys.readouterr().err.split())
