"""Keeping the list of sources: list, add, remove, take in, check, discover. Knows neither HTTP, documents nor files; ports do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.model.errors import UnknownItem
from bot.model.feeds import Feed, Fetched
from bot.ports import FeedReader, Fetcher, Plan
from bot.services.checking import Checked, check
from bot.services.collect import FeedStore
from bot.services.picking import called, hosts_in, may_be_at, nearest, picked
from bot.services.sites import PATIENCE, FeedFinder, FoundFeed, Sites, address_of, new_feed
from bot.services.visits import named
from bot.text.urls import link_key


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
        for feed in called(word, feeds):
            await self._store.apply(Plan(removed_feeds=(feed.id,)))
            return feed
        raise UnknownItem(word, nearest(word, feeds))

    async def take_in(self, feeds: Sequence[Feed]) -> TakenIn:
        """Add a list (settings, OPML). A known feed takes over the list's name, language, topics and mark, and keeps all it learned."""
        followed = await self.followed([feed.url for feed in feeds])
        known = {link_key(url): feed for url, feed in followed.items()}
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

    async def picked(self, words: Sequence[str]) -> tuple[Feed, ...]:
        """The feeds that words mean, by name; every feed without words. Raises UnknownItem for a word that means none."""
        feeds = await self._store.feeds()
        return picked(words, feeds) if words else feeds

    async def check(
        self, words: Sequence[str] = (), told: Callable[[Checked], None] | None = None
    ) -> tuple[Checked, ...]:
        """Ask the feeds that words mean (all without words) once each; nothing is stored. Raises UnknownItem."""
        return await check(self._sites, await self.picked(words), told)

    async def discover(self, address: str, *, within: timedelta = PATIENCE) -> tuple[FoundFeed, ...]:
        """The feeds of a site, each asked for once; the address itself, if it is one. Raises SourceError."""
        return await self._sites.feeds_at(address, within=within)

    async def document(self, address: str) -> Fetched:
        """What lies at an address, fetched as feeds are. Raises SourceError."""
        return await self._sites.document(address)

    async def followed(self, urls: Sequence[str]) -> dict[str, Feed]:
        """By address: the feed that is followed there, under any spelling of its address, or since it moved there."""
        if not urls:
            return {}
        wanted = {link_key(url): url for url in urls}
        hosts = hosts_in(wanted)
        living = await self._store.due_feeds(None)
        near = [id_ for id_, address in living if may_be_at(address, hosts) and link_key(address) in wanted]
        feeds = await self._store.feeds([*(new_feed(url).id for url in urls), *near])
        keys = ((link_key(address), feed) for feed in feeds for address in (feed.address, feed.url))
        return {wanted[key]: feed for key, feed in keys if key in wanted}

    async def _known(self, url: str) -> Feed | None:
        return next(iter((await self.followed([url])).values()), None)


def _refreshed(known: Feed, stated: Feed) -> Feed:
    return replace(
        known,
        name=stated.name or known.name,
        language=stated.language or known.language,
        topics=stated.topics or known.topics,
        official=stated.official or known.official,
    )
