"""Joins a labelled corpus, a topic and the analysis for `planwatch evaluate`. Knows neither store nor network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.app.following import analysts_for, known_topics, load_all, the_packs
from bot.app.machine import chosen
from bot.corpora.labelled import read_corpus
from bot.model.feeds import Article
from bot.model.topics import Topic
from bot.services.evaluate import Evaluation, evaluate
from bot.settings import Settings
from bot.summariser.analysis import Analysis, analyse
from bot.text.words import Morphology


def evaluated(settings: Settings, folder: Path, wanted: str) -> Evaluation:
    """The scores on the corpus in `folder`, for the topic asked for, else the corpus' own, else the first followed.

    Raises CorpusError, TopicFileError and UnknownTopic.
    """
    corpus = read_corpus(folder)
    topics = load_all(settings, known_topics(settings))
    topic = chosen(topics, wanted or str(corpus.topic or settings.topics[0]))
    analyst = analysts_for((topic,), the_packs(settings))[0]

    def ours(articles: Sequence[Article], _: Topic) -> Analysis:
        return analyse(articles, analyst)

    return evaluate(corpus, topic, ours, Morphology())
