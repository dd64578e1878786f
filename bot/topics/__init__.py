"""Adapter: topic files and language packs on disk → nouns, with every mistake told at once."""

from bot.topics.files import load_topic, load_topics, topic_ids
from bot.topics.packs import load_packs

__all__ = ["load_packs", "load_topic", "load_topics", "topic_ids"]
