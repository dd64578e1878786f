"""What an answer's headers say about coming back. Knows nothing of bodies or connections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=366)
_LONGEST_DATE = 100  # characters
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})', re.IGNORECASE)
_DO_NOT_KEEP = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)


def http_date(text: str | None) -> datetime | None:
    """An HTTP date (RFC 9110 section 5.6.7), aware; None for anything else."""
    try:
        moment = parsedate_to_datetime(text.strip()) if text and len(text) <= _LONGEST_DATE else None
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if moment is None:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long to stay away: seconds or a date (RFC 9110 section 10.2.3); never negative."""
    text = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,12}", text):
        return min(timedelta(seconds=int(text)), _LONGEST)
    moment = http_date(text)
    return None if moment is None else min(max(moment - now, timedelta(0)), _LONGEST)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays fresh (RFC 9111 section 4.2.1: max-age before Expires, less Age); None when nothing is said.

    RFC 5861 has no part in it: stale-if-error and stale-while-revalidate tell how long an old copy may be shown, and what a feed once said is
    kept here in any case, while a fresh look is always the aim. s-maxage is for caches that serve many (section 5.2.2.10).
    """
    control = _all(headers, "cache-control") if "Cache-Control" in headers else ""
    if control and _DO_NOT_KEEP.search(control):
        return None
    stated = _MAX_AGE.search(control) if control else None
    if stated:
        return max(min(timedelta(seconds=int(stated[1])), _LONGEST) - _age(headers), timedelta(0))
    expires = http_date(headers.get("Expires"))
    if expires is None:
        return None
    return min(max(expires - (http_date(headers.get("Date")) or now), timedelta(0)), _LONGEST)


def _all(headers: Mapping[str, str], wanted: str) -> str:
    """A header that came on several lines, as one (RFC 9110 section 5.3)."""
    return ", ".join(value for name, value in headers.items() if name.lower() == wanted)


def _age(headers: Mapping[str, str]) -> timedelta:
    text = headers.get("Age", "").strip()
    return timedelta(seconds=int(text)) if re.fullmatch(r"\d{1,9}", text) else timedelta(0)
