"""Which numbers of a sentence could be which tracked values, in which unit. Proposes, never decides.

A bare number takes its unit from elsewhere: from the numbers beside it, from the sentence before, from the article where it names the same
number, or from the slot. "800" beside "760 thousand" is in thousands as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bot.model.topics import POSITION, Category, Slot, Topic
from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.features import compatible, within
from bot.text.numbers import COUNT, Number
from bot.text.numberwords import TIMES
from bot.text.units import MONEY

IN_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.0, "years": 365.0}
_SHORT = frozenset(("hours", "days", "weeks", "months"))
_SIZES = {"people": 1e3, "money": 1e9}  # what is left unsaid: thousands of people, billions of money
_LIKE = 5.0  # times; a number beside another of the same kind is of its size


@dataclass(frozen=True, slots=True)
class Claim:
    """A number read as the slot's value, `values` in the slot's unit and in the order told. `how`: where its unit comes from."""

    number: Number
    slot: Slot
    values: tuple[float, ...]
    how: str


@dataclass(frozen=True)
class Frame:
    """A sentence about to be read for one category, with what stands around it."""

    topic: Topic
    category: Category
    line: Sentence
    before: Sentence | None = None
    article: Annotated | None = None
    slots: tuple[Slot, ...] = field(init=False)

    def __post_init__(self) -> None:
        position = self.category.startswith(POSITION)
        own = (slot for slot in self.topic.slots if position or self.category in (slot.category, slot.layer))
        object.__setattr__(self, "slots", tuple(own))

    @cached_property
    def elsewhere(self) -> tuple[Number, ...]:
        """Numbers of the article's title and of its other sentences, nearest above first."""
        if self.article is None:
            return self.before.numbers if self.before else ()
        lines = self.article.sentences
        at = next((index for index, line in enumerate(lines) if line.span.start >= self.line.span.start), len(lines))
        others = (*reversed(lines[:at]), self.article.title, *self.article.summary, *lines[at + 1 :])
        return tuple(number for line in others for number in line.numbers)

    def claims(self) -> Iterator[Claim]:
        """All numbers that could be values of the category's slots."""
        for number in self.line.numbers:
            for slot in self.slots:
                claim = self.claim(number, slot)
                if claim:
                    yield claim

    def claim(self, number: Number, slot: Slot) -> Claim | None:
        """The number as a value of the slot; None where unit or size forbid it."""
        for how, unit, size in self._readings(number, slot):
            ends = number.told or (number.value,)
            values = tuple(canonical(end * size, unit, slot.unit) for end in ends)
            if all(within(slot.minimum, value, slot.maximum) for value in values):
                return Claim(number, slot, values, how)
        return None

    def _readings(self, number: Number, slot: Slot) -> Iterator[tuple[str, str, float]]:
        """(where the unit comes from, the unit, what to multiply with), likeliest first."""
        if number.unit != COUNT:
            if compatible(slot.unit, number.unit):
                yield "own", number.unit, 1.0
            return
        if slot.unit in ("people", "countries"):
            if slot.unit == "people" or number.bare or self._cue_follows(number, slot):
                yield "count", slot.unit, 1.0
            yield from self._sized(number, slot.unit, _SIZES["people"])
        elif slot.unit in MONEY:
            yield "count", slot.unit, 1.0
            yield from self._sized(number, slot.unit, _SIZES["money"])
        elif slot.unit in TIMES and number.bare:
            yield from self._timed(number, slot)

    def _cue_follows(self, number: Number, slot: Slot) -> bool:
        """Whether the number counts what a cue names: "35 flags", but not "eight regions"."""
        after = next((index for index, word in enumerate(self.line.words) if word.start >= number.end), -1)
        return after >= 0 and any(after <= cue.first <= after + 1 for cue in self.line.places(f"slot:{slot.id}"))

    def _timed(self, number: Number, slot: Slot) -> Iterator[tuple[str, str, float]]:
        """A bare number's unit of time, from the nearest that has one."""
        beside = self.line.numbers
        for how, others in (
            ("left", [other for other in reversed(beside) if other.start < number.start]),
            ("right", [other for other in beside if other.start > number.start]),
            (
                "article",
                [other for other in self.elsewhere if other.value == number.value or other.upper == number.value],
            ),
            ("before", list(reversed(self.before.numbers)) if self.before else []),
            ("around", self.elsewhere),
        ):
            unit = _time_among(others, slot)
            if unit:
                yield how, unit, 1.0
                return
        yield "slot", slot.unit, 1.0

    def _sized(self, number: Number, unit: str, size: float) -> Iterator[tuple[str, str, float]]:
        """A bare "800" in thousands, where the sentence, the one before or the article speaks of such numbers."""
        if number.value >= 1000 or not number.bare:
            return
        full = number.value * size
        for how, others in (
            ("beside", self.line.numbers),
            ("before", self.before.numbers if self.before else ()),
            ("article", self.elsewhere),
        ):
            for other in others:
                like = other.value == full if how == "article" else full / _LIKE <= other.value <= full * _LIKE
                if like and other.value >= size and compatible(unit, other.unit):
                    yield f"sized.{how}", unit, size
                    return


def _time_among(others: Sequence[Number], slot: Slot) -> str | None:
    return next((other.unit for other in others if other.unit in TIMES and compatible(slot.unit, other.unit)), None)


def canonical(value: float, unit: str, wanted: str) -> float:
    """`value` in the slot's unit: times in the slot's time, everything else unchanged."""
    if unit in IN_DAYS and wanted in IN_DAYS and unit != wanted:
        return round(value * IN_DAYS[unit] / IN_DAYS[wanted], 2)
    return value
