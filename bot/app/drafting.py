"""Reads one article, from an address or from bytes, and has a topic file drafted from it. Knows neither how drafts are made nor a store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.app.building import fetch_options
from bot.app.following import WallClock, the_packs
from bot.feeds.encodings import readable
from bot.feeds.extract import PageExtractor
from bot.feeds.fetch import HttpFetcher
from bot.feeds.workers import Workers
from bot.model.errors import Mistake, SettingsError
from bot.model.feeds import Article, ArticleId, FeedId, Fetched, NoText, Page
from bot.model.languages import LanguagePack
from bot.settings import Settings
from bot.summariser.drafting import LONGEST_ARTICLE, draft_of
from bot.summariser.drafts import Draft
from bot.text.html import folded_line, paragraphs_of_lines
from bot.text.languages import language_of
from bot.text.words import Morphology
from bot.topics.writing import topic_id_of, topic_text

_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|article|main|div|p|h[1-6]|ul|ol)\b", re.IGNORECASE)
_TITLE = 200  # characters; a first line that is longer is no title
_LOOKED_AT = 100_000  # characters in which markup shows


@dataclass(frozen=True, slots=True)
class Drafted:
    """A topic file's text and the draft behind it."""

    topic_id: str
    text: str
    draft: Draft


async def drafted(settings: Settings, source: str, body: bytes | None, topic_id: str, language: str) -> Drafted:
    """A draft from the page at the address `source`, or from `body`, which is a page or plain text.

    An empty `topic_id` is made from the headline, an empty `language` is told from the text. Raises SourceError where the address cannot be
    read, SettingsError where there is no article or no pack for its language.
    """
    packs = the_packs(settings)
    page = await _page(settings, source, body, packs)
    article = _article(page, source, _language(page, language, packs))
    draft = draft_of(article, packs[article.language], Morphology())
    identity = topic_id or topic_id_of(draft.subject[0] if draft.subject else "") or topic_id_of(page.title) or "topic"
    return Drafted(identity, topic_text(draft, identity, packs, source), draft)


async def _page(settings: Settings, source: str, body: bytes | None, packs: Mapping[str, LanguagePack]) -> Page:
    if body is not None:
        text = readable(body, "")[0]
        if not _MARKUP.search(text[:_LOOKED_AT]):
            return _plain(text, source)
        fetched = Fetched(url=source, final_url=source, status=200, content_type="text/html", body=body)
    else:
        async with HttpFetcher(fetch_options(settings), now=WallClock().now) as fetcher:
            fetched = await fetcher.fetch(source, page=True)
    furniture = tuple(line for pack in packs.values() for line in pack.furniture)
    workers = Workers(settings.fetch.processes)
    found = await PageExtractor(furniture=furniture, now=WallClock().now, workers=workers).extract(fetched)
    if isinstance(found, NoText):
        raise _refused(source, f"gives no article: {found.value}", "save the article's text in a file and name that")
    return found


def _plain(text: str, source: str) -> Page:
    """Plain text: its first line is the title if it is as short as one."""
    whole = paragraphs_of_lines(text[: 2 * LONGEST_ARTICLE])
    title, _, rest = whole.partition("\n\n")
    if not whole:
        raise _refused(source, "holds no text", "name a file with an article")
    return (
        Page(url=source, title=title, text=rest)
        if rest and len(title) <= _TITLE
        else Page(url=source, title=title[:_TITLE], text=whole)
    )


def _language(page: Page, wanted: str, packs: Mapping[str, LanguagePack]) -> str:
    found = wanted or language_of(f"{page.title}. {page.text}", packs, page.language)
    if found in packs:
        return found
    said = (
        "is in a language that could not be told"
        if found == "und"
        else f"is in `{found}`, for which there is no language pack"
    )
    known = ", ".join(packs)
    raise _refused(
        page.url, said, f"name the language with --language ({known}), or add a pack as docs/topics.md tells"
    )


def _article(page: Page, source: str, language: str) -> Article:
    now = WallClock().now()
    published = page.published or now
    return Article(
        id=ArticleId("draft"),
        version=1,
        url=source,
        feed_id=FeedId(""),
        outlet="",
        official=False,
        title=folded_line(page.title),
        text=page.text,
        language=language,
        published=published,
        told_at=published,
        first_seen=now,
        text_from="page",
        content_hash="",
    )


def _refused(source: str, problem: str, remedy: str) -> SettingsError:
    return SettingsError((Mistake("command line", "ARTICLE", f"{folded_line(source)[:_TITLE]} {problem}", remedy),))
