"""Numbers with their units, as sentences state them in several languages. Knows grammar tables, not topics.

The forms covered are listed case by case in `tests/unit/text/test_numbers.py`. Every pattern is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from bot.text.words import Word, normal

_SPACE = " \u00a0\u202f\u2009"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<sign>[€$£₴][{_SPACE}]?)?(?P<number>\d{{1,3}}(?:[{_SPACE}.,'’]\d{{3}})+(?!\d)|\d{{1,9}}(?:[.,]\d{{1,3}})?)(?P<suffix>k|K|m|M|bn|tn)?(?!\d)"
)
_BETWEEN = re.compile(r"[\s\u00a0]*(?:[-–—]|to|or|and|до|або|чи|и|или|й|та|,)[\s\u00a0]*", re.IGNORECASE)
_SUFFIXES = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "bn": 1e9, "tn": 1e12}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₴": "UAH"}
_ARTICLES = frozenset(("a", "an", "one", "the"))
_REACH = 3  # words between a number and its unit ("800,000 well-trained active troops")
MAX_NUMBERS = 40  # a sentence with more is a table

COUNT = "count"
DATE = "date"

V = TypeVar("V")


class _Table(Generic[V]):
    """Words to values; a key with `*` at its end stands for any ending, the longest such key first."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        self._whole = {normal(key).lower(): value for key, value in entries.items() if not key.endswith("*")}
        stems = ((normal(key).lower()[:-1], value) for key, value in entries.items() if key.endswith("*"))
        self._stems = tuple(sorted(stems, key=lambda pair: -len(pair[0])))

    def find(self, word: Word) -> V | None:
        for form in (word.surface, word.lemma):
            if form in self._whole:
                return self._whole[form]
        return next((value for stem, value in self._stems if word.surface.startswith(stem)), None)

    def prefixes(self, surface: str) -> Iterator[tuple[str, V]]:
        """Whole keys that `surface` begins with, longest first."""
        for key in sorted((k for k in self._whole if surface.startswith(k)), key=len, reverse=True):
            yield key, self._whole[key]


