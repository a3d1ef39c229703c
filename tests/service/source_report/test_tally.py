from __future__ import annotations

import datetime as dt
import tracemalloc

import numpy as np
import pytest

from krynica.classifier.measures import MEASURES
from krynica.classifier.model import Model
from krynica.service.source_report.gathered import PASSAGES
from krynica.service.source_report.report import POOLED, UNNAMED, Finding, Report, Share
from krynica.service.source_report.tally import MOST_OUTLETS, READ_FIRST, Tally
from krynica.service.source_report.write import html
from tests.service.source_report.made import failed, item, named, report_on, several, simulated

DAY = dt.date(2025, 3, 9)


def test_verdicts_are_counted_and_unclear_apart(model: Model) -> None:
    items = [
        *(item(verdict="propaganda") for _ in range(3)),
        *(item(verdict="journalism") for _ in range(5)),
        *(item(verdict="unclear") for _ in range(4)),
        failed(),
    ]
    report = report_on(model, items)
    one = named(report, "a.example")
    assert one.propaganda == Share(3, 12)
    assert one.journalism == Share(5, 12)
    assert one.unclear == Share(4, 12)
    assert one.accused_of_clear == Share(3, 8)
    assert (one.articles, one.errors, one.repeats) == (12, 1, 0)
    assert report.accused == Share(3, 12)


def test_quartiles_of_probabilities(model: Model) -> None:
    values = np.linspace(0.05, 0.95, 201).tolist()
    report = report_on(model, [item(p_propaganda=p, p_persuasion=p / 2) for p in values])
    p, persuasion = (getattr(report.outlets[0], name) for name in ("p_propaganda", "p_persuasion"))
    assert (p.first, p.median, p.third) == pytest.approx((0.275, 0.5, 0.725), abs=0.01)
    assert (persuasion.first, persuasion.median) == pytest.approx((0.1375, 0.25), abs=0.01)


def test_what_is_too_short_or_without_verdicts_is_in_no_share(model: Model) -> None:
    short = item(p_propaganda=None, why_unclear="too_short")
    polish = item(language="pl", p_propaganda=None)
    report = report_on(model, [item(), short, short, polish])
    one = report.outlets[0]
    assert (one.articles, one.judged, one.unjudged) == (4, 1, 3)
    assert one.languages == (("en", 3), ("pl", 1))
    assert {language.code: language.verdicts for language in report.languages} == {
        "en": True,
        "pl": False,
    }


def test_months(model: Model) -> None:
    march, april = DAY, DAY.replace(month=4)
    items = [item(verdict="propaganda", date=march), item(date=march), item(date=april), item()]
    first, second = report_on(model, items).outlets[0].months
    assert (first.day, first.accused) == (dt.date(2025, 3, 1), Share(1, 2))
    assert first.mean_p == pytest.approx((0.95 + 0.5) / 2, abs=0.01)
    assert (second.day, second.accused, second.margin) == (dt.date(2025, 4, 1), Share(0, 1), None)


def test_december_is_of_its_year(model: Model) -> None:
    items = [item(date=dt.date(2024, 12, 31)), item(date=dt.date(2025, 1, 1))]
    span = report_on(model, items).outlets[0].span
    assert span == (dt.date(2024, 12, 1), dt.date(2025, 1, 1))


def test_an_outlets_own_repeats_count_once_and_reprints_for_each(model: Model) -> None:
    items = [
        item("a.example", "propaganda"),
        item("a.example", "propaganda", duplicate_of=0),
        item("b.example", "propaganda", duplicate_of=0),
        item("b.example", "propaganda", duplicate_of=0),
        item("b.example"),
    ]
    report = report_on(model, items)
    assert (named(report, "a.example").judged, named(report, "a.example").repeats) == (1, 1)
    assert (named(report, "b.example").judged, named(report, "b.example").repeats) == (2, 1)
    assert [(one.outlet, one.verdict) for one in report.read_first] == [
        ("a.example", "propaganda"),
        ("b.example", "unclear"),
    ]


def test_order_does_not_matter(model: Model) -> None:
    rng = np.random.default_rng(1)
    items = [
        item(
            one.outlet,
            str(one.scored.cells["verdict"]),
            p_propaganda=one.scored.cells["p_propaganda"],
            p_persuasion=float(rng.integers(3)) / 3,
            date=one.date,
            title=f"Title {number}",
            known=float(rng.random()),
            measures=tuple(rng.random(len(MEASURES)).tolist()),
            passage=f"Passage {number % 50}",
            p_passage=float(rng.integers(5)) / 5,
        )
        for number, one in enumerate(simulated(rng, [0.1, 0.1, 0.5]))
    ]
    report = report_on(model, items)
    shuffled = report_on(model, (items[at] for at in rng.permutation(len(items)).tolist()))
    assert shuffled == report
    assert html(shuffled) == html(report)


