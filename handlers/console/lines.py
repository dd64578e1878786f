"""Typed lines as they come, from a terminal, a pipe or a file, without ever holding the program up. Knows no commands.

What the event loop can watch (terminals, pipes) is watched; a thread that sits in a blocking read would hold the lock of standard input
when the program ends. The rest (files, texts in memory) never blocks and is read in a thread.
"""

from __future__ import annotations

import asyncio
import codecs
import os
from collections.abc import AsyncIterator, Callable
from typing import Protocol, TextIO

LONGEST = 8_000  # characters of a line that are kept
_AT_ONCE = 65_536
_WAITING = 256  # lines read ahead before reading pauses


class _Source(Protocol):
    async def next(self) -> str | None: ...

    def close(self) -> None: ...


async def typed_lines(stream: TextIO, stop: asyncio.Event, before: Callable[[], None]) -> AsyncIterator[str]:
    """Lines until the input ends or `stop`; `before` is called before each is waited for."""
    source: _Source = _watched(stream) or _Read(stream)
    stopping = asyncio.ensure_future(stop.wait())
    try:
        while not stop.is_set():
            before()
            coming = asyncio.ensure_future(source.next())
            await asyncio.wait({coming, stopping}, return_when=asyncio.FIRST_COMPLETED)
            line = coming.result() if coming.done() else None
            coming.cancel()
            if line is None:
                return
            yield line
    finally:
        stopping.cancel()
        source.close()


def _watched(stream: TextIO) -> _Watched | None:
    """None where the loop cannot watch: files, texts in memory, Windows."""
    try:
        return _Watched(stream.fileno())
    except (OSError, ValueError, NotImplementedError):
        return None


class _Watched:
    """Reads what is there when the loop says that something is."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._begun = ""
        self._listening = False
        self._ended = False
        self._listen()

    async def next(self) -> str | None:
        if not self._listening and not self._ended and self._queue.qsize() < _WAITING:
            self._listen()
        return await self._queue.get()

    def close(self) -> None:
        self._pause()

    def _listen(self) -> None:
        self._loop.add_reader(self._descriptor, self._take)
        self._listening = True

    def _pause(self) -> None:
        if self._listening:
            self._loop.remove_reader(self._descriptor)
        self._listening = False

    def _take(self) -> None:
        try:
            data = os.read(self._descriptor, _AT_ONCE)
        except BlockingIOError:
            return
        except OSError:  # a terminal that was closed
            data = b""
        *whole, self._begun = (self._begun + self._decoder.decode(data, final=not data)).split("\n")
        self._begun = self._begun[:LONGEST]
        for line in whole:
            self._queue.put_nowait(line[:LONGEST])
        if not data:
            self._end()
        elif self._queue.qsize() >= _WAITING:
            self._pause()

    def _end(self) -> None:
        self._pause()
        self._ended = True
        if self._begun:
            self._queue.put_nowait(self._begun)
        self._queue.put_nowait(None)


class _Read:
    """Reads a line in a thread when one is wanted."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    async def next(self) -> str | None:
        try:
            line = await asyncio.to_thread(self._stream.readline, LONGEST)
        except (OSError, ValueError):  # closed, or no text
            return None
        return line or None

    def close(self) -> None:
        return
