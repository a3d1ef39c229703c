"""``krynica serve`` as a process, for the benchmarks of the service."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LINE = re.compile(r"Krynica is at http://[^:]+:(\d+)/")


class Running:
    """A service that is ready.

    Parameters
    ----------
    process
        Its process.
    log
        Where its output goes.
    """

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        begin = time.perf_counter()
        self.process = process
        self._log = log
        while not (said := _LINE.search(self.output)):
            self._check()
        self.port = int(said.group(1))
        while not self._ready():
            self._check()
        self.seconds = time.perf_counter() - begin

    @property
    def output(self) -> str:
        """All that it said."""
        return self._log.read_text("utf-8")

    def _check(self) -> None:
        if self.process.poll() is not None:
            raise SystemExit(self.output)
        time.sleep(0.02)

    def _ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/ready", timeout=60):
                return True
        except urllib.error.HTTPError:
            return False

    def megabytes(self, name: str) -> float:
        """Return a figure of the process's memory, such as ``Rss``."""
        rollup = Path(f"/proc/{self.process.pid}/smaps_rollup").read_text("ascii")
        figure = re.search(rf"^{name}:\s+(\d+) kB", rollup, re.MULTILINE)
        return int(figure.group(1)) / 1024 if figure else float("nan")

    def memory(self) -> str:
        """Say how much memory the process holds."""
        return f"RSS {self.megabytes('Rss'):.0f} MB, PSS {self.megabytes('Pss'):.0f} MB"


@contextmanager
def running(program: Path | None = None, **env: str) -> Iterator[Running]:
    """Start the service, or a program that makes one, on a free port; stop it in the end."""
    serve = ["-m", "krynica", "serve", "--port", "0"]
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *(serve if program is None else [str(program)])],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            yield Running(process, Path(log.name))
        finally:
            process.terminate()
            process.wait(60)
