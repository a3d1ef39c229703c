from __future__ import annotations

import pytest

from krynica.classifier.model import Model
from tests.service.source_report.made import made_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """A model that gives verdicts in English alone, and has no training profile."""
    return made_model(tmp_path_factory.mktemp("desk"))
