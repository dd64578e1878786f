"""What is read, and how well. Knows neither HTTP nor store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.model.feeds import Feed, Health
from bot.model.replies import Block, Heading, Item, Paragraph, Reply, Run, Style, plain
from bot.model.topics import Topic
from bot.present.buttons import ways
from bot.present.footers import last_read, reading_lines
from bot.present.names import watched
from bot.present.quotes import link
from bot.present.reader import Reader

_TROUBLED = (Health.GONE, Health.BLIND, Health.FAILING)


def sources_reply(topic: Topic, feeds: Sequence[Feed], reader: Reader) -> Reply:
    """First what cannot be read and why, then the rest by language."""
    title = Heading(plain(reader.say("sources-title", topic=topic.names.of(reader.language))))
    blocks: tuple[Block, ...] = (title, *_summary(feeds, reader), *_troubled(feeds, reader), *_well(feeds, reader))
    return Reply(blocks=blocks, buttons=ways(reader, "layers", "latest"))


def trouble_words(feed: Feed, reader: Reader) -> str:
    """Why a feed cannot be read, in words, with the server's status where it says something."""
    if feed.trouble is None:
        return reader.say("health-failing")
    said = reader.say(f"trouble-{feed.trouble.value.replace('_', '-')}")
    return f"{said} ({feed.trouble_detail})" if feed.trouble_detail.isdigit() else said


def _summary(feeds: Sequence[Feed], reader: Reader) -> Iterator[Block]:
    if not watched(feeds):
        yield Paragraph(plain(reader.say("no-sources")))
        return
    yield Paragraph(plain(" ".join(line for line in (*reading_lines(feeds, reader), last_read(feeds, reader)) if line)))


def _troubled(feeds: Sequence[Feed], reader: Reader) -> Iterator[Block]:
    for health in _TROUBLED:
        for feed in feeds:
            if feed.health is health:
                since = reader.say("since-day", day=reader.day(feed.failing_since)) if feed.failing_since else ""
                state = ", ".join(part for part in (trouble_words(feed, reader), since) if part)
                yield Item(
                    (_name(feed), Run(f" · {reader.say(f'health-{health.value}')}")), ((Run(state, Style.SOFT),),)
                )


def _well(feeds: Sequence[Feed], reader: Reader) -> Iterator[Block]:
    for language in sorted({feed.language or "" for feed in feeds}):
        names = [
            _name(feed)
            for feed in feeds
            if (feed.language or "") == language and feed.health in (Health.GOOD, Health.NEW)
        ]
        if names:
            said = (
                reader.say(f"language-{language}")
                if reader.voice.knows(f"language-{language}")
                else (language or reader.say("language-unknown"))
            )
            yield Item((Run(said, Style.STRONG), Run(f" · {len(names)}")), (_joined(names),))


def _joined(names: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(run for name in names for run in (Run(", ", Style.SOFT), name))[1:]


def _name(feed: Feed) -> Run:
    return Run(feed.name, Style.PLAIN, link(feed.url))
