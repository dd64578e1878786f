"""Addresses people give: what feed they stand for, or which feeds their site has. Knows neither HTTP nor documents nor stores."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed, FeedId, Fetched, ParsedFeed
from bot.model.topics import TopicId
from bot.ports import FeedReader, Fetcher
from bot.text.urls import host_of, link_key, typed_address

PATIENCE = timedelta(minutes=1)  # for a site with all its feeds
_TRIED = 6  # candidates of a site that are really asked for


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a page points to."""

    url: str
    title: str = ""


class FeedFinder(Protocol):
    """Finds feeds in a page."""

    def find(self, fetched: Fetched) -> tuple[FoundFeed, ...]:
        """Feeds the page points to, likeliest first. Asks nobody."""
        ...


def new_feed(
    url: str, *, name: str = "", language: str | None = None, topics: Sequence[str] = (), official: bool = False
) -> Feed:
    """A feed never read yet. Its id depends on its address only, whatever its spelling."""
    mark = hashlib.sha256(link_key(url).encode()).hexdigest()[:8]
    host = host_of(url).removeprefix("www.")[:60]
    kept = tuple(TopicId(topic) for topic in topics)
    return Feed(
        id=FeedId(f"{host}-{mark}"), url=url, address=url, name=name, language=language, topics=kept, official=official
    )


def address_of(text: str) -> str:
    """What somebody typed, as an address. Raises SourceError(BAD_ADDRESS)."""
    url = typed_address(text)
    if not url:
        raise SourceError(Trouble.BAD_ADDRESS, text[:300], detail="only http and https are read")
    return url


class Sites:
    """Asks sites for their feeds. Stores nothing."""

    def __init__(self, *, fetcher: Fetcher, reader: FeedReader, finder: FeedFinder) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._finder = finder

    async def asked(self, feed: Feed) -> tuple[Fetched, ParsedFeed]:
        """The feed's answer, asked for unconditionally, and what it says. Raises SourceError."""
        fetched = await self._fetcher.fetch(feed.address)
        return fetched, await self._reader.read(feed, fetched)

    async def document(self, address: str) -> Fetched:
        """What lies at an address. Raises SourceError."""
        return await self._fetcher.fetch(address_of(address))

    async def feeds_at(self, address: str, *, within: timedelta = PATIENCE) -> tuple[FoundFeed, ...]:
        """The address itself if it is a feed, else the feeds its page points to that were asked for and are feeds. Raises SourceError.

        Feeds that do not answer `within` that time are left out. A page without any feed raises what reading it as one
        raised: NOT_A_FEED, or the wall that stands before it.
        """
        url = address_of(address)
        try:
            async with asyncio.timeout(within.total_seconds()) as limit:
                page = await self._fetcher.fetch(url)
                return (FoundFeed(url, (await self._reader.read(new_feed(url), page)).title),)
        except TimeoutError:
            raise SourceError(Trouble.TIMEOUT, url, detail="no whole answer in time") from None
        except SourceError as error:
            found = await self._really_feeds(page, limit.when()) if error.trouble is Trouble.NOT_A_FEED else ()
            if not found:
                raise
            return found

    async def _really_feeds(self, page: Fetched, until: float | None) -> tuple[FoundFeed, ...]:
        """Of the feeds a page points to those that answer as feeds before that loop time; each but once, however it is spelled."""
        candidates = _once(await asyncio.to_thread(self._finder.find, page))[:_TRIED]
        asking = [asyncio.create_task(self._title(found.url)) for found in candidates]
        left = None if until is None else max(until - asyncio.get_running_loop().time(), 0)
        try:
            if asking:
                await asyncio.wait(asking, timeout=left)
        finally:
            for task in asking:
                task.cancel()
        answered = zip(candidates, asking, strict=True)
        titles = [(found, task.result()) for found, task in answered if task.done() and not task.cancelled()]
        return tuple(FoundFeed(found.url, found.title or title) for found, title in titles if title is not None)

    async def _title(self, url: str) -> str | None:
        try:
            return (await self.asked(new_feed(url)))[1].title
        except SourceError:
            return None


def _once(found: Sequence[FoundFeed]) -> list[FoundFeed]:
    kept: dict[str, FoundFeed] = {}
    for feed in found:
        kept.setdefault(link_key(feed.url), feed)
    return list(kept.values())
