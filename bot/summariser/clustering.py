"""Puts points that state one fact together: average linkage over the links between them. Knows how likely two are one, not why.

Two groups become one while the mean chance over all pairs of their points reaches the bar, the likeliest first; pairs without a link count
as 0. (Average linkage: Sokal and Michener, 1958.)
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from bot.model.stories import KeyPoint, PointId
from bot.model.topics import Stance

Links = Mapping[tuple[PointId, ...], float]  # by the two ids, sorted: how likely they state one fact
_FOR, _AGAINST = frozenset({Stance.ACCEPTS, Stance.SUPPORTS}), frozenset({Stance.REJECTS})


def clustered(pool: Sequence[KeyPoint], links: Links, bar: float) -> list[list[KeyPoint]]:
    """Groups of points that state one fact. Does not depend on the order of `pool`; none holds two values of one slot, two members of a
    party, or a party both for and against.
    """
    groups = _Groups(sorted(pool, key=lambda point: (point.published, point.id)), links)
    while (pair := groups.likeliest(bar)) is not None:
        groups.merge(*pair)
    return groups.points()


class Commitment:
    """What points commit a fact to: values, members, stances."""

    def __init__(self, point: KeyPoint) -> None:
        self._values = {point.slot: point.quantities[0].value} if point.slot and point.quantities else {}
        self._members = {point.member} - {None}
        self._stances = {(point.party, point.stance)} if point.party and point.stance else set()

    def fits(self, other: Commitment) -> bool:
        """Whether nothing forbids that both are one fact."""
        return (
            all(other._values.get(slot, value) == value for slot, value in self._values.items())
            and len(self._members | other._members) <= 1
            and not self._opposes(other)
        )

    def take(self, other: Commitment) -> None:
        """Be committed to the other's too."""
        self._values |= other._values
        self._members |= other._members
        self._stances |= other._stances

    def _opposes(self, other: Commitment) -> bool:
        return any(
            mine == theirs and ((a in _FOR and b in _AGAINST) or (a in _AGAINST and b in _FOR))
            for mine, a in self._stances
            for theirs, b in other._stances
        )


class _Groups:
    """Groups by number, with the sum of the links between each two."""

    def __init__(self, pool: Sequence[KeyPoint], links: Links) -> None:
        self._members = {number: [point] for number, point in enumerate(pool)}
        self._committed = {number: Commitment(point) for number, point in enumerate(pool)}
        self._sums: dict[int, dict[int, float]] = {number: {} for number in self._members}
        self._queue: list[tuple[float, int, int, int, int]] = []
        place = {point.id: number for number, point in enumerate(pool)}
        for (one, other), chance in links.items():
            a, b = sorted((place[one], place[other]))
            self._sums[a][b] = self._sums[b][a] = chance
            self._queue.append((-chance, a, b, 1, 1))
        heapq.heapify(self._queue)

    def likeliest(self, bar: float) -> tuple[int, int] | None:
        """The two groups with the highest mean link that may be one; None when none reaches the bar."""
        while self._queue:
            mean, a, b, size_a, size_b = heapq.heappop(self._queue)
            if -mean < bar:
                return None
            if self._size(a) == size_a and self._size(b) == size_b and self._committed[a].fits(self._committed[b]):
                return a, b
        return None

    def merge(self, a: int, b: int) -> None:
        """Make one group of two, under the number of the first."""
        self._members[a] += self._members.pop(b)
        self._committed[a].take(self._committed.pop(b))
        for other, total in self._sums.pop(b).items():
            del self._sums[other][b]
            if other != a:
                self._sums[a][other] = self._sums[other][a] = self._sums[a].get(other, 0.0) + total
        for other, total in self._sums[a].items():
            one, two = sorted((a, other))
            mean = total / (self._size(one) * self._size(two))
            heapq.heappush(self._queue, (-mean, one, two, self._size(one), self._size(two)))

    def points(self) -> list[list[KeyPoint]]:
        """The groups."""
        return list(self._members.values())

    def _size(self, number: int) -> int:
        return len(self._members.get(number, ()))
