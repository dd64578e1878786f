"""What every command gets to see, and the services it may use. Knows no command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.commands.words import Choice, categories, meant, nearest
from bot.model.chats import Chat
from bot.model.errors import UnknownLayer
from bot.model.replies import Request
from bot.model.topics import Category, Topic
from bot.present.reader import Reader
from bot.services.browse import Browser
from bot.services.follow import Follower
from bot.services.looks import Looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What commands work with."""

    browser: Browser
    follower: Follower
    looks: Looks
    topics: Sequence[Topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, understood: who reads, which chat, which topic, and the words after the command."""

    request: Request
    chat: Chat
    topic: Topic
    reader: Reader
    words: str


def category_of(asked: Asked, word: str) -> Category:
    """The layer, party or process that a word means. Raises UnknownLayer with the three nearest names."""
    choices = categories(asked.topic, asked.reader.language)
    found = meant(word, choices)
    if found is None:
        raise UnknownLayer(word, labels(nearest(word, choices)))
    return Category(found.key)


def labels(choices: Sequence[Choice]) -> tuple[str, ...]:
    """The names choices are shown by."""
    return tuple(choice.label for choice in choices)
