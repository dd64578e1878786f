"""Dates as feeds write them, with zones that mail libraries do not know and months in Ukrainian and Russian. Knows nothing of entries.

feedparser reads "10:00 EET" and "10:00 MSK" as 10:00 UTC and gives up on named months in Cyrillic; hence an own reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before feeds: 1970 and its like are a missing date
_AHEAD = timedelta(minutes=30)  # clocks of servers differ; more is a wrong zone, a plan or an error
_ZONES = {  # hours from UTC; abbreviations with two meanings in use are left out
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "msk": 3, "мск": 3, "msd": 4, "trt": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "jst": 9, "kst": 9,
}  # fmt: skip
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
    "січ": 1, "лют": 2, "бер": 3, "кві": 4, "тра": 5, "чер": 6, "лип": 7, "сер": 8, "вер": 9, "жов": 10, "лис": 11, "гру": 12,
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "июн": 6, "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
}  # fmt: skip
_TIME = re.compile(
    r"(?<![\d:+-])(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?!\d)\s*([ap]\.?m\b\.?)?", re.IGNORECASE
)
_OFFSET = re.compile(r"(?:\b(?:utc|gmt)\s*)?(?<![\d])([+-])(\d{1,2}):?(\d{2})?\s*(?:\([^)]*\))?$", re.IGNORECASE)
_WORD_ZONE = re.compile(r"\(?([^\W\d_]{1,5})\)?\s*$")
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"), "ymd"),
    (re.compile(r"\b(\d{1,2})[\s-]+([^\W\d_]{3,12})\.?,?[\s-]+(\d{4}|\d{2})\b"), "dby"),
    (re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b"), "bdy"),
    (re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b"), "dmy"),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b"), "mdy"),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A moment as somebody stated it."""

    at: datetime  # aware, UTC
    zone_stated: bool = True
    time_stated: bool = True


def read_date(text: str) -> Stated | None:
    """The moment a text states, or None. Without a zone it is read as UTC."""
    plain = " ".join(text.split())[:100]
    if not plain:
        return None
    try:
        return _iso(plain) or _composed(plain)
    except (ValueError, OverflowError):
        return None


def settled(published: str, updated: str, now: datetime) -> tuple[datetime | None, datetime | None, str]:
    """`published` and `updated` as sane moments, or None; and a note why `published` is not simply what was stated.

    Refused: what cannot be read, lies before 1995 or more than half an hour ahead of `now`. An update stands in for a missing publication.
    """
    first, note = _sane(published, now)
    second, _ = _sane(updated, now)
    if first is None and second is not None:
        return second, second, f"{note}; taken from updated" if published.strip() else "taken from updated"
    return first, second, note


def _sane(text: str, now: datetime) -> tuple[datetime | None, str]:
    if not text.strip():
        return None, "no date stated"
    stated = read_date(text)
    if stated is None:
        return None, f"unreadable date: {' '.join(text.split())[:60]}"
    if stated.at < _EARLIEST:
        return None, f"implausible date: {stated.at:%Y-%m-%d}"
    if stated.at > now + _AHEAD:
        return None, f"date in the future: {stated.at:%Y-%m-%dT%H:%MZ}"
    missing = [name for name, there in (("time", stated.time_stated), ("zone", stated.zone_stated)) if not there]
    return stated.at, f"no {missing[0]} stated, read as UTC" if missing else ""


def _iso(text: str) -> Stated | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}|$)", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    stated = moment.tzinfo is not None
    return Stated(_utc(moment), zone_stated=stated, time_stated=len(text) > len("2026-01-05"))


def _composed(text: str) -> Stated | None:
    shape = next(((found, order) for pattern, order in _SHAPES if (found := pattern.search(text))), None)
    if shape is None:
        return None
    year, month, day = _PARTS[shape[1]](shape[0])
    time = _TIME.search(text)
    rest = text[time.end() :] if time and time.start() > shape[0].start() else text
    zone = _zone(rest if time else "")
    moment = datetime(year, month, day, *_clock(time), tzinfo=zone or UTC)
    return Stated(_utc(moment), zone_stated=zone is not None, time_stated=time is not None)


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _clock(found: re.Match[str] | None) -> tuple[int, int, int]:
    if found is None:
        return 0, 0, 0
    hour, minute, second = int(found[1]), int(found[2]), min(int(found[3] or 0), 59)
    if found[4]:
        hour = hour % 12 + (12 if found[4][0].lower() == "p" else 0)
    return hour, minute, second


def _zone(text: str) -> timezone | None:
    offset = _OFFSET.search(text)
    if offset:
        span = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(span if offset[1] == "+" else -span)
    word = _WORD_ZONE.search(text)
    hours = _ZONES.get(word[1].lower()) if word else None
    return None if hours is None else timezone(timedelta(hours=hours))


def _month(word: str) -> int:
    return _MONTHS.get(word[:3].lower(), 0)  # 0 is no month: datetime refuses it


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


_PARTS: dict[str, Callable[[re.Match[str]], tuple[int, int, int]]] = {
    "ymd": lambda found: (int(found[1]), int(found[2]), int(found[3])),
    "dby": lambda found: (_year(found[3]), _month(found[2]), int(found[1])),
    "bdy": lambda found: (int(found[3]), _month(found[1]), int(found[2])),
    "dmy": lambda found: (int(found[3]), int(found[2]), int(found[1])),
    "mdy": lambda found: (int(found[3]), int(found[1]), int(found[2])),
}
