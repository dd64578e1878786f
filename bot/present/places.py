"""Time zones by the names of cities, in every language spoken. Knows no hours and no chats."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.core import get_global

_LOCALES = {"en": "en_GB", "uk": "uk", "ru": "ru"}
# Cities that have no zone of their own, and the forms in which people write the one they name most.
_ALSO = {
    "Europe/Kyiv": "kiev lviv львів odesa odessa одеса kharkiv харків dnipro дніпро vinnytsia вінниця poltava полтава "
    "києвом києві києва києву київський київським ukraine україна",
    "America/New_York": "washington вашингтон boston бостон ny",
    "Europe/Berlin": "munich мюнхен hamburg гамбург frankfurt франкфурт germany німеччина",
    "Europe/Warsaw": "warszawa krakow kraków краків gdansk gdańsk гданськ wroclaw wrocław вроцлав poland польща",
    "Europe/Rome": "milan мілан italy італія",
    "Europe/Zurich": "geneva женева",
    "Europe/Paris": "lyon ліон strasbourg страсбург france франція",
    "Europe/London": "edinburgh единбург manchester манчестер",
    "Europe/Brussels": "antwerp антверпен",
    "America/Toronto": "ottawa оттава",
    "America/Los_Angeles": "seattle сіетл",
    "Asia/Jerusalem": "тель-авів haifa хайфа",
    "UTC": "gmt z greenwich гринвіч utc",
}


def fold(text: str) -> str:
    """A name as it is compared: lower case, one apostrophe, no accents on Latin letters, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().translate({0x2019: "'", 0x2BC: "'", 0x5F: " ", 0x2B9: "'"})
    letters = (
        letter for letter in unicodedata.normalize("NFD", text) if letter not in "\u0301\u0300\u0302\u0303\u0327\u030c"
    )
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split())


@cache
def city_of(zone: str, language: str) -> str:
    """The city a zone is named after, in `language`: Europe/Kyiv is Kyiv or Київ; UTC stays UTC."""
    if zone.startswith(("Etc/GMT+", "Etc/GMT-")):
        return "UTC" + ("+" if zone[7] == "-" else "-") + zone[8:]  # POSIX signs are turned round
    if zone.startswith("Etc/") or "/" not in zone:
        return zone.removeprefix("Etc/")
    known = _exemplars(language)
    return known.get(zone) or known.get(_modern(zone)) or _plain_city(zone)


@cache
def zones_by_name(languages: tuple[str, ...]) -> Mapping[str, str]:
    """Folded names (IANA names, cities in `languages`, a few more) → IANA zone."""
    zones = sorted({_modern(zone) for zone in get_global("zone_territories")} - {"Etc/UTC", "Etc/Unknown"})
    table: dict[str, str] = {}
    for zone in zones:
        for name in (zone, *(city_of(zone, language) for language in languages), _plain_city(zone)):
            table.setdefault(fold(name), zone)
    table |= {fold(old): new for old, new in get_global("zone_aliases").items() if new in zones}
    table |= {fold(name): zone for zone, names in _ALSO.items() for name in names.split()}
    table |= {
        "tel aviv": "Asia/Jerusalem",
        "san francisco": "America/Los_Angeles",
        "сан-франциско": "America/Los_Angeles",
    }
    return MappingProxyType(table)


def city_names(language: str, zones: Sequence[str]) -> tuple[str, ...]:
    """Each zone's city, once, in order."""
    return tuple(dict.fromkeys(city_of(zone, language) for zone in zones))


@cache
def _exemplars(language: str) -> Mapping[str, str]:
    locale = Locale.parse(_LOCALES.get(language, "en_GB"))
    named = {zone: names["city"] for zone, names in locale.time_zones.items() if "city" in names}
    return {**named, **{_modern(zone): city for zone, city in named.items()}}


def _modern(zone: str) -> str:
    return str(get_global("zone_aliases").get(zone, zone))


def _plain_city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
