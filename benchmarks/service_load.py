"""``krynica serve`` under load: 500-word texts at 1 client and at 50, against bare ``/health``.

``python benchmarks/service_load.py`` starts the service with the model that ships, and prints
milliseconds, requests a second, their ratio to ``/health`` in the same run, seconds until ready,
and the memory of the worker. Exit status 1 where an answer is lost, or is neither 200 nor 429.
"""

from __future__ import annotations

import http.client
import json
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from running import Running, running

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples"
WORDS = 500
REQUESTS = {1: 300, 50: 1000}

Ask = Callable[[http.client.HTTPConnection, int], int]


def texts() -> list[str]:
    """Return texts of 500 words, each begun at another place of the samples of a language."""
    made = []
    for language in ("be", "en", "pl", "ru", "uk"):
        paths = sorted(SAMPLES.glob(f"{language}-*.txt"))
        lines = [line for path in paths for line in path.read_text("utf-8").splitlines()]
        words = " \n".join(lines).split(" ")
        begins = range(0, len(words), max(1, len(words) // 20))
        made += [" ".join(islice(cycle(words[at:] + words[:at]), WORDS)) for at in begins]
    return made


def main() -> int:
    """Measure and print; return the exit status."""
    bodies = [json.dumps({"text": text}).encode() for text in texts()]

    def score(connection: http.client.HTTPConnection, number: int) -> int:
        headers = {"Content-Type": "application/json"}
        body = bodies[number % len(bodies)]
        connection.request("POST", "/v1/score", body, headers)
        return _read(connection)

    def health(connection: http.client.HTTPConnection, _number: int) -> int:
        connection.request("GET", "/health")
        return _read(connection)

    good = True
    with running() as server:
        print(f"ready after {server.seconds:.2f} s; memory {server.memory()}")
        print(f"{'':>10} {'clients':>8} {'p50 ms':>8} {'p95 ms':>8} {'a second':>9}  statuses")
        for clients, number in REQUESTS.items():
            bare = _measure(server, clients, number, health, "/health")
            asked = _measure(server, clients, number, score, "/v1/score")
            good &= asked[3] <= {200, 429} and asked[4] == number
            ratios = [one / other for one, other in zip(asked[:3], bare[:3], strict=True)]
            print(f"{'ratio':>10} {clients:>8} " + " ".join(f"{ratio:>8.1f}" for ratio in ratios))
        print(f"memory {server.memory()}")
    return 0 if good else 1


def _read(connection: http.client.HTTPConnection) -> int:
    answer = connection.getresponse()
    answer.read()
    return answer.status


def _measure(
    server: Running, clients: int, number: int, ask: Ask, name: str
) -> tuple[float, float, float, set[int], int]:
    """Send requests from several clients; return p50, p95, throughput, statuses, and answers."""
    took: list[float] = []
    statuses: Counter[int] = Counter()
    numbers = iter(range(number))
    lock = threading.Lock()

    def next_numbers() -> Iterator[int]:
        while True:
            with lock:
                at = next(numbers, None)
            if at is None:
                return
            yield at

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        for at in next_numbers():
            start = time.perf_counter()
            status = ask(connection, at)
            seconds = time.perf_counter() - start
            with lock:
                took.append(seconds * 1000)
                statuses[status] += 1
        connection.close()

    threads = [threading.Thread(target=client) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(took) / (time.perf_counter() - start)
    p50, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    said = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
    print(f"{name:>10} {clients:>8} {p50:>8.1f} {p95:>8.1f} {rate:>9.1f}  {said}")
    return p50, p95, rate, set(statuses), len(took)


if __name__ == "__main__":
    sys.exit(main())
