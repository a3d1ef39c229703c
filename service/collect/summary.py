"""What came of a run of ``krynica collect``, in sentences: by outlet and by reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from krynica.data.corpus.labelled import ARTICLE_LABELS
from krynica.service.collect.events import Dealt
from krynica.service.collect.outlet_list import Outlet
from krynica.service.collect.state import State
from krynica.service.summary import Reasons


@dataclass
class Tally:
    """What one run told.

    Parameters
    ----------
    new
        Articles that are new, by outlet.
    passed
        Pages that were left out and will be looked at again, by outlet and reason.
    failures
        Why pages could not be fetched.
    failed
        Feeds, sitemaps and archives that could not be read, or not wholly.
    """

    new: Counter[str] = field(default_factory=Counter)
    passed: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    failures: Reasons = field(default_factory=Reasons)
    failed: int = 0

    def add(self, dealt: Dealt) -> None:
        """Count one candidate."""
        if dealt.reason is None:
            self.new[dealt.outlet] += 1
        elif not dealt.is_kept:
            self.passed[dealt.outlet][dealt.reason] += 1
        if dealt.failure is not None:
            self.failures.add(dealt.failure)

    @property
    def is_whole(self) -> bool:
        """Whether all could be fetched and read."""
        return not self.failed and not len(self.failures)


def outlet_lines(outlets: Sequence[Outlet], state: State, tally: Tally) -> Iterator[str]:
    """Yield a line for each outlet: its articles, and what was left out for which reason.

    Reasons are counted over all runs, but for those that may not hold in another.
    """
    for outlet in outlets:
        count, new = state.count(outlet.domain), tally.new[outlet.domain]
        line = f"{outlet.domain} ({outlet.label}): {_articles(count)}, {new:,} of them new"
        left_out = state.left_out(outlet.domain) + tally.passed[outlet.domain]
        if left_out:
            parts = (f"{number:,} {reason}" for reason, number in _most_first(left_out))
            line += f"; left out: {', '.join(parts)}"
        yield line


def total_lines(outlets: Sequence[Outlet], state: State) -> Iterator[str]:
    """Yield what the corpus has as a whole."""
    labels: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    foreign = 0
    for outlet in outlets:
        own = state.languages(outlet.domain)
        languages += own
        labels[outlet.label] += own.total()
        foreign += sum(count for code, count in own.items() if code not in outlet.languages)
    named = ", ".join(f"{labels[label]:,} {label}" for label in ARTICLE_LABELS)
    yield f"corpus: {_articles(labels.total())}: {named}"
    if languages:
        yield f"languages: {', '.join(f'{code} {n:,}' for code, n in _most_first(languages))}"
    if foreign:
        yield (
            f"in a language that their outlet does not print in, by the list: {_articles(foreign)}"
        )
    domains = [outlet.domain for outlet in outlets]
    if shared := state.shared_texts(domains):
        texts = "text" if shared == 1 else "texts"
        yield f"printed by several outlets word for word, and kept for each: {shared:,} {texts}"
    if others := state.elsewhere(domains):
        count = "outlet" if len(others) == 1 else "outlets"
        yield (
            f"kept in the state, and not in the corpus: {_articles(others.total())} of "
            f"{len(others):,} {count} that the list does not have, or has as contested"
        )


def _articles(count: int) -> str:
    return f"{count:,} {'article' if count == 1 else 'articles'}"


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