class NumberGrammar:
    """How a language writes numbers. Keys of the tables are words or stems with `*`."""

    def __init__(
        self,
        *,
        number_words: Mapping[str, float],
        multipliers: Mapping[str, float],
        units: Mapping[str, str],
        months: tuple[tuple[str, ...], ...],
        not_quantities: tuple[str, ...],
        single: Mapping[str, str] | None = None,
        limits: tuple[str, ...] = (),
    ) -> None:
        self.number_words = _Table(number_words)
        self.multipliers = _Table(multipliers)
        self.units = _Table(units)
        self.not_quantities = frozenset(normal(word).lower().rstrip(".") for word in not_quantities)
        self.single = {normal(word).lower(): unit for word, unit in (single or {}).items()}
        self.limits = frozenset(normal(word).lower() for word in limits)
        self._months = {normal(form).lower(): number for number, forms in enumerate(months, 1) for form in forms}

    def month(self, word: Word) -> int | None:
        """1–12 for a month's name in any listed form, else None."""
        return self._months.get(word.surface) or self._months.get(word.lemma)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start, end) of a text, unit included. `upper` is the higher end of a range or list of choices."""

    start: int
    end: int
    value: float
    unit: str
    upper: float | None = None
    core_end: int = 0  # where the figure itself ends, before its unit


@dataclass(frozen=True, slots=True)
class _Figure:
    start: int
    end: int
    value: float
    unit: str = ""
    last: int = -1  # index of the last word covered
    pinned: bool = False  # unit came with the figure: "15-year", "$40bn"


def numbers(text: str, found: tuple[Word, ...], grammar: NumberGrammar, told_on: date) -> tuple[Number, ...]:
    """The quantities and dates of `text`, in order. Dates have unit "date" and the proleptic ordinal as value."""
    figures = _without_ordinals(
        text, found, sorted(_figures(text, found, grammar), key=lambda f: f.start)[:MAX_NUMBERS], grammar
    )
    results: list[Number] = []
    skip_to = -1
    for position, figure in enumerate(figures):
        if figure.start < skip_to:
            continue
        day = _date(found, figure, grammar, told_on)
        if day:
            results.append(day)
            skip_to = day.end
            continue
        number, skip_to = _with_unit(text, found, figures, position, grammar)
        if number:
            results.append(number)
    return tuple(results)


def _figures(text: str, found: tuple[Word, ...], grammar: NumberGrammar) -> Iterator[_Figure]:
    starts = {word.start: index for index, word in enumerate(found)}
    taken_until = -1
    for match in _NUMBER.finditer(text):
        value = _value(match["number"])
        if value is None:
            continue
        value *= _SUFFIXES.get(match["suffix"] or "", 1)
        unit = _SIGNS.get((match["sign"] or "").strip(), "")
        last = _last_word(found, starts, match.start("number"), match.end())
        figure = _Figure(match.start(), match.end(), value, unit, last, bool(unit))
        figure = _multiplied(text, found, figure, grammar)
        taken_until = max(taken_until, figure.end)
        yield figure
    yield from _spelled(text, found, grammar)
    yield from _single(text, found, grammar)


def _single(text: str, found: tuple[Word, ...], grammar: NumberGrammar) -> Iterator[_Figure]:
    """One of a unit by a limiting word before it: "within a month", «протягом місяця»."""
    for index, word in enumerate(found):
        unit = grammar.single.get(word.surface)
        if not unit or not index:
            continue
        before = found[index - 1]
        start = before.start if before.surface in _ARTICLES else word.start
        if before.surface in _ARTICLES and index > 1:
            before = found[index - 2]
        if before.surface in grammar.limits and "," not in text[before.end : word.start]:
            yield _Figure(start, word.end, 1.0, unit, index, pinned=True)


def _value(written: str) -> float | None:
    grouped = re.fullmatch(rf"\d{{1,3}}([{_SPACE}.,'’])\d{{3}}(?:\1\d{{3}})*", written)
    if grouped:
        if grouped[1] in ".," and written.startswith("0"):
            return float(written.replace(",", "."))
        return float(re.sub(r"\D", "", written))
    try:
        return float(re.sub(rf"[{_SPACE}'’]", "", written).replace(",", "."))
    except ValueError:
        return None


def _last_word(found: tuple[Word, ...], starts: Mapping[int, int], start: int, end: int) -> int:
    index = starts.get(start, -1)
    while 0 <= index < len(found) - 1 and found[index + 1].start < end:
        index += 1
    return index


def _multiplied(text: str, found: tuple[Word, ...], figure: _Figure, grammar: NumberGrammar) -> _Figure:
    """Takes "thousand", "тис.", "-тисячна", "-year" that follow directly."""
    for _ in range(2):
        following = figure.last + 1
        if figure.last < 0 or following >= len(found):
            return figure
        word = found[following]
        gap = text[figure.end : word.start]
        if len(gap) > 2 or gap.strip(" \u00a0\u202f-‑–."):
            return figure
        times = grammar.multipliers.find(word)
        if times:
            end = word.end + (1 if text[word.end : word.end + 1] == "." and len(word.surface) <= 4 else 0)
            figure = replace(figure, end=end, value=figure.value * times, last=following)
            continue
        if gap.strip() in ("-", "‑") and (unit := grammar.units.find(word)):
            return replace(figure, end=word.end, unit=unit, last=following, pinned=True)
        return figure
    return figure


def _spelled(text: str, found: tuple[Word, ...], grammar: NumberGrammar) -> Iterator[_Figure]:
    """Numbers in words: "eight hundred thousand", «тридцять п'ять років», «двадцятитисячний»."""
    index = 0
    while index < len(found):
        word = found[index]
        compound = _compound(word, grammar)
        if compound:
            yield replace(compound, last=index)
            index += 1
            continue
        total, group, end = 0.0, 0.0, index
        while end < len(found) and (end == index or _near(text, found[end - 1], found[end])):
            number = grammar.number_words.find(found[end])
            if number == 1 and not (group >= 20 and group % 10 == 0):
                number = None  # "one" counts only in "thirty-one"; alone it is mostly a pronoun
            times = grammar.multipliers.find(found[end])
            if number is not None and number >= 0:
                group = group + number if not (group and number == group) else group
            elif times and (group or total) and end > index:
                if times == 100:
                    group *= 100
                else:
                    total, group = total + (group or 1) * times, 0.0
            else:
                break
            end += 1
        if end > index:
            figure = _Figure(word.start, found[end - 1].end, float(total + group), "", end - 1)
            if (
                end < len(found)
                and text[figure.end : found[end].start] in "-‑"
                and (unit := grammar.units.find(found[end]))
            ):
                figure = replace(figure, end=found[end].end, unit=unit, last=end, pinned=True)
            yield figure
            index = end
        else:
            index += 1


def _near(text: str, before: Word, after: Word) -> bool:
    gap = text[before.end : after.start]
    return len(gap) <= 2 and not gap.strip(" \u00a0-‑")


def _compound(word: Word, grammar: NumberGrammar) -> _Figure | None:
    """«п'ятнадцятирічний», «двадцятитысячный»: a number word grown together with a multiplier or unit."""
    if len(word.surface) < 9:
        return None
    for prefix, value in grammar.number_words.prefixes(word.surface):
        rest = word.surface[len(prefix) :]
        if len(prefix) < 3 or len(rest) < 4:
            continue
        tail = Word(word.start, word.end, rest, rest, False, False)
        times = grammar.multipliers.find(tail)
        if times:
            return _Figure(word.start, word.end, float(value * times))
        unit = grammar.units.find(tail)
        if unit:
            return _Figure(word.start, word.end, float(value), unit, pinned=True)
    return None


