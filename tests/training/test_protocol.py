"""What is told of outlets never seen is told by readers and points that had not met them either."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from krynica import Article, load_model
from krynica.classifier.encoder import Encoder
from krynica.training.fit.crossfit import CrossFit, cross_fit, folds_of
from krynica.training.fit.material import Material
from krynica.training.measure import protocol
from krynica.training.statistics.figures import Judged
from tests.training import corpora

NONE = np.zeros(0, dtype=np.uint64)


def crossed(table: pd.DataFrame, folder: Path, encoder: Encoder) -> tuple[Material, CrossFit]:
    material = corpora.material(table, folder, encoder)
    return material, cross_fit(material, folds_of(material, {}, NONE), jobs=1)


def judged(material: Material, found: CrossFit) -> Judged:
    rows = protocol.tested(material, np.flatnonzero(found.unmet))
    return protocol.judged(material, found, rows, lambda some: protocol.fit(material, found, some))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> tuple[Material, CrossFit]:
    polish = corpora.readings(outlets=8, each=30, lang="pl", seed=3)
    polish["outlet"] = "pl " + polish["outlet"]
    posts = corpora.readings(outlets=6, each=20, seed=5).assign(kind="post")
    posts["outlet"] = "post " + posts["outlet"]
    table = pd.concat([corpora.readings(outlets=16, each=30), polish, posts])
    return crossed(table, tmp_path_factory.mktemp("made"), encoder)


def test_figures_stand_by_language_kind_genre_and_together(
    made: tuple[Material, CrossFit],
) -> None:
    told = protocol.measure(judged(*made))
    assert told.keys() == {"en", "pl", "pooled"}
    pooled = told["pooled"]
    assert pooled.kinds.keys() == {"article", "post"}
    assert pooled.genres.keys() == {"news", "opinion"}
    assert pooled.readings.texts == 840
    assert sum(told[code].readings.texts for code in ("en", "pl")) == 840
    assert pooled.readings.auc > 0.9
    assert pooled.readings.auc_strong > pooled.readings.auc
    assert pooled.fact_checkers is None
    assert pooled.reliability
    assert pooled.risk_coverage


def test_an_outlet_is_judged_by_readers_that_had_not_met_it(
    made: tuple[Material, CrossFit],
) -> None:
    """Another score of an outlet's texts changes no probability of them."""
    material, found = made
    mine = material.outlet == "state 1"
    turned = replace(
        material,
        low=np.where(mine, 0, material.low),
        high=np.where(mine, 0, material.high),
    )
    # Dealt alike, as the number of loud texts decides who is held out with whom.
    rows = np.flatnonzero(found.unmet)
    fold = protocol.dealt(material.outlet[rows], material.propaganda[rows])
    before = judged(material, found)
    p = np.full(len(rows), np.nan)
    for own in np.unique(fold).tolist():
        fitted = protocol.fit(turned, found, rows[fold != own])
        p[fold == own] = protocol.probabilities(turned, found, fitted.readers)[rows[fold == own]]
    with_mine = fold == fold[mine[rows]][0]
    assert np.array_equal(p[with_mine], before.p[with_mine])
    assert not np.allclose(p[~with_mine], before.p[~with_mine])


def test_verdicts_are_those_that_the_model_gives(
    scored: Path, readings: Path, encoder: Encoder, tmp_path: Path
) -> None:
    """The protocol judges arrays, the model texts: both must say the same of the same numbers."""
    table = pd.read_parquet(readings)
    material = corpora.material(table, tmp_path, encoder)
    found = cross_fit(material, folds_of(material, {}, NONE), jobs=1)
    fitted = protocol.fit(material, found, np.flatnonzero(found.unmet))
    whole = CrossFit(
        found.views,
        found.fold,
        found.views.scores(material),
        found.views.genre.of(material.vectors) if found.views.genre else None,
        found.known,
    )
    p = protocol.probabilities(material, whole, fitted.readers)
    verdict = protocol.verdicts(material, whole, fitted, p)
    model = load_model(scored)
    by_text = {text: at for at, text in enumerate(material.text.tolist())}
    from krynica.data.corpus.duplicates import text_hash

    for text in table["text"].head(60):
        at = by_text[text_hash(text)]
        answer = model.score(Article(text, language="en"), with_evidence=False)
        assert answer.p_propaganda == pytest.approx(p[at], abs=1e-4)
        assert answer.verdict == verdict[at]


def test_texts_that_are_too_short_to_be_judged_are_in_no_figure(
    tmp_path: Path, encoder: Encoder
) -> None:
    table = corpora.readings(outlets=8)
    table.loc[:4, "text"] = [f"The council said {at} words." for at in "abcde"]
    material, found = crossed(table, tmp_path, encoder)
    assert len(material.words) == 160
    assert protocol.measure(judged(material, found))["en"].readings.texts == 155


@pytest.mark.parametrize(
    ("outlets", "enough"),
    [
        (["a", "b", "c", "d", "e"], True),
        (["a", "b", "c", "d", "d"], False),
        (["a", "c", "d", "e", "a"], False),
    ],
)
def test_two_outlets_of_each_side_and_five_in_all_are_needed(
    outlets: list[str],
    enough: bool,  # noqa: FBT001
    tmp_path: Path,
    encoder: Encoder,
) -> None:
    sides = {"a": "propaganda", "b": "propaganda"}
    table = pd.concat(
        [
            corpora.articles(outlets=1, each=4, seed=at)
            .assign(outlet=name)
            .query(f"label == '{sides.get(name, 'journalism')}'")
            for at, name in enumerate(outlets)
        ]
    )
    material = corpora.material(table, tmp_path, encoder)
    assert protocol.enough(material, np.arange(len(material.words))) == enough


def test_newsrooms_that_nobody_read_are_told_one_by_one(tmp_path: Path, encoder: Encoder) -> None:
    unread = corpora.articles(outlets=4, each=25, seed=4).assign(source="unread")
    material, found = crossed(
        pd.concat([corpora.readings(outlets=10, each=25), unread]), tmp_path, encoder
    )
    told = protocol.measure(judged(material, found))["pooled"]
    rooms = {room.outlet: room for room in told.newsrooms}
    assert rooms.keys() >= {f"journalism {at}" for at in range(4)}
    assert told.readings.texts == 250
    for room in rooms.values():
        assert room.interval[0] <= room.accused <= room.interval[1]
