"""Numbers written in words: "eight hundred thousand", «тридцять п'ять», «двадцятитисячний», "half a million". Knows grammar tables, not topics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.text.figures import SPACE, Figure, with_half
from bot.text.grammars import NumberGrammar
from bot.text.words import Word

LONG = {"fortnights": (14.0, "days"), "decades": (10.0, "years"), "centuries": (100.0, "years")}
TIMES = frozenset(("hours", "days", "weeks", "months", "years", *LONG))


def spelled(text: str, found: Sequence[Word], grammar: NumberGrammar) -> Iterator[Figure]:
    """The figures written in words, in order."""
    index = 0
    while index < len(found):
        figure = grammar.begins(found[index]) and (
            _fraction(text, found, index, grammar)
            or _compound(found[index], index, grammar)
            or _sum(text, found, index, grammar)
            or _ordinal(found, index, grammar)
        )
        if figure:
            yield figure
        index = figure.last + 1 if figure else index + 1


def single(text: str, found: Sequence[Word], grammar: NumberGrammar) -> Iterator[Figure]:
    """One of a unit by a limiting word before it: "within a month", «протягом місяця»; "a fortnight" by its article alone."""
    for index, word in enumerate(found):
        unit = grammar.single.get(word.surface)
        if not unit or not index:
            continue
        before = found[index - 1]
        start = before.start if before.surface in grammar.articles else word.start
        long = unit in LONG and before.surface in grammar.articles
        if before.surface in grammar.articles and index > 1:
            before = found[index - 2]
        if long or (before.surface in grammar.limits and "," not in text[before.end : word.start]):
            value, named = LONG.get(unit, (1.0, unit))
            yield Figure(start, word.end, value, named, index, pinned=True)


def near(text: str, before: Word, after: Word) -> bool:
    """Whether two words stand side by side, with a space or hyphen between them."""
    gap = text[before.end : after.start]
    return len(gap) <= 2 and not gap.strip(f"{SPACE}-‑")


def _sum(text: str, found: Sequence[Word], index: int, grammar: NumberGrammar) -> Figure | None:
    """A number of one word or several, each smaller than what stands before it."""
    total, group, last_times = 0.0, 0.0, float("inf")
    at = index
    while at < len(found) and (at == index or near(text, found[at - 1], found[at])):
        number, times = grammar.number_words.find(found[at]), grammar.multipliers.find(found[at])
        if number is not None and (
            _may_add(group, number) if at > index else number != 1 or _counts_one(text, found, at + 1, grammar)
        ):
            group += number
        elif times and times <= 100 and (group or (at == index and _alone(found, at, grammar))):
            group = (group or 1) * times
        elif times and times > 100 and times < last_times and (group or (at == index and _alone(found, at, grammar))):
            total, group, last_times = total + (group or 1) * times, 0.0, times
        else:
            break
        at = _past_plus(text, found, at + 1, grammar) if times or group >= 100 else at + 1
        if (
            at < len(found)
            and group
            and (half := with_half(text, found, _so_far(found, index, at, group), grammar)).value > group
        ):
            group, at = half.value, half.last + 1
    if at == index:
        return None
    figure = _so_far(found, index, at, total + group)
    return _with_ordinal(text, found, figure, grammar) or _pinned(text, found, figure, grammar)


def _past_plus(text: str, found: Sequence[Word], at: int, grammar: NumberGrammar) -> int:
    """Over the "and" of "two hundred and ten"."""
    if at + 1 >= len(found) or found[at].surface not in grammar.plus or not near(text, found[at - 1], found[at]):
        return at
    number = grammar.number_words.find(found[at + 1])
    return at + 1 if number is not None and number < 100 else at


def _so_far(found: Sequence[Word], index: int, at: int, value: float) -> Figure:
    return Figure(found[index].start, found[at - 1].end, float(value), "", at - 1)


def _may_add(group: float, number: float) -> bool:
    """Whether a number word goes on the number so far: "twenty-one", "hundred and five", but not "five six"."""
    if not group:
        return True
    place = 1000.0 if number >= 100 else 100.0 if number >= 10 else 10.0
    return group % place == 0 and number < group and (number >= 10 or group % 100 != 10)


def _counts_one(text: str, found: Sequence[Word], at: int, grammar: NumberGrammar) -> bool:
    """Whether what follows "one" makes it a number ("one day", "one million"); alone it is mostly a pronoun."""
    if at >= len(found) or not near(text, found[at - 1], found[at]):
        return False
    if grammar.multipliers.find(found[at]) or grammar.units.find(found[at]) in TIMES:
        return True
    return any(tuple(word.surface for word in found[at : at + len(phrase)]) == phrase for phrase in grammar.halves)


def _alone(found: Sequence[Word], at: int, grammar: NumberGrammar) -> bool:
    """Whether a multiplier stands for one of it: "a thousand", «тысяча двести»."""
    return found[at].surface in grammar.lone or (at > 0 and found[at - 1].surface in grammar.articles)


def _pinned(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> Figure:
    """With a unit hung on by a hyphen: "thirty-day"."""
    at = figure.last + 1
    if at < len(found) and text[figure.end : found[at].start] in ("-", "‑") and (unit := grammar.units.find(found[at])):
        return replace(figure, end=found[at].end, unit=unit, last=at, pinned=True)
    return figure


def _fraction(text: str, found: Sequence[Word], index: int, grammar: NumberGrammar) -> Figure | None:
    """A share of a multiplier or of a time: "half a million", «три чверті мільйона», "a quarter of a century"; of anything else it is no number."""
    at, times = index, 1.0
    number = grammar.number_words.find(found[at])
    if number is not None and 1 < number < 10 and at + 1 < len(found) and near(text, found[at], found[at + 1]):
        at, times = at + 1, number
    share = grammar.fractions.find(found[at])
    if share is None:
        return None
    last, at = at, at + 1
    while (
        at < len(found)
        and at - last <= 2
        and near(text, found[at - 1], found[at])
        and found[at].surface in grammar.within
    ):
        at += 1
    if at >= len(found) or not near(text, found[at - 1], found[at]):
        return None
    word, value = found[at], share * times
    if of := grammar.multipliers.find(word):
        return Figure(found[index].start, word.end, value * of, "", at)
    unit = grammar.units.find(word)
    if unit not in TIMES or unit is None:
        return None
    long, named = LONG.get(unit, (1.0, unit))
    return Figure(found[index].start, word.end, value * long, named, at, pinned=True)


def _compound(word: Word, index: int, grammar: NumberGrammar) -> Figure | None:
    """«п'ятнадцятирічний», «двадцятитысячный», «півмільйона»: a number word grown together with a multiplier or unit."""
    grown = grammar.grown(word)
    if grown is None:
        return None
    value, unit = grown
    return Figure(word.start, word.end, value, unit, index, pinned=bool(unit))


def _with_ordinal(text: str, found: Sequence[Word], figure: Figure, grammar: NumberGrammar) -> Figure | None:
    """Of several words: "twenty-first", «двадцять перше»."""
    at = figure.last + 1
    if figure.value % 10 or at >= len(found) or not near(text, found[at - 1], found[at]):
        return None
    value = grammar.ordinals.find(found[at])
    if value is None or not value < (100 if figure.value % 100 == 0 else 10):
        return None
    return replace(figure, end=found[at].end, value=figure.value + value, last=at, ordinal=True)


def _ordinal(found: Sequence[Word], index: int, grammar: NumberGrammar) -> Figure | None:
    """As "fourteenth", «двадцять перше», "seventy-second"."""
    value = grammar.ordinals.find(found[index])
    return (
        None if value is None else Figure(found[index].start, found[index].end, float(value), "", index, ordinal=True)
    )
