"""Which key points state the same fact, across wordings and languages. Knows points and their marks, not where they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId, Standing
from bot.summariser.signatures import keys_of, likeness
from bot.summariser.weighing import Weights

_MOST_KEYS = 80
_MOST_COMPARED = 80  # points one is held against; those with most shared keys go first


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining decided: the new points with their development, developments as they are now, and those that went into another."""

    points: tuple[KeyPoint, ...]
    developments: tuple[Development, ...]
    retired: tuple[tuple[DevelopmentId, DevelopmentId], ...]


Links = dict[tuple[PointId, ...], float]  # by the two ids, sorted: how sure the link is


def join(new: Sequence[KeyPoint], known: Sequence[KeyPoint], weights: Weights) -> Joined:
    """Joins `new` points to the developments of `known` ones.

    All points that a chain of links connects with a new one are put together afresh: pairs that the learned question "join" links are taken
    in order of their strength, and a link is refused where the two sides cannot be one fact. So it does not matter in which order the points
    came. A development keeps its id with the point it began with.
    """
    pool, links = _connected(new, known, weights)
    return _gathered(pool, {point.id for point in new}, _clustered(pool, links), weights.rarity)


def _connected(new: Sequence[KeyPoint], known: Sequence[KeyPoint], weights: Weights) -> tuple[list[KeyPoint], Links]:
    """The points that links, or a development in common, connect with new ones, and the links among them.

    A link that was refused counts too: it may be taken once another has grown stronger. In config/sample the largest such set has 18 points.
    """
    everything = {point.id: point for point in (*known, *new)}
    index, mates = _Index(everything.values(), weights.rarity), defaultdict[DevelopmentId, list[KeyPoint]](list)
    for point in everything.values():
        if point.development_id:
            mates[point.development_id].append(point)
    pool, links, waiting = dict[PointId, KeyPoint](), Links(), [everything[point.id] for point in new]
    while waiting:
        point = waiting.pop()
        if point.id in pool:
            continue
        pool[point.id] = point
        waiting += mates[point.development_id] if point.development_id else []
        for other, chance in index.alike(point, weights):
            links[tuple(sorted((point.id, other.id)))] = chance
            waiting.append(other)
    return sorted(pool.values(), key=_order), links


def _clustered(pool: Sequence[KeyPoint], links: Links) -> list[list[KeyPoint]]:
    """Groups of points that state one fact: the strongest links first, of equal ones the earliest, none that would put two values or stances
    into one group.
    """
    place = {point.id: number for number, point in enumerate(pool)}
    clusters = {point.id: _Cluster([point]) for point in pool}
    for pair, _ in sorted(links.items(), key=lambda link: (-link[1], sorted(place[end] for end in link[0]))):
        a, b = clusters[pair[0]], clusters[pair[1]]
        if a is not b and a.fits(b):
            a.take(b)
            clusters.update({point.id: a for point in b.points})
    return [sorted(cluster.points, key=_order) for cluster in {id(c): c for c in clusters.values()}.values()]


class _Cluster:
    """Points that state one fact, with what they commit it to."""

    def __init__(self, points: list[KeyPoint]) -> None:
        self.points = points
        first = points[0]
        self._values = {first.slot: first.quantities[0].value} if first.slot and first.quantities else {}
        self._stances = {first.stance} - {None}
        self._members = {first.member} - {None}

    def fits(self, other: _Cluster) -> bool:
        """Whether nothing forbids that both state one fact."""
        return (
            all(other._values.get(slot, value) == value for slot, value in self._values.items())
            and len(self._stances | other._stances) <= 1
            and len(self._members | other._members) <= 1
        )

    def take(self, other: _Cluster) -> None:
        """Take in the other's points."""
        self.points += other.points
        self._values |= other._values
        self._stances |= other._stances
        self._members |= other._members


def may_be_one(one: KeyPoint, other: KeyPoint) -> bool:
    """Whether nothing forbids that two points state one fact: not two values of one slot, two stances, two members or two layers of a position."""
    if one.category != other.category or not _Cluster([one]).fits(_Cluster([other])):
        return False
    if one.party is None:
        return True
    layers = [{mark for mark in point.signature if mark.startswith("L:")} for point in (one, other)]
    return not layers[0] or not layers[1] or bool(layers[0] & layers[1])


def _order(point: KeyPoint) -> tuple[object, ...]:
    return (point.published, point.id)


class _Index:
    """Points by their keys."""

    def __init__(self, points: Iterable[KeyPoint], rarity: Mapping[str, float]) -> None:
        self._rarity = rarity
        self._points: dict[str, list[KeyPoint]] = defaultdict(list)
        for point in points:
            for key in keys_of(point.category, point.signature, rarity):
                self._points[key].append(point)

    def alike(self, point: KeyPoint, weights: Weights) -> Iterator[tuple[KeyPoint, float]]:
        """Points that the question "join" links to this one, with its probability."""
        for other in self._near(point):
            if may_be_one(point, other):
                chance = weights.probability("join", likeness(point, other, weights.rarity))
                if chance >= weights.thresholds["join"]:
                    yield other, chance

    def _near(self, point: KeyPoint) -> list[KeyPoint]:
        shared: dict[PointId, int] = defaultdict(int)
        found: dict[PointId, KeyPoint] = {}
        for key in keys_of(point.category, point.signature, self._rarity):
            for other in self._points.get(key, ()):
                if other.id != point.id:
                    shared[other.id] += 1
                    found[other.id] = other
        return sorted(found.values(), key=lambda other: (-shared[other.id], other.published, other.id))[:_MOST_COMPARED]


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
    valued = next((point for point in points if point.slot), first)
    keys = dict.fromkeys(key for point in points for key in keys_of(point.category, point.signature, rarity))
    value = valued.quantities[0] if valued.slot and valued.quantities else None
    return Development(
        id=identity,
        topic=first.topic,
        category=first.category,
        text=clearest.quote,
        language=clearest.language,
        first_seen=first.published,
        last_seen=points[-1].published,
        seen_at=min(point.seen_at for point in points),
        reports=len({point.report_id for point in points}),
        outlets=tuple(dict.fromkeys(point.outlet for point in points)),
        urls=tuple(dict.fromkeys(point.url for point in points)),
        point_ids=tuple(point.id for point in points),
        party=first.party,
        stance=next((point.stance for point in points if point.stance), None),
        slot=valued.slot,
        value=value.value if value else None,
        unit=value.unit if value else None,
        status=status,
        keys=tuple(keys)[:_MOST_KEYS],
        member=next((point.member for point in points if point.member), None),
    )


def _clarity(point: KeyPoint) -> tuple[object, ...]:
    """Earlier, self-contained, neither very short nor very long tellings come first."""
    odd_length = not 40 <= len(point.quote) <= 260
    return (bool(point.context), odd_length, point.published, point.id)
