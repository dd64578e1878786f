"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), which feedparser does not read. Knows nothing of identity, dates or plain text."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from typing import Any

from bot.feeds.entries import Said
from bot.feeds.xmlfeeds import Document
from bot.model.errors import SourceError, Trouble
from bot.text.urls import absolute_link

_WEBSUB = ("websub", "pubsubhubbub")  # the latter is its older name


def read_json(text: str, base: str) -> Document:
    """The document in `text`. Raises SourceError(BROKEN_FEED | NOT_A_FEED)."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(Trouble.BROKEN_FEED, base, detail="its JSON is broken") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise SourceError(Trouble.NOT_A_FEED, base, detail="JSON, but no JSON Feed")
    language = _text(found, "language")
    return Document(
        title=html.escape(_text(found, "title")),
        language=language,
        items=tuple(_said(item) for item in items if isinstance(item, dict)),
        hub=absolute_link(_hub(found), base) or None,
        self_url=absolute_link(_text(found, "feed_url"), base) or None,
    )


def _said(item: Mapping[str, Any]) -> Said:
    markup = _text(item, "content_html")
    content = markup or _text(item, "content_text")
    summary = _text(item, "summary")
    return Said(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=html.escape(_text(item, "title"), quote=False),
        summary=html.escape(summary, quote=False) if markup else summary,
        content=content,
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        language=_text(item, "language"),
        plain=not markup,
    )


def _text(node: Mapping[str, Any], key: str) -> str:
    """A text; numbers, which some write as ids, become text; anything else is not there."""
    value = node.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _hub(found: Mapping[str, Any]) -> str:
    """The first WebSub hub; hubs of other kinds, such as rssCloud, stand in the same list."""
    hubs = found.get("hubs")
    named = (hub for hub in hubs if isinstance(hub, dict)) if isinstance(hubs, list) else ()
    return next((_text(hub, "url") for hub in named if _text(hub, "type").lower() in _WEBSUB), "")
