"""Brings points that belong nowhere yet to the developments they tell, at a cost that does not grow with the store. Knows the store by its port.

What may tell the same is looked up by marks, the rarest first, and compared by its exemplars; likeness is the summariser's affair.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model.stories import Development, DevelopmentId, KeyPoint, Standing
from bot.ports import Plan, Store
from bot.summariser.analysis import Analyst
from bot.summariser.developments import Chances, Joined, join
from bot.summariser.exemplars import MOST, is_whole, order, told_again, told_whole
from bot.summariser.signatures import keys_of, weight

PORTION = 16  # points joined at once: some three articles
UNDER_A_KEY = 100  # developments looked at under one key, those told last
COMPARED = 30  # points that a point is held against
# Developments that a point is held against: those with which it shares most, by the marks' rarity. With 3 of them, 6 exemplars and 10 days the
# developments of the sample world differed between orders of arrival (B³ 0.85 to 0.93); with 12, 24 and 30 hardly (0.97 to 0.99), at the same cost.
NEAREST = 12
# A development that is not looked at whole stays together. One that was first told so long before the news is settled: it is told again, but
# neither parts nor goes into another. So what has to be walked again after a new telling stays within these days.
SETTLED = timedelta(days=30)


async def join_waiting(store: Store, analyst: Analyst, chances: Chances) -> None:
    """Give every waiting point its development, and note from when on the topic has to be walked again."""
    topic = analyst.topic.id
    while waiting := await store.unjoined(topic, PORTION):
        known = await _neighbours(store, analyst, waiting)
        joined = await asyncio.to_thread(join, waiting, known, analyst.weights, chances, compared=COMPARED)
        moves = _moves(waiting, known, joined)
        developments = await _Retelling(store, analyst, known, moves).developments()
        placed = tuple((point.id, into) for into, points in moves.gained.items() for point in points)
        await store.apply(
            Plan(
                placed=placed,
                developments=developments,
                retired=tuple(moves.retired.items()),
                dirty=((topic, min(moves.began(known))),),
            )
        )


async def _neighbours(store: Store, analyst: Analyst, waiting: Sequence[KeyPoint]) -> tuple[KeyPoint, ...]:
    """The exemplars of the developments nearest to each point."""
    rarity, topic = analyst.weights.rarity, analyst.topic.id
    keys = {point.id: keys_of(point.signature, rarity) for point in waiting}
    told = await store.told_under(topic, sorted({key for some in keys.values() for key in some}), UNDER_A_KEY)
    near: set[DevelopmentId] = set()
    for some in keys.values():
        shared: dict[DevelopmentId, float] = defaultdict(float)
        for key in some:
            rare = weight(key, rarity)
            for development in told.get(key, ()):
                shared[development] += rare
        near.update(sorted(shared, key=lambda each: (-shared[each], each))[:NEAREST])
    return await store.exemplars(topic, sorted(near)) if near else ()


@dataclass(slots=True)
class _Moves:
    """What joining asks for, without what is settled."""

    gained: dict[DevelopmentId, list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))
    parted: set[DevelopmentId] = field(default_factory=set)  # lost points, and live on
    retired: dict[DevelopmentId, DevelopmentId] = field(default_factory=dict)

    def began(self, known: Sequence[KeyPoint]) -> Iterator[datetime]:
        """When points that moved were published, and when developments that parted or went into another were told first."""
        yield from (point.published for points in self.gained.values() for point in points)
        for point in known:
            if point.development_id in self.parted or point.development_id in self.retired:
                yield point.published


def _moves(waiting: Sequence[KeyPoint], known: Sequence[KeyPoint], joined: Joined) -> _Moves:
    homes = {point.id: point.development_id for point in known if point.development_id}
    settled, large = _settled(waiting, known), {each for each, seen in Counter(homes.values()).items() if seen >= MOST}
    points = {point.id: point for point in (*known, *waiting)}
    moves = _Moves(retired={old: new for old, new in joined.retired if old not in settled})
    for development in joined.developments:
        fixed = [home for each in development.point_ids if (home := homes.get(each)) and home in settled | large]
        named = fixed[0] if fixed and development.id not in homes.values() else development.id
        for each in development.point_ids:
            home = homes.get(each)
            into = moves.retired.get(home, home) if home in large and home else named
            if home != into and home not in settled:
                moves.gained[into].append(points[each])
                if home and home not in moves.retired:
                    moves.parted.add(home)
    return moves


def _settled(waiting: Sequence[KeyPoint], known: Sequence[KeyPoint]) -> set[DevelopmentId]:
    until = max(point.published for point in waiting) - SETTLED
    return {point.development_id for point in known if point.development_id and point.published < until}


class _Retelling:
    """What developments say now that points have moved."""

    def __init__(self, store: Store, analyst: Analyst, known: Sequence[KeyPoint], moves: _Moves) -> None:
        self._store, self._moves = store, moves
        self._topic, self._rarity = analyst.topic.id, analyst.weights.rarity
        self._exemplars: dict[DevelopmentId, list[KeyPoint]] = defaultdict(list)
        for point in known:
            if point.development_id:
                self._exemplars[point.development_id].append(point)

    async def developments(self) -> tuple[Development, ...]:
        """All that are others than they were."""
        gained = await self._gained()
        stored = await self._store.developments(self._topic, ids=sorted({*gained, *self._moves.parted}))
        known = {development.id: development for development in stored}
        grown = {into: points for into, points in gained.items() if into not in self._moves.parted}
        large = {into for into in grown if into in known and not is_whole(known[into], self._exemplars[into])}
        told = await self._store.told_by(sorted({p.report_id for into in large for p in grown[into]})) if large else ()
        found = [self._whole(known.get(into), into, points) for into, points in grown.items() if into not in large]
        for into in sorted(large):
            fresh = {(into, point.report_id) for point in grown[into]}.difference(told)
            found.append(told_again(known[into], self._exemplars[into], grown[into], len(fresh), self._rarity))
        return (*found, *[each async for each in self._rebuilt(known, gained)])

    async def _gained(self) -> Mapping[DevelopmentId, Sequence[KeyPoint]]:
        """Points by the development that they are new to, those of retired ones that nobody looked at among them."""
        gained = {into: {point.id: point for point in points} for into, points in self._moves.gained.items()}
        retired = self._moves.retired
        for point in await self._store.points(self._topic, developments=sorted(retired)) if retired else ():
            if point.development_id:
                gained.setdefault(retired[point.development_id], {}).setdefault(point.id, point)
        return {into: tuple(points.values()) for into, points in gained.items()}

    def _whole(self, known: Development | None, into: DevelopmentId, gained: Sequence[KeyPoint]) -> Development:
        status = known.status if known else Standing.STANDING
        points = sorted((*self._exemplars[into], *gained) if known else gained, key=order)
        return told_whole(into, points, self._rarity, status)

    async def _rebuilt(
        self, known: Mapping[DevelopmentId, Development], gained: Mapping[DevelopmentId, Sequence[KeyPoint]]
    ) -> AsyncIterator[Development]:
        """Those that lost points, from all that they are left with."""
        parted = sorted(self._moves.parted)
        gone = {point.id for points in gained.values() for point in points}
        had = await self._store.points(self._topic, developments=parted) if parted else ()
        for each in parted:
            left = [point for point in had if point.development_id == each and point.id not in gone]
            points = sorted((*left, *gained.get(each, ())), key=order)
            if points and each in known:
                yield told_whole(each, points, self._rarity, known[each].status)
