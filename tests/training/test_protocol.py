from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.training import corpora
from training.protocol import measure
from training.work import Work


def test_a_collection_that_gives_the_label_away_is_no_knowledge(tmp_path: Path) -> None:
    """Outlets of one collection share a mark: only holding the collection out shows it."""
    materials, articles = corpora.materials(corpora.collected(), tmp_path)
    found = measure(materials, articles, 0)["en"]
    assert found["random_split_auc"] > 0.95
    assert set(found["collections"]["by_collection"]) == {f"collection {at}" for at in range(4)}
    assert found["articles"]["auc"] > found["collections"]["mean_auc"] + 0.2
    assert found["collections"]["mean_auc"] < 0.7
    assert found["random_split_gap"] == round(
        found["random_split_auc"] - found["articles"]["auc"], 3
    )


def test_what_carries_over_holds_in_a_collection_never_seen(tmp_path: Path) -> None:
    materials, articles = corpora.materials(corpora.collected(signal=0.25), tmp_path)
    found = measure(materials, articles, 0)["en"]["collections"]
    assert found["mean_auc"] > 0.95
    assert found["left_out"] == {}
    assert {one["auc"] for one in found["by_collection"].values()} != {None}
    assert all(one["paired_with"] == [] for one in found["by_collection"].values())


def test_a_collection_of_one_class_names_the_outlets_beside_it(tmp_path: Path) -> None:
    table = corpora.articles(outlets=6, each=24)
    wire = table["outlet"].isin(["propaganda 0", "propaganda 1"])
    table.loc[wire, "source"] = "a wire"
    found = measure(*corpora.materials(table, tmp_path), 0)["en"]["collections"]
    told = found["by_collection"]["a wire"]
    assert told["articles"]["propaganda"] == 48
    assert 0 < len(told["paired_with"]) < 6
    assert all(name.startswith("journalism") for name in told["paired_with"])
    assert told["articles"]["journalism"] == 24 * len(told["paired_with"])
    assert told["auc"] > 0.95


def _dated(*, turned: bool) -> pd.DataFrame:
    """Return articles of two years; in the second the classes may change their words."""
    first, second = corpora.articles(each=24), corpora.articles(each=24, seed=7, outlets=7)
    if turned:
        other = {"propaganda": "journalism", "journalism": "propaganda"}
        second["outlet"] = second["label"].map(other) + second["outlet"].str[-2:]
        second["label"] = second["label"].map(other)
    first["date"], second["date"] = "2020-05-01", "2021-05-01"
    undated = corpora.articles(seed=9).assign(date=None)
    return pd.concat([first, second, undated], ignore_index=True)


def test_later_articles_are_told_apart_where_words_last(tmp_path: Path) -> None:
    told = measure(*corpora.materials(_dated(turned=False), tmp_path), 0)["en"]["time"]
    assert told["cut"] == "2021-05-01"
    assert told["undated"] == 144
    assert told["before"] == {"propaganda": 144, "journalism": 144}
    assert told["new_outlets"] == {"propaganda": 24, "journalism": 24}
    assert told["auc"] > 0.95
    assert told["new_outlets_auc"] > 0.95


def test_and_are_not_where_they_turn(tmp_path: Path) -> None:
    told = measure(*corpora.materials(_dated(turned=True), tmp_path), 0)["en"]["time"]
    assert told["auc"] < 0.1
    assert told["new_outlets_auc"] < 0.1


def _two_languages(*, style: bool) -> pd.DataFrame:
    """Return articles of two languages without a word in common; style may tell them apart."""
    english = corpora.articles(signal=0.0)
    polish = corpora.articles(signal=0.0, lang="pl", seed=4)
    polish["text"] = polish["text"].str.replace(r"(\w{3,})", r"\1owy", regex=True)
    table = pd.concat([english, polish], ignore_index=True)
    if style:
        loud = table["label"] == "propaganda"
        table.loc[loud, "text"] = table.loc[loud, "text"].str.replace(".", "!")
    return table


def test_style_carries_over_from_another_language(tmp_path: Path) -> None:
    found = measure(*corpora.materials(_two_languages(style=True), tmp_path), 0)
    for language, other in (("en", "pl"), ("pl", "en")):
        assert found[language]["other_languages"]["learned_from"] == [other]
        assert found[language]["other_languages"]["auc"] > 0.95


def test_nothing_carries_over_where_style_tells_nothing(tmp_path: Path) -> None:
    found = measure(*corpora.materials(_two_languages(style=False), tmp_path), 0)
    assert all(0.3 < found[language]["other_languages"]["auc"] < 0.7 for language in ("en", "pl"))


def test_collections_of_marked_documents_are_met_by_no_view(tmp_path: Path) -> None:
    """The persuasion view of a held-out collection is fitted without that collection."""
    marked = corpora.passages(documents=50, each=6)
    marked["label"] = ["persuasive" if i % 6 else "plain" for i in range(len(marked))]
    table = pd.concat([corpora.articles(each=20), marked], ignore_index=True)
    materials, _ = corpora.materials(table, tmp_path)
    english = materials["en"].articles
    assert english is not None
    assert list(english.persuasion_without) == ["invented passages"]
    assert set(english.persuasion_without["invented passages"]) == {0.0}
    assert len(set(english.rows.persuasion)) > 100


def test_marked_documents_are_held_out_one_by_one(tmp_path: Path) -> None:
    marked = corpora.passages(documents=48, each=6)
    marked["label"] = "persuasive"
    table = pd.concat([corpora.articles(each=8), marked, corpora.passages(seed=5)])
    materials, articles = corpora.materials(table, tmp_path)
    found = measure(materials, articles, 0)["en"]["documents"]
    assert found["count"] == 48
    assert found["auc"] > 0.8


def test_processes_change_no_figure(tmp_path: Path) -> None:
    polish = corpora.articles(lang="pl", each=6, seed=4)
    materials, articles = corpora.materials(pd.concat([corpora.articles(each=6), polish]), tmp_path)
    told: list[str] = []
    one = measure(materials, articles, 0)
    two = measure(
        materials, articles, 0, lambda language, _: told.append(language), work=Work(jobs=2)
    )
    assert one == two
    assert told == ["en", "pl"]
    assert one["en"]["documents"] == {"count": 0, "auc": None}


def test_two_outlets_of_each_class_are_judged_by_each_other(tmp_path: Path) -> None:
    materials, articles = corpora.materials(corpora.articles(outlets=2), tmp_path)
    found = measure(materials, articles, 0)["en"]
    assert found["articles"]["auc"] > 0.9
    assert found["articles"]["clear_verdicts"] == 0
    assert found["collections"]["left_out"]


def test_each_newsroom_has_its_interval(tmp_path: Path) -> None:
    materials, articles = corpora.materials(corpora.articles(each=45), tmp_path)
    found = measure(materials, articles, 0)["en"]["articles"]
    rooms = found["falsely_accused_by_outlet"]
    assert [room["outlet"] for room in rooms] == [f"journalism {at}" for at in range(6)]
    assert {room["articles"] for room in rooms} == {45}
    assert all(
        room["interval"][0] <= room["falsely_accused"] <= room["interval"][1] for room in rooms
    )
    for name in ("auc", "recall_at_2_percent", "calibration_error"):
        low, high = found[f"{name}_interval"]
        assert low <= found[name] + 0.02
        assert high >= found[name] - 0.02
