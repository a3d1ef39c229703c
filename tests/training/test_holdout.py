from __future__ import annotations

from pathlib import Path

import pytest

from classifier import CorpusError, load_model
from tests.training import corpora
from training.holdout import evaluate


def test_rows_that_were_learned_from_are_left_out(
    corpus: list[Path], trained: Path, tmp_path: Path
) -> None:
    fresh = corpora.articles(seed=3, outlets=7)
    fresh.to_parquet(tmp_path / "fresh.parquet")
    result = evaluate([*corpus, tmp_path / "fresh.parquet"], load_model(trained))
    assert result["rows"]["learned_from"] == 144 + 200
    english = result["languages"]["en"]
    assert english["unseen_outlets"]["outlets"] == {"propaganda": 1, "journalism": 1}
    assert english["known_outlets"]["outlets"] == {"propaganda": 6, "journalism": 6}
    assert english["unseen_outlets"]["auc"] > 0.9


def test_rows_that_were_all_learned_from_tell_nothing(corpus: list[Path], trained: Path) -> None:
    with pytest.raises(CorpusError, match="learned from all"):
        evaluate(corpus, load_model(trained))


def test_one_label_alone_is_refused(trained: Path, tmp_path: Path) -> None:
    table = corpora.articles(seed=4).query("label == 'journalism'")
    table.to_parquet(tmp_path / "one.parquet")
    with pytest.raises(CorpusError, match="journalism"):
        evaluate([tmp_path / "one.parquet"], load_model(trained))
