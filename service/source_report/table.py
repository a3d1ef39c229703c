"""A source report as a table: one row an outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from krynica.service.source_report.report import Finding, Outlet, Quartiles, Report, Share, Traits

if TYPE_CHECKING:
    import pandas as pd


def frame(report: Report) -> pd.DataFrame:
    """Return one row an outlet, in the report's order.

    Returns
    -------
    pandas.DataFrame
        Numbers of articles as whole numbers, everything else as float64 or text, missing where
        it is not told; the kinds of the columns do not hang on the outlets.
    """
    import pandas as pd

    rows = [_row(one) for one in report.outlets]
    table = pd.DataFrame(rows, columns=None if rows else ["outlet"])
    return table.astype({name: _KINDS.get(name, "float64") for name in table.columns})


def _row(one: Outlet) -> dict[str, Any]:
    first, last = one.span or (None, None)
    return {
        "outlet": one.name,
        "finding": one.finding.value,
        "learned_from": one.learned,
        "small_sample": one.finding is Finding.SMALL,
        "articles": one.articles,
        "repeats": one.repeats,
        "errors": one.errors,
        "languages": ";".join(f"{code}:{number}" for code, number in one.languages),
        "first_month": None if first is None else f"{first:%Y-%m}",
        "last_month": None if last is None else f"{last:%Y-%m}",
        "not_judged": one.unjudged,
        "judged": one.judged,
        **_share("propaganda", one.propaganda),
        **_share("journalism", one.journalism),
        **_share("unclear", one.unclear),
        **_share("propaganda_of_clear", one.accused_of_clear),
        **_quartiles("p_propaganda", one.p_propaganda),
        **_quartiles("p_persuasion", one.p_persuasion),
        "model_error": one.error if one.judged else None,
        "p_above_model_error": one.p_error,
        "others_propaganda": one.others,
        "p_unlike_others": one.p_others,
        "trend_z": one.change and one.change.z,
        "p_trend": one.change and one.change.p,
        "shift_z": one.shift and one.shift.z,
        "p_shift": one.shift and one.shift.p,
        **_traits(max(one.traits, key=lambda traits: traits.articles, default=None)),
    }


def _share(name: str, share: Share) -> dict[str, Any]:
    low, high = share.interval if share.total else (None, None)
    return {
        name: share.hits,
        f"{name}_share": share.value,
        f"{name}_low": low,
        f"{name}_high": high,
    }


def _quartiles(name: str, found: Quartiles | None) -> dict[str, Any]:
    return {
        f"{name}_first_quartile": found and found.first,
        f"{name}_median": found and found.median,
        f"{name}_third_quartile": found and found.third,
    }


def _traits(traits: Traits | None) -> dict[str, Any]:
    """Return what drift is told by, in the outlet's main language."""
    known = traits.known if traits else None
    return {
        "drift_language": traits and traits.language,
        "drift_articles": traits.articles if traits else 0,
        "drift_known_words": known and known.value,
        "drift_unlike_training": traits and traits.unlike_training.value,
        "drift_unclear": traits and traits.unclear.value,
        "drift_mean_log_odds": traits and traits.log_odds.value,
    }


_KINDS: dict[str, Literal["string", "int64", "bool"]] = {
    **dict.fromkeys(
        ("outlet", "finding", "languages", "first_month", "last_month", "drift_language"), "string"
    ),
    **dict.fromkeys(("articles", "repeats", "errors", "not_judged", "judged"), "int64"),
    **dict.fromkeys(("propaganda", "journalism", "unclear", "propaganda_of_clear"), "int64"),
    "drift_articles": "int64",
    "learned_from": "bool",
    "small_sample": "bool",
}
