"""One round of reading: due feeds are asked, what is new or edited is kept. Knows neither HTTP nor documents; ports do."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.errors import SourceError, StoreError, Trouble
from bot.model.feeds import Entry, Feed, FeedId, Fetched, Health, ParsedFeed
from bot.ports import Clock, FeedReader, FeedShelf, Fetcher, Plan
from bot.summariser.timing import after_failure, is_due, learned_interval, next_visit

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one round did; `looks` by feed name."""

    started_at: datetime
    ended_at: datetime
    looks: tuple[Look, ...]

    @property
    def read(self) -> int:
        """Feeds whose server answered well, changed or not."""
        return sum(look.error is None for look in self.looks)

    @property
    def unchanged(self) -> int:
        """Of these, how many had nothing to parse."""
        return sum(look.unchanged for look in self.looks)

    @property
    def failed(self) -> tuple[Look, ...]:
        """Looks that failed, with their errors."""
        return tuple(look for look in self.looks if look.error is not None)

    @property
    def new(self) -> int:
        """Entries never seen before."""
        return sum(look.new for look in self.looks)

    @property
    def edited(self) -> int:
        """Entries whose text is another than before."""
        return sum(look.edited for look in self.looks)


class Collector:
    """Reads feeds. `chance` gives 0–1 to spread visits; no feed is looked at twice at once, however many rounds overlap."""

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
        self._fetcher = fetcher
        self._reader = reader
        self._clock = clock
        self._chance = chance
        self._places = asyncio.Semaphore(at_once)
        self._busy: set[FeedId] = set()

    async def round(self, *, everything: bool = False, told: Callable[[Look], None] | None = None) -> Round:
        """Look at due feeds (`everything`: at all that are neither gone nor paused) and keep what they said; `told` hears of each as it ends.

        A feed that fails takes no other along. Raises StoreError once all looks have ended, if what was read could not be kept.
        """
        started = self._clock.now()
        feeds = [
            feed
            for feed in await self._store.feeds()
            if is_due(replace(feed, next_at=None) if everything else feed, started)
        ]
        idle = [feed for feed in feeds if feed.id not in self._busy]
        results = await asyncio.gather(*(self._one(feed, told) for feed in idle), return_exceptions=True)
        stopped = next((result for result in results if isinstance(result, BaseException)), None)
        if stopped is not None:
            raise stopped
        looks = tuple(result for result in results if isinstance(result, Look))
        return Round(started_at=started, ended_at=self._clock.now(), looks=looks)

    async def _one(self, feed: Feed, told: Callable[[Look], None] | None) -> Look:
        self._busy.add(feed.id)
        try:
            async with self._places:
                look = await self._look(feed)
            if told is not None:
                told(look)
            return look
        finally:
            self._busy.discard(feed.id)

    async def _look(self, feed: Feed) -> Look:
        try:
            return await self._read(feed)
        except StoreError:
            raise
        except SourceError as error:
            return await self._failed(feed, error)
        except Exception as error:  # noqa: BLE001  one feed
            return await self._failed(
                feed, SourceError(Trouble.INTERNAL, feed.address, detail=f"{type(error).__name__}: {error}"[:200])
            )

    async def _failed(self, feed: Feed, error: SourceError) -> Look:
        after = after_failure(feed, error, self._clock.now(), jitter=self._chance())
        await self._store.apply(Plan(feeds=(after,)))
        return Look(feed=after, error=error)

    async def _read(self, feed: Feed) -> Look:
        fetched = await self._fetcher.fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
        body_hash = hashlib.sha256(fetched.body).hexdigest() if fetched.status != 304 else feed.body_hash
        if body_hash == feed.body_hash:
            after = self._after(feed, fetched, changed=False, ttl=None)
            await self._store.apply(Plan(feeds=(after,)))
            return Look(feed=after, unchanged=True)
        parsed = await self._reader.read(feed, fetched)
        known = await self._store.known_entries(feed.id, [entry.id for entry in parsed.entries])
        fresh = tuple(entry for entry in parsed.entries if known.get(entry.id) != entry.content_hash)
        after = self._after(named(feed, parsed), fetched, changed=bool(fresh), ttl=parsed.ttl)
        await self._store.apply(Plan(feeds=(replace(after, body_hash=body_hash),), entries=fresh))
        edited = sum(entry.id in known for entry in fresh)
        return Look(feed=after, new=len(fresh) - edited, edited=edited)

    def _after(self, feed: Feed, fetched: Fetched, *, changed: bool, ttl: timedelta | None) -> Feed:
        now = self._clock.now()
        interval = learned_interval(feed.interval, changed=changed)
        kept = fetched.status == 304  # RFC 9110 section 15.4.5: a 304 may leave out what did not change
        return replace(
            moved(feed, fetched.permanent_url),
            health=Health.GOOD,
            trouble=None,
            trouble_detail="",
            failures=0,
            failing_since=None,
            etag=fetched.etag or (feed.etag if kept else None),
            last_modified=fetched.last_modified or (feed.last_modified if kept else None),
            checked_at=now,
            succeeded_at=now,
            changed_at=now if changed else feed.changed_at,
            interval=interval,
            next_at=next_visit(now, interval, fetched.fresh_for, fetched.retry_after, ttl, jitter=self._chance()),
        )


def moved(feed: Feed, permanent_url: str | None) -> Feed:
    """The feed after an answer that came through permanent redirects to `permanent_url`, or through none: adopted when seen twice."""
    if permanent_url is not None and permanent_url == feed.moved_to:
        return replace(feed, address=permanent_url, moved_to=None)
    return replace(feed, moved_to=permanent_url)


def named(feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed, its missing name and language taken from its document."""
    return replace(feed, name=feed.name or parsed.title or feed.url, language=feed.language or parsed.language)


def newest(entries: tuple[Entry, ...]) -> datetime | None:
    """When the newest dated entry was published."""
    return max((entry.published for entry in entries if entry.published), default=None)
