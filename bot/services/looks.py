"""Looks at sites for people in chats: bounded in time and number, one at a time a chat. Knows no wording; asks sites by the sources' rules."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.model.chats import ChatRef
from bot.model.errors import NotNow
from bot.ports import Clock
from bot.present.views import FeedThere, SiteView
from bot.services.sources import Sources

PATIENCE = timedelta(seconds=25)  # for one look; Discord forgets a question after fifteen minutes, people much sooner
OFTEN = 3  # looks a chat may ask for within a MINUTE
MINUTE = timedelta(minutes=1)
AT_ONCE = 4  # looks of all chats together; each asks a site up to seven times
IN_LINE = 4 * AT_ONCE  # looks begun or waiting: nobody waits longer than four times PATIENCE


class Looks:
    """The looks of one bot. What it remembers of chats is forgotten after a minute."""

    def __init__(self, sources: Sources, clock: Clock) -> None:
        self._sources = sources
        self._clock = clock
        self._places = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[ChatRef] = set()
        self._begun: dict[ChatRef, tuple[datetime, ...]] = {}

    async def look(self, chat: ChatRef, address: str) -> SiteView:
        """The feeds of a site, and which of them are read here. Raises NotNow, SourceError."""
        with self._turn(chat):
            async with self._places:
                found = await self._sources.discover(address, within=PATIENCE)
            known = await self._sources.followed([each.url for each in found])
        feeds = (FeedThere(url=each.url, title=each.title, known=known.get(each.url)) for each in found)
        return SiteView(address=address, feeds=tuple(feeds))

    @contextmanager
    def _turn(self, chat: ChatRef) -> Iterator[None]:
        """One look at a time, and few a minute. Raises NotNow."""
        now = self._clock.now()
        self._begun = {ref: kept for ref, times in self._begun.items() if (kept := _lately(times, now))}
        begun = self._begun.get(chat, ())
        if chat in self._under_way:
            raise NotNow
        if len(begun) >= OFTEN:
            raise NotNow(begun[0] + MINUTE - now)
        if len(self._under_way) >= IN_LINE:
            raise NotNow(PATIENCE)
        self._begun[chat] = (*begun, now)
        self._under_way.add(chat)
        try:
            yield
        finally:
            self._under_way.discard(chat)


def _lately(times: tuple[datetime, ...], now: datetime) -> tuple[datetime, ...]:
    return tuple(each for each in times if abs(now - each) < MINUTE)  # a clock put back shuts nobody out
