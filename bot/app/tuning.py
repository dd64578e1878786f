"""Brings articles that were judged to the tuning of a topic: those of a labelled corpus, or those of the store. Knows neither terms nor tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.following import known_topics, load_all, the_packs
from bot.app.machine import Machine, chosen
from bot.corpora.labelled import read_corpus
from bot.model.corpora import LabelledArticle, Relevance
from bot.model.digests import Window
from bot.model.feeds import Article, ArticleId, FeedId
from bot.model.topics import Topic
from bot.services.termuses import Judged, Tuning
from bot.services.tuning import Tuner, tuned
from bot.settings import Settings
from bot.text.words import Morphology, folded
from bot.topics import load_topic

STRETCH = timedelta(days=7)  # of the store, read at once
MOST = 5_000  # articles of the store: under two minutes, and terms that do nothing in so many do nothing


def the_topic(settings: Settings, name: str) -> Topic:
    """The topic that an id, the beginning of one, or a file's name means; the first followed without a name.

    Raises TopicFileError and UnknownTopic.
    """
    if name.endswith(".toml"):
        return load_topic(Path(name))
    return chosen(load_all(settings, known_topics(settings)), name or settings.topics[0])


def tuned_on_corpus(settings: Settings, name: str, folder: Path) -> Tuning:
    """By a labelled corpus, for the topic named, else the corpus' own. Raises CorpusError, TopicFileError and UnknownTopic."""
    corpus = read_corpus(folder)
    topic = the_topic(settings, name or str(corpus.topic or ""))
    return tuned((_judged(label) for label in corpus.articles), topic, the_packs(settings), Morphology())


async def tuned_on_store(
    machine: Machine, name: str, window: Window, say: Callable[[str], None]
) -> tuple[Tuning, datetime]:
    """By what the store holds of the topic, newest first, and from when on it was read: after MOST articles there is an end.

    An article belongs if the analysis said so. A file may stand in for the topic's own. Raises TopicFileError, UnknownTopic and StoreError.
    """
    topic = the_topic(machine.settings, name)
    tuner = Tuner(topic, the_packs(machine.settings), Morphology())
    until, count = window.until, 0
    while until > window.since and count < MOST:
        stretch = Window(since=max(window.since, until - STRETCH), until=until)
        for judged in await _stored(machine, topic, stretch):
            tuner.read(judged)
            count += 1
        until = stretch.since
        say(f"Reading {until:%Y-%m-%d} … {count} articles")
    return tuner.report(), until


async def _stored(machine: Machine, topic: Topic, window: Window) -> list[Judged]:
    told: Mapping[tuple[ArticleId, int], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for point in await machine.store.points(topic.id, window=window):
        told[point.article, point.version][folded(point.quote)].add(point.category)
    return [
        Judged(article, reading.relevant, _frozen(told[article.id, article.version]))
        for article, reading in await machine.store.articles(topic.id, window)
    ]


def _frozen(told: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {quote: frozenset(categories) for quote, categories in told.items()}


def _judged(label: LabelledArticle) -> Judged:
    told: dict[str, set[str]] = defaultdict(set)
    for point in label.points:
        told[folded(point.quote)].add(point.category)
    return Judged(_article(label), label.relevance is Relevance.BELONGS, _frozen(told))


def _article(label: LabelledArticle) -> Article:
    return Article(
        id=ArticleId(label.id),
        version=1,
        url=label.url,
        feed_id=FeedId(label.outlet),
        outlet=label.outlet,
        official=False,
        title=label.title,
        text=label.body_text,
        language=label.language,
        published=label.published,
        told_at=label.told_at,
        first_seen=label.told_at,
        text_from="page",
        content_hash="",
    )
