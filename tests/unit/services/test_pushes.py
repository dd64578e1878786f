"""Asking hubs where the network is played: what cannot be had on loopback."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from itertools import count

import pytest

from bot.model.errors import SourceError, StoreFull, Trouble
from bot.model.feeds import FeedId, Health, PushId, PushState
from bot.ports import Plan
from bot.services.collect import Collector
from bot.services.leases import begun, promised
from bot.services.pushbook import PushBook
from bot.services.pushes import MOST_ASKED, PromiseHearer, Pushes
from bot.store import SqlStore, open_store
from tests.builders import DAY, NOON, a_pushed_feed
from tests.doubles import MovableClock, RecordingLog, ScriptedFetcher, ScriptedReader


class ScriptedPoster:
    """Answers 202, or by address with an error."""

    def __init__(self, errors: Mapping[str, Exception] | None = None) -> None:
        self.errors = dict(errors or {})
        self.asked: list[str] = []

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        self.asked.append(url)
        if url in self.errors:
            raise self.errors[url]
        return 202


class Deaf:
    async def promised(self, feed_id: FeedId, until: datetime | None) -> None:
        raise AssertionError("nothing was promised")


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


def pushes(
    store: SqlStore, poster: ScriptedPoster, log: RecordingLog | None = None, hearer: PromiseHearer | None = None
) -> Pushes:
    numbers = count()
    return Pushes(
        book=PushBook(store), poster=poster, hearer=hearer or Deaf(), clock=MovableClock(NOON), log=log or RecordingLog(),
        token=lambda: f"token-{next(numbers)}", base="https://bot.example",
    )  # fmt: skip


async def test_a_hub_named_without_https_is_asked_with_it_and_without_only_where_that_fails(store: SqlStore) -> None:
    plain = "http://hub.example/"
    await store.apply(Plan(feeds=(a_pushed_feed(hub=plain),)))
    poster = ScriptedPoster({"https://hub.example/": SourceError(Trouble.TLS, plain)})
    assert await pushes(store, poster).round() == 1
    assert poster.asked == ["https://hub.example/", plain]
    assert [push.state for push in await store.pushes()] == [PushState.ASKED]


async def test_a_hub_that_refuses_is_told_once_with_its_host_only(store: SqlStore) -> None:
    hub = "https://hub.example/?key=hush"
    await store.apply(Plan(feeds=(a_pushed_feed(hub=hub),)))
    log = RecordingLog()
    await pushes(
        store, ScriptedPoster({hub: SourceError(Trouble.HTTP_STATUS, hub, detail="403", status=403)}), log
    ).round()
    [(level, event, fields)] = log.lines
    assert (level, event) == ("warning", "hub.refused")
    assert fields == {"feed": "example-wire", "hub": "hub.example", "problem": "http status 403"}


async def test_thousands_of_feeds_with_hubs_are_asked_for_in_portions(store: SqlStore) -> None:
    await store.apply(Plan(feeds=tuple(a_pushed_feed(id=f"f{number}") for number in range(MOST_ASKED + 20))))
    poster = ScriptedPoster()
    asking = pushes(store, poster)
    assert [await asking.round() for _ in range(3)] == [MOST_ASKED, 20, 0]
    assert len(poster.asked) == MOST_ASKED + 20


async def test_what_hubs_pushed_while_planwatch_was_off_is_polled_for_once(store: SqlStore) -> None:
    until, tomorrow = NOON + 9 * DAY, NOON + DAY
    feed = a_pushed_feed(health=Health.GOOD, push_until=until, pushed_at=NOON, next_at=tomorrow)
    lease = begun(feed, "https://bot.example", PushId("id"), "secret", NOON, 0)
    await store.apply(Plan(feeds=(feed,), pushes=(promised(lease, until - NOON, NOON),)))
    clock, reader = MovableClock(NOON), ScriptedReader()
    hearer = Collector(store=store, fetcher=ScriptedFetcher(), reader=reader, clock=clock)
    started = pushes(store, ScriptedPoster(), hearer=hearer)
    for next_at in (None, tomorrow):
        await started.round()
        [after] = await store.feeds()
        assert (after.push_until, after.next_at) == (until, next_at)
        await store.apply(Plan(feeds=(feed,)))


async def test_a_full_disk_is_the_operators_trouble_and_no_hub_is_asked(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.apply(Plan(feeds=(a_pushed_feed(),)))

    async def full(plan: Plan) -> None:
        raise StoreFull

    monkeypatch.setattr(store, "apply", full)
    poster = ScriptedPoster()
    with pytest.raises(StoreFull):
        await pushes(store, poster).round()
    assert poster.asked == []
