"""Texts that are not what their row says: page code, another language, two labels, repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from krynica.classifier.language import UNKNOWN, detect
from krynica.classifier.languages import LANGUAGES
from krynica.data.corpus.labelled import HTML, NOT_ARTICLE, NOT_ARTICLES, Corpus
from krynica.training.check.finding import Finding, counted, listed, quoted
from krynica.training.corpus.prepare import READ_ELSEWHERE, read_elsewhere
from krynica.training.limits import MINIMUM_WORDS

_NAMES = {1: "propaganda", 0: "journalism"}


def texts(corpus: Corpus, groups: npt.NDArray[np.int64]) -> Iterator[Finding]:
    """Look texts over.

    Parameters
    ----------
    corpus
        As it was read.
    groups
        Near-duplicates among its articles have the same number.
    """
    yield from _left_out(corpus.left_out)
    articles = corpus.articles
    yield from _languages(articles, "unknown_languages", "article")
    yield from _languages(corpus.passages, "unknown_languages_of_passages", "passage")
    yield from _other_language(articles)
    if articles.empty:
        return
    told = ~read_elsewhere(articles, groups)
    if rows := int((~told).sum()):
        yield Finding(
            "read_elsewhere",
            rows,
            f"{counted(rows, 'article is', 'articles are')} left out: {READ_ELSEWHERE}.",
        )
    yield from _contradicting(articles[told], groups[told])
    yield from _repeated(articles[told], groups[told])
    short = sum(len(text.split()) < MINIMUM_WORDS for text in articles["text"])
    if short:
        yield Finding(
            "short_texts",
            short,
            f"{counted(short, 'article has', 'articles have')} fewer than {MINIMUM_WORDS} words, "
            "too few to be judged by a model; they are learned from all the same.",
        )


def _left_out(left_out: dict[str, int]) -> Iterator[Finding]:
    for why, kind, advice in (
        (HTML, "html", " Extract the text first, as krynica collect does."),
        ("no text", "no_text", ""),
        (
            "no outlet",
            "no_outlet",
            " Articles are held out by outlet, so each needs its name, or "
            "its address in “url”; --outlet-column and --url-column name other columns.",
        ),
    ):
        if rows := left_out.get(why):
            one, many = (
                ("holds a page's HTML instead of text", "hold a page's HTML instead of text")
                if kind == "html"
                else (f"has {why}", f"have {why}")
            )
            said = counted(rows, f"row {one}, and is", f"rows {many}, and are")
            yield Finding(kind, rows, f"{said} left out.{advice}")
    short = {kind: left_out.get(f"{NOT_ARTICLE} {kind}", 0) for kind in NOT_ARTICLES}
    if rows := sum(short.values()):
        told = listed(f"{kind} ({count:,})" for kind, count in sorted(short.items()) if count)
        yield Finding(
            "short_kinds",
            rows,
            f"{counted(rows, 'row is', 'rows are')} left out for a kind that is too short for an "
            f"article's label: {told}.",
        )


def _languages(rows: pd.DataFrame, kind: str, what: str) -> Iterator[Finding]:
    unknown = Counter(language for language in rows["lang"] if language not in LANGUAGES)
    if total := unknown.total():
        told = listed(f"{language} ({count:,})" for language, count in unknown.most_common())
        yield Finding(
            kind,
            total,
            f"{counted(total, f'{what} is', f'{what}s are')} left out for languages that Krynica "
            f"does not read: {told}. It reads {', '.join(LANGUAGES)}.",
        )


def _other_language(articles: pd.DataFrame) -> Iterator[Finding]:
    known = articles[articles["lang"].isin(list(LANGUAGES))]
    found = known["text"].map(detect) if len(known) else known["lang"]
    wrong = known[(found != known["lang"]) & (found != UNKNOWN)]
    if len(wrong):
        yield Finding(
            "other_language",
            len(wrong),
            f"{counted(len(wrong), 'article does', 'articles do')} not read like the language that "
            "the table says; what it says is believed.",
            tuple(
                f"{said}, but reads like {read} ({outlet}): {quoted(text)}"
                for said, read, outlet, text in zip(
                    wrong["lang"], found[wrong.index], wrong["outlet"], wrong["text"], strict=True
                )
            ),
        )


def _contradicting(articles: pd.DataFrame, groups: npt.NDArray[np.int64]) -> Iterator[Finding]:
    labels = articles["label"].groupby(groups).transform("nunique").to_numpy()
    disputed = articles[labels > 1]
    if disputed.empty:
        return
    by_text = disputed.groupby(groups[labels > 1], sort=True)
    yield Finding(
        "contradicting_labels",
        len(disputed),
        f"{counted(len(by_text), 'text stands', 'texts stand')} under both labels, in "
        f"{counted(len(disputed), 'row')}; all of them are left out.",
        tuple(f"{quoted(rows['text'].iloc[0])} ({_whose(rows)})" for _, rows in by_text),
    )


def _whose(rows: pd.DataFrame) -> str:
    pairs = dict.fromkeys(zip(rows["outlet"], rows["label"].map(_NAMES), strict=True))
    return listed((f"{outlet}: {label}" for outlet, label in pairs), 4)


def _repeated(articles: pd.DataFrame, groups: npt.NDArray[np.int64]) -> Iterator[Finding]:
    agreed = (articles["label"].groupby(groups).transform("nunique") == 1).to_numpy()
    articles, groups = articles[agreed], groups[agreed]
    repeats = len(groups) - len(np.unique(groups))
    if not repeats:
        return
    told = articles[["outlet"]].assign(group=groups)
    outlets = told.drop_duplicates().groupby("group")["outlet"].agg(sorted)
    several = outlets[outlets.map(len) > 1]
    across = int(told["group"].isin(several.index).sum()) - len(several)  # the first is no repeat
    pairs = Counter(pair for names in several for pair in combinations(names, 2))
    where = f", {across:,} of them across outlets" if across else ""
    yield Finding(
        "near_duplicates",
        repeats,
        f"{counted(repeats, 'article repeats', 'articles repeat')} another one nearly word for "
        f"word{where}; the first of each is kept.",
        tuple(
            f"{one} and {other}: {counted(count, 'text')}"
            for (one, other), count in pairs.most_common()
        ),
    )
