"""What hubs call us about: whether we really asked, that we do not get it, what is new. Knows neither HTTP nor signatures.

Sections are those of W3C's Recommendation WebSub of 23 January 2018.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.feeds import FeedId, Fetched, Push, PushId, PushState
from bot.ports import Clock, Log
from bot.services import leases
from bot.services.collect import Look
from bot.services.pushbook import PushBook
from bot.text.urls import host_of

OPEN = (PushState.ASKED, PushState.ACTIVE, PushState.FAILED)  # failed by silence, too: a hub may call late
_LONGEST_REASON = 200
_REMEMBERED = 4_096  # documents whose repetition is recognised; a callback and its secret last for one lease


class Taker(Protocol):
    """Whoever takes in documents."""

    async def pushed(self, feed_id: FeedId, fetched: Fetched) -> Look | None:
        """Take in what a feed's hub delivered; None when the feed is no longer followed."""
        ...


class NotAsked(Exception):
    """We want nothing like that."""


class HubCalls:
    """Answers hubs. A callback's id is known to one hub only; who knows it is taken for that hub, and must sign what it brings."""

    def __init__(self, *, book: PushBook, taker: Taker, clock: Clock, log: Log) -> None:
        self._book = book
        self._taker = taker
        self._clock = clock
        self._log = log
        self._taken: OrderedDict[bytes, None] = OrderedDict()

    async def callback(self, id_: PushId) -> Push | None:
        """The subscription that was made under this callback. Raises StoreError, as all of these."""
        return await self._book.found(id_)

    async def verified(self, id_: PushId, mode: str, topic: str, lease_seconds: str) -> bool:
        """Whether we want just that (section 5.3.1): the hub may begin, go on, or end. Once it begins, older leases of the feed end."""
        now, lease = self._clock.now(), leases.lease_of(lease_seconds)
        try:
            after = await self._book.change(id_, lambda push: _agreed(push, mode, topic, lease, now))
        except NotAsked:
            return False
        if after is None or after.state is not PushState.ACTIVE:
            return mode == "unsubscribe"
        await self._end_others(after, now)
        self._log.info("hub.promised", feed=after.feed_id, hub=host_of(after.hub), until=str(after.until))
        return True

    async def denied(self, id_: PushId, topic: str, reason: str) -> bool:
        """The hub says no, which it may at any time (section 5.2); False where that topic was not asked for."""
        now = self._clock.now()
        try:
            after = await self._book.change(id_, lambda push: _denied(push, topic, reason, now))
        except NotAsked:
            return False
        if after is not None:
            self._log.warning("hub.denied", feed=after.feed_id, hub=host_of(after.hub), problem=after.reason)
        return True

    def is_repeated(self, push: Push, body: bytes) -> bool:
        """Whether this very document came through this callback before: by a hub that got no answer, or somebody who listened.

        An old document taken for new would bring old versions of articles back.
        """
        mark = hashlib.sha256(push.id.encode() + body).digest()
        repeated = mark in self._taken
        self._taken[mark] = None
        self._taken.move_to_end(mark)
        if len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)
        return repeated

    async def take(self, push: Push, content_type: str, body: bytes) -> None:
        """Hand a document whose signature was right to the collector. What is wrong with it is logged."""
        fetched = Fetched(
            url=push.topic,
            final_url=push.topic,
            status=200,
            content_type=content_type,
            body=body,
            hub=push.hub,  # the signature does not cover the headers, section 7.1.2: which hub a feed has, its own server says
            self_url=push.topic,
        )
        try:
            look = await self._taker.pushed(push.feed_id, fetched)
        except Exception as error:  # noqa: BLE001  one feed
            self._log.error("push.lost", feed=push.feed_id, problem=f"{type(error).__name__}: {error}")
            return
        if look is not None and look.error is not None:
            self._log.warning("push.unreadable", feed=push.feed_id, problem=str(look.error))
        elif look is not None:
            self._log.info("push.taken", feed=push.feed_id, new=look.new, edited=look.edited)

    async def _end_others(self, begun: Push, now: datetime) -> None:
        async with self._book.turn:
            others = await self._book.store.pushes(feeds=[begun.feed_id])
            older = [push for push in others if push.id != begun.id and push.state is PushState.ACTIVE]
            await self._book.write((push, leases.ending(push, now)) for push in older)


def _agreed(push: Push | None, mode: str, topic: str, lease: timedelta | None, now: datetime) -> Push | None:
    """What the subscription becomes when the hub asks whether we meant it; None when it ends. Raises NotAsked."""
    if push is None or not leases.same_topic(topic, push.topic):
        raise NotAsked
    if mode == "unsubscribe" and push.state is PushState.ENDING:
        return None
    if mode != "subscribe" or push.state not in OPEN or (lease is None and push.state is PushState.ACTIVE):
        raise NotAsked
    if lease is None:
        return leases.failed(push, "its hub offers no lease worth having", now)
    return leases.promised(push, lease, now)


def _denied(push: Push | None, topic: str, reason: str, now: datetime) -> Push | None:
    if push is None or not leases.same_topic(topic, push.topic):
        raise NotAsked
    return None if push.state is PushState.ENDING else leases.denied(push, _plain(reason, push), now)


def _plain(reason: str, push: Push) -> str:
    """A hub's words, such that they can be shown: one line, short, without what only the hub and we know."""
    line = " ".join(reason.split())
    for secret in (push.secret, push.id):
        line = line.replace(secret, "…")
    return "".join(letter for letter in line if letter.isprintable())[:_LONGEST_REASON] or "no reason given"
