"""Whether one model may replace another, by rules that stand here.

The first concern is wrong accusations: an accusation sticks to a newsroom, and a model that finds
more propaganda does not make up for it. So accusations can forbid a change alone, and nothing else
can allow one. The rules, for each language, on outlets that neither model knows:

B must not replace A where

- it does not judge articles of a language that A judges;
- it surely accuses newsrooms more often: the whole interval of the difference lies above zero;
- it surely accuses one newsroom more often (exact McNemar test, which holds at any size, Holm's
  correction over all newsrooms): a newsroom that is accused is not helped by the mean;
- it surely ranks worse, by more than `AUC_MARGIN`;
- it surely loses more than `_loss_margin` of what A is used for, propaganda found less newsrooms
  accused, or clear verdicts that are right: who finds nothing accuses nobody, and need not rank
  worse. Unless it surely accuses newsrooms less often: that may be worth it, and is left open.

Otherwise the rows cannot tell where

- there are fewer than `LEAST_OUTLETS` outlets of either class, counted for the ranking on rows
  that both judge, or no newsroom of `LARGE` articles;
- it may accuse newsrooms more often by more than `ACCUSED_MARGIN`, or any newsroom of `LARGE`
  articles by more than `NEWSROOM_MARGIN`: the upper ends of the intervals say so;
- it may rank worse by more than `AUC_MARGIN`, or lose more than `_loss_margin`: the lower ends say
  so; or it does not judge more than `UNJUDGED` of what A judges, of which no ranking tells.

Otherwise B may replace A. Of a language that B alone judges accusations alone are looked at, and
that it has an AUC at all: there is nothing that it could fall behind. Both models together: a
language that forbids forbids; one that cannot tell, or that has no rows, leaves it open, unless
both models hold the same numbers for it. Where B has an AUC in no language, nothing is recommended.

Intervals are of 95%. Those by outlet are of outlets drawn with replacement; that of one newsroom
is Agresti and Min's 2005 of matched shares ("Simple improved confidence intervals for comparing
matched proportions"). Of accusations in all newsrooms the wider of both holds, end by end: where
nobody is accused, outlets drawn anew accuse nobody either, however few their articles are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from krynica.training.fit.points import ACCUSED
from krynica.training.results.paired import OutletPair, Paired, Sides

Answer = Literal["may", "must_not", "cannot_tell"]

LEAST_OUTLETS = 10
"""Least number of outlets of each class. In 150 made-up corpora of outlets with a style of their
own, intervals of 95% by outlet held the true difference of two AUCs 83 to 85 times in 100 with 3 or
5 outlets a class, 89 times with 8 or 10, and 90 with 15: fewer promise what they do not keep."""
LARGE = 40
"""Fewest articles of a newsroom whose accusations are looked at alone: of 20 one is 5%."""
ACCUSED_MARGIN = ACCUSED / 2
"""Half of what a model may accuse: with a model at the promise's half, B keeps the promise."""
NEWSROOM_MARGIN = 0.05
"""What is promised of any one newsroom (`training.operating.LARGE_SHARE`); of 40 articles on which
the models agree, no less can be told."""
AUC_MARGIN = 0.02
"""Four times what the quality gate puts down to other processors, and a quarter of what it costs in
English that outlets were never seen."""
UNJUDGED = 0.05
"""Of the articles that A judges; rankings are compared on the others."""
LOST, LOST_POINTS = 0.2, 0.01
"""Of what A finds or clears rightly B may lose a fifth, or a point where that is more. A judgement:
enough for operating points that were fitted anew on a few outlets to move, and far from what would
make A's answers another thing."""
_LOSSES = {
    "found_less_accused": "propaganda found, less newsrooms accused",
    "clear_and_right": "clear verdicts that are right",
}
_RISK = 0.05


@dataclass(frozen=True)
class Verdict:
    """Whether B may replace A in a language, and why, in sentences."""

    answer: Answer
    reasons: list[str]


