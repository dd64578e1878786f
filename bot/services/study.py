"""Use case: entries that feeds brought → articles, key points, developments and changes in the store. Knows ports and pure decisions only.

One entry failing never takes others along. Each article is one transaction, so a crash repeats at most the article in hand.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import partial

from bot.model.errors import StoreFull, StoreUnreachable
from bot.model.feeds import Article, ArticleId, Entry, Feed, FeedId
from bot.model.topics import TopicId
from bot.ports import Clock, Extractor, Fetcher, Log, Plan, Store
from bot.services.filing import Filing
from bot.services.ledgers import Ledgers
from bot.services.opening import ENOUGH_TEXT, Opened, OpenPages, Pages, article_id, article_of
from bot.services.versions import next_version, retold, says_nothing_new
from bot.summariser.analysis import Analyst

BATCH = 200


@dataclass(frozen=True, slots=True)
class Studied:
    """What one round of study did."""

    entries: int = 0
    articles: int = 0
    relevant: int = 0
    points: int = 0
    failed: tuple[tuple[str, str], ...] = ()  # (address, what went wrong)

    def __add__(self, other: Studied) -> Studied:
        return Studied(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(slots=True)
class _Round:
    """What is known while a round lasts."""

    pages: Pages
    feeds: dict[FeedId, Feed]
    named: Counter[ArticleId]  # entries of this round by the article that they name
    newest: dict[ArticleId, Article | None]
    touched: set[TopicId] = field(default_factory=set)


class Study:
    """Studies waiting entries for all followed topics."""

    def __init__(
        self,
        store: Store,
        analysts: Sequence[Analyst],
        fetcher: Fetcher,
        extractor: Extractor,
        clock: Clock,
        log: Log,
        *,
        pages_at_once: int = 32,
        open_pages: OpenPages = OpenPages.ALL,
    ) -> None:
        self._store = store
        self._analysts = {analyst.topic.id: analyst for analyst in analysts}
        self._make_pages = partial(Pages, fetcher, extractor, clock, log, at_once=pages_at_once)
        self._clock = clock
        self._log = log
        self._open_pages = open_pages
        self._filing = Filing(store)
        self._ledgers = Ledgers(store)
        self._turn = asyncio.Lock()  # joining reads what the article before wrote
        self._languages = tuple(sorted({language for analyst in analysts for language in analyst.annotator.languages}))

    async def round(self, limit: int = BATCH) -> Studied:
        """Study up to `limit` waiting entries, oldest first, then bring the ledgers up to date."""
        async with self._turn:
            entries = await self._store.waiting_entries(limit)
            about = await self._about(entries)
            opened = await asyncio.gather(*(self._opened(entry, about) for entry in entries))
            total = Studied()
            for entry, found in sorted(zip(entries, opened, strict=True), key=_by_telling):
                total += await self._one(entry, found, about)
            for topic in sorted(about.touched):
                await self._ledgers.refresh(self._analysts[topic])
            return total

    async def everything(self) -> Studied:
        """Study until nothing waits."""
        total = Studied()
        while (studied := await self.round()).entries:
            total += studied
        return total

    async def _about(self, entries: Sequence[Entry]) -> _Round:
        feeds = await self._store.feeds(tuple({entry.feed_id for entry in entries}))
        named = Counter(map(article_id, entries))
        newest = {article: await self._store.article(article) for article in named}
        return _Round(self._make_pages(), {feed.id: feed for feed in feeds}, named, newest)

    # ── from entry to article ──

    async def _opened(self, entry: Entry, about: _Round) -> Opened | None:
        """The entry as an article, with the page's text where that is worth asking for; None when it cannot be used."""
        try:
            feed = about.feeds.get(entry.feed_id)
            article = article_of(entry, feed, self._languages, self._clock.now())
            if says_nothing_new(entry, article, about.newest[article.id]) or not self._worth_opening(article, feed):
                return Opened(article)
            return await about.pages.opened(entry, article, self._languages)
        except Exception as error:  # noqa: BLE001 - one entry must not stop the round
            self._log.error("entry_unusable", url=entry.url, error=repr(error))
            return None

    def _worth_opening(self, article: Article, feed: Feed | None) -> bool:
        if not article.url or len(article.text) >= ENOUGH_TEXT:
            return False
        if self._open_pages is not OpenPages.LIKELY:
            return self._open_pages is OpenPages.ALL
        return any(analyst.worth_reading(article) for analyst in self._followers(feed))

    def _followers(self, feed: Feed | None) -> list[Analyst]:
        wanted = feed.topics if feed and feed.topics else tuple(self._analysts)
        return [self._analysts[topic] for topic in wanted if topic in self._analysts]

    # ── from article to points ──

    async def _one(self, entry: Entry, opened: Opened | None, about: _Round) -> Studied:
        done = Plan(studied=((entry.feed_id, entry.id),))
        if opened is None:
            await self._store.apply(done)
            return Studied(entries=1, failed=((entry.url, "could not be used"),))
        if opened.again_at is not None:
            done = Plan(postponed=((entry.feed_id, entry.id, opened.again_at),))
        try:
            return Studied(entries=1) + await self._told(entry, opened.article, done, about)
        except (StoreFull, StoreUnreachable):
            raise  # nothing is wrong with the article: it waits until the store is well again
        except Exception as error:  # noqa: BLE001 - one article must not stop the round
            self._log.error("article_failed", url=entry.url, error=repr(error))
            await self._store.apply(Plan(studied=((entry.feed_id, entry.id),)))
            return Studied(entries=1, failed=((entry.url, repr(error)),))

    async def _told(self, entry: Entry, told: Article, done: Plan, about: _Round) -> Studied:
        """Store and read the article where this makes it another one; else let the topics read it that never did."""
        known = about.newest[told.id]
        followers = self._followers(about.feeds.get(entry.feed_id))
        if known is not None and says_nothing_new(entry, told, known):
            return await self._known(known, told, followers, done, about)
        article = next_version(told, known, titled=about.named[told.id] == 1)
        if known is not None and article is None:
            again = retold(told, known)
            studied = await self._known(again, told, followers, replace(done, articles=(again,)), about)
            about.newest[told.id] = again
            return studied
        article = article or told
        filed = await self._filing.read(article, followers, replace(done, articles=(article,)))
        about.newest[told.id] = article
        about.touched.update(filed.topics)
        return Studied(articles=1, relevant=int(bool(filed.topics)), points=filed.points)

    async def _known(
        self, known: Article, told: Article, followers: Sequence[Analyst], done: Plan, about: _Round
    ) -> Studied:
        unread = [] if known.feed_id == told.feed_id else await self._filing.unread(known, followers)
        filed = await self._filing.read(known, unread, done)
        about.touched.update(filed.topics)
        return Studied(points=filed.points)


def _by_telling(pair: tuple[Entry, Opened | None]) -> tuple[bool, float, str]:
    entry, opened = pair
    return (opened is not None, opened.article.told_at.timestamp() if opened else 0.0, entry.id)
