"""A small server on loopback that plays sources: honest, clumsy and hostile ones, byte by byte. Knows nothing of planwatch.

Each path has a queue of scenes; the last one is played for ever. Requests are kept as they came.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import Self

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    304: "Not Modified",
    404: "Not Found",
    410: "Gone",
    429: "Too Many Requests",
}
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Lantern</title><link>https://lantern.example/</link>'
    "<language>en</language>{items}</channel></rss>"
)


def rss(*items: str) -> bytes:
    """An RSS document with these items' insides."""
    return RSS.format(items="".join(f"<item>{item}</item>" for item in items)).encode()


def item(number: int, text: str = "Something was said.") -> str:
    """The inside of an ordinary item."""
    return (
        f"<title>Story {number}</title><link>https://lantern.example/{number}</link><guid>n-{number}</guid>"
        f"<description>{text}</description><pubDate>Mon, 09 Feb 2026 10:0{number % 10}:00 +0000</pubDate>"
    )


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


Scene = Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes = b"", *, status: int = 200, length: int | None = None, **headers: str) -> Scene:
    """A whole answer; header names are written with underscores. `length` may lie."""

    async def play(asked: Asked, out: asyncio.StreamWriter) -> None:
        named = {"Content-Type": "application/rss+xml"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        size = len(body) if length is None else length
        lines = [
            f"HTTP/1.1 {status} {REASONS.get(status, 'Said')}",
            *(f"{name}: {value}" for name, value in named.items()),
        ]
        out.write("\r\n".join([*lines, f"Content-Length: {size}", "Connection: close", "", ""]).encode("utf-8") + body)
        with contextlib.suppress(ConnectionError):
            await out.drain()

    return play


def redirect(status: int, to: str) -> Scene:
    """Send on."""
    return answer(status=status, Location=to)


def with_etag(body: bytes, etag: str, changed: datetime) -> Scene:
    """An honest server: 304 for whom shows the validators exactly."""

    async def play(asked: Asked, out: asyncio.StreamWriter) -> None:
        date = format_datetime(changed, usegmt=True)
        known = asked.headers.get("if-none-match") == etag and asked.headers.get("if-modified-since") == date
        await answer(b"" if known else body, status=304 if known else 200, ETag=etag, Last_Modified=date)(asked, out)

    return play


def endless(head: str, piece: bytes, *, pause: float = 0.0, most: int = 1_000_000) -> Scene:
    """Pieces without end, until the other side leaves."""

    async def play(asked: Asked, out: asyncio.StreamWriter) -> None:
        out.write(head.encode())
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            for _ in range(most):
                await asyncio.sleep(pause)
                out.write(piece)
                await out.drain()

    return play


async def silent(asked: Asked, out: asyncio.StreamWriter) -> None:
    """Take the question and say nothing."""
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.Event().wait()


async def hang_up(asked: Asked, out: asyncio.StreamWriter) -> None:
    """Break off in the middle of the body."""
    out.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")
    await out.drain()
    out.transport.abort()


def raw(*pieces: bytes, pause: float = 0.0, reset: bool = False) -> Scene:
    """These very bytes, then the end of the connection, or (`reset`) its breaking."""

    async def play(asked: Asked, out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            for piece in pieces:
                out.write(piece)
                await out.drain()
                await asyncio.sleep(pause)
        if reset:  # without lingering, so that it is a reset and no orderly end
            out.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            out.transport.abort()

    return play


@dataclass
class FeedServer:
    """Plays scenes by path. `busiest` is the most requests it ever had under way at once. Questions for robots.txt are kept apart."""

    host: str = "127.77.0.1"
    port: int = 0
    scenes: dict[str, list[Scene]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    robots: list[Asked] = field(default_factory=list)
    busiest: int = 0
    _busy: int = 0
    _server: asyncio.Server | None = None
    _open: set[asyncio.Task[None]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._connected, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def says(self, path: str, *scenes: Scene) -> str:
        """Play these for `path`; its address."""
        self.scenes[path] = list(scenes)
        return f"http://{self.host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def _connected(self, inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(inward, out))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, inward: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await inward.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, _ = head[0].split(" ", 2)
            headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in head[1:] if line)}
            asked = Asked(method, path, headers, asyncio.get_running_loop().time())
            (self.robots if path == "/robots.txt" else self.asked).append(asked)
            await self._play(asked, out)
        out.close()

    async def _play(self, asked: Asked, out: asyncio.StreamWriter) -> None:
        queue = self.scenes.get(asked.path.partition("?")[0], [answer(status=404)])
        scene = queue.pop(0) if len(queue) > 1 else queue[0]
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            await scene(asked, out)
        finally:
            self._busy -= 1