def language_verdict(
    found: Paired | None, judged_by: Sides[bool], *, the_same: bool = False
) -> Verdict:
    """Tell whether B may replace A in a language.

    Parameters
    ----------
    found
        Figures, each outlet's among them, of rows of outlets that neither model knows; None
        without such rows.
    judged_by
        Whether the models judge articles of the language.
    the_same
        Whether both models hold the same numbers for it.
    """
    if the_same:
        return Verdict("may", ["Both models hold the same numbers here."])
    if judged_by.a and not judged_by.b:
        reason = "B does not judge articles of this language, and A does."
        return Verdict("must_not", [reason])
    if found is None:
        reason = "Here are no articles of outlets that neither model knows."
        return Verdict("cannot_tell", [reason])
    forbidding = [*_surely_accuses(found), *_surely_ranks_worse(found)]
    if judged_by.a:
        forbidding += _surely_loses(found)
    if forbidding:
        return Verdict("must_not", forbidding)
    open_ = [*_too_few(found), *_may_accuse(found)]
    if judged_by.a:  # else there is nothing that B could rank worse than
        open_ += [*_not_ranked(found), *_may_rank_worse(found), *_may_lose(found)]
    elif found.figures["auc"].b is None:
        open_.append("How well B ranks here cannot be told: it has no AUC.")
    return Verdict("cannot_tell" if open_ else "may", open_)


def whole_verdict(answers: Collection[Answer], *, ranked: bool = True) -> Answer:
    """Return the verdict on two models, from those of every language that either judges.

    Parameters
    ----------
    answers
        Of the languages.
    ranked
        Whether any of them has an AUC of B: without one, nothing is recommended.
    """
    if "must_not" in answers:
        return "must_not"
    return "may" if answers and ranked and "cannot_tell" not in answers else "cannot_tell"


def _surely_accuses(found: Paired) -> Iterator[str]:
    low, high = _accused(found)
    change = found.figures["falsely_accused"].difference or 0.0
    if low > 0 and found.outlets.journalism >= LEAST_OUTLETS:
        yield (
            "B surely accuses newsrooms more often: "
            f"{_points(change)} ({_points(low)} to {_points(high)})."
        )
    for room in surely_accused_more(_newsrooms(found)):
        yield (
            f"B surely accuses one newsroom more often, {room.outlet}: "
            f"{_shares(room)} of {room.articles} articles."
        )


def _surely_ranks_worse(found: Paired) -> Iterator[str]:
    low, high = found.figures["auc"].ends
    if high < -AUC_MARGIN and found.outlets_both_judge.least >= LEAST_OUTLETS:
        yield (
            f"B surely ranks worse: AUC {found.figures['auc'].difference:+.3f} "
            f"({low:+.3f} to {high:+.3f})."
        )


def _too_few(found: Paired) -> Iterator[str]:
    for outlets, of in (
        (found.outlets.journalism, "Newsrooms"),
        (found.outlets.propaganda, "Outlets of propaganda"),
    ):
        if outlets < LEAST_OUTLETS:
            yield (
                f"{of} here that neither model knows: {outlets}; at least "
                f"{LEAST_OUTLETS} are needed."
            )
    if not _large(found):
        yield f"No newsroom that neither model knows has {LARGE} articles here."


def _may_accuse(found: Paired) -> Iterator[str]:
    high = _accused(found)[1]
    if high > ACCUSED_MARGIN:
        yield (
            f"B may accuse newsrooms more often by up to {_points(high)}; at most "
            f"{_points(ACCUSED_MARGIN)} is allowed."
        )
    if large := _large(found):
        worst = max(large, key=_upper)
        if _upper(worst) > NEWSROOM_MARGIN:
            yield (
                f"B may accuse one newsroom more often, {worst.outlet} ({_shares(worst)} of "
                f"{worst.articles} articles), by up to {_points(_upper(worst))}; at most "
                f"{_points(NEWSROOM_MARGIN)} is allowed."
            )


