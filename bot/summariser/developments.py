"""Which key points state the same fact, across wordings and languages. Knows points and their marks, not where they are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId, Standing
from bot.summariser.signatures import keys_of, likeness
from bot.summariser.weighing import Weights

_MOST_KEYS = 80
_MOST_COMPARED = 400  # points a new one is held against; nearest by shared keys go first


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining decided: the new points with their development, developments as they are now, and those that went into another."""

    points: tuple[KeyPoint, ...]
    developments: tuple[Development, ...]
    retired: tuple[tuple[DevelopmentId, DevelopmentId], ...]


def lookup_keys(points: Iterable[KeyPoint], rarity: Mapping[str, float]) -> tuple[str, ...]:
    """Keys of developments that any of the points may belong to."""
    return tuple(dict.fromkeys(key for point in points for key in keys_of(point.category, point.signature, rarity)))


def join(new: Sequence[KeyPoint], known: Sequence[KeyPoint], weights: Weights) -> Joined:
    """Joins `new` points to the developments of `known` ones (those that share a key with a new point, all of each development).

    Two points belong together when the learned question "join" says so, and a development is everything linked: so the outcome does
    not depend on the order of arrival. The id of the development with the earliest telling survives.
    """
    linked = _Links(known)
    index = _Index(known, weights.rarity)
    for point in sorted(new, key=_order):
        for other in index.near(point):
            if other.id != point.id and may_be_one(point, other) and weights.says_yes("join", likeness(point, other, weights.rarity)):
                linked.link(point.id, other.id)
        index.add(point)
    everything = {point.id: point for point in (*known, *new)}
    return _gathered(everything, {point.id for point in new}, linked, weights.rarity)


def may_be_one(one: KeyPoint, other: KeyPoint) -> bool:
    """Whether nothing forbids that two points state one fact: not two values of one slot, two stances, two members or two layers of a position."""
    if one.slot and one.slot == other.slot and one.quantities[0].value != other.quantities[0].value:
        return False
    if one.party is None:
        return True
    if one.stance and other.stance and one.stance is not other.stance:
        return False
    if one.member and other.member and one.member != other.member:
        return False
    layers = [{mark for mark in point.signature if mark.startswith("L:")} for point in (one, other)]
    return not layers[0] or not layers[1] or bool(layers[0] & layers[1])


def _order(point: KeyPoint) -> tuple[object, ...]:
    return (point.published, point.id)


class _Links:
    """Union-find over point ids; points of one development are linked from the start."""

    def __init__(self, known: Sequence[KeyPoint]) -> None:
        self._parent: dict[PointId, PointId] = {}
        first: dict[DevelopmentId, PointId] = {}
        for point in known:
            if point.development_id:
                self.link(point.id, first.setdefault(point.development_id, point.id))

    def root(self, point: PointId) -> PointId:
        parent = self._parent.setdefault(point, point)
        while parent != self._parent[parent]:
            self._parent[parent] = self._parent[self._parent[parent]]
            parent = self._parent[parent]
        return parent

    def link(self, one: PointId, other: PointId) -> None:
        a, b = sorted((self.root(one), self.root(other)))
        self._parent[b] = a


class _Index:
    """Points by their keys."""

    def __init__(self, points: Iterable[KeyPoint], rarity: Mapping[str, float]) -> None:
        self._rarity = rarity
        self._points: dict[str, list[KeyPoint]] = defaultdict(list)
        for point in points:
            self.add(point)

    def add(self, point: KeyPoint) -> None:
        for key in keys_of(point.category, point.signature, self._rarity):
            self._points[key].append(point)

    def near(self, point: KeyPoint) -> list[KeyPoint]:
        shared: dict[PointId, int] = defaultdict(int)
        found: dict[PointId, KeyPoint] = {}
        for key in keys_of(point.category, point.signature, self._rarity):
            for other in self._points.get(key, ()):
                shared[other.id] += 1
                found[other.id] = other
        ranked = sorted(found.values(), key=lambda other: (-shared[other.id], other.published, other.id))
        return ranked[:_MOST_COMPARED]


def _gathered(everything: Mapping[PointId, KeyPoint], new: set[PointId], linked: _Links, rarity: Mapping[str, float]) -> Joined:
    groups: dict[PointId, list[KeyPoint]] = defaultdict(list)
    for point in everything.values():
        groups[linked.root(point.id)].append(point)
    points, developments, retired = [], [], []
    for group in groups.values():
        if not any(point.id in new for point in group):
            continue
        group.sort(key=_order)
        old = list(dict.fromkeys(point.development_id for point in group if point.development_id))
        identity = old[0] if old else _new_id(group[0])
        retired += [(gone, identity) for gone in old[1:]]
        placed = [replace(point, development_id=identity) for point in group]
        points += [point for point in placed if point.id in new or everything[point.id].development_id != identity]
        developments.append(development_of(identity, placed, rarity))
    return Joined(tuple(points), tuple(sorted(developments, key=lambda d: (d.first_seen, d.id))), tuple(retired))


def _new_id(first: KeyPoint) -> DevelopmentId:
    return DevelopmentId("d" + blake2b(first.id.encode(), digest_size=6).hexdigest())


def development_of(identity: DevelopmentId, points: Sequence[KeyPoint], rarity: Mapping[str, float], status: Standing = Standing.STANDING) -> Development:
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
