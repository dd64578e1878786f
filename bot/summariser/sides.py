"""What may be said of a layer beside its rung, by the topic file's rules: stalled, rejected, withdrawn. Knows points and the state.

A side state lasts until the layer moves again: stalled talks until a value or the rung moves, the others until the rung does.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.model.stories import ChangeKind, KeyPoint
from bot.model.topics import Category, SideState
from bot.summariser.state import State
from bot.summariser.voices import counted, is_sure

_WAKES = {SideState.STALLED: (ChangeKind.RUNG, ChangeKind.VALUE)}


def side_told(state: State, point: KeyPoint) -> None:
    """Let a sentence that speaks of a side state count for its layer; what one unsure sentence says does not count."""
    if point.side and state.topic.layer(point.category) and is_sure([point]):
        state.sides[point.category, point.side].append(point)


def layer_moved(state: State, category: Category, kind: ChangeKind) -> None:
    """A layer that moves is in no side state any more that its movement ends."""
    for side in SideState:
        if kind in _WAKES.get(side, (ChangeKind.RUNG,)):
            state.sides.pop((category, side), None)


def sides_of(state: State, category: Category) -> Iterator[SideState]:
    """The side states that so many independent outlets tell as the topic's rule asks for."""
    for side in SideState:
        told = [point for point in state.sides.get((category, side), ()) if _holds(state, point)]
        needed = next((rule.outlets for rule in state.topic.sides if rule.state is side), 1)
        if told and counted(told)[1] >= needed:
            yield side


def _holds(state: State, point: KeyPoint) -> bool:
    return point.development_id is None or state.holds(point.development_id)
