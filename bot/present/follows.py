"""What a chat follows and when it hears of it. Knows no store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model.replies import Button, Heading, Item, Paragraph, Reply, Run, Style, plain
from bot.model.topics import Topic, TopicId
from bot.present.buttons import rows_of, ways
from bot.present.places import city_of
from bot.present.reader import Reader
from bot.present.views import FollowView


def next_digest(due: datetime, reader: Reader) -> str:
    """Next digest: tomorrow, Monday 6 January, at 08:00 in Kyiv."""
    days = -reader.days_ago(due)
    near = "today" if days == 0 else "tomorrow" if days == 1 else "later"
    return reader.say(
        "next-digest",
        near=near,
        weekday=reader.weekday(due),
        day=reader.day(due),
        clock=reader.clock(due),
        hour=reader.hour(due),
        city=reader.city,
    )


def subscribed(view: FollowView, reader: Reader) -> Reply:
    """What was set, and when the next digest comes."""
    cadence = view.subscription.cadence
    said = reader.say(
        "subscribed-again" if view.changed else "subscribed",
        topic=view.topic.names.of(reader.language),
        clock=f"{cadence.hour:02}:{cadence.minute:02}",
        hour=cadence.hour,
        city=city_of(cadence.zone, reader.language),
    )
    how = reader.say("how-to-change")
    lines = (plain(f"{said} {next_digest(view.subscription.next_due_at, reader)}"), (Run(how, Style.SOFT),))
    return Reply(blocks=tuple(Paragraph(line) for line in lines), buttons=ways(reader, "layers", "digest"))


def unsubscribed(count: int, reader: Reader) -> Reply:
    """That no digest comes any more; reading on demand stays."""
    return Reply(blocks=(Paragraph(plain(reader.say("unsubscribed", count=count))),), buttons=ways(reader, "layers"))


def language_set(reader: Reader) -> Reply:
    """In the language that was chosen."""
    return Reply(blocks=(Paragraph(plain(reader.say("language-set"))),), buttons=ways(reader, "layers", "help"))


def topics_reply(topics: Sequence[Topic], current: TopicId, reader: Reader) -> Reply:
    """Every topic with its id; the chat's own is marked in words."""
    items = tuple(_topic(topic, topic.id == current, reader) for topic in topics)
    buttons = [Button(topic.names.of(reader.language), f"topic {topic.id}") for topic in topics if topic.id != current]
    return Reply(blocks=(Heading(plain(reader.say("topics-title"))), *items), buttons=rows_of(buttons, 1))


def topic_set(topic: Topic, reader: Reader) -> Reply:
    """Which plan the commands speak of from now on."""
    said = reader.say("topic-set", topic=topic.names.of(reader.language))
    return Reply(blocks=(Paragraph(plain(said)),), buttons=ways(reader, "layers", "status"))


def _topic(topic: Topic, is_current: bool, reader: Reader) -> Item:
    mark = (Run(" · " + reader.say("topic-current"), Style.SOFT),) if is_current else ()
    return Item((Run(topic.names.of(reader.language), Style.STRONG), *mark), ((Run(topic.id, Style.CODE),),))
