"""Days as sentences name them: "10 March", «10 березня 2026 року», "the fourteenth of April", "2026-04-14", "on the sixteenth". Knows the calendar.

A day without a year is the one nearest to the telling; a day without a month is the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.text.figures import BETWEEN, SPACE, Figure, word_before
from bot.text.grammars import NumberGrammar
from bot.text.words import Word

_WRITTEN = re.compile(r"(?<![\w.,:/-])(?:(20\d\d)-(\d\d)-(\d\d)|(\d{1,2})\.(\d{1,2})\.(20\d\d))(?![\w-])")
_RATHER = re.compile(
    r"[\s\u00a0]*,?[\s\u00a0]*(?:but|not|but not|а|а не|а не на|не|instead of|rather than|замість|вместо)[\s\u00a0]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FEWEST = 4  # an ordinal below is mostly "the first draft"; with a month it is a day


@dataclass(frozen=True, slots=True)
class Day:
    """A day at [start, end) of a text."""

    start: int
    end: int
    on: date


def written_days(text: str) -> Iterator[Day]:
    """Days in digits alone: "2026-04-14", "14.04.2026"."""
    for match in _WRITTEN.finditer(text):
        year, month, day = (match[1], match[2], match[3]) if match[1] else (match[6], match[5], match[4])
        try:
            yield Day(match.start(), match.end(), date(int(year), int(month), int(day)))
        except ValueError:
            continue


def days_of(
    text: str, found: Sequence[Word], figures: Sequence[Figure], position: int, grammar: NumberGrammar, told_on: date
) -> tuple[Day, ...]:
    """The day that the figure names; where only the next figure names the month ("8–9 April", "11 and 12 May"), both days."""
    figure = figures[position]
    if day := _day_of(text, found, figure, grammar, told_on):
        return (day,)
    gap = text[figure.end : figures[position + 1].start] if position + 1 < len(figures) else "…"
    if not BETWEEN.fullmatch(gap) and not _RATHER.fullmatch(gap):
        return ()
    last = _with_month(text, found, figures[position + 1], grammar, told_on)
    first = _date(last.on.year, last.on.month, int(figure.value)) if last and 1 <= figure.value <= 31 else None
    if last is None or first is None or first == last.on or figure.pinned or not figure.value.is_integer():
        return ()
    return (
        (Day(figure.start, figure.end, first),)
        if _RATHER.fullmatch(gap)
        else (Day(figure.start, last.end, first), last)
    )


def _day_of(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar, told_on: date) -> Day | None:
    """The day that a figure names with the month beside it, or as an ordinal alone after a word such as "on"."""
    if not (figure.value.is_integer() and 1 <= figure.value <= 31 and not figure.pinned):
        return None
    return _with_month(text, found, figure, grammar, told_on) or _alone(text, found, figure, grammar, told_on)


def _with_month(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar, told_on: date) -> Day | None:
    after = found[figure.last + 1] if 0 <= figure.last < len(found) - 1 else None
    at = figure.last + 1
    if after and figure.ordinal and after.surface in grammar.within and at + 1 < len(found):
        after, at = found[at + 1], at + 1
    place = word_before(found, figure, grammar.within if figure.ordinal else ())
    before = found[place] if place >= 0 else None
    start, end = figure.start, figure.end
    if after and not _parted(text, found, figure.last, at) and (month := grammar.month(after)):
        end, year_at = after.end, at + 1
    elif before and not _parted(text, found, place, figure.last) and (month := grammar.month(before)):
        start, year_at = before.start, figure.last + 1
    else:
        return None
    year = None
    if 0 < year_at < len(found) and _YEAR.fullmatch(found[year_at].surface) and found[year_at].start - end <= 2:
        year, end = int(found[year_at].surface), found[year_at].end
    day = nearest(int(figure.value), month, year, told_on)
    return Day(start, end, day) if day else None


def _parted(text: str, found: Sequence[Word], first: int, last: int) -> bool:
    """Whether more than spaces and hyphens stands between the words first…last."""
    return any(text[found[at].end : found[at + 1].start].strip(f"{SPACE}-–.") for at in range(first, last))


def _alone(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar, told_on: date) -> Day | None:
    """An ordinal that nothing follows: "on the sixteenth", «на двадцять перше», «14-го»."""
    rest = text[figure.end : figure.end + 2].strip(SPACE)
    if not figure.ordinal or figure.value < _FEWEST or (rest and rest[0].isalnum()):
        return None
    place = word_before(found, figure, grammar.within)
    led = place >= 0 and found[place].surface in grammar.day_before
    if not led and not text[figure.start : figure.end].lower().endswith(grammar.day_endings or ("\0",)):
        return None
    days = (_in_month(int(figure.value), told_on, month) for month in range(3))
    day = next((day for day in days if day and day >= told_on), None)
    return Day(figure.start, figure.end, day) if day else None


def _in_month(day: int, told_on: date, ahead: int) -> date | None:
    months = told_on.year * 12 + told_on.month - 1 + ahead
    return _date(months // 12, months % 12 + 1, day)


def nearest(day: int, month: int, year: int | None, told_on: date) -> date | None:
    """That day of the year, or without one of the year in which it is nearest to the telling; None when there is no such day."""
    years = (year,) if year else (told_on.year - 1, told_on.year, told_on.year + 1)
    candidates = [found for each in years if (found := _date(each, month, day))]
    return min(candidates, key=lambda found: abs((found - told_on).days), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
