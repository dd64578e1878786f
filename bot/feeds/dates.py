"""Dates of feeds and pages as sane moments, each with the reason where it is not simply what was stated. Knows nothing of entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.feeds.datereading import Written, written

_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before feeds: 1970 and its like are a missing date
_AHEAD = timedelta(minutes=30)  # clocks of servers differ; more is a wrong zone, a plan or an error
_KYIV = ZoneInfo("Europe/Kyiv")
_MONTH_FIRST = ("", "en")  # languages in which 02/09/2026 is a day in February


@dataclass(frozen=True, slots=True)
class Stated:
    """A moment as somebody stated it."""

    at: datetime  # aware, UTC
    granted: tuple[str, ...] = ()  # what was taken for granted, in words


def read_date(text: str, now: datetime | None = None, language: str = "") -> Stated | None:
    """The moment a text states, or None. `now` serves "yesterday" and days without a year.

    Without a zone, a Ukrainian text means Kyiv time, any other is read as UTC; a day without time is that day in UTC.
    """
    plain = " ".join(text.split())[:100]
    if not plain:
        return None
    day_first = language not in _MONTH_FIRST
    try:
        found = written(plain, day_first)
        stated = _stated(found, now, language) if found else None
        if found and found.left_out == "either" and stated and now and stated.at > now + _AHEAD:
            stated = _stated(written(plain, not day_first) or found, now, language)
    except (ValueError, OverflowError):
        return None
    return stated


def settled(
    published: str, updated: str, now: datetime, language: str = ""
) -> tuple[datetime | None, datetime | None, str]:
    """`published` and `updated` as sane moments, or None; and a note why `published` is not simply what was stated.

    Refused: what cannot be read, lies before 1995 or more than half an hour ahead of `now`. An update stands in for a missing publication.
    """
    first, note = _sane(published, now, language)
    second, _ = _sane(updated, now, language)
    if first is None and second is not None:
        return second, second, f"{note}; taken from updated" if published.strip() else "taken from updated"
    return first, second, note


def _sane(text: str, now: datetime, language: str) -> tuple[datetime | None, str]:
    if not text.strip():
        return None, "no date stated"
    stated = read_date(text, now, language)
    if stated is None:
        return None, f"unreadable date: {' '.join(text.split())[:60]}"
    if stated.at < _EARLIEST:
        return None, f"implausible date: {stated.at.date().isoformat()}"
    if stated.at > now + _AHEAD:
        return None, f"date in the future: {stated.at:%Y-%m-%dT%H:%MZ}"
    return stated.at, "; ".join(stated.granted)


def _stated(found: Written, now: datetime | None, language: str) -> Stated | None:
    zone = found.zone or (_KYIV if language == "uk" and found.time_stated else UTC)
    on = found.on
    if found.left_out in ("no year", "from today"):
        if now is None:
            return None
        on = _told(found, now.astimezone(zone).replace(tzinfo=None))
    at = on.replace(tzinfo=zone).astimezone(UTC)
    return Stated(at, _granted(found, kyiv=zone is _KYIV))


def _told(found: Written, today: datetime) -> datetime:
    """The day meant by "yesterday", or the last 9 February there was."""
    if found.left_out == "from today":
        return datetime.combine(today.date() - timedelta(days=found.days_ago), found.on.time())
    this_year = found.on.replace(year=today.year)
    return this_year if this_year <= today + timedelta(days=1) else found.on.replace(year=today.year - 1)


def _granted(found: Written, *, kyiv: bool) -> tuple[str, ...]:
    day = {"no year": "no year stated", "from today": "day told from today", "either": "day or month first"}
    missing = "" if found.zone else "zone" if found.time_stated else "time"
    zone = f"no {missing} stated, read as {'Kyiv time' if kyiv else 'UTC'}" if missing else ""
    return tuple(word for word in (day.get(found.left_out, ""), zone) if word)
