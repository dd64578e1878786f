"""What an answer's headers say about coming back. Knows nothing of bodies or connections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=366)
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})', re.IGNORECASE)
_DO_NOT_KEEP = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)


def http_date(text: str | None) -> datetime | None:
    """An HTTP date (RFC 9110 section 5.6.7), aware; None for anything else."""
    try:
        moment = parsedate_to_datetime(text.strip()) if text else None
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
    """How long the answer stays fresh (RFC 9111 section 4.2.1: max-age before Expires, less Age); None when nothing is said."""
    control = headers.get("Cache-Control", "")
    if _DO_NOT_KEEP.search(control):
        return None
    stated = _MAX_AGE.search(control)
    if stated:
        return max(min(timedelta(seconds=int(stated[1])), _LONGEST) - _age(headers), timedelta(0))
    expires = http_date(headers.get("Expires"))
    if expires is None:
        return None
    return min(max(expires - (http_date(headers.get("Date")) or now), timedelta(0)), _LONGEST)


def _age(headers: Mapping[str, str]) -> timedelta:
    text = headers.get("Age", "").strip()
    return timedelta(seconds=int(text)) if re.fullmatch(r"\d{1,9}", text) else timedelta(0)
