"""Outlets drawn from the profile's own distribution fit; others do not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from krynica.classifier.model import Model
from krynica.service.source_report.item import Item
from krynica.service.source_report.lines import drift_lines
from krynica.service.source_report.report import Fit, Language, Report
from tests.service.source_report.made import item, made_model, report_on

SHARES = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
HELD_OUT, ARTICLES = 60, 60


class Outlet:
    """What an outlet is like, and articles of it: shares and means that vary from outlet to outlet.

    Parameters
    ----------
    known, odds, unclear
        How much lower, higher and higher they are than in training.
    """

    def __init__(
        self, rng: np.random.Generator, known: float = 0.0, odds: float = 0.0, unclear: float = 0.0
    ) -> None:
        self.rng = rng
        self.known = rng.normal(0.9 - known, 0.01)
        self.odds = rng.normal(-1.5 + odds, 0.6)
        self.unlike = rng.beta(1, 60)
        self.unclear = min(rng.beta(4, 8) + unclear, 1.0)

    def articles(self, number: int) -> dict[str, Any]:
        """Draw articles."""
        rng = self.rng
        return {
            "known": np.clip(rng.normal(self.known, 0.02, number), 0, 1),
            "log_odds": rng.normal(self.odds, 1.5, number),
            "unlike_training": rng.random(number) < self.unlike,
            "unclear": rng.random(number) < self.unclear,
        }

    def items(self, name: str, number: int) -> list[Item]:
        """Draw articles as a run meets them."""
        drawn = self.articles(number)
        rows = zip(*(drawn[key].tolist() for key in drawn), strict=True)
        return [
            item(
                name,
                "unclear" if unclear else "journalism",
                p_propaganda=1 / (1 + np.exp(-odds)),
                known=known,
                why_unclear="unlike_training" if unlike else None,
            )
            for known, odds, unlike, unclear in rows
        ]


def profile(rng: np.random.Generator) -> dict[str, Any]:
    """Describe outlets held out, as training does."""
    drawn = [Outlet(rng).articles(ARTICLES) for _ in range(HELD_OUT)]

    def quantiles(name: str) -> list[float]:
        found: list[float] = np.quantile([one[name].mean() for one in drawn], SHARES).tolist()
        return found

    names = ("known", "unlike_training", "unclear")
    return {
        "articles": HELD_OUT * ARTICLES,
        "least_articles": 20,
        "outlets": {"journalism": HELD_OUT, "propaganda": 3},
        "shares": list(SHARES),
        **{name: quantiles(name) for name in names},
        "log_odds": {"journalism": quantiles("log_odds"), "propaganda": None},
        "pooled": {name: float(np.mean([one[name].mean() for one in drawn])) for name in names},
    }


@pytest.fixture(scope="module")
def profiled(tmp_path_factory: pytest.TempPathFactory) -> Model:
    folder = tmp_path_factory.mktemp("profiled")
    return made_model(folder, profile={"en": profile(np.random.default_rng(0))})


def incoming(
    model: Model, seed: int, outlets: int = 14, number: int = 50, **shifted: float
) -> Report:
    rng = np.random.default_rng(seed)
    rows: list[Item] = []
    for n in range(outlets):
        rows += Outlet(rng, **shifted).items(f"{n}.example", number)
    return report_on(model, rows)


def english(report: Report) -> Language:
    (found,) = report.languages
    return found


@pytest.mark.parametrize("number", [20, 80])
def test_articles_like_those_of_training_fit(profiled: Model, number: int) -> None:
    found = [english(incoming(profiled, seed, number=number)).fit for seed in range(1, 31)]
    assert found.count(Fit.FITS) >= 28
    assert set(found) <= {Fit.FITS, Fit.UNUSUAL}


@pytest.mark.parametrize(
    ("shifted", "name", "says"),
    [
        ({"known": 0.03}, "known", "with fewer words that the model knows"),
        ({"unclear": 0.4}, "unclear", "with more unclear verdicts"),
        ({"odds": -2.5}, "log_odds", "with probabilities that lie farther out"),
    ],
)
def test_a_shift_makes_the_model_old(
    profiled: Model, shifted: dict[str, float], name: str, says: str
) -> None:
    one = english(incoming(profiled, 1, **shifted))
    assert one.fit is Fit.UNUSUAL
    assert "These articles are unusual" in one.says
    assert says in one.says
    amiss = {figure.name: figure for figure in one.compared if figure.p <= 0.05}
    assert set(amiss) == {name}
    assert amiss[name].outside >= 5  # of 14, where one would be usual


def test_figures_stand_beside_those_of_training(profiled: Model) -> None:
    known = next(
        f for f in english(incoming(profiled, 1, known=0.03)).compared if f.name == "known"
    )
    assert known.pooled == pytest.approx(0.87, abs=0.01)
    assert known.pooled_then == pytest.approx(0.9, abs=0.01)
    assert known.low == pytest.approx(0.9 - 1.645 * 0.01, abs=0.01)


@pytest.mark.parametrize(("outlets", "number"), [(4, 50), (14, 19)])
def test_too_few_articles_tell_nothing(profiled: Model, outlets: int, number: int) -> None:
    one = english(incoming(profiled, 1, outlets=outlets, number=number, known=0.1))
    assert one.fit is Fit.TOO_FEW
    assert one.says.startswith("Too few articles to tell")


def test_of_few_outlets_held_out_nothing_is_concluded(tmp_path: Path) -> None:
    made = profile(np.random.default_rng(0)) | {"outlets": {"journalism": 3, "propaganda": 0}}
    one = english(incoming(made_model(tmp_path, profile={"en": made}), 1, outlets=5, known=0.1))
    assert one.fit is Fit.TOO_FEW


def test_a_model_without_a_profile_says_so(model: Model) -> None:
    report = incoming(model, 1)
    assert english(report).fit is Fit.NO_PROFILE
    (line,) = drift_lines(report)
    assert line.startswith("English: This model has no training profile")


def test_a_language_without_articles_says_so(profiled: Model) -> None:
    report = report_on(profiled, [item(), item(language="pl", p_propaganda=None)])
    polish = next(one for one in report.languages if one.code == "pl")
    assert "learned from no articles in this language" in polish.says


def test_articles_without_outlets_are_no_outlet(profiled: Model) -> None:
    rng = np.random.default_rng(0)
    rows = [one for _ in range(20) for one in Outlet(rng, known=0.1).items("", 50)]
    assert english(report_on(profiled, rows)).fit is Fit.TOO_FEW


def test_each_outlet_is_compared_with_itself_earlier(profiled: Model) -> None:
    rng = np.random.default_rng(0)
    days = [dt.date(2025, month, 1) for month in (2, 9)]
    rows = [
        item(f"{n}.example", date=day, p_propaganda=float(rng.uniform(0.2, 0.8) - lower))
        for n in range(6)
        for day in days
        for lower in [0.15 if n == 0 and day.month == 9 else 0.0]
        for _ in range(60)
    ]
    found = {one.name: one.shift for one in report_on(profiled, rows).outlets}
    assert [name for name, shift in found.items() if shift and shift.found] == ["0.example"]
    shift = found["0.example"]
    assert shift is not None
    assert shift.z < 0


@pytest.mark.parametrize(("known", "fit"), [((0.87, 0.87), Fit.UNUSUAL), ((1.0, 0.74), Fit.FITS)])
def test_what_few_articles_explain_is_not_outside(
    profiled: Model, known: tuple[float, float], fit: Fit
) -> None:
    rows = [
        item(f"{n}.example", "journalism", p_propaganda=0.2, known=known[number % 2])
        for n in range(14)
        for number in range(20)
    ]
    assert english(report_on(profiled, rows)).fit is fit
