"""Finds the feeds a page points to, without asking anybody. Knows nothing of connections or whether those addresses answer."""

from __future__ import annotations

import re
from itertools import islice

import lxml.html
from lxml import etree

from bot.feeds.encodings import readable
from bot.model.feeds import Fetched
from bot.services.sites import FoundFeed
from bot.text.html import line_of
from bot.text.urls import LONGEST, absolute_link, host_of, link_key, same_site

_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "text/xml",
        "application/xml",
    }
)
_LIKE_A_FEED = re.compile(
    r"(?:/|[.=_-])(?:rss|atom|rdf|feeds?)(?:[/._?=-]|\d|$)|\.(?:rss|atom|rdf)(?:$|\?)", re.IGNORECASE
)
_USUAL = ("/feed/", "/rss/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
_MOST = 40
_MOST_BYTES = 1_000_000  # of a page that are looked at
_MOST_LINKS = 200  # of each kind: a hostile page is nothing but links


class PageFinder:
    """The `FeedFinder`."""

    def find(self, fetched: Fetched) -> tuple[FoundFeed, ...]:
        """Stated feeds first, then links that look like feeds, else the usual places; comment feeds last."""
        markup = readable(fetched.body[:_MOST_BYTES], fetched.content_type)[0].encode("utf-8", "replace")
        try:
            tree = lxml.html.document_fromstring(markup, parser=lxml.html.HTMLParser(encoding="utf-8"))
        except (etree.LxmlError, ValueError):
            return ()
        found = _once((*_stated(tree, fetched.final_url), *_linked(tree, fetched.final_url)))
        if not found:
            found = tuple(FoundFeed(absolute_link(path, fetched.final_url)) for path in _USUAL)
        return tuple(sorted(found, key=lambda feed: "comments" in feed.url))[:_MOST]


def _base(tree: lxml.html.HtmlElement, url: str) -> str:
    base = next((str(node.get("href")) for node in tree.iter("base") if node.get("href")), "")
    return absolute_link(base, url) or url


def _stated(tree: lxml.html.HtmlElement, url: str) -> list[FoundFeed]:
    base = _base(tree, url)
    links = (link for link in tree.iter("link") if "alternate" in (link.get("rel") or "").lower().split())
    typed = (link for link in links if (link.get("type") or "").split(";")[0].strip().lower() in _TYPES)
    return [
        FoundFeed(_address(link, base), line_of(link.get("title") or "", 100)) for link in islice(typed, _MOST_LINKS)
    ]


def _linked(tree: lxml.html.HtmlElement, url: str) -> list[FoundFeed]:
    base = _base(tree, url)
    links = (link for link in tree.iter("a") if _LIKE_A_FEED.search((link.get("href") or "")[:LONGEST]))
    found = ((_address(link, base), link) for link in islice(links, _MOST_LINKS))
    near = ((address, link) for address, link in found if same_site(address, url) or "feed" in host_of(address))
    return [FoundFeed(address, line_of(" ".join(islice(link.itertext(), 20))[:1_000], 100)) for address, link in near]


def _address(link: lxml.html.HtmlElement, base: str) -> str:
    return absolute_link(
        link.get("href") or "", base
    )  # as it is spelt: a feed may need what an article's link can do without


def _once(found: tuple[FoundFeed, ...]) -> tuple[FoundFeed, ...]:
    kept: dict[str, FoundFeed] = {}
    for feed in found:
        if feed.url:
            kept.setdefault(link_key(feed.url), feed)
    return tuple(kept.values())
