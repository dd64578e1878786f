"""Asks feeds how they are, whoever is due: what came, in which language, and what is odd. Stores nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.model.errors import SourceError
from bot.model.feeds import Entry, Feed
from bot.services.sites import Sites
from bot.services.visits import named, newest
from bot.text.languages import language_of

AT_ONCE = 32  # feeds under way, each with one body in memory; the fetcher spaces those of one host
_KNOWN = ("en", "uk", "ru")
_TITLES = 40  # whose language is looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One feed asked afresh. Nothing of it is stored."""

    feed: Feed  # as it is stored, with name and language from its document where it had none
    error: SourceError | None = None
    entries: int = 0
    dropped: int = 0  # entries over the cap, or without any text
    newest: datetime | None = None
    detected: str = ""  # the language of its titles; empty where they do not tell
    moved_to: str | None = None
    hub: str | None = None


async def check(sites: Sites, feeds: Sequence[Feed], told: Callable[[Checked], None] | None) -> tuple[Checked, ...]:
    """Ask each feed once, unconditionally, some at a time; `told` hears of each as it ends. In the order of `feeds`."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(feed: Feed) -> Checked:
        async with places:
            checked = await _checked(sites, feed)
        if told is not None:
            told(checked)
        return checked

    return tuple(await asyncio.gather(*(one(feed) for feed in feeds)))


async def _checked(sites: Sites, feed: Feed) -> Checked:
    try:
        fetched, parsed = await sites.asked(feed)
    except SourceError as error:
        return Checked(feed=feed, error=error, newest=feed.newest_at)
    return Checked(
        feed=named(feed, parsed),
        entries=len(parsed.entries),
        dropped=parsed.dropped,
        newest=newest(parsed.entries),
        detected=_language(parsed.entries),
        moved_to=fetched.permanent_url,
        hub=fetched.hub or parsed.hub,
    )


def _language(entries: Sequence[Entry]) -> str:
    """What titles are written in; several of them, since one alone may be a name."""
    found = language_of("\n".join(entry.title for entry in entries[:_TITLES]), _KNOWN)
    return "" if found == "und" else found
