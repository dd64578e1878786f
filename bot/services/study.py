"""Use case: entries that feeds brought → articles, key points, developments and changes in the store. Knows ports and pure decisions only.

One entry failing never takes others along. Each article is one transaction, so a crash repeats at most the article in hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import blake2b

from bot.model.errors import SourceError
from bot.model.feeds import Article, ArticleId, Entry, Feed
from bot.model.stories import Change, Development, DevelopmentId, KeyPoint, ReportId
from bot.model.topics import Category, TopicId
from bot.ports import Clock, Extractor, Fetcher, Log, Plan, Store
from bot.summariser import reports
from bot.summariser.analysis import Analyst, Read, filed
from bot.summariser.changes import Ledger, ledger_of
from bot.summariser.developments import Joined, development_of, join
from bot.text.languages import language_of
from bot.text.urls import link_key

ENOUGH_TEXT = 1_200  # characters; a feed that carries as much carries the article, and the page is not asked for
MAX_TEXT = 200_000  # characters kept of one article
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
        return Studied(
            self.entries + other.entries,
            self.articles + other.articles,
            self.relevant + other.relevant,
            self.points + other.points,
            self.failed + other.failed,
        )


class OpenPages(StrEnum):
    """Which article pages are asked for when the feed itself carries little text."""

    ALL = "all"  # dry teasers hide articles on the plan: of 53 in config/sample, 10 have no telling word in title and teaser
    LIKELY = "likely"  # only those whose title or teaser names the plan, a layer or the scene
    NONE = "none"


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
        pages_at_once: int = 8,
        open_pages: OpenPages = OpenPages.ALL,
    ) -> None:
        self._store = store
        self._analysts = {analyst.topic.id: analyst for analyst in analysts}
        self._fetcher = fetcher
        self._extractor = extractor
        self._clock = clock
        self._log = log
        self._pages = asyncio.Semaphore(pages_at_once)
        self._open_pages = open_pages
        self._turn = asyncio.Lock()  # joining reads what the article before wrote
        self._languages = tuple(sorted({language for analyst in analysts for language in analyst.annotator.languages}))

    async def round(self, limit: int = BATCH) -> Studied:
        """Study up to `limit` waiting entries, oldest first, then bring the ledgers up to date."""
        async with self._turn:
            feeds = {feed.id: feed for feed in await self._store.feeds()}
            entries = await self._store.waiting_entries(limit)
            articles = await asyncio.gather(*(self._opened(entry, feeds.get(entry.feed_id)) for entry in entries))
            total = Studied()
            touched: set[TopicId] = set()
            for entry, article in sorted(zip(entries, articles, strict=True), key=_by_telling):
                total += await self._one(entry, article, feeds.get(entry.feed_id), touched)
            for topic in sorted(touched):
                await self._refresh(self._analysts[topic])
            return total

    async def everything(self) -> Studied:
        """Study until nothing waits."""
        total = Studied()
        while (studied := await self.round()).entries:
            total += studied
        return total

    # ── from entry to article ──

    async def _opened(self, entry: Entry, feed: Feed | None) -> Article | None:
        """The entry as an article, with the page's text where that is worth asking for; None when it cannot be used."""
        try:
            article = self._from_entry(entry, feed)
            if entry.url and len(article.text) < ENOUGH_TEXT and self._worth_opening(article, feed):
                article = await self._with_page(article)
        except Exception as error:  # noqa: BLE001 - one entry must not stop the round
            self._log.error("entry_unusable", url=entry.url, error=repr(error))
            return None
        return article

    def _from_entry(self, entry: Entry, feed: Feed | None) -> Article:
        text = (entry.content or entry.summary or entry.title)[:MAX_TEXT].strip()
        now = self._clock.now()
        published = entry.published or entry.updated or now
        return Article(
            id=article_id(entry),
            version=1,
            url=entry.url,
            feed_id=entry.feed_id,
            outlet=feed.name if feed else entry.feed_id,
            official=feed.official if feed else False,
            title=entry.title,
            text=text,
            language=language_of(
                f"{entry.title}. {text}", self._languages, entry.language or (feed.language if feed else None)
            ),
            published=published,
            told_at=max(published, entry.updated or published),
            first_seen=now,
            text_from="feed",
            content_hash=entry.content_hash,
            summary=entry.summary[:2_000],
            date_note=entry.date_note or ("" if entry.published else "no date in the feed: when it was first seen"),
        )

    def _worth_opening(self, article: Article, feed: Feed | None) -> bool:
        if self._open_pages is not OpenPages.LIKELY:
            return self._open_pages is OpenPages.ALL
        return any(analyst.worth_reading(article) for analyst in self._followers(feed))

    def _followers(self, feed: Feed | None) -> list[Analyst]:
        wanted = feed.topics if feed and feed.topics else tuple(self._analysts)
        return [self._analysts[topic] for topic in wanted if topic in self._analysts]

    async def _with_page(self, article: Article) -> Article:
        try:
            async with self._pages:
                fetched = await self._fetcher.fetch(article.url)
                page = await self._extractor.extract(fetched)
        except SourceError as error:
            return replace(article, text_from=f"feed: page {error.trouble}")
        if page is None or len(page.text) <= len(article.text):
            return replace(article, text_from="feed: no text on the page" if page is None else "feed")
        text = page.text[:MAX_TEXT].strip()
        return replace(
            article, text=text, text_from="page", language=language_of(text, self._languages, article.language)
        )

    # ── from article to ledger ──

    async def _one(self, entry: Entry, article: Article | None, feed: Feed | None, touched: set[TopicId]) -> Studied:
        done = Plan(studied=((entry.feed_id, entry.id),))
        if article is None:
            await self._store.apply(done)
            return Studied(entries=1, failed=((entry.url, "could not be used"),))
        try:
            return Studied(entries=1) + await self._article(entry, article, feed, touched)
        except Exception as error:  # noqa: BLE001 - one article must not stop the round
            self._log.error("article_failed", url=article.url, error=repr(error))
            await self._store.apply(done)
            return Studied(entries=1, failed=((article.url, repr(error)),))

    async def _article(self, entry: Entry, article: Article, feed: Feed | None, touched: set[TopicId]) -> Studied:
        known = await self._store.article(article.id)
        if known and (known.content_hash == article.content_hash or known.text == article.text):
            await self._store.apply(Plan(studied=((entry.feed_id, entry.id),)))
            return Studied()
        article = _as_version(article, known)
        plan = Plan(articles=(article,), studied=((entry.feed_id, entry.id),))
        relevant = points = 0
        moved: dict[str, str] = {}
        for analyst in self._followers(feed):
            read = await asyncio.to_thread(analyst.read, article)
            read, joined = await self._filed(read, analyst)
            moved.update(joined)
            fresh = await self._fresh(read, analyst)
            plan = _merged(plan, fresh, read)
            relevant |= read.reading.relevant
            points += len(fresh)
            if read.reading.relevant:
                touched.add(analyst.topic.id)
        await self._store.apply(plan)
        if moved:
            await self._store.move_reports(sorted(moved.items()))
        return Studied(articles=1, relevant=int(relevant), points=points)

    async def _filed(self, read: Read, analyst: Analyst) -> tuple[Read, dict[str, str]]:
        near = await self._store.fingerprints_like(reports.lookup_keys(read.fingerprint))
        filing = reports.file_report(read.fingerprint, near, analyst.weights)
        moved: dict[str, str] = dict(filing.joined)
        return filed(read, ReportId(filing.fingerprint.report_id)), moved

    async def _fresh(self, read: Read, analyst: Analyst) -> tuple[KeyPoint, ...]:
        """Points that no earlier version of the article said."""
        if not read.points:
            return ()
        known = await self._store.points(analyst.topic.id, ids=[point.id for point in read.points])
        old = {point.id for point in known}
        return tuple(point for point in read.points if point.id not in old)

    # ── ledger ──

    async def _refresh(self, analyst: Analyst) -> None:
        """Join points that belong nowhere yet, recompute the topic's changes and how its developments stand; write what differs."""
        topic = analyst.topic
        points = {point.id: point for point in await self._store.points(topic.id)}
        joined = await asyncio.to_thread(_join_waiting, tuple(points.values()), analyst)
        points.update({point.id: point for point in joined.points})
        ledger = await asyncio.to_thread(ledger_of, topic, tuple(points.values()))
        stored = _by_category(await self._store.changes(topic.id))
        changed = tuple(
            (topic.id, category, found)
            for category, found in ledger.changes.items()
            if set(found) != set(stored.get(category, ()))
        )
        known = {development.id: development for development in await self._store.developments(topic.id)}
        known.update({development.id: development for development in joined.developments})
        retired = dict(joined.retired)
        developments = _restated(
            [d for d in known.values() if d.id not in retired], tuple(points.values()), ledger, analyst
        )
        fresh = {d.id: d for d in (*joined.developments, *developments)}
        if changed or fresh or joined.points:
            await self._store.apply(
                Plan(points=joined.points, developments=tuple(fresh.values()), retired=joined.retired, changes=changed)
            )


