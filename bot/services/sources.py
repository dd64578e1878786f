"""Keeping the list of sources: list, add, remove, take in, check, discover. Knows neither HTTP, documents nor files; ports do."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from bot.model.errors import SourceError, UnknownItem
from bot.model.feeds import Feed
from bot.ports import FeedReader, Fetcher, Plan
from bot.services.collect import FeedStore, named, newest
from bot.services.sites import FeedFinder, FoundFeed, Sites, address_of, new_feed
from bot.text.urls import link_key, typed_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of adding an address: the feed, or several found at that site to choose from."""

    feed: Feed | None
    known_before: bool = False
    found: tuple[FoundFeed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of taking in a list."""

    added: tuple[Feed, ...]
    known: tuple[Feed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One feed asked afresh. Nothing of it is stored."""

    feed: Feed
    error: SourceError | None = None
    entries: int = 0
    newest: datetime | None = None
    moved_to: str | None = None


class Sources:
    """The use cases behind `planwatch feeds`."""

    def __init__(self, *, store: FeedStore, fetcher: Fetcher, reader: FeedReader, finder: FeedFinder) -> None:
        self._store = store
        self._sites = Sites(fetcher=fetcher, reader=reader, finder=finder)

    async def all(self) -> tuple[Feed, ...]:
        """Every feed, by name."""
        return await self._store.feeds()

    async def add(
        self,
        address: str,
        *,
        name: str = "",
        language: str | None = None,
        topics: Sequence[str] = (),
        official: bool = False,
    ) -> Added:
        """Follow the feed at an address, or the one feed of the site there; several found are only listed. Raises SourceError.

        The feed is stored as never read, so that the next round takes its entries in.
        """
        known = await self._known(address_of(address))
        if known is not None:
            return Added(feed=known, known_before=True)
        found = await self._sites.feeds_at(address)
        if len(found) > 1:
            return Added(feed=None, found=found)
        known = await self._known(found[0].url)
        if known is not None:
            return Added(feed=known, known_before=True)
        wanted = new_feed(found[0].url, name=name, language=language, topics=topics, official=official)
        _, parsed = await self._sites.asked(wanted)
        whole = named(wanted, parsed)
        await self._store.apply(Plan(feeds=(whole,)))
        return Added(feed=whole)

    async def remove(self, word: str) -> Feed:
        """Stop following the feed with that id, address or name; its articles stay. Raises UnknownItem with the nearest."""
        feeds = await self._store.feeds()
        wanted = word.strip().casefold()
        key = link_key(typed_address(word)) if typed_address(word) else ""
        for feed in feeds:
            if wanted in (feed.id.casefold(), feed.name.casefold()) or key in (
                link_key(feed.url),
                link_key(feed.address),
            ):
                await self._store.apply(Plan(removed_feeds=(feed.id,)))
                return feed
        near = get_close_matches(
            word, [text for feed in feeds for text in (feed.name, feed.url, feed.id)], n=3, cutoff=0.4
        )
        raise UnknownItem(word, tuple(near))

    async def take_in(self, feeds: Sequence[Feed]) -> TakenIn:
        """Add a list (settings, OPML). A known feed takes over the list's name, language, topics and mark, and keeps all it learned."""
        known = {link_key(feed.url): feed for feed in await self._store.feeds()}
        added: dict[str, Feed] = {}
        kept: dict[str, Feed] = {}
        for feed in feeds:
            key = link_key(feed.url)
            if key in known:
                kept[key] = _refreshed(known[key], feed)
            else:
                added.setdefault(key, feed)
        await self._store.apply(Plan(feeds=(*added.values(), *kept.values())))
        return TakenIn(added=tuple(added.values()), known=tuple(kept.values()))

    async def check(self) -> tuple[Checked, ...]:
        """Ask every feed once, unconditionally; nothing is stored."""
        return tuple(await asyncio.gather(*(self._checked(feed) for feed in await self._store.feeds())))

    async def discover(self, address: str) -> tuple[FoundFeed, ...]:
        """The feeds of a site, each asked for once; the address itself, if it is one. Raises SourceError."""
        return await self._sites.feeds_at(address)

    async def _known(self, url: str) -> Feed | None:
        key = link_key(url)
        return next(
            (feed for feed in await self._store.feeds() if key in (link_key(feed.url), link_key(feed.address))), None
        )

    async def _checked(self, feed: Feed) -> Checked:
        try:
            fetched, parsed = await self._sites.asked(feed)
        except SourceError as error:
            return Checked(feed=feed, error=error)
        whole = named(feed, parsed)
        return Checked(
            feed=whole, entries=len(parsed.entries), newest=newest(parsed.entries), moved_to=fetched.permanent_url
        )


def _refreshed(known: Feed, stated: Feed) -> Feed:
    return replace(
        known,
        name=stated.name or known.name,
        language=stated.language or known.language,
        topics=stated.topics or known.topics,
        official=stated.official or known.official,
    )
