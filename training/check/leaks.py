"""Terms that give an outlet away, where masking left them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from krynica.classifier.article import Article
from krynica.classifier.languages import LANGUAGES
from krynica.classifier.reading import read
from krynica.classifier.terms import is_word, ngrams
from krynica.training.check.finding import Finding, counted
from krynica.training.texts.rows import Counts

LEAST = 20
"""Fewest articles of an outlet that is looked at: of fewer a third have a word by chance."""
INSIDE, OUTSIDE = 0.3, 0.01
"""Least share of the outlet's own articles that have the term, and greatest share of all others'.
Whoever meets such a term knows the outlet, right 19 times in 20 where it prints one article in
three of the corpus, and 6 times in 10 where it prints one in twenty."""
_AROUND = 30
"""Characters on each side of a term in an example."""


@dataclass(frozen=True)
class Leak:
    """A term that gives an outlet away.

    Parameters
    ----------
    outlet, term
        Whose articles have it, and the masked form, or two of them.
    inside, outside
        Share of its articles that have it, and of all others.
    row
        Number of an article that has it.
    """

    outlet: str
    term: str
    inside: float
    outside: float
    row: int


def leaks(counts: Counts, outlet: npt.NDArray[np.object_]) -> list[Leak]:
    """Find terms that give an outlet away.

    Parameters
    ----------
    counts
        Occurrences of terms in the articles of one language, as views see them.
    outlet
        Whose they are, shape (n_rows,).

    Returns
    -------
    list of Leak
        By outlet, the commonest first; of pairs of words those of which no part is told.
    """
    names, number, size = np.unique(outlet.astype(str), return_inverse=True, return_counts=True)
    has = csr_array((counts.matrix > 0).astype(np.float64))
    ones = (np.ones(len(number)), (number, np.arange(len(number))))
    inside = csr_array(ones, shape=(len(names), len(number))) @ has
    total = np.asarray(has.sum(axis=0)).ravel()
    found: list[Leak] = []
    for at in np.flatnonzero((size >= LEAST) & (len(number) - size >= LEAST)).tolist():
        own = inside[[at]].toarray().ravel()
        share, rest = own / size[at], (total - own) / (len(number) - size[at])
        columns = np.flatnonzero((share >= INSIDE) & (rest <= OUTSIDE))
        ordered = columns[np.argsort(-share[columns], kind="stable")].tolist()
        words = {counts.terms[column] for column in ordered if is_word(counts.terms[column])}
        for column in ordered:
            term = str(counts.terms[column])
            if term not in words and (" " not in term or not words.isdisjoint(term.split())):
                continue
            rows = np.flatnonzero(number == at)
            row = int(rows[has[rows][:, [column]].toarray().ravel().argmax()])
            found.append(Leak(str(names[at]), term, share[column], rest[column], row))
    return found


def told(language: str, found: Sequence[Leak], texts: Sequence[str]) -> Iterator[Finding]:
    """Say what was found.

    Parameters
    ----------
    language
        ISO 639-1 code.
    found
        Its leaks.
    texts
        Its articles, to show where a term stands.
    """
    outlets = sorted({leak.outlet for leak in found})
    if not found:
        return
    examples = []
    for outlet in outlets:
        own = [leak for leak in found if leak.outlet == outlet]
        first = own[0]
        examples.append(
            f"{outlet}, {counted(len(own), 'term')}: “{first.term}” is in {first.inside:.0%} of "
            f"its articles and {first.outside:.1%} of others': "
            f"{_place(texts[first.row], language, first.term)}"
        )
    yield Finding(
        "leaks",
        len(found),
        f"{LANGUAGES[language].name}: {counted(len(found), 'term gives', 'terms give')} "
        f"{counted(len(outlets), 'outlet')} away, whatever is written with them. Outlets that are "
        "held out show what that is worth; better cut such phrases from the texts.",
        tuple(examples),
    )


def _place(text: str, language: str, term: str) -> str:
    """Quote the place of a term."""
    reading = read(Article(text, language=language))
    masked, tokens = list(reading.masked), reading.tokens
    for at in range(len(masked)):
        if term in set(ngrams(masked[at : at + term.count(" ") + 1])):
            start, end = tokens.start[at], tokens.end[min(at + term.count(" "), len(masked) - 1)]
            around = reading.clean.text[max(0, start - _AROUND) : end + _AROUND]
            return f"“…{' '.join(around.split())}…”"
    return ""
