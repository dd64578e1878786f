"""Reads one address over HTTP: conditionally, politely, within bounds, and never from inside the operator's network. Knows nothing of feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.feeds.answers import PERMANENT, REDIRECTS, Answer, Onward, as_fetched, target
from bot.feeds.dialling import DIALLING, Dial, ServedNames, connector
from bot.feeds.failures import refusal, told_as_trouble
from bot.feeds.guard import Guard, allowance, checked_address
from bot.feeds.lanes import Lanes
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Fetched

_MOST_REDIRECTS = 8
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Politeness and limits. `timeout` is for one whole answer, redirects included, waiting for a turn not."""

    user_agent: str  # names the program and how to reach who runs it
    timeout: timedelta = timedelta(seconds=20)
    max_bytes: int = 5_000_000  # after decompression
    concurrency: int = 32
    per_host: int = 2
    spacing: timedelta = timedelta(milliseconds=250)  # between two requests to one host
    allow_private_hosts: tuple[str, ...] = ()  # host, host:port or network; see `guard.allowance`


class HttpFetcher:
    """The `Fetcher` for the open internet. Belongs to the event loop in which it first fetches; close it there.

    `resolver` maps host names to the one loopback address and port at which they are served without TLS, whatever scheme is asked for.
    """

    def __init__(
        self,
        options: FetchOptions,
        resolver: Mapping[str, tuple[str, int]] | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        dns: AbstractResolver | None = None,
    ) -> None:
        self._options = options
        self._served = dict(resolver or {})
        self._guard = Guard(tuple(allowance(text) for text in options.allow_private_hosts), self._served)
        self._lanes = Lanes(overall=options.concurrency, per_host=options.per_host, spacing=options.spacing)
        self._now = now
        self._dns = dns
        self._names: ServedNames | None = None
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
        if self._names is not None:
            await self._names.close()
        self._session = self._names = None

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The answer (200 or 304). Validators go out exactly as they came (RFC 9110 section 13.1). Raises SourceError otherwise."""
        asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        conditions = {name: value for name, value in asked.items() if value}
        loop = asyncio.get_running_loop()
        here, permanent, left = url, True, self._options.timeout.total_seconds()
        for _ in range(_MOST_REDIRECTS + 1):
            _, host, port = checked_address(here)
            async with self._lanes.turn(host, spaced=host not in self._served):
                started = loop.time()
                answer = await self._ask(here, Dial(host, port), conditions, left)
                left -= loop.time() - started
            if isinstance(answer, Onward):
                here, permanent = answer.url, permanent and answer.permanent
                continue
            return as_fetched(answer, url, here, moved=permanent and here != url, now=self._now())
        raise SourceError(Trouble.TOO_MANY_REDIRECTS, url, detail=f"more than {_MOST_REDIRECTS} redirects")

    async def _ask(self, url: str, dial: Dial, conditions: dict[str, str], seconds: float) -> Onward | Answer:
        token = DIALLING.set(dial)
        try:
            with told_as_trouble(url, dial):
                async with (
                    asyncio.timeout(seconds),
                    self._connected().get(self._dialled(url, dial), headers=conditions, allow_redirects=False) as got,
                ):
                    return await self._answer(url, got, bool(conditions))
        finally:
            DIALLING.reset(token)

    def _connected(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._names = ServedNames(self._served, self._dns or aiohttp.DefaultResolver())
            self._session = aiohttp.ClientSession(
                connector=connector(self._guard, self._names),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._options.user_agent, "Accept": _ACCEPT},
                timeout=aiohttp.ClientTimeout(total=None),
                trust_env=False,  # a proxy would hide the address from the guard
            )
        return self._session

    def _dialled(self, url: str, dial: Dial) -> URL:
        return URL(urlunsplit(("http", *urlsplit(url)[1:])) if dial.host in self._served else url)

    async def _answer(self, url: str, got: aiohttp.ClientResponse, conditional: bool) -> Onward | Answer:
        if got.status in REDIRECTS and got.headers.get("Location", "").strip():
            return Onward(target(url, got.headers["Location"]), got.status in PERMANENT)
        if got.status == 304 and conditional:
            return Answer(got, b"")
        if got.status != 200:
            raise refusal(url, got.status, got.headers, await got.content.read(65_536), self._now())
        return Answer(got, await self._body(url, got))

    async def _body(self, url: str, got: aiohttp.ClientResponse) -> bytes:
        most = self._options.max_bytes
        if (got.content_length or 0) > most:
            raise SourceError(Trouble.TOO_LARGE, url, detail=f"over {most} bytes")
        pieces: list[bytes] = []
        size = 0
        async for piece in got.content.iter_chunked(65_536):  # decompressed
            size += len(piece)
            if size > most:
                raise SourceError(Trouble.TOO_LARGE, url, detail=f"over {most} bytes")
            pieces.append(piece)
        return b"".join(pieces)
