"""What figures are called, and the sentences that say what follows from them."""

from __future__ import annotations

from krynica.classifier.languages import LANGUAGES
from krynica.service.render import figure
from krynica.service.source_report.report import (
    LEAST,
    Change,
    Compared,
    Finding,
    Outlet,
    Quartiles,
    Report,
    Share,
)

SUMMARY = (
    "This report says how articles read, not who is guilty of anything. A share of accused "
    "articles is no score: read the articles before you say a word about an outlet."
)


LEARNED = "The model learned from an outlet of this name, so its verdicts here are flattered."


def language_name(code: str) -> str:
    """Return the English name of a language; all that are not ours are one."""
    return LANGUAGES[code].name if code in LANGUAGES else "other languages"


def percent(value: float | None, digits: int = 1) -> str:
    """Write a share; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}%}"


def interval(share: Share) -> str:
    """Write a share's interval; nothing where there is no share."""
    low, high = share.interval
    return f"{percent(low)} to {percent(high)}" if share.total else ""


def with_interval(share: Share) -> str:
    """Write a share with its interval behind it."""
    return f"{percent(share.value)} ({interval(share)})" if share.total else "–"


def number(count: int, one: str, several: str | None = None) -> str:
    """Write a number of things."""
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def finding(one: Outlet) -> str:
    """Say in a sentence what can be concluded from an outlet's share of accused articles."""
    error, rest = percent(one.error), percent(one.others)
    above = f"surely above the {error} the model may get wrong"
    within = f"not {above}" if one.propaganda.hits else "none accused"
    like = f"Like the others: {above}, but not surely above the {rest} of all others."
    said = {
        Finding.MORE: f"Stands out: {above}, and the {rest} of all others. Read its articles.",
        Finding.ABOVE_ERROR: f"Alone here: {above}." if one.others is None else like,
        Finding.WITHIN_ERROR: f"No finding: {within}.",
        Finding.SMALL: f"Small sample, fewer than {LEAST} judged: nothing can be concluded.",
        Finding.NO_VERDICTS: "No verdicts: none of its articles could be judged.",
        Finding.MIXED: "Not one outlet: nothing is concluded.",
    }[one.finding]
    return f"{said} {LEARNED}" if one.learned else said


def changed(change: Change | None, what: str) -> str:
    """Say whether something changed over time."""
    if change is None:
        return f"{what}: too few dated articles to tell."
    if not change.found:
        return f"{what}: no change that could not be chance."
    return f"{what}: {'rising' if change.z > 0 else 'falling'} (adjusted p {p_value(change.p)})."


def p_value(p: float) -> str:
    """Write a p-value."""
    return "below 0.001" if p < 0.001 else f"{p:.3f}"


def no_verdicts(report: Report) -> str:
    """Say in which languages no verdict is given; nothing where there are none."""
    told = [
        f"{language_name(one.code)} ({number(one.articles, 'article')})"
        for one in report.languages
        if not one.verdicts
    ]
    if not told:
        return ""
    return f"In no share, as the model gives no verdicts in them: {', '.join(told)}."


def quartiles(found: Quartiles | None) -> tuple[str, str]:
    """Write a median, and the quartiles around it."""
    if found is None:
        return "–", ""
    return figure(found.median), f"{figure(found.first)} to {figure(found.third)}"


def changes(report: Report) -> list[tuple[str, str]]:
    """Say what changed in which outlet, by name."""
    told = [
        (one.name, changed(change, what))
        for one in report.outlets
        for change, what in (
            (one.change, "share accused"),
            (one.shift, "probabilities of propaganda"),
        )
        if change is not None and change.found
    ]
    return sorted(told)


def unchanged(report: Report) -> str:
    """Say that nothing changed, or that nobody can tell."""
    if all(one.change is None and one.shift is None for one in report.outlets):
        return "Too few articles bear a date to tell."
    return (
        "In no outlet is there a change that could not be chance, the number of outlets "
        "allowed for."
    )


def shifted(report: Report) -> str:
    """Say in how many outlets probabilities moved over their own time."""
    asked = [one.shift for one in report.outlets if one.shift is not None]
    if not asked:
        return "Too few articles bear a date to tell whether an outlet's scores shifted over time."
    moved = sum(change.found for change in asked)
    return (
        f"Scores shifted over an outlet's own time in {moved} of {number(len(asked), 'outlet')} "
        "with dates enough."
    )


_COMPARED = {
    "known": "Words that the model knows",
    "unlike_training": "Articles unlike training",
    "unclear": "Unclear verdicts",
    "log_odds": "Mean log-odds of propaganda",
}


def compared_name(one: Compared) -> str:
    """Return what a figure of drift is called."""
    return _COMPARED[one.name]


def compared_value(one: Compared, value: float | None) -> str:
    """Write a value of a figure of drift."""
    if value is None or one.name != "log_odds":
        return percent(value)
    return f"{value:+.1f}"


def usual_range(one: Compared) -> str:
    """Write the range of a figure of drift."""
    low, high = compared_value(one, one.low), compared_value(one, one.high)
    if one.low is None:
        return f"up to {high}"
    return f"from {low}" if one.high is None else f"{low} to {high}"
