"""RSS, Atom and RDF through feedparser, kept away from its traps. Knows nothing of identity, dates or plain text.

feedparser opens files and addresses when it is given a str, and its sanitiser can be stalled; it only ever gets bytes in memory here, unsanitised.
"""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import feedparser

from bot.feeds.dates import read_date
from bot.feeds.entries import Said
from bot.feeds.mending import shortened, sound
from bot.model.errors import SourceError, Trouble
from bot.text.urls import canonical_link

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
}
_PARSER_FAILURES = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
)
_LONGEST_TTL = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed document, its texts untouched."""

    title: str
    language: str
    items: tuple[Said, ...]
    ttl: timedelta | None = None
    hub: str | None = None
    self_url: str | None = None
    cut: int = 0  # items over the cap, not even looked at


def read_xml(text: str, base: str) -> Document:
    """The document in `text`; relative links are resolved against `base` and xml:base. Raises SourceError(BROKEN_FEED | NOT_A_FEED)."""
    short, cut = shortened(sound(text))
    parsed = _parsed(short.encode("utf-8", "replace"), base)
    if parsed.get("bozo") and not parsed.entries:
        raise SourceError(Trouble.BROKEN_FEED, base, detail=_complaint(parsed))
    if not parsed.get("version") and not parsed.entries:
        raise SourceError(Trouble.NOT_A_FEED, base, detail="no RSS, Atom or RDF in it")
    return replace(_document(parsed), cut=cut)


def _parsed(document: bytes, base: str) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(document),
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": base},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _PARSER_FAILURES as error:
        raise SourceError(Trouble.BROKEN_FEED, base, detail=f"unreadable: {type(error).__name__}") from error


def _complaint(parsed: Any) -> str:
    return " ".join(str(parsed.get("bozo_exception", "")).split())[:160] or "it ends before anything is said"


def _document(parsed: Any) -> Document:
    feed = parsed.feed
    return Document(
        title=_text(feed, "title"),
        language=_text(feed, "language"),
        items=tuple(_said(entry) for entry in parsed.entries),
        ttl=_ttl(feed),
        hub=_rel(feed, "hub"),
        self_url=_rel(feed, "self"),
    )


def _said(entry: Any) -> Said:
    content = max((str(part.get("value", "")) for part in entry.get("content", ())), key=len, default="")
    summary = _text(entry, "summary")
    return Said(
        guid=_text(entry, "id"),
        link=_text(entry, "feedburner_origlink") or _text(entry, "link") or _alternate(entry),
        title=_text(entry, "title"),
        summary="" if summary == content else summary,
        content=content,
        published=_date(entry, "published"),
        updated=_date(entry, "updated"),
        language=_language(entry),
    )


def _text(node: Any, key: str) -> str:
    """What is really there: feedparser's own look-up answers `updated` with `published`."""
    value = dict.get(node, key)
    return value if isinstance(value, str) else ""


def _date(entry: Any, key: str) -> str:
    """As written where we can read it, else as feedparser understood it."""
    written, understood = _text(entry, key), dict.get(entry, f"{key}_parsed")
    if written and isinstance(understood, time.struct_time) and read_date(written) is None:
        return time.strftime("%Y-%m-%dT%H:%M:%S", understood)
    return written


def _language(entry: Any) -> str:
    details = (dict.get(entry, "title_detail"), dict.get(entry, "summary_detail"), *entry.get("content", ()))
    return next((str(part.get("language")) for part in details if part and part.get("language")), "")


def _alternate(entry: Any) -> str:
    return next(
        (str(link.get("href", "")) for link in entry.get("links", ()) if link.get("rel") in (None, "alternate")), ""
    )


def _rel(feed: Any, rel: str) -> str | None:
    found = (str(link.get("href", "")) for link in feed.get("links", ()) if link.get("rel") == rel)
    return next((canonical_link(href) for href in found if canonical_link(href)), None)


def _ttl(feed: Any) -> timedelta | None:
    """RSS `ttl` in minutes, else the syndication module's period divided by its frequency; at most a day."""
    minutes = re.fullmatch(r"\s*(\d{1,6})\s*", _text(feed, "ttl"))
    if minutes:
        return min(timedelta(minutes=int(minutes[1])), _LONGEST_TTL) or None
    period = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower())
    often = re.fullmatch(r"\s*([1-9]\d{0,3})\s*", _text(feed, "sy_updatefrequency") or "1")
    return min(period / int(often[1]), _LONGEST_TTL) if period and often else None
