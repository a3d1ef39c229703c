"""Outlets: how many there are to hold out, and whether they are what their names say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import pandas as pd

from krynica.classifier.cleaning import TO_LATIN
from krynica.classifier.languages import LANGUAGES
from krynica.data.corpus.labelled import Basis
from krynica.data.outlets import outlet_of
from krynica.training.check.finding import Finding, counted, listed, quoted
from krynica.training.fit.points import LEAST_NEWS, LEAST_ROOMS

_MOST = 0.5
"""Share of a class from which one outlet stands for nearly all of it: more than all others."""


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def day(value: object) -> str:
    """Return the day of a cell in ISO 8601; empty where it names none."""
    found = _DAY.match(str(value))
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:  # such as 30 February
        return ""


def outlets(articles: pd.DataFrame) -> Iterator[Finding]:
    """Tell of each language what there is to learn from, and to hold out.

    Parameters
    ----------
    articles
        Prepared articles.
    """
    known = articles[articles["lang"].isin(list(LANGUAGES))]
    for language, rows in known.groupby("lang", sort=True):
        yield from _language(LANGUAGES[str(language)].name, rows)
    if len(known):
        yield from _newsrooms(known)


def _newsrooms(articles: pd.DataFrame) -> Iterator[Finding]:
    """Tell whether newsrooms are enough to show how many would be accused wrongly."""
    plain = articles[articles["newsroom"] & (articles["label"] == 0)]
    rooms = plain["outlet"].nunique()
    if rooms < LEAST_ROOMS or len(plain) < LEAST_NEWS:
        yield Finding(
            "few_newsrooms",
            rooms,
            f"Nobody will be accused: {counted(len(plain), 'plain text')} of "
            f"{counted(rooms, 'newsroom')} cannot show how many others would be accused wrongly; "
            f"{LEAST_NEWS} of {LEAST_ROOMS} are the least, labelled `journalism` by their outlet.",
        )


def _language(name: str, rows: pd.DataFrame) -> Iterator[Finding]:
    classes = {label: rows[rows["label"] == label] for label in (0, 1)}
    loud = classes[1]
    rooms, sources = classes[0]["outlet"].nunique(), loud["outlet"].nunique()
    yield Finding(
        "language",
        len(rows),
        f"{name}: {counted(len(classes[0]), 'article')} of journalism, of "
        f"{counted(rooms, 'outlet')}, and {len(loud):,} of propaganda, of "
        f"{counted(sources, 'outlet')}; {_dated(rows)}.",
    )
    for label, kind in ((0, "journalism"), (1, "propaganda")):
        sizes = classes[label]["outlet"].value_counts()
        if len(sizes) > 2 and sizes.iloc[0] > _MOST * sizes.sum():
            yield Finding(
                "one_outlet_prevails",
                int(sizes.iloc[0]),
                f"{name}: {sizes.index[0]} has {sizes.iloc[0]:,} of {sizes.sum():,} articles of "
                f"{kind}, more than all other outlets together.",
            )
    yield from _days(name, classes)


def _dated(rows: pd.DataFrame) -> str:
    days = sorted(found for value in rows["date"] if (found := day(value)))
    if not days:
        return "none has a day"
    share = f"{len(days) / len(rows):.0%}" if len(days) < len(rows) else "all"
    return f"{share} have a day, {days[0]} to {days[-1]}"


def _days(name: str, classes: Mapping[int, pd.DataFrame]) -> Iterator[Finding]:
    days = {
        label: sorted(found for value in rows["date"] if (found := day(value)))
        for label, rows in classes.items()
    }
    rows = pd.concat(classes.values())
    odd = [str(x) for x in rows["date"] if not pd.isna(x) and str(x).strip() and not day(x)]
    if odd:
        yield Finding(
            "unread_days",
            len(odd),
            f"{name}: the dates of {counted(len(odd), 'article')} name no day that can be read, "
            f"such as {quoted(odd[0])}; days are written 2024-02-03.",
        )
    today = date.today().isoformat()  # noqa: DTZ011  # a day as people write it
    if ahead := sum(found > today for every in days.values() for found in every):
        yield Finding(
            "days_to_come",
            ahead,
            f"{name}: {counted(ahead, 'article has', 'articles have')} a day that is yet to come.",
        )
    news, loud = days[0], days[1]
    if news and loud and (news[-1] < loud[0] or loud[-1] < news[0]):
        yield Finding(
            "days_apart",
            len(news) + len(loud),
            f"{name}: newsrooms are of {news[0]} to {news[-1]} and propaganda outlets of "
            f"{loud[0]} to {loud[-1]}; what was new in one time would pass for style.",
        )


def names(articles: pd.DataFrame, together: Mapping[str, str]) -> Iterator[Finding]:
    """Tell of outlets that go by several names, and of names that stand for both labels.

    Parameters
    ----------
    articles
        As they were read, with the columns ``outlet``, ``label`` and ``url``.
    together
        Copies, and the outlet that each is held together with.
    """
    for kept in sorted(set(together.values())):
        copies = sorted(name for name, of in together.items() if of == kept)
        every = [kept, *copies]
        yield Finding(
            "copied_outlets",
            len(every),
            f"{len(every)} names stand for one outlet, by their articles: {listed(every)}; they "
            "are held together as one.",
            tuple(every),
        )
    yield from _alike(articles["outlet"].replace(dict(together)).unique())
    sides = articles.groupby("outlet")["label"].nunique()
    scored = set(articles.loc[articles["basis"] == Basis.SCORE.value, "outlet"])
    if both := [name for name in sides.index[sides > 1] if name not in scored]:
        yield Finding(
            "both_labels",
            len(both),
            f"{counted(len(both), 'outlet stands', 'outlets stand')} under both labels, and can "
            f"never be held out cleanly: {listed(both)}.",
        )
    yield from _addresses(articles)


def _alike(outlets: Iterable[str]) -> Iterator[Finding]:
    """Tell of names that people would read as one."""
    seen: dict[str, list[str]] = {}
    for outlet in sorted(outlets):
        # Small and capital letters have other twins: в has none, В is a B.
        letters = "".join(filter(str.isalnum, outlet.upper().translate(TO_LATIN)))
        seen.setdefault(letters, []).append(outlet)
    several = [under for under in seen.values() if len(under) > 1]
    if several:
        yield Finding(
            "alike_names",
            sum(map(len, several)),
            f"{counted(len(several), 'outlet goes', 'outlets go')} by names that differ in marks "
            "or in letters of two alphabets that look alike; give each one name, or it is on both "
            "sides of every split.",
            tuple(listed(under) for under in several),
        )


def _addresses(articles: pd.DataFrame) -> Iterator[Finding]:
    rows = articles[articles["url"].map(lambda url: isinstance(url, str))]
    if rows.empty:
        return
    domain = rows["url"].map(outlet_of)
    found = rows.assign(domain=domain)[domain.notna()].groupby("domain")["outlet"].unique()
    several = found[found.map(len) > 1]
    if len(several):
        yield Finding(
            "one_address",
            int(several.map(len).sum()),
            f"{counted(len(several), 'address holds', 'addresses hold')} articles under several "
            "outlets' names; if these are one newsroom, give it one name, or it is on both sides "
            "of every split.",
            tuple(f"{name}: {listed(sorted(under))}" for name, under in several.items()),
        )
