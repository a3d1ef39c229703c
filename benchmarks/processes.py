"""What a process and all that it starts cost, for the benchmarks: time, CPU and memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_EVERY = 0.25
"""Seconds between two looks."""
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """What a run cost.

    Parameters
    ----------
    seconds, cpu
        Time of the clock, and CPU time of all processes.
    memory
        Proportional set size of all processes together, in MB, at each look: what they share
        counts once.
    said
        Standard error.
    """

    seconds: float
    cpu: float
    memory: list[float]
    said: str

    @property
    def peak(self) -> float:
        """Greatest memory seen, in MB."""
        return max(self.memory)

    def between(self, begin: float, end: float) -> float:
        """Return the greatest memory in a part of the run, of which both ends are shares."""
        count = len(self.memory)
        return max(self.memory[int(begin * count) : max(int(end * count), 1)])


def measure(command: Sequence[str], **env: str) -> Cost:
    """Run a command to its end, looking at it and its children all the while.

    Raises
    ------
    SystemExit
        If it fails; status 1, rows without an answer, is no failure.
    """
    begin = time.perf_counter()
    process = subprocess.Popen(
        command, env={**os.environ, **env}, stderr=subprocess.PIPE, text=True
    )
    ticks: dict[int, int] = {}
    memory: list[float] = []
    while process.poll() is None:
        alive = _family(process.pid)
        ticks |= {pid: used for pid in alive if (used := _ticks(pid))}
        memory.append(sum(map(_megabytes, alive)))
        time.sleep(_EVERY)
    seconds = time.perf_counter() - begin
    said = process.stderr.read() if process.stderr else ""
    if process.returncode not in {0, 1}:
        raise SystemExit(said)
    return Cost(seconds, sum(ticks.values()) / _TICK, memory or [0.0], said)


def _family(pid: int) -> list[int]:
    """Return a process and all below it that are alive."""
    found, new = [pid], [pid]
    while new:
        new = [child for parent in new for child in _children(parent)]
        found += new
    return found


def _children(pid: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        return [int(c) for task in tasks for c in (task / "children").read_text().split()]
    except OSError:
        return []


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _megabytes(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
