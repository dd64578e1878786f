"""Everything WebSub needs, together on one machine: feeds, a hub, a store, the collector, the callback server."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.parse import DocumentReader
from bot.feeds.websub.answering import CallbackOptions
from bot.feeds.websub.callbacks import answering_hubs
from bot.model.feeds import Feed, FeedId, Push, PushState
from bot.ports import Plan
from bot.services.collect import Collector
from bot.services.hubcalls import HubCalls
from bot.services.pushbook import PushBook
from bot.services.pushes import Pushes
from bot.store import SqlStore, open_store
from tests.builders import NOON, a_feed
from tests.contracts.feed_server import FeedServer, answer, item, rss
from tests.contracts.websub_hub import WebSubHub
from tests.doubles import MovableClock, RecordingLog

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Bench:
    """One running subscriber. `public` is its public address."""

    store: SqlStore
    server: FeedServer
    hub: WebSubHub
    clock: MovableClock
    log: RecordingLog
    collector: Collector
    pushes: Pushes
    calls: HubCalls
    fetcher: HttpFetcher
    counted: Counter[str]
    public: str

    async def follow(self, path: str = "/feed", *items: str, hub: str = "") -> Feed:
        """Follow a feed that names the hub in its Link headers, and read it once."""
        url = f"http://{self.server.host}:{self.server.port}{path}"
        link = f'<{hub or self.hub.url}>; rel="hub", <{url}?utm_source=x>; rel="self"'
        self.server.says(path, answer(rss(*(items or (item(1),))), Link=link))
        await self.store.apply(Plan(feeds=(a_feed(id=path.strip("/"), name=path, url=url, address=url),)))
        await self.collector.round()
        return await self.feed(path.strip("/"))

    async def follow_news(self, *items: str) -> None:
        """The feed's own server has these, and it is read."""
        feed = await self.feed()
        link = f'<{feed.hub}>; rel="hub", <{feed.self_url}>; rel="self"'
        self.server.says("/feed", answer(rss(*items), Link=link))
        await self.collector.round(everything=True)

    async def subscribed(self, path: str = "/feed", *items: str) -> Feed:
        """Such a feed, with the hub's promise told."""
        await self.follow(path, *items)
        await self.round()
        return await self.feed(path.strip("/"))

    async def round(self) -> int:
        """Ask hubs, let them verify, tell the collector."""
        asked = await self.pushes.round()
        await self.hub.settled()
        await self.pushes.round()
        return asked

    async def feed(self, id_: str = "feed") -> Feed:
        return (await self.store.feeds([FeedId(id_)]))[0]

    async def states(self) -> list[PushState]:
        return sorted(push.state for push in await self.store.pushes())

    async def push_of(self, id_: str = "feed") -> Push:
        """The newest subscription of a feed."""
        return (await self.store.pushes(feeds=[FeedId(id_)]))[0]

    async def titles(self) -> list[str]:
        """Of all entries that wait to be studied."""
        return sorted(entry.title for entry in await self.store.waiting_entries(99))

    async def taken(self, event: str = "push.taken") -> None:
        """Returns once a pushed document was dealt with."""
        async with asyncio.timeout(5):
            await self.log.until(event)


@asynccontextmanager
async def bench(
    server: FeedServer,
    hub: WebSubHub,
    *,
    url: str = "sqlite://",
    switched_on: bool = True,
    allowed: tuple[str, ...] = ("127.77.0.0/16",),
    **given: object,
) -> AsyncIterator[Bench]:
    """A subscriber on the store at `url`; `given` goes into the server's options."""
    clock, log, counted = MovableClock(NOON), RecordingLog(), Counter[str]()
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(open_store(url, clock=clock))
        wishes = FetchOptions(user_agent="planwatch/test", spacing=timedelta(0), allow_private_hosts=allowed)
        fetcher = await stack.enter_async_context(HttpFetcher(wishes, now=clock.now))
        reader = DocumentReader(now=clock.now)
        collector = Collector(store=store, fetcher=fetcher, reader=reader, clock=clock, chance=lambda: 0.0)
        book = PushBook(store)
        calls = HubCalls(book=book, taker=collector, clock=clock, log=log)
        options = {"public_url": "http://127.0.0.1/bot/websub", "listen": ("127.0.0.1", 0), **given}
        port = await stack.enter_async_context(
            answering_hubs(CallbackOptions(**options), calls, log, lambda kind: counted.update([kind]))  # type: ignore[arg-type]
        )
        public = f"http://127.0.0.1:{port}/bot/websub"
        pushes = Pushes(
            book=book, poster=fetcher, hearer=collector, clock=clock, log=log, base=public if switched_on else "",
            token=lambda: token_urlsafe(32),
        )  # fmt: skip
        yield Bench(store, server, hub, clock, log, collector, pushes, calls, fetcher, counted, public)
