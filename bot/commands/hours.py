"""Reads an hour and a place as people type them: "8", "20.15 Paris", «о 8 за Києвом». Knows no clock and no chat."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.commands.words import nearest_names
from bot.model.chats import Cadence
from bot.model.errors import BadTime, BadZone
from bot.present.places import city_names, fold, zones_by_name

LANGUAGES = ("en", "uk", "ru")
HOUR, MINUTE = 8, 0  # when no hour is named
# an hour with minutes ("8:30", "20.15", "0830", "8 30"), or a bare one; not the figures of "utc+2"
_TIME = re.compile(
    r"(?<![\d+\-\w])(?:(\d{1,2})\s?[:.,\-h]\s?(\d{2})|(\d{1,2}) (\d{2})|(\d{2})(\d{2})|(\d{1,2}))(?!\d)(?:-?(?:й|ій|ої))?"
)
_HALF = re.compile(r"(?<!\w)(a\.?m\.?|p\.?m\.?|ранку|вечора|дня|ночі|утра|вечера)(?!\w)")
_GLUED_HALF = re.compile(r"(?<=\d)(am|pm)\b")
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+\-\u2212])(\d{1,2})(?::?00)?")
_WORDS = {"noon": 12, "midday": 12, "midnight": 0, "опівдні": 12, "опівночі": 0, "полудень": 12}
_EVENING = ("p", "вечора", "дня", "вечера")
_FILLERS = frozenset(
    {
        "at",
        "o'clock",
        "oclock",
        "in",
        "on",
        "the",
        "time",
        "daily",
        "every",
        "day",
        "each",
        "zone",
        "timezone",
        "city",
        "clock",
        "by",
    }
)
_FILLERS_UK = frozenset(
    {
        "о",
        "об",
        "в",
        "у",
        "за",
        "на",
        "по",
        "час",
        "часом",
        "часі",
        "година",
        "годині",
        "годину",
        "годин",
        "год",
        "щодня",
    }
)
_FILLERS_UK_MORE = frozenset({"кожного", "дня", "місто", "міста", "зона", "зоною", "поясом", "часовим", "для", "і"})
_FILLING = _FILLERS | _FILLERS_UK | _FILLERS_UK_MORE


def read_cadence(text: str, default_zone: str, language: str) -> Cadence:
    """Every day at the hour and in the zone that were typed; what is missing is 08:00 and `default_zone`.

    Raises BadTime for an hour no day has, BadZone for a place that is not known, both with what was typed and the nearest right ones.
    """
    typed = _GLUED_HALF.sub(r" \1", fold(text))
    half = _HALF.search(typed)
    typed = _HALF.sub(" ", typed) if half else typed
    hour, minute, rest = _take_time(typed, half[1] if half else "")
    try:
        zone = read_zone(rest, language) if rest else default_zone
    except BadZone as error:
        raise BadZone(_as_typed(rest, text), error.nearest) from None
    return Cadence(hour=hour, minute=minute, zone=zone)


def read_zone(text: str, language: str) -> str:
    """The IANA zone of a name, city or whole-hour offset. Raises BadZone with the nearest cities."""
    wanted = fold(text).strip(" .,;:!?()")
    table = zones_by_name(LANGUAGES)
    found = (
        table.get(wanted)
        or table.get(wanted.replace(" ", "_"))
        or _offset(wanted)
        or _inflected(wanted, table)
        or _begun(wanted, table)
    )
    if found:
        return found
    near = city_names(language, [table[name] for name in nearest_names(wanted, table, limit=8)])
    raise BadZone(text.strip(), near[:3])


def _take_time(typed: str, half: str) -> tuple[int, int, str]:
    for word, hour in _WORDS.items():
        if re.search(rf"(?<!\w){word}(?!\w)", typed):
            return hour, 0, _rest(typed.replace(word, " "))
    found = _TIME.search(typed)
    if found is None:
        return HOUR, MINUTE, _rest(typed)
    hours, minutes = _numbers(found)
    hour = _on_the_clock(hours, half)
    if hour > 23 or minutes > 59:
        raise BadTime(found[0].strip(), ("08:00", "12:30", "20:15"))
    return hour, minutes, _rest(typed[: found.start()] + " " + typed[found.end() :])


def _numbers(found: re.Match[str]) -> tuple[int, int]:
    given = [int(group) for group in found.groups() if group is not None]
    return given[0], given[1] if len(given) > 1 else 0


def _on_the_clock(hour: int, half: str) -> int:
    if hour > 12 or not half:
        return hour
    if half.startswith(_EVENING):
        return hour if hour == 12 else hour + 12
    return 0 if hour == 12 else hour


def _rest(text: str) -> str:
    """What is left when the words around an hour are gone: the place. Mexico City and Knox, Indiana stay whole."""
    words = text.split()
    while words and words[0].strip(".,") in _FILLING | {""}:
        words = words[1:]
    place = " ".join(words).strip(" .,;:()")
    if place in zones_by_name(LANGUAGES):
        return place
    return " ".join(word for word in text.replace(",", " ").split() if word.strip(".") not in _FILLING).strip(" .;:()")


def _as_typed(place: str, text: str) -> str:
    """The folded place in the letters in which it was typed, if they can be found."""
    folded = [word.strip(".,;:()") for word in place.split()]
    typed = [word.strip(".,;:()") for word in text.split()]
    kept = [word for word in typed if fold(word) in folded]
    return " ".join(kept) if [fold(word) for word in kept] == folded else place


def _offset(wanted: str) -> str:
    found = _OFFSET.fullmatch(wanted)
    if found is None or int(found[2]) > 12:
        return ""
    if int(found[2]) == 0:
        return "UTC"
    return f"Etc/GMT{'-' if found[1] == '+' else '+'}{int(found[2])}"  # POSIX signs: Etc/GMT-2 is two hours east


def _inflected(wanted: str, table: Mapping[str, str]) -> str:
    """Парижі, Берліном: a Cyrillic name without up to two letters of its ending."""
    if not re.fullmatch(r"[а-яіїєґ'\- ]{5,}", wanted):
        return ""
    return next((table[wanted[:-cut]] for cut in (1, 2) if wanted[:-cut] in table), "")


def _begun(wanted: str, table: Mapping[str, str]) -> str:
    """The one zone whose names begin so."""
    zones = {zone for name, zone in table.items() if name.startswith(wanted)} if len(wanted) > 2 else set()
    return zones.pop() if len(zones) == 1 else ""
