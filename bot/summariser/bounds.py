"""Numbers of an article as values that may be tracked: what they count, and between which bounds such a value makes sense. Knows no topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from bot.summariser.annotating import Sentence
from bot.summariser.prominence import Everyday, Phrase, written
from bot.text.numbers import COUNT, DATE, Number

MOST_VALUES = 3  # of one part
_ROOM = 5  # times smaller or larger still is the same kind of value
_REACH = 60  # characters between a number and the word that says what it is of
_SMALLEST = 2  # "two ministers" is no figure anybody tracks


@dataclass(frozen=True, slots=True)
class DraftValue:
    """A value worth tracking. `about` is what it counts or is of; no bounds for a date."""

    about: str
    unit: str
    cues: tuple[str, ...]
    minimum: float | None
    maximum: float | None
    told: str  # the number with its unit, as written
    dated: bool = False


def values_of(lines: Sequence[Sentence], everyday: Everyday) -> tuple[DraftValue, ...]:
    """The values of a part, in order, each unit and subject once."""
    found: dict[tuple[str, str], DraftValue] = {}
    for line in lines:
        phrases = tuple(everyday.phrases(line))
        for number in line.numbers:
            value = _dated(line, number) if number.unit == DATE else _measured(line, number, phrases, everyday)
            if value:
                found.setdefault((value.unit, value.about), value)
    kept = list(found.values())
    return tuple([each for each in kept if not each.dated][:MOST_VALUES] + [each for each in kept if each.dated][:1])


def _dated(line: Sentence, number: Number) -> DraftValue | None:
    """The day of a vote, a signing or a meeting; other days are not tracked."""
    cues = tuple(dict.fromkeys(written(line, hit.first, hit.last).lower() for hit in line.places("process")))
    told = line.text[number.start : number.end]
    return DraftValue(cues[0], DATE, cues, None, None, told, dated=True) if cues else None


def _measured(line: Sentence, number: Number, phrases: Sequence[Phrase], everyday: Everyday) -> DraftValue | None:
    if number.value <= _SMALLEST and number.unit == COUNT:
        return None
    own = [phrase for phrase in phrases if _is_unit(line, number, phrase)]
    near = own[:1] + list(_near(line, number, phrases))
    if not near or (number.unit == COUNT and not _counted(line, number, near[0], everyday)):
        return None
    cues = tuple(dict.fromkeys(written(line, phrase.first, phrase.last).lower() for phrase in near[:3]))
    low, high = bounds_of(number.value, number.upper or number.value, number.unit)
    return DraftValue(cues[0], number.unit, cues, low, high, line.text[number.start : number.end])


def _is_unit(line: Sentence, number: Number, phrase: Phrase) -> bool:
    """Whether the phrase is the number's own unit and says what is counted: "120 sailors"."""
    return number.start < line.words[phrase.first].start and line.words[phrase.last].end <= number.end


def _near(line: Sentence, number: Number, phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    """Phrases about the number, nearest first: of what is counted those behind it, of what has a measure those before it."""
    distances: list[tuple[int, int, Phrase]] = []
    for phrase in phrases:
        start, end = line.words[phrase.first].start, line.words[phrase.last].end
        follows = start >= number.end
        gap = start - number.end if follows else number.start - end
        if 0 <= gap <= _REACH and not phrase.named:
            turn = gap if follows == (number.unit == COUNT) else gap + _REACH
            distances.append((turn, phrase.first - phrase.last, phrase))
    taken: set[int] = set()
    for _, _, phrase in sorted(distances, key=lambda each: each[:2]):
        covered = set(range(phrase.first, phrase.last + 1))
        if not covered & taken:
            taken |= covered
            yield phrase


def _counted(line: Sentence, number: Number, phrase: Phrase, everyday: Everyday) -> bool:
    """Whether the phrase is what a number without unit counts: it follows at once or after one word ("six new boats"), and is no part or plan."""
    between = [word for word in line.words[: phrase.first] if word.start >= number.end]
    follows = (
        line.words[phrase.first].start >= number.end and len(between) <= 1 and all(map(everyday.is_plain, between))
    )
    if not follows or line.text[number.end : line.words[phrase.first].start].strip(" \u00a0").count(",") > 0:
        return False
    last = phrase.last
    return not any(hit.first <= last <= hit.last for sense in ("layer:parts", "subject") for hit in line.places(sense))


def bounds_of(low: float, high: float, unit: str) -> tuple[float, float]:
    """Bounds with room on both sides, rounded to one digit; per cent end at 100."""
    bottom, top = _rounded(low / _ROOM), _rounded(high * _ROOM)
    return (bottom, min(top, max(100.0, high))) if unit == "percent" else (bottom, top)


def _rounded(value: float) -> float:
    if value <= 0:
        return 0.0
    scale: float = 10.0 ** floor(log10(value))
    return float(f"{round(value / scale) * scale:.6g}")
