"""Runs what takes documents apart in a few processes of its own: none can hold the event loop, outlive its time or take the program along.

Knows nothing of feeds or pages.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TypeVar

from anyio import BrokenWorkerProcess, CapacityLimiter, to_process

T = TypeVar("T")
_ROOM = 1_500_000_000  # bytes of address space a worker may have; the largest document of the tests takes 400 MB of it
_bounded = False


class WorkerLost(Exception):
    """The process died over its work, or could not be started."""


class Workers:
    """At most `processes` at work at once, started when first needed and let go when idle for minutes; each answer within `patience`.

    A worker that takes longer is killed and the next work gets a fresh one. With no processes, threads of this process do
    the work: less memory, but a hostile document may then hold everything up.
    """

    def __init__(self, processes: int = 2, *, patience: timedelta = timedelta(seconds=20)) -> None:
        self._processes = processes
        self._patience = patience.total_seconds()
        self._places = asyncio.Semaphore(processes or 2)
        self._limit: CapacityLimiter | None = None

    async def run(self, work: Callable[..., T], *given: object) -> T:
        """What `work(*given)` returns or raises; both must be picklable. Raises TimeoutError, MemoryError or WorkerLost."""
        async with self._places, asyncio.timeout(self._patience):
            if not self._processes:
                return await asyncio.to_thread(work, *given)
            try:
                return await to_process.run_sync(_bound, work, given, cancellable=True, limiter=self._limiter())
            except BrokenWorkerProcess as error:
                raise WorkerLost(type(error.__cause__ or error).__name__) from error
            except OSError as error:  # no process to be had
                raise WorkerLost(str(error)) from error

    def _limiter(self) -> CapacityLimiter:
        """The library's own count, never the one that decides: waiting for a place must not use up patience."""
        self._limit = self._limit or CapacityLimiter(self._processes)
        return self._limit


def _bound(work: Callable[..., T], given: tuple[object, ...]) -> T:
    """Inside a worker: the work, after bounds were set."""
    global _bounded  # noqa: PLW0603  one process, one time
    if not _bounded:
        _bounded = True
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends its workers
        with suppress(OSError):
            os.nice(5)  # the conversation goes before the reading
        _limit_memory()
    return work(*given)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
