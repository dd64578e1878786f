"""Doubles of the ports, to be passed where the real thing would reach outside. Each is plain: it does as told and remembers.

New ones go to the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.commands.table import Suggestion
from bot.model.chats import ChatRef
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed, Fetched, NoText, Page, ParsedFeed
from bot.model.replies import Paragraph, Reply, Request, plain
from bot.ports import Clock
from bot.present.plain import as_text
from bot.services.collect import FeedStore
from bot.services.looks import Looks
from bot.services.sites import FoundFeed
from bot.services.sources import Sources


class ScriptedDesk:
    """A Desk that answers by command and records requests. Without a script it says the command line back.

    A scripted exception is raised; commands in `slow` are answered only once `let_go` is set.
    """

    def __init__(self, replies: Mapping[str, Reply | Exception] | None = None, *, slow: tuple[str, ...] = ()) -> None:
        self.replies = dict(replies or {})
        self.slow = slow
        self.let_go = asyncio.Event()
        self.requests: list[Request] = []
        self.asked = asyncio.Event()  # set by the first request
        self.suggestions: tuple[Suggestion, ...] = ()

    async def answer(self, request: Request) -> Reply:
        """The scripted reply."""
        self.requests.append(request)
        self.asked.set()
        if request.command in self.slow:
            await self.let_go.wait()
        said = self.replies.get(request.command)
        if isinstance(said, Exception):
            raise said
        return said or Reply(blocks=(Paragraph(plain(f"{request.command} {request.arguments}".strip())),))

    async def suggest(self, command: str, typed: str, chat: ChatRef, language: str) -> tuple[Suggestion, ...]:
        """`suggestions` whose label begins as typed."""
        return tuple(each for each in self.suggestions if each.label.lower().startswith(typed.lower()))[:25]


class RecordingLog:
    """A structured log that keeps what it is told as (level, event, fields)."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, dict[str, object]]] = []
        self._told: dict[str, asyncio.Event] = {}

    def info(self, event: str, **fields: object) -> None:
        """Kept."""
        self._keep("info", event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Kept."""
        self._keep("warning", event, fields)

    def error(self, event: str, **fields: object) -> None:
        """Kept."""
        self._keep("error", event, fields)

    async def until(self, event: str) -> None:
        """Returns once that event was told."""
        await self._told.setdefault(event, asyncio.Event()).wait()

    def _keep(self, level: str, event: str, fields: dict[str, object]) -> None:
        self.lines.append((level, event, fields))
        self._told.setdefault(event, asyncio.Event()).set()

    @property
    def events(self) -> list[str]:
        """The events' names, in order."""
        return [event for _, event, _ in self.lines]


class MovableClock:
    """A clock that moves when told."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment

    def move(self, by: timedelta) -> datetime:
        """Later by that much; the new moment."""
        self.moment += by
        return self.moment


class RecordingMessenger:
    """A platform that keeps what it is sent as (chat, part, silent). `troubles` are raised one a call, None lets a part through."""

    def __init__(self, troubles: Sequence[Exception | None] = ()) -> None:
        self.sent: list[tuple[ChatRef, str, bool]] = []
        self.troubles = list(troubles)
        self.replies: list[Reply] = []

    def render(self, reply: Reply) -> tuple[str, ...]:
        """One part, the plain text of the reply."""
        self.replies.append(reply)
        return (as_text(reply, addresses=False),)

    async def send(self, chat: ChatRef, part: str, *, silent: bool) -> str:
        """Kept, unless a trouble is next."""
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.sent.append((chat, part, silent))
        return f"m{len(self.sent)}"


class ScriptedFetcher:
    """A Fetcher that answers by address and records what it was asked: (url, etag, last_modified).

    A list is answered one by one, its last for ever; an exception is raised; an address without a script is not found.
    """

    def __init__(self, answers: Mapping[str, Fetched | Exception | list[Fetched | Exception]] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[tuple[str, str | None, str | None]] = []

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        """The scripted answer."""
        self.asked.append((url, etag, last_modified))
        said = self.answers.get(url, SourceError(Trouble.HTTP_STATUS, url, detail="404", status=404))
        if isinstance(said, list):
            said = said.pop(0) if len(said) > 1 else said[0]
        if isinstance(said, Exception):
            raise said
        return said


class ScriptedReader:
    """A FeedReader that answers by address; an address without a script is not a feed."""

    def __init__(self, documents: Mapping[str, ParsedFeed | Exception] | None = None) -> None:
        self.documents = dict(documents or {})
        self.read_addresses: list[str] = []

    async def read(self, feed: Feed, fetched: Fetched) -> ParsedFeed:
        """The scripted document."""
        self.read_addresses.append(fetched.final_url)
        said = self.documents.get(
            fetched.final_url, SourceError(Trouble.NOT_A_FEED, fetched.final_url, detail="web page")
        )
        if isinstance(said, Exception):
            raise said
        return said


class ScriptedExtractor:
    """An Extractor that answers by address; too little text at an address without a script."""

    def __init__(self, pages: Mapping[str, Page | NoText] | None = None) -> None:
        self.pages = dict(pages or {})
        self.asked: list[str] = []

    async def extract(self, fetched: Fetched) -> Page | NoText:
        """The scripted page."""
        self.asked.append(fetched.final_url)
        return self.pages.get(fetched.final_url, NoText.STUB)


class ScriptedFinder:
    """A FeedFinder that answers by the page's address; it finds nothing in a page without a script."""

    def __init__(self, pages: Mapping[str, Sequence[FoundFeed]] | None = None) -> None:
        self.pages = dict(pages or {})

    def find(self, fetched: Fetched) -> tuple[FoundFeed, ...]:
        """The scripted feeds."""
        return tuple(self.pages.get(fetched.final_url, ()))


def a_look_round(store: FeedStore, clock: Clock, sites: Mapping[str, Sequence[FoundFeed]] | None = None) -> Looks:
    """Looks at scripted sites, each with its page and the feeds it points to; two invented ones without a script."""
    news = FoundFeed("https://example.org/news.xml", "Example News")
    ours = FoundFeed("https://svitanok.example/feed.xml", "Svitanok")
    english = FoundFeed("https://svitanok.example/en/feed.xml", "Svitanok in English")
    known = dict(sites or {"https://example.org": (news,), "https://svitanok.example": (ours, english)})
    feeds = {
        feed.url: ParsedFeed(title=feed.title, language="en", entries=()) for found in known.values() for feed in found
    }
    pages = {
        url: Fetched(url=url, final_url=url, status=200, content_type="text/html", body=b"x")
        for url in (*known, *feeds)
    }
    sources = Sources(
        store=store, fetcher=ScriptedFetcher(pages), reader=ScriptedReader(feeds), finder=ScriptedFinder(known)
    )
    return Looks(sources, clock)
