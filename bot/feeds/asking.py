"""One question to one server and its answer, within bounds of time and size. Knows nothing of redirects, turns and robots.txt."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.feeds.answers import PERMANENT, REDIRECTS, Answer, Onward, target
from bot.feeds.bodies import body_of
from bot.feeds.dialling import DIALLING, Dial, ServedNames, connector
from bot.feeds.failures import refusal, trouble_of
from bot.feeds.guard import Guard, Place
from bot.feeds.unpacking import CODINGS
from bot.feeds.wire import LONGEST_HEADER, MOST_HEADERS
from bot.model.errors import SourceError

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)
_LOOKED_AT = 65_536  # bytes of an error's page


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for: `url` as it was written, `place` as it is dialled. `most` bounds the body; `cut`: a longer one is read to there."""

    url: str
    place: Place
    headers: Mapping[str, str]
    most: int
    cut: bool = False
    form: Mapping[str, str] | None = None  # posted, where there is one


class Asker:
    """Asks. Belongs to the event loop in which it first does; close it there."""

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str,
        most: int,
        first_byte: timedelta,
        now: Callable[[], datetime],
        dns: AbstractResolver | None,
    ) -> None:
        self._guard = guard
        self._served = guard.served or {}
        self._headers = {"User-Agent": user_agent, "Accept": _ACCEPT, "Accept-Encoding": CODINGS}
        self._most = most
        self._first_byte = first_byte.total_seconds()
        self._now = now
        self._dns = dns
        self._names: ServedNames | None = None
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
        if self._names is not None:
            await self._names.close()
        self._session = self._names = None

    async def ask(self, asked: Question, seconds: float) -> Onward | Answer:
        """The answer, or where it sends one. `seconds` are for all of it, the first-byte limit for its head. Raises SourceError."""
        place = asked.place
        dial = Dial(place.host, place.port)
        url = place.url.with_scheme("http") if place.host in self._served else place.url
        ends = asyncio.get_running_loop().time() + seconds
        token = DIALLING.set(dial)
        try:
            async with asyncio.timeout(min(seconds, self._first_byte)) as limit:
                session = self._session or self._connected()
                method = "GET" if asked.form is None else "POST"
                async with session.request(
                    method, url, data=asked.form, headers=asked.headers, allow_redirects=False
                ) as got:
                    if got.status == 304 and asked.headers:
                        return Answer(304, got.headers, b"")
                    limit.reschedule(ends)
                    return await self._answer(asked, got) if asked.form is None else self._posted(asked, got)
        except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
            raise trouble_of(error, asked.url, dial) from error
        finally:
            DIALLING.reset(token)

    def _connected(self) -> aiohttp.ClientSession:
        self._names = ServedNames(self._served, self._dns or aiohttp.DefaultResolver())
        self._session = aiohttp.ClientSession(
            connector=connector(self._guard, self._names, self._most),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=self._headers,
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,  # `bodies` does that within bounds
            max_headers=MOST_HEADERS,
            max_field_size=LONGEST_HEADER,
            trust_env=False,  # a proxy would hide the address from the guard
        )
        return self._session

    def _posted(self, asked: Question, got: aiohttp.ClientResponse) -> Onward | Answer:
        """A form is sent on only where the redirect says that it stays a form (RFC 9110 sections 15.4.8 and 15.4.9)."""
        if 200 <= got.status < 300:
            return Answer(got.status, got.headers, b"")
        if got.status in (307, 308) and got.headers.get("Location", "").strip():
            return Onward(target(asked.url, got.headers["Location"]), got.status in PERMANENT)
        raise refusal(asked.url, got.status, got.headers, b"", self._now())

    async def _answer(self, asked: Question, got: aiohttp.ClientResponse) -> Onward | Answer:
        status, headers = got.status, got.headers
        if status == 200:
            return Answer(status, headers, await body_of(got, asked.url, asked.most, cut=asked.cut))
        if status in REDIRECTS and headers.get("Location", "").strip():
            return Onward(target(asked.url, headers["Location"]), status in PERMANENT)
        beginning = b""
        with suppress(SourceError):
            beginning = await body_of(got, asked.url, _LOOKED_AT, cut=True)
        raise refusal(asked.url, status, headers, beginning, self._now())
