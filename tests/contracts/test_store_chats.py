"""Chats, subscriptions and the outbox survive the store, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.model.chats import Cadence, ChatKind, Delivery, DeliveryId, DeliveryState, Platform, SubscriptionId
from bot.model.digests import Window, WindowBy
from bot.model.topics import LayerId
from bot.ports import Composed, Plan
from bot.store import SqlStore, open_store
from tests.builders import (
    DAY,
    HOUR,
    NOON,
    TOPIC,
    a_chat,
    a_chat_ref,
    a_delivery,
    a_subscription,
)

HERE, THERE = a_chat_ref(), a_chat_ref("-100")
S1, V1 = SubscriptionId("s1"), DeliveryId("v1")
TOMORROW = a_subscription(covered_until=NOON + DAY)


async def delivery_of(store: SqlStore, number: str = "v1") -> Delivery:
    [found] = [each for each in await store.deliveries(HERE) if each.id == number]
    return found


async def test_a_chat_comes_back_as_it_was_saved(store: SqlStore) -> None:
    thread = a_chat_ref("5", Platform.DISCORD, thread="9")
    chat = a_chat(ref=thread, kind=ChatKind.GROUP, language="uk", zone="Europe/Kyiv", topic=TOPIC, looked_at=NOON)
    await store.apply(Plan(chats=(chat, a_chat())))
    assert await store.chat(thread) == chat
    assert await store.chat(HERE) == a_chat()
    assert await store.chat(a_chat_ref("5", Platform.DISCORD)) is None


async def test_a_subscription_comes_back_as_it_was_saved(store: SqlStore) -> None:
    cadence = Cadence(hour=19, minute=30, zone="Europe/Kyiv", days=(0, 4))
    subscription = a_subscription(
        cadence=cadence, language="uk", layers=(LayerId("army"),), sound=True, paused_reason="blocked"
    )
    await store.apply(Plan(subscriptions=(subscription,)))
    assert await store.subscriptions() == (subscription,)


async def test_due_subscriptions_are_the_active_ones_whose_hour_has_come(store: SqlStore) -> None:
    due, later = a_subscription(next_due_at=NOON), a_subscription(id="s2", next_due_at=NOON + HOUR)
    paused = a_subscription(id="s3", next_due_at=NOON - HOUR, paused_reason="blocked", chat=THERE)
    await store.apply(Plan(subscriptions=(later, due, paused)))
    assert await store.subscriptions() == (paused, due, later)
    assert await store.subscriptions(due_by=NOON) == (due,)
    assert await store.subscriptions(chat=THERE) == (paused,)


async def test_a_delivery_comes_back_as_it_was_saved(store: SqlStore) -> None:
    window = Window(since=NOON - DAY, until=NOON, by=WindowBy.SEEN)
    delivery = a_delivery(window=window, sent=1, attempts=2, problem="timeout", silent=False, message_ids=("9",))
    await store.apply(Plan(deliveries=(delivery,)))
    assert await store.deliveries(HERE) == (delivery,)


async def test_the_outbox_gives_one_delivery_a_chat_oldest_first(store: SqlStore) -> None:
    first, second = a_delivery(created_at=NOON - HOUR), a_delivery(id="v2", created_at=NOON)
    other, future = a_delivery(id="v3", chat=THERE), a_delivery(id="v4", chat=a_chat_ref("8"), next_try_at=NOON + HOUR)
    await store.apply(Plan(deliveries=(second, first, other, future)))
    assert await store.due_deliveries(NOON, 9) == (first, other)
    assert await store.due_deliveries(NOON, 1) == (first,)
    assert await store.deliveries(HERE) == (second, first)


async def test_todays_digest_does_not_overtake_yesterdays_that_waits_for_another_try(store: SqlStore) -> None:
    stuck = a_delivery(created_at=NOON - DAY, next_try_at=NOON + HOUR)
    await store.apply(Plan(deliveries=(stuck, a_delivery(id="v2"))))
    assert await store.due_deliveries(NOON, 9) == ()
    assert [each.id for each in await store.due_deliveries(NOON + HOUR, 9)] == ["v1"]
    await store.apply(Plan(deliveries=(replace(stuck, state=DeliveryState.GIVEN_UP),)))
    assert [each.id for each in await store.due_deliveries(NOON, 9)] == ["v2"]


async def test_the_last_part_ends_a_delivery(store: SqlStore) -> None:
    await store.apply(Plan(deliveries=(a_delivery(attempts=2, problem="timeout"),)))
    await store.mark_sent(V1, 1, "m1")
    half = await delivery_of(store)
    assert (half.sent, half.state, half.attempts, half.problem) == (1, DeliveryState.WAITING, 0, "")
    await store.mark_sent(V1, 2, "m2")
    whole = await delivery_of(store)
    assert (whole.sent, whole.state, whole.message_ids) == (2, DeliveryState.SENT, ("m1", "m2"))
    assert await store.due_deliveries(NOON + DAY, 9) == ()


async def test_a_late_mark_never_lowers_the_count_so_no_part_is_sent_twice(store: SqlStore) -> None:
    await store.apply(Plan(deliveries=(a_delivery(),)))
    await store.mark_sent(V1, 2, "m2")
    await store.mark_sent(V1, 1, "m1")
    late = await delivery_of(store)
    assert (late.sent, late.state, late.message_ids) == (2, DeliveryState.SENT, ("m2",))
    await store.mark_sent(DeliveryId("nobody"), 1, "m")


async def test_a_late_save_neither_unsends_nor_rewrites_parts(store: SqlStore) -> None:
    queued = a_delivery()
    await store.apply(Plan(deliveries=(queued,)))
    await store.mark_sent(V1, 1, "m1")
    await store.apply(Plan(deliveries=(replace(queued, parts=("other",), attempts=1, next_try_at=NOON + HOUR),)))
    kept = await delivery_of(store)
    assert (kept.parts, kept.sent, kept.message_ids) == (queued.parts, 1, ("m1",))
    assert (kept.attempts, kept.next_try_at) == (1, NOON + HOUR)
    await store.mark_sent(V1, 2, "m2")
    await store.apply(Plan(deliveries=(queued,)))
    assert (await delivery_of(store)).state is DeliveryState.SENT


async def test_composing_queues_and_advances_together(store: SqlStore) -> None:
    await store.apply(Plan(subscriptions=(a_subscription(),)))
    composed = Composed(subscription=TOMORROW, expected=NOON, delivery=a_delivery(), told=("c1", "c2"))
    assert await store.compose(composed)
    assert await store.deliveries(HERE) == (a_delivery(),)
    assert await store.subscriptions() == (TOMORROW,)
    assert await store.covered(S1) == {"c1", "c2"}
    assert await store.covered(SubscriptionId("s2")) == frozenset()


async def test_a_digest_composed_already_is_not_queued_again(store: SqlStore) -> None:
    await store.apply(Plan(subscriptions=(a_subscription(),)))
    skipped = Composed(subscription=TOMORROW, expected=NOON, delivery=None, told=("c1",))
    assert await store.compose(skipped)
    again = Composed(subscription=TOMORROW, expected=NOON, delivery=a_delivery(), told=("c2",))
    assert not await store.compose(again)
    assert await store.deliveries(HERE) == ()
    assert await store.covered(S1) == {"c1"}


async def test_two_composers_at_once_queue_one_digest(store: SqlStore) -> None:
    await store.apply(Plan(subscriptions=(a_subscription(),)))
    both = [
        Composed(subscription=TOMORROW, expected=NOON, delivery=a_delivery(id=f"v{n}"), told=(f"c{n}",)) for n in (1, 2)
    ]
    won = await asyncio.gather(*(store.compose(each) for each in both))
    assert sorted(won) == [False, True]
    assert len(await store.deliveries(HERE)) == 1
    assert len(await store.covered(S1)) == 1


async def test_two_programs_that_compose_at_once_queue_one_digest(lasting_url: str) -> None:
    async with open_store(lasting_url) as one, open_store(lasting_url) as two:
        await one.apply(Plan(subscriptions=(a_subscription(),)))
        composed = Composed(subscription=TOMORROW, expected=NOON, delivery=a_delivery(), told=("c1",))
        assert sorted(await asyncio.gather(one.compose(composed), two.compose(composed))) == [False, True]


async def test_an_hour_chosen_while_a_digest_is_composed_stays_chosen(store: SqlStore) -> None:
    await store.apply(Plan(subscriptions=(a_subscription(cadence=Cadence(hour=19)),)))
    assert await store.compose(Composed(subscription=TOMORROW, expected=NOON, delivery=None, told=()))
    [subscription] = await store.subscriptions()
    assert (subscription.cadence.hour, subscription.covered_until) == (19, NOON + DAY)


async def test_a_cancelled_subscription_is_not_composed(store: SqlStore) -> None:
    assert not await store.compose(Composed(subscription=TOMORROW, expected=NOON, delivery=a_delivery(), told=("c1",)))
    assert await store.deliveries(HERE) == ()


async def test_saving_a_subscription_keeps_what_it_was_told(store: SqlStore) -> None:
    await store.apply(Plan(subscriptions=(a_subscription(),)))
    await store.compose(Composed(subscription=TOMORROW, expected=NOON, delivery=None, told=("c1",)))
    await store.apply(Plan(subscriptions=(replace(TOMORROW, language="uk"),)))
    assert await store.covered(S1) == {"c1"}
    await store.apply(Plan(removed_subscriptions=(S1,)))
    assert await store.covered(S1) == frozenset()
    assert await store.subscriptions() == ()


async def test_a_group_that_moved_keeps_its_subscription_and_outbox(store: SqlStore) -> None:
    await store.apply(Plan(chats=(a_chat(),), subscriptions=(a_subscription(),), deliveries=(a_delivery(),)))
    await store.apply(Plan(moved_chats=((HERE, THERE),)))
    assert await store.chat(HERE) is None
    assert await store.chat(THERE) == a_chat(ref=THERE)
    assert await store.subscriptions(chat=THERE) == (a_subscription(chat=THERE),)
    assert await store.deliveries(THERE) == (a_delivery(chat=THERE),)


async def test_a_group_that_moved_to_a_known_chat_does_not_get_two_digests(store: SqlStore) -> None:
    chats = (a_chat(), a_chat(ref=THERE, title="There"))
    subscriptions = (a_subscription(), a_subscription(id="s2", chat=THERE), a_subscription(id="s3", topic="rail"))
    await store.apply(Plan(chats=chats, subscriptions=subscriptions))
    await store.apply(Plan(moved_chats=((HERE, THERE), (THERE, THERE))))
    assert await store.chat(HERE) is None
    assert await store.chat(THERE) == chats[1]
    assert {each.id for each in await store.subscriptions(chat=THERE)} == {"s2", "s3"}


async def test_a_forgotten_chat_leaves_nothing_behind(store: SqlStore) -> None:
    kept = a_subscription(id="s2", chat=THERE)
    await store.apply(Plan(chats=(a_chat(),), subscriptions=(a_subscription(), kept), deliveries=(a_delivery(),)))
    await store.compose(Composed(subscription=TOMORROW, expected=NOON, delivery=None, told=("c1",)))
    await store.apply(Plan(forgotten_chats=(HERE,)))
    rows = dict((await store.health()).rows)
    assert (rows["chats"], rows["subscriptions"], rows["deliveries"], rows["told_changes"]) == (0, 1, 0, 0)


async def test_pruning_forgets_old_finished_deliveries_and_keeps_waiting_ones(store: SqlStore) -> None:
    old = NOON - DAY
    sent = a_delivery(created_at=old, sent=2, state=DeliveryState.SENT)
    given_up = a_delivery(id="v2", created_at=old, state=DeliveryState.GIVEN_UP)
    waiting, new = a_delivery(id="v3", created_at=old), a_delivery(id="v4", sent=2, state=DeliveryState.SENT)
    await store.apply(Plan(deliveries=(sent, given_up, waiting, new)))
    assert await store.prune(NOON) == 2
    assert {each.id for each in await store.deliveries(HERE)} == {"v3", "v4"}
