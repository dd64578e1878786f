"""What each origin lets planwatch ask for: asked once a day at most, remembered in little room. Knows nothing of HTTP.

RFC 9309: an origin is a scheme, host and port (section 2.3); its answer is used for a day at most (section 2.4); when it cannot be had
since the server fails, nothing else is asked for there (section 2.3.1.4).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from weakref import WeakValueDictionary

from bot.feeds import robots
from bot.model.errors import SourceError, Trouble

LONGEST = timedelta(days=1)
SHORTEST = timedelta(hours=1)  # even where max-age is zero: feeds are looked at more often than rules need be
FAILED = timedelta(minutes=1)  # in which fifty feeds of a dead host learn of it by one time-out
MOST = 20_000  # origins remembered
ROOM = 8_000_000  # characters of rules remembered
_HOST_WIDE = (Trouble.DNS, Trouble.CONNECTION, Trouble.TIMEOUT, Trouble.TLS, Trouble.ADDRESS_REFUSED)

Asked = tuple[bytes, timedelta | None]  # robots.txt, and how long its server says it stays fresh


class Obeying(StrEnum):
    """Which requests robots.txt is asked about."""

    ALL = "all"
    PAGES = "pages"  # article pages: a feed is there for programs
    OFF = "off"


@dataclass(frozen=True, slots=True)
class _Known:
    until: float  # seconds since 1970
    rules: str = ""
    delay: float = 0.0
    error: SourceError | None = None


class Origins:
    """Asks each origin's robots.txt through `ask`, which raises SourceError where its server fails. Belongs to one event loop."""

    def __init__(self, ask: Callable[[str], Awaitable[Asked]], now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._now = now
        self._known: dict[str, _Known] = {}  # the longest unused first
        self._room = 0
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def admit(self, origin: str, url: str) -> float:
        """Seconds to keep between two requests there. Raises SourceError: ROBOTS where `url` is not allowed, else what asking came to."""
        known = self._fresh(origin) or await self._asked(origin)
        if known.error is not None:
            raise _again(known.error, url)
        if known.rules and not await _allowed(known.rules, url):
            left = timedelta(seconds=max(known.until - self._now().timestamp(), 0))
            raise SourceError(Trouble.ROBOTS, url, detail=f"{origin}/robots.txt forbids it", retry_after=left)
        return known.delay

    def _fresh(self, origin: str) -> _Known | None:
        known = self._known.pop(origin, None)
        if known is None:
            return None
        if not 0 < known.until - self._now().timestamp() <= LONGEST.total_seconds():  # or the clock was put back
            self._room -= len(known.rules)
            return None
        self._known[origin] = known
        return known

    async def _asked(self, origin: str) -> _Known:
        lock = self._asking.setdefault(origin, asyncio.Lock())
        async with lock:  # whoever waited finds the answer there
            return self._fresh(origin) or self._kept(origin, await self._learned(origin))

    async def _learned(self, origin: str) -> _Known:
        try:
            body, fresh = await self._ask(f"{origin}/robots.txt")
        except SourceError as error:
            wait = min(max(error.retry_after or FAILED, FAILED), SHORTEST)
            return _Known((self._now() + wait).timestamp(), error=_told(error))  # without its traceback
        rules, delay = await asyncio.to_thread(_read, body) if len(body) > robots.SMALL else _read(body)
        until = self._now() + min(max(LONGEST if fresh is None else fresh, SHORTEST), LONGEST)
        return _Known(until.timestamp(), rules, delay)

    def _kept(self, origin: str, known: _Known) -> _Known:
        self._known[origin] = known
        self._room += len(known.rules)
        while len(self._known) > MOST or self._room > ROOM:
            self._room -= len(self._known.pop(next(iter(self._known))).rules)
        return known


def _read(body: bytes) -> tuple[str, float]:
    rules = robots.own_rules(body.decode("utf-8", "replace"))
    return rules, robots.delay(rules)


async def _allowed(rules: str, url: str) -> bool:
    if len(rules) > robots.SMALL:
        return await asyncio.to_thread(robots.allows, rules, url)
    return robots.allows(rules, url)


def _again(error: SourceError, url: str) -> SourceError:
    """The same trouble for another address of that origin."""
    return SourceError(error.trouble, url, detail=error.detail, status=error.status, retry_after=error.retry_after)


def _told(error: SourceError) -> SourceError:
    """The trouble, its detail saying where it was met, unless the whole host has it."""
    detail = error.detail if error.trouble in _HOST_WIDE else f"robots.txt: {error.detail or error.status}"
    return SourceError(error.trouble, error.url, detail=detail, status=error.status, retry_after=error.retry_after)
