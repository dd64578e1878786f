"""Numbers with their units, and values as they stand, in the reader's language. Knows no layers beyond a slot's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from bot.model.stories import ChangeKind, KeyPoint, Modality, PointId, Role, ValueState
from bot.model.topics import Rung, SideState, SlotId, Stance, Topic
from bot.present.names import party_name, slot_name
from bot.present.reader import Reader

MONEY = ("EUR", "USD", "GBP", "UAH")
_PLAIN_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PLAIN_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*[-–]\s*(\d+(?:\.\d+)?)")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def amount(value: float, upper: float | None, unit: str, reader: Reader, name: str = "") -> str:
    """30–50 years, €60 billion, 5 January. The unit is left out where `name` already begins with it."""
    if unit == "date":
        return _dates(value, upper, reader)
    figures = _figures(value, upper, unit, reader)
    counted = upper if upper is not None else value
    said = f"unit-{unit}"
    if not unit or unit == "count":
        return figures
    text = reader.say(said, amount=figures, n=counted) if reader.voice.knows(said) else f"{figures} {unit}"
    return figures if _repeats(text, figures, name) else text


def named_value(state: ValueState, topic: Topic, points: Mapping[PointId, KeyPoint], reader: Reader) -> str:
    """Size: about 15,000 people offered by US, keeping what limits the number."""
    return f"{value_name(state, topic, reader)}{bare_value(state, topic, points, reader, slot_name(topic, state.slot, reader))}"


def value_name(state: ValueState, topic: Topic, reader: Reader) -> str:
    """The value's name with its colon, or nothing where the topic names none."""
    name = slot_name(topic, state.slot, reader)
    return f"{name}: " if name else ""


def bare_value(
    state: ValueState, topic: Topic, points: Mapping[PointId, KeyPoint], reader: Reader, name: str = ""
) -> str:
    """The value alone, with who offers or asks it."""
    said = amount(state.value, state.upper, state.unit, reader, name)
    role = role_of(state, points.values() if not state.evidence else (points[i] for i in state.evidence if i in points))
    if role in (Role.AT_LEAST, Role.AT_MOST, Role.ABOUT):
        said = reader.say(f"role-{role.value.replace('_', '-')}", amount=said)
    return owned(said, state, topic, reader)


def owned(said: str, state: ValueState, topic: Topic, reader: Reader) -> str:
    """A value with the word for what it is: offered, asked, possible, denied; nothing is added to the plan's own."""
    word = (
        state.modality
        if state.modality in (Modality.OFFERED, Modality.ASKED, Modality.POSSIBLE, Modality.DENIED)
        else None
    )
    if word is None and state.party is None:
        return said
    party = party_name(topic, state.party, reader) if state.party else ""
    message = f"value-{word.value if word else 'named'}" + ("-by" if party else "")
    return reader.say(message, value=said, party=party)


def role_of(state: ValueState, evidence: Iterable[KeyPoint]) -> Role:
    """What the number does in the sentence it was cut from; exact where no evidence is at hand."""
    for point in evidence:
        for quantity in point.quantities:
            if quantity.value == state.value and quantity.unit == state.unit:
                return quantity.role
    return Role.EXACT


def told(text: str | None, kind: ChangeKind, slot: SlotId | None, topic: Topic, reader: Reader) -> str:
    """`before` or `after` of a change: rungs and stances in words, bare numbers with the slot's unit, all else as quoted."""
    if not text:
        return ""
    if kind is ChangeKind.RUNG:
        return ", ".join(_state_word(word, reader) for word in re.split(r"[,+]\s*", text))
    if kind is ChangeKind.STANCE or text in set(Stance):
        return stance_word(text, reader)
    return " / ".join(_number_or_text(each, slot, topic, reader) for each in text.split("|"))


def stance_word(text: str | None, reader: Reader) -> str:
    """A stance as a word for a label: support, refusal; "not known" for none."""
    known = text if text in set(Stance) else "none"
    return reader.say(f"stance-{known}")


def _state_word(word: str, reader: Reader) -> str:
    if word in set(Rung):
        return reader.say(f"rung-{word.replace('_', '-')}")
    return reader.say(f"side-{word}") if word in set(SideState) else word


def _number_or_text(text: str, slot: SlotId | None, topic: Topic, reader: Reader) -> str:
    known = topic.slot(slot) if slot else None
    unit = known.unit if known else ""
    name = slot_name(topic, slot, reader)
    if _ISO_DAY.fullmatch(text):
        return reader.day(_noon(date.fromisoformat(text)))
    if _PLAIN_NUMBER.fullmatch(text):
        return amount(float(text), None, unit, reader, name)
    both = _PLAIN_RANGE.fullmatch(text)
    return amount(float(both[1]), float(both[2]), unit, reader, name) if both else text


def _figures(value: float, upper: float | None, unit: str, reader: Reader) -> str:
    if upper is None:
        return _figure(value, unit, reader)
    return f"{_figure(value, unit, reader)}–{_figure(upper, unit, reader)}"


def _figure(value: float, unit: str, reader: Reader) -> str:
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if unit in MONEY and value >= size:
            return reader.say(f"amount-{word}", amount=reader.number(value / size))
    return reader.number(value)


def _dates(value: float, upper: float | None, reader: Reader) -> str:
    days = [
        reader.day(_noon(date.fromordinal(int(each))))
        for each in (value, upper)
        if each and 1 <= each <= date.max.toordinal()
    ]
    return "–".join(days) or reader.number(value)


def _noon(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 12, tzinfo=UTC)


def _repeats(text: str, figures: str, name: str) -> bool:
    word = text.replace(figures, "").strip().casefold()
    return len(word) > 3 and bool(name) and name.casefold().startswith(word[:5])
