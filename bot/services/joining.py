"""Brings points that belong nowhere yet to the developments they tell, at a cost that does not grow with the store. Knows the store by its port.

Points are placed in order of publication. What comes late has the points that were published after it placed anew, so that the store holds what it
would hold had all come in time. What may tell the same is looked up by marks and compared by its exemplars; likeness is the summariser's affair.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model.stories import Development, DevelopmentId, KeyPoint, Standing
from bot.model.topics import TopicId
from bot.ports import Plan, Store
from bot.summariser.analysis import Analyst
from bot.summariser.developments import UNDER_A_KEY, Fold, id_begun_by, nearest
from bot.summariser.exemplars import development_of, is_whole, order, told_again
from bot.summariser.signatures import keys_of

PORTION = 64  # points placed at once: some twenty articles
REMEMBERED = 600  # developments whose exemplars stay in memory
# What comes so late after the newest point is told with what was told before it, but nothing is placed anew for it: the work after a late telling
# stays within these days.
SETTLED = timedelta(days=30)


@dataclass(slots=True)
class Kin:
    """What is remembered of a topic's developments, as of so many writes of its ledger; anything else is loaded again."""

    fold: Fold | None = None
    writes: int = -1


async def join_waiting(store: Store, analyst: Analyst, kin: Kin) -> None:
    """Give every waiting point its development, and note from when on the topic has to be walked again."""
    topic = analyst.topic.id
    if not await store.unjoined(topic, 1):
        return
    fold, kin.fold = kin.fold or Fold(analyst.weights), None  # what fails half-way is remembered by nobody
    await _loosen_later(store, analyst, fold)
    while waiting := await store.unjoined(topic, PORTION):
        await _load_near(store, fold, analyst, waiting)
        placed = _Placed(store, analyst, fold, waiting)
        await asyncio.to_thread(placed.decide)
        began = min(point.published for point in waiting)
        await store.apply(replace(await placed.plan(), dirty=((topic, began),)))
        fold.trim(REMEMBERED)
    kin.fold = fold


async def _loosen_later(store: Store, analyst: Analyst, fold: Fold) -> None:
    """Take points that were published after the earliest waiting one, unless that is settled long since, out of their developments."""
    topic = analyst.topic.id
    since = await _rewound_to(store, topic)
    gone = await store.joined_since(topic, since) if since else {}
    if not gone or since is None:
        return
    loose = {point for points in gone.values() for point in points}
    known = await store.developments(topic, ids=sorted(gone))
    parted = [each.id for each in known if each.first_seen < since]
    left: dict[DevelopmentId, list[KeyPoint]] = defaultdict(list)
    for point in await store.points(topic, developments=parted) if parted else ():
        if point.development_id and point.id not in loose:
            left[point.development_id].append(point)
    now = [
        development_of(each.id, left[each.id], analyst.weights.rarity, each.status)
        if each.id in left
        else replace(each, keys=())  # nothing is told under it until its first point comes back
        for each in known
    ]
    await store.apply(Plan(loosened=tuple(sorted(loose)), developments=tuple(now), dirty=((topic, since),)))
    fold.forget(gone)


async def _rewound_to(store: Store, topic: TopicId) -> datetime | None:
    """When the earliest waiting point that is not settled was published."""
    [first] = await store.unjoined(topic, 1)
    span = await store.span(topic, first.published)
    settled = span[1] - SETTLED if span else first.published
    recent = (first,) if first.published >= settled else await store.unjoined(topic, 1, settled)
    return recent[0].published if recent else None


async def _load_near(store: Store, fold: Fold, analyst: Analyst, waiting: Sequence[KeyPoint]) -> None:
    """Have the fold know the developments nearest to each point."""
    rarity, topic = analyst.weights.rarity, analyst.topic.id
    keys = {point.id: keys_of(point.signature, rarity) for point in waiting}
    told = await store.told_under(topic, sorted({key for some in keys.values() for key in some}), UNDER_A_KEY)
    near = {home for some in keys.values() for home in nearest({key: told[key] for key in some if key in told}, rarity)}
    unknown = sorted(home for home in near if home not in fold)
    if unknown:
        fold.load(await store.exemplars(topic, unknown))


@dataclass(slots=True)
class _Placed:
    """Where the waiting points belong, and what their developments say now."""

    store: Store
    analyst: Analyst
    fold: Fold
    waiting: Sequence[KeyPoint]
    homes: dict[DevelopmentId, list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))
    before: dict[DevelopmentId, Sequence[KeyPoint]] = field(default_factory=dict)  # exemplars that they had

    def decide(self) -> None:
        """Place each point in turn."""
        for point in self.waiting:
            near = {home: self.fold.exemplars(home) for home in self.fold.nearest(point)}
            home = self.fold.place(point)
            self.before.setdefault(home, near.get(home, ()))
            self.homes[home].append(replace(point, development_id=home))

    async def plan(self) -> Plan:
        """What is to be written."""
        begun = {id_begun_by(point): home for home, points in self.homes.items() for point in points}
        stored = await self.store.developments(self.analyst.topic.id, ids=sorted({*self.homes, *begun}))
        known = {each.id: each for each in stored}
        developments = await self._told(known)
        retired = tuple((old, home) for old, home in begun.items() if old != home and old in known)
        placed = tuple((point.id, home) for home, points in self.homes.items() for point in points)
        return Plan(placed=placed, developments=tuple(developments), retired=retired)

    async def _told(self, known: Mapping[DevelopmentId, Development]) -> Sequence[Development]:
        rarity, large = self.analyst.weights.rarity, set(self._large(known))
        late = sorted(each for each in large if order(self.homes[each][0]) < order(self.before[each][-1]))
        every: dict[DevelopmentId, list[KeyPoint]] = {home: list(self.before[home]) for home in self.homes}
        every |= {home: [] for home in late}
        for point in await self.store.points(self.analyst.topic.id, developments=late) if late else ():
            every[point.development_id or DevelopmentId("")].append(point)
        again = sorted(large.difference(late))
        told = (
            await self.store.told_by(sorted({p.report_id for home in again for p in self.homes[home]})) if again else ()
        )
        found: list[Development] = []
        for home, gained in self.homes.items():
            if home in again:
                reports = {(home, point.report_id) for point in gained}.difference(told)
                found.append(told_again(known[home], self.before[home], gained, len(reports), rarity))
            else:
                status = known[home].status if home in known else Standing.STANDING
                found.append(development_of(home, sorted((*every[home], *gained), key=order), rarity, status))
        return found

    def _large(self, known: Mapping[DevelopmentId, Development]) -> Iterable[DevelopmentId]:
        """Developments told before that have more points than their exemplars."""
        for home, exemplars in self.before.items():
            if exemplars and home in known and not is_whole(known[home], [point.id for point in exemplars]):
                yield home
