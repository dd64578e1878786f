"""Sends what is queued: next unsent part, send, mark. Knows neither what a part says nor how a platform takes it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.chats import ChatRef, Delivery, DeliveryState, Platform
from bot.model.errors import ChatGone, ChatMoved, PartRefused, PlanwatchError, TryLater
from bot.ports import Clock, Log, Messenger, Plan, Store

ATTEMPTS = 14  # in a row for one part; with the pauses below somewhat more than a day
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=6)
AT_ONCE = 50  # deliveries taken up in one round; platforms pace themselves
MOST_MOVES = 3  # of one chat in one round; more is a loop


class Deliverer:
    """Empties the outbox for the platforms it has a messenger for."""

    def __init__(self, store: Store, messengers: Mapping[Platform, Messenger], clock: Clock, log: Log) -> None:
        self._store = store
        self._messengers = messengers
        self._clock = clock
        self._log = log

    async def run(self) -> int:
        """Send what is due; how many deliveries were completed. One failing never takes others along."""
        due = await self._store.due_deliveries(self._clock.now(), AT_ONCE)
        mine = [delivery for delivery in due if delivery.chat.platform in self._messengers]
        return sum(await asyncio.gather(*(self._try(delivery) for delivery in mine)))

    async def _try(self, delivery: Delivery) -> bool:
        try:
            return await self._deliver(delivery)
        except Exception as problem:  # noqa: BLE001  one delivery
            self._log.error("deliver.failed", delivery=delivery.id, problem=repr(problem))
            return await self._put_off_safely(delivery, problem)

    async def _put_off_safely(self, delivery: Delivery, problem: Exception) -> bool:
        """What failed unforeseen waits like the rest; where even that cannot be written, the next round meets it again."""
        try:
            await self._put_off(await self._stored(delivery), timedelta(0), repr(problem))
        except PlanwatchError as worse:
            self._log.error("deliver.not_put_off", delivery=delivery.id, problem=repr(worse))
        return False

    async def _deliver(self, delivery: Delivery) -> bool:
        for _ in range(MOST_MOVES):
            try:
                await self._send_rest(delivery)
                return True
            except ChatMoved as moved:
                delivery = await self._follow(delivery, moved.new_id)
            except ChatGone as gone:
                await self._close(delivery, gone.detail)
                return False
            except TryLater as later:
                await self._put_off(await self._stored(delivery), later.after, later.detail)
                return False
        await self._put_off(delivery, FIRST_PAUSE, "the chat moves on and on")
        return False

    async def _send_rest(self, delivery: Delivery) -> None:
        """Part by part from the first unsent one. Raises TryLater, ChatGone, ChatMoved."""
        messenger = self._messengers[delivery.chat.platform]
        for number in range((await self._stored(delivery)).sent, len(delivery.parts)):
            message = ""
            try:
                message = await messenger.send(delivery.chat, delivery.parts[number], silent=delivery.silent)
            except PartRefused as refused:
                self._log.error("deliver.part_refused", delivery=delivery.id, part=number + 1, detail=refused.detail)
            await self._store.mark_sent(delivery.id, number + 1, message)
        self._log.info("deliver.sent", delivery=delivery.id, parts=len(delivery.parts))

    async def _follow(self, delivery: Delivery, new_id: str) -> Delivery:
        """The chat's rows move with it; the delivery goes on under its new address."""
        new = ChatRef(delivery.chat.platform, new_id, delivery.chat.thread)
        await self._store.apply(Plan(moved_chats=((delivery.chat, new),)))
        self._log.info("deliver.chat_moved", old=str(delivery.chat), new=str(new))
        return replace(delivery, chat=new)

    async def _close(self, delivery: Delivery, detail: str) -> None:
        """The chat is gone: its subscriptions pause with the platform's reason, and this delivery ends."""
        known = await self._store.subscriptions(chat=delivery.chat)
        paused = tuple(replace(subscription, paused_reason=detail or "gone") for subscription in known)
        ended = replace(await self._stored(delivery), state=DeliveryState.GIVEN_UP, problem=detail)
        await self._store.apply(Plan(subscriptions=paused, deliveries=(ended,)))
        self._log.warning("deliver.chat_gone", chat=str(delivery.chat), detail=detail)

    async def _put_off(self, delivery: Delivery, wait: timedelta, problem: str) -> None:
        """Tried again after the longer of what was asked for and our own growing pause; after `ATTEMPTS` given up."""
        attempts = delivery.attempts + 1
        state = DeliveryState.GIVEN_UP if attempts >= ATTEMPTS else DeliveryState.WAITING
        later = self._clock.now() + max(wait, pause_after(attempts))
        await self._store.apply(Plan(deliveries=(_retold(delivery, attempts, state, later, problem),)))
        if state is DeliveryState.GIVEN_UP:
            self._log.error("deliver.given_up", delivery=delivery.id, attempts=attempts, problem=problem)

    async def _stored(self, delivery: Delivery) -> Delivery:
        """The delivery as it stands now: its sent count grew with every part."""
        known = await self._store.deliveries(delivery.chat)
        return next((each for each in known if each.id == delivery.id), delivery)


def pause_after(attempts: int) -> timedelta:
    """Half a minute after the first failure, doubling up to six hours."""
    doublings: int = 1 << min(attempts - 1, 16)
    return min(FIRST_PAUSE * doublings, LONGEST_PAUSE)


def _retold(delivery: Delivery, attempts: int, state: DeliveryState, later: datetime, problem: str) -> Delivery:
    return replace(delivery, attempts=attempts, state=state, next_try_at=later, problem=problem)
