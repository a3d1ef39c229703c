from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data.labelled import read_corpus
from tests.training.corpora import passages as made
from training import persuasion, techniques
from training.prepare import prepare
from training.rows import read_rows
from training.usual import usual_range, weighted_quantiles


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
    assert techniques.canonical(given) == keys


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> persuasion.Passages:
    """Marked passages: a known word names one technique, and another is dealt out by chance."""
    table = made(documents=120)
    rng = np.random.default_rng(5)
    marked = (table["label"] == "persuasive").to_numpy()
    table["techniques"] = [
        [
            *(["Doubt"] if label and "lies" in text.lower() else []),
            *(["Slogans"] if label and chance else []),
        ]
        for label, text, chance in zip(
            marked, table["text"], rng.random(len(table)) < 0.5, strict=True
        )
    ]
    path = Path(tmp_path_factory.mktemp("made")) / "made.parquet"
    table.to_parquet(path)
    prepared = prepare(read_corpus([path]))
    texts, languages = prepared.passages["text"].tolist(), prepared.passages["lang"].tolist()
    return persuasion.gather("en", prepared.passages, read_rows(texts, languages, 1))


def test_a_technique_that_words_tell_is_named_rightly(gathered: persuasion.Passages) -> None:
    fitted, figures = techniques.fit(gathered, persuasion.fit(gathered))
    assert fitted is not None
    assert "doubt" in fitted.names
    assert figures["doubt"]["auc"] > 0.9
    assert figures["doubt"]["right"] > 0.8
    assert figures["doubt"]["named"] >= techniques.LEAST_USE


def test_a_technique_dealt_by_chance_is_told_no_better_than_by_chance(
    gathered: persuasion.Passages,
) -> None:
    # Dealt to every second marked passage, it is named often, and rightly every second time.
    _, figures = techniques.fit(gathered, persuasion.fit(gathered))
    assert 0.35 < figures["slogans"]["auc"] < 0.65
    assert 0.35 < figures["slogans"]["right"] < 0.65


def test_rare_techniques_are_never_named(gathered: persuasion.Passages) -> None:
    few = gathered.take(np.arange(150))
    assert techniques.fit(few, persuasion.fit(few)) == (None, {})


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
