"""Commands that change what a chat follows: subscribe, unsubscribe, language, topic. Rights were asked before."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.asking import Asked, Tools, labels
from bot.commands.hours import read_cadence
from bot.commands.words import Choice, meant, nearest, topics
from bot.model.errors import BadWord, UnknownTopic
from bot.model.replies import Reply
from bot.present.follows import language_set, subscribed, topic_set, topics_reply, unsubscribed

_NAMES = {
    "en": ("english", "англійська", "англійською", "английский"),
    "uk": ("ukrainian", "ua", "українська", "українською", "украинский"),
}


async def subscribe(asked: Asked, tools: Tools) -> Reply:
    """A daily digest here, at the hour and in the zone that were typed; unnamed, 08:00 in the chat's zone."""
    cadence = read_cadence(asked.words, asked.chat.zone, asked.reader.language)
    view = await tools.follower.subscribe(asked.chat, asked.topic, cadence)
    return subscribed(view, replace(asked.reader, zone=cadence.zone))


async def unsubscribe(asked: Asked, tools: Tools) -> Reply:
    """No digest here any more."""
    return unsubscribed(await tools.follower.unsubscribe(asked.chat.ref), asked.reader)


async def language(asked: Asked, tools: Tools) -> Reply:
    """Another language for this chat and its digests."""
    choices = languages(asked.reader.voice.languages)
    found = meant(asked.words, choices)
    if found is None:
        raise BadWord(asked.words, labels(choices))
    await tools.follower.speak(asked.chat, found.key)
    return language_set(replace(asked.reader, language=found.key))


async def topic(asked: Asked, tools: Tools) -> Reply:
    """Another plan for this chat; without a word, all that are followed."""
    if not asked.words:
        return topics_reply(tools.topics, asked.topic.id, asked.reader)
    choices = topics(tools.topics, asked.reader.language)
    found = meant(asked.words, choices)
    if found is None:
        raise UnknownTopic(asked.words, labels(nearest(asked.words, choices)))
    chosen = next(each for each in tools.topics if each.id == found.key)
    await tools.follower.turn_to(asked.chat, chosen)
    return topic_set(chosen, asked.reader)


def languages(spoken: tuple[str, ...]) -> tuple[Choice, ...]:
    """What can be spoken, by code and name."""
    return tuple(Choice(code, code, _NAMES.get(code, ())) for code in spoken)
