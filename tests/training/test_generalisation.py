"""A group that is left out is learned from by nobody; the curve rises with readings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from krynica.classifier.encoder import Encoder
from krynica.training.fit.crossfit import cross_fit, folds_of
from krynica.training.fit.material import Material
from krynica.training.measure import protocol
from krynica.training.measure.trials import SHARES, leave_out
from krynica.training.report.generalisation import beyond
from krynica.training.results.generalisation import Generalisation
from tests.training import corpora

NONE = np.zeros(0, dtype=np.uint64)


def told(material: Material, *, held: list[str], met: np.ndarray | None = None) -> Generalisation:
    fold = folds_of(material, {"held_out_outlets": held}, NONE)
    found = cross_fit(material, fold, jobs=1)
    rows = protocol.tested(material, np.flatnonzero(found.unmet))
    judged = protocol.judged(
        material, found, rows, lambda some: protocol.fit(material, found, some)
    )
    tuned = np.zeros(len(fold), dtype=bool) if met is None else met
    return leave_out(material, found, judged, rows, tuned, 1)


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Material:
    """Two languages, three sources; one source is also translated."""
    polish = corpora.readings(outlets=10, each=20, lang="pl", seed=3, strength=0.3)
    polish["outlet"], polish["source"] = "pl " + polish["outlet"], "polish"
    other = corpora.readings(outlets=10, each=20, seed=4, strength=0.3)
    other["outlet"], other["source"] = "other " + other["outlet"], "machine_translated:polish"
    english = corpora.readings(outlets=12, each=20, strength=0.3)
    table = pd.concat([english, polish, other])
    return corpora.material(table, tmp_path_factory.mktemp("made"), encoder)


@pytest.fixture(scope="module")
def held(material: Material) -> list[str]:
    return [name for name in np.unique(material.outlet).tolist() if name[-1] in "0123"]


@pytest.fixture(scope="module")
def found(material: Material, held: list[str]) -> Generalisation:
    return told(material, held=held, met=material.language == "en")


def test_groups_are_told_apart_and_together(
    found: Generalisation, material: Material, held: list[str]
) -> None:
    assert found.languages.keys() == {"en", "pl", "pooled"}
    assert found.sources.keys() == {"invented readings", "polish", "pooled"}  # translations with it
    assert found.genres.keys() == {"news", "opinion", "pooled"}
    pooled = found.languages["pooled"]
    parts = [one for name, one in found.languages.items() if name != "pooled"]
    assert pooled.texts == sum(one.texts for one in parts)
    assert pooled.outlets == len(held)
    assert found.languages["en"].encoder_met == (material.language == "en").sum()
    assert found.languages["pl"].encoder_met == 0
    for one in (*found.sources.values(), *parts):
        assert one.auc is not None
        assert one.auc > 0.8
        assert one.auc_with is not None


@pytest.mark.parametrize("name", ["language", "source", "genre"])
def test_nothing_of_a_group_is_learned_from(
    name: str, found: Generalisation, material: Material, held: list[str]
) -> None:
    """Other scores of the group's own texts, outlets held out aside, change nothing said of it."""
    column = getattr(material, name)
    key = {"language": "pl", "source": "invented readings", "genre": 0}[name]
    mine = (column == key) & ~np.isin(material.outlet, held)
    turned = replace(material, target=np.where(mine, 4 - material.target, material.target))
    again = told(turned, held=held)
    kind = f"{name}s"
    shown = "news" if name == "genre" else key
    before, after = getattr(found, kind)[shown], getattr(again, kind)[shown]
    assert replace(before, auc_with=None, encoder_met=0) == replace(
        after, auc_with=None, encoder_met=0
    )
    assert before.auc_with != after.auc_with
    rest = {"language": "en", "source": "polish", "genre": "opinion"}[name]
    assert getattr(found, kind)[rest].auc != getattr(again, kind)[rest].auc


def test_the_curve_goes_to_all_readings(
    found: Generalisation, material: Material, held: list[str]
) -> None:
    views = [one.views for one in found.curve]
    assert len(views) == len(SHARES) + 1
    assert views == sorted(views)
    assert views[-1] == (~np.isin(material.outlet, held)).sum()
    assert found.curve[-1].reader == np.isin(material.outlet, held).sum()
    for one in found.curve:
        assert 0.5 < one.lowest <= one.auc <= one.highest <= 1
    for share, one in zip(SHARES, found.curve, strict=False):  # whole outlets, of twenty texts each
        assert share * views[-1] <= one.views < share * views[-1] + 20
        assert one.reader < found.curve[-1].reader
    assert found.curve[-1].draws == 1


def test_outlets_that_no_encoder_held_out_are_left_out_in_folds(material: Material) -> None:
    found = told(material, held=[])
    assert found.languages["pooled"].outlets == 32
    assert found.languages["pl"].auc is not None
    assert found.languages["pl"].auc > 0.8


def test_one_source_language_and_genre_leave_nothing_to_leave_out(
    tmp_path: Path, encoder: Encoder
) -> None:
    material = corpora.material(corpora.readings(outlets=8).assign(genre="news"), tmp_path, encoder)
    found = told(material, held=[])
    assert (found.sources, found.languages, found.genres) == ({}, {}, {})
    assert "never seen" not in "\n".join(beyond(found, encoder_met=False))


def test_the_card_says_what_the_encoder_had_met(found: Generalisation) -> None:
    card = "\n".join(beyond(found, encoder_met=False))
    english = found.languages["en"]
    assert f"| English | {english.propaganda} of {english.texts} |" in card
    assert f"{english.auc:.3f}" in card
    assert "The encoder was not tuned again.** It had not met the outlets that are judged;" in card
    assert f"{found.curve[0].views:,}" in card
    assert card.index("## Sources") < card.index("## Learning curve")
    assert "which flatters" in "\n".join(beyond(found, encoder_met=True))
