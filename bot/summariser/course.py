"""Follows the plan through time: walks the key points in order of publication and notes what each one moves.

Changes and board both come from this one walk, so they cannot disagree. Knows points with their developments; knows no store.
Sentences of one moment that tell one development are looked at together, in the order: correction, value, stance; what moves nothing is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Self

from bot.model.stories import Change, ChangeKind, DevelopmentId, KeyPoint, Standing
from bot.summariser.corrections import correct, taken_back
from bot.summariser.entries import value_text
from bot.summariser.forgetting import REMEMBERED, forget
from bot.summariser.holdings import value_told
from bot.summariser.issues import SENTENCES
from bot.summariser.passings import day_ahead, deadline_in, deadline_told, went_by
from bot.summariser.rungs import climb
from bot.summariser.sides import side_told
from bot.summariser.stands import stance_told
from bot.summariser.state import State
from bot.summariser.voices import as_background, category_of, is_news, is_sure


@dataclass
class Course(State):
    """The state after the points walked so far, with `walk` to go on. A `copy` goes its own way from there."""

    def walk(self, points: Iterable[KeyPoint]) -> Self:
        """Take in points, in any order; none may be older than those that were walked before. They must carry their development."""
        placed = (point for point in points if point.development_id)
        for moment, together in groupby(sorted(placed, key=_reading_order), key=attrgetter("published")):
            self._let_days_pass(moment)
            self._take_moment(list(together))
        return self

    def foreseen(self) -> tuple[Change, ...]:
        """Days ahead that go by unless something moves them before then: lines of the ledger whose moment is still to come."""
        return tuple(change for change in went_by(self, None) if change.id not in self.passed)

    def _let_days_pass(self, moment: datetime) -> None:
        if self.day != moment.date():
            self.day = moment.date()
            forget(self, moment - REMEMBERED)
        for change in sorted(went_by(self, moment), key=lambda change: (change.at, change.id)):
            if change.id not in self.passed:
                self.passed.add(change.id)
                self.changes.append(change)
            self.deadlines.pop(change.development_id, None)

    def _take_moment(self, points: Sequence[KeyPoint]) -> None:
        gathered: dict[DevelopmentId, list[KeyPoint]] = defaultdict(list)
        for point in points:
            self.heard[point.category][point.outlet] = point.published
            if point.development_id:
                gathered[point.development_id].append(point)
            self.commonness.update({SENTENCES, *(mark for mark in point.signature if mark.startswith("c:"))})
        for development, fresh in gathered.items():
            self._register(development, fresh)
        for development, fresh in gathered.items():
            self._tell(development, fresh)

    def _register(self, development: DevelopmentId, fresh: Sequence[KeyPoint]) -> None:
        if development not in self.firsts:
            self.firsts[development] = fresh[0]
            self.standings.setdefault(development, Standing.STANDING)
            self.by_category[fresh[0].category].append(development)
        self.tellings[development].extend(fresh)

    def _tell(self, development: DevelopmentId, fresh: Sequence[KeyPoint]) -> None:
        self._correct(development, fresh)
        for point in fresh:
            if point.slot and point.quantities:
                value_told(self, point, point.slot, development, fresh)
        stance_told(self, development, fresh)
        for point in fresh:
            climb(self, point, development)
            side_told(self, point)
        self._tell_as_new(development, fresh)

    def _correct(self, development: DevelopmentId, fresh: Sequence[KeyPoint]) -> None:
        """The first telling of a development may take an earlier one back."""
        if self.firsts[development] is not fresh[0] or development in self.forgotten:
            return None
        for point in fresh:
            wrong = taken_back(self, point) if point.correction else None
            if wrong:
                return correct(self, point, development, wrong)
        return None

    def _tell_as_new(self, development: DevelopmentId, fresh: Sequence[KeyPoint]) -> None:
        """What moved nothing is news itself, as soon as it is sure."""
        tellings = self.tellings[development]
        if development in self.told or development in self.forgotten or not is_sure(tellings) or not is_news(tellings):
            return
        category = category_of(tellings)
        point = next((each for each in fresh if each.category == category), fresh[0])
        why = _why_new(point) if len(tellings) == len(fresh) else "a second report tells it too"
        after = value_text(point) if point.slot and point.quantities else None
        kind = ChangeKind.DEADLINE if _states_day(point) else ChangeKind.NEW
        deadline_told(self, development, fresh)
        self.note(kind, point, development, None, after or _day_or_stance(point, kind), why, category=category)


def _why_new(point: KeyPoint) -> str:
    if point.slot and point.quantities:
        return "an earlier value, told as background" if as_background(point) else "first value told"
    return "first word on this" if point.stance and point.party else "first telling"


def _states_day(point: KeyPoint) -> bool:
    """Whether it states a day ahead that readers wait for."""
    if as_background(point):
        return False
    tracked = point.slot and point.quantities and day_ahead(point.quantities[0], point.published)
    return bool(tracked or deadline_in(point))


def _day_or_stance(point: KeyPoint, kind: ChangeKind) -> str | None:
    day = deadline_in(point) if kind is ChangeKind.DEADLINE else None
    if day:
        return day.isoformat()
    return str(point.stance) if point.stance and point.party else None


def _reading_order(point: KeyPoint) -> tuple[object, ...]:
    """By publication; within one moment what is told as background comes last, the rest as it is read."""
    place = point.quote.find(point.quantities[0].text) if point.quantities else -1
    return (point.published, as_background(point), point.article, point.span.start, place, point.id)
