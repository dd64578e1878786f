"""Turns fetched bytes into entries, off the event loop and within bounds. Knows nothing of connections or stores."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from bot.feeds.encodings import readable
from bot.feeds.entries import entries_of, short_language
from bot.feeds.jsonfeeds import read_json
from bot.feeds.kinds import document_kind, page_kind
from bot.feeds.scrambled import unscrambled
from bot.feeds.workers import WorkerLost, Workers
from bot.feeds.xmlfeeds import Document, read_xml
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed, FeedId, Fetched, ParsedFeed
from bot.text.html import line_of


class DocumentReader:
    """The `FeedReader`. Documents are taken apart by `workers`; without any, in threads of this process."""

    def __init__(
        self, *, now: Callable[[], datetime] = lambda: datetime.now(UTC), workers: Workers | None = None
    ) -> None:
        self._now = now
        self._workers = workers or Workers(0)

    async def read(self, feed: Feed, fetched: Fetched) -> ParsedFeed:
        """The parsed feed. Raises SourceError(NOT_A_FEED | BROKEN_FEED | CHALLENGE_PAGE)."""
        try:
            return await self._workers.run(parsed_feed, fetched, feed.id, self._now())
        except (TimeoutError, MemoryError, WorkerLost) as error:
            raise SourceError(Trouble.BROKEN_FEED, fetched.final_url, detail=_BEYOND_BOUNDS[type(error)]) from error


_BEYOND_BOUNDS = {
    TimeoutError: "reading it took too long",
    MemoryError: "reading it takes too much memory",
    WorkerLost: "the process that read it was lost",
}


def parsed_feed(fetched: Fetched, feed: FeedId, now: datetime) -> ParsedFeed:
    """What the fetched document says. Raises SourceError."""
    text, _ = readable(fetched.body, fetched.content_type)
    document = _document(text, fetched)
    entries, dropped = entries_of(document.items, feed, fetched.final_url, now, document.language)
    return ParsedFeed(
        title=line_of(unscrambled(document.title), 200),
        language=short_language(document.language),
        entries=entries,
        ttl=document.ttl,
        hub=document.hub,
        self_url=document.self_url,
        dropped=dropped + document.cut,
        skip_hours=document.skip_hours,
        skip_days=document.skip_days,
    )


def _document(text: str, fetched: Fetched) -> Document:
    kind = document_kind(text)
    if kind == "xml feed":
        return read_xml(text, fetched.final_url)
    if kind == "json feed":
        return read_json(text, fetched.final_url)
    raise _not_a_feed(kind, text, fetched)


def _not_a_feed(kind: str, text: str, fetched: Fetched) -> SourceError:
    if kind == "empty":
        return SourceError(Trouble.BROKEN_FEED, fetched.final_url, detail="it is empty")
    page = page_kind(text[:100_000].encode("utf-8", "replace")) if kind == "html" else ""
    if page in ("challenge page", "login page", "consent wall"):
        return SourceError(Trouble.CHALLENGE_PAGE, fetched.final_url, detail=page)
    plain_type = fetched.content_type.split(";")[0].strip()[:60]
    return SourceError(Trouble.NOT_A_FEED, fetched.final_url, detail=page or plain_type or "unknown document")
