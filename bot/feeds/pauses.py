"""How long and when a document asks to be left alone: RSS ttl, skipHours and skipDays, the syndication module. Knows nothing of entries.

RSS 2.0 (rssboard.org/rss-specification): ttl in minutes; hours 0-23 in GMT, 24 seen where 0 is meant (RSS 0.91 counted 1-24); days by English names.
RSS 1.0 syndication module: updatePeriod divided by updateFrequency. Its updateBase says at which minute; readers that all keep to it come at
once, so it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_LONGEST = timedelta(days=1)
_DAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_SKIPPED = re.compile(r"<skip(hour|day)s\b[^<>]*>((?:[^<]|<(?!/skip)){0,4000})", re.IGNORECASE)
_WORD = re.compile(r">\s*([^\s<>]{1,12})\s*<")


def time_to_live(ttl: str, period: str, frequency: str) -> timedelta | None:
    """How long the document may be kept, at most a day; None where it does not say."""
    minutes = re.fullmatch(r"\s*(\d{1,6})(?:\.\d{1,6})?\s*", ttl)
    if minutes:
        return min(timedelta(minutes=int(minutes[1])), _LONGEST) or None
    often = re.fullmatch(r"\s*([1-9]\d{0,3})\s*", frequency or "1")
    span = _PERIODS.get(period.strip().lower())
    return min(span / int(often[1]), _LONGEST) if span and often else None


def skipped(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Hours (0-23, UTC) and days (Monday 0) in which not to come. All hours or all days cannot be meant and are none."""
    found = {part[1].lower(): part[2] for part in _SKIPPED.finditer(text)} if "skip" in text else {}
    hours = (int(word) % 24 for word in _WORD.findall(found.get("hour", "")) if re.fullmatch(r"[01]?\d|2[0-4]", word))
    days = (_DAYS.get(word[:3].lower(), -1) for word in _WORD.findall(found.get("day", "")))
    return _possible(hours, 24), _possible((day for day in days if day >= 0), 7)


def _possible(numbers: Iterable[int], all_there_are: int) -> tuple[int, ...]:
    found = tuple(sorted(set(numbers)))
    return found if len(found) < all_there_are else ()
