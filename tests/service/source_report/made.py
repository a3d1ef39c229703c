"""Articles made here, and reports on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from krynica.classifier.measures import MEASURES
from krynica.classifier.model import Model, load_model
from krynica.service.rows import Scored
from krynica.service.source_report.build import make_report
from krynica.service.source_report.item import Item
from krynica.service.source_report.report import Finding, Outlet, Report
from krynica.service.source_report.tally import Tally
from tests.service.tiny import write_tiny_model

METRICS = {
    "en": {"readings": {"accused_newsrooms": 0.03}},
    "pooled": {
        "newsrooms": [
            {"outlet": "loud", "texts": 88, "accused": 0.034, "interval": [0.012, 0.095]},
            {"outlet": "calm", "texts": 40, "accused": 0.0, "interval": [0.0, 0.088]},
        ]
    },
}
ERROR = 0.034
"""What the model made here may get wrong."""
_MEASURES = (0.0,) * len(MEASURES)
P = {"propaganda": 0.95, "journalism": 0.1, "unclear": 0.5}


def made_model(folder: Path, **manifest: Any) -> Model:
    """Make a model that gives verdicts in English alone."""
    return load_model(write_tiny_model(folder / "model", **{"metrics": METRICS} | manifest))


_PLACES = {field.name for field in fields(Item)}


def item(outlet: str | None = "a.example", verdict: str = "unclear", **changed: Any) -> Item:
    """Make an article; what is not of an item goes to its cells, or to what was scored."""
    cells = {
        "verdict": verdict,
        "p_propaganda": P.get(verdict),
        "reading": None if verdict not in P else 4 * P[verdict],
        "genre": "news" if verdict in P else None,
        "p_persuasion": 0.4,
        "language": "en",
        "why_unclear": None,
        "model_version": "0.1",
        "error": None,
    }
    mine: dict[str, Any] = dict.fromkeys(_PLACES) | {"outlet": outlet, "place": "row 0"}
    scored: dict[str, Any] = {"known": 0.9, "measures": _MEASURES}
    for name, value in changed.items():
        (cells if name in cells else mine if name in _PLACES else scored)[name] = value
    return Item(**mine | {"scored": Scored(cells, **scored)})


def failed(outlet: str = "a.example") -> Item:
    """Make a row that could not be read."""
    cells = dict.fromkeys(item().scored.cells) | {"error": "The text is empty."}
    return Item(outlet, None, None, None, "row 0", Scored(cells, None, None, None, None), None)


def several(outlet: str, accused: int, total: int, **changed: Any) -> list[Item]:
    """Make so many articles, so many of them accused, the others unclear."""
    return [
        item(outlet, "propaganda" if n < accused else "unclear", place=f"row {n}", **changed)
        for n in range(total)
    ]


def simulated(
    rng: np.random.Generator, rates: Sequence[float], sizes: tuple[int, int] = (25, 120)
) -> list[Item]:
    """Make outlets with true rates of accusation, of sizes drawn from a range, over a year."""
    items = []
    for number, rate in enumerate(rates):
        for _ in range(int(rng.integers(*sizes))):
            accused = rng.random() < rate
            verdict = "propaganda" if accused else "unclear"
            day = dt.date(2025, 1, 1) + dt.timedelta(int(rng.integers(365)))
            p = float(rng.uniform(0.9, 1.0) if accused else rng.uniform(0.2, 0.9))
            items.append(item(f"outlet{number:02d}.example", verdict, date=day, p_propaganda=p))
    return items


def report_on(model: Model, items: Iterable[Item]) -> Report:
    """Report on articles."""
    tally = Tally()
    for one in items:
        tally.add(one)
    return make_report(model, tally)


def named(report: Report, name: str) -> Outlet:
    """Return the outlet of a name."""
    (found,) = (one for one in report.outlets if one.name == name)
    return found


def standing_out(report: Report) -> list[str]:
    """Return the names of outlets that stand out."""
    return [one.name for one in report.outlets if one.finding is Finding.MORE]
