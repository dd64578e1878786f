"""Brings one topic's developments, changes and board up to date with its points, from the earliest point that is new. Decides nothing itself.

What a walk knew at the beginning of recent stretches of time is kept in memory, of older weeks in the store. All of it can be made anew from points.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.model.digests import Window
from bot.model.stories import Board, Bookmark, Change, ChangeId, DevelopmentId, LedgerState, Standing
from bot.model.topics import PROCESS, Category, Topic, TopicId
from bot.ports import Plan, Store
from bot.services.joining import Kin, join_waiting
from bot.services.walking import FIRST, LATELY, beginning, opened, walked
from bot.summariser.analysis import Analyst
from bot.summariser.board import board_from
from bot.summariser.bookmarks import board_written, mark_of, written
from bot.summariser.course import Course

WEEK = timedelta(days=7)  # between two bookmarks in the store
KEPT = timedelta(
    days=15
)  # in memory, longer than a development may take to settle: of each day, of LATELY each stretch
NEWEST = 30  # changes of a category that its place on the board is made from
LAST = datetime(9000, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


@dataclass(slots=True)
class _Open:
    """One topic's ledger as it was written last."""

    mark: str = ""
    writes: int = -1
    pages: dict[datetime, Course] = field(default_factory=dict)  # the walk through all before a moment
    saved: dict[datetime, datetime] = field(default_factory=dict)  # weeks with a bookmark in the store, and its moment
    fallen: Mapping[DevelopmentId, Standing] = field(default_factory=dict)  # developments that do not stand


class Ledgers:
    """The ledgers of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._open: dict[TopicId, _Open] = {}
        self._kin: dict[TopicId, Kin] = {}

    async def refresh(self, analyst: Analyst) -> None:
        """Join points that belong nowhere yet, walk again from where something is new, and write what differs."""
        topic, mark = analyst.topic, mark_of(analyst.topic)
        await self._join(analyst)
        state = await self._store.ledger(topic.id)
        dirty = state.dirty_from if state.mark == mark else FIRST
        if dirty is not None:
            book = await self._book(topic, state, mark)
            since, course = await self._begun(topic, book, dirty)
            found, until = await self._walk(book, since, course)
            await self._write(book, state, since, course, found, until)

    async def _join(self, analyst: Analyst) -> None:
        topic = analyst.topic.id
        kin, writes = self._kin.setdefault(topic, Kin()), (await self._store.ledger(topic)).writes
        if kin.writes != writes:  # somebody else joined points meanwhile
            kin.fold = None
        await join_waiting(self._store, analyst, kin)
        kin.writes = writes

    async def _book(self, topic: Topic, state: LedgerState, mark: str) -> _Open:
        """What is known, unless somebody else wrote meanwhile or the rules are others."""
        book = self._open.get(topic.id)
        if book is None or book.writes != state.writes or book.mark != mark:
            book = _Open(mark=mark, fallen=_fallen(await self._store.standings(topic.id)))
            self._open[topic.id] = book
        return book

    async def _begun(self, topic: Topic, book: _Open, dirty: datetime) -> tuple[datetime, Course]:
        """The newest walk that holds nothing dirty, and from when on it goes on."""
        book.pages = {at: course for at, course in book.pages.items() if at <= dirty}
        book.saved = {week: at for week, at in book.saved.items() if at <= dirty}
        newest = max(book.pages, default=None)
        if newest is not None:
            return newest, book.pages[newest].copy()
        return await opened(self._store, topic, dirty)

    async def _walk(self, book: _Open, since: datetime, course: Course) -> tuple[list[Change], datetime | None]:
        """The changes that walking on finds, and when the last point was published."""
        found: list[Change] = []
        course.changes = []
        span = await self._store.span(course.topic.id, FIRST)
        async for at in walked(self._store, course, since, LAST):
            found += course.changes
            course.changes = []
            book.pages[at] = course.copy()
            await self._turn_pages(book, course.topic, at, span[1] if span else at)
        return [*found, *course.changes], span[1] if span else None

    async def _turn_pages(self, book: _Open, topic: Topic, at: datetime, last: datetime) -> None:
        """Keep in memory what is new, and in the store a page a week once it is some days old."""
        days: set[datetime] = set()
        for moment in sorted(book.pages):
            week, day = beginning(moment, WEEK), beginning(moment)
            if week not in book.saved and last - moment > LATELY:
                body = await asyncio.to_thread(written, book.pages[moment])
                await self._store.apply(
                    Plan(bookmarks=(Bookmark(topic=topic.id, at=moment, mark=book.mark, body=body),))
                )
                book.saved[week] = moment
            if moment < at - KEPT or (moment < at - LATELY and day in days):
                del book.pages[moment]
            days.add(day)

    async def _write(
        self,
        book: _Open,
        state: LedgerState,
        since: datetime,
        course: Course,
        found: Sequence[Change],
        until: datetime | None,
    ) -> None:
        altered, dropped = await self._differing(course, since, found)
        fallen = _fallen(course.standings)
        risen = ((each, Standing.STANDING) for each in book.fallen.keys() - fallen.keys())
        standings = (*(fallen.items() - book.fallen.items()), *risen)
        await self._store.apply(Plan(altered=altered, dropped=dropped, standings=standings))
        board = await board_at(self._store, course, until or FIRST)
        known = replace(state, mark=book.mark, writes=state.writes + 1, until=until, board=board_written(board))
        await self._store.apply(Plan(ledgers=(known,)))
        book.writes, book.fallen = known.writes, fallen
        self._kin[course.topic.id].writes = known.writes

    async def _differing(
        self, course: Course, since: datetime, found: Sequence[Change]
    ) -> tuple[tuple[Change, ...], tuple[ChangeId, ...]]:
        """Lines that are new or other than in the store, and those that are no more. A line that was there before `since` stays as it was."""
        lines: dict[ChangeId, Change] = {}
        for change in (*found, *course.foreseen()):
            lines.setdefault(change.id, change)
        topic = course.topic.id
        stored = {each.id: each for each in await self._store.changes(topic, window=Window(since=since, until=LAST))}
        fresh = [each for each in lines if each not in stored]
        before = {each.id for each in await self._store.changes(topic, ids=fresh)} if fresh and since > FIRST else set()
        altered = tuple(line for id_, line in lines.items() if stored.get(id_) != line and id_ not in before)
        return altered, tuple(stored.keys() - lines.keys())


def _fallen(standings: Mapping[DevelopmentId, Standing]) -> Mapping[DevelopmentId, Standing]:
    return {each: standing for each, standing in standings.items() if standing is not Standing.STANDING}


async def board_at(store: Store, course: Course, as_of: datetime) -> Board:
    """The board of a walk that went as far as `as_of`."""
    topic = course.topic
    changes: list[Change] = []
    for category in (*(Category(layer.id) for layer in topic.layers), PROCESS):
        changes += await store.changes(topic.id, category=category, until=as_of + _TICK, newest=NEWEST)
    board = board_from(course, changes, as_of)
    quiet = [layer.newest for layer in board.layers if layer.newest and not layer.newest_text]
    texts = {each.id: each.text for each in await store.developments(topic.id, ids=quiet)} if quiet else {}
    layers = tuple(
        replace(layer, newest_text=layer.newest_text or texts.get(layer.newest or DevelopmentId(""), ""))
        for layer in board.layers
    )
    return replace(board, layers=layers)
