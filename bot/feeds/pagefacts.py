"""What a page states about itself in its head: title, dates, language, canonical address. Knows nothing of its main text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from bot.feeds.dates import settled
from bot.feeds.entries import short_language
from bot.feeds.linkeddata import linked_data
from bot.text.html import line_of
from bot.text.urls import canonical_link, link_key, same_site

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "pubdate",
    "dc.date.issued",
    "parsely-pub-date",
    "date",
    "dc.date",
)
_UPDATED = ("article:modified_time", "datemodified", "og:updated_time", "lastmod", "dc.date.modified", "last-modified")
_PAID = frozenset({"locked", "premium", "paid"})  # article:content_tier; "metered" lets some readers in


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """As stated by the page, made sane."""

    title: str
    heading: str  # the first h1, which repeats the title above the text
    published: datetime | None
    updated: datetime | None
    canonical_url: str | None
    language: str | None
    free: bool  # False: the page says that reading it costs money
    paid_parts: tuple[str, ...]  # CSS selectors of what costs money
    body: str  # the article's text as its linked data states it; ""


def page_facts(tree: HtmlElement, url: str, now: datetime) -> PageFacts:
    """Facts from meta elements and JSON-LD; what is missing or absurd is None."""
    metas = _metas(tree)
    about = linked_data(tree)
    published, updated, _ = settled(
        _first(metas, _PUBLISHED) or about.published or _time_element(tree),
        _first(metas, _UPDATED) or about.updated,
        now,
    )
    return PageFacts(
        title=line_of(metas.get("og:title") or about.headline or _inside(tree, "h1") or _inside(tree, "title")),
        heading=line_of(_inside(tree, "h1")),
        published=published,
        updated=updated,
        canonical_url=_canonical(tree, metas, url),
        language=short_language(
            tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or metas.get("og:locale") or ""
        ),
        free=about.free and metas.get("article:content_tier", "").lower() not in _PAID,
        paid_parts=about.paid_parts,
        body=about.body,
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        if name and meta.get("content"):
            found.setdefault(name, meta.get("content")[:2_000])
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _time_element(tree: HtmlElement) -> str:
    return next((str(time.get("datetime")) for time in tree.iter("time") if time.get("datetime")), "")


def _inside(tree: HtmlElement, name: str) -> str:
    found = next(tree.iter(name), None)
    return "" if found is None else "".join(found.itertext())[:2_000]


def _canonical(tree: HtmlElement, metas: dict[str, str], url: str) -> str | None:
    """The address the page claims, if it is on the same site and no mere front page: pages can claim anything."""
    links = (link.get("href") or "" for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    claimed = canonical_link(next(links, "") or metas.get("og:url", ""), url)
    front = "/" not in link_key(claimed)
    return claimed if claimed and same_site(claimed, url) and (not front or "/" not in link_key(url)) else None
