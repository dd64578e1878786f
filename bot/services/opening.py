"""From an entry to an article: the feed's own words, or the page's where they are fuller. Knows ports; decides nothing about versions or topics.

A page is asked for through the same fetcher as feeds are, at the pace that suits its host, and once a round however many entries name it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b

from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Article, ArticleId, Entry, Feed, NoText, Page
from bot.ports import Clock, Extractor, Fetcher, Log
from bot.services.versions import PAGE
from bot.text.languages import language_of
from bot.text.urls import link_key

ENOUGH_TEXT = 1_200  # characters; a feed that carries as much carries the article, and the page is not asked for
MAX_TEXT = 200_000  # characters kept of one article
LATER = (
    timedelta(minutes=30),
    timedelta(hours=6),
)  # before a page that could not be read for a passing reason is tried again
PATIENCE = timedelta(minutes=2)  # with a page, its turn at the host included: one slow host must not hold a round up
_LONGEST_WAIT = timedelta(days=1)  # however much later the server asks us to come
_BUSY = frozenset({408, 425, 429})  # RFC 9110 section 15.5.9, RFC 8470 section 5.2, RFC 6585 section 4


class OpenPages(StrEnum):
    """Which article pages are asked for when the feed itself carries little text."""

    ALL = "all"  # dry teasers hide articles on the plan: of 53 in config/sample, 10 have no telling word in title and teaser
    LIKELY = "likely"  # only those whose title or teaser names the plan, a layer or the scene
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Opened:
    """An article, and when its page should be tried again, if it should."""

    article: Article
    again_at: datetime | None = None


def article_id(entry: Entry) -> ArticleId:
    """One id for one address, however it is spelled; entries without an address are told apart by feed and entry id."""
    key = link_key(entry.url) if entry.url else f"{entry.feed_id} {entry.id}"
    return ArticleId("a" + blake2b(key.encode(), digest_size=8).hexdigest())


def article_of(entry: Entry, feed: Feed | None, languages: tuple[str, ...], now: datetime) -> Article:
    """The entry as an article in the feed's own words."""
    text = (entry.content or entry.summary or entry.title)[:MAX_TEXT].strip()
    published = entry.published or entry.updated or now
    hint = entry.language or (feed.language if feed else None)
    return Article(
        id=article_id(entry),
        version=1,
        url=entry.url,
        feed_id=entry.feed_id,
        outlet=feed.name if feed else entry.feed_id,
        official=feed.official if feed else False,
        title=entry.title,
        text=text,
        language=language_of(f"{entry.title}. {text}", languages, hint),
        published=published,
        told_at=max(published, entry.updated or published),
        first_seen=now,
        text_from="feed",
        content_hash=entry.content_hash,
        summary=entry.summary[:2_000],
        date_note=entry.date_note or ("" if entry.published else "no date in the feed: when it was first seen"),
    )


class Pages:
    """Article pages of one round, each read once."""

    def __init__(self, fetcher: Fetcher, extractor: Extractor, clock: Clock, log: Log, *, at_once: int) -> None:
        self._fetcher = fetcher
        self._extractor = extractor
        self._clock = clock
        self._log = log
        self._places = asyncio.Semaphore(at_once)
        self._read: dict[ArticleId, asyncio.Task[Page | NoText | SourceError]] = {}

    async def opened(self, entry: Entry, article: Article, languages: tuple[str, ...]) -> Opened:
        """The article with its page's text if that is more than the feed's; else with the reason why not."""
        if article.id not in self._read:
            self._read[article.id] = asyncio.create_task(self._page(article.url))
        found = await self._read[article.id]
        if isinstance(found, SourceError):
            return Opened(replace(article, text_from=_unread(found)), self._again_at(entry, found))
        if isinstance(found, NoText):
            return Opened(replace(article, text_from=f"feed: {found}"))
        text = found.text[:MAX_TEXT].strip()
        if len(text) <= len(article.text):
            return Opened(article)
        language = language_of(text, languages, article.language)
        return Opened(replace(article, text=text, text_from=PAGE, language=language))

    async def _page(self, url: str) -> Page | NoText | SourceError:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()), self._places:
                return await self._extractor.extract(await self._fetcher.fetch(url, page=True))
        except SourceError as error:
            return error
        except TimeoutError:
            return SourceError(Trouble.TIMEOUT, url, detail="its turn did not come in time")
        except Exception as error:  # noqa: BLE001  one page, whose article the feed has told all the same
            self._log.error("page_unusable", url=url, error=repr(error))
            return NoText.BROKEN

    def _again_at(self, entry: Entry, error: SourceError) -> datetime | None:
        if entry.tries >= len(LATER) or not passes(error):
            return None
        return self._clock.now() + max(LATER[entry.tries], min(error.retry_after or LATER[0], _LONGEST_WAIT))


def passes(error: SourceError) -> bool:
    """Whether it may be otherwise in some hours: the server is slow, busy or broken."""
    if error.trouble in (Trouble.TIMEOUT, Trouble.RATE_LIMITED):
        return True
    return error.trouble is Trouble.HTTP_STATUS and ((error.status or 0) >= 500 or error.status in _BUSY)


def _unread(error: SourceError) -> str:
    return " ".join(("feed: page", error.trouble, *((str(error.status),) if error.status else ())))
