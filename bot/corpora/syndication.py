"""Feeds of the sample outlets: RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1. Knows formats, not servers.

An update keeps its guid and its publication time and carries a later time of update.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from typing import Any

from lxml import etree

from bot.corpora.furniture import furniture
from bot.corpora.issues import Issue
from bot.corpora.pages import FEED_PATHS
from bot.model.corpora import FeedForm, Outlet

MOST_ITEMS = 40
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_OWN_ZONE = {
    "uk": timezone(timedelta(hours=2)),
    "ru": timezone(timedelta(hours=3)),
}  # RSS dates stand in an outlet's own time


def feed_of(outlet: Outlet, issues: Sequence[Issue], modified: datetime) -> bytes:
    """The outlet's feed in its format; `issues` newest first, `modified` when any of them last changed. Without issues it is an empty feed."""
    makers = {FeedForm.RSS: _rss, FeedForm.ATOM: _atom, FeedForm.JSON: _json}
    return makers[outlet.form](outlet, issues[:MOST_ITEMS], modified)


def _about(outlet: Outlet) -> str:
    return f"{furniture(outlet.language).sample} · {outlet.name}"


def _home(outlet: Outlet) -> str:
    return f"http://{outlet.host}/"


def _self(outlet: Outlet) -> str:
    return f"http://{outlet.host}{FEED_PATHS[outlet.form]}"


# ── XML ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _root(tag: str, default: str | None = None) -> Any:
    prefixes = {"content": _CONTENT, "atom": _ATOM} if default is None else {None: default}
    return etree.Element(tag, nsmap=prefixes)


def _add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    child = etree.SubElement(parent, tag, attributes)
    child.text = text
    return child


def _bytes(root: Any) -> bytes:
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _rss(outlet: Outlet, issues: Sequence[Issue], modified: datetime) -> bytes:
    root = _root("rss")
    root.set("version", "2.0")
    channel = _add(root, "channel")
    _add(channel, "title", outlet.name)
    _add(channel, "link", _home(outlet))
    _add(channel, "description", _about(outlet))
    _add(channel, "language", outlet.language)
    _add(channel, "lastBuildDate", _stamp(outlet, modified))
    _add(channel, f"{{{_ATOM}}}link", rel="self", type="application/rss+xml", href=_self(outlet))
    for issue in issues:
        _rss_item(channel, outlet, issue)
    return _bytes(root)


def _rss_item(channel: Any, outlet: Outlet, issue: Issue) -> None:
    item = _add(channel, "item")
    _add(item, "title", issue.article.title)
    _add(item, "link", issue.article.url)
    _add(item, "guid", issue.article.guid, isPermaLink="false")
    _add(item, "pubDate", _stamp(outlet, issue.published))
    if issue.told_at != issue.published:
        _add(item, f"{{{_ATOM}}}updated", issue.told_at.isoformat())
    if issue.article.summary_html:
        _add(item, "description", issue.article.summary_html)
    if outlet.full_text:
        _add(item, f"{{{_CONTENT}}}encoded", issue.article.body_html)


def _stamp(outlet: Outlet, moment: datetime) -> str:
    return format_datetime(moment.astimezone(_OWN_ZONE.get(outlet.language, moment.tzinfo)))


def _atom(outlet: Outlet, issues: Sequence[Issue], modified: datetime) -> bytes:
    root = _root(f"{{{_ATOM}}}feed", _ATOM)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", outlet.language)
    _add(root, f"{{{_ATOM}}}id", _self(outlet))
    _add(root, f"{{{_ATOM}}}title", outlet.name)
    _add(root, f"{{{_ATOM}}}subtitle", _about(outlet))
    _add(root, f"{{{_ATOM}}}updated", modified.isoformat())
    _add(_add(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", outlet.name)
    _add(root, f"{{{_ATOM}}}link", rel="self", href=_self(outlet))
    _add(root, f"{{{_ATOM}}}link", rel="alternate", href=_home(outlet))
    for issue in issues:
        _atom_entry(root, outlet, issue)
    return _bytes(root)


def _atom_entry(root: Any, outlet: Outlet, issue: Issue) -> None:
    entry = _add(root, f"{{{_ATOM}}}entry")
    _add(entry, f"{{{_ATOM}}}id", f"tag:{outlet.host},2025:{issue.article.guid}")
    _add(entry, f"{{{_ATOM}}}title", issue.article.title)
    _add(entry, f"{{{_ATOM}}}link", rel="alternate", href=issue.article.url)
    _add(entry, f"{{{_ATOM}}}published", issue.published.isoformat())
    _add(entry, f"{{{_ATOM}}}updated", issue.told_at.isoformat())
    if issue.article.summary_html:
        _add(entry, f"{{{_ATOM}}}summary", issue.article.summary_html, type="html")
    if outlet.full_text:
        _add(entry, f"{{{_ATOM}}}content", issue.article.body_html, type="html")


# ── JSON Feed ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _json(outlet: Outlet, issues: Sequence[Issue], modified: datetime) -> bytes:  # noqa: ARG001 (the format has no such field)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": _about(outlet),
        "home_page_url": _home(outlet),
        "feed_url": _self(outlet),
        "language": outlet.language,
        "items": [_json_item(outlet, issue) for issue in issues],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(outlet: Outlet, issue: Issue) -> dict[str, Any]:
    # The format wants content_html or content_text; an outlet that keeps its text for its pages gives the teaser there, as real ones do.
    item: dict[str, Any] = {
        "id": issue.article.guid,
        "url": issue.article.url,
        "title": issue.article.title,
        "content_html": issue.article.body_html if outlet.full_text else issue.article.summary_html,
        "date_published": issue.published.isoformat(),
        "language": issue.article.language,
    }
    if issue.told_at != issue.published:
        item["date_modified"] = issue.told_at.isoformat()
    return item
