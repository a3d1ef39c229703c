"""Whether an article that was found becomes a row of the corpus, and which."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from krynica.classifier.language import detect
from krynica.data.net.urls import address_key, is_address, is_listing, web_address
from krynica.data.outlets import outlet_of
from krynica.service.collect.articles import ReadArticle
from krynica.service.collect.candidates import Candidate
from krynica.service.collect.outlet_list import Outlet
from krynica.service.collect.rows import Collected
from krynica.service.collect.state import State
from krynica.service.fingerprints import Fingerprint

FOREIGN = "of another outlet"
KNOWN = "under another address already"
UNDATED = "without a date"

_INCOMPLETE, _BROKEN, _LINKED = 0.5, 0.5, 0.8
"""Shares of `extraction.Extraction` below which a row says so. Chosen, not swept."""


@dataclass(frozen=True)
class Decision:
    """What becomes of a candidate.

    Parameters
    ----------
    row
        Of the corpus, or None.
    text
        Fingerprint of its text, or None.
    reason
        Why it is no row, or None.
    keys
        By what it is to be known from now on.
    is_for_good
        Whether another call, with another day, would decide so too.
    """

    row: Collected | None
    text: Fingerprint | None
    reason: str | None
    keys: tuple[str, ...]
    is_for_good: bool = True


@dataclass(frozen=True)
class Judge:
    """Decides for one outlet.

    Parameters
    ----------
    outlet
        Whose articles they are to be.
    state
        What is there already.
    since
        Day before which nothing is taken, or None.
    """

    outlet: Outlet
    state: State
    since: dt.date | None

    def is_foreign(self, url: str | None) -> bool:
        """Tell an address of another outlet, whose label would be wrong."""
        return url is not None and outlet_of(url) != self.outlet.domain

    def is_old(self, day: str | None) -> bool:
        """Tell a day that is too early; none is not."""
        return self.since is not None and day is not None and day < self.since.isoformat()

    def marks(self, candidate: Candidate) -> tuple[str, ...]:
        """Return by what a candidate may be known: for good, and for calls with this day."""
        if candidate.key is None or self.since is None:
            return () if candidate.key is None else (candidate.key,)
        return candidate.key, f"{candidate.key} since {self.since}"

    @property
    def too_early(self) -> str:
        """The reason to leave such a one out."""
        return f"before {self.since}"

    def decide(self, candidate: Candidate, url: str | None, article: ReadArticle) -> Decision:
        """Decide on an article.

        Parameters
        ----------
        candidate
            Where it is from.
        url
            Where it was found in the end, or None.
        article
            What was found.
        """
        own = _own(article, url)
        places = (place for place in (url, own) if place is not None)
        given = () if candidate.key is None else (candidate.key,)
        keys = tuple(dict.fromkeys([*given, *map(address_key, places)]))
        day = candidate.published or article.date
        if self.is_foreign(url) or self.is_foreign(own):
            # Under its own address that outlet may have it.
            return Decision(None, None, FOREIGN, given)
        if any(self.state.knows(key) for key in keys if key not in given):
            return Decision(None, None, KNOWN, keys)
        if article.instead is not None:
            return Decision(None, None, article.instead, keys)
        if self.since is not None and (day is None or self.is_old(day)):
            reason = UNDATED if day is None else self.too_early
            return Decision(None, None, reason, self.marks(candidate)[1:], is_for_good=False)
        text = Fingerprint.of(article.text)
        repeated = self.state.repeats(self.outlet.domain, text)
        if repeated is not None:
            return Decision(None, text, repeated, keys)
        return Decision(self._row(candidate, own or url, article, day, text), text, None, keys)

    def _row(
        self,
        candidate: Candidate,
        url: str | None,
        article: ReadArticle,
        day: str | None,
        text: Fingerprint,
    ) -> Collected:
        language = detect(article.text)
        found = article.extraction
        notes = {
            "feed": candidate.html is not None,
            "incomplete": found.complete < _INCOMPLETE,
            "broken": found.running < _BROKEN,
            "links": found.unlinked < _LINKED,
            "language": language not in self.outlet.languages,
        }
        return Collected(
            self.outlet.domain,
            article.text,
            candidate.title or article.title,
            url,
            day,
            language,
            f"{text.hash:016x}",
            found.quality,
            ";".join(note for note, holds in notes.items() if holds) or None,
        )


def _own(article: ReadArticle, url: str | None) -> str | None:
    """Return the address that a page gives as its own, where it can be meant.

    Some give that of the front page on all of theirs, by mistake.
    """
    if article.own_url is None:
        return None
    if url is None and not is_address(article.own_url):
        return None
    own = web_address(article.own_url, url or article.own_url)
    return None if own is None or is_listing(own) else own
