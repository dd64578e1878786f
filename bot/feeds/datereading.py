"""Dates as feeds write them, in any of the spellings seen, to what is written there. Takes nothing for granted: neither a zone nor a year.

feedparser reads "10:00 EET" and "10:00 MSK" as 10:00 UTC and gives up on named months in Cyrillic; hence an own reading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

from bot.feeds.datewords import DAYS_AGO, MONTHS, ZONES

_MONTH = rf"((?:{'|'.join(MONTHS)})[^\W\d_]{{0,9}})"
_MAIL = re.compile(  # RFC 5322 section 3.3, which RSS means by its dates, with all that is forgiven: nearly every date of RSS
    rf"(?:[^\W\d_]{{2,11}}\.?,?\s*)?(\d{{1,2}})\s+{_MONTH}\.?,?\s+(\d{{4}}|\d{{2}}),?\s+(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}))?\s*([+-]\d{{2}}:?\d{{2}}|[^\W\d_]{{1,5}})",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}(?:[T ]\d{2}|$)")
_TIME = re.compile(
    r"(?<![\d:+-])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d{1,9})?)?(?!\d)\s*([ap]\.?m\b\.?)?", re.IGNORECASE
)
_ZONE = re.compile(
    r"\s*[\[(]?(?:(?:utc|gmt)\s*)?([+-]\d{1,2}(?::?\d{2})?)(?!\d)|\s*[\[(]?([^\W\d_]{1,5})\b", re.IGNORECASE
)
_ORDERS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(shape, re.IGNORECASE), order)
    for shape, order in (
        (r"\b(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)", ""),
        (r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?P<clock>\d{4}|\d{6})$", ""),
        (
            rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|-?го)?[\s/-]+(?P<b>{_MONTH})\.?,?[\s/-]+(?P<y>\d{{4}}|\d{{2}}(?!:))\b",
            "",
        ),
        (rf"\b(?P<b>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b", ""),
        (rf"\b(?P<b>{_MONTH})\.?\s+(?P<d>\d{{1,2}}),?\s+\d{{1,2}}:\d{{2}}.{{0,20}}?\b(?P<y>\d{{4}})\b", ""),
        (r"\b(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4}|\d{2})\b", ""),
        (r"\b(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<y>\d{4})\b", "either"),
        (rf"\b(?P<d>\d{{1,2}})(?:-?го)?\s+(?P<b>{_MONTH})\b", "no year"),
        (rf"\b(?P<ago>{'|'.join(DAYS_AGO)})\b", "from today"),
    )
)


@dataclass(frozen=True, slots=True)
class Written:
    """What is written."""

    on: datetime  # naive
    zone: tzinfo | None
    time_stated: bool
    left_out: str = ""  # "no year", "from today" (both in `on` as 2000), "either" (day or month first)
    days_ago: int = 0


@lru_cache(maxsize=1_024)
def written(text: str, day_first: bool) -> Written | None:
    """Cached: a feed states the same dates at every visit, and often for many entries. Raises ValueError for what cannot be."""
    mail = _MAIL.fullmatch(text)
    if mail:
        day, month, year, hour, minute, second, zone = mail.groups()
        at = _at(_year(year), _month(month), int(day), (int(hour), int(minute), int(second or 0)))
        return Written(at, _zone_of(zone), time_stated=True)
    return _iso(text) or _epoch(text) or _composed(text, day_first)


def _iso(text: str) -> Written | None:
    if not _ISO.match(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Written(moment.replace(tzinfo=None), moment.tzinfo, time_stated=len(text) > len("2026-01-05"))


def _epoch(text: str) -> Written | None:
    """Seconds or milliseconds since 1970."""
    if not re.fullmatch(r"\d{9,10}(?:\.\d{1,9})?|\d{13}", text):
        return None
    seconds = float(text) / (1_000 if len(text) == 13 and "." not in text else 1)
    return Written(datetime(1970, 1, 1) + timedelta(seconds=seconds), UTC, time_stated=True)  # noqa: DTZ001  naive by contract


def _composed(text: str, day_first: bool) -> Written | None:
    found, order = next(((found, order) for pattern, order in _ORDERS if (found := pattern.search(text))), (None, ""))
    if found is None:
        return None
    part = found.groupdict()
    time = _TIME.search(text)
    zone = _zone_after(text, time.end()) if time else None
    clock = _packed(part["clock"]) if part.get("clock") else _clock(time)
    year, month, day = _day(part, day_first)
    at = _at(year, month, day, clock)
    ago = DAYS_AGO.get((part.get("ago") or "").lower(), 0)
    return Written(at, zone, time_stated=time is not None or bool(part.get("clock")), left_out=order, days_ago=ago)


def _day(part: dict[str, str | None], day_first: bool) -> tuple[int, int, int]:
    year = _year(part.get("y") or "2000")  # a leap year: any day of any year can stand in it
    if part.get("ago"):
        return year, 1, 1
    if part.get("first"):
        one, two = int(part["first"] or 0), int(part["second"] or 0)
        return (year, two, one) if day_first or one > 12 else (year, one, two)
    return year, _month(part["b"] or "") if part.get("b") else int(part["m"] or 0), int(part["d"] or 0)


def _at(year: int, month: int, day: int, clock: tuple[int, int, int]) -> datetime:
    """Midnight may be told as the end of a day, and a leap second is its minute's end."""
    hour, minute, second = clock
    late = hour == 24 and minute == second == 0
    at = datetime(year, month, day, 0 if late else hour, minute, 59 if second == 60 else second)  # noqa: DTZ001  naive by contract
    return at + timedelta(days=1) if late else at


def _clock(found: re.Match[str] | None) -> tuple[int, int, int]:
    if found is None:
        return 0, 0, 0
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4][0].lower() == "p" else 0)
    return hour, int(found[2]), int(found[3] or 0)


def _packed(digits: str | None) -> tuple[int, int, int]:
    figures = (digits or "").ljust(6, "0")
    return int(figures[:2]), int(figures[2:4]), int(figures[4:])


def _zone_after(text: str, at: int) -> tzinfo | None:
    found = _ZONE.match(text, at)
    return _zone_of(found[1] or found[2]) if found else None


def _zone_of(word: str) -> tzinfo | None:
    if word[0] in "+-":
        digits = word[1:].replace(":", "")
        hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
        span = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(span if word[0] == "+" else -span)
    hours_away = ZONES.get(word.lower())
    return None if hours_away is None else timezone(timedelta(hours=hours_away))


def _month(word: str) -> int:
    return MONTHS.get(word[:3].lower(), 0)


def _year(digits: str) -> int:
    """Two digits as mail reads them (RFC 5322 section 4.3)."""
    return int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 50 else 1900)
