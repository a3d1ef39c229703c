from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from krynica import CorpusError, load_model
from krynica.classifier.encoder import open_encoder
from krynica.data.corpus.labelled import Basis
from krynica.service.cli import run
from krynica.training.comparison.evaluation import evaluate
from krynica.training.run import train
from krynica.training.work import Work
from tests.tiny_encoder import write_tiny_encoder
from tests.training import corpora


def test_rows_that_were_learned_from_are_left_out(
    corpus: list[Path], trained: Path, tmp_path: Path
) -> None:
    fresh = corpora.articles(seed=3, outlets=8)
    fresh.to_parquet(tmp_path / "fresh.parquet")
    result = evaluate([*corpus, tmp_path / "fresh.parquet"], load_model(trained), jobs=1)
    assert result.rows.learned_from == 144 + 200
    assert result.rows.evaluated == 192
    unseen, known = (part["en"].readings for part in (result.unseen_outlets, result.known_outlets))
    assert (unseen.texts, unseen.outlets) == (48, 4)
    assert (known.texts, known.outlets) == (144, 12)
    assert unseen.auc > 0.9
    assert result.passages == {}


def test_outlets_are_known_under_their_other_names(trained: Path, tmp_path: Path) -> None:
    fresh = corpora.articles(seed=3, outlets=8)
    fresh["outlet"] = fresh["outlet"].replace({"propaganda 0": "Propaganda-0 (English)"})
    fresh.to_parquet(tmp_path / "fresh.parquet")
    told = evaluate([tmp_path / "fresh.parquet"], load_model(trained), jobs=1)
    assert told.unseen_outlets["en"].readings.outlets == 4


def test_outlets_that_views_and_encoder_were_without_are_unseen_and_those_it_was_tuned_on_are_not(
    tmp_path: Path,
) -> None:
    held = ["propaganda 0", "propaganda 1", "journalism 0", "journalism 1", "journalism 2"]
    folder = write_tiny_encoder(
        tmp_path / "encoder", held_out_outlets=held, outlets=["somewhere else"]
    )
    corpora.articles(outlets=4).to_parquet(tmp_path / "rows.parquet")
    encoder = open_encoder(folder, "")
    train([tmp_path / "rows.parquet"], tmp_path / "model", encoder=encoder, work=Work(jobs=1))
    fresh = corpora.articles(outlets=4, seed=9)
    fresh["outlet"] = fresh["outlet"].replace({"journalism 0": "somewhere else"})
    fresh.to_parquet(tmp_path / "fresh.parquet")
    told = evaluate([tmp_path / "fresh.parquet"], load_model(tmp_path / "model"), jobs=1)
    assert told.unseen_outlets["en"].readings.outlets == 4
    assert told.known_outlets["en"].readings.outlets == 4


def test_scores_tell_and_outlets_labels_guard(scored: Path, tmp_path: Path) -> None:
    fresh = corpora.readings(outlets=10, seed=8)
    fresh["outlet"] = "new " + fresh["outlet"]
    unread = corpora.articles(outlets=5, each=35, seed=4)
    pd.concat([fresh, unread]).to_parquet(tmp_path / "fresh.parquet")
    told = evaluate([tmp_path / "fresh.parquet"], load_model(scored), jobs=1)
    assert told.unseen_outlets["pooled"].readings.texts == 200
    assert told.rows.evaluated == 200 + 5 * 30
    assert told.rows.not_read == 5 * 35 + 5 * 5
    rooms = {room.outlet for room in told.unseen_outlets["pooled"].newsrooms}
    assert rooms >= {f"journalism {at}" for at in range(5)}


def test_labels_are_the_texts_where_that_is_said(trained: Path, tmp_path: Path) -> None:
    fresh = corpora.articles(seed=3, outlets=8).assign(kind="post")
    fresh["outlet"] = "new " + fresh["outlet"]
    fresh.to_parquet(tmp_path / "posts.parquet")
    model = load_model(trained)
    told = evaluate([tmp_path / "posts.parquet"], model, labels_of=Basis.TEXT, jobs=1)
    assert told.unseen_outlets["pooled"].kinds["post"].texts == 192
    with pytest.raises(CorpusError, match="labelled by outlet, but a post"):
        evaluate([tmp_path / "posts.parquet"], model, labels_of=Basis.OUTLET, jobs=1)


def test_the_json_of_the_command_keeps_its_keys(
    trained: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpora.articles(seed=3, outlets=8).to_parquet(tmp_path / "fresh.parquet")
    assert (
        run(
            [
                *("evaluate", str(tmp_path / "fresh.parquet"), "--model", str(trained)),
                *("--json", "--workers", "1"),
            ]
        )
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["model", "rows", "unseen_outlets", "known_outlets", "passages"]
    assert list(told["model"]) == ["name", "version", "sha256"]
    assert list(told["rows"]) == [
        *("evaluated", "not_read", "learned_from", "not_judged", "left_out")
    ]
    assert told["unseen_outlets"]["en"].keys() == {"readings"}
    assert told["unseen_outlets"]["pooled"].keys() == {
        *("readings", "kinds", "genres", "newsrooms", "fact_checkers"),
        *("reliability", "risk_coverage"),
    }
    assert list(told["unseen_outlets"]["pooled"]["reliability"][0]) == [
        *("from", "to", "mean_p", "propaganda", "weight")
    ]


def test_marked_passages_are_told_by_language(trained: Path, tmp_path: Path) -> None:
    corpora.passages(seed=9, documents=20).to_parquet(tmp_path / "marks.parquet")
    told = evaluate([tmp_path / "marks.parquet"], load_model(trained), jobs=1)
    assert told.passages["en"].count == 100
    assert told.passages["en"].auc > 0.9
    assert told.unseen_outlets is None


def test_where_nothing_can_be_told_the_reasons_are_given(
    corpus: list[Path], trained: Path, tmp_path: Path
) -> None:
    model = load_model(trained)
    with pytest.raises(CorpusError, match="learned from all 344 rows"):
        evaluate(corpus, model, jobs=1)
    table = corpora.articles(seed=4).query("label == 'journalism'")
    table.to_parquet(tmp_path / "one.parquet")
    with pytest.raises(CorpusError, match=r"labelled journalism.*of journalism and of propaganda"):
        evaluate([tmp_path / "one.parquet"], model, jobs=1)
    corpora.articles(outlets=1, each=3).assign(label="satire").to_csv(tmp_path / "other.csv")
    with pytest.raises(CorpusError, match=r"no row that can be learned from.*6 \(label “satire”\)"):
        evaluate([tmp_path / "other.csv"], model, jobs=1)
