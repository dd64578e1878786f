"""Which feeds a typed word means: id, address, name, or a part of them. Pure; asks no store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from rapidfuzz import fuzz, process

from bot.model.errors import UnknownItem
from bot.model.feeds import Feed, FeedId
from bot.text.urls import link_key, typed_address

_NEAR = 60.0  # of 100: "The Lantren" is 91 to "The Lantern"


def picked(words: Sequence[str], feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """The feeds that any of the words means, in the order of `feeds`. Raises UnknownItem, with what is near, for a word that means none."""
    chosen: set[FeedId] = set()
    for word in words:
        meant = called(word, feeds) or holding(word, feeds)
        if not meant:
            raise UnknownItem(word, nearest(word, feeds))
        chosen.update(feed.id for feed in meant)
    return tuple(feed for feed in feeds if feed.id in chosen)


def called(word: str, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """The feeds with exactly that id, name or address, in any letter case or spelling of the address."""
    wanted = word.strip().casefold()
    key = link_key(typed_address(word)) if typed_address(word) else ""
    hosts = hosts_in([key])
    return tuple(
        feed
        for feed in feeds
        if wanted in (feed.id.casefold(), feed.name.casefold())
        or any(may_be_at(address, hosts) and link_key(address) == key for address in {feed.url, feed.address} if key)
    )


def holding(word: str, feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """The feeds whose name or address holds the word."""
    wanted = word.strip().casefold()
    return tuple(
        feed for feed in feeds if wanted and (wanted in feed.name.casefold() or wanted in feed.address.casefold())
    )


def nearest(word: str, feeds: Sequence[Feed]) -> tuple[str, ...]:
    """Up to three names, addresses or ids that look like the word."""
    known = [text for feed in feeds for text in (feed.name, feed.url, feed.id) if text]
    found = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3)
    return tuple(dict.fromkeys(text for text, _, _ in found))


def hosts_in(keys: Iterable[str]) -> frozenset[str]:
    """The hosts of some `link_key`s."""
    return frozenset(key.partition("/")[0].partition("?")[0] for key in keys)


def may_be_at(address: str, hosts: Collection[str]) -> bool:
    """Whether an address can have a `link_key` at one of the hosts. Rules out nearly all of many thousands at a tenth of its cost."""
    host = address.partition("://")[2].partition("/")[0].partition("?")[0].lower()
    return host in hosts or host.partition(".")[2] in hosts or not address.isascii()
