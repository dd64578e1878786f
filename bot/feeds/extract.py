"""Finds the main text of an article page, off the event loop. Knows nothing of connections, feeds or what the text is about."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import lxml.html
import trafilatura
from lxml import etree

from bot.feeds.encodings import readable
from bot.feeds.furniture import Furniture, is_wall
from bot.feeds.kinds import page_kind
from bot.feeds.pagefacts import PageFacts, page_facts
from bot.model.feeds import Fetched, Page
from bot.text.html import folded_line

_MOST_MARKUP = 3_000_000  # characters of a page that are looked at
_MOST_TEXT = 200_000
_WORTH_HAVING = 100  # characters; shorter is a caption, a stub or nothing
_STUB = 600  # characters; beside a wall, so little is a teaser and not the article
_WALLS = ("challenge page", "consent wall")
_BLOCKS = frozenset(
    {
        "body",
        "p",
        "head",
        "list",
        "item",
        "quote",
        "code",
        "table",
        "row",
        "cell",
        "div",
        "section",
        "lb",
        "main",
        "article",
    }
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each page without text as an error


class PageExtractor:
    """The `Extractor`. `furniture` are further beginnings of lines to drop; at most two pages are taken apart at once."""

    def __init__(
        self,
        *,
        furniture: tuple[str, ...] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        patience: timedelta = timedelta(seconds=30),
    ) -> None:
        self._furniture = Furniture(furniture)
        self._now = now
        self._patience = patience.total_seconds()
        self._places = asyncio.Semaphore(2)

    async def extract(self, fetched: Fetched) -> Page | None:
        """The page's main text, or None where there is none worth having: a wall, a stub, a script, a picture, a PDF."""
        async with self._places:
            try:
                async with asyncio.timeout(self._patience):
                    return await asyncio.to_thread(page_of, fetched, self._furniture, self._now())
            except TimeoutError:
                return None


def page_of(fetched: Fetched, furniture: Furniture, now: datetime) -> Page | None:
    """The page, its paragraphs separated by one blank line. White space is folded inside paragraphs; nothing else of the text changes."""
    markup = readable(fetched.body[: _MOST_MARKUP * 4], fetched.content_type)[0][:_MOST_MARKUP]
    tree = _tree(markup) if _is_page(fetched, markup) else None
    if tree is None:
        return None
    facts = page_facts(tree, fetched.final_url, now)
    text = _main_text(tree, furniture, facts, walled=not facts.free or page_kind(fetched.body) in _WALLS)
    if text is None:
        return None
    return Page(
        url=fetched.final_url,
        title=facts.title,
        text=text,
        published=facts.published,
        updated=facts.updated,
        canonical_url=facts.canonical_url,
        language=facts.language,
    )


def _main_text(tree: lxml.html.HtmlElement, furniture: Furniture, facts: PageFacts, *, walled: bool) -> str | None:
    found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    body = getattr(found, "body", None)
    told = [] if body is None else _paragraphs(body)
    unwalled = [line for line in told if not is_wall(line)]
    kept = (line for line in unwalled if line not in (facts.title, facts.heading) and not furniture.is_furniture(line))
    text = "\n\n".join(kept)[:_MOST_TEXT].rstrip()
    least = _STUB if walled or len(unwalled) < len(told) else _WORTH_HAVING
    return text if len(text) >= least else None


def _is_page(fetched: Fetched, markup: str) -> bool:
    kind = fetched.content_type.split(";")[0].strip().lower()
    stated = kind in (
        "",
        "text/html",
        "application/xhtml+xml",
        "application/xml",
        "text/xml",
        "text/plain",
        "application/octet-stream",
    )
    return stated and "<" in markup[:2_000] and not markup.startswith("%PDF")


def _tree(markup: str) -> lxml.html.HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _paragraphs(body: etree._Element) -> list[str]:
    """One line for each block: paragraph, heading, list item, quotation, cell, line between breaks."""
    out: list[str] = []
    line: list[str] = []

    def end() -> None:
        folded = folded_line("".join(line))
        line.clear()
        if folded and (not out or out[-1] != folded):
            out.append(folded)

    for event, node in etree.iterwalk(body, events=("start", "end")):
        if node.tag in _BLOCKS:
            end()
        line.append((node.text if event == "start" else node.tail if node is not body else "") or "")
    end()
    return out
