from __future__ import annotations

import json
from pathlib import Path

import pytest

from classifier import CorpusError, load_model
from classifier.folder import MANIFEST
from tests.training import corpora
from training.evaluation import evaluate


def test_rows_that_were_learned_from_are_left_out(
    corpus: list[Path], trained: Path, tmp_path: Path
) -> None:
    fresh = corpora.articles(seed=3, outlets=7)
    fresh.to_parquet(tmp_path / "fresh.parquet")
    result = evaluate([*corpus, tmp_path / "fresh.parquet"], load_model(trained), jobs=1)
    assert result["rows"]["learned_from"] == 144 + 200
    english = result["languages"]["en"]
    assert english["unseen_outlets"]["outlets"] == {"propaganda": 1, "journalism": 1}
    assert english["known_outlets"]["outlets"] == {"propaganda": 6, "journalism": 6}
    assert english["unseen_outlets"]["auc"] > 0.9
    # The recipe is measured on all rows, those of the model among them.
    assert result["protocol"]["en"]["articles"]["articles"]["journalism"] == 72 + 84


def test_outlets_are_known_under_their_other_names(trained: Path, tmp_path: Path) -> None:
    fresh = corpora.articles(seed=3, outlets=7)
    fresh["outlet"] = fresh["outlet"].replace({"propaganda 0": "Propaganda-0 (English)"})
    fresh.to_parquet(tmp_path / "fresh.parquet")
    english = evaluate([tmp_path / "fresh.parquet"], load_model(trained), jobs=1)["languages"]["en"]
    assert english["unseen_outlets"]["outlets"] == {"propaganda": 1, "journalism": 1}


def test_on_its_own_tables_the_figures_are_those_of_the_card(
    corpus: list[Path], trained: Path
) -> None:
    result = evaluate(corpus, load_model(trained), jobs=1)
    manifest = json.loads((trained / MANIFEST).read_text("utf-8"))
    assert result["protocol"] == manifest["metrics"]
    assert result["languages"] == {}
    assert "learned from all 344 rows" in result["refused"]


def test_another_seed_changes_random_splits_alone(corpus: list[Path], trained: Path) -> None:
    found = evaluate(corpus, load_model(trained), seed=5, jobs=1)["protocol"]["en"]
    card = json.loads((trained / MANIFEST).read_text("utf-8"))["metrics"]["en"]
    assert {key for key in card if card[key] != found[key]} <= {
        "random_split_auc",
        "random_split_gap",
        "probes",
    }


def test_new_rows_of_few_outlets_tell_of_the_finished_model_alone(
    trained: Path, tmp_path: Path
) -> None:
    corpora.articles(seed=3, outlets=1).to_parquet(tmp_path / "few.parquet")
    result = evaluate([tmp_path / "few.parquet"], load_model(trained), jobs=1)
    assert result["refused"] is None
    assert result["protocol"] == {}
    assert "one outlet" in result["protocol_refused"]["en"]


def test_where_neither_part_tells_anything_the_reasons_are_given(
    trained: Path, tmp_path: Path
) -> None:
    table = corpora.articles(seed=4).query("label == 'journalism'")
    table.to_parquet(tmp_path / "one.parquet")
    with pytest.raises(CorpusError, match=r"labelled journalism.*articles of propaganda"):
        evaluate([tmp_path / "one.parquet"], load_model(trained), jobs=1)


def test_tables_without_a_row_to_learn_from_are_refused_with_the_reasons(
    trained: Path, tmp_path: Path
) -> None:
    corpora.articles(outlets=1, each=3).assign(label="satire").to_csv(tmp_path / "other.csv")
    with pytest.raises(CorpusError, match=r"no row that can be learned from.*6 \(label “satire”\)"):
        evaluate([tmp_path / "other.csv"], load_model(trained), jobs=1)
