"""When something is said to happen: "yesterday", "next Friday", "in three weeks", «до кінця місяця», as days. Knows grammar tables, not topics.

A bare weekday is the last one, unless the sentence speaks of what is ahead. Days with a month are read by `numbers`, and taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import cast

from bot.text.numbers import DATE, Number
from bot.text.numberwords import TIMES
from bot.text.periods import (
    Part,
    Period,
    Stretch,
    month_near,
    moved,
    part_of,
    period,
    season,
    weekday_near,
    whole_month,
    whole_year,
)
from bot.text.timegrammars import TimeGrammar
from bot.text.words import Word

_YEAR = re.compile(r"20[0-4]\d")
_REACH = 3  # words between "the end" and "of the month"


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of days that [start, end) of a text names. `limit`: something is to be over by its last day. `ago`: days from that to the telling."""

    start: int
    end: int
    first: date
    last: date
    limit: bool = False
    ago: int = 0


def times(found: Sequence[Word], counted: Sequence[Number], grammar: TimeGrammar, told_on: date) -> tuple[Moment, ...]:
    """The times that a sentence names, in order; days and counts of days come from its numbers."""
    return tuple(_Reader(found, counted, grammar, told_on).moments())


class _Reader:
    def __init__(self, found: Sequence[Word], counted: Sequence[Number], grammar: TimeGrammar, told_on: date) -> None:
        self._found, self._grammar, self._told_on = found, grammar, told_on
        self._at = {number.start: number for number in counted}
        self._dated = [number for number in counted if number.unit == DATE]

    def moments(self) -> Iterator[Moment]:
        index = 0
        while index < len(self._found):
            read = self._read(index)
            if read is None:
                index += 1
                continue
            (first, last), until = read
            start = self._found[index].start
            yield Moment(start, self._found[until].end, first, last, self._is_limit(index), (self._told_on - last).days)
            index = until + 1

    def _read(self, index: int) -> tuple[Stretch, int] | None:
        word = self._found[index]
        if word.start not in self._at and not self._grammar.begins(word):
            return None
        return self._dates(index) or self._span(index) or self._named(index)

    def _is_limit(self, index: int) -> bool:
        """Whether a word such as "by" leads to the time; "the" may stand between."""
        before = index - 1
        while before >= 0 and index - before <= 2 and self._found[before].surface in self._grammar.links:
            before -= 1
        return before >= 0 and self._found[before].surface in self._grammar.limits

    def _word(self, index: int) -> Word | None:
        return self._found[index] if 0 <= index < len(self._found) else None

    # ── counted ──

    def _dates(self, index: int) -> tuple[Stretch, int] | None:
        """A day that was read as a number."""
        number = self._at.get(self._found[index].start)
        if number is None or number.unit != DATE:
            return None
        first, last = date.fromordinal(int(number.value)), date.fromordinal(int(number.upper or number.value))
        return (first, last), self._last_of(number, index)

    def _last_of(self, number: Number, index: int) -> int:
        while index + 1 < len(self._found) and self._found[index + 1].start < number.end:
            index += 1
        return index

    def _span(self, index: int) -> tuple[Stretch, int] | None:
        """As "in three weeks", "three weeks ago", "a week from now"; "in 30 days of a ceasefire" counts from something else."""
        hence = self._found[index].surface in self._grammar.hence
        length = self._length(index + 1 if hence else index)
        if length is None:
            return None
        unit, values, last = length
        sign, words = self._grammar.spans.at(self._found, last + 1)
        after = self._word(last + 1)
        if not words and (not hence or (after is not None and after.surface in self._grammar.since)):
            return None
        days = sorted(day for value in values if (day := moved(self._told_on, unit, (sign or 1) * value)))
        return ((days[0], days[-1]), last + words) if len(days) == len(values) else None

    def _length(self, index: int) -> tuple[str, tuple[float, ...], int] | None:
        """(unit, one or two counts, last word) of a stretch of time: "three weeks", "a week", «тиждень»."""
        word = self._word(index)
        number = self._at.get(word.start) if word else None
        if number is not None:
            counts = (number.value,) if number.upper is None else (number.value, number.upper)
            return (number.unit, counts, self._last_of(number, index)) if number.unit in TIMES else None
        if word is not None and word.surface in self._grammar.articles:
            index, word = index + 1, self._word(index + 1)
        unit = self._grammar.units.find(word) if word else None
        return (unit, (1.0,), index) if unit in TIMES and unit is not None else None

    # ── named ──

    def _named(self, index: int) -> tuple[Stretch, int] | None:
        for read in (self._day, self._part, self._turned, self._weekday, self._month, self._season, self._year):
            if found := read(index):
                return found
        return None

    @cached_property
    def _ahead(self) -> bool:
        """Whether the sentence speaks of what is to come."""
        return any(self._grammar.is_ahead(word) for word in self._found)

    def _day(self, index: int) -> tuple[Stretch, int] | None:
        ahead, words = self._grammar.days.at(self._found, index)
        years, more = self._grammar.years.at(self._found, index)
        if more:
            return self._period("year", int(years)), index + more - 1
        if not words:
            return None
        day = self._told_on + timedelta(days=int(ahead))
        return (day, day), index + words - 1

    def _part(self, index: int) -> tuple[Stretch, int] | None:
        """As "mid-March", "the end of next month", «на початку квітня», "year's end"."""
        part = self._grammar.parts.find(self._found[index])
        if part is None:
            return self._ended(index)
        at = index + 1
        while at < len(self._found) and at - index <= _REACH and self._found[at].surface in self._grammar.links:
            at += 1
        whole = self._whole(at)
        return (part_of(whole[0], cast("Part", part)), whole[1]) if whole else None

    def _ended(self, index: int) -> tuple[Stretch, int] | None:
        kind, following = self._grammar.periods.find(self._found[index]), self._word(index + 1)
        if kind is None or following is None or not self._found[index].surface.endswith("'s"):
            return None
        part = self._grammar.parts.find(following)
        return (part_of(self._period(kind, 0), cast("Part", part)), index + 1) if part else None

    def _whole(self, at: int) -> tuple[Stretch, int] | None:
        """The month, period or year at a place, "next" before it included."""
        word = self._word(at)
        if word is None:
            return None
        if (month := self._grammar.month(word)) is not None:
            return self._month_with_year(month, at)
        if kind := self._grammar.periods.find(word):
            return self._period(kind, 0), at
        if season_starts := self._grammar.seasons.find(word):
            return season(int(season_starts), self._told_on), at
        if _YEAR.fullmatch(word.surface):
            return whole_year(int(word.surface)), at
        return self._turned(at)

    def _month_with_year(self, month: int, at: int, ahead: int | None = None) -> tuple[Stretch, int]:
        following = self._word(at + 1)
        if following is not None and _YEAR.fullmatch(following.surface):
            return whole_month(int(following.surface), month), at + 1
        return month_near(month, self._told_on, ahead), at

    def _turned(self, index: int) -> tuple[Stretch, int] | None:
        """As "next Friday", "last month", «наступного року»."""
        turn, word = self._grammar.turns.find(self._found[index]), self._word(index + 1)
        if turn is None or word is None:
            return None
        ahead = int(turn)
        if (weekday := self._grammar.weekday(word)) is not None:
            day = weekday_near(weekday, self._told_on, ahead)
            return (day, day), index + 1
        if kind := self._grammar.periods.find(word):
            return self._period(kind, ahead), index + 1
        if (month := self._grammar.month(word)) is not None:
            return self._month_with_year(month, index + 1, ahead)
        starts = self._grammar.seasons.find(word)
        return (
            (season(int(starts), moved(self._told_on, "months", 12 * ahead) or self._told_on), index + 1)
            if starts
            else None
        )

    def _period(self, kind: str, ahead: int) -> Stretch:
        return period(cast("Period", kind), self._told_on, ahead)

    def _weekday(self, index: int) -> tuple[Stretch, int] | None:
        weekday = self._grammar.weekday(self._found[index])
        if weekday is None:
            return None
        if self._is_limit(index) or self._ahead:
            day = weekday_near(weekday, self._told_on - timedelta(days=1), 1)
        else:
            day = weekday_near(weekday, self._told_on + timedelta(days=1), -1)
        return (day, day), index

    def _month(self, index: int) -> tuple[Stretch, int] | None:
        """A month alone, after a word such as "in"."""
        month = self._grammar.month(self._found[index])
        if month is None or not self._led(index):
            return None
        read = self._month_with_year(month, index)
        over = read[0][1] < self._told_on and read[1] == index
        return self._month_with_year(month, index, 1) if over and (self._ahead or self._is_limit(index)) else read

    def _season(self, index: int) -> tuple[Stretch, int] | None:
        starts = self._grammar.seasons.find(self._found[index])
        if not starts or not (self._found[index].surface in self._grammar.alone or self._led(index)):
            return None
        nearest = season(int(starts), self._told_on)
        over = nearest[1] < self._told_on and (self._ahead or self._is_limit(index))
        return (season(int(starts), nearest[0] + timedelta(days=365)) if over else nearest), index

    def _year(self, index: int) -> tuple[Stretch, int] | None:
        word = self._found[index]
        return (whole_year(int(word.surface)), index) if _YEAR.fullmatch(word.surface) and self._led(index) else None

    def _led(self, index: int) -> bool:
        before = index - 1
        while before >= 0 and index - before <= 2 and self._found[before].surface in self._grammar.links:
            before -= 1
        return before >= 0 and self._found[before].surface in self._grammar.at | self._grammar.limits
