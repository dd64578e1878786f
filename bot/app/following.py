"""What is followed, from files: topics, language packs, weights, the bot's sentences, sources. Knows no store and no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable

from bot.model.errors import Mistake, TopicFileError
from bot.model.languages import LanguagePack
from bot.model.topics import Topic
from bot.present.voices import Voice
from bot.settings import FeedSetting, Settings, read_feeds_file, shipped
from bot.summariser.analysis import Analyst
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic, topic_ids
from bot.topics.weights import load_weights


class WallClock:
    """The machine's clock: the only place where the present moment is asked for."""

    def now(self) -> datetime:
        """Now, aware, UTC."""
        return datetime.now(UTC)


def release() -> str:
    """The version that is installed."""
    try:
        return version("planwatch")
    except PackageNotFoundError:
        return "0"  # run from a folder that was never installed


def topic_file(settings: Settings, topic: str) -> Traversable:
    """Where a topic's file lies: the operator's folder first, then the shipped ones."""
    own = settings.topics_dir / f"{topic}.toml" if settings.topics_dir else None
    return own if own is not None and own.is_file() else shipped("topics", f"{topic}.toml")


def known_topics(settings: Settings) -> tuple[str, ...]:
    """Ids of all topic files there are, the operator's and the shipped ones."""
    ids = set(topic_ids(shipped("topics")))
    if settings.topics_dir:
        ids |= set(topic_ids(settings.topics_dir))
    return tuple(sorted(ids))


def load_all(settings: Settings, ids: Sequence[str]) -> tuple[Topic, ...]:
    """The topics with these ids, in that order. Raises TopicFileError with the mistakes of all files together."""
    topics, mistakes = [], list[Mistake]()
    for topic in ids:
        try:
            topics.append(load_topic(topic_file(settings, topic)))
        except TopicFileError as error:
            mistakes.extend(error.mistakes)
    if mistakes:
        raise TopicFileError(tuple(mistakes))
    return tuple(topics)


def the_packs(settings: Settings) -> Mapping[str, LanguagePack]:
    """All language packs: the operator's, and the shipped ones for other languages. Raises TopicFileError."""
    own = load_packs(settings.words_dir) if settings.words_dir else {}
    return {**load_packs(shipped("words")), **own}


def analysts_for(topics: Sequence[Topic], packs: Mapping[str, LanguagePack]) -> tuple[Analyst, ...]:
    """One analyst a topic, sharing one morphology. Raises TopicFileError."""
    weights, morphology = load_weights(shipped("weights.json")), Morphology()
    return tuple(Analyst(topic, packs, weights, morphology) for topic in topics)


def the_voice() -> Voice:
    """The bot's sentences in every language it speaks."""
    folders = [folder for folder in shipped("locales").iterdir() if folder.is_dir() and not folder.name.startswith("_")]
    return Voice({folder.name: _joined(folder) for folder in folders})


def _joined(folder: Traversable) -> str:
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".ftl")), key=lambda file: file.name)
    return "\n".join(file.read_text("utf-8") for file in files)


def sources_of(settings: Settings) -> tuple[FeedSetting, ...]:
    """The operator's sources, else the shipped ones. Raises SettingsError."""
    return read_feeds_file(shipped("feeds.toml")) if settings.feeds is None else settings.feeds
