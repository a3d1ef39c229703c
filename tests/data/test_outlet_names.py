"""Whether two names are of one outlet."""

from __future__ import annotations

import pandas as pd
import pytest

from krynica.data.corpus.labelled import canonical_outlet
from krynica.data.corpus.outlet_names import KnownOutlets, joined


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("rt", "rt.com"),
        ("rt", "https://www.rt.com/news/1"),
        ("rt", "russian.rt.com"),
        ("rt", "rt russian"),
        ("rt", "RT documentaries"),
        ("rt russian", "RT"),
        ("sputnik", "sputniknews.com"),
        ("sputnik polska", "sputnikglobe.com"),
        ("tv rain", "tvrain.tv"),
        ("meduza", "Медуза"),
        ("ria", "РИА Новости"),
        ("theguardian.com", "Guardian"),
        ("abcnews.go.com", "ABC News"),
        ("new york times", "The New York Times"),
        ("крим.реалії", "Крим. Реалії"),
    ],
)
def test_an_outlet_is_known_by_its_other_names(known: str, name: str) -> None:
    assert KnownOutlets([known]).match(name) == known
    assert KnownOutlets([name]).match(known) == name
    assert len(set(joined([known, name]).values())) == 1


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("rt", "art.com"),
        ("rt", "Reuters"),
        ("daily news", "Daily Mail"),
        ("star news", "Star Tribune"),
        ("news 1", "News 12"),
        ("russian.rt.com", "russian.meduza.io"),
        ("news.example", "news.bbc.co.uk"),
        ("новая газета", "новая жизнь"),
        ("rt", ""),
    ],
)
def test_other_outlets_are_not(known: str, name: str) -> None:
    assert name not in KnownOutlets([known])
    assert known not in KnownOutlets([name])
    assert len(set(joined([known, name]).values())) == 2


def test_articles_are_known_by_their_address_too() -> None:
    articles = pd.DataFrame(
        {
            "outlet": ["Russia Today", "rt.com", "Other", None],
            "url": ["https://www.rt.com/a", None, "https://other.example/rt", "no address"],
        }
    )
    assert KnownOutlets(["rt"]).rows(articles).tolist() == [True, True, False, False]
    assert KnownOutlets(["rt"]).rows(articles[["outlet"]]).tolist() == [False, True, False, False]


def test_names_stand_together_through_a_third() -> None:
    names = ["Sputnik Afrique", "SPUTNIK", "sputnik.by", "Meduza"]
    assert joined(names) == {
        "SPUTNIK": "SPUTNIK",
        "Sputnik Afrique": "SPUTNIK",
        "sputnik.by": "SPUTNIK",
        "Meduza": "Meduza",
    }


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("https://rt.com", "rt.com"),
        ("rt.com/news", "rt.com"),
        ("www.BBC.co.uk", "bbc.co.uk"),
        ("russian.rt.com", "rt.com"),
        ("  The  BBC ", "the bbc"),
        ("Depo.Харків", "depo.харків"),
        ("S.E. Cupp", "s.e. cupp"),
    ],
)
def test_an_address_stands_for_its_registered_domain(name: str, canonical: str) -> None:
    assert canonical_outlet(name) == canonical
