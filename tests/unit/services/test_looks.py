"""Looking at sites for people in chats: nobody can make planwatch pester a site, or keep others waiting."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model.errors import NotNow, SourceError, Trouble
from bot.model.feeds import Fetched
from bot.ports import Plan
from bot.services.looks import AT_ONCE, IN_LINE, OFTEN, PATIENCE, Looks
from bot.services.sites import FoundFeed
from bot.services.sources import Sources
from bot.store import SqlStore, open_store
from tests.builders import NOON, a_chat_ref, a_feed
from tests.doubles import MovableClock, ScriptedFetcher, ScriptedFinder, ScriptedReader, a_look_round

SITE = "https://example.org"


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


async def test_feeds_that_are_read_already_are_marked(store: SqlStore) -> None:
    known = a_feed(id="here", url="http://www.example.org/news.xml", address="https://example.org/news.xml")
    await store.apply(Plan(feeds=(known,)))
    sites = {SITE: (FoundFeed("https://example.org/news.xml", "News"), FoundFeed("https://example.org/b.xml", "B"))}
    view = await a_look_round(store, MovableClock(NOON), sites).look(a_chat_ref(), SITE)
    assert [(feed.title, feed.known and feed.known.id) for feed in view.feeds] == [("News", "here"), ("B", None)]


async def test_a_chat_has_few_looks_a_minute_and_other_chats_have_their_own(store: SqlStore) -> None:
    clock = MovableClock(NOON)
    looks = a_look_round(store, clock)
    for _ in range(OFTEN):
        await looks.look(a_chat_ref(), SITE)
        clock.move(timedelta(seconds=5))
    with pytest.raises(NotNow) as raised:
        await looks.look(a_chat_ref(), SITE)
    assert raised.value.after == timedelta(seconds=60 - 5 * OFTEN)
    await looks.look(a_chat_ref("78"), SITE)
    clock.move(raised.value.after)
    await looks.look(a_chat_ref(), SITE)


async def test_a_clock_put_back_shuts_no_chat_out(store: SqlStore) -> None:
    clock = MovableClock(NOON)
    looks = a_look_round(store, clock)
    for _ in range(OFTEN):
        await looks.look(a_chat_ref(), SITE)
    clock.move(timedelta(days=-1))
    await looks.look(a_chat_ref(), SITE)


async def test_a_look_that_fails_counts_too(store: SqlStore) -> None:
    looks = a_look_round(store, MovableClock(NOON))
    for _ in range(OFTEN):
        with pytest.raises(SourceError):
            await looks.look(a_chat_ref(), "https://dead.example")
    with pytest.raises(NotNow):
        await looks.look(a_chat_ref(), SITE)


class _Held(ScriptedFetcher):
    """Answers nobody until it is let go; counts who waits."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = asyncio.Event()
        self.full = asyncio.Event()  # AT_ONCE wait
        self.waiting = 0

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        self.waiting += 1
        if self.waiting == AT_ONCE:
            self.full.set()
        await self.let_go.wait()
        raise SourceError(Trouble.DNS, url)


async def test_one_look_at_a_time_a_chat_and_few_over_all(store: SqlStore) -> None:
    fetcher = _Held()
    sources = Sources(store=store, fetcher=fetcher, reader=ScriptedReader(), finder=ScriptedFinder())
    looks = Looks(sources, MovableClock(NOON))
    under_way = [asyncio.create_task(looks.look(a_chat_ref(str(number)), SITE)) for number in range(IN_LINE)]
    await fetcher.full.wait()
    with pytest.raises(NotNow) as raised:
        await looks.look(a_chat_ref("0"), SITE)
    assert raised.value.after is None and fetcher.waiting == AT_ONCE
    with pytest.raises(NotNow) as raised:
        await looks.look(a_chat_ref("one too many"), SITE)
    assert raised.value.after == PATIENCE
    fetcher.let_go.set()
    results = await asyncio.gather(*under_way, return_exceptions=True)
    assert [type(result) for result in results] == [SourceError] * IN_LINE
    with pytest.raises(SourceError):
        await looks.look(a_chat_ref("0"), SITE)  # free again, whatever came of the first


async def test_what_is_remembered_of_chats_does_not_grow(store: SqlStore) -> None:
    clock = MovableClock(NOON)
    looks = a_look_round(store, clock)
    for number in range(50):
        await looks.look(a_chat_ref(str(number)), SITE)
        clock.move(timedelta(seconds=10))
    assert len(looks._begun) <= 7
