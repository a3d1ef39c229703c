from __future__ import annotations

from pathlib import Path

import pytest

from krynica.classifier.encoder import Encoder, open_encoder
from krynica.training.run import train
from krynica.training.work import Work
from tests.tiny_encoder import write_tiny_encoder
from tests.training import corpora


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models, the tiny encoder among them: models find it beside themselves."""
    folder = tmp_path_factory.mktemp("models")
    write_tiny_encoder(folder / "encoder")
    return folder


@pytest.fixture(scope="session")
def encoder(models: Path) -> Encoder:
    return open_encoder(models / "encoder", "")


@pytest.fixture
def place(models: Path, tmp_path: Path) -> Path:
    """A folder in which models find the tiny encoder."""
    (tmp_path / "encoder").symlink_to(models / "encoder")
    return tmp_path


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("corpus")
    corpora.articles().to_parquet(folder / "articles.parquet")
    corpora.passages().to_json(
        folder / "passages.jsonl", orient="records", lines=True, force_ascii=False
    )
    return [folder / "articles.parquet", folder / "passages.jsonl"]


@pytest.fixture(scope="session")
def trained(corpus: list[Path], models: Path, encoder: Encoder) -> Path:
    """Learned from labels that are the outlets'."""
    train(corpus, models / "trained", encoder=encoder, work=Work(jobs=1))
    return models / "trained"


@pytest.fixture(scope="session")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readings") / "readings.parquet"
    corpora.readings(outlets=16, each=30).to_parquet(path)
    return path


@pytest.fixture(scope="session")
def scored(readings: Path, models: Path, encoder: Encoder) -> Path:
    """Learned from scores."""
    train([readings], models / "scored", encoder=encoder, work=Work(jobs=1))
    return models / "scored"
