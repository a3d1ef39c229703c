"""Threads beside the event loop, and an orderly queue before them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from krynica.classifier.errors import KrynicaError

T = TypeVar("T")


class BusyError(KrynicaError):
    """Too much is waiting; whoever asks should come back later."""


class Queue:
    """Work of one kind: so many pieces at a time, the others in the order in which they came.

    Who waits does so in the event loop, so that whoever goes away leaves the queue at once.

    Parameters
    ----------
    threads
        Pieces at a time.
    seconds
        Longest wait for a turn.
    most
        Most pieces that may wait; None for any number.
    """

    def __init__(self, threads: int, seconds: float, most: int | None = None) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="krynica")
        self._turns = asyncio.Semaphore(threads)
        self._seconds = seconds
        self._most = most
        self._waiting = 0
        self._running = 0

    @property
    def is_idle(self) -> bool:
        """Whether no thread has anything to do."""
        return not self._running

    async def run(self, work: Callable[[], T]) -> T:
        """Do a piece of work in a thread.

        Raises
        ------
        BusyError
            If its turn does not come in time, or too many wait for theirs.
        """
        await self._turn()
        loop = asyncio.get_running_loop()
        future = self._threads.submit(work)
        self._running += 1

        def end(_: object) -> None:
            # The turn is over when the thread is free, which is later where the client is gone.
            with suppress(RuntimeError):  # the loop has ended, and nobody waits
                loop.call_soon_threadsafe(self._end)

        future.add_done_callback(end)
        return await asyncio.wrap_future(future)

    async def _turn(self) -> None:
        if self._most is not None and self._waiting >= self._most:
            raise BusyError("Too many requests are waiting already; try again in a moment.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._turns.acquire()
        except TimeoutError:
            message = "The service is busy; try again in a moment."
            raise BusyError(message) from None
        finally:
            self._waiting -= 1

    def _end(self) -> None:
        self._running -= 1
        self._turns.release()

    def close(self) -> None:
        """Begin nothing more, and wait for nothing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
