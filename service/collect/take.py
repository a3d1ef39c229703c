"""One candidate after the other: fetched where need be, read, decided on, and kept."""

from __future__ import annotations

from dataclasses import replace

from krynica.classifier.errors import AddressError, GivenUpError, UnreadableError
from krynica.data.feeds.item_text import is_whole
from krynica.data.net.fetcher import Fetcher
from krynica.data.net.politeness import is_passing
from krynica.service.collect.articles import Articles, ReadArticle
from krynica.service.collect.candidates import Candidate, Page
from krynica.service.collect.events import Dealt, Event
from krynica.service.collect.judge import FOREIGN, Judge
from krynica.service.errors import explain
from krynica.service.producers import Producers

PAGE_KINDS = ("text/html", "application/xhtml+xml")

NOT_FETCHED = "not to be fetched"
LISTED = "at an address of lists"
NOWHERE = "without an address"
TOO_LARGE = "too large to read"


class EnoughError(Exception):
    """The outlet has as many articles as are wanted."""


class Taker:
    """Takes the candidates of one outlet.

    Parameters
    ----------
    judge
        Decides for that outlet, and knows the state.
    limit
        Articles that it may have, or None.
    fetcher, articles
        Who fetches, and who reads.
    producers
        Is told what comes of it.
    """

    def __init__(
        self,
        judge: Judge,
        limit: int | None,
        fetcher: Fetcher,
        articles: Articles,
        producers: Producers[Event],
    ) -> None:
        self._judge, self._limit = judge, limit
        self._fetcher, self._articles, self._producers = fetcher, articles, producers
        self._domain, self._state = judge.outlet.domain, judge.state
        self._count = self._state.count(self._domain)

    def take(self, candidate: Candidate) -> bool:
        """Deal with a candidate; tell whether that is settled, and not to be tried again.

        Raises
        ------
        EnoughError
            If no more are wanted.
        classifier.errors.GivenUpError
            If its host is asked for nothing more in this run.
        """
        self._producers.check()
        if self._limit is not None and self._count >= self._limit:
            raise EnoughError
        if any(map(self._state.knows, self._judge.marks(candidate))):
            return True
        if reason := self._obstacle(candidate):
            return self._leave_out(reason)
        known = () if candidate.key is None else (candidate.key,)
        try:
            url, article, candidate = self._read(candidate)
        except GivenUpError:
            raise
        except AddressError as error:
            keys = () if is_passing(error) else known
            return self._leave_out(NOT_FETCHED, keys, explain(error))
        except UnreadableError as error:
            return self._leave_out(str(error), known)
        return self._decide(candidate, url, article)

    def _obstacle(self, candidate: Candidate) -> str | None:
        """Return why a candidate is not even looked at, or None; another call may do so."""
        if candidate.key is None:
            return NOWHERE
        if self._judge.is_foreign(candidate.url):
            return FOREIGN
        if candidate.is_list:
            return LISTED
        if self._judge.is_old(candidate.published or candidate.modified):
            return self._judge.too_early
        return None

    def _read(self, candidate: Candidate) -> tuple[str | None, ReadArticle, Candidate]:
        """Return where a candidate was found in the end, its article, and whose text it is."""
        if candidate.html is not None:
            try:
                article = self._articles.of_item(candidate.html)
            except UnreadableError:
                article = None
            if article is not None and is_whole(article.text):
                return candidate.url, article, candidate
            candidate = replace(candidate, html=None)
        url, page = candidate.url, candidate.page
        if page is None:
            found = self._fetcher.get(str(url), kinds=PAGE_KINDS)
            url, page = found.url, Page(found.data, found.charset)
        if page.data is None:
            raise UnreadableError(TOO_LARGE)
        return url, self._articles.of_page(page.data, url, page.charset), candidate

    def _decide(self, candidate: Candidate, url: str | None, article: ReadArticle) -> bool:
        made = self._judge.decide(candidate, url, article)
        if made.row is None or made.text is None:
            return self._leave_out(str(made.reason), made.keys, is_for_good=made.is_for_good)
        # Once the run is stopped, its table is being written.
        self._producers.check()
        self._state.add(made.row, made.text, made.keys)
        self._count += 1
        self._producers.tell(Dealt(self._domain, None))
        return True

    def _leave_out(
        self,
        reason: str,
        keys: tuple[str, ...] = (),
        failure: str | None = None,
        *,
        is_for_good: bool = True,
    ) -> bool:
        """Count what is no row; without keys it is not remembered. Tell whether it is settled."""
        # A reader that was ended with the program has found nothing out.
        self._producers.check()
        if keys:
            self._state.leave_out(self._domain, keys, reason if is_for_good else None)
        is_kept = bool(keys) and is_for_good
        self._producers.tell(Dealt(self._domain, reason, failure, is_kept))
        return bool(keys) or failure is None
