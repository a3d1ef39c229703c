"""Outlets are held out in crossings, and judged by what was said of other outlets alone."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from classifier.views import sigmoid
from tests.training.corpora import articles, collected, materials, passages
from training.blocks import crossings
from training.combiner import fit_combiner
from training.crossfit import CrossFit, cross_fit
from training.evaluate import unseen_outlets
from training.figures import figures
from training.material import Articles


def _english(table: pd.DataFrame, folder: Path) -> Articles:
    found = materials(table, folder)[0]["en"].articles
    assert found is not None
    return found


def test_crossings_hold_out_every_pair_of_groups_once() -> None:
    label = np.repeat([1, 0], 60)
    outlet = np.repeat(np.arange(12), 10).astype(object)
    found = list(crossings(label, outlet, np.ones(120, dtype=bool)))
    assert [one[:2] for one in found] == list(product(range(4), range(4)))
    for one in found:
        assert not set(outlet[one.train]) & set(outlet[one.test])
        assert set(label[one.train]) == set(label[one.test]) == {0, 1}
        assert len(one.train) + len(one.test) == 120


def test_outlets_that_are_not_learned_from_are_tested_and_never_trained_on() -> None:
    label = np.repeat([1, 0], 60)
    outlet = np.repeat(np.arange(12), 10).astype(object)
    learned = (label == 0) | (outlet < 2)
    found = list(crossings(label, outlet, learned))
    assert not any(set(outlet[one.train]) & {2, 3, 4, 5} for one in found)
    assert {name for one in found for name in outlet[one.test]} == set(range(12))
    assert all((outlet[one.train] < 2).any() for one in found)


def test_a_crossing_is_judged_by_other_outlets_alone(tmp_path: Path) -> None:
    one = _english(collected(signal=0.1), tmp_path)
    outlet = one.rows.outlet
    assert one.crossed.collections
    for part in one.crossed.parts:
        held = set(outlet[part.test])
        judges = one.crossed.without(part, outlet)
        assert judges.parts
        for other in (*judges.parts, *judges.collections):
            assert not held & set(outlet[other.test])


def test_a_collection_that_is_told_by_its_marks_raises_the_point(tmp_path: Path) -> None:
    one = _english(collected(collections=8, outlets=6, each=6, signal=0.08), tmp_path)
    with_them = fit_combiner(one.rows, one.crossed)
    without = fit_combiner(one.rows, CrossFit(one.crossed.by_outlet, one.crossed.parts, []))
    assert np.array_equal(with_them.coef, without.coef)
    assert with_them.accuse >= without.accuse


def test_probabilities_hold_on_outlets_that_were_held_out(tmp_path: Path) -> None:
    one = _english(articles(outlets=12, each=25, signal=0.006), tmp_path)
    found = figures(unseen_outlets(one.rows, one.crossed))
    assert 0.6 < found["auc"] < 0.95
    assert found["calibration_error"] < 0.1


def test_the_label_of_a_single_outlet_is_believed_beside_marked_documents(tmp_path: Path) -> None:
    table = articles(outlets=8, each=12, signal=0.2)
    lone = table[(table["label"] == "journalism") | (table["outlet"] == "propaganda 0")]
    marked = passages(documents=60, each=6)
    marked["label"] = "persuasive"
    one = _english(pd.concat([lone, marked, passages(seed=5)]), tmp_path)
    assert one.crossed.by_outlet


def test_one_large_outlet_that_cannot_be_told_keeps_probabilities_near_even(
    tmp_path: Path,
) -> None:
    table = articles(outlets=8, each=45, signal=0.1)
    spread = []
    for name in ("told", "wire"):
        wire = table.copy()
        if name == "wire":
            calm = wire.loc[wire["outlet"] == "journalism 7", "text"].tolist()
            wire = wire[wire["outlet"] != "journalism 7"]
            wire.loc[wire["outlet"] == "propaganda 7", "text"] = calm
        (tmp_path / name).mkdir()
        one = _english(wire, tmp_path / name)
        combiner = fit_combiner(one.rows, one.crossed)
        score = np.concatenate([part.logits for part in one.crossed.parts]) @ combiner.coef
        p = sigmoid(score + combiner.bias)
        spread.append(float(np.quantile(p, 0.9) - np.quantile(p, 0.1)))
    told, kept = spread
    assert told > 0.8
    assert 0 < kept < 0.3


@pytest.mark.parametrize("signal", [0.0, 0.3])
def test_labels_of_outlets_are_learned_from_where_they_can_be_told(
    tmp_path: Path, signal: float
) -> None:
    marked = passages(documents=60, each=6)
    marked["label"] = "persuasive"
    table = pd.concat([articles(signal=signal), marked, passages(seed=5)])
    assert cross_fit(_english(table, tmp_path).rows).by_outlet == (signal > 0)


def test_without_marked_documents_there_is_nothing_else_to_learn_from(tmp_path: Path) -> None:
    assert cross_fit(_english(articles(signal=0.0), tmp_path).rows).by_outlet
