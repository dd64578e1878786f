"""What is read, and how well: those in trouble first, the rest by language, a page of them. Knows neither HTTP nor store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.model.feeds import Feed, Health
from bot.model.replies import Block, Button, Footer, Heading, Item, Paragraph, Reply, Run, Style, plain
from bot.model.topics import Topic
from bot.present.buttons import Rows, ways
from bot.present.footers import counts_read, last_read
from bot.present.names import blind, not_yet, silent, watched
from bot.present.quotes import link
from bot.present.reader import Reader

A_PAGE = (
    30  # names; with their addresses they fit one message of Discord (4,000 characters) and of Telegram (100 links)
)
A_LINE = 3  # names for whose room a source with its reason stands
LONGEST_NAME = 60
_TROUBLED = (Health.GONE, Health.BLIND, Health.FAILING)
_SILENT, _WELL, _LEFT_OUT = 3, 4, 5  # parts of the list after those


def sources_reply(topic: Topic, feeds: Sequence[Feed], reader: Reader, page: int = 1) -> Reply:
    """First what cannot be read and why, then what has long been silent, then the rest by language. A page too far is the last one."""
    placed = _in_order(feeds, reader)
    pages = _pages(placed)
    number = min(max(page, 1), len(pages))
    title = Heading(plain(reader.say("sources-title", topic=topic.names.of(reader.language))))
    silent_ones = sum(place == _SILENT for place, _ in placed)
    summary = tuple(_summary(feeds, silent_ones, reader)) if number == 1 else ()
    sizes = Counter(feed.language or "" for place, feed in placed if place == _WELL)
    blocks: tuple[Block, ...] = (title, *summary, *_items(pages[number - 1], sizes, reader))
    if len(pages) > 1:
        where = reader.say("page-of", page=number, pages=len(pages))
        blocks = (*blocks, Footer(((Run(where, Style.SOFT),),)))
    return Reply(blocks=blocks, buttons=(*_turning(number, len(pages), reader), *ways(reader, "layers", "latest")))


def trouble_words(feed: Feed, reader: Reader) -> str:
    """Why a feed cannot be read, in words, with the server's status where it says something."""
    if feed.trouble is None:
        return reader.say("health-failing")
    said = reader.say(f"trouble-{feed.trouble.value.replace('_', '-')}")
    return f"{said} ({feed.trouble_detail})" if feed.trouble_detail.isdigit() else said


def state_words(feed: Feed, reader: Reader) -> str:
    """How well a feed is read, in a few words."""
    never = feed.health is Health.FAILING and feed.succeeded_at is None
    return reader.say("health-never" if never else f"health-{feed.health.value}")


def _stands(feed: Feed, reader: Reader) -> int:
    """Which part of the list a feed belongs to."""
    if feed.health in _TROUBLED:
        return _TROUBLED.index(feed.health)
    if feed.health is Health.PAUSED:
        return _LEFT_OUT
    return _SILENT if silent(feed, reader.now) else _WELL


def _in_order(feeds: Sequence[Feed], reader: Reader) -> list[tuple[int, Feed]]:
    placed = [(_stands(feed, reader), feed) for feed in feeds]
    kept = [(place, feed) for place, feed in placed if place != _LEFT_OUT]
    return sorted(kept, key=lambda each: (each[0], (each[1].language or "") if each[0] == _WELL else ""))


def _pages(placed: Sequence[tuple[int, Feed]]) -> list[list[tuple[int, Feed]]]:
    pages: list[list[tuple[int, Feed]]] = [[]]
    room = A_PAGE
    for place, feed in placed:
        needed = 1 if place == _WELL else A_LINE
        if needed > room:
            pages.append([])
            room = A_PAGE
        pages[-1].append((place, feed))
        room -= needed
    return pages


def _summary(feeds: Sequence[Feed], silent_ones: int, reader: Reader) -> Iterator[Block]:
    counted = watched(feeds)
    if not counted:
        yield Paragraph(plain(reader.say("no-sources")))
        return
    numbers = {
        "sources-blind": len(blind(counted)),
        "not-read-yet": len(not_yet(counted)),
        "sources-silent": silent_ones,
        "sources-paused": len(feeds) - len(counted),
    }
    parts = [reader.say(message, sources=number) for message, number in numbers.items() if number]
    said = (counts_read(feeds, reader), *parts, last_read(feeds, reader))
    yield Paragraph(plain(" ".join(part for part in said if part)))


def _items(placed: Sequence[tuple[int, Feed]], sizes: Counter[str], reader: Reader) -> Iterator[Block]:
    for place, group in groupby(placed, key=lambda each: each[0]):
        feeds = [feed for _, feed in group]
        if place != _WELL:
            yield from (_one(feed, place, reader) for feed in feeds)
            continue
        for language, named in groupby(feeds, key=lambda feed: feed.language or ""):
            head = (Run(_spoken(language, reader), Style.STRONG), Run(f" · {reader.number(sizes[language])}"))
            yield Item(head, (_joined([_name(feed) for feed in named]),))


def _one(feed: Feed, place: int, reader: Reader) -> Item:
    """A source that needs a line of its own."""
    if place == _SILENT and feed.newest_at is not None:
        state, why = reader.say("health-silent"), reader.say("newest-since", day=reader.day(feed.newest_at))
    else:
        since = reader.say("since-day", day=reader.day(feed.failing_since)) if feed.failing_since else ""
        state, why = state_words(feed, reader), ", ".join(part for part in (trouble_words(feed, reader), since) if part)
    return Item((_name(feed), Run(f" · {state}")), ((Run(why, Style.SOFT),),))


def _turning(page: int, pages: int, reader: Reader) -> Rows:
    ways_on = [("button-previous-page", page - 1)] if page > 1 else []
    ways_on += [("button-next-page", page + 1)] if page < pages else []
    row = tuple(Button(reader.say(label), f"sources {number}") for label, number in ways_on)
    return (row,) if row else ()


def _spoken(language: str, reader: Reader) -> str:
    message = f"language-{language}"
    return reader.say(message) if reader.voice.knows(message) else (language or reader.say("language-unknown"))


def _joined(names: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(run for name in names for run in (Run(", ", Style.SOFT), name))[1:]


def _name(feed: Feed) -> Run:
    name = feed.name or feed.url
    return Run(name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…", Style.PLAIN, link(feed.url))
