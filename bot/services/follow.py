"""What a chat follows: subscriptions, language, topic. Words nothing and asks no rights; commands do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.chats import Cadence, Chat, ChatRef, Subscription, SubscriptionId
from bot.model.errors import NotSubscribed, StoreError
from bot.model.replies import Request
from bot.model.topics import Topic
from bot.ports import Clock, Log, Plan, Store
from bot.present.views import FollowView
from bot.summariser.timing import next_due

FIRST_WINDOW = timedelta(days=1)  # a first digest tells the day before it, however short ago the chat subscribed


class Follower:
    """Keeps chats and their subscriptions. A chat that never spoke is made up from the request."""

    def __init__(self, store: Store, clock: Clock, log: Log, *, zone: str = "UTC") -> None:
        """`zone` (IANA) is that of chats that never named one."""
        self._store = store
        self._clock = clock
        self._log = log
        self._zone = zone

    async def chat_of(self, request: Request, language: str) -> Chat:
        """The chat as stored, else a new one in `language`; nothing is written."""
        known = await self._store.chat(request.chat)
        return known or Chat(
            ref=request.chat, kind=request.chat_kind, title=request.chat_title, language=language, zone=self._zone
        )

    async def looked(self, chat: Chat, at: datetime) -> None:
        """Somebody in the chat saw the board. Where that cannot be noted, the board is worth more than the note."""
        try:
            await self._store.apply(Plan(chats=(replace(chat, looked_at=at),)))
        except StoreError as problem:
            self._log.warning("chat.look_not_noted", chat=str(chat.ref), problem=f"{type(problem).__name__}: {problem}")

    async def subscribe(self, chat: Chat, topic: Topic, cadence: Cadence) -> FollowView:
        """A daily digest of the topic; an earlier subscription of the same topic keeps what it already covered."""
        now = self._clock.now()
        known = await self._subscription(chat.ref, topic)
        due = next_due(cadence, now)
        subscription = _renewed(known, cadence, chat, due) if known else _first(chat, topic, cadence, now, due)
        settled = replace(chat, zone=cadence.zone, topic=topic.id)
        await self._store.apply(Plan(chats=(settled,), subscriptions=(subscription,)))
        return FollowView(topic=topic, subscription=subscription, changed=known is not None)

    async def unsubscribe(self, chat: ChatRef) -> int:
        """End all digests of the chat; how many there were. Raises NotSubscribed."""
        known = await self._store.subscriptions(chat=chat)
        if not known:
            raise NotSubscribed
        await self._store.apply(Plan(removed_subscriptions=tuple(each.id for each in known)))
        return len(known)

    async def speak(self, chat: Chat, language: str) -> Chat:
        """The chat and its digests in another language."""
        known = await self._store.subscriptions(chat=chat.ref)
        changed = replace(chat, language=language)
        await self._store.apply(
            Plan(chats=(changed,), subscriptions=tuple(replace(each, language=language) for each in known))
        )
        return changed

    async def turn_to(self, chat: Chat, topic: Topic) -> Chat:
        """Commands speak of that topic from now on; digests stay as they are."""
        changed = replace(chat, topic=topic.id)
        await self._store.apply(Plan(chats=(changed,)))
        return changed

    async def chat_gone(self, chat: ChatRef, reason: str) -> None:
        """The platform says nobody can be reached there: its digests pause until someone subscribes again."""
        known = await self._store.subscriptions(chat=chat)
        await self._store.apply(
            Plan(subscriptions=tuple(replace(each, paused_reason=reason or "gone") for each in known))
        )
        self._log.info("chat.gone", chat=str(chat), reason=reason)

    async def chat_moved(self, old: ChatRef, new: ChatRef) -> None:
        """The chat lives on under another id, with all it follows."""
        await self._store.apply(Plan(moved_chats=((old, new),)))
        self._log.info("chat.moved", old=str(old), new=str(new))

    async def _subscription(self, chat: ChatRef, topic: Topic) -> Subscription | None:
        known: Sequence[Subscription] = await self._store.subscriptions(chat=chat)
        return next((each for each in known if each.topic == topic.id), None)


def _first(chat: Chat, topic: Topic, cadence: Cadence, now: datetime, due: datetime) -> Subscription:
    return Subscription(
        id=SubscriptionId(f"{chat.ref}/{topic.id}"),
        chat=chat.ref,
        topic=topic.id,
        cadence=cadence,
        language=chat.language,
        created_at=now,
        covered_until=min(now, due - FIRST_WINDOW),
        next_due_at=due,
    )


def _renewed(known: Subscription, cadence: Cadence, chat: Chat, due: datetime) -> Subscription:
    return replace(known, cadence=cadence, language=chat.language, next_due_at=due, paused_reason="")