def _not_ranked(found: Paired) -> Iterator[str]:
    if found.figures["auc"].interval is None:
        yield "There are no articles of both kinds that both models judge."
    few, many = found.outlets_both_judge.least, found.outlets.least
    if 0 < few < LEAST_OUTLETS <= many:
        yield f"Both models judge articles of fewer than {LEAST_OUTLETS} outlets of a kind."
    judged = found.judged
    if judged.only_a > UNJUDGED * (judged.both + judged.only_a):
        yield (
            f"B does not judge {judged.only_a} of the {judged.both + judged.only_a} "
            f"articles that A judges; at most {UNJUDGED:.0%} is allowed."
        )


def _may_rank_worse(found: Paired) -> Iterator[str]:
    low = found.figures["auc"].ends[0]
    if low < -AUC_MARGIN:
        yield (
            f"B may rank worse, by up to {-low:.3f} of AUC; at most {AUC_MARGIN:.3f} is allowed."
        )


def _surely_loses(found: Paired) -> Iterator[str]:
    if found.outlets.least < LEAST_OUTLETS or _accused(found)[1] < 0:
        return
    for name, what in _LOSSES.items():
        figure = found.figures[name]
        low, high = figure.ends
        if high < -_loss_margin(found, name):
            yield (
                f"B surely loses too much: {what}, {_points(figure.difference or 0.0)} "
                f"({_points(low)} to {_points(high)}) of A's {figure.a:.1%}."
            )


def _may_lose(found: Paired) -> Iterator[str]:
    for name, what in _LOSSES.items():
        low, margin = found.figures[name].ends[0], _loss_margin(found, name)
        if low < -margin:
            yield (
                f"B may lose up to {_points(-low)} of A's {found.figures[name].a:.1%}: "
                f"{what}; at most {_points(margin)} is allowed."
            )


def _loss_margin(found: Paired, name: str) -> float:
    return max(LOST * (found.figures[name].a or 0.0), LOST_POINTS)


def surely_accused_more(rooms: Sequence[OutletPair]) -> list[OutletPair]:
    """Return the newsrooms that B surely accuses more often (Holm 1979, by McNemar's p-values)."""
    ordered = sorted(rooms, key=lambda room: room.mcnemar.p_value)
    found = []
    for at, room in enumerate(ordered):
        counts = room.mcnemar
        if counts.p_value > _RISK / (len(ordered) - at):
            break
        if counts.only_b > counts.only_a:
            found.append(room)
    return found


def matched_interval(only_a: int, only_b: int, rows: int) -> tuple[float, float]:
    """Return the interval of a difference of matched shares, b less a (Agresti & Min 2005).

    Parameters
    ----------
    only_a, only_b
        Rows on which one alone says yes.
    rows
        All rows.
    """
    total, more, fewer = rows + 2.0, only_b + 0.5, only_a + 0.5
    middle = (more - fewer) / total
    half = 1.96 * sqrt(more + fewer - (more - fewer) ** 2 / total) / total
    return max(-1.0, middle - half), min(1.0, middle + half)


def _accused(found: Paired) -> tuple[float, float]:
    """Return the interval of the difference in wrong accusations."""
    counts = found.mcnemar.accuses_newsrooms
    of_articles = matched_interval(counts.only_a, counts.only_b, found.articles.journalism)
    of_outlets = found.figures["falsely_accused"].ends
    return min(of_articles[0], of_outlets[0]), max(of_articles[1], of_outlets[1])


def _large(found: Paired) -> list[OutletPair]:
    return [room for room in _newsrooms(found) if room.articles >= LARGE]


def _newsrooms(found: Paired) -> list[OutletPair]:
    return [one for one in found.by_outlet if one.label == "journalism"]


def _upper(room: OutletPair) -> float:
    """Return by how much B may accuse a newsroom more often."""
    counts = room.mcnemar
    return matched_interval(counts.only_a, counts.only_b, room.articles)[1]


def _points(value: float) -> str:
    return f"{100 * value:+.1f} points" if value < 0 else f"{100 * value:.1f} points"


def _shares(room: OutletPair) -> str:
    share = room.called_propaganda
    return f"A {share.a:.1%}, B {share.b:.1%}"
