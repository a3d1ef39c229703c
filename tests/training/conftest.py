from __future__ import annotations

from pathlib import Path

import pytest

from tests.training import corpora
from training.run import train
from training.work import Work


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("corpus")
    corpora.articles().to_parquet(folder / "articles.parquet")
    corpora.passages().to_json(
        folder / "passages.jsonl", orient="records", lines=True, force_ascii=False
    )
    return [folder / "articles.parquet", folder / "passages.jsonl"]


@pytest.fixture(scope="session")
def trained(corpus: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("trained") / "model"
    train(corpus, output, work=Work(jobs=1))
    return output
