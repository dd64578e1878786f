"""Makes the digests that are due and queues them whole. Knows neither platforms nor how anything is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.model.chats import Cadence, Delivery, DeliveryId, Platform, Subscription
from bot.model.digests import Window, WindowBy
from bot.model.errors import PlanwatchError
from bot.model.topics import Topic, TopicId
from bot.ports import Clock, Composed, Log, Messenger, Store
from bot.present.digests import digest_reply
from bot.present.reader import Reader
from bot.present.voices import Voice
from bot.services.recap import Recap, recap
from bot.summariser.timing import next_due

Seen = dict[tuple[object, ...], Recap]  # digests of one round, for chats that ask for the same


class Composer:
    """Composes for the platforms it has a messenger for; other subscriptions wait, and catch up in one digest later."""

    def __init__(
        self,
        store: Store,
        topics: Sequence[Topic],
        messengers: Mapping[Platform, Messenger],
        voice: Voice,
        clock: Clock,
        log: Log,
    ) -> None:
        self._store = store
        self._topics: dict[TopicId, Topic] = {topic.id: topic for topic in topics}
        self._messengers = messengers
        self._voice = voice
        self._clock = clock
        self._log = log

    async def run(self) -> int:
        """Queue every due digest; how many were queued. One subscription failing never takes others along."""
        now = self._clock.now()
        seen: Seen = {}
        queued = 0
        for subscription in await self._store.subscriptions(due_by=now):
            if subscription.chat.platform in self._messengers and subscription.topic in self._topics:
                queued += await self._try(subscription, now, seen)
        return queued

    async def _try(self, subscription: Subscription, now: datetime, seen: Seen) -> bool:
        try:
            return await self._compose(subscription, now, seen)
        except PlanwatchError as problem:
            self._log.warning(
                "compose.failed", subscription=subscription.id, problem=f"{type(problem).__name__}: {problem}"
            )
        except Exception as problem:  # noqa: BLE001  one delivery
            self._log.error("compose.failed", subscription=subscription.id, problem=repr(problem))
        return False

    async def _compose(self, subscription: Subscription, now: datetime, seen: Seen) -> bool:
        due = last_due(subscription.cadence, subscription.next_due_at, now)
        advanced = replace(
            subscription,
            covered_until=max(due, subscription.covered_until),
            next_due_at=next_due(subscription.cadence, due),
        )
        window = Window(since=min(subscription.covered_until, due), until=due, by=WindowBy.SEEN)
        made = await self._recap(subscription, window, seen)
        delivery = self._delivery(advanced, made, now)
        return await self._store.compose(
            Composed(subscription=advanced, expected=subscription.covered_until, delivery=delivery, told=made.told)
        )

    async def _recap(self, subscription: Subscription, window: Window, seen: Seen) -> Recap:
        told = await self._store.covered(subscription.id)
        key = (subscription.topic, window, subscription.language, subscription.layers, told)
        if key not in seen:
            topic = self._topics[subscription.topic]
            seen[key] = await recap(
                self._store, topic, window, language=subscription.language, told=told, layers=subscription.layers
            )
        return seen[key]

    def _delivery(self, subscription: Subscription, made: Recap, now: datetime) -> Delivery:
        reader = Reader(
            voice=self._voice,
            language=subscription.language,
            zone=subscription.cadence.zone,
            now=subscription.covered_until,
        )
        reply = digest_reply(made.digest, self._topics[subscription.topic], reader, next_due=subscription.next_due_at)
        return Delivery(
            id=DeliveryId(f"{subscription.id}@{made.digest.window.until.isoformat()}"),
            chat=subscription.chat,
            topic=subscription.topic,
            window=made.digest.window,
            parts=self._messengers[subscription.chat.platform].render(reply),
            created_at=now,
            next_try_at=now,
            silent=not subscription.sound,
        )


def last_due(cadence: Cadence, due: datetime, now: datetime) -> datetime:
    """The newest due moment up to `now`, from one that has come: days that were slept through become one digest."""
    while (later := next_due(cadence, due)) <= now:
        due = later
    return due
