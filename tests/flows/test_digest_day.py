"""A subscriber's days: digests come once, whole and on time, whatever else fails."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.model.chats import Cadence, Chat, ChatKind, ChatRef, DeliveryState, Platform, Subscription, SubscriptionId
from bot.model.errors import ChatGone, ChatMoved, PartRefused, TryLater
from bot.model.topics import TopicId
from bot.ports import Plan
from bot.services.compose import Composer, last_due
from bot.services.deliver import ATTEMPTS, Deliverer, pause_after
from bot.services.follow import Follower
from bot.store import SqlStore, open_store
from tests.builders import a_delivery
from tests.doubles import MovableClock, RecordingLog, RecordingMessenger
from tests.showcase import MORNING, a_topic, a_voice, everything

HERE = ChatRef(Platform.TELEGRAM, "77")
DAY = timedelta(days=1)
KYIV = Cadence(hour=8, zone="Europe/Kyiv")


class World:
    """A store, a clock and a recorded platform, with the services that make a day."""

    def __init__(self, store: SqlStore, clock: MovableClock) -> None:
        self.store, self.clock = store, clock
        self.log = RecordingLog()
        self.telegram = RecordingMessenger()
        self.follower = Follower(store, clock, self.log)
        messengers: dict[Platform, Any] = {Platform.TELEGRAM: self.telegram}
        self.composer = Composer(store, (a_topic(),), messengers, a_voice(), clock, self.log)
        self.deliverer = Deliverer(store, messengers, clock, self.log)

    async def subscribe(self, chat: ChatRef = HERE, language: str = "en", cadence: Cadence = KYIV) -> Subscription:
        view = await self.follower.subscribe(
            Chat(ref=chat, kind=ChatKind.PRIVATE, language=language), a_topic(), cadence
        )
        return view.subscription

    async def go(self, by: timedelta = timedelta(0)) -> list[str]:
        """Time passes, the jobs run; the texts that arrived."""
        self.clock.move(by)
        before = len(self.telegram.sent)
        await self.composer.run()
        await self.deliverer.run()
        return [part for _, part, _ in self.telegram.sent[before:]]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    clock = MovableClock(MORNING - timedelta(hours=2))
    async with open_store("sqlite://", clock=clock) as store:
        await store.apply(everything())
        yield World(store, clock)


async def test_the_first_morning_brings_the_day_before(world: World) -> None:
    await world.subscribe()
    assert await world.go() == []
    [digest] = await world.go(timedelta(hours=2))
    assert digest.startswith("What moved · Sun 4 Jan, 08:00 to Mon 5 Jan, 08:00\n")
    assert "Response · deadline: 10 days, was 30 days" in digest
    assert "“The partners would have to begin deliveries inside ten days.”" in digest
    assert "Next digest: tomorrow, Tuesday 6 January, at 08:00 in Kyiv." in digest


async def test_a_digest_comes_once_however_often_the_jobs_run(world: World) -> None:
    await world.subscribe()
    assert len(await world.go(timedelta(hours=2))) == 1
    assert [await world.go(timedelta(minutes=1)) for _ in range(3)] == [[], [], []]


async def test_a_quiet_day_is_one_line(world: World) -> None:
    await world.subscribe()
    await world.go(timedelta(hours=2))
    [quiet] = await world.go(DAY)
    assert quiet.startswith("Nothing moved since 5 January, 08:00.")
    assert quiet.count("\n") == 1


async def test_days_without_power_become_one_digest_that_misses_nothing(world: World) -> None:
    subscription = await world.subscribe()
    [digest] = await world.go(timedelta(days=3, hours=5))
    assert digest.startswith("What moved · Sun 4 Jan, 08:00 to Thu 8 Jan, 08:00\n")
    [kept] = await world.store.subscriptions(chat=HERE)
    assert kept.covered_until == MORNING + 3 * DAY
    assert kept.next_due_at == MORNING + 4 * DAY
    assert kept.id == subscription.id


async def test_windows_leave_no_gap_and_do_not_overlap(world: World) -> None:
    await world.subscribe()
    for hours in (2, 24, 50, 23, 24):
        await world.go(timedelta(hours=hours))
    windows = sorted((delivery.window.since, delivery.window.until) for delivery in await world.store.deliveries(HERE))
    assert len(windows) >= 4
    assert all(one[1] == other[0] for one, other in pairwise(windows))


async def test_what_was_published_long_before_the_window_is_counted_not_told(world: World) -> None:
    await world.subscribe()
    world.clock.move(timedelta(hours=2))
    told = everything()
    old = [
        (
            topic,
            category,
            tuple(replace(change, at=change.at - 20 * DAY, seen_at=MORNING - timedelta(hours=1)) for change in changes),
        )
        for topic, category, changes in told.changes
    ]
    await world.store.apply(Plan(changes=tuple(old)))
    [digest] = await world.go()
    assert digest.startswith("Nothing moved")
    assert "published too long ago" in digest


async def test_every_subscriber_reads_in_their_own_language(world: World) -> None:
    other = ChatRef(Platform.TELEGRAM, "78")
    await world.subscribe()
    await world.subscribe(other, "uk")
    await world.go(timedelta(hours=2))
    by_chat = {chat: part for chat, part, _ in world.telegram.sent}
    assert by_chat[HERE].startswith("What moved")
    assert by_chat[other].startswith("Що змінилося")


async def test_a_platform_that_is_switched_off_catches_up_later(world: World) -> None:
    elsewhere = ChatRef(Platform.DISCORD, "5")
    subscription = await world.subscribe(elsewhere)
    assert await world.go(timedelta(hours=2)) == []
    [waiting] = await world.store.subscriptions(chat=elsewhere)
    assert waiting.covered_until == subscription.covered_until


async def test_a_topic_that_is_no_longer_followed_does_not_stop_the_others(world: World) -> None:
    await world.subscribe()
    [known] = await world.store.subscriptions(chat=HERE)
    await world.store.apply(
        Plan(
            subscriptions=(
                replace(known, id=SubscriptionId("gone"), topic=TopicId("gone"), chat=ChatRef(Platform.TELEGRAM, "1")),
            )
        )
    )
    assert len(await world.go(timedelta(hours=2))) == 1


async def test_subscribing_again_changes_the_hour_and_keeps_what_was_told(world: World) -> None:
    first = await world.subscribe()
    await world.go(timedelta(hours=2))
    again = await world.subscribe(cadence=Cadence(hour=20, zone="Europe/Paris"))
    assert again.id == first.id
    assert again.covered_until == MORNING
    assert again.next_due_at == datetime(2026, 1, 5, 19, tzinfo=MORNING.tzinfo)
    assert len(await world.store.subscriptions(chat=HERE)) == 1


async def test_after_unsubscribing_nothing_comes(world: World) -> None:
    await world.subscribe()
    assert await world.follower.unsubscribe(HERE) == 1
    assert await world.go(3 * DAY) == []


async def test_a_platform_that_asks_to_wait_is_waited_for(world: World) -> None:
    await world.subscribe()
    world.telegram.troubles = [TryLater(timedelta(minutes=5), "flood")]
    assert await world.go(timedelta(hours=2)) == []
    assert await world.go(timedelta(minutes=4)) == []
    assert len(await world.go(timedelta(minutes=2))) == 1


async def test_parts_already_sent_are_not_sent_again(world: World) -> None:
    await world.store.apply(
        Plan(
            deliveries=(a_delivery(chat=HERE, created_at=MORNING, next_try_at=MORNING, parts=("one", "two", "three")),)
        )
    )
    world.telegram.troubles = [None, TryLater(timedelta(seconds=1))]
    assert await world.go(timedelta(hours=2)) == ["one"]
    assert await world.go(timedelta(minutes=2)) == ["two", "three"]
    [done] = await world.store.deliveries(HERE)
    assert (done.state, done.sent) == (DeliveryState.SENT, 3)
    assert done.message_ids == ("m1", "m2", "m3")


async def test_a_part_no_platform_takes_does_not_hold_the_rest_back(world: World) -> None:
    await world.store.apply(
        Plan(deliveries=(a_delivery(chat=HERE, created_at=MORNING, next_try_at=MORNING, parts=("one", "two")),))
    )
    world.telegram.troubles = [PartRefused("can't parse")]
    assert await world.go(timedelta(hours=2)) == ["two"]
    assert "deliver.part_refused" in world.log.events


async def test_a_chat_that_is_gone_pauses_with_the_platforms_reason(world: World) -> None:
    await world.subscribe()
    world.telegram.troubles = [ChatGone("bot was kicked")]
    assert await world.go(timedelta(hours=2)) == []
    [paused] = await world.store.subscriptions(chat=HERE)
    assert paused.paused_reason == "bot was kicked"
    assert await world.go(2 * DAY) == []
    assert (await world.subscribe()).paused_reason == ""
    assert len(await world.go(DAY)) == 1


async def test_a_group_that_moved_gets_its_digest_at_the_new_address(world: World) -> None:
    await world.subscribe()
    world.telegram.troubles = [ChatMoved("-100500")]
    assert len(await world.go(timedelta(hours=2))) == 1
    new = ChatRef(Platform.TELEGRAM, "-100500")
    assert world.telegram.sent[-1][0] == new
    assert [each.chat for each in await world.store.subscriptions()] == [new]
    assert len(await world.go(DAY)) == 1


async def test_one_chats_trouble_is_not_anothers(world: World) -> None:
    others = [ChatRef(Platform.TELEGRAM, str(number)) for number in range(3)]
    for chat in others:
        await world.subscribe(chat)
    world.telegram.troubles = [RuntimeError("a bug"), TryLater(timedelta(minutes=1))]
    assert len(await world.go(timedelta(hours=2))) == 1
    assert "deliver.failed" in world.log.events
    await world.go(timedelta(minutes=2))
    assert {chat for chat, _, _ in world.telegram.sent} == set(others)


async def test_trying_ends_after_the_stated_attempts(world: World) -> None:
    await world.subscribe()
    world.telegram.troubles = [TryLater(timedelta(0), "down")] * (ATTEMPTS + 5)
    await world.go(timedelta(hours=2))
    for _ in range(ATTEMPTS + 3):
        await world.deliverer.run()
        world.clock.move(timedelta(hours=7))
    assert len(world.telegram.troubles) == 5
    assert (await world.store.deliveries(HERE))[0].state is DeliveryState.GIVEN_UP
    assert "deliver.given_up" in world.log.events


def test_pauses_grow_and_stop_growing() -> None:
    pauses = [pause_after(attempt) for attempt in range(1, ATTEMPTS + 1)]
    assert pauses[0] == timedelta(seconds=30)
    assert pauses == sorted(pauses)
    assert max(pauses) == timedelta(hours=6)
    assert sum(pauses[:-1], timedelta(0)) > DAY


def test_the_newest_due_moment_is_found_across_a_clock_change() -> None:
    before = datetime(2026, 3, 28, 6, tzinfo=MORNING.tzinfo)  # 08:00 in Kyiv, winter time
    assert last_due(KYIV, before, before + timedelta(days=2)) == datetime(2026, 3, 30, 5, tzinfo=MORNING.tzinfo)