def _join_waiting(points: Sequence[KeyPoint], analyst: Analyst) -> Joined:
    waiting = [point for point in points if point.development_id is None]
    if not waiting:
        return Joined((), (), ())
    return join(waiting, [point for point in points if point.development_id], analyst.weights)


def article_id(entry: Entry) -> ArticleId:
    """One id for one address, however it is spelled; entries without an address are told apart by feed and entry id."""
    key = link_key(entry.url) if entry.url else f"{entry.feed_id} {entry.id}"
    return ArticleId("a" + blake2b(key.encode(), digest_size=8).hexdigest())


def _by_telling(pair: tuple[Entry, Article | None]) -> tuple[bool, float, str]:
    entry, article = pair
    return (article is not None, article.told_at.timestamp() if article else 0.0, entry.id)


def _as_version(article: Article, known: Article | None) -> Article:
    """An edit of a known article is its next version; its time is when the source says it was updated, else when we saw it."""
    if known is None:
        return article
    told_at = article.told_at if article.told_at > known.told_at else max(article.first_seen, known.told_at)
    return replace(article, version=known.version + 1, published=known.published, told_at=told_at)


def _merged(plan: Plan, fresh: tuple[KeyPoint, ...], read: Read) -> Plan:
    return replace(
        plan, readings=(*plan.readings, read.reading), fingerprints=(read.fingerprint,), points=(*plan.points, *fresh)
    )


def _by_category(changes: Sequence[Change]) -> Mapping[Category, list[Change]]:
    table: dict[Category, list[Change]] = {}
    for change in changes:
        table.setdefault(change.category, []).append(change)
    return table


def _restated(
    known: Sequence[Development], points: Sequence[KeyPoint], ledger: Ledger, analyst: Analyst
) -> tuple[Development, ...]:
    """Developments whose standing, reports or outlets are no longer what is stored."""
    groups: dict[DevelopmentId, list[KeyPoint]] = {}
    for point in points:
        if point.development_id:
            groups.setdefault(point.development_id, []).append(point)
    restated = []
    for development in known:
        group = groups.get(development.id)
        if not group:
            continue
        status = ledger.standings.get(development.id, development.status)
        if status is not development.status or len({p.report_id for p in group}) != development.reports:
            restated.append(development_of(development.id, group, analyst.weights.rarity, status))
    return tuple(restated)
