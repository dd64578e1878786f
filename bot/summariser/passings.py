"""Days that are stated to lie ahead, and that they went by. Knows values, sentences and the calendar in UTC; has no clock.

That a day passes follows from the ledger alone: it is written down as soon as the day is stated, with the midnight after it as its moment, and is
no longer there once the day was moved or taken back before then. Whoever reads the ledger up to a moment sees it when it is due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.model.stories import Change, ChangeKind, DevelopmentId, KeyPoint, Quantity
from bot.summariser.entries import entry
from bot.summariser.state import State
from bot.summariser.values import date_of
from bot.summariser.voices import as_background

_DUE = "c:deadline"  # the mark of a sentence that calls a day a deadline
_AHEAD = timedelta(days=730)  # a day farther ahead is no deadline that readers wait for


def day_ahead(quantity: Quantity, at: datetime) -> date | None:
    """The day that a quantity names, if it lies ahead of a moment or on its day."""
    day = date_of(quantity.value) if quantity.unit == "date" else None
    return day if day and at.date() <= day <= (at + _AHEAD).date() else None


def deadline_in(point: KeyPoint) -> date | None:
    """The day ahead that the sentence calls a deadline."""
    if _DUE not in point.signature or as_background(point) or point.slot:
        return None
    return next((day for quantity in point.quantities if (day := day_ahead(quantity, point.published))), None)


def went_by(state: State, until: datetime | None) -> Iterator[Change]:
    """The passings of all days ahead that stand, due at or before `until`; all of them without it."""
    for change in _stated(state):
        if until is None or change.at <= until:
            yield change


def deadline_told(state: State, development: DevelopmentId, fresh: Sequence[KeyPoint]) -> None:
    """Keep a day that no slot tracks, when a sentence calls it a deadline."""
    for point in fresh:
        if development not in state.deadlines and (day := deadline_in(point)):
            state.deadlines[development] = _passing(point, development, day)


def _stated(state: State) -> Iterator[Change]:
    for holding in state.values.values():
        quantity = holding.point.quantities[0]
        if quantity.unit == "date" and (day := day_ahead(quantity, holding.since)):
            yield _passing(holding.point, holding.development, day)
    yield from state.deadlines.values()


def _passing(point: KeyPoint, development: DevelopmentId, day: date) -> Change:
    at = datetime.combine(day + timedelta(days=1), time(), UTC)
    change = entry(ChangeKind.PASSED, point, development, day.isoformat(), None, "the day that was stated is over")
    return replace(change, at=at, seen_at=max(at, point.seen_at))
