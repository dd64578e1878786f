"""Walks through a topic's points in the store, a stretch of time after the other, so that memory does not grow with the years. Decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from bot.model.digests import Window
from bot.model.stories import Bookmark
from bot.model.topics import Topic
from bot.ports import Store
from bot.summariser.bookmarks import mark_of, points_in, read
from bot.summariser.course import Course

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
STRETCH = timedelta(hours=6)  # of the walk between two looks at the store; bookmarks lie at their ends
DAY = timedelta(days=1)
LATELY = timedelta(days=3)  # before the newest point; further back a stretch is a day


async def walked(store: Store, course: Course, since: datetime, until: datetime) -> AsyncIterator[datetime]:
    """Walk on through points published from `since` (the end of a stretch) up to `until`. Stops at the beginning of each stretch that has any."""
    topic = course.topic.id
    while (span := await store.span(topic, since)) is not None and span[0] < until:
        first, last = span
        length = STRETCH if last - first <= LATELY else DAY
        at = max(beginning(first, length), since)
        yield at
        since = beginning(first, length) + length
        points = await store.points(topic, window=Window(since=at, until=min(since, until)))
        await asyncio.to_thread(course.walk, points)


def beginning(moment: datetime, length: timedelta = DAY) -> datetime:
    """When the stretch of that length began in which the moment lies: days begin at midnight, UTC."""
    return moment - (moment - FIRST) % length


async def opened(store: Store, topic: Topic, until: datetime) -> tuple[datetime, Course]:
    """The walk as a bookmark at or before a moment has it, and from when on it has to go on; a new one where there is none."""
    bookmark = await store.bookmark(topic.id, mark_of(topic), until)
    course = await _read(store, topic, bookmark) if bookmark else None
    return (bookmark.at, course) if bookmark and course else (FIRST, Course(topic))


async def _read(store: Store, topic: Topic, bookmark: Bookmark) -> Course | None:
    """None for one that cannot be used any more: a point is gone, say."""
    points = {point.id: point for point in await store.points(topic.id, ids=points_in(bookmark.body))}
    try:
        return await asyncio.to_thread(read, topic, bookmark.body, points)
    except (KeyError, ValueError, TypeError, IndexError):
        return None


async def course_at(store: Store, topic: Topic, moment: datetime) -> Course:
    """The walk through everything published before a moment."""
    since, course = await opened(store, topic, moment)
    async for _ in walked(store, course, since, moment):
        pass
    return course
