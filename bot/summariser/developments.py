"""Which key points state the same fact, across wordings and languages. Knows points and their marks, not where they are kept.

Points are taken in order of publication. Each goes to the development that it is most likely to tell, of those told before it, or begins its
own. So what a set of points comes to depends on nothing but the set, a development never parts nor goes into another, and it bears the
name of the point that it began with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import blake2b
from heapq import nlargest
from math import fsum, sqrt

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId
from bot.summariser.commitments import Commitment, may_be_one
from bot.summariser.exemplars import bounded, development_of, exemplars_of, order
from bot.summariser.signatures import keys_of, likeness, weight
from bot.summariser.weighing import Weights

NEAREST = 12  # developments that a point is held against: those with which it shares most, by the marks' rarity
UNDER_A_KEY = 40  # developments looked at under one key, those told last
_NIGHT = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Joined:
    """The points with their development, in order of publication, and the developments, by first telling."""

    points: tuple[KeyPoint, ...]
    developments: tuple[Development, ...]


def join(points: Iterable[KeyPoint], weights: Weights) -> Joined:
    """Joins all points to developments, whatever category each was read as."""
    fold, told = Fold(weights), defaultdict[DevelopmentId, list[KeyPoint]](list)
    for point in sorted(points, key=order):
        home = fold.place(point)
        told[home].append(replace(point, development_id=home))
    developments = [development_of(home, tellings, weights.rarity) for home, tellings in told.items()]
    return Joined(
        tuple(sorted((point for tellings in told.values() for point in tellings), key=order)),
        tuple(sorted(developments, key=lambda each: (each.first_seen, each.id))),
    )


def id_begun_by(first: KeyPoint) -> DevelopmentId:
    """The name of the development that begins with a point."""
    return DevelopmentId("d" + blake2b(first.id.encode(), digest_size=6).hexdigest())


class Chances:
    """How likely pairs of points are one fact, as far as it was asked lately: late news has the same asked again."""

    def __init__(self, most: int = 20_000) -> None:
        self._most = most
        self._known: dict[tuple[PointId, PointId, bool], float] = {}

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


@dataclass(slots=True)
class Group:
    """A development as new points are held against it."""

    exemplars: Sequence[KeyPoint] = ()
    keys: frozenset[str] = frozenset()
    committed: Commitment = field(default_factory=Commitment)

    @property
    def day(self) -> int:
        """Of the last telling."""
        return (self.exemplars[-1].published - _NIGHT).days


class Fold:
    """Developments told so far, as far as they were loaded, and what becomes of the next point."""

    def __init__(self, weights: Weights, chances: Chances | None = None) -> None:
        self._weights, self._chances = weights, chances or Chances()
        self._groups: dict[DevelopmentId, Group] = {}
        self._under: dict[str, set[DevelopmentId]] = defaultdict(set)

    def __contains__(self, development: object) -> bool:
        return development in self._groups

    def load(self, points: Iterable[KeyPoint]) -> None:
        """Know developments by the exemplars that stand for them."""
        told = defaultdict[DevelopmentId, list[KeyPoint]](list)
        for point in points:
            if point.development_id:
                told[point.development_id].append(point)
        for home, exemplars in told.items():
            self._set(home, sorted(exemplars, key=order))

    def exemplars(self, development: DevelopmentId) -> Sequence[KeyPoint]:
        """Those of a development that it knows."""
        return self._groups[development].exemplars if development in self._groups else ()

    def forget(self, developments: Iterable[DevelopmentId]) -> None:
        """Know these no more."""
        for each in developments:
            if each in self._groups:
                self._unfile(each, self._groups.pop(each).keys)

    def trim(self, most: int) -> None:
        """Forget those that were told or loaded longest ago, until so many are left."""
        self.forget(list(self._groups)[: max(0, len(self._groups) - most)])

    def place(self, point: KeyPoint) -> DevelopmentId:
        """The development that the point tells; it is one of its tellings from now on."""
        home = self._likeliest(point) or id_begun_by(point)
        self._set(home, sorted((*self.exemplars(home), replace(point, development_id=home)), key=order))
        return home

    def _likeliest(self, point: KeyPoint) -> DevelopmentId | None:
        """Among those told before: the root of the mean square of the chances that it states the same as each exemplar must reach the bar. The
        plain mean cut facts that are told in three languages apart, the highest chance alone ran facts together (docs/evaluation.md).
        """
        mine, bar, found = Commitment(point), self._weights.thresholds["join"], None
        for home in self.nearest(point):
            group = self._groups[home]
            if order(group.exemplars[0]) < order(point) and group.committed.fits(mine):
                chances = [self._chances.of(point, other, self._weights) for other in group.exemplars]
                likely = sqrt(fsum(chance * chance for chance in chances) / len(chances))
                if likely >= bar:
                    found, bar = home, likely
        return found

    def nearest(self, point: KeyPoint) -> Sequence[DevelopmentId]:
        """Those that it knows and a point is held against."""
        rarity = self._weights.rarity
        holders = {
            key: self._last_told(self._under[key]) for key in keys_of(point.signature, rarity) if key in self._under
        }
        return nearest(holders, rarity)

    def _last_told(self, holders: set[DevelopmentId]) -> Iterable[DevelopmentId]:
        if len(holders) <= UNDER_A_KEY:
            return holders
        groups = self._groups
        return [each for _, each in nlargest(UNDER_A_KEY, ((groups[each].day, each) for each in holders))]

    def _set(self, home: DevelopmentId, points: Sequence[KeyPoint]) -> None:
        exemplars, rarity = exemplars_of(points), self._weights.rarity
        keys = frozenset(bounded(keys_of(each.signature, rarity) for each in reversed(exemplars)))
        known = self._groups.pop(home, None)
        self._groups[home] = Group(exemplars, keys, Commitment(*exemplars))  # at the end: told last
        for key in keys:
            self._under[key].add(home)
        if known is not None:
            self._unfile(home, known.keys - keys)

    def _unfile(self, home: DevelopmentId, keys: Iterable[str]) -> None:
        for key in keys:
            self._under[key].discard(home)
            if not self._under[key]:
                del self._under[key]


def nearest(holders: Mapping[str, Iterable[DevelopmentId]], rarity: Mapping[str, float]) -> Sequence[DevelopmentId]:
    """Of developments under a point's keys those with which it shares most, the nearest first."""
    shared: dict[DevelopmentId, float] = defaultdict(float)
    for key in sorted(holders):
        rare = weight(key, rarity)
        for home in holders[key]:
            shared[home] += rare
    return sorted(shared, key=lambda home: (-shared[home], home))[:NEAREST]
