"""A reader for tests, which stops, dies or swells where it is told so."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from krynica.data.readers.child import serve


def read(_head: dict[str, Any], data: bytes) -> dict[str, Any]:
    if data == b"sleep":
        time.sleep(60)
    if data == b"die":
        os._exit(1)
    if data == b"end":
        os.kill(os.getpid(), signal.SIGKILL)  # as the system does when the time is over
    if data == b"fill":
        return {"length": len(bytes(10_000_000_000))}
    return {"length": len(data)}


if __name__ == "__main__":
    serve(read, memory=500_000_000, seconds=60)
