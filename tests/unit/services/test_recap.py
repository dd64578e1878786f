"""A digest says which sources it had to do without, and tells a subscriber all that moved, once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model.digests import Digest, LeftOut, Window, WindowBy
from bot.model.feeds import Feed, Health
from bot.model.stories import KeyPoint
from bot.ports import Plan
from bot.services.recap import Recap, recap
from bot.store import SqlStore, open_store
from bot.summariser.changes import ledger_of
from tests.builders import DAY, HOUR, NOON, a_development, a_feed, a_telling, a_topic, a_value


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


# ── what a subscriber is told ──


async def told(store: SqlStore, points: list[KeyPoint], window: Window, before: frozenset[str] = frozenset()) -> Recap:
    """The recap of a window once these points were studied."""
    ledger = ledger_of(a_topic(), points)
    changes = tuple(change for found in ledger.changes.values() for change in found)
    facts: dict[str, list[KeyPoint]] = {}
    for point in points:
        facts.setdefault(str(point.development_id), []).append(point)
    developments = tuple(
        a_development(id=fact, category=some[0].category, text=some[0].quote, point_ids=tuple(p.id for p in some))
        for fact, some in facts.items()
    )
    await store.apply(Plan(points=tuple(points), developments=developments, altered=changes))
    return await recap(store, a_topic(), window, language="en", told=before)


def read_on(day: int) -> Window:
    return Window(since=NOON + day * DAY, until=NOON + (day + 1) * DAY, by=WindowBy.SEEN)


async def test_an_unsure_fact_reaches_a_subscriber_on_the_day_on_which_it_is_confirmed(store: SqlStore) -> None:
    first = a_telling("cap", by="One", confidence=0.35, seen_at=NOON + HOUR)
    second = a_telling("cap", by="Two", confidence=0.35, at=NOON + 2 * DAY, seen_at=NOON + 2 * DAY + HOUR)
    alone = await told(store, [first], read_on(0))
    assert not alone.digest.items and dict(alone.digest.left_out) == {LeftOut.UNSURE: 1}
    assert [item.quote for item in (await told(store, [first, second], read_on(2))).digest.items] == [second.quote]


async def test_all_that_one_line_stands_for_is_told_and_never_comes_again(store: SqlStore) -> None:
    values = [a_value(number, at=NOON + n * HOUR) for n, number in ((0, 800_000), (30, 750_000), (60, 700_000))]
    week = Window(since=NOON + HOUR, until=NOON + 9 * DAY)
    found = await told(store, values, week)
    assert [(item.before, item.after) for item in found.digest.items] == [("800000", "700000")]
    assert len(found.told) == 2
    assert not (await told(store, values, week, frozenset(found.told))).digest.items


async def test_a_stated_day_that_goes_by_reaches_a_subscriber_though_nobody_wrote_of_it(store: SqlStore) -> None:
    day = a_value((NOON + 3 * DAY).toordinal(), slot="deploy_days", unit="date", category="force")
    digests = [(await told(store, [day], read_on(n))).digest for n in range(6)]
    assert [[str(item.kind) for item in digest.items] for digest in digests] == [
        ["deadline"],
        [],
        [],
        ["passed"],
        [],
        [],
    ]
