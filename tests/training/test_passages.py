from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from krynica.classifier.parameters import LinearVector
from krynica.classifier.views import sigmoid
from krynica.training.corpus.techniques import canonical
from krynica.training.fit import passages
from krynica.training.fit.journalism_ranges import usual_range, weighted_quantiles
from krynica.training.fit.passages import Marked, fit_persuasion, held_out


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        (["Doubt", "Name_Calling-Labeling"], {"doubt", "name_calling_labeling"}),
        (np.array(["bandwagon"], dtype=object), {"appeal_to_popularity"}),
        ('["fud", "cliche"]', {"appeal_to_fear_prejudice", "conversation_killer"}),
        ("Doubt; Loaded Language", {"doubt", "loaded_language"}),
        ("", set()),
        ("[not json", {"not_json"}),
        (None, set()),
        (float("nan"), set()),
    ],
)
def test_names_are_read_however_a_table_writes_them(given: object, keys: set[str]) -> None:
    assert canonical(given) == keys


def marked(
    count: int = 1200, seed: int = 0, *, languages: tuple[str, ...] = ("en", "pl")
) -> Marked:
    """Return passages: one number tells the marked, another one technique; another is chance."""
    rng = np.random.default_rng(seed)
    label = (rng.random(count) < 0.4).astype(np.int64)
    doubt, chance = (rng.random(count) < 0.4) & (label == 1), rng.random(count) < 0.5
    vectors = rng.normal(size=(count, 5))
    vectors[:, 0] += 3 * label
    vectors[:, 1] += 4 * doubt
    language = np.array([languages[at % len(languages)] for at in range(count)])
    vectors[language == "pl", 0] -= 2.0  # this language lies elsewhere
    techniques = [
        frozenset(
            [
                *(["doubt"] if one else []),
                *(["slogans"] if other and is_marked else []),
                *(["flag_waving"] if is_marked else []),
            ]
        )
        for one, other, is_marked in zip(doubt, chance, label == 1, strict=True)
    ]
    post = np.arange(count) % 3 == 0
    held = np.array([held_out(f"document {at // 5}", "") for at in range(count)])
    return Marked(vectors, label, language, post, techniques, held)


def test_a_tenth_of_documents_is_held_out_and_a_passage_without_one_is_its_own() -> None:
    share = np.mean([held_out(f"document {at}", "") for at in range(5000)])
    assert share == pytest.approx(1 / passages.HELD_DOCUMENTS, abs=0.02)
    assert len({held_out("one", text) for text in "abcdefghijklmnop"}) == 1
    assert len({held_out(None, f"text {at}") for at in range(100)}) == 2


def test_documents_held_out_teach_nothing_and_tell_what_it_is_worth() -> None:
    of = marked()
    found = fit_persuasion(of, ["en", "pl"])
    assert found.figures["en"]["passage"].auc > 0.95
    assert found.figures["pl"]["post"].count == (of.held & of.post & (of.language == "pl")).sum()
    of.vectors[of.held] = 99.0
    of.label[of.held] = 1 - of.label[of.held]
    again = fit_persuasion(of, ["en", "pl"])
    assert np.array_equal(found.views["en"].coef, again.views["en"].coef)


def test_each_language_has_its_own_share_of_marked_ones() -> None:
    of = marked(4000)
    found = fit_persuasion(of, ["en", "pl"])
    for code in ("en", "pl"):
        rows = (of.language == code) & ~of.held
        told = sigmoid(found.views[code].of(of.vectors[rows])).mean()
        assert told == pytest.approx(of.label[rows].mean(), abs=0.02)
    assert found.whole is not None
    assert np.array_equal(found.whole.coef, found.views["pl"].coef)


def test_a_view_that_was_there_is_fitted_around() -> None:
    """Few passages move it little; what they say nothing of stays."""
    of = marked(60, languages=("en",))
    begun = LinearVector(np.zeros(5), np.array([3.0, 0.0, 0.0, 0.0, 2.0]), np.asarray(-4.0))
    around = fit_persuasion(of, ["en"], {"en": begun}).views["en"]
    anew = fit_persuasion(of, ["en"]).views["en"]
    distance = [np.abs(view.coef - begun.coef).sum() for view in (around, anew)]
    assert distance[0] < distance[1]
    assert around.coef[0] > 1.5
    assert around.mean == pytest.approx(begun.mean)
    free = ~of.held
    assert sigmoid(around.of(of.vectors[free])).mean() == pytest.approx(
        of.label[free].mean(), abs=0.05
    )


def test_a_technique_that_vectors_tell_is_named_and_one_by_chance_is_not() -> None:
    found = fit_persuasion(marked(6000), ["en", "pl"])
    assert found.techniques is not None
    assert found.techniques.names == ("doubt",)
    told = found.technique_figures["doubt"]
    assert told.auc > 0.9
    assert told.right is not None
    assert told.right > 0.8
    assert told.named > 0


def test_rare_techniques_are_never_named() -> None:
    assert fit_persuasion(marked(400), ["en"]).techniques is None


def test_one_kind_alone_teaches_nothing() -> None:
    of = marked()
    only = of.label == 1
    kept = Marked(
        of.vectors[only],
        of.label[only],
        of.language[only],
        of.post[only],
        [own for own, keep in zip(of.techniques, only, strict=True) if keep],
        of.held[only],
    )
    found = fit_persuasion(kept, ["en"])
    assert (found.views, found.whole, found.techniques) == ({}, None, None)


def test_tables_are_put_together_with_their_vectors() -> None:
    table = pd.DataFrame(
        {
            "text": ["a", "b"],
            "label": [1, 0],
            "lang": ["en", "pl"],
            "kind": ["post", None],
            "techniques": [frozenset({"doubt"}), frozenset()],
            "doc": ["d", None],
        }
    )
    of = passages.marked(table, np.ones((2, 3), dtype=np.float32))
    assert of.post.tolist() == [True, False]
    assert of.held.tolist() == [held_out("d", "a"), held_out(None, "b")]


def test_quantiles_weigh_their_rows() -> None:
    values = np.array([[1.0, 9.0], [2.0, 8.0], [3.0, 7.0]])
    low, high = weighted_quantiles(values, np.array([1.0, 1.0, 8.0]), (0.1, 0.9))
    assert low.tolist() == [1.0, 7.0]
    assert high.tolist() == [3.0, 8.0]


def test_a_large_newsroom_does_not_say_what_is_usual() -> None:
    style = np.concatenate([np.full((900, 1), 5.0), np.arange(100.0)[:, None]])
    outlets = ["large"] * 900 + [f"small {at}" for at in range(100)]
    usual = usual_range(style, outlets)
    assert usual is not None
    assert usual.high[0] == pytest.approx(90.0, abs=2)


def test_too_little_journalism_says_nothing() -> None:
    assert usual_range(np.ones((99, 2)), ["one"] * 99) is None
