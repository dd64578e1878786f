"""Finds the main text of an article page, or says why there is none. Knows nothing of connections, feeds or what the text is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from bot.feeds.encodings import readable
from bot.feeds.furniture import Furniture
from bot.feeds.lines import HTML_BLOCKS, lines_of
from bot.feeds.maintext import article_lines
from bot.feeds.neighbours import without_neighbours
from bot.feeds.pagefacts import PageFacts, page_facts
from bot.feeds.prompts import prompt_in
from bot.feeds.pruning import pruned
from bot.feeds.walls import elsewhere, is_about_consent, not_a_page, not_found, wall_before, why_empty
from bot.feeds.workers import WorkerLost, Workers
from bot.model.feeds import Fetched, NoText, Page
from bot.text.html import text_of

_MOST_MARKUP = 3_000_000  # characters of a page that are looked at
_MOST_TEXT = 200_000
_WORTH_HAVING = 100  # characters; shorter is a caption, a stub or nothing
_STUB = 600  # characters; beside a wall, so little is a teaser and not the article


class PageExtractor:
    """The `Extractor`. `furniture` are further beginnings of lines to drop. Pages are taken apart by `workers`; without any, in threads."""

    def __init__(
        self,
        *,
        furniture: tuple[str, ...] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        workers: Workers | None = None,
    ) -> None:
        self._furniture = Furniture(furniture)
        self._now = now
        self._workers = workers or Workers(0)

    async def extract(self, fetched: Fetched) -> Page | NoText:
        """The page's main text, or why there is none worth having."""
        try:
            return await self._workers.run(page_of, fetched, self._furniture, self._now())
        except TimeoutError:
            return NoText.TOO_SLOW
        except (MemoryError, WorkerLost):
            return NoText.BROKEN


def page_of(fetched: Fetched, furniture: Furniture, now: datetime) -> Page | NoText:
    """The page, its paragraphs separated by one blank line. White space is folded inside paragraphs; nothing else of the text changes.

    Pure, and fit to be called in another process.
    """
    markup = readable(fetched.body[: _MOST_MARKUP * 4], fetched.content_type)[0][:_MOST_MARKUP]
    wrong = not_a_page(fetched, markup) or elsewhere(fetched)
    tree = None if wrong else _tree(markup)
    if tree is None:
        return wrong or NoText.NOT_A_PAGE
    facts = page_facts(tree, fetched.final_url, now)
    text = NoText.NOT_FOUND if not_found(facts) else _main_text(tree, markup, furniture, facts, fetched.final_url)
    if isinstance(text, NoText):
        return text
    return Page(
        url=fetched.final_url,
        title=facts.title,
        text=text,
        published=facts.published,
        updated=facts.updated,
        canonical_url=facts.canonical_url,
        language=facts.language,
    )


def _main_text(tree: HtmlElement, markup: str, furniture: Furniture, facts: PageFacts, url: str) -> str | NoText:
    pruned(tree, facts.paid_parts)
    without_neighbours(tree, url)
    told = [
        line
        for line in article_lines(tree, facts.heading) or _stated(facts)
        if line not in (facts.title, facts.heading)
    ]
    article = [line for line in told if not furniture.is_furniture(line) and not prompt_in(line)]
    if is_about_consent(told):
        return NoText.CONSENT
    text = "\n\n".join(article)[:_MOST_TEXT].rstrip()
    return text if len(text) >= _STUB else _worth_having(text, markup, facts)


def _worth_having(text: str, markup: str, facts: PageFacts) -> str | NoText:
    """A short text, unless it is what stands before a wall."""
    lines = _all_lines(markup)
    wall = wall_before(markup, facts, lines)
    return wall or (text if len(text) >= _WORTH_HAVING else why_empty(markup, lines))


def _all_lines(markup: str) -> list[str]:
    """Every line of a page, boxes and prompts included."""
    tree = _tree(markup)
    if tree is None:
        return []
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return [line.text for line in lines_of(tree, HTML_BLOCKS)]


def _stated(facts: PageFacts) -> list[str]:
    """The article as the page's linked data has it, for pages that are put together by scripts; not where it costs money."""
    return text_of(facts.body).split("\n\n") if facts.free and facts.body else []


def _tree(markup: str) -> HtmlElement | None:
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
