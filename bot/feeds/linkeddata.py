"""What a page says of itself in JSON-LD: the article's dates and text, and whether reading it costs money. Knows nothing of its markup.

Words and forms: schema.org `Article`, `isAccessibleForFree`, `hasPart` with `cssSelector`, as search engines ask paid sites to write them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting",
    "BlogPosting", "Report",
})  # fmt: skip
_PAGES = frozenset({"WebPage", "ItemPage"})
_ELEMENTS = frozenset({"WebPageElement", "WebPageSection"})
_LONGEST_SCRIPT = 500_000  # characters
_MOST_NODES = 500
_MOST_PARTS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """As stated; "" for what is not."""

    headline: str = ""
    published: str = ""
    updated: str = ""
    body: str = ""  # the article's whole text, where it is stated
    free: bool = True  # False: reading it costs money
    paid_parts: tuple[str, ...] = ()  # CSS selectors of what costs money


def linked_data(tree: HtmlElement) -> LinkedData:
    """What the page's first article states, else the page itself. Other articles on the page, paid or not, do not count."""
    nodes = list(islice(_nodes(tree), _MOST_NODES))
    pages, articles = _of(nodes, _PAGES), _of(nodes, _ARTICLES)
    about = next(iter((*articles, *pages)), {})
    wholes = (*articles[:1], *pages[:1], *_of(nodes, _ELEMENTS))
    parts = [part for node in wholes for part in (node, *_dicts(node.get("hasPart"))) if _costs(part)]
    selectors = (selector for part in parts for selector in _texts(part.get("cssSelector")))
    return LinkedData(
        headline=_text(about, "headline"),
        published=_text(about, "datePublished"),
        updated=_text(about, "dateModified"),
        body=_text(about, "articleBody", 200_000),
        free=not parts,
        paid_parts=tuple(selectors)[:_MOST_PARTS],
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > _LONGEST_SCRIPT:
            continue
        try:
            found = json.loads(script.text, strict=False)  # line breaks inside strings are common
        except (ValueError, RecursionError):
            continue
        for outer in _dicts(found):
            yield outer
            yield from _dicts(outer.get("@graph"))
            yield from _dicts(outer.get("mainEntity"))


def _of(nodes: list[dict[str, Any]], kinds: frozenset[str]) -> list[dict[str, Any]]:
    return [node for node in nodes if any(kind.rpartition("/")[2] in kinds for kind in _texts(node.get("@type")))]


def _costs(node: dict[str, Any]) -> bool:
    """`false`, "False" and "https://schema.org/False" are all in use."""
    said = node.get("isAccessibleForFree")
    return said is not None and str(said).rpartition("/")[2].strip().lower() in ("false", "0", "no")


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, dict)]


def _texts(value: Any) -> list[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


def _text(node: dict[str, Any], key: str, limit: int = 2_000) -> str:
    return next(iter(_texts(node.get(key))), "")[:limit]
