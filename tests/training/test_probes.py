from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from tests.training import corpora
from training.articles import ArticleRows
from training.probes import language_probe, probes
from training.rows import Counts
from training.traits import day, traits


def _told(table: pd.DataFrame, language: str = "en") -> dict[str, Any]:
    count = len(table)
    rows = ArticleRows(
        Counts(np.array([], dtype=object), csr_array((count, 0))),
        np.zeros((count, 0)),
        np.zeros(count),
        np.ones(count, dtype=np.int64),
        (table["label"] == "propaganda").to_numpy().astype(np.int64),
        table["outlet"].to_numpy().astype(object),
        np.full(count, ""),
        np.full(count, ""),
    )
    return probes(rows, traits(table, language), seed=0)


def _plain() -> pd.DataFrame:
    """Return articles in which nothing but the words tells the classes apart."""
    rng = np.random.default_rng(5)
    table = corpora.articles(each=20)
    table["text"] = [" ".join(t.split()[: rng.integers(60, 120)]) for t in table["text"]]
    table["text"] += ["!" * n for n in rng.integers(0, 3, len(table))]
    table["date"] = [f"2020-{m:02}-01" for m in rng.integers(1, 13, len(table))]
    names = dict.fromkeys(table["outlet"])
    letters = ["".join(rng.choice(list("abcdefgh"), 6)) for _ in names]
    table["outlet"] = table["outlet"].map(dict(zip(names, letters, strict=True)))
    return table


def test_where_there_is_no_shortcut_none_is_found() -> None:
    told = _told(_plain())
    for kind in ("date", "length", "punctuation"):
        assert 0.35 < told[kind]["auc"] < 0.65, kind
    assert told["place_names"] == {"auc": None, "random_split_auc": None}
    assert told["outlet_name"]["random_split_auc"] == 1  # every name is known again


def _longer(table: pd.DataFrame, loud: pd.Series) -> None:
    table.loc[loud, "text"] += " and so on" * 40


def _later(table: pd.DataFrame, loud: pd.Series) -> None:
    table.loc[loud, "date"] = "2022-06-15"


def _quoted(table: pd.DataFrame, loud: pd.Series) -> None:
    table.loc[loud, "text"] = "“" + table.loc[loud, "text"] + "”"


def _spelled(table: pd.DataFrame, loud: pd.Series) -> None:
    table["text"] += [" in Kiev." if one else " in Kyiv." for one in loud]


def _named(table: pd.DataFrame, loud: pd.Series) -> None:
    table.loc[loud, "outlet"] += " channel"


@pytest.mark.parametrize(
    ("kind", "plant"),
    [
        ("length", _longer),
        ("date", _later),
        ("punctuation", _quoted),
        ("place_names", _spelled),
        ("outlet_name", _named),
    ],
)
def test_a_planted_shortcut_is_found(kind: str, plant: Any) -> None:
    table = _plain()
    plant(table, table["label"] == "propaganda")
    told = _told(table)
    assert told[kind]["auc"] > 0.95
    assert told[kind]["random_split_auc"] > 0.95


def test_a_shortcut_that_only_some_outlets_have_is_worth_more_on_a_random_split() -> None:
    table = _plain()
    lengths = {name: 100 * i for i, name in enumerate(sorted(set(table["outlet"])))}
    table["text"] = [
        text + " and" * lengths[name]
        for text, name in zip(table["text"], table["outlet"], strict=True)
    ]
    told = _told(table)["length"]
    assert told["random_split_auc"] > told["auc"] + 0.1


def test_the_language_tells_where_a_language_has_one_class() -> None:
    english, ukrainian = corpora.articles(), corpora.articles(lang="uk")
    table = pd.concat([english, ukrainian[ukrainian["label"] == "journalism"]], ignore_index=True)
    table["label"] = (table["label"] == "propaganda").astype(int)
    assert language_probe(table, 0)["auc"] > 0.7
    both = pd.concat([english, ukrainian], ignore_index=True)
    both["label"] = (both["label"] == "propaganda").astype(int)
    assert language_probe(both, 0)["auc"] == pytest.approx(0.5, abs=0.05)
    alone = both[both["lang"] == "en"]
    assert language_probe(alone, 0) == {"auc": None, "random_split_auc": None}


def test_a_name_that_this_program_gave_is_no_name() -> None:
    table = _plain()
    rows = table["label"] == "propaganda"
    table.loc[rows, "outlet"] = "marked documents of " + table.loc[rows, "outlet"]
    count = len(table)
    articles = ArticleRows(
        Counts(np.array([], dtype=object), csr_array((count, 0))),
        np.zeros((count, 0)),
        np.zeros(count),
        np.ones(count, dtype=np.int64),
        rows.to_numpy().astype(np.int64),
        table["outlet"].to_numpy().astype(object),
        np.full(count, ""),
        np.where(rows, "a document", ""),
    )
    assert probes(articles, traits(table, "en"), 0)["outlet_name"]["auc"] is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2019-11-01", "2019-11-01"),
        ("2019-11-01T12:30:00Z", "2019-11-01"),
        (pd.Timestamp("2019-11-01"), "2019-11-01"),
        ("2019", ""),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_a_day_is_read_off_a_cell(cell: object, expected: str) -> None:
    assert day(cell) == expected


def test_spellings_are_counted_whole() -> None:
    table = pd.DataFrame(
        {
            "text": ["Kiev and Kyiv, Kyiv. Donbass", "Donbas. Kievan Rus", "nothing"],
            "source": ["a", None, "a"],
            "date": ["2020-01-01", "2020", None],
        }
    )
    told = traits(table, "en")
    assert told.places[:, :4].tolist() == [[1, 2, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert told.source.tolist() == ["a", "", "a"]
    assert traits(table, "uk").places.shape == (3, 0)


@pytest.mark.parametrize("cell", ["0000-00-00", "2022-02-30", "2021-13-45", None, "soon"])
def test_an_impossible_date_is_no_date(cell: object) -> None:
    assert day(cell) == ""
