"""In which order due feeds are looked at: fair to hosts, a portion loaded at a time. Knows nothing of what a look is."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.model.feeds import Feed, FeedId
from bot.text.urls import host_of

PORTION = 100  # feeds loaded together, and reserved from then on; 32 at a time would cost twice as much


def fair_order(due: Sequence[tuple[FeedId, str]]) -> list[FeedId]:
    """Each host's first feed, then each one's second, and so on: a host with five hundred feeds comes last with most of them."""
    seen: Counter[str] = Counter()
    ranked = []
    for feed, address in due:
        host = host_of(address)
        ranked.append((seen[host], feed))
        seen[host] += 1
    return [feed for _, feed in sorted(ranked, key=lambda pair: pair[0])]


class Turns:
    """Hands out due feeds, each once. `reserve` says whether a feed is free, and makes it ours if so."""

    def __init__(
        self,
        order: Sequence[FeedId],
        load: Callable[[Sequence[FeedId]], Awaitable[tuple[Feed, ...]]],
        reserve: Callable[[FeedId], bool],
        *,
        within: timedelta | None = None,
    ) -> None:
        self._waiting = deque(order)
        self._loaded: deque[Feed] = deque()
        self._reserved: set[FeedId] = set()  # and not handed out
        self._load = load
        self._reserve = reserve
        self._turn = asyncio.Lock()
        self._until = asyncio.get_running_loop().time() + within.total_seconds() if within is not None else None

    @property
    def left(self) -> int:
        """How many were not handed out."""
        return len(self._waiting) + len(self._loaded)

    async def next(self) -> Feed | None:
        """The next feed, reserved; None when there is none, or the time is over."""
        async with self._turn:
            while not self._loaded and self._waiting and not self._over():
                await self._portion()
            feed = self._loaded.popleft() if self._loaded and not self._over() else None
        if feed is not None:
            self._reserved.discard(feed.id)
        return feed

    def end(self) -> list[FeedId]:
        """Hand out nothing any more; the feeds that were reserved in vain."""
        vain = list(self._reserved)
        for kept in (self._waiting, self._loaded, self._reserved):
            kept.clear()
        return vain

    async def _portion(self) -> None:
        ids = [self._waiting.popleft() for _ in range(min(PORTION, len(self._waiting)))]
        free = [feed for feed in ids if self._reserve(feed)]
        self._reserved.update(free)
        found = {feed.id: feed for feed in await self._load(free)}
        self._loaded.extend(found[feed] for feed in free if feed in found)

    def _over(self) -> bool:
        return self._until is not None and asyncio.get_running_loop().time() >= self._until
