"""Days of reading one server: when it is asked again, under which address, and when never. What its owner would suffer from a reader that does not listen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from email.utils import format_datetime

import pytest

from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.parse import DocumentReader
from bot.model.errors import Trouble
from bot.model.feeds import Feed, Health
from bot.ports import Plan
from bot.services.collect import Collector
from bot.services.sites import new_feed
from bot.store import SqlStore, open_store
from tests.builders import NOON
from tests.contracts.feed_server import FeedServer, Scene, answer, item, redirect, rss
from tests.doubles import MovableClock

BODY = rss(item(1), item(2))
HOUR = timedelta(hours=1)
LATER = format_datetime(NOON + 3 * HOUR, usegmt=True)
DATE = format_datetime(NOON, usegmt=True)


class Days:
    """One feed of one server, read round by round."""

    def __init__(self, server: FeedServer, store: SqlStore, fetcher: HttpFetcher, clock: MovableClock) -> None:
        self.server, self.store, self.clock = server, store, clock
        reader = DocumentReader(now=clock.now)
        self.collector = Collector(store=store, fetcher=fetcher, reader=reader, clock=clock, chance=lambda: 0.0)

    async def read(self, *scenes: Scene, rounds: int = 1) -> Feed:
        """The feed after it was looked at so often."""
        url = self.server.says("/feed", *scenes)
        if not await self.store.feeds():
            await self.store.apply(Plan(feeds=(new_feed(url, name="Lantern"),)))
        for _ in range(rounds):
            await self.collector.round(everything=True)
        return (await self.store.feeds())[0]


@pytest.fixture
async def days() -> AsyncIterator[Days]:
    clock = MovableClock(NOON)
    options = FetchOptions(
        user_agent="planwatch",
        timeout=timedelta(seconds=3),
        spacing=timedelta(0),
        allow_private_hosts=("127.77.0.0/16",),
    )
    async with FeedServer() as server, open_store("sqlite://") as store, HttpFetcher(options, now=clock.now) as fetcher:
        yield Days(server, store, fetcher, clock)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "10800"}, 3 * HOUR),
        ({"Retry_After": LATER}, 3 * HOUR),
        ({"Cache_Control": "max-age=10800"}, 3 * HOUR),
        ({"Cache_Control": "public, max-age=14400", "Age": "3600"}, 3 * HOUR),
        ({"Expires": LATER, "Date": DATE}, 3 * HOUR),
        ({"Expires": format_datetime(NOON + 9 * HOUR, usegmt=True), "Cache_Control": "max-age=10800"}, 3 * HOUR),
        ({"Cache_Control": "max-age=3600", "Retry_After": "10800"}, 3 * HOUR),
        ({"Cache_Control": "max-age=31536000"}, 24 * HOUR),
        ({"Retry_After": "999999999"}, 24 * HOUR),
        ({"Cache_Control": "max-age=60, stale-if-error=86400, stale-while-revalidate=86400"}, HOUR / 4),
        ({"Cache_Control": "no-cache, max-age=10800"}, HOUR / 4),
        ({}, HOUR / 4),
    ],
    ids=["Retry-After in seconds", "Retry-After as a date", "max-age", "max-age less Age", "Expires", "max-age before Expires", "the later of two",
         "a year", "for ever", "RFC 5861", "no-cache", "nothing said"],
)  # fmt: skip
@pytest.mark.parametrize("status", [200, 304])
async def test_a_server_that_says_when_to_come_back_is_left_alone_until_then(
    days: Days, status: int, headers: dict[str, str], wait: timedelta
) -> None:
    if status == 304:
        known = await days.read(answer(BODY, ETag='"1"'))
        assert known.etag == '"1"'
    feed = await days.read(answer(BODY if status == 200 else b"", status=status, ETag='"1"', length=None, **headers))
    assert feed.health is Health.GOOD and feed.next_at is not None
    least = HOUR / 4 * 8 / 7 if status == 304 and wait == HOUR / 4 else wait
    assert abs(feed.next_at - NOON - least) < timedelta(minutes=3)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("said", "wait"), [("10800", 3 * HOUR), (LATER, 3 * HOUR), ("soon", HOUR / 12)])
async def test_an_overloaded_server_names_the_hour_and_is_not_asked_before(
    days: Days, status: int, said: str, wait: timedelta
) -> None:
    feed = await days.read(answer(status=status, Retry_After=said))
    assert feed.health is Health.FAILING and feed.next_at is not None
    assert abs(feed.next_at - NOON - wait) < timedelta(minutes=2)
    asked = len(days.server.asked)
    days.clock.move(wait / 2)
    await days.collector.round()
    assert len(days.server.asked) == asked


@pytest.mark.parametrize("first", [301, 308])
@pytest.mark.parametrize("second", [301, 308])
async def test_a_feed_that_moved_for_good_is_asked_at_its_old_address_twice_and_then_no_more(
    days: Days, first: int, second: int
) -> None:
    new = days.server.says("/new", answer(BODY))
    days.server.says("/between", redirect(second, "/new"))
    once = await days.read(redirect(first, "/between"))
    assert once.address.endswith("/feed") and once.moved_to == new
    feed = await days.read(redirect(first, "/between"), rounds=2)
    assert feed.address == new and feed.url.endswith("/feed")
    assert days.server.paths == ["/feed", "/between", "/new"] * 2 + ["/new"]


@pytest.mark.parametrize("status", [302, 303, 307])
@pytest.mark.parametrize("first", [True, False], ids=["before a lasting one", "after a lasting one"])
async def test_a_feed_that_moved_for_now_keeps_its_address_for_ever(days: Days, status: int, first: bool) -> None:
    days.server.says("/new", answer(BODY))
    days.server.says("/between", redirect(301 if first else status, "/new"))
    feed = await days.read(redirect(status if first else 301, "/between"), rounds=4)
    assert feed.address.endswith("/feed") and feed.moved_to is None and days.server.paths[-3] == "/feed"


async def test_a_move_that_does_not_hold_is_forgotten(days: Days) -> None:
    days.server.says("/new", answer(BODY))
    days.server.says("/other", answer(BODY))
    moves = (redirect(301, "/new"), answer(BODY), redirect(301, "/new"), redirect(301, "/other"), answer(BODY))
    assert (await days.read(*moves, rounds=5)).address.endswith("/feed")


async def test_a_feed_taken_down_for_good_is_never_asked_again(days: Days) -> None:
    feed = await days.read(answer(status=410), rounds=3)
    assert feed.health is Health.GONE and feed.trouble is Trouble.GONE
    assert days.server.paths == ["/feed"]


async def test_a_feed_that_moved_for_good_to_where_nothing_is_any_more_is_gone_too(days: Days) -> None:
    days.server.says("/new", answer(status=410))
    assert (await days.read(redirect(301, "/new"), rounds=2)).health is Health.GONE


async def test_a_feed_sent_for_now_to_what_is_gone_is_tried_again(days: Days) -> None:
    days.server.says("/maintenance", answer(status=410), answer(status=410), answer(BODY))
    assert (await days.read(redirect(302, "/maintenance"))).health is Health.FAILING
    feed = await days.read(redirect(302, "/maintenance"), rounds=2)
    assert feed.health is Health.GOOD


async def test_a_site_whose_robots_txt_is_gone_has_not_lost_its_feed(days: Days) -> None:
    days.server.says("/robots.txt", answer(status=410))
    assert (await days.read(answer(BODY))).health is Health.GOOD
