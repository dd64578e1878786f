"""Small print: what was read, what could not be read, what was left out. Knows no stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.model.feeds import Feed, Health
from bot.present.names import blind, read, watched
from bot.present.reader import Reader


def reading_lines(feeds: Sequence[Feed], reader: Reader) -> Iterator[str]:
    """Read: 14 of 16 sources. Blind: Svitanok since 4 January. Nothing where no feeds are known."""
    counted = watched(feeds)
    if not counted:
        return
    parts = [reader.say("read-sources", read=len(read(counted)), sources=len(counted))]
    unseen = [feed.name for feed in counted if feed.health is Health.NEW]
    parts += blind_parts([(feed.name, feed.failing_since) for feed in blind(counted)], reader)
    parts += [reader.say("not-read-yet", sources=len(unseen))] if unseen else []
    yield " ".join(parts)


def blind_parts(outlets: Sequence[tuple[str, datetime | None]], reader: Reader) -> list[str]:
    """Blind: Svitanok since 4 January, Kestrel Post. Empty where all can be read."""
    if not outlets:
        return []
    return [reader.say("blind", outlets=", ".join(_since(name, since, reader) for name, since in outlets))]


def last_read(feeds: Sequence[Feed], reader: Reader) -> str:
    """When any of the feeds was last read, in words; empty if never."""
    moments = [feed.succeeded_at for feed in watched(feeds) if feed.succeeded_at is not None]
    return reader.say("last-read", moment=reader.day_and_clock(max(moments))) if moments else ""


def _since(name: str, since: datetime | None, reader: Reader) -> str:
    return reader.say("blind-since", outlet=name, day=reader.day(since)) if since else name
