"""A process that serves any number of feeds on loopback addresses: `python -m tests.bench.polling.farm HOSTS`. Knows no reader.

Each answer is counted. `/~set?edition=N&validators=0|1` says what is served from now on, closes all connections, as the minutes between two
rounds would, and counts anew; `/~counts` tells.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, urlsplit

from tests.bench.polling.documents import Press

_FIRST = datetime(
    2026, 11, 1, tzinfo=UTC
)  # when edition 0 came out; one an hour since. curl drops what is not newer than what it has


def address(host: int) -> str:
    """The loopback address of a host of the farm."""
    return f"127.77.{host // 250}.{host % 250 + 1}"


class Farm:
    """What is served: which edition of all feeds, and whether an unchanged one is told as such (RFC 9110 section 13)."""

    def __init__(self) -> None:
        self._press = Press(datetime.now(UTC))
        self._edition, self._validators = 0, True
        self._counts: Counter[str] = Counter()
        self.open: set[asyncio.Transport] = set()

    def answer(self, head: bytes) -> bytes:
        """The whole answer to one request."""
        path = head.split(b" ", 2)[1].decode("ascii", "replace")
        if path.startswith("/feed/"):
            return self._feed(int(path[6:]), head)
        if path.startswith("/~set"):
            self._set(parse_qs(urlsplit(path).query))
        if path.startswith("/~"):
            return _answer("200 OK", "application/json", json.dumps(self._counts).encode())
        self._counts["other"] += 1  # robots.txt and the like
        return _answer("404 Not Found", "text/plain", b"not here\n")

    def _set(self, wanted: dict[str, list[str]]) -> None:
        self._edition, self._validators = int(wanted["edition"][0]), wanted["validators"][0] == "1"
        self._counts.clear()
        asyncio.get_running_loop().call_soon(self._close_all)  # after this very answer

    def _close_all(self) -> None:
        for connection in self.open:
            connection.close()

    def _feed(self, feed: int, head: bytes) -> bytes:
        etag = f'"{self._edition}-{feed}"'
        changed = format_datetime(_FIRST + timedelta(hours=self._edition), usegmt=True)
        validators = f"ETag: {etag}\r\nLast-Modified: {changed}\r\n" if self._validators else ""
        if self._validators and etag.encode() in head:
            self._counts["304"] += 1
            return f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n".encode()
        body, media_type = self._press.document(feed, self._edition)
        self._counts["200"] += 1
        self._counts["bytes"] += len(body)
        return _answer("200 OK", media_type, body, validators)


def _answer(status: str, media_type: str, body: bytes, more: str = "") -> bytes:
    return (
        f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body
    )


class Conversation(asyncio.Protocol):
    """One connection, kept alive unless its other end wants it closed. Requests have no bodies."""

    def __init__(self, farm: Farm) -> None:
        self._farm = farm
        self._heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._farm.open.add(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._farm.open.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while b"\r\n\r\n" in self._heard:
            head, _, self._heard = self._heard.partition(b"\r\n\r\n")
            self._transport.write(self._farm.answer(head))
            if b"connection: close" in head.lower():
                self._transport.close()


async def serve(hosts: int) -> None:
    """Serve until the other end of standard input goes away; the port is the first line said."""
    loop, farm = asyncio.get_running_loop(), Farm()
    with socket.socket() as trial:  # a port that is free on the first address is taken to be so on the others
        trial.bind((address(0), 0))
        port = trial.getsockname()[1]
    await loop.create_server(
        lambda: Conversation(farm), [address(host) for host in range(hosts)], port, backlog=1024, reuse_address=True
    )
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