def test_what_is_read_first(model: Model) -> None:
    items = [
        item(verdict="propaganda", p_propaganda=0.91, title="second"),
        item(verdict="propaganda", p_propaganda=0.99, title="first"),
        item(verdict="journalism", p_persuasion=0.8, title="fourth"),
        item(verdict="unclear", p_persuasion=0.9, title="third"),
        item(verdict="unclear", p_persuasion=None, title="never"),
        *(item(p_persuasion=0.1, title=f"more {n:02d}") for n in range(READ_FIRST)),
    ]
    found = [one.title for one in report_on(model, items).read_first]
    assert found[:4] == ["first", "second", "third", "fourth"]
    assert len(found) == READ_FIRST
    assert "never" not in found


def test_an_article_to_read_bears_its_kind(model: Model) -> None:
    for genre, said in (("opinion", "opinion piece"), ("<b>odd", None), (None, None)):
        report = report_on(model, [item(verdict="propaganda", genre=genre)])
        (found,) = report.read_first
        assert found.genre == said
        assert (" · opinion piece · <span" in html(report)) == (said is not None)
        assert "odd" not in html(report)


def test_passages_are_the_strongest_and_each_is_quoted_once(model: Model) -> None:
    items = [
        item(passage=f"Passage {n // 2}", p_passage=n / 40, place=f"row {n}") for n in range(40)
    ]
    found = report_on(model, items).outlets[0].passages
    assert [one.passage for one in found] == [f"Passage {n}" for n in range(19, 19 - PASSAGES, -1)]
    assert [one.place for one in found] == [f"row {n}" for n in range(39, 39 - 2 * PASSAGES, -2)]


def test_a_long_passage_is_cut_between_words(model: Model) -> None:
    (one,) = report_on(model, [item(passage="word " * 200, p_passage=0.9)]).outlets[0].passages
    assert one.passage is not None
    assert one.passage.endswith("word …")
    assert len(one.passage) <= 402


def test_articles_without_an_outlet_are_one_group_and_no_outlet(model: Model) -> None:
    rows = [*several("", 30, 30), item(None), item(" \u202e\n"), *several("b.example", 0, 30)]
    report = report_on(model, rows)
    one = named(report, UNNAMED)
    assert one.articles == 32
    assert (one.finding, one.p_others, one.change) == (Finding.MIXED, None, None)
    assert report.named == 1


def test_outlets_beyond_number_are_pooled_and_that_is_said(model: Model) -> None:
    report = report_on(model, (item(f"{n}.example") for n in range(MOST_OUTLETS + 7)))
    assert len(report.outlets) == MOST_OUTLETS + 1
    assert named(report, POOLED).articles == 7
    assert report.pooled
    assert "more outlets than this report tells apart" in html(report)


def test_names_are_made_safe(model: Model) -> None:
    names = {
        one.name for one in report_on(model, [item("\x1b[31mre\u202ed\n\n x" + "y" * 999)]).outlets
    }
    assert names == {("[31mred x" + "y" * 999)[:100]}


def test_links_lead_to_the_web_alone(model: Model) -> None:
    links = [
        "javascript:alert(1)",
        "data:text/html,x",
        "HTTPS://a.example/b c",
        "//a.example",
        None,
    ]
    items = [item(url=link, title=str(n)) for n, link in enumerate(links)]
    found = {one.title: one.url for one in report_on(model, items).read_first}
    assert found == {"0": None, "1": None, "2": "HTTPS://a.example/b%20c", "3": None, "4": None}


def test_nothing_at_all_is_a_report_too(model: Model) -> None:
    report = report_on(model, [])
    assert isinstance(report, Report)
    assert (report.outlets, report.accused, report.read_first) == ((), Share(0, 0), ())
    assert "There is nothing to read first." in html(report)


def test_memory_grows_by_some_bytes_a_row() -> None:
    items = simulated(np.random.default_rng(0), [0.1] * 4, (500, 501))
    tally = Tally()
    tracemalloc.start()
    for one in items:
        tally.add(one)
    before, _ = tracemalloc.get_traced_memory()
    for _ in range(5):
        for one in items:
            tally.add(one)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 10 * 5 * len(items)


def test_languages_that_are_not_ours_are_one(model: Model) -> None:
    rows = [item(language=code, p_propaganda=None) for code in ("de", "xx", "und")]
    (one,) = report_on(model, rows).outlets
    assert one.languages == (("und", 3),)
