"""The numbers of one sentence: which of them are values that the topic tracks, in which unit, told how. Reads hits, never guesses beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.model.stories import Quantity, Role
from bot.model.topics import POSITION, Category, Slot, SlotId, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.features import compatible, within
from bot.summariser.phrasebooks import Hit
from bot.summariser.stances import party_senses
from bot.text.numbers import COUNT, DATE, Number

_IN_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.0, "years": 365.0}
_COUNT_REACH = 60  # characters between a number without unit and its cue ("the total of ready countries is 29")
_BACKGROUND_REACH = 3  # words between "was", "instead of" and the old number


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A tracked value in a sentence. `background`: told as what was before."""

    slot: SlotId
    quantity: Quantity
    background: bool


def quantities_of(line: Sentence) -> tuple[Quantity, ...]:
    """All numbers of the sentence with unit, role and verbatim text."""
    return tuple(_quantity(line, number) for number in line.numbers)


def _quantity(line: Sentence, number: Number) -> Quantity:
    return Quantity(
        value=number.value,
        unit=number.unit,
        text=line.text[number.start : number.end],
        role=_role(line, number),
        upper=number.upper,
    )


def _role(line: Sentence, number: Number) -> Role:
    if number.upper is not None:
        return Role.RANGE
    for sense, role in (("more", Role.AT_LEAST), ("less", Role.AT_MOST), ("about", Role.ABOUT)):
        if any(0 <= number.start - line.words[hit.last].end <= 2 for hit in line.places(sense)):
            return role
    return Role.EXACT


def canonical(value: float, unit: str, wanted: str) -> float:
    """`value` in the slot's unit: short times in days, everything else unchanged."""
    if unit in _IN_DAYS and wanted in _IN_DAYS and unit != wanted:
        return round(value * _IN_DAYS[unit] / _IN_DAYS[wanted], 2)
    return value


def slot_values(
    topic: Topic, category: Category, line: Sentence, before: Sentence | None = None
) -> tuple[SlotValue, ...]:
    """The tracked values that the sentence states for the category: each number goes to the slot with most cues, nearest first.

    A bare number takes the unit told just before it ("offers 15 years; Ukraine asks for 30"), in the sentence or the one `before`. In a
    position, a number belongs to the party named last before it.
    """
    found: list[SlotValue] = []
    for number in _own_numbers(topic, category, line):
        if _is_difference(line, number):
            continue
        for unit in _units(number, line, before):
            slot = _slot_of(topic, category, line, number, unit, before)
            if slot:
                found.append(
                    SlotValue(slot.id, _slot_quantity(line, number, unit, slot), _told_as_background(line, number))
                )
                break
    return tuple(found)


def _is_difference(line: Sentence, number: Number) -> bool:
    """Whether the number says by how much something differs: "five thousand more"."""
    return any(0 <= line.words[hit.first].start - number.end <= 2 for hit in line.places("difference"))


def _slot_quantity(line: Sentence, number: Number, unit: str, slot: Slot) -> Quantity:
    return Quantity(
        value=canonical(number.value, unit, slot.unit),
        unit=slot.unit,
        text=line.text[number.start : number.end],
        role=_role(line, number),
        upper=None if number.upper is None else canonical(number.upper, unit, slot.unit),
    )


def _own_numbers(topic: Topic, category: Category, line: Sentence) -> tuple[Number, ...]:
    if not category.startswith(POSITION):
        return line.numbers
    things = [
        hit for layer in topic.layers for hit in line.places(f"layer:{layer.id}")
    ]  # "the Ukrainian army" names an army, no speaker
    named = sorted(
        (line.words[hit.last].end, party.id)
        for party in topic.parties
        for sense in party_senses(topic, party.id)
        for hit in line.places(sense)
        if not any(thing.first <= hit.first and hit.last <= thing.last for thing in things)
    )
    own = category.removeprefix(POSITION)
    return tuple(
        number
        for number in line.numbers
        if next((party for end, party in reversed(named) if end <= number.start), own) == own
    )


def _units(number: Number, line: Sentence, before: Sentence | None) -> tuple[str, ...]:
    """The number's own unit; for a bare number also the one told last before it."""
    if number.unit != COUNT:
        return (number.unit,)
    if not _stands_bare(line, number):
        return (COUNT,)
    earlier = [other.unit for other in line.numbers if other.start < number.start and other.unit not in (COUNT, DATE)]
    if not earlier and before is not None:
        earlier = [other.unit for other in before.numbers if other.unit not in (COUNT, DATE)]
    return (COUNT, *earlier[-1:])


def _counts(line: Sentence, number: Number, cues: Sequence[Hit]) -> bool:
    """Whether a number without unit can count what the cues name: it stands bare, or a cue follows within three words."""
    if _stands_bare(line, number):
        return True
    index = next((i for i, word in enumerate(line.words) if word.start >= number.end), len(line.words))
    return any(index <= cue.first <= index + 2 for cue in cues)


def _stands_bare(line: Sentence, number: Number) -> bool:
    """Whether no noun follows the number: "asks for 30 to 50.", but not "52 of 60 drones"."""
    rest = line.text[number.end :].lstrip(" \u00a0")
    return not rest or not rest[0].isalnum()


def _slot_of(
    topic: Topic, category: Category, line: Sentence, number: Number, unit: str, before: Sentence | None
) -> Slot | None:
    """The slot with most cues near the number, among all slots: a number that another layer's cues claim is not this layer's."""
    position = category.startswith(POSITION)
    best: tuple[float, Slot] | None = None
    for slot in topic.slots:
        own = position or (slot.category or slot.layer) == category
        if not compatible(slot.unit, unit) or not within(
            slot.minimum, canonical(number.value, unit, slot.unit), slot.maximum
        ):
            continue
        cues = line.places(f"slot:{slot.id}")
        carried = before is not None and unit == slot.unit and before.has(f"slot:{slot.id}")
        speaks = own and not position and line.has(f"layer:{slot.layer}")
        if not cues and (unit == COUNT or not (carried or speaks)):
            continue
        distance = min((abs(line.words[cue.first].start - number.start) for cue in cues), default=200)
        if unit == COUNT and (distance > _COUNT_REACH or not _counts(line, number, cues)):
            continue
        score = len({cue.first for cue in cues}) - distance / 400 + (0.5 if unit == slot.unit else 0.0)
        score += (0.5 if line.has(f"layer:{slot.layer}") else 0.0) + (0.25 if own else 0.0)
        if best is None or score > best[0]:
            best = (score, slot)
    if best is None:
        return None
    return best[1] if position or (best[1].category or best[1].layer) == category else None


def _told_as_background(line: Sentence, number: Number) -> bool:
    index = next((i for i, word in enumerate(line.words) if word.start >= number.start), 0)
    return any(0 <= index - hit.last - 1 <= _BACKGROUND_REACH for hit in line.places("before"))


def date_of(value: float) -> date | None:
    """The day behind a "date" quantity's ordinal."""
    try:
        return date.fromordinal(int(value))
    except (ValueError, OverflowError):
        return None
