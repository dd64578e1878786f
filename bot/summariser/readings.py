"""What one sentence says for one category: its values, stance, modality, rung. Reads hits, never guesses beyond them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model.stories import Modality, Quantity, Role
from bot.model.topics import POSITION, PROCESS, Category, PartyId, Rung, SideState, Slot, SlotId, Stance, Topic
from bot.summariser.annotating import Sentence
from bot.summariser.features import compatible, within
from bot.summariser.phrasebooks import Hit
from bot.text.numbers import COUNT, DATE, Number

_REACH = 12  # words between a party and its stance verb; the 95th percentile in config/sample is 9
_IN_DAYS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.0, "years": 365.0}
_BACKGROUND_REACH = 3  # words between "was", "instead of" and the old number


@dataclass(frozen=True, slots=True)
class SlotValue:
    """A tracked value in a sentence. `background`: told as what was before."""

    slot: SlotId
    quantity: Quantity
    background: bool


def quantities(line: Sentence) -> tuple[Quantity, ...]:
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


def slot_values(topic: Topic, category: Category, line: Sentence) -> tuple[SlotValue, ...]:
    """The tracked values that the sentence states for the category: each number goes to the slot with most cues, nearest first."""
    found: list[SlotValue] = []
    for number in line.numbers:
        slot = _slot_of(topic, category, line, number)
        if slot:
            value = canonical(number.value, number.unit, slot.unit)
            upper = None if number.upper is None else canonical(number.upper, number.unit, slot.unit)
            quantity = Quantity(
                value=value, unit=slot.unit, text=line.text[number.start : number.end], role=_role(line, number), upper=upper
            )
            found.append(SlotValue(slot.id, quantity, _told_as_background(line, number)))
    return tuple(found)


def _slot_of(topic: Topic, category: Category, line: Sentence, number: Number) -> Slot | None:
    position = category.startswith(POSITION)
    best: tuple[float, Slot] | None = None
    for slot in topic.slots:
        if not position and (slot.category or slot.layer) != category:
            continue
        if not compatible(slot.unit, number.unit):
            continue
        if not within(slot.minimum, canonical(number.value, number.unit, slot.unit), slot.maximum):
            continue
        cues = line.places(f"slot:{slot.id}")
        if not cues and (position or number.unit == COUNT):
            continue
        distance = min((abs(line.words[cue.first].start - number.start) for cue in cues), default=200)
        score = len({cue.first for cue in cues}) - distance / 400 + (0.5 if number.unit == slot.unit else 0.0)
        score += 0.5 if line.has(f"layer:{slot.layer}") else 0.0
        if best is None or score > best[0]:
            best = (score, slot)
    return best[1] if best else None


def _told_as_background(line: Sentence, number: Number) -> bool:
    if number.unit == DATE:
        return False
    index = next((i for i, word in enumerate(line.words) if word.start >= number.start), 0)
    return any(0 <= index - hit.last - 1 <= _BACKGROUND_REACH for hit in line.places("before"))


def date_of(value: float) -> date | None:
    """The day behind a "date" quantity's ordinal."""
    try:
        return date.fromordinal(int(value))
    except (ValueError, OverflowError):
        return None


def modality_of(line: Sentence) -> Modality:
    """How firmly the sentence states its fact; the strongest cue wins in this order."""
    order = (Modality.DENIED, Modality.ASKED, Modality.OFFERED, Modality.POSSIBLE, Modality.DECIDED)
    return next((modality for modality in order if line.has(f"modality.{modality}")), Modality.PLANNED)


def negated(line: Sentence, hit: Hit, reach: int = 3) -> bool:
    """Whether a negation stands up to `reach` words before the hit."""
    return any(0 < hit.first - no.last <= reach for no in line.places("negation"))


_FLIPPED = {Stance.REJECTS: None, Stance.ACCEPTS: Stance.REJECTS, Stance.SUPPORTS: Stance.REJECTS, Stance.PROPOSES: None}
_STRENGTH = (Stance.REJECTS, Stance.UNDECIDED, Stance.CONDITIONAL, Stance.SUPPORTS, Stance.ACCEPTS, Stance.PROPOSES)


def stance_of(topic: Topic, party: PartyId, line: Sentence) -> Stance | None:
    """The party's stance: the nearest stance cue after it names the party; cues without the party count less; negation flips."""
    places = [hit for sense in party_senses(topic, party) for hit in line.places(sense)]
    best: tuple[float, Stance] | None = None
    for rank, stance in enumerate(_STRENGTH):
        for cue in line.places(f"stance.{stance}"):
            meant = _FLIPPED.get(stance, stance) if negated(line, cue, 2) and cue.first == cue.last else stance
            if meant is None:
                continue
            gap = min((cue.first - place.last if cue.first > place.last else 6 + place.first - cue.last for place in places), default=_REACH)
            score = gap + rank * 1.5
            if gap <= _REACH + 6 and (best is None or score < best[0]):
                best = (score, meant)
    return best[1] if best else None


def party_senses(topic: Topic, party: PartyId) -> tuple[str, ...]:
    """Senses under which the party or a member of it is named."""
    found = topic.party(party)
    return (f"party:{party}", *(f"member:{member.id}" for member in (found.members if found else ())))


def member_of(topic: Topic, party: PartyId, line: Sentence) -> str | None:
    """The one member that the sentence names first, if it names the member before the party as a whole."""
    found = topic.party(party)
    if not found:
        return None
    places = [(hit.first, member.id) for member in found.members for hit in line.places(f"member:{member.id}")]
    return min(places)[1] if places else None


def rung_of(line: Sentence) -> Rung | None:
    """The highest rung that the sentence says is reached; what is denied or only ahead does not count above `proposed`."""
    best: Rung | None = None
    for rung in Rung:
        cues = line.places(f"rung:{rung}")
        if rung.height > Rung.PROPOSED.height:
            cues = tuple(cue for cue in cues if not negated(line, cue) and not _ahead(line, cue))
        if cues and (best is None or rung.height > best.height):
            best = rung
    return best


def _ahead(line: Sentence, cue: Hit) -> bool:
    """Whether the cue is told as still to come: "would be signed", «мають підписати»."""
    return any(0 < cue.first - hit.last <= 3 or hit.first == cue.first for hit in line.places("modality.planned"))


def sides_of(line: Sentence) -> SideState | None:
    """The side state that the sentence speaks of."""
    return next((state for state in SideState if any(not negated(line, cue) for cue in line.places(f"side:{state}"))), None)


def layers_named(topic: Topic, line: Sentence) -> tuple[str, ...]:
    """Layers with a strong term in the sentence, else those with two hints."""
    strong = tuple(layer.id for layer in topic.layers if line.has(f"layer:{layer.id}"))
    return strong or tuple(layer.id for layer in topic.layers if line.count(f"hint:{layer.id}") > 1)


def is_process(category: Category) -> bool:
    """Whether the category is the process."""
    return category == PROCESS
