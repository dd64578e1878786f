"""Gathers what a digest is chosen from, for any window: the one way in which digests are made. Knows no chat and no wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model.digests import Digest, Window, WindowBy
from bot.model.feeds import Feed
from bot.model.stories import Change, ChangeKind, Development, DevelopmentId, KeyPoint
from bot.model.topics import Category, LayerId, Topic
from bot.ports import Store
from bot.present.names import blind, not_yet, watched
from bot.summariser.choosing import choose
from bot.summariser.voices import is_sure

TELLINGS = 12  # of a development, its first and its newest: more do not make it surer


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
    moved = await store.changes(topic.id, window=window)
    within = await store.points(topic.id, window=window)
    developments = await _developments(store, topic, (change.development_id for change in moved))
    digest = choose(
        topic,
        window,
        changes=_in_time((*await _last_moves(store, topic, window), *moved)),
        developments=developments,
        points=await _points(store, topic, window, within, moved, developments),
        counts=await store.counts(topic.id, window),
        told=told,
        layers=layers,
        language=language,
    )
    feeds = [feed for feed in await store.feeds() if not feed.topics or topic.id in feed.topics]
    digest = replace(
        digest, blind=_unread(feeds, window), sources=len(watched(feeds)), not_yet=len(not_yet(watched(feeds)))
    )
    return Recap(digest=digest, told=tuple(change for item in digest.items for change in item.changes))


async def _last_moves(store: Store, topic: Topic, window: Window) -> list[Change]:
    """Of each layer the last change up to the window's end that is a movement."""
    kinds = [kind for kind in ChangeKind if kind is not ChangeKind.PASSED]
    found: list[Change] = []
    for layer in topic.layers:
        found += await store.changes(topic.id, category=Category(layer.id), kinds=kinds, until=window.until, newest=1)
    return found


async def _points(
    store: Store,
    topic: Topic,
    window: Window,
    within: Sequence[KeyPoint],
    moved: Sequence[Change],
    developments: Sequence[Development],
) -> list[KeyPoint]:
    """The points of the window, the evidence of what moved, and as many other tellings as show whether something is sure."""
    unsure = await _developments(store, topic, _unsure(within))
    ids = {point for change in moved for point in change.evidence}
    for each in (*developments, *unsure):
        ids.update((*each.point_ids[:TELLINGS], *each.point_ids[-TELLINGS:]))
    others = await store.points(topic.id, ids=sorted(ids - {point.id for point in within}))
    known = (*within, *(point for point in others if _moment(point, window) < window.until))
    return sorted(known, key=lambda point: (point.published, point.id))


def _unsure(within: Sequence[KeyPoint]) -> Iterator[DevelopmentId]:
    """Developments that the tellings of the window alone do not make sure."""
    tellings: dict[DevelopmentId, list[KeyPoint]] = {}
    for point in within:
        if point.development_id:
            tellings.setdefault(point.development_id, []).append(point)
    return (development for development, told in tellings.items() if not is_sure(told))


async def _developments(store: Store, topic: Topic, ids: Iterable[DevelopmentId]) -> tuple[Development, ...]:
    wanted = sorted(set(ids))
    return await store.developments(topic.id, ids=wanted) if wanted else ()


def _unread(feeds: Sequence[Feed], window: Window) -> tuple[tuple[str, datetime | None], ...]:
    """Who could not be read, by name; not those that were still read when the window ended."""
    return tuple(
        (feed.name or feed.url, feed.failing_since)
        for feed in blind(watched(feeds))
        if feed.succeeded_at is None or feed.failing_since is None or feed.failing_since < window.until
    )


def _in_time(changes: Iterable[Change]) -> list[Change]:
    return sorted({change.id: change for change in changes}.values(), key=lambda change: (change.at, change.id))


def _moment(point: KeyPoint, window: Window) -> datetime:
    return point.seen_at if window.by is WindowBy.SEEN else point.published
