"""A digest says which sources it had to do without: those that were missing in its window, and no others."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model.digests import Digest, Window
from bot.model.feeds import Feed, Health
from bot.ports import Plan
from bot.services.recap import recap
from bot.store import SqlStore, open_store
from tests.builders import DAY, NOON, a_feed, a_topic


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


async def digest_with(store: SqlStore, *feeds: Feed, days_ago: int = 0) -> Digest:
    await store.apply(Plan(feeds=feeds))
    until = NOON - timedelta(days=days_ago)
    return (await recap(store, a_topic(), Window(since=until - DAY, until=until), language="en")).digest


def a_blind_feed(**given: object) -> Feed:
    known = {"id": "blind", "name": "Blind", "health": Health.BLIND, "failing_since": NOON - 3 * DAY}
    return a_feed(**{"succeeded_at": NOON - 4 * DAY, **known, **given})


async def test_a_blind_source_is_named_and_one_for_another_topic_or_switched_off_is_not(store: SqlStore) -> None:
    others = (a_blind_feed(id="rail", topics=("rail",)), a_feed(id="off", health=Health.PAUSED), a_feed(id="new"))
    digest = await digest_with(store, a_blind_feed(), *others)
    assert digest.blind == (("Blind", NOON - 3 * DAY),)
    assert (digest.sources, digest.not_yet) == (2, 1)


async def test_a_past_day_is_not_blamed_on_a_source_that_was_read_then(store: SqlStore) -> None:
    assert (await digest_with(store, a_blind_feed(), days_ago=5)).blind == ()


async def test_a_source_that_never_could_be_read_is_missing_from_every_day(store: SqlStore) -> None:
    never = a_blind_feed(succeeded_at=None, health=Health.FAILING)
    assert (await digest_with(store, never, days_ago=5)).blind == (("Blind", NOON - 3 * DAY),)


async def test_a_source_that_failed_only_lately_still_counts_as_read(store: SqlStore) -> None:
    assert (await digest_with(store, a_blind_feed(health=Health.FAILING))).blind == ()
