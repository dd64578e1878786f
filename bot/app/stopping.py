"""Ends the program within five seconds of SIGTERM or Ctrl-C, whatever it is doing. Knows nothing of what runs."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

LEAVE_S = 4.0  # what is running has this long to end by itself once told
THREADS_S = 0.5  # and threads that take a document apart this long after it
_THREADS = "planwatch-thread"


class Stopping:
    """Tells whoever runs that it is time, and knows whether it listens yet."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self._listens = False

    def may_take_leave(self) -> None:
        """From now on the work listens to `stop` and ends by itself; before, it is cut off."""
        self._listens = True

    @property
    def patience(self) -> float:
        """Seconds to wait for the work to end by itself."""
        return LEAVE_S if self._listens else 0.0


async def until_stopped(work: Callable[[Stopping], Awaitable[int]]) -> int:
    """Do the work until it ends or a signal comes; its exit status, 0 where it was cut off. A second signal ends the program at once."""
    loop, stopping = asyncio.get_running_loop(), Stopping()
    threads = ThreadPoolExecutor(8, thread_name_prefix=_THREADS)
    loop.set_default_executor(threads)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _told, loop, stopping)
    working = asyncio.ensure_future(work(stopping))
    waiting = asyncio.ensure_future(stopping.stop.wait())
    try:
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            await asyncio.wait({working}, timeout=stopping.patience)
        working.cancel()
        waiting.cancel()
        status = await _status(working)
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
    if stopping.stop.is_set():
        _leave(threads, status)
    return status


def _told(loop: asyncio.AbstractEventLoop, stopping: Stopping) -> None:
    stopping.stop.set()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(number)


async def _status(working: asyncio.Future[int]) -> int:
    with suppress(asyncio.CancelledError):
        return await working
    return 0


def _leave(threads: ThreadPoolExecutor, status: int) -> None:
    """Python waits without end for a thread that is still at work; everything is closed by now, so we do not."""
    threads.shutdown(wait=False, cancel_futures=True)
    for thread in threading.enumerate():
        if thread.name.startswith(_THREADS):
            thread.join(THREADS_S)
            if thread.is_alive():
                logging.shutdown()
                sys.stdout.flush()
                os._exit(status)
