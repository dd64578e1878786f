"""What layers, parties, values and sources are called in the reader's language. Knows no dates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.model.feeds import Feed, Health
from bot.model.topics import POSITION, PROCESS, Category, PartyId, SlotId, Topic
from bot.present.reader import Reader

_COMMAND = re.compile(r"(?<![\w/<>])/(?=[A-Za-z0-9_])")
SILENT_AFTER = timedelta(days=30)  # since the newest entry of a feed


def category_title(topic: Topic, category: Category, reader: Reader) -> str:
    """A layer's name, a party's name, or the word for the process; an unknown category by its id."""
    if category == PROCESS:
        return reader.say("process")
    if category.startswith(POSITION):
        return party_name(topic, PartyId(category.removeprefix(POSITION)), reader)
    layer = topic.layer(category)
    return layer.names.of(reader.language) if layer else category


def party_name(topic: Topic, party_id: PartyId, reader: Reader, member: str | None = None) -> str:
    """A party's name, or that of one of its members."""
    party = topic.party(party_id)
    if party is None:
        return member or party_id
    names = next((each.names for each in party.members if each.id == member), None)
    return names.of(reader.language) if names else (member or party.names.of(reader.language))


def is_plural(name: str) -> bool:
    """Whether an English name takes a plural verb: unions do, the US and the United States do not."""
    last = name.rpartition(" ")[2]
    return last.endswith("s") and not last.endswith(("ss", "us", "States", "Nations")) and not last.isupper()


def layer_number(topic: Topic, category: str) -> int | None:
    """1 for the first layer; None for what is no layer."""
    return next((number for number, layer in enumerate(topic.layers, 1) if layer.id == category), None)


def slot_name(topic: Topic, slot_id: SlotId | None, reader: Reader) -> str:
    """A tracked value's name, or an empty text."""
    slot = topic.slot(slot_id) if slot_id else None
    return slot.names.of(reader.language) if slot else ""


def others(outlets: Iterable[str], but: str) -> tuple[str, ...]:
    """The outlets without one, each once, in order."""
    return tuple(name for name in dict.fromkeys(outlets) if name != but)


def watched(feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """Feeds that count: all but those the operator switched off."""
    return tuple(feed for feed in feeds if feed.health is not Health.PAUSED)


def blind(feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """Feeds whose silence says nothing of the news, longest first: unreadable for long, taken down, or failing since they were added."""
    unread = [feed for feed in feeds if feed.health in (Health.BLIND, Health.GONE) or _never_read(feed)]
    return tuple(sorted(unread, key=lambda feed: (feed.failing_since is None, feed.failing_since, feed.name)))


def not_yet(feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """Feeds that were never asked so far."""
    return tuple(feed for feed in feeds if feed.health is Health.NEW)


def silent(feed: Feed, now: datetime) -> bool:
    """Whether a feed answers but has had nothing new for long: it may have moved without a word."""
    lately = feed.health in (Health.GOOD, Health.FAILING)
    return lately and feed.newest_at is not None and now - feed.newest_at > SILENT_AFTER


def read(feeds: Iterable[Feed]) -> tuple[Feed, ...]:
    """Feeds whose last reading still counts: good ones, and those that failed only lately."""
    lately = (feed for feed in feeds if feed.health in (Health.GOOD, Health.FAILING))
    return tuple(feed for feed in lately if feed.succeeded_at is not None)


def _never_read(feed: Feed) -> bool:
    return feed.health is Health.FAILING and feed.succeeded_at is None


def in_a_sentence(outlet: str) -> str:
    """An outlet's name within a line of ours, in which a platform would take `/stop` for a command to be tapped."""
    return _COMMAND.sub("/\u2060", outlet)
