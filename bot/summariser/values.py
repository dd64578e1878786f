"""The numbers of one sentence: which of them are values that the topic tracks, in which unit, told how.

What speaks for a number being a value was learned (tests/quality/learn_values.py): one table for all topics and languages, and one for what is
told as past. What a number certainly does not state is refused before that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.model.stories import Quantity, Role
from bot.model.topics import Category, Slot, SlotId, Topic
from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.binding import Binding
from bot.summariser.claims import Claim, Frame, canonical
from bot.summariser.weighing import Weights, chance_of
from bot.summariser.whose import UNREAD
from bot.text.numbers import DATE, Number
from bot.text.numberwords import TIMES
from bot.text.times import Moment

__all__ = ["FORMER", "VALUE", "SlotValue", "canonical", "date_of", "quantities_of", "refused", "slot_values"]

VALUE, FORMER = "value", "former"  # the names of the learned tables
SURE, PAST = 0.6, 0.45  # less likely values are not told; figures by threshold: python -m tests.quality.learn_values
_BESIDE = 2  # characters between a number and "more"
# With nothing learned: a number of the slot's unit with a cue of the slot in its clause.
_PLAIN: Mapping[str, float] = {"bias": -3.0, "how.own": 1.0, "how.count": 0.5, "cue.near": 1.5, "in.cue": 1.5, "cue.mid": 0.8, "layer.here": 1.0,
                               "rival.nearer": -2.0, "other.near": -2.0, "party.last_other": -3.0}  # fmt: skip
_PLAINLY_PAST: Mapping[str, float] = {"bias": -2.0, "led.before": 3.0}


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A tracked value in a sentence. `background`: told as what was before."""

    slot: SlotId
    quantity: Quantity
    background: bool


def slot_values(
    topic: Topic,
    category: Category,
    line: Sentence,
    before: Sentence | None = None,
    article: Annotated | None = None,
    weights: Weights = UNREAD,
) -> tuple[SlotValue, ...]:
    """The tracked values that the sentence states for the category, in its order; in a position only those of the party.

    A number is at most one value. "From 72 to 36 hours" states two, the first as what was before.
    """
    frame = Frame(topic, category, line, before, article)
    binding = Binding(frame)
    found: list[SlotValue] = []
    for number in line.numbers:
        claim = None if refused(line, number) else _likeliest(frame, binding, number, weights)
        if claim:
            found += _told(claim, binding, weights)
    return tuple(found)


def _likeliest(frame: Frame, binding: Binding, number: Number, weights: Weights) -> Claim | None:
    """The slot that the number most likely is the value of, if it is likely enough."""
    claims = [claim for slot in frame.slots if (claim := frame.claim(number, slot))]
    chances = [
        (_chance(VALUE, _PLAIN, binding.of(claim), weights), claim) for claim in claims if not binding.elsewhere(claim)
    ]
    best = max(chances, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= SURE else None


def _chance(question: str, plain: Mapping[str, float], features: Mapping[str, float], weights: Weights) -> float:
    if question in weights.tables:
        return weights.probability(question, dict(features))
    return chance_of(sum(plain.get(name, 0.0) * value for name, value in features.items()))


def _told(claim: Claim, binding: Binding, weights: Weights) -> Iterator[SlotValue]:
    number, slot, line = claim.number, claim.slot, binding.line
    past = _chance(FORMER, _PLAINLY_PAST, binding.former(claim), weights) >= PAST
    if len(claim.values) > 1 and _moves(line, number):
        yield _value(line, number, slot, claim.values[:1], background=True)
        yield _value(line, number, slot, claim.values[-1:], background=past)
    else:
        yield _value(line, number, slot, claim.values, background=past)


def _value(line: Sentence, number: Number, slot: Slot, values: tuple[float, ...], *, background: bool) -> SlotValue:
    low, high = min(values), max(values)
    role = _role(line, number) if high > low or number.upper is None else Role.EXACT
    text, upper = line.text[number.start : number.end], high if high > low else None
    return SlotValue(slot.id, Quantity(value=low, unit=slot.unit, text=text, role=role, upper=upper), background)


def _moves(line: Sentence, number: Number) -> bool:
    """Whether "from 72 to 36" tells a change: it falls, or the sentence speaks of one."""
    return number.moves and (number.told[0] > number.told[-1] or line.has("change"))


def refused(line: Sentence, number: Number) -> bool:
    """Whether the number says by how much or how long ago ("five thousand more", "a further 10,000", "two weeks ago"), or of another scene."""
    words = line.words
    if line.has("elsewhere") and not line.has("context") and not line.has("subject"):
        return True
    if any(0 <= words[hit.first].start - number.end <= _BESIDE for hit in line.places("difference")):
        return True
    counted = number.unit not in (DATE, "countries")  # "by 10 March", "signed by 20 countries"
    if counted and any(0 <= number.start - words[hit.last].end <= _BESIDE for hit in line.places("increment")):
        return True
    return number.unit in TIMES and any(
        moment.ago > 0 and moment.start <= number.start < moment.end for moment in line.times
    )


def quantities_of(line: Sentence) -> tuple[Quantity, ...]:
    """All numbers of the sentence with unit, role and verbatim text, then the days and stretches of days that it names otherwise."""
    counted = tuple(
        Quantity(
            value=number.value,
            unit=number.unit,
            text=line.text[number.start : number.end],
            role=_role(line, number),
            upper=number.upper,
        )
        for number in line.numbers
    )
    return (
        *counted,
        *(_when(line, moment) for moment in line.times if not _is_number(line, moment) and moment.ago < 0),
    )


def _is_number(line: Sentence, moment: Moment) -> bool:
    return any(
        number.unit == DATE and number.start < moment.end and moment.start < number.end for number in line.numbers
    )


def _when(line: Sentence, moment: Moment) -> Quantity:
    """A time to come as a date: its last day where something is to be over by then, else its days."""
    first, last = float(moment.first.toordinal()), float(moment.last.toordinal())
    text = line.text[moment.start : moment.end]
    if moment.limit:
        return Quantity(value=last, unit=DATE, text=text, role=Role.AT_MOST)
    if last > first:
        return Quantity(value=first, unit=DATE, text=text, role=Role.RANGE, upper=last)
    return Quantity(value=first, unit=DATE, text=text)


def _role(line: Sentence, number: Number) -> Role:
    if number.upper is not None:
        return Role.RANGE
    for sense, role in (("more", Role.AT_LEAST), ("less", Role.AT_MOST), ("about", Role.ABOUT)):
        if any(0 <= number.start - line.words[hit.last].end <= _BESIDE for hit in line.places(sense)):
            return role
    return Role.EXACT


def date_of(value: float) -> date | None:
    """The day behind a "date" quantity's ordinal."""
    try:
        return date.fromordinal(int(value))
    except (ValueError, OverflowError):
        return None
