"""A comparison of two models in sentences: the verdict first, then wrong accusations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from krynica.classifier.languages import LANGUAGES
from krynica.training.check.finding import counted
from krynica.training.comparison.compare import Comparison, LanguageComparison, Rows
from krynica.training.comparison.replacing import LARGE
from krynica.training.report.summary import number, percent
from krynica.training.results.paired import Difference, Disagreement, OutletPair, Paired

_WHOLE: Mapping[str, str] = {
    "may": "B may replace A.",
    "must_not": "B must not replace A.",
    "cannot_tell": "These rows cannot tell whether B may replace A.",
}
_SHARES: Mapping[str, str] = {
    "falsely_accused": "newsrooms wrongly accused",
    "propaganda_found": "propaganda found",
    "found_less_accused": "propaganda found, less newsrooms accused",
    "clear_verdicts": "clear verdicts",
    "clear_and_right": "clear verdicts that are right, of all articles",
}
_SCORES: Mapping[str, str] = {
    "auc": "AUC",
    "brier": "Brier score",
    "log_loss": "log loss",
    "calibration_error": "calibration error",
}
_MOST_OUTLETS = 10
"""Newsrooms, and outlets of propaganda, that are listed."""
CAVEAT = (
    "p is McNemar's, exact, as if articles were independent; those of an outlet are not, so it is "
    "too small, and decides nothing over several outlets. Intervals are of outlets drawn anew."
)


def lines(result: Comparison) -> Iterator[str]:
    """Tell a comparison.

    Parameters
    ----------
    result
        The comparison.

    Yields
    ------
    str
        A line each, indented where it belongs to the one above.
    """
    yield _WHOLE[result.verdict]
    for side, one in (("A", result.a), ("B", result.b)):
        yield f"{side}: {one.name} {one.version} ({one.sha256[:12]})"
    yield _rows(result.rows)
    if known := result.known_as:
        yield f"Outlets that a model knows by another name: {_names(known)}."
    for language, found in result.languages.items():
        yield from _language(LANGUAGES[language].name, found)
    told = [one for one in result.languages.values() if one.unseen_outlets]
    if len(told) > 1 and result.together:
        yield f"All languages together, {_counts(result.together)}"
        yield from _figures(result.together)
    if told:
        yield CAVEAT


def _rows(rows: Rows) -> str:
    left = ", ".join(f"{count} {why}" for why, count in rows.left_out.items())
    return (
        f"{counted(rows.compared, 'article')} compared. Left out: {rows.learned_from} that a "
        f"model learned from, {rows.repeated} repeated, "
        f"{rows.other_language} in other languages, "
        f"{rows.not_read} known by their outlet's label alone, "
        f"{rows.not_judged} that neither model judges"
        + (f", and of the tables' other rows {left}." if left else ".")
    )


def _names(also: Mapping[str, str]) -> str:
    told = [f"{name} ({other})" for name, other in also.items()]
    more = len(told) - _MOST_OUTLETS
    return ", ".join(told[:_MOST_OUTLETS]) + (f", and {more} more" if more > 0 else "")


def _language(name: str, found: LanguageComparison) -> Iterator[str]:
    yield f"{name}: {_WHOLE[found.verdict.answer]}"
    for reason in found.verdict.reasons:
        yield f"  {reason}"
    if not found.judged_by.a:
        yield "  A does not judge articles of this language, and B does."
    if unseen := found.unseen_outlets:
        yield f"  Outlets that neither model knows, {_counts(unseen)}"
        if unseen.joined:
            yield f"    counted as one outlet by their names: {_names(unseen.joined)}"
        for line in (*_figures(unseen), *_outlets(unseen.by_outlet)):
            yield f"  {line}"
    if known := found.known_outlets:
        yield f"  Outlets that a model knows, which decide nothing, {_counts(known)}"
        for line in _figures(known):
            yield f"  {line}"


def _counts(found: Paired) -> str:
    articles, outlets, judged = found.articles, found.outlets, found.judged
    rooms = counted(outlets.journalism, "outlet")
    text = (
        f"articles of newsrooms {articles.journalism} ({rooms}), of propaganda "
        f"{articles.propaganda} ({outlets.propaganda})"
    )
    if judged.only_a or judged.only_b:
        text += f"; A alone judges {judged.only_a}, B alone judges {judged.only_b}"
    return f"{text}:"


def _figures(found: Paired) -> Iterator[str]:
    for name, said in (*_SHARES.items(), *_SCORES.items()):
        yield f"  {said}: {_beside(found.figures[name], share=name in _SHARES)}"
        if name == "falsely_accused":
            yield f"  {_mcnemar(found.mcnemar.accuses_newsrooms, 'wrongly accused by')}"
    yield f"  {_mcnemar(found.mcnemar.is_right, 'clear and right with')}"


def _beside(figure: Difference, *, share: bool) -> str:
    show, unit, times = (percent, " points", 100.0) if share else (number, "", 1.0)
    text = f"A {show(figure.a)}, B {show(figure.b)}"
    if figure.difference is None:
        return text
    digits = 1 if share else 3
    ends = figure.ends if figure.interval else ()
    between = " to ".join(f"{times * end:+.{digits}f}" for end in ends)
    return f"{text}, {times * figure.difference:+.{digits}f}{unit}" + (
        f" ({between})" if between else ""
    )


def _mcnemar(counts: Disagreement, what: str) -> str:
    return (
        f"{what} A alone {counts.only_a}, {what} B alone {counts.only_b} (p {counts.p_value:.2g})"
    )


def _outlets(outlets: Iterable[OutletPair]) -> Iterator[str]:
    """Tell the newsrooms that either model accuses, and the outlets of propaganda."""
    told = [
        one
        for one in outlets
        if one.label == "propaganda" or one.called_propaganda.a or one.called_propaganda.b
    ]
    for label, name in (("journalism", "newsroom"), ("propaganda", "outlet")):
        some = [one for one in told if one.label == label]
        some.sort(key=lambda one: one.articles < LARGE)
        for one in some[:_MOST_OUTLETS]:
            share = one.called_propaganda
            ranked = one.auc
            yield (
                f"  {name} {one.outlet}, {counted(one.articles, 'article')}: called "
                f"propaganda A {percent(share.a)}, B {percent(share.b)}"
                + (f"; AUC A {number(ranked.a)}, B {number(ranked.b)}" if ranked else "")
            )
        if len(some) > _MOST_OUTLETS:
            yield f"  … and {len(some) - _MOST_OUTLETS} more, with --json."
