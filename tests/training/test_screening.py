"""The screen: what training makes of it, and that its point keeps what is promised."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from krynica import Article, load_model
from krynica.classifier.encoder import Encoder
from krynica.data.corpus.duplicates import text_hash
from krynica.training.fit.crossfit import CrossFit, cross_fit, folds_of
from krynica.training.fit.material import Material
from krynica.training.fit.points import NONE
from krynica.training.fit.screening import Screened, cross_screen, fit_screen
from krynica.training.measure import protocol
from tests.training import corpora

NOTHING = np.empty(0, dtype=np.uint64)


@pytest.fixture(scope="module")
def made(
    readings: Path, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Material, CrossFit, Screened]:
    folder = tmp_path_factory.mktemp("screening")
    material = corpora.material(pd.read_parquet(readings), folder, encoder)
    crossed = cross_fit(material, folds_of(material, {}, NOTHING), jobs=1)
    return material, crossed, cross_screen(material, crossed.fold, 1)


def test_a_model_that_was_trained_has_one_and_says_what_it_is_worth(scored: Path) -> None:
    manifest = json.loads((scored / "manifest.json").read_text("utf-8"))
    figures = manifest["metrics"]["pooled"]["screen"]
    assert manifest["screen"]["languages"] == ["en"]
    assert figures["texts"] > 400
    assert figures["auc"] > 0.8
    assert figures["auc_whole"] - figures["auc_staged"] < 0.02
    assert "## Read by the words alone" in (scored / "MODEL_CARD.md").read_text("utf-8")


def test_it_says_of_texts_what_training_computed(
    scored: Path, readings: Path, made: tuple[Material, CrossFit, Screened]
) -> None:
    material, crossed, screened = made
    point = protocol.fit(material, crossed, np.flatnonzero(crossed.unmet), screened).screen
    assert point is not None
    model = load_model(scored)
    whole = screened.words
    from krynica.training.fit.screening import _said

    score, _ = _said(whole, material)
    p = point.p(score, material.language)
    place = {text: at for at, text in enumerate(material.text.tolist())}
    for text in pd.read_parquet(readings)["text"].head(60):
        answer = model.score(Article(text, language="en"), depth="fast")
        assert answer.p_propaganda == pytest.approx(p[place[text_hash(text)]], abs=1e-4)


def test_an_outlet_says_nothing_of_its_own_texts(
    readings: Path, encoder: Encoder, tmp_path: Path, made: tuple[Material, CrossFit, Screened]
) -> None:
    material, crossed, screened = made
    mine = material.outlet == material.outlet[0]
    changed = replace(material, target=np.where(mine, 4.0 - material.target, material.target))
    again = cross_screen(changed, crossed.fold, 1)
    assert np.allclose(again.score[mine], screened.score[mine])
    assert not np.allclose(again.score[~mine], screened.score[~mine])


def test_it_clears_hardly_any_text_that_the_whole_model_accuses(
    made: tuple[Material, CrossFit, Screened],
) -> None:
    material, crossed, screened = made
    rows = np.flatnonzero(crossed.unmet)
    whole = screened.score  # so that clearing costs nothing
    none = np.zeros(len(whole), dtype=bool)
    free = fit_screen(material, screened, rows, whole, none)
    assert free.clear > 0
    p = free.p(screened.score, material.language)
    lowest = np.isin(np.arange(len(p)), np.argsort(p)[:20])
    assert fit_screen(material, screened, rows, whole, lowest).clear == NONE


def test_a_point_that_costs_too_much_is_not_chosen(
    made: tuple[Material, CrossFit, Screened],
) -> None:
    """Where the whole model ranks perfectly, every loud text that is cleared costs."""
    material, crossed, screened = made
    rows = np.flatnonzero(crossed.unmet)
    none = np.zeros(len(material.words), dtype=bool)
    whole = np.where(material.propaganda, 0.9, 0.0)
    point = fit_screen(material, screened, rows, whole, none)
    p = point.p(screened.score, material.language)
    assert material.propaganda[rows][p[rows] <= point.clear].mean() < 0.05
