"""Set phrases of pages as one regular expression."""

from __future__ import annotations

import re


def any_of(phrases: str) -> re.Pattern[str]:
    """Return what finds any of a list of phrases.

    Parameters
    ----------
    phrases
        Regular expressions, one a line, in which a space stands for any blanks, and ``~`` for some
        words of the same sentence.

    Examples
    --------
    >>> bool(any_of("log in ~ to read").search("Please log in or register to read."))
    True
    """
    lines = (line.strip() for line in phrases.splitlines() if line.strip())
    whole = "|".join(
        line.replace(" ~ ", r"\b[^.!?\n]{0,60}?\b").replace(" ", r"\s+") for line in lines
    )
    return re.compile(rf"\b(?:{whole})", re.IGNORECASE)
