"""What a fact's tellings commit it to, and which two therefore cannot be one. Knows points, not how alike they are."""

from __future__ import annotations

from collections.abc import Iterable

from bot.model.stories import KeyPoint
from bot.model.topics import Stance

_FOR, _AGAINST = frozenset({Stance.ACCEPTS, Stance.SUPPORTS}), frozenset({Stance.REJECTS})


class Commitment:
    """What points commit a fact to: values, members, stances."""

    def __init__(self, *points: KeyPoint) -> None:
        self._values = {point.slot: point.quantities[0].value for point in points if point.slot and point.quantities}
        self._members = {point.member for point in points} - {None}
        self._stances = {(point.party, point.stance) for point in points if point.party and point.stance}

    def fits(self, other: Commitment) -> bool:
        """Whether nothing forbids that both are one fact."""
        return (
            all(other._values.get(slot, value) == value for slot, value in self._values.items())
            and len(self._members | other._members) <= 1
            and not self._opposes(other)
        )

    def _opposes(self, other: Commitment) -> bool:
        return any(
            mine == theirs and ((a in _FOR and b in _AGAINST) or (a in _AGAINST and b in _FOR))
            for mine, a in self._stances
            for theirs, b in other._stances
        )


def may_be_one(one: KeyPoint, other: KeyPoint) -> bool:
    """Whether nothing forbids that two points state one fact: not two values of one slot, two members, a yes and a no, or positions of one
    party on two layers.
    """
    if not Commitment(one).fits(Commitment(other)):
        return False
    if one.party is None or one.party != other.party:
        return True
    layers, others = (_layers(point.signature) for point in (one, other))
    return not layers or not others or not layers.isdisjoint(others)


def _layers(signature: Iterable[str]) -> frozenset[str]:
    return frozenset(mark for mark in signature if mark[0] == "L")
