"""Numbers with their units, as sentences state them in several languages. Knows grammar tables, not topics.

The forms covered are listed case by case in `tests/unit/text/test_numbers.py`. Every pattern is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.text.dates import Day, days_of, written_days
from bot.text.figures import SPACE, Figure, word_before, written
from bot.text.grammars import NumberGrammar
from bot.text.numberwords import TIMES, single, spelled
from bot.text.units import COUNT, linked, measured, moving
from bot.text.words import Word

__all__ = ("COUNT", "DATE", "MAX_NUMBERS", "Number", "NumberGrammar", "numbers")

MAX_NUMBERS = 40  # a sentence with more is a table
DATE = "date"
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_COUNT = 3  # characters between "Article" and its number


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start, end) of a text, unit included. `upper` is the higher end of a range or list of choices."""

    start: int
    end: int
    value: float
    unit: str
    upper: float | None = None
    core_end: int = 0  # where the figure itself ends, before its unit
    told: tuple[float, ...] = ()  # the values of a range in the order in which they are told: "from 72 to 36 hours"
    onward: bool = False  # an arrow leads from it to the next number
    bare: bool = True  # nothing that it could count follows it
    moves: bool = False  # told as "from … to …": a range or a change


def numbers(text: str, found: tuple[Word, ...], grammar: NumberGrammar, told_on: date) -> tuple[Number, ...]:
    """The quantities and dates of `text`, in order. Dates have unit "date" and the proleptic ordinal as value."""
    days = tuple(written_days(text))
    figures = _figures(text, found, days, grammar)
    results: list[Number] = [_dated(day) for day in days]
    skip_to = -1
    for position, figure in enumerate(figures):
        if figure.start < skip_to:
            continue
        named = days_of(text, found, figures, position, grammar, told_on)
        if named:
            results.append(_dated(*named))
            skip_to = named[-1].end
        elif number := _number(text, found, figures, position, grammar):
            results.append(number)
            skip_to = number.end
    return tuple(_carried(sorted(results, key=lambda number: number.start)))


def _figures(text: str, found: tuple[Word, ...], days: Sequence[Day], grammar: NumberGrammar) -> list[Figure]:
    """Everything that counts something, at most MAX_NUMBERS, without what stands within something longer."""
    every = [*written(text, found, grammar), *spelled(text, found, grammar), *single(text, found, grammar)]
    kept: list[Figure] = []
    for figure in sorted(every, key=lambda each: (each.start, -each.end)):
        covered = (kept and figure.start < kept[-1].end) or any(day.start <= figure.start < day.end for day in days)
        if not covered and _counts(text, found, figure, grammar):
            kept.append(figure)
    return kept[:MAX_NUMBERS]


def _counts(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> bool:
    """Whether the figure may count something: no article number, no bare year."""
    before = word_before(found, figure)
    if (
        before >= 0
        and found[before].surface in grammar.not_quantities
        and figure.start - found[before].end <= _BEFORE_COUNT
    ):
        return False
    if not _YEAR.fullmatch(text[figure.start : figure.end]):
        return True
    follower = found[figure.last + 1] if 0 <= figure.last < len(found) - 1 else None
    return follower is not None and grammar.units.find(follower) in ("people", "countries", "days", "hours")


def _dated(day: Day, last: Day | None = None) -> Number:
    upper = float(last.on.toordinal()) if last else None
    return Number(day.start, day.end, float(day.on.toordinal()), DATE, upper, day.end)


def _number(
    text: str, found: tuple[Word, ...], figures: Sequence[Figure], position: int, grammar: NumberGrammar
) -> Number | None:
    first = figures[position]
    if first.ordinal:
        return _deadline(found, first, grammar)
    last, end, run = measured(text, found, figures, position, grammar)
    values = tuple(figure.value for figure in run)
    bare = last.unit == COUNT and not _followed(text, found, last, grammar)
    low, high = min(values), max(values)
    return Number(
        first.start, end, low, last.unit, high if high > low else None, last.end,
        values if high > low else (), linked(text, figures, position + len(run) - 1), bare, moving(text, found, run),
    )  # fmt: skip


def _followed(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> bool:
    """Whether a word stands at the figure that it could count: "52 drones", but not "asks for 30 in the draft"."""
    if not 0 <= figure.last < len(found) - 1:
        return False
    word = found[figure.last + 1]
    return not text[figure.end : word.start].strip(f"{SPACE}-‑") and word.surface not in grammar.breaks


def _deadline(found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> Number | None:
    """An ordinal with a time after a limiting word: "by the seventy-second hour", «на чотирнадцятий день». Other ordinals count nothing."""
    if not 0 <= figure.last < len(found) - 1 or figure.value < 2:
        return None
    word, before = found[figure.last + 1], word_before(found, figure, grammar.within)
    unit = grammar.units.find(word)
    if unit is None or unit not in TIMES or before < 0 or found[before].surface not in grammar.day_before:
        return None
    return Number(figure.start, word.end, figure.value, unit, None, figure.end)


def _carried(found: Sequence[Number]) -> list[Number]:
    """Unit and size go over an arrow: "760 → 800 thousand troops", "years: 20 → 25"."""
    kept = list(found)
    for at in range(len(kept) - 2, -1, -1):
        one, other = kept[at], kept[at + 1]
        if one.onward and one.unit == COUNT and other.unit not in (COUNT, DATE):
            kept[at] = replace(one, unit=other.unit)
        if one.onward and other.unit == COUNT and one.unit not in (COUNT, DATE):
            kept[at + 1] = replace(other, unit=one.unit)
        if one.onward and one.value < 1000 <= other.value:
            scale = 1e9 if other.value >= 1e9 else 1e6 if other.value >= 1e6 else 1e3
            kept[at] = replace(kept[at], value=one.value * scale)
    return kept
