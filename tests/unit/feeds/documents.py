"""Feed documents for tests, and what the reader makes of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from bot.feeds.parse import parsed_feed
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Entry, FeedId, Fetched, ParsedFeed

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
URL = "https://lantern.example/feeds/all.xml"
_SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:yandex="http://news.yandex.ru" xmlns:a10="http://www.w3.org/2005/Atom" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)


def fetched(body: bytes | str, kind: str = "application/rss+xml") -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(url=URL, final_url=URL, status=200, content_type=kind, body=raw)


def parsed(body: bytes | str, kind: str = "application/rss+xml") -> ParsedFeed:
    return parsed_feed(fetched(body, kind), FeedId("lantern"), NOW)


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {_SPACES}><channel><title>Lantern</title>{head}{inside}</channel></rss>'


def atom(*entries: str, head: str = "", attributes: str = "") -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>Lantern</title>{head}{inside}</feed>'


def json_feed(*items: dict[str, object], **head: object) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Lantern & co", "items": items} | head,
        ensure_ascii=False,
    )


def only(document: ParsedFeed) -> Entry:
    assert len(document.entries) == 1
    return document.entries[0]


def outcome(body: bytes | str) -> tuple[Entry, ...] | Trouble:
    """The entries, or the trouble there was."""
    try:
        return parsed(body).entries
    except SourceError as error:
        return error.trouble


def refused(body: bytes | str, kind: str = "text/html") -> SourceError:
    with pytest.raises(SourceError) as raised:
        parsed(body, kind)
    return raised.value