def _without_ordinals(
    text: str, found: tuple[Word, ...], figures: list[_Figure], grammar: NumberGrammar
) -> list[_Figure]:
    """Drops article numbers, list numbers and bare years."""
    kept = []
    for figure in figures:
        before = _word_before(found, figure.start)
        if before and before.surface in grammar.not_quantities and figure.start - before.end <= 3:
            continue
        bare_year = (
            figure.value.is_integer()
            and 1900 <= figure.value <= 2100
            and re.fullmatch(r"\d{4}", text[figure.start : figure.end])
        )
        follower = found[figure.last + 1] if 0 <= figure.last < len(found) - 1 else None
        if bare_year and not (follower and grammar.units.find(follower) in ("people", "countries", "days", "hours")):
            continue
        if re.match(
            r"\d+(?:-?(?:st|nd|rd|th)\b|-(?:а|я|е|й|го|му|та|ї|ій|ого|ому|х|ый|ая|ое)\b)",
            text[figure.start : figure.end + 4],
        ):
            continue
        kept.append(figure)
    return kept


def _word_before(found: tuple[Word, ...], start: int) -> Word | None:
    return next((word for word in reversed(found) if word.end <= start), None)


def _date(found: tuple[Word, ...], figure: _Figure, grammar: NumberGrammar, told_on: date) -> Number | None:
    """A day: "10 March", "March 10", «10 березня 2026 року»; without a year the one nearest to the telling."""
    if not (figure.value.is_integer() and 1 <= figure.value <= 31 and not figure.pinned):
        return None
    after = found[figure.last + 1] if 0 <= figure.last < len(found) - 1 else None
    before = _word_before(found, figure.start)
    start, end = figure.start, figure.end
    month = grammar.month(after) if after and after.start - figure.end <= 4 else None
    year_at = figure.last + 2
    if month and after:
        end = after.end
    elif before and figure.start - before.end <= 1 and (month := grammar.month(before)):
        start, year_at = before.start, figure.last + 1
    else:
        return None
    year = None
    if (
        0 < year_at < len(found)
        and re.fullmatch(r"(?:19|20)\d\d", found[year_at].surface)
        and found[year_at].start - end <= 2
    ):
        year, end = int(found[year_at].surface), found[year_at].end
    day = _nearest(int(figure.value), month, year, told_on)
    return Number(start, end, float(day.toordinal()), DATE, None, end) if day else None


def _nearest(day: int, month: int, year: int | None, told_on: date) -> date | None:
    candidates = []
    for candidate in (year,) if year else (told_on.year - 1, told_on.year, told_on.year + 1):
        try:
            candidates.append(date(candidate, month, day))
        except ValueError:
            continue
    return min(candidates, key=lambda d: abs((d - told_on).days), default=None)


def _with_unit(
    text: str, found: tuple[Word, ...], figures: list[_Figure], position: int, grammar: NumberGrammar
) -> tuple[Number | None, int]:
    """The figure with its unit; a range or list of choices takes the unit of its last figure."""
    first, last = figures[position], figures[position]
    values = [first.value]
    for following in figures[position + 1 : position + 4]:
        if not _BETWEEN.fullmatch(text[last.end : following.start]) or (last.pinned and last.unit != following.unit):
            break
        last = following
        values.append(following.value)
    unit, end = last.unit, last.end
    percent = re.compile(r"[\s\u00a0]?%").match(text, last.end)
    if not unit and percent:
        unit, end = "percent", percent.end()
    if not unit:
        unit, end = _unit_after(text, found, last, grammar)
    elif unit in _SIGNS.values() and first is not last:
        end = last.end
    if len(values) > 1:
        values = _scaled(values)
    if len(values) > 1 and unit == COUNT and "," in text[first.end : last.start]:
        return Number(first.start, first.end, first.value, COUNT, None, first.end), first.end
    low, high = min(values), max(values)
    return Number(first.start, end, low, unit, high if high > low else None, last.end), end


def _scaled(values: list[float]) -> list[float]:
    """In "15 to 30 thousand" the first figure is in thousands as well."""
    top = values[-1]
    if top >= 1000 and all(value < 1000 for value in values[:-1]):
        scale = 1e9 if top >= 1e9 else 1e6 if top >= 1e6 else 1e3
        return [value * scale for value in values[:-1]] + [top]
    return values


def _unit_after(text: str, found: tuple[Word, ...], figure: _Figure, grammar: NumberGrammar) -> tuple[str, int]:
    for word in found[figure.last + 1 : figure.last + 1 + _REACH] if figure.last >= 0 else ():
        if set(text[figure.end : word.start]) & set(",;:.()«»“”") and text[figure.end : word.start].strip(" \u00a0.-‑"):
            break
        unit = grammar.units.find(word)
        if unit:
            return unit, word.end
        if grammar.number_words.find(word) is not None:
            break
    return COUNT, figure.end
