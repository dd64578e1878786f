"""Connections that the guard has admitted, name by name and address by address. Knows nothing of requests or answers."""

from __future__ import annotations

import errno
import socket
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.feeds.guard import Guard
from bot.feeds.wire import BoundedConnector


@dataclass(slots=True)
class Dial:
    """Whom one request means to reach, and which addresses were refused on the way."""

    host: str
    port: int
    refused: list[str] = field(default_factory=list)


# The socket factory is told an address, not the name it stands for; the context of the request carries the name to it.
DIALLING: ContextVar[Dial] = ContextVar("DIALLING")

AddrInfo = tuple[
    socket.AddressFamily | int, socket.SocketKind | int, int, str, tuple[str, int] | tuple[str, int, int, int]
]


_IDLE = 4.0  # seconds a connection is kept for the next request: robots.txt, redirects, pages; a round over thousands of hosts must not keep theirs


def connector(guard: Guard, names: AbstractResolver, most: int) -> aiohttp.TCPConnector:
    """A connector that asks the guard for every socket it makes, for bodies of `most` bytes. Must be called inside a running loop.

    Connections are kept by scheme, host name and port, so one that was admitted for a name never serves another.
    """

    def guarded_socket(info: AddrInfo) -> socket.socket:
        family, kind, protocol, _, address = info
        dial = DIALLING.get()
        if not guard.admits(dial.host, dial.port, address[0], address[1]):
            dial.refused.append(address[0])
            raise PermissionError(errno.EACCES, f"address {address[0]} is not public")
        return socket.socket(family, kind, protocol)

    return BoundedConnector(
        most=2 * most,  # chunks may be small
        resolver=names,
        socket_factory=guarded_socket,
        limit=0,
        ttl_dns_cache=60,
        keepalive_timeout=_IDLE,
    )


class ServedNames(AbstractResolver):
    """Names that are served from this machine, before those the network knows."""

    def __init__(self, served: Mapping[str, tuple[str, int]], others: AbstractResolver) -> None:
        self._served = served
        self._others = others

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The one place of a served name, else what DNS says."""
        place = self._served.get(host)
        if place is None:
            return await self._others.resolve(host, port, family)
        kind = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
        flags = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
        return [ResolveResult(hostname=host, host=place[0], port=place[1], family=kind, proto=0, flags=flags)]

    async def close(self) -> None:
        """Let the resolver beneath go."""
        await self._others.close()
