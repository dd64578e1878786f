"""Feeds and entries survive the store, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

from bot.model.errors import Trouble
from bot.model.feeds import EntryId, FeedId, Health
from bot.ports import Plan
from bot.store import SqlStore
from tests.builders import DAY, HOUR, NOON, TOPIC, a_feed, an_entry
from tests.contracts.conftest import HandClock

FEED = FeedId("example-wire")


async def test_a_feed_comes_back_as_it_was_saved(store: SqlStore) -> None:
    feed = a_feed(
        topics=(TOPIC,),
        official=True,
        health=Health.FAILING,
        trouble=Trouble.RATE_LIMITED,
        trouble_detail="429",
        failures=3,
        failing_since=NOON,
        etag='W/"x"',
        last_modified="Tue, 10 Feb 2026 12:00:00 GMT",
        body_hash="b",
        moved_to="https://new.example/",
        checked_at=NOON,
        succeeded_at=NOON - DAY,
        changed_at=NOON - DAY,
        next_at=NOON + timedelta(microseconds=1),
        interval=timedelta(minutes=7, microseconds=250_000),
    )
    await store.apply(Plan(feeds=(feed,)))
    assert await store.feeds() == (feed,)


async def test_feeds_are_listed_by_name(store: SqlStore) -> None:
    names = ("Zebra", "alpha", "Ökonom", "Єдність", "Beta")
    await store.apply(Plan(feeds=tuple(a_feed(id=f"f{n}", name=name) for n, name in enumerate(names))))
    assert [feed.name for feed in await store.feeds()] == sorted(names)


async def test_a_moment_in_another_zone_is_the_same_moment_in_utc(store: SqlStore) -> None:
    kyiv = NOON.astimezone(timezone(timedelta(hours=2)))
    await store.apply(Plan(feeds=(a_feed(checked_at=kyiv),)))
    [feed] = await store.feeds()
    assert feed.checked_at == NOON
    assert feed.checked_at is not None
    assert feed.checked_at.utcoffset() == timedelta(0)


async def test_only_entries_of_the_asked_feed_are_known(store: SqlStore) -> None:
    await store.apply(Plan(entries=(an_entry(), an_entry(id="entry-2", feed_id="other"))))
    ids = [EntryId("entry-1"), EntryId("entry-2"), EntryId("entry-3")]
    assert (await store.known_entries(FEED, ids)).by_id == {"entry-1": "hash-of-entry-1"}


async def test_a_feed_of_forty_thousand_entries_can_be_compared(store: SqlStore) -> None:
    await store.apply(Plan(entries=(an_entry(),)))
    ids = [EntryId(f"entry-{number}") for number in range(40_000)]
    assert (await store.known_entries(FEED, ids)).by_id == {"entry-1": "hash-of-entry-1"}


async def test_waiting_entries_come_oldest_first_and_undated_last(store: SqlStore) -> None:
    moments = {"late": NOON + HOUR, "undated": None, "early": NOON}
    await store.apply(Plan(entries=tuple(an_entry(id=id_, published=moment) for id_, moment in moments.items())))
    assert [entry.id for entry in await store.waiting_entries(9)] == ["early", "late", "undated"]
    assert [entry.id for entry in await store.waiting_entries(1)] == ["early"]


async def test_a_studied_entry_waits_no_more_until_it_is_edited(store: SqlStore) -> None:
    entry = an_entry()
    await store.apply(Plan(entries=(entry, an_entry(feed_id="other")), studied=((FEED, entry.id),)))
    assert [waiting.feed_id for waiting in await store.waiting_entries(9)] == ["other"]
    edited = replace(entry, title="Army cap dropped", content_hash="edited")
    await store.apply(Plan(entries=(edited,)))
    assert edited in await store.waiting_entries(9)


async def test_a_removed_feed_takes_its_waiting_entries_along(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(a_feed(), a_feed(id="other")), entries=(an_entry(), an_entry(feed_id="other"))))
    await store.apply(Plan(removed_feeds=(FEED,)))
    assert [feed.id for feed in await store.feeds()] == ["other"]
    assert [entry.feed_id for entry in await store.waiting_entries(9)] == ["other"]


async def test_a_look_changes_only_feeds_that_are_followed_and_nothing_that_operators_say(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(a_feed(name="Wire", language=None), a_feed(id="unnamed", name=""))))
    seen = {"health": Health.GOOD, "address": "https://new.example/", "etag": "e", "interval": HOUR, "skip_days": (6,)}
    looked = [
        a_feed(id=id_, name="Of its document", language="uk", official=True, **seen)
        for id_ in (FEED, "unnamed", "gone")
    ]
    entries = tuple(an_entry(feed_id=feed.id) for feed in looked)
    await store.apply(Plan(visited=tuple(looked), entries=entries))
    kept = {feed.id: feed for feed in await store.feeds()}
    assert kept == {
        FEED: replace(looked[0], name="Wire", official=False),
        "unnamed": replace(looked[1], language=a_feed().language, official=False),
    }
    assert {entry.feed_id for entry in await store.waiting_entries(9)} == {FEED, "unnamed"}


async def test_an_entry_put_off_by_a_clock_that_was_ahead_waits_no_longer(store: SqlStore) -> None:
    await store.apply(Plan(entries=(an_entry(),), postponed=((FEED, EntryId("entry-1"), NOON + 3_650 * DAY),)))
    assert [entry.id for entry in await store.waiting_entries(9)] == ["entry-1"]


async def test_pruning_forgets_old_studied_entries_and_keeps_waiting_ones(store: SqlStore, clock: HandClock) -> None:
    old = (an_entry(id="done"), an_entry(id="waiting"))
    await store.apply(Plan(entries=old, studied=((FEED, EntryId("done")),)))
    clock.moment = NOON + DAY
    await store.apply(Plan(entries=(an_entry(id="new"),), studied=((FEED, EntryId("new")),)))
    assert await store.prune(NOON + HOUR) == 1
    ids = [EntryId("done"), EntryId("waiting"), EntryId("new")]
    assert set((await store.known_entries(FEED, ids)).by_id) == {"waiting", "new"}


async def test_a_postponed_entry_waits_until_its_time_and_remembers_how_often_it_was_tried(
    store: SqlStore, clock: HandClock
) -> None:
    await store.apply(Plan(entries=(an_entry(), an_entry(id="other"))))
    await store.apply(Plan(postponed=((FEED, EntryId("entry-1"), NOON + HOUR),)))
    assert [entry.id for entry in await store.waiting_entries(9)] == ["other"]
    clock.moment = NOON + HOUR
    assert {entry.id: entry.tries for entry in await store.waiting_entries(9)} == {"entry-1": 1, "other": 0}


async def test_an_edit_of_a_postponed_entry_does_not_wait(store: SqlStore) -> None:
    await store.apply(Plan(entries=(an_entry(),)))
    await store.apply(Plan(postponed=((FEED, EntryId("entry-1"), NOON + HOUR),)))
    edited = an_entry(title="Army cap dropped", content_hash="edited")
    await store.apply(Plan(entries=(edited,)))
    assert await store.waiting_entries(9) == (edited,)


async def test_a_postponed_entry_is_not_forgotten_before_it_was_tried_again(store: SqlStore, clock: HandClock) -> None:
    await store.apply(Plan(entries=(an_entry(),)))
    await store.apply(Plan(postponed=((FEED, EntryId("entry-1"), NOON + 3 * DAY),)))
    clock.moment = NOON + 2 * DAY
    assert await store.prune(NOON + DAY) == 0
