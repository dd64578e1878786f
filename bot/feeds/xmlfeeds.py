"""RSS, Atom and RDF through feedparser, kept away from its traps. Knows nothing of identity, dates or plain text.

feedparser opens files and addresses when it is given a str, and its sanitiser can be stalled; it only ever gets bytes in memory here, unsanitised.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import feedparser

from bot.feeds.bounding import Boundless, bounded_document
from bot.feeds.dates import read_date
from bot.feeds.entries import Said
from bot.feeds.mending import bare, mended
from bot.feeds.pauses import skipped, time_to_live
from bot.feeds.sparing import Aside
from bot.model.errors import SourceError, Trouble
from bot.text.urls import absolute_link

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
_FULL_TEXTS = ("yandex_full-text", "full-text", "fulltext", "mailru_full-text")  # as outlets give them to aggregators
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A feed document, its texts untouched."""

    title: str
    language: str
    items: tuple[Said, ...]
    ttl: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    hub: str | None = None
    self_url: str | None = None
    cut: int = 0  # items over the cap, not even looked at


def read_xml(text: str, base: str) -> Document:
    """The document in `text`; relative links are resolved against xml:base, else left. Raises SourceError(BROKEN_FEED | NOT_A_FEED)."""
    aside = Aside()
    try:
        short, cut = bounded_document(mended(aside.spared(bare(text))))
    except Boundless as error:
        raise SourceError(Trouble.BROKEN_FEED, base, detail=str(error)) from error
    parsed = _parsed(short, base)
    if parsed.get("bozo") and not parsed.entries:
        raise SourceError(Trouble.BROKEN_FEED, base, detail=_complaint(parsed))
    if not parsed.get("version") and not parsed.entries:
        raise SourceError(Trouble.NOT_A_FEED, base, detail="no RSS, Atom or RDF in it")
    hours, days = skipped(short)
    return replace(_document(parsed, base, aside), cut=cut, skip_hours=hours, skip_days=days)


def _parsed(document: str, base: str) -> Any:
    """What feedparser makes of it. It joins every element's base with its parent's, a sixth of its time: where none is stated, it is told of none."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            io.BytesIO(document.encode("utf-8", "replace")),
            response_headers=headers | ({"content-location": base} if "xml:base" in document else {}),
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _PARSER_FAILURES as error:
        raise SourceError(Trouble.BROKEN_FEED, base, detail=f"unreadable: {type(error).__name__}") from error


def _complaint(parsed: Any) -> str:
    return " ".join(str(parsed.get("bozo_exception", "")).split())[:160] or "it ends before anything is said"


def _document(parsed: Any, base: str, aside: Aside) -> Document:
    feed = parsed.feed
    return Document(
        title=aside.back(_text(feed, "title")),
        language=_text(feed, "language"),
        items=tuple(_said(entry, aside) for entry in parsed.entries),
        ttl=time_to_live(_text(feed, "ttl"), _text(feed, "sy_updateperiod"), _text(feed, "sy_updatefrequency")),
        hub=_rel(feed, "hub", base),
        self_url=_rel(feed, "self", base),
    )


def _said(entry: Any, aside: Aside) -> Said:
    summary, content = _texts(entry, aside)
    return Said(
        guid=_text(entry, "id"),
        link=_link(entry),
        title=aside.back(_text(entry, "title")),
        summary=summary or aside.back(_text(entry, "media_caption")),
        content=content,
        published=_date(entry, "published") or _text(entry, "created"),
        updated=_date(entry, "updated"),
        language=_language(entry),
    )


def _texts(entry: Any, aside: Aside) -> tuple[str, str]:
    """Teaser and full text; what is given as both is the full text."""
    parts = [_text(part, "value") for part in dict.get(entry, "content", ())]
    teaser = _text(entry, "summary")
    full = [aside.back(part) for part in (*parts, *(_text(entry, key) for key in _FULL_TEXTS))]
    content = max(full, key=len)
    summary = "" if teaser in parts else aside.back(teaser)
    return "" if summary == content else summary, content


def _text(node: Any, key: str) -> str:
    """What is really there: feedparser's own look-up answers `updated` with `published`."""
    value = dict.get(node, key)
    return value if isinstance(value, str) else ""


def _link(entry: Any) -> str:
    """The link, else what stands in for one; a guid does only where it is an address, which many permalinks by default are not."""
    link = _text(entry, "link")
    if dict.get(entry, "guidislink") and link == _text(entry, "id") and not link.startswith(_WEB):
        link = ""
    return _text(entry, "feedburner_origlink") or link or next(_hrefs(entry, (None, "alternate")), "")


def _hrefs(node: Any, rels: tuple[str | None, ...]) -> Iterator[str]:
    links = dict.get(node, "links", ())
    return (_text(link, "href") for link in links if dict.get(link, "rel") in rels and _text(link, "href"))


def _date(entry: Any, key: str) -> str:
    """As written where we can read it, else as feedparser understood it."""
    written, understood = _text(entry, key), dict.get(entry, f"{key}_parsed")
    if written and isinstance(understood, time.struct_time) and read_date(written) is None:
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", understood)
    return written


def _language(entry: Any) -> str:
    details = (
        dict.get(entry, "title_detail"),
        dict.get(entry, "summary_detail"),
        *dict.get(entry, "content", ()),
    )
    return next((_text(part, "language") for part in details if part and _text(part, "language")), "")


def _rel(feed: Any, rel: str, base: str) -> str | None:
    """An address of the feed's own, exactly as it is given: a hub knows the feed by that spelling."""
    found = (absolute_link(href, base) for href in _hrefs(feed, (rel,)))
    return next((href for href in found if href), None)
