"""Ten thousand hostile requests, or more: each is answered 2xx or 4xx, none hangs, nothing leaks.

``python benchmarks/hostile.py [--requests N]`` starts the service twice with the model that ships:
as it is, with addresses allowed, and once more with a network of the attacker's, where names
change where they lead between look-ups and pages lead inwards. Every body holds a canary. Prints
the statuses by kind of attack, and the memory of the process before, half-way, and after. Exit
status 1 where an answer is 5xx, a request hangs, the canary is in the output, or anything private
was reached.
"""

from __future__ import annotations

import argparse
import http.server
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import attacks
from running import Running, running

CLIENTS = 8
INWARDS = 500
"""Requests, of all, to the service on the attacker's network."""
SECONDS = 90
"""After so long, a request hangs."""

Statuses = dict[str, Counter[str]]


def main() -> int:
    """Attack and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    requests = parser.parse_args().requests
    statuses: Statuses = {}
    with _private_server() as (port, reached):
        env = {"KRYNICA_FETCH": "true", "KRYNICA_SECONDS": "3", "KRYNICA_RATE": "0"}
        with running(**env) as server:
            _attack(server, requests // 20, 0, port, statuses)
            before = server.memory()
            half = (requests - INWARDS) // 2 - requests // 20
            _attack(server, half, 1, port, statuses)
            halfway = server.memory()
            _attack(server, requests - INWARDS - half - requests // 20, 2, port, statuses)
            after, output = server.memory(), server.output
        with running(program=attacks.NETWORK, **env, ATTACKED_PORT=str(port)) as server:
            _attack(server, INWARDS, 3, port, statuses, (attacks.inwards,))
            output += server.output
        print(f"memory before {before}; half-way {halfway}; after {after}")
    _show(statuses)
    leaked = attacks.CANARY in output
    bad = [status for one in statuses.values() for status in one if status[0] not in "24"]
    print(f"canary in the output: {leaked}; private server reached: {len(reached)} times")
    return 1 if bad or leaked or reached else 0


def _attack(
    server: Running,
    number: int,
    seed: int,
    private: int,
    statuses: Statuses,
    kinds: tuple[attacks.Kind, ...] = attacks.KINDS,
) -> None:
    def one(at: int) -> tuple[str, str]:
        chance = random.Random(f"{seed} {at}")  # noqa: S311  # the same attacks every time
        weights = [kind.weight for kind in kinds]
        kind = chance.choices(kinds, weights)[0]
        return kind.name, kind.send(server.port, private, chance, SECONDS)

    begin = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as threads:
        for name, status in threads.map(one, range(number)):
            statuses.setdefault(name, Counter())[status] += 1
    took = time.perf_counter() - begin
    print(f"{number} requests in {took:.0f} s; {server.memory()}", flush=True)


def _show(statuses: Statuses) -> None:
    total: Counter[str] = Counter()
    for name, counts in sorted(statuses.items()):
        total += counts
        said = ", ".join(f"{status}: {count}" for status, count in sorted(counts.items()))
        print(f"{name:>12}  {said}")
    said = ", ".join(f"{status}: {count}" for status, count in sorted(total.items()))
    print(f"{'all':>12}  {said}  ({total.total()} requests)")


class _private_server:  # noqa: N801  # used as a context manager's function is
    """A web server of this machine, which nobody may reach through the service."""

    def __enter__(self) -> tuple[int, list[str]]:
        reached: list[str] = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                reached.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self._server.server_port, reached

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


if __name__ == "__main__":
    sys.exit(main())
