"""Gathers what a digest is chosen from, for any window: the one way in which digests are made. Knows no chat and no wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.model.digests import Digest, Window, WindowBy
from bot.model.feeds import Feed
from bot.model.stories import Change
from bot.model.topics import LayerId, Topic
from bot.ports import Store
from bot.present.names import blind, not_yet, watched
from bot.summariser.choosing import choose

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """A digest and the changes it tells, by id."""

    digest: Digest
    told: tuple[str, ...]


async def recap(
    store: Store,
    topic: Topic,
    window: Window,
    *,
    language: str,
    told: frozenset[str] = frozenset(),
    layers: Sequence[LayerId] = (),
) -> Recap:
    """What moved in the window. The same store, window and `told` give the same digest."""
    changes = await _changes(store, topic, window)
    digest = choose(
        topic,
        window,
        changes=changes,
        developments=await store.developments(topic.id),
        points=await store.points(topic.id, window=replace(window, since=_FIRST)),
        counts=await store.counts(topic.id, window),
        told=told,
        layers=layers,
        language=language,
    )
    feeds = [feed for feed in await store.feeds() if not feed.topics or topic.id in feed.topics]
    digest = replace(
        digest, blind=_unread(feeds, window), sources=len(watched(feeds)), not_yet=len(not_yet(watched(feeds)))
    )
    return Recap(digest=digest, told=_told(digest, changes, window))


def _unread(feeds: Sequence[Feed], window: Window) -> tuple[tuple[str, datetime | None], ...]:
    """Who could not be read, by name; not those that were still read when the window ended."""
    return tuple(
        (feed.name or feed.url, feed.failing_since)
        for feed in blind(watched(feeds))
        if feed.succeeded_at is None or feed.failing_since is None or feed.failing_since < window.until
    )


async def _changes(store: Store, topic: Topic, window: Window) -> list[Change]:
    """Everything up to the window's end; for a SEEN window also what it holds of publications dated later."""
    known = {change.id: change for change in await store.changes(topic.id, until=window.until)}
    if window.by is WindowBy.SEEN:
        known |= {change.id: change for change in await store.changes(topic.id, window=window)}
    return sorted(known.values(), key=lambda change: (change.at, change.id))


def _told(digest: Digest, changes: Sequence[Change], window: Window) -> tuple[str, ...]:
    shown = {item.development_id for item in digest.items}
    return tuple(change.id for change in changes if change.development_id in shown and _within(change, window))


def _within(change: Change, window: Window) -> bool:
    moment = change.seen_at if window.by is WindowBy.SEEN else change.at
    return window.since <= moment < window.until
