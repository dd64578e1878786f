"""Small print: what was read, what could not be read, what was left out. Knows no stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.model.digests import Digest
from bot.model.feeds import Feed
from bot.present.names import blind, in_a_sentence, not_yet, read, watched
from bot.present.reader import Reader

NAMED = 3  # outlets named in one line; the rest is counted, /sources names them all
Unread = tuple[str, datetime | None]  # an outlet, and since when it cannot be read


def reading_lines(feeds: Sequence[Feed], reader: Reader) -> Iterator[str]:
    """Read: 14 of 16 sources. Blind: Svitanok since 4 January. Not read yet: 1. Nothing where no feeds are known."""
    counted = watched(feeds)
    if not counted:
        return
    parts = [counts_read(counted, reader)]
    unread = [(in_a_sentence(feed.name), feed.failing_since) for feed in blind(counted)]
    if unread:
        shown = [_since("blind-since", name, since, reader) for name, since in unread[:NAMED]]
        parts.append(reader.say("blind", outlets=_and_more(shown, len(unread) - len(shown), reader)))
    fresh = len(not_yet(counted))
    parts += [reader.say("not-read-yet", sources=fresh)] if fresh else []
    yield " ".join(parts)


def counts_read(feeds: Sequence[Feed], reader: Reader) -> str:
    """Read: 14 of 16 sources."""
    return reader.say("read-sources", read=len(read(feeds)), sources=len(watched(feeds)))


def unread_line(digest: Digest, reader: Reader) -> str:
    """2 of 14 sources could not be read since 3 January: Svitanok, Kestrel Post (since 5 January). Empty where all were read.

    The day is the earliest of theirs, in the reader's zone; who became unreadable on a later day is named with that day.
    """
    parts = []
    if digest.blind:
        parts.append(_could_not(digest.blind, digest.sources, reader))
    if digest.not_yet:
        parts.append(reader.say("sources-not-yet", count=digest.not_yet, sources=digest.sources))
    return " ".join(parts)


def last_read(feeds: Sequence[Feed], reader: Reader) -> str:
    """When any of the feeds was last read, in words; empty if never."""
    moments = [feed.succeeded_at for feed in watched(feeds) if feed.succeeded_at is not None]
    return reader.say("last-read", moment=reader.day_and_clock(max(moments))) if moments else ""


def _could_not(unread: Sequence[Unread], sources: int, reader: Reader) -> str:
    ordered = [(in_a_sentence(name), since) for name, since in sorted(unread, key=_longest)]
    days = [reader.day(since) for _, since in ordered if since is not None]
    shown = [
        name if since is None or reader.day(since) == days[0] else _since("unread-since", name, since, reader)
        for name, since in ordered[:NAMED]
    ]
    outlets = _and_more(shown, len(unread) - len(shown), reader)
    message = "sources-unread" if days else "sources-unread-ever"
    return reader.say(message, count=len(unread), sources=sources, day=days[0] if days else "", outlets=outlets)


def _longest(unread: Unread) -> tuple[bool, float, str]:
    name, since = unread
    return since is None, since.timestamp() if since else 0.0, name


def _since(message: str, name: str, since: datetime | None, reader: Reader) -> str:
    return reader.say(message, outlet=name, day=reader.day(since)) if since else name


def _and_more(names: Sequence[str], more: int, reader: Reader) -> str:
    listed = ", ".join(names)
    return reader.say("and-more", names=listed, count=more) if more else listed
