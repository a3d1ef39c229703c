"""Who stands out, and who must not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from krynica.classifier.measures import MEASURES
from krynica.classifier.model import Model, load_model
from krynica.service.source_report.judging import PROMISED, Judging
from krynica.service.source_report.lines import outlet_lines
from krynica.service.source_report.report import LEAST, Finding
from krynica.service.source_report.words import finding
from tests.service.source_report.made import (
    ERROR,
    item,
    made_model,
    named,
    report_on,
    several,
    simulated,
    standing_out,
)
from tests.service.tiny import sign, write_tiny_model


@pytest.mark.parametrize("rate", [0.05, 0.3])
def test_of_outlets_that_do_not_differ_none_stands_out(model: Model, rate: float) -> None:
    rng = np.random.default_rng(0)
    found = [standing_out(report_on(model, simulated(rng, [rate] * 12))) for _ in range(40)]
    assert sum(map(bool, found)) <= 2  # of 40 runs: one in twenty


def test_nobody_stands_out_by_what_the_model_gets_wrong(model: Model) -> None:
    rng = np.random.default_rng(0)
    rates = [0.0] * 6 + [ERROR] * 6
    found = [standing_out(report_on(model, simulated(rng, rates))) for _ in range(40)]
    assert sum(map(bool, found)) <= 2


def test_nothing_changes_where_nothing_changes(model: Model) -> None:
    rng = np.random.default_rng(0)
    changes = 0
    for _ in range(40):
        report = report_on(model, simulated(rng, [0.3] * 10))
        told = [change for one in report.outlets for change in (one.change, one.shift) if change]
        assert told
        changes += any(change.found for change in told)
    assert changes <= 4  # two questions, each wrong in one run of twenty


def test_an_outlet_that_differs_is_found(model: Model) -> None:
    rng = np.random.default_rng(0)
    report = report_on(model, simulated(rng, [0.05] * 11 + [0.5]))
    assert standing_out(report) == ["outlet11.example"]
    assert report.outlets[0].name == "outlet11.example"
    one = report.outlets[0]
    assert one.p_others is not None
    assert one.p_others < 0.001


def test_a_share_that_the_model_may_get_wrong_is_no_finding(model: Model) -> None:
    rows = [*several("a.example", 66, 2000), *several("b.example", 0, 4000)]
    one = named(report_on(model, rows), "a.example")
    assert one.p_others is not None
    assert one.p_others < 0.001
    assert one.error == ERROR
    assert one.finding is Finding.WITHIN_ERROR


@pytest.mark.parametrize(
    ("metrics", "error"),
    [
        ({"en": {"readings": {"accused_newsrooms": 0.05}}}, 0.05),
        ({"en": {"readings": {"accused_newsrooms": 0.001}}}, PROMISED),
        ({"en": {"readings": {"accused_newsrooms": None}}, "pooled": None}, PROMISED),
        ({"en": {"readings": None}, "pooled": {"newsrooms": None}}, PROMISED),
        ({"en": None, "pooled": {"newsrooms": []}}, PROMISED),
        ({"pl": {"readings": {"accused_newsrooms": 0.5}}}, PROMISED),
        ({"pooled": {"newsrooms": [{"accused": 0.04}, {"accused": 0.07}]}}, 0.07),
    ],
)
def test_what_the_trial_got_wrong_counts(
    tmp_path: Path, metrics: dict[str, Any], error: float
) -> None:
    made = made_model(tmp_path, metrics=metrics)
    assert Judging.of(made, "en").error == error


def test_without_trials_the_promise_is_the_measure(tmp_path: Path) -> None:
    report = report_on(made_model(tmp_path, metrics=None), several("a.example", 1, 30))
    assert report.outlets[0].error == 0.02


def test_small_samples_say_that_they_are_small(model: Model) -> None:
    rows = [*several("a.example", LEAST - 1, LEAST - 1), *several("b.example", 0, 400)]
    report = report_on(model, rows)
    one = named(report, "a.example")
    assert (one.finding, one.p_error, one.p_others) == (Finding.SMALL, None, None)
    (line,) = (line for line in outlet_lines(report) if line.startswith("a.example"))
    assert "Small sample" in line
    assert "nothing can be concluded" in line


def test_all_alike_and_all_above_is_said_as_it_is(model: Model) -> None:
    rows = [*several("a.example", 40, 100), *several("b.example", 41, 100)]
    assert {one.finding for one in report_on(model, rows).outlets} == {Finding.ABOVE_ERROR}
    (alone,) = outlet_lines(report_on(model, several("a.example", 40, 100)))
    assert "Alone here" in alone


def test_outlets_are_ordered_by_name_and_by_no_figure(model: Model) -> None:
    rows = [
        *several("c.example", 0, 50),
        *several("B.example", 2, 50),
        *several("a.example", 1, 50),
        *several("z.example", 30, 50),
        *several("s.example", 9, 9),
    ]
    names = [one.name for one in report_on(model, rows).outlets]
    assert names == ["z.example", "a.example", "B.example", "c.example", "s.example"]


def test_in_a_language_without_verdicts_none_is_counted(model: Model) -> None:
    report = report_on(model, several("a.example", 0, 50, language="pl", p_propaganda=0.5))
    one = report.outlets[0]
    assert (one.finding, one.judged, one.unclear.value) == (Finding.NO_VERDICTS, 0, None)
    line, note = outlet_lines(report)
    assert "unclear" not in line
    assert note == "In no share, as the model gives no verdicts in them: Polish (50 articles)."


def test_a_change_is_found(model: Model) -> None:
    early, late = dt.date(2025, 2, 1), dt.date(2025, 9, 1)
    rows = [
        *several("a.example", 4, 60, date=early),
        *several("a.example", 30, 60, date=late),
        *several("b.example", 9, 60, date=early),
        *several("b.example", 9, 60, date=late),
    ]
    report = report_on(model, rows)
    change, shift = named(report, "a.example").change, named(report, "a.example").shift
    assert change is not None
    assert shift is not None
    assert change.found
    assert change.z > 0
    assert shift.found
    still = named(report, "b.example").change
    assert still is not None
    assert not still.found


def test_too_few_dates_tell_no_change(model: Model) -> None:
    rows = several("a.example", 30, 60, date=dt.date(2025, 2, 1))
    assert named(report_on(model, rows), "a.example").change is None
    assert named(report_on(model, several("a.example", 30, 60)), "a.example").shift is None


def test_the_style_is_compared_with_newsrooms(tmp_path: Path) -> None:
    n = len(MEASURES)
    low, high = np.zeros(n), np.linspace(0.5, 1.0, n)
    folder = write_tiny_model(tmp_path / "model")
    with np.load(folder / "en.npz") as arrays:
        numbers = {name: arrays[name] for name in arrays}
    np.savez(folder / "en.npz", **numbers, usual_low=low, usual_high=high)
    sign(folder)
    told = load_model(folder)
    middle = (low + high) / 2
    loud = middle.copy()
    loud[[measure.name for measure in MEASURES].index("exclamations")] = 2.0
    rows = [item(measures=tuple(loud.tolist())) for _ in range(LEAST)]
    assert report_on(told, rows[1:]).outlets[0].style is None
    (note,) = report_on(told, rows).outlets[0].style or ()
    assert note.startswith("Exclamation marks: 200 in 100 sentences; in newsrooms usually at most")
    calm = [item(measures=tuple(middle.tolist())) for _ in range(LEAST)]
    assert report_on(told, calm).outlets[0].style == ()


def test_an_outlet_that_was_learned_from_is_told(tmp_path: Path) -> None:
    model = made_model(tmp_path / "model", outlets=["daily news", "al.com", "rt"])
    names = ("Daily News", "dailynews.co.uk", "al.com", "abc.example", "rt.abc.example2")
    report = report_on(model, [one for name in names for one in several(name, 0, 30)])
    told = {one.name for one in report.outlets if one.learned}
    assert told == {"Daily News", "dailynews.co.uk", "al.com", "rt.abc.example2"}
    for one in report.outlets:
        assert ("learned from" in finding(one)) == one.learned
