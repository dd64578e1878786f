"""Reading feeds: those that are due are asked, what is new or edited is kept. Knows neither HTTP nor documents; ports do."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.errors import SourceError, StoreError, Trouble
from bot.model.feeds import Feed, FeedId, Fetched, Health
from bot.ports import Clock, FeedReader, FeedShelf, Fetcher, Plan
from bot.services.arrivals import arrivals
from bot.services.keeping import Keeper
from bot.services.turns import Turns, fair_order
from bot.services.visits import answered, delivered
from bot.summariser.timing import after_failure

AT_ONCE = 32  # feeds under way; each may hold one body in memory


class FeedStore(FeedShelf, Protocol):
    """The part of a store that collecting needs."""

    async def apply(self, plan: Plan) -> None:
        """Write the plan in one transaction."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What came of looking at one feed."""

    feed: Feed  # as it is now
    new: int = 0
    edited: int = 0
    unchanged: bool = False  # 304, or the same bytes
    error: SourceError | None = None


@dataclass(slots=True, kw_only=True)
class Round:
    """What one round did, counted. Only looks that failed are kept, so that a round of any size takes little room."""

    started_at: datetime
    ended_at: datetime
    read: int = 0  # feeds whose server answered well, changed or not
    unchanged: int = 0  # of these, those with nothing to parse
    new: int = 0  # entries never seen before
    edited: int = 0  # entries whose text is another than before
    failed: list[Look] = field(default_factory=list)  # with their errors
    left: int = 0  # due feeds that were not begun within the time given; they are due still

    def add(self, look: Look) -> None:
        """Count one more look."""
        if look.error is not None:
            self.failed.append(look)
            return
        self.read += 1
        self.unchanged += look.unchanged
        self.new += look.new
        self.edited += look.edited


class Collector:
    """Reads feeds. `chance` gives 0-1 to spread visits; no feed is looked at twice at once, however many rounds and pushes overlap."""

    def __init__(
        self,
        *,
        store: FeedStore,
        fetcher: Fetcher,
        reader: FeedReader,
        clock: Clock,
        chance: Callable[[], float] = lambda: 0.5,
        at_once: int = AT_ONCE,
    ) -> None:
        self._store = store
        self._keeper = Keeper(store.apply)
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._chance = chance
        self._at_once = at_once
        self._busy: set[FeedId] = set()
        self._waiting: list[asyncio.Future[None]] = []

    async def round(
        self,
        *,
        everything: bool = False,
        told: Callable[[Look], None] | None = None,
        within: timedelta | None = None,
    ) -> Round:
        """Look at due feeds (`everything`: at all that are neither gone nor paused) and keep what they said; `told` hears of each as it ends.

        Feeds that cannot be begun `within` that time are left for the next round, so that one host with very many feeds,
        which are read at its own pace, keeps nobody else waiting. A feed that fails takes no other along. Raises
        StoreError, once the looks under way have ended, if what was read could not be kept.
        """
        started = self._clock.now()
        done = Round(started_at=started, ended_at=started)
        due = await self._store.due_feeds(None if everything else started)
        turns = Turns(await asyncio.to_thread(fair_order, due), self._store.feeds, self._reserve, within=within)

        def ended(look: Look) -> None:
            done.add(look)
            if told is not None:
                told(look)

        try:
            walkers = (self._walk(turns, ended) for _ in range(min(self._at_once, len(due))))
            results = await asyncio.gather(*walkers, return_exceptions=True)
        finally:
            done.left = turns.left
            self._free(*turns.end())
        for stopped in results:
            if isinstance(stopped, BaseException):
                raise stopped
        done.ended_at = self._clock.now()
        return done

    async def pushed(self, feed_id: FeedId, fetched: Fetched) -> Look | None:
        """Take in a document that a feed's hub delivered, as if it had been fetched; None when the feed is no longer followed."""
        async with self._alone_with(feed_id) as feed:
            if feed is None:
                return None
            try:
                return await self._take_in(feed, fetched)
            except SourceError as error:  # the hub's fault, not the feed's: its own server is asked instead
                after = replace(feed, next_at=None)
                await self._keeper.keep(Plan(visited=(after,)))
                return Look(feed=after, error=error)

    async def promised(self, feed_id: FeedId, until: datetime | None) -> None:
        """A feed's hub promised to push until then; None: it does not, or no longer, and the feed is polled as others are at once."""
        async with self._alone_with(feed_id) as feed:
            if feed is not None and feed.push_until != until:
                next_at = feed.next_at if until or feed.health is not Health.GOOD else None
                await self._keeper.keep(Plan(visited=(replace(feed, push_until=until, next_at=next_at),)))

    # ── whose turn ──

    async def _walk(self, turns: Turns, ended: Callable[[Look], None]) -> None:
        while (feed := await turns.next()) is not None:
            try:
                ended(await self._look(feed, self._read))
            except StoreError:
                self._free(*turns.end())
                raise
            finally:
                self._free(feed.id)

    def _reserve(self, feed: FeedId) -> bool:
        free = feed not in self._busy
        self._busy.add(feed)
        return free

    def _free(self, *feeds: FeedId) -> None:
        self._busy.difference_update(feeds)
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    @asynccontextmanager
    async def _alone_with(self, feed_id: FeedId) -> AsyncIterator[Feed | None]:
        """The feed as it is stored, once nobody else is at it, and until the body ends nobody else."""
        while not self._reserve(feed_id):
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter
        try:
            yield next(iter(await self._store.feeds([feed_id])), None)
        finally:
            self._free(feed_id)

    # ── one feed ──

    async def _look(self, feed: Feed, read: Callable[[Feed], Awaitable[Look]]) -> Look:
        try:
            return await read(feed)
        except StoreError:
            raise
        except SourceError as error:
            return await self._failed(feed, error)
        except Exception as error:  # noqa: BLE001  one feed
            problem = f"{type(error).__name__}: {error}"[:200]
            return await self._failed(feed, SourceError(Trouble.INTERNAL, feed.address, detail=problem))

    async def _failed(self, feed: Feed, error: SourceError) -> Look:
        after = after_failure(feed, error, self._clock.now(), jitter=self._chance())
        await self._keeper.keep(Plan(visited=(after,)))
        return Look(feed=after, error=error)

    async def _read(self, feed: Feed) -> Look:
        fetched = await self._fetcher.fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
        body_hash = feed.body_hash if fetched.status == 304 else hashlib.sha256(fetched.body).hexdigest()
        if body_hash == feed.body_hash:
            after = answered(feed, fetched, None, fresh=False, now=self._clock.now(), jitter=self._chance())
            await self._keeper.keep(Plan(visited=(after,)))
            return Look(feed=after, unchanged=True)
        parsed = await self._reader.read(feed, fetched)
        found = await arrivals(self._store, feed, parsed.entries)
        fresh = bool(found.entries)
        after = answered(feed, fetched, parsed, fresh=fresh, now=self._clock.now(), jitter=self._chance())
        await self._keeper.keep(Plan(visited=(replace(after, body_hash=body_hash),), entries=found.entries))
        return Look(feed=after, new=len(found.entries) - found.edited, edited=found.edited)

    async def _take_in(self, feed: Feed, fetched: Fetched) -> Look:
        parsed = await self._reader.read(feed, fetched)
        found = await arrivals(self._store, feed, parsed.entries)
        after = delivered(
            feed, fetched, parsed, fresh=bool(found.entries), now=self._clock.now(), jitter=self._chance()
        )
        await self._keeper.keep(Plan(visited=(after,), entries=found.entries))
        return Look(feed=after, new=len(found.entries) - found.edited, edited=found.edited)
