"""Dates of feeds: what was meant, or nothing.

RSS has dates by RFC 822 and Atom by RFC 3339, which are read at once. All else that people write
goes to `dateparser`, in five languages, and only where day, month and year all stand there:
feedparser takes 1709622000 for a day in April 2017, and 10:15 for today.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from email.utils import parsedate_to_datetime

_LONGEST = 60
"""Characters of a date, its day of the week and its zone included."""
_RFC_822 = re.compile(
    r"(?:[a-z]{3},? )?\d{1,2} [a-z]{3} \d{2,4} \d\d:\d\d(?::\d\d)?"
    r"(?: ?(?:[+-]\d{4}|gmt|utc?|z|[ecmp][sd]t))?",
    re.IGNORECASE,
)
_RFC_3339 = re.compile(r"\d{4}-?\d\d-?\d\d(?:[T ]\d\d.*)?", re.IGNORECASE)
_EPOCH = re.compile(r"(1\d{9})(?:\.\d+|\d{3})?")
"""Seconds or thousandths of 1970, in the years from 2001 to 2033."""
_EITHER = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])/(0?[1-9]|1[0-2])/\d{2,4}(?!\d)")
"""A day before its month, or behind it: nobody can tell."""
_PARTS = {
    "REQUIRE_PARTS": ["day", "month", "year"],
    "DATE_ORDER": "DMY",
    "PREFER_LOCALE_DATE_ORDER": False,
    "PARSERS": ["absolute-time"],
}
_LANGUAGES = ["en", "ru", "be", "uk", "pl"]


def moment(said: object) -> str | None:
    """Return a date as ISO 8601 in UTC, to the second, or None where it cannot be told.

    Parameters
    ----------
    said
        As the feed has it. What names no zone is taken as UTC; a day alone begins at midnight.

    Examples
    --------
    >>> moment("05.03.2024 10:00"), moment("12 студзеня 2023")
    ('2024-03-05T10:00:00+00:00', '2023-01-12T00:00:00+00:00')
    >>> moment("yesterday")
    """
    text = " ".join(str(said or "").split()).replace("МСК", "MSK")
    if not text or len(text) > _LONGEST:
        return None
    try:
        found = _standard(text) or _else(text)
        return None if found is None else _written(found)
    except (ValueError, OverflowError, OSError):
        return None


def _standard(text: str) -> dt.datetime | None:
    """Read a date that is as it should be, or seconds."""
    try:
        if _RFC_822.fullmatch(text):
            return parsedate_to_datetime(text)
        if _RFC_3339.fullmatch(text):
            return dt.datetime.fromisoformat(text)
        if match := _EPOCH.fullmatch(text):
            return dt.datetime.fromtimestamp(int(match[1]), tz=dt.UTC)
    except ValueError:
        pass
    return None


def _else(text: str) -> dt.datetime | None:
    if _EITHER.search(text) or not re.search(r"\d\D+\d|\d\D*[^\W\d]{3}", text):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        found: dt.datetime | None = dateparser.parse(text, languages=_LANGUAGES, settings=_PARTS)
    return found


def _written(moment: dt.datetime) -> str | None:
    """Return a moment, or None outside the years that feeds can mean.

    The first year of computers' clocks stands for no date.
    """
    known = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    in_utc = known.astimezone(dt.UTC).replace(microsecond=0)
    return in_utc.isoformat() if 1970 < in_utc.year < 2100 else None
