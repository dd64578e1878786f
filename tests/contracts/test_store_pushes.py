"""Subscriptions at hubs survive the store, and it tells what is to be done about them, on every database."""

from __future__ import annotations

import pytest

from bot.model.feeds import FeedId, Health, Push, PushId, PushState
from bot.ports import Plan
from bot.store import SqlStore
from tests.builders import DAY, HOUR, NOON, a_feed, a_push, a_pushed_feed

BASE = "https://bot.example/websub"
FEED = FeedId("example-wire")


async def holds(store: SqlStore, *pushes: Push, **feed: object) -> None:
    await store.apply(Plan(feeds=(a_pushed_feed(**feed),), pushes=pushes))


async def test_a_subscription_comes_back_as_it_was_saved_and_goes_when_told(store: SqlStore) -> None:
    failed = a_push(id="b", state=PushState.FAILED, until=None, reason="timeout", failures=3, asked_at=NOON - HOUR)
    await store.apply(Plan(pushes=(failed, a_push(id="a"))))
    assert await store.pushes() == (a_push(id="a"), failed)
    assert await store.pushes(ids=[PushId("b"), PushId("none")]) == (failed,)
    assert await store.pushes(feeds=[FEED]) == (a_push(id="a"), failed) and await store.pushes(feeds=[]) == ()
    await store.apply(Plan(removed_pushes=(PushId("b"),)))
    assert await store.pushes() == (a_push(id="a"),)


async def test_a_feed_with_a_hub_is_to_be_subscribed_once(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(a_pushed_feed(), a_feed(id="without"), a_pushed_feed(id="gone", health=Health.GONE))))
    assert await store.feeds_to_push(BASE, NOON, 9) == (FEED,)
    await store.apply(Plan(pushes=(a_push(state=PushState.ASKED, next_at=NOON),)))
    assert await store.feeds_to_push(BASE, NOON, 9) == ()


@pytest.mark.parametrize("state", [PushState.ACTIVE, PushState.FAILED, PushState.DENIED])
async def test_a_subscription_is_made_anew_when_its_time_has_come(store: SqlStore, state: PushState) -> None:
    await holds(store, a_push(state=state, next_at=NOON + HOUR))
    assert await store.feeds_to_push(BASE, NOON, 9) == ()
    assert await store.feeds_to_push(BASE, NOON + HOUR, 9) == (FEED,)


@pytest.mark.parametrize(
    "other",
    [{"hub": "https://old.example/"}, {"topic": "https://old.example/feed"}, {"base": "https://old.example"}, {"state": PushState.ENDING}],
    ids=str,
)  # fmt: skip
async def test_what_was_asked_elsewhere_does_not_count(store: SqlStore, other: dict[str, object]) -> None:
    await holds(store, a_push(**other))
    assert await store.feeds_to_push(BASE, NOON, 9) == (FEED,)


@pytest.mark.parametrize(
    "feed",
    [{"hub": "https://new.example/"}, {"self_url": "https://new.example/"}, {"health": Health.GONE}, {"health": Health.PAUSED}],
    ids=str,
)  # fmt: skip
async def test_a_subscription_whose_feed_is_another_now_is_astray(store: SqlStore, feed: dict[str, object]) -> None:
    await holds(store, a_push(), a_push(id="over", state=PushState.ENDING))
    assert await store.stray_pushes(BASE, 9) == ()
    await holds(store, **feed)
    assert await store.stray_pushes(BASE, 9) == (a_push(),)


async def test_a_removed_feed_and_a_new_public_address_leave_subscriptions_astray(store: SqlStore) -> None:
    await holds(store, a_push())
    assert await store.stray_pushes("https://new.example", 9) == (a_push(),)
    assert await store.stray_pushes("", 9) == (a_push(),)
    await store.apply(Plan(removed_feeds=(FEED,)))
    assert await store.stray_pushes(BASE, 9) == (a_push(),)


async def test_what_is_due_comes_longest_due_first(store: SqlStore) -> None:
    asked = a_push(id="asked", state=PushState.ASKED, next_at=NOON, until=None)
    ending = a_push(id="ending", state=PushState.ENDING, next_at=NOON - HOUR)
    lapsed = a_push(id="lapsed", next_at=NOON - DAY, until=NOON)
    runs = a_push(id="runs", next_at=NOON - DAY, until=NOON + HOUR)
    later = a_push(id="later", state=PushState.ASKED, next_at=NOON + HOUR)
    waits = a_push(id="waits", state=PushState.FAILED, next_at=NOON - DAY, until=None)
    await store.apply(Plan(pushes=(asked, ending, lapsed, runs, later, waits)))
    assert await store.due_pushes(NOON, 9) == (lapsed, ending, asked)
    assert await store.due_pushes(NOON, 1) == (lapsed,)


async def test_what_was_kept_by_a_clock_that_was_ahead_is_due(store: SqlStore) -> None:
    ahead = NOON + 3_650 * DAY
    asked = a_push(id="asked", feed_id="one", state=PushState.ASKED, next_at=ahead, until=None)
    runs = a_push(id="runs", feed_id="two", next_at=ahead - DAY, until=ahead)
    failed = a_push(id="failed", state=PushState.FAILED, next_at=ahead, until=None)
    await holds(store, asked, runs, failed)
    assert {push.id for push in await store.due_pushes(NOON, 9)} == {"asked", "runs"}
    assert await store.feeds_to_push(BASE, NOON, 9) == (FEED,)


async def test_a_promise_is_told_until_the_feed_knows_it_and_when_it_is_over(store: SqlStore) -> None:
    until = NOON + 10 * DAY
    await holds(store, a_push(), a_push(id="older", until=NOON + DAY), a_push(id="asked", state=PushState.ASKED))
    assert await store.untold_promises(NOON, 9) == ((FEED, until),)
    await holds(store, push_until=until)
    assert await store.untold_promises(NOON, 9) == ()
    assert await store.untold_promises(until, 9) == ((FEED, None),)
    await holds(store, a_push(state=PushState.DENIED), push_until=until)
    assert await store.untold_promises(NOON, 9) == ((FEED, NOON + DAY),)


async def test_neither_the_callback_nor_the_secret_is_ever_shown(store: SqlStore) -> None:
    await holds(store, a_push(id="unguessable", secret="hush"))
    shown = repr(await store.pushes())
    assert "unguessable" not in shown and "hush" not in shown and "hub.example" in shown
