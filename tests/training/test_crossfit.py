"""No outlet's text is scored by views that met it, and none is learned from that was set aside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from krynica.classifier.encoder import Encoder
from krynica.training.fit.crossfit import FOLDS, HELD, MET, CrossFit, cross_fit, dealt, folds_of
from krynica.training.fit.material import Material
from tests.training import corpora

NONE = np.zeros(0, dtype=np.uint64)


def planted(table: pd.DataFrame, outlet: str) -> pd.DataFrame:
    """Give one outlet a word of its own, in every text."""
    mine = table["outlet"] == outlet
    text = table["text"].where(~mine, table["text"].str.replace(" the ", " the plantedword "))
    return table.assign(text=text)


def crossed(table: pd.DataFrame, folder: Path, encoder: Encoder) -> tuple[Material, CrossFit]:
    material = corpora.material(table, folder, encoder)
    return material, cross_fit(material, folds_of(material, {}, NONE), jobs=1)


def test_a_word_of_an_outlets_own_is_worth_nothing_on_its_texts(
    tmp_path: Path, encoder: Encoder
) -> None:
    table = corpora.articles(signal=0.05, outlets=5)
    table["text"] = table["text"].str.replace("The ", "the the ")
    bare, without = crossed(table, tmp_path / "bare", encoder)
    material, found = crossed(planted(table, "propaganda 0"), tmp_path / "planted", encoder)
    mine = material.outlet == "propaganda 0"
    column = list(material.counts.terms).index("plantedword")
    assert found.views.words.coef[column] > 0.1  # whoever met it has learned it
    told = found.views.scores(material)[mine, 1].mean()
    assert told > found.scores[mine, 1].mean() + 0.05
    assert (
        found.scores[mine, 1].mean() < without.scores[bare.outlet == "propaganda 0", 1].mean() + 0.1
    )


def test_what_the_fold_fits_are_is_what_the_scores_say(tmp_path: Path, encoder: Encoder) -> None:
    """Another label of an outlet changes nothing that is said of its own texts."""
    table = corpora.articles(outlets=5)
    material = corpora.material(table, tmp_path, encoder)
    fold = folds_of(material, {}, NONE)
    own = fold == 0
    turned = replace(
        material,
        low=np.where(own, 2 - material.low, material.low),
        target=np.where(own, 4 - material.target, material.target),
    )
    before, after = (cross_fit(one, fold, jobs=1) for one in (material, turned))
    assert np.array_equal(before.scores[own], after.scores[own])
    assert not np.allclose(before.scores[~own], after.scores[~own])


def test_outlets_set_aside_are_never_learned_from(tmp_path: Path, encoder: Encoder) -> None:
    table = planted(corpora.articles(outlets=5), "propaganda 0")
    material = corpora.material(table, tmp_path, encoder)
    fold = folds_of(material, {"held_out_outlets": ["propaganda 0", "journalism 0"]}, NONE)
    aside = fold == HELD
    assert set(material.outlet[aside]) == {"propaganda 0", "journalism 0"}
    found = cross_fit(material, fold, jobs=1)
    column = list(material.counts.terms).index("plantedword")
    assert found.views.words.coef[column] == found.views.words.idf[column] == 0
    assert found.unmet[aside].all()
    other = replace(material, target=np.where(aside, 9.0, material.target))
    assert np.array_equal(cross_fit(other, fold, jobs=1).scores, found.scores)


def test_what_the_encoder_met_is_learned_from_and_tells_nothing(
    tmp_path: Path, encoder: Encoder
) -> None:
    material = corpora.material(corpora.articles(outlets=5), tmp_path, encoder)
    tuned = material.text[material.outlet == "propaganda 4"][:3]
    fold = folds_of(material, {"outlets": ["Propaganda-0", "journalism 1"]}, np.sort(tuned))
    met = fold == MET
    assert set(material.outlet[met]) == {"propaganda 0", "journalism 1", "propaganda 4"}
    assert met.sum() == 12 + 12 + 3
    found = cross_fit(material, fold, jobs=1)
    assert not found.unmet[met].any()
    assert found.unmet[~met].all()


def test_texts_that_nobody_read_are_never_learned_from(tmp_path: Path, encoder: Encoder) -> None:
    unread = corpora.articles(outlets=3, seed=4).assign(source="unread")
    table = pd.concat([corpora.readings(outlets=8), unread])
    material = corpora.material(planted(table, "journalism 1"), tmp_path, encoder)
    assert set(material.outlet[~material.read]) == {f"journalism {at}" for at in range(3)}
    found = cross_fit(material, folds_of(material, {}, NONE), jobs=1)
    column = list(material.counts.terms).index("plantedword")
    assert found.views.words.coef[column] == 0
    assert np.isfinite(found.scores).all()


def test_one_outlet_with_all_propaganda_is_told_by_nobody_who_met_it(
    tmp_path: Path, encoder: Encoder
) -> None:
    table = corpora.articles(outlets=6)
    table = table[(table["label"] == "journalism") | (table["outlet"] == "propaganda 0")]
    material, found = crossed(table, tmp_path, encoder)
    alone = material.outlet == "propaganda 0"
    assert not found.unmet[alone].any()


@given(st.lists(st.tuples(st.sampled_from("abcdefghij"), st.booleans()), min_size=1, max_size=80))
def test_outlets_are_dealt_whole_and_both_kinds_are_spread(rows: list[tuple[str, bool]]) -> None:
    outlet, loud = (np.array(column) for column in zip(*rows, strict=True))
    fold = dealt(outlet, loud)
    homes = {name: set(fold[outlet == name].tolist()) for name in set(outlet.tolist())}
    assert all(len(home) == 1 for home in homes.values())
    assert set(fold.tolist()) <= set(range(FOLDS))
    with_loud = {name for name, is_loud in rows if is_loud}
    assert len({*fold[loud].tolist()}) == min(FOLDS, len(with_loud))


@pytest.mark.parametrize("seed", [1, 2])
def test_outlets_are_dealt_whatever_the_order_of_rows(seed: int) -> None:
    outlet = np.array(["a", "b", "c", "c", "d", "e", "f", "f"] * 3)
    loud = np.arange(24) % 5 == 0
    order = np.random.default_rng(seed).permutation(24)
    assert np.array_equal(dealt(outlet, loud)[order], dealt(outlet[order], loud[order]))


def test_processes_change_nothing(tmp_path: Path, encoder: Encoder) -> None:
    material = corpora.material(corpora.readings(), tmp_path, encoder)
    fold = folds_of(material, {}, NONE)
    one, two = (cross_fit(material, fold, jobs=jobs) for jobs in (1, 2))
    assert np.array_equal(one.scores, two.scores)
    assert np.array_equal(one.known, two.known)
