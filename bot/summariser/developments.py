"""Which key points state the same fact, across wordings and languages. Knows points and their marks, not where they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId, Standing
from bot.summariser.clustering import Commitment, clustered
from bot.summariser.signatures import keys_of, likeness, weight
from bot.summariser.voices import category_of
from bot.summariser.weighing import Weights

_MOST_KEYS = 80
MOST_COMPARED = 60  # points one is held against
FAINT = 0.03  # links below say that two points are not one fact
LIKELY = 0.15  # links below bring no further points in: groups become one only where the mean is above
SAME_CATEGORY = 1.5  # how much more a shared mark says within one category
MOST_UNDER_A_KEY = 600


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining decided: the new points with their development, developments as they are now, and those that went into another."""

    points: tuple[KeyPoint, ...]
    developments: tuple[Development, ...]
    retired: tuple[tuple[DevelopmentId, DevelopmentId], ...]


Pair = tuple[PointId, PointId, bool]  # by id, and whether one report tells both
Links = dict[tuple[PointId, ...], float]  # by the two ids, sorted: how sure the link is


def join(
    new: Sequence[KeyPoint],
    known: Sequence[KeyPoint],
    weights: Weights,
    chances: Chances | None = None,
    *,
    compared: int | None = None,
) -> Joined:
    """Joins `new` points to the developments of `known` ones, whatever category each was read as.

    All points that a chain of links connects with a new one are put together afresh, so it does not matter in which order the points came.
    With `compared`, a point is held against so many others at most, and only developments to which links of new points lead are looked at: in
    bounded work, and nearly as exact. A development keeps its id with the point it began with.
    """
    index = _Index((*known, *new), weights, chances or Chances(most=10_000_000), compared or MOST_COMPARED)
    fresh = {point.id for point in new}
    pool = _pool(new, [point for point in known if point.id not in fresh], index, bounded=compared is not None)
    ordered = sorted(pool.values(), key=_order)
    groups = [
        sorted(group, key=_order) for group in clustered(ordered, _links(pool, index), weights.thresholds["join"])
    ]
    return _gathered(ordered, fresh, groups, weights.rarity)


def _pool(
    new: Sequence[KeyPoint], known: Sequence[KeyPoint], index: _Index, *, bounded: bool
) -> Mapping[PointId, KeyPoint]:
    """The new points and those of developments that links connect with them: link by link without end, or, if `bounded`, only likely links of
    new points themselves.
    """
    mates = defaultdict[DevelopmentId, list[KeyPoint]](list)
    for point in (*known, *new):
        if point.development_id:
            mates[point.development_id].append(point)
    pool, waiting, least = dict[PointId, KeyPoint](), list(new), LIKELY if bounded else FAINT
    fresh = {point.id for point in new}
    while waiting:
        point = waiting.pop()
        if point.id in pool:
            continue
        pool[point.id] = point
        waiting += mates[point.development_id] if point.development_id else []
        if not bounded or point.id in fresh:
            waiting += [other for other, chance in index.alike(point) if chance >= least]
    return pool


def _links(pool: Mapping[PointId, KeyPoint], index: _Index) -> Links:
    return {
        tuple(sorted((point.id, other.id))): chance
        for point in pool.values()
        for other, chance in index.alike(point, within=pool)
    }


def near_pairs(points: Sequence[KeyPoint], weights: Weights) -> Iterator[tuple[KeyPoint, KeyPoint]]:
    """Pairs of points that are held against each other when all are joined."""
    index = _Index(points, weights, Chances(), MOST_COMPARED)
    seen: set[tuple[PointId, ...]] = set()
    for point in sorted({point.id: point for point in points}.values(), key=_order):
        for other in index.near(point):
            pair = tuple(sorted((point.id, other.id)))
            if pair not in seen:
                seen.add(pair)
                yield point, other


def may_be_one(one: KeyPoint, other: KeyPoint) -> bool:
    """Whether nothing forbids that two points state one fact: not two values of one slot, two members, a yes and a no, or positions of one
    party on two layers.
    """
    if not Commitment(one).fits(Commitment(other)):
        return False
    if one.party is None or one.party != other.party:
        return True
    layers, others = ([mark for mark in point.signature if mark[0] == "L"] for point in (one, other))
    return not layers or not others or not set(layers).isdisjoint(others)


def _order(point: KeyPoint) -> tuple[object, ...]:
    return (point.published, point.id)


class Chances:
    """How likely pairs of points are one fact, as far as it was asked lately: the same neighbours are met again and again."""

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._known: dict[Pair, float] = {}

    def of(self, one: KeyPoint, other: KeyPoint, weights: Weights) -> float:
        """0–1, and 0 where something forbids it."""
        first, second = (one, other) if one.id < other.id else (other, one)
        pair = (first.id, second.id, first.report_id == second.report_id)
        chance = self._known.get(pair)
        if chance is None:
            fits = may_be_one(first, second)
            chance = weights.probability("join", likeness(first, second, weights.rarity)) if fits else 0.0
            if len(self._known) >= self._most:
                self._known.clear()
            self._known[pair] = chance
        return chance


