"""From what a feed said of one item to an `Entry`: identity, link, plain texts, dates. Knows neither XML nor JSON."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.feeds.dates import settled
from bot.feeds.scrambled import unscrambled
from bot.model.feeds import Entry, EntryId, FeedId
from bot.text.html import line_of, paragraphs_of_lines, text_of
from bot.text.urls import canonical_link, key_of

MOST_ENTRIES = 2_000  # the first in the document; the rest is cut and counted as dropped
TITLE_LIMIT = 500
SUMMARY_LIMIT = 10_000
CONTENT_LIMIT = 150_000
_MOST_MARKUP = 1_600_000  # characters of markup looked at
_AT_ONCE = timedelta(seconds=5)
_JUST_NOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One item as its document has it: markup and dates untouched, link absolute where a base was known."""

    guid: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    plain: bool = False  # texts are plain, not markup


def entries_of(
    items: Sequence[Said], feed: FeedId, base: str, now: datetime, language: str = ""
) -> tuple[tuple[Entry, ...], int]:
    """Entries in the document's order, each identity once, and how many items were left out (no text, repeated, over the cap).

    `language`, as the document states it, serves those that state none.
    """
    taken = items[:MOST_ENTRIES]
    links = [canonical_link(item.link, base) for item in taken]
    reused = _reused(taken, links)
    spoken = short_language(language) or ""
    made = (
        _entry(item, link, feed, now, spoken, trust_guid=item.guid not in reused)
        for item, link in zip(taken, links, strict=True)
    )
    kept = _dated(_once(entry for entry in made if entry is not None), now)
    return kept, len(items) - len(kept)


def _reused(items: Sequence[Said], links: Sequence[str]) -> frozenset[str]:
    """Guids that stand for more than one link in this document: they identify nothing."""
    pairs = {(item.guid, link) for item, link in zip(items, links, strict=True) if item.guid and link}
    counts = Counter(guid for guid, _ in pairs)
    return frozenset(guid for guid, count in counts.items() if count > 1)


def _entry(item: Said, link: str, feed: FeedId, now: datetime, spoken: str, *, trust_guid: bool) -> Entry | None:
    clean = paragraphs_of_lines if item.plain else text_of
    title = line_of(unscrambled(item.title), TITLE_LIMIT)
    summary = clean(unscrambled(item.summary[:_MOST_MARKUP]))[:SUMMARY_LIMIT].rstrip()
    content = clean(unscrambled(item.content[:_MOST_MARKUP]))[:CONTENT_LIMIT].rstrip()
    if not (title or summary or content):
        return None
    language = short_language(item.language)
    published, updated, note = settled(item.published, item.updated, now, language or spoken)
    digest = _digest(title, summary, content)
    return Entry(
        id=_identity(item.guid if trust_guid else "", link, digest),
        feed_id=feed,
        url=link,
        title=title,
        summary=summary,
        content=content,
        published=published,
        updated=updated,
        language=language,
        content_hash=digest,
        date_note=note,
    )


def _dated(entries: tuple[Entry, ...], now: datetime) -> tuple[Entry, ...]:
    """Without their dates where all of several carry the moment at which the document was made for us: old news would be today's."""
    moments = [entry.published for entry in entries if entry.published]
    if len(entries) < 3 or len(moments) < len(entries) or max(moments) - min(moments) > _AT_ONCE:
        return entries
    if abs(now - max(moments)) > _JUST_NOW:
        return entries
    return tuple(
        replace(entry, published=None, updated=None, date_note="every entry is dated to the moment of reading")
        for entry in entries
    )


def _identity(guid: str, link: str, digest: str) -> EntryId:
    """The guid, else the link, else the content, as a short name that says which; a guid that is a link is taken in its canonical form.

    White space in a guid means nothing, its case may mean everything (RSS 2.0: a string; RFC 4287 section 4.2.6.1: compared letter by letter).
    """
    name = " ".join(guid.split())
    if name:
        return EntryId("g-" + _digest((name == link and link) or canonical_link(name) or name))
    return EntryId("l-" + _digest(link)) if link else EntryId("c-" + digest)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:32]


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each identity once: the telling that was updated last, else the first; at the place of the first. The same words at the same link are one."""
    kept: dict[EntryId, Entry] = {}
    said: dict[tuple[str, str], EntryId] = {}
    for entry in entries:
        if entry.url and said.setdefault((key_of(entry.url), entry.content_hash), entry.id) != entry.id:
            continue
        before = kept.get(entry.id)
        if before is None or _later(entry, before):
            kept[entry.id] = entry
    return tuple(kept.values())


def _later(entry: Entry, before: Entry) -> bool:
    moment, other = entry.updated or entry.published, before.updated or before.published
    return moment is not None and other is not None and moment > other


def short_language(tag: str) -> str | None:
    """The two-letter part of a language tag; `ua`, which many sites write, is Ukrainian. None for anything else."""
    first = tag.strip().lower().replace("_", "-").split("-")[0]
    named = {"ua": "uk", "ukr": "uk", "rus": "ru", "eng": "en"}.get(first, first)
    return named if len(named) == 2 and named.isascii() and named.isalpha() else None
