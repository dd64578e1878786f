"""All parts of a running planwatch side by side, for those who use several of them. Builds nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.app.hubs import Hubs
from bot.commands.desk import Desk
from bot.commands.words import meant, nearest
from bot.commands.words import topics as choices_of
from bot.metrics import Counters
from bot.model.errors import UnknownTopic
from bot.model.topics import Topic
from bot.ports import Clock, Log
from bot.present.reader import Reader
from bot.present.voices import Voice
from bot.services.browse import Browser
from bot.services.collect import Collector
from bot.services.follow import Follower
from bot.services.sources import Sources
from bot.services.study import Study
from bot.settings import Settings
from bot.store import SqlStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The parts. `sample` says whether they work on the sample world."""

    settings: Settings
    sample: bool
    clock: Clock
    log: Log
    counters: Counters
    store: SqlStore
    topics: tuple[Topic, ...]
    voice: Voice
    browser: Browser
    follower: Follower
    desk: Desk
    collector: Collector
    hubs: Hubs
    sources: Sources
    make_study: Callable[[], Study]  # makes it once: compiling the phrase books takes a second or two

    @property
    def study(self) -> Study:
        """The analysis; made when first asked for, since commands that only read do without. Raises TopicFileError."""
        return self.make_study()

    def topic(self, word: str) -> Topic:
        """The followed topic that a word means; the first without a word. Raises UnknownTopic with the nearest."""
        return chosen(self.topics, word)

    def reader(self, language: str = "", zone: str = "") -> Reader:
        """A reader of this moment; what is not said comes from the settings."""
        spoken = self.voice.language_for(language or self.settings.digest.language)
        return Reader(voice=self.voice, language=spoken, zone=zone or self.settings.digest.zone, now=self.clock.now())


def chosen(topics: Sequence[Topic], word: str) -> Topic:
    """The topic that a word means; the first without a word. Raises UnknownTopic with the nearest."""
    if not word.strip():
        return topics[0]
    choices = choices_of(topics, "en")
    found = meant(word, choices)
    if found is None:
        raise UnknownTopic(word, tuple(choice.key for choice in nearest(word, choices)))
    return next(topic for topic in topics if topic.id == found.key)
