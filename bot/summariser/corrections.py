"""Corrections, retractions and denials: what an earlier development is marked by, never deleted. Knows marks of points and the state."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.model.stories import ChangeKind, DevelopmentId, KeyPoint, Standing
from bot.summariser.holdings import value_taken_back
from bot.summariser.rungs import climb_down
from bot.summariser.stands import stance_taken_back
from bot.summariser.state import State
from bot.summariser.voices import is_sure

REACH = timedelta(days=14)  # how long after a report its denial may come
_SHARED = 2  # marks that both must have


def taken_back(state: State, point: KeyPoint) -> DevelopmentId | None:
    """The development of the same category, told within a fortnight before, with most marks in common."""
    if point.development_id is None or not is_sure(state.tellings[point.development_id]):
        return None
    marks = _facts(point)
    best: tuple[int, datetime, DevelopmentId] | None = None
    for development in reversed(state.by_category[point.category]):
        first = state.firsts[development]
        if point.published - first.published > REACH:
            break
        if development == point.development_id or first.correction:
            continue
        shared = len(marks & _facts(first))
        if shared >= _SHARED and (best is None or (shared, first.published) > best[:2]):
            best = (shared, first.published, development)
    return best[2] if best else None


def correct(state: State, point: KeyPoint, development: DevelopmentId, wrong: DevelopmentId) -> None:
    """Mark what was taken back, and let stand again what stood before it."""
    value_taken_back(state, wrong, point)
    stance_taken_back(state, wrong)
    state.standings[wrong] = Standing.CORRECTED
    state.deadlines.pop(wrong, None)
    why = "takes back or denies an earlier report"
    state.note(ChangeKind.CORRECTION, point, development, wrong, None, why, (state.firsts[wrong].id,))
    climb_down(state, wrong, point, development)


def _facts(point: KeyPoint) -> set[str]:
    """The marks by which a denial finds what it takes back: values, numbers, names, concepts, members."""
    return {mark for mark in point.signature if mark.partition(":")[0] in ("v", "n", "x", "c", "m")}
