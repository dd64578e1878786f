"""Reads one address over HTTP: conditionally, politely, within bounds, and never from inside the operator's network. Knows nothing of feeds.

The only way from `bot` to a server that somebody else named: feeds, article pages, robots.txt and lists of feeds all come through here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver

from bot.feeds.answers import Answer, Onward, as_fetched
from bot.feeds.asking import Asker, Question
from bot.feeds.guard import Guard, Place, allowance, checked_address
from bot.feeds.headers import fresh_for
from bot.feeds.lanes import Lanes
from bot.feeds.origins import Asked, Obeying, Origins
from bot.feeds.robots import MOST_READ
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Fetched

_MOST_REDIRECTS = 8
_MOST_ROBOTS_REDIRECTS = 5  # RFC 9309 section 2.3.1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """Politeness and limits. `timeout` is for one whole answer, redirects included, waiting for a turn and for robots.txt not."""

    user_agent: str  # names the program and how to reach who runs it
    timeout: timedelta = timedelta(seconds=20)
    first_byte: timedelta = timedelta(seconds=15)  # until an answer's head is there, connecting included
    max_bytes: int = 5_000_000  # of a body, packed and unpacked
    concurrency: int = 32
    per_host: int = 2
    spacing: timedelta = timedelta(milliseconds=250)  # between two requests to one host
    robots: Obeying = Obeying.ALL
    allow_private_hosts: tuple[str, ...] = ()  # host, host:port or network; see `guard.allowance`


class HttpFetcher:
    """The `Fetcher` for the open internet. Belongs to the event loop in which it first fetches; close it there.

    `resolver` maps host names to the one loopback address and port at which they are served without TLS, whatever scheme is asked for; these
    have no robots.txt.
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
        self._now = now
        self._lanes = Lanes(overall=options.concurrency, per_host=options.per_host, spacing=options.spacing)
        self._origins = Origins(self._robots_txt, now)
        self._asker = Asker(
            Guard(tuple(allowance(text) for text in options.allow_private_hosts), self._served),
            user_agent=options.user_agent,
            most=options.max_bytes,
            first_byte=options.first_byte,
            now=now,
            dns=dns,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        await self._asker.close()

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        """The answer (200 or 304). Validators go out exactly as they came (RFC 9110 section 13.1). Raises SourceError otherwise.

        `page`: it is an article's page, no feed. Every address on the way is asked for only where its robots.txt lets planwatch (RFC 9309).
        """
        conditions = {}
        if etag:
            conditions["If-None-Match"] = etag
        if last_modified:
            conditions["If-Modified-Since"] = last_modified
        obeys = self._options.robots is Obeying.ALL or (page and self._options.robots is Obeying.PAGES)
        journey = _Journey(url, conditions, self._options.max_bytes, _MOST_REDIRECTS, obeys)
        try:
            answer = await self._followed(journey)
        except SourceError as error:
            if error.trouble is Trouble.GONE and not journey.permanent:  # where it led for now is gone, not the feed
                raise SourceError(Trouble.HTTP_STATUS, url, detail="410", status=410) from error
            raise
        return as_fetched(answer, url, journey.here, moved=journey.permanent and journey.here != url, now=self._now())

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """The status, 200 to 299, after sending a form to `url`, or to where a 307 or 308 sends it on. Raises SourceError otherwise.

        robots.txt is for those who look around (RFC 9309 section 1), not for who was told to call: a feed names its hub for that.
        """
        return (await self._followed(_Journey(url, {}, 0, _MOST_REDIRECTS, obeys=False, form=form))).status

    async def _followed(self, journey: _Journey) -> Answer:
        left = self._options.timeout.total_seconds()
        loop = asyncio.get_running_loop()
        while True:
            place = checked_address(journey.here)
            served = place.host in self._served
            apart = await self._origins.admit(place.origin, str(place.url)) if journey.obeys and not served else 0.0
            async with self._lanes.turn(place.host, spaced=not served, apart=apart):
                started = loop.time()
                answer = await self._asker.ask(journey.question(place), left)
                left -= loop.time() - started
            if isinstance(answer, Answer):
                return answer
            journey.go_on(answer)

    async def _robots_txt(self, url: str) -> Asked:
        """An origin's robots.txt; nothing where its server answers that there is none for us (RFC 9309 section 2.3.1.3).

        A 429 is not taken for that: who is asked for less must not ask for more. Raises SourceError when the server fails or is not reached.
        """
        try:
            answer = await self._followed(_Journey(url, {}, MOST_READ, _MOST_ROBOTS_REDIRECTS, obeys=False, cut=True))
        except SourceError as error:
            absent = (
                error.trouble in (Trouble.TOO_MANY_REDIRECTS, Trouble.BAD_ADDRESS) or 200 <= (error.status or 0) < 500
            )
            if absent and error.status != 429:
                return b"", None
            raise
        return answer.body, fresh_for(answer.headers, self._now())


@dataclass(slots=True)
class _Journey:
    """One address and where it leads."""

    here: str
    conditions: Mapping[str, str]
    most: int
    hops: int  # redirects that may still be followed
    obeys: bool  # robots.txt
    cut: bool = False
    form: Mapping[str, str] | None = None
    permanent: bool = True  # every redirect so far (RFC 9110 sections 15.4.2 and 15.4.9)

    def question(self, place: Place) -> Question:
        return Question(self.here, place, self.conditions, self.most, self.cut, self.form)

    def go_on(self, onward: Onward) -> None:
        if not self.hops:
            raise SourceError(Trouble.TOO_MANY_REDIRECTS, self.here, detail="redirects without end")
        self.hops -= 1
        self.here, self.permanent = onward.url, self.permanent and onward.permanent
