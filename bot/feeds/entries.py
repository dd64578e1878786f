"""From what a feed said of one item to an `Entry`: identity, link, plain texts, dates. Knows neither XML nor JSON."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.feeds.dates import settled
from bot.model.feeds import Entry, EntryId, FeedId
from bot.text.html import line_of, paragraphs_of_lines, text_of
from bot.text.urls import canonical_link

MOST_ENTRIES = 2_000  # the first in the document; the rest is cut and counted as dropped
TITLE_LIMIT = 500
SUMMARY_LIMIT = 10_000
CONTENT_LIMIT = 150_000


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


def entries_of(items: Sequence[Said], feed: FeedId, base: str, now: datetime) -> tuple[tuple[Entry, ...], int]:
    """Entries in the document's order, each identity once, and how many items were left out (no text, repeated, over the cap)."""
    taken = items[:MOST_ENTRIES]
    links = [canonical_link(item.link, base) for item in taken]
    reused = _reused(taken, links)
    made = (
        _entry(item, link, feed, now, trust_guid=item.guid not in reused)
        for item, link in zip(taken, links, strict=True)
    )
    kept = _once(entry for entry in made if entry is not None)
    return kept, len(items) - len(kept)


def _reused(items: Sequence[Said], links: Sequence[str]) -> frozenset[str]:
    """Guids that stand for more than one link in this document: they identify nothing."""
    pairs = {(item.guid, link) for item, link in zip(items, links, strict=True) if item.guid and link}
    counts = Counter(guid for guid, _ in pairs)
    return frozenset(guid for guid, count in counts.items() if count > 1)


def _entry(item: Said, link: str, feed: FeedId, now: datetime, *, trust_guid: bool) -> Entry | None:
    clean = paragraphs_of_lines if item.plain else text_of
    title = line_of(item.title, TITLE_LIMIT)
    summary = clean(item.summary)[:SUMMARY_LIMIT].rstrip()
    content = clean(item.content)[:CONTENT_LIMIT].rstrip()
    if not (title or summary or content):
        return None
    published, updated, note = settled(item.published, item.updated, now)
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
        language=short_language(item.language),
        content_hash=digest,
        date_note=note,
    )


def _identity(guid: str, link: str, digest: str) -> EntryId:
    """The guid, else the link, else the content, as a short name that says which; a guid that is a link is taken in its canonical form."""
    if guid.strip():
        return EntryId("g-" + _digest(canonical_link(guid) or guid.strip()))
    return EntryId("l-" + _digest(link)) if link else EntryId("c-" + digest)


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode("utf-8", "replace")).hexdigest()[:32]


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Each identity once: the telling that was updated last, else the first; at the place of the first."""
    kept: dict[EntryId, Entry] = {}
    for entry in entries:
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
