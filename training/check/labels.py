"""Labels that are none, and what they may have been meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from krynica.data.corpus.labelled import ARTICLE_LABELS, PASSAGE_LABELS, TRANSLATED
from krynica.training.check.finding import Finding, counted, listed

_KNOWN = (*ARTICLE_LABELS, *PASSAGE_LABELS)
_ALIKE = 0.75
"""Least likeness (Ratcliff and Metzener 1988, as `difflib` has it) of a slip of the pen: two wrong
letters in ten have .8, and no two labels have more than .56."""


def other_labels(labels: Mapping[str, int]) -> Iterator[Finding]:
    """Tell which labels are not learned from, and how many rows have them.

    Parameters
    ----------
    labels
        Rows by label, of those that are no label of the contract; empty for rows without one.
    """
    if not labels:
        return
    rows = sum(labels.values())
    by_count = sorted(labels, key=lambda label: (-labels[label], label))
    yield Finding(
        "other_labels",
        rows,
        f"{counted(rows, 'row is', 'rows are')} left out for labels that are not learned from "
        f"(those that are: {listed(_KNOWN)}; --labels says what others mean, such as --labels "
        "fake=propaganda,real=journalism).",
        tuple(_said(label, labels[label]) for label in by_count),
    )


def _said(label: str, rows: int) -> str:
    if not label:
        return f"no label: {counted(rows, 'row')}"
    meant = intended(label)
    hint = ""
    if meant and any(letter.isalpha() and not letter.isascii() for letter in label):
        hint = f"; it has letters of another alphabet: if “{meant}” is meant, write that"
    elif meant:
        hint = f"; if “{meant}” is meant, write it so"
    return f"“{label[:40]}”: {counted(rows, 'row')}{hint}"


def intended(label: str) -> str | None:
    """Return the label that somebody may have meant, None where there is none alike.

    Examples
    --------
    >>> intended("Propoganda ")
    'propaganda'
    >>> intended("журналістыка")
    'journalism'
    >>> intended("satire") is None
    True
    """
    plain = " ".join(label.casefold().split())
    found = get_close_matches(plain, [*_KNOWN, *TRANSLATED], 1, _ALIKE)
    return TRANSLATED.get(found[0], found[0]) if found else None