class _Index:
    """Points by their keys, and how likely two of them are one fact."""

    def __init__(self, points: Iterable[KeyPoint], weights: Weights, chances: Chances, compared: int) -> None:
        self._weights, self._chances, self._compared = weights, chances, compared
        self._everything = {point.id: point for point in points}
        self._keys = {point.id: keys_of(point.signature, weights.rarity) for point in self._everything.values()}
        self._points: dict[str, list[KeyPoint]] = defaultdict(list)
        for point in self._everything.values():
            for key in self._keys[point.id]:
                self._points[key].append(point)
        self._near: dict[PointId, set[PointId]] = {}

    def alike(self, point: KeyPoint, within: Collection[PointId] | None = None) -> Iterator[tuple[KeyPoint, float]]:
        """Points linked to this one, if given only those `within`, with the chance that both state one fact."""
        for other in self.near(point):
            if within is not None and other.id not in within:
                continue
            chance = self._chances.of(point, other, self._weights)
            if chance >= FAINT:
                yield other, chance

    def near(self, point: KeyPoint) -> Iterable[KeyPoint]:
        """Points that it is held against."""
        if point.id not in self._near:
            self._near[point.id] = self._nearest(point)
        return (self._everything[other] for other in self._near[point.id])

    def _nearest(self, point: KeyPoint) -> set[PointId]:
        """Those with which it shares most, by the rarity of the marks; marks that every fourth point has tell nothing."""
        shared: dict[PointId, float] = defaultdict(float)
        for key in self._keys[point.id]:
            holders = self._points[key]
            if len(holders) > MOST_UNDER_A_KEY:
                continue
            rare = weight(key, self._weights.rarity)
            for other in holders:
                shared[other.id] += rare * SAME_CATEGORY if other.category == point.category else rare
        shared.pop(point.id, None)
        if len(shared) <= self._compared:
            return set(shared)
        of = self._everything
        return set(sorted(shared, key=lambda each: (-shared[each], of[each].published, each))[: self._compared])


def _gathered(
    pool: Sequence[KeyPoint], new: set[PointId], groups: Sequence[list[KeyPoint]], rarity: Mapping[str, float]
) -> Joined:
    """Gives each group its id: that of the development whose first point is in it, else a new one."""
    homes = _homes(pool)
    points, developments, survivors = [], [], dict[DevelopmentId, DevelopmentId]()
    for group in sorted(groups, key=lambda g: _order(g[0])):
        kept = [p.development_id for p in group if p.development_id and homes[p.development_id] == p.id]
        identity = kept[0] if kept else _new_id(group[0])
        survivors.update({gone: identity for gone in kept[1:] if gone})
        placed = [replace(point, development_id=identity) for point in group]
        points += [
            now for now, was in zip(placed, group, strict=True) if was.id in new or was.development_id != identity
        ]
        developments.append(development_of(identity, placed, rarity))
    return Joined(
        tuple(points), tuple(sorted(developments, key=lambda d: (d.first_seen, d.id))), tuple(sorted(survivors.items()))
    )


def _homes(pool: Sequence[KeyPoint]) -> dict[DevelopmentId, PointId]:
    """With which point each id stays when its points part: the one that it was made from, else the earliest. So no id is given twice."""
    homes: dict[DevelopmentId, PointId] = {}
    for point in pool:
        if point.development_id:
            homes.setdefault(point.development_id, point.id)
            if point.development_id == _new_id(point):
                homes[point.development_id] = point.id
    return homes


def _new_id(first: KeyPoint) -> DevelopmentId:
    return DevelopmentId("d" + blake2b(first.id.encode(), digest_size=6).hexdigest())


def development_of(
    identity: DevelopmentId,
    points: Sequence[KeyPoint],
    rarity: Mapping[str, float],
    status: Standing = Standing.STANDING,
) -> Development:
    """The development that these points (in order of publication) tell."""
    first, clearest = points[0], min(points, key=_clarity)
    category = category_of(points)
    own = [point for point in points if point.category == category]
    valued = next((point for point in own if point.slot), first)
    keys = dict.fromkeys(key for point in points for key in keys_of(point.signature, rarity))
    value = valued.quantities[0] if valued.slot and valued.quantities else None
    return Development(
        id=identity,
        topic=first.topic,
        category=category,
        text=clearest.quote,
        language=clearest.language,
        first_seen=first.published,
        last_seen=points[-1].published,
        seen_at=min(point.seen_at for point in points),
        reports=len({point.report_id for point in points}),
        outlets=tuple(dict.fromkeys(point.outlet for point in points)),
        urls=tuple(dict.fromkeys(point.url for point in points)),
        point_ids=tuple(point.id for point in points),
        party=own[0].party,
        stance=next((point.stance for point in own if point.stance), None),
        slot=valued.slot,
        value=value.value if value else None,
        unit=value.unit if value else None,
        status=status,
        keys=tuple(keys)[:_MOST_KEYS],
        member=next((point.member for point in own if point.member), None),
    )


def _clarity(point: KeyPoint) -> tuple[object, ...]:
    """Earlier, self-contained, neither very short nor very long tellings come first."""
    odd_length = not 40 <= len(point.quote) <= 260
    return (bool(point.context), odd_length, point.published, point.id)
