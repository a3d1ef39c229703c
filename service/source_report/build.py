"""From counts to a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from krynica.data.corpus.outlet_names import KnownOutlets
from krynica.service.source_report.comparing import compare
from krynica.service.source_report.drift import language_report
from krynica.service.source_report.figures import outlet_figures
from krynica.service.source_report.groups import group, totals
from krynica.service.source_report.judging import Judging
from krynica.service.source_report.report import Finding, Language, Outlet, Report, Share

if TYPE_CHECKING:
    from krynica.classifier.model import Model
    from krynica.service.source_report.tally import Tally

_ORDER = {Finding.MORE: 0, Finding.ABOVE_ERROR: 1, Finding.WITHIN_ERROR: 2}


def make_report(model: Model, tally: Tally) -> Report:
    """Make a report.

    Parameters
    ----------
    model
        What scored the articles.
    tally
        What was counted of them.
    """
    gathered = tally.gathered()
    judging = {
        code: Judging.of(model, code) for code in {code for one in gathered for code in one.cells}
    }
    groups = [group(one, judging) for one in sorted(gathered, key=lambda one: one.name)]
    everybody = totals(groups)
    learned = KnownOutlets(str(name) for name in model.manifest.get("outlets", ()))
    figures = [outlet_figures(one, everybody, judging, learned) for one in groups]
    outlets = sorted(compare(figures, groups, everybody), key=_place)
    shares = everybody.values()
    return Report(
        model.id,
        tuple(outlets),
        tuple(_languages(model, outlets, judging)),
        Share(sum(one.hits for one in shares), sum(one.total for one in shares)),
        tally.read_first(),
    )


def _place(one: Outlet) -> tuple[int, str, str]:
    """Order outlets by what follows and by name, never by a figure."""
    return _ORDER.get(one.finding, len(_ORDER)), one.name.casefold(), one.name


def _languages(
    model: Model, outlets: Sequence[Outlet], judging: Mapping[str, Judging]
) -> list[Language]:
    articles: Counter[str] = Counter()
    for outlet in outlets:
        articles.update(dict(outlet.languages))
    return [
        language_report(model, judging[code], number, outlets)
        for code, number in sorted(articles.items(), key=lambda one: (-one[1], one[0]))
    ]
