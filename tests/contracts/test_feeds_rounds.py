"""Whole rounds: real server, real fetcher, real parser, real store. What one day of reading does, seen from both ends of the wire."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.feeds.discover import PageFinder
from bot.feeds.extract import PageExtractor
from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.parse import DocumentReader
from bot.model.errors import Trouble
from bot.model.feeds import Health, Page
from bot.ports import Plan
from bot.services.collect import Collector
from bot.services.sites import new_feed
from bot.services.sources import Sources
from bot.store import SqlStore, open_store
from tests.builders import NOON
from tests.contracts.feed_server import (
    FeedServer,
    Scene,
    answer,
    endless,
    hang_up,
    item,
    redirect,
    rss,
    silent,
    with_etag,
)
from tests.doubles import MovableClock


class Desk:
    """Everything that reads, for real, on one server."""

    def __init__(self, server: FeedServer, store: SqlStore, fetcher: HttpFetcher) -> None:
        self.server, self.store, self.fetcher, self.clock = server, store, fetcher, MovableClock(NOON)
        reader = DocumentReader(now=self.clock.now)
        self.collector = Collector(store=store, fetcher=fetcher, reader=reader, clock=self.clock)
        self.sources = Sources(store=store, fetcher=fetcher, reader=reader, finder=PageFinder())


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    options = FetchOptions(
        user_agent="planwatch (+mailto:desk@lantern.example)",
        timeout=timedelta(seconds=2),
        max_bytes=300_000,
        spacing=timedelta(0),
        allow_private_hosts=("127.77.0.0/16",),
    )
    async with (
        FeedServer() as server,
        open_store("sqlite://") as store,
        HttpFetcher(options, now=lambda: NOON) as fetcher,
    ):
        yield Desk(server, store, fetcher)


async def test_a_day_of_reading_brings_each_story_once(desk: Desk) -> None:
    url = desk.server.says(
        "/feed",
        with_etag(rss(item(1), item(2)), '"1"', NOON),
        with_etag(rss(item(1), item(2)), '"1"', NOON),
        answer(rss(item(2, "Edited."), item(3))),
    )
    await desk.store.apply(Plan(feeds=(new_feed(url, name="Lantern"),)))
    rounds = [await desk.collector.round(everything=True) for _ in range(3)]
    assert [(done.new, done.edited, done.unchanged) for done in rounds] == [(2, 0, 0), (0, 0, 1), (1, 1, 0)]
    assert (
        "if-none-match" not in desk.server.asked[0].headers and desk.server.asked[1].headers["if-none-match"] == '"1"'
    )
    waiting = await desk.store.waiting_entries(10)
    assert sorted(entry.url for entry in waiting) == [f"https://lantern.example/{number}" for number in (1, 2, 3)]


async def test_a_world_of_bad_servers_costs_the_good_one_nothing(desk: Desk) -> None:
    bad: dict[str, tuple[Scene, Trouble]] = {
        "/gone": (answer(status=410), Trouble.GONE),
        "/busy": (answer(status=429, Retry_After="60"), Trouble.RATE_LIMITED),
        "/page": (answer(b"<!doctype html><html></html>", Content_Type="text/html"), Trouble.NOT_A_FEED),
        "/wall": (answer(b"<html><title>Just a moment...</title></html>", status=403), Trouble.CHALLENGE_PAGE),
        "/bomb": (answer(gzip.compress(bytes(20_000_000)), Content_Encoding="gzip"), Trouble.TOO_LARGE),
        "/inner": (redirect(302, "http://169.254.169.254/"), Trouble.ADDRESS_REFUSED),
        "/broken": (answer(b"<rss><channel><item"), Trouble.BROKEN_FEED),
        "/cut": (hang_up, Trouble.CONNECTION),
        "/silent": (silent, Trouble.TIMEOUT),
        "/drip": (endless("HTTP/1.1 200 OK\r\n\r\n", b"<", pause=0.05), Trouble.TIMEOUT),
    }
    feeds = [new_feed(desk.server.says(path, scene), name=path) for path, (scene, _) in bad.items()]
    good = new_feed(desk.server.says("/good", answer(rss(item(1)))), name="/good")
    await desk.store.apply(Plan(feeds=(*feeds, good)))
    done = await desk.collector.round()
    assert {look.feed.name: look.error.trouble for look in done.failed if look.error} == {
        path: why for path, (_, why) in bad.items()
    }
    assert done.read == 1 and done.new == 1
    stored = {feed.name: feed for feed in await desk.store.feeds()}
    assert stored["/gone"].health is Health.GONE and stored["/good"].health is Health.GOOD


async def test_the_event_loop_answers_while_a_large_round_runs(desk: Desk) -> None:
    feeds = [
        new_feed(desk.server.says(f"/{number}", answer(rss(*(item(each) for each in range(200))))))
        for number in range(12)
    ]
    await desk.store.apply(Plan(feeds=tuple(feeds)))
    loop, longest, stop = asyncio.get_running_loop(), 0.0, asyncio.Event()

    async def beat() -> None:
        nonlocal longest
        while not stop.is_set():
            before = loop.time()
            await asyncio.sleep(0.005)
            longest = max(longest, loop.time() - before)

    beating = asyncio.create_task(beat())
    done = await desk.collector.round()
    stop.set()
    await beating
    assert done.read == 12 and longest < 0.5  # parsing alone takes seconds; the limit is loose for busy machines


async def test_a_site_is_followed_by_its_one_feed(desk: Desk) -> None:
    page = b"<!doctype html><html><head><link rel=alternate type=application/rss+xml href=/all.xml></head></html>"
    site = desk.server.says("/", answer(page, Content_Type="text/html"))
    desk.server.says("/all.xml", answer(rss(item(1))))
    added = await desk.sources.add(site)
    assert added.feed is not None and added.feed.url.endswith("/all.xml") and added.feed.name == "Lantern"
    assert (await desk.collector.round()).new == 1


async def test_the_page_of_an_entry_gives_its_main_text(desk: Desk) -> None:
    told = "The draft would cap the army at 800,000 troops in peacetime, two officials familiar with the text said on Monday."
    page = f"<!doctype html><html lang=en><body><nav>Menu</nav><article><h1>Cap</h1><p>{told}</p><p>Read more: Other</p></article></body></html>"
    url = desk.server.says("/1", answer(page.encode(), Content_Type="text/html"))
    found = await PageExtractor(now=lambda: NOON).extract(await desk.fetcher.fetch(url))
    assert isinstance(found, Page) and (found.text, found.title) == (told, "Cap")
