"""Days, hours and numbers as a reader of one language writes them. Knows no sentences and no clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

_LOCALES = {"en": "en_GB", "uk": "uk"}
_PATTERNS = {
    "en": {"day": "d MMMM", "year": "d MMMM y", "short": "d MMM", "short_year": "d MMM y", "long": "EEEE d MMMM"},
    "uk": {
        "day": "d MMMM",
        "year": "d MMMM y 'р'.",
        "short": "d MMMM",
        "short_year": "d MMMM y",
        "long": "EEEE, d MMMM",
    },
}
_BREVE = {"en": "EEE d MMM", "uk": "EEE, d MMMM"}


def number(value: float, language: str) -> str:
    """800,000 or 800 000 (no-break space); at most two decimals."""
    return str(format_decimal(value, format="#,##0.##", locale=_locale(language)))


def day(on: date, language: str, *, near: bool, short: bool = False) -> str:
    """5 January, or short 5 Jan; with the year where the day is not near."""
    name = "short" if short else "day"
    if not near:
        name = "short_year" if short else "year"
    return _dated(on, _patterns(language)[name], language)


def long_day(on: date, language: str, *, near: bool) -> str:
    """Monday 5 January; with the year where the day is not near."""
    pattern = _patterns(language)["long"] + ("" if near else " y")
    return _dated(on, pattern, language)


def brief_day(on: date, language: str) -> str:
    """Mon 5 Jan: a day of a window, within reach of memory."""
    return _dated(on, _BREVE.get(language, _BREVE["en"]), language)


def clock(at: datetime) -> str:
    """08:00 of a local time."""
    return f"{at:%H:%M}"


def local(at: datetime, zone: str) -> datetime:
    """The moment as clocks in `zone` (an IANA name) show it."""
    return at.astimezone(ZoneInfo(zone))


def days_between(earlier: date, later: date) -> int:
    """Whole calendar days from one to the other."""
    return (later - earlier) // timedelta(days=1)


def _patterns(language: str) -> dict[str, str]:
    return _PATTERNS.get(language, _PATTERNS["en"])


def _locale(language: str) -> str:
    return _LOCALES.get(language, "en_GB")


def _dated(on: date, pattern: str, language: str) -> str:
    # CLDR writes п'ятниця with U+02BC and shortens September to four letters; the house writes ’ and three letters.
    text = str(format_date(on, pattern, locale=_locale(language))).replace("\u02bc", "’")
    return text if "MMMM" in pattern else text.replace("Sept", "Sep")
