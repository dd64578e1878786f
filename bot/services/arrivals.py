"""Which entries of a document are news to us, and which are old ones in a new dress. Knows the store by its port only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model.feeds import Entry, EntryId, Feed
from bot.ports import FeedShelf, KnownEntries
from bot.text.urls import key_of


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Entries to be kept: never seen, or with another text than before."""

    entries: tuple[Entry, ...]
    edited: int  # how many of them were seen before


async def arrivals(store: FeedShelf, feed: Feed, entries: Sequence[Entry]) -> Arrivals:
    """What of `entries` is new or edited.

    An entry is known by its id; one with an unknown id under a link that the feed gave before is the entry of that link, so
    that a feed that makes up new guids at every fetch brings nothing twice. Under a link that is no identity, the same words are
    a repetition.
    """
    if feed.succeeded_at is None:
        return Arrivals(tuple(entries), 0)
    links = [entry.url for entry in entries if entry.url]
    found = await store.known_entries(feed.id, [entry.id for entry in entries], links)
    entries, known = _recognised(entries, found)
    fresh = tuple(
        entry
        for entry in entries
        if known.get(entry.id) != entry.content_hash
        and (entry.id in known or (entry.url, entry.content_hash) not in found.told)
    )
    return Arrivals(fresh, sum(entry.id in known for entry in fresh))


def _recognised(entries: Sequence[Entry], known: KnownEntries) -> tuple[list[Entry], dict[EntryId, str]]:
    """Entries under the ids that their links had before.

    Not so where several entries of the document share the link in any spelling, as posts of a live blog do, or where the entry of before
    is in the document itself: then the link is no identity.
    """
    shared = Counter(key_of(entry.url) for entry in entries)
    present = {entry.id for entry in entries}
    found, hashes = [], dict(known.by_id)
    for entry in entries:
        old, content_hash = known.by_link.get(entry.url, (entry.id, ""))
        if entry.id not in known.by_id and old not in present and shared[key_of(entry.url)] == 1 and content_hash:
            hashes[old] = content_hash
            found.append(replace(entry, id=old))
        else:
            found.append(entry)
    return found, hashes
