"""What is counted, for Prometheus: requests, their time, verdicts. Never a text, never an address.

Several workers count together, in files of a folder that the first process makes and takes away;
what a worker counted before it died stays counted.
"""

from __future__ import annotations

import os
from collections.abc import Collection

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from krynica.classifier.answer import Answer
from krynica.classifier.language import UNKNOWN
from krynica.service.web.settings import SHARED_COUNTS

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)


class Metrics:
    """Counts, under labels whose values are known beforehand."""

    def __init__(self) -> None:
        # When a count began says nothing here, and doubles the lines.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "krynica_requests",
            "Requests answered, by method, template of the route, and status.",
            ("method", "route", "status"),
            registry=registry,
        )
        self._seconds = Histogram(
            "krynica_request_seconds",
            "Seconds from the head of a request to the end of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._verdicts = Counter(
            "krynica_answers",
            "Texts answered, by verdict (or error) and language.",
            ("verdict", "language"),
            registry=registry,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer to a request."""
        method = method if method in _METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def judged(self, answer: Answer, languages: Collection[str]) -> None:
        """Count a text; a language that the model does not know is ``other``."""
        language = answer.language or UNKNOWN
        if language != UNKNOWN and language not in languages:
            language = "other"
        self._verdicts.labels(answer.verdict or "error", language).inc()

    def text(self) -> bytes:
        """Return all counts, of all workers, as Prometheus reads them."""
        registry = self._registry
        if os.environ.get(SHARED_COUNTS):
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
