"""Looks things up for a reader: the board, a layer, the status, the newest points, reasons. Decides nothing and words nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.model.digests import Digest, Window, WindowBy
from bot.model.errors import UnknownItem
from bot.model.feeds import Article, ArticleId, Feed
from bot.model.stories import Board, Change, Development, DevelopmentId, KeyPoint, PointId
from bot.model.topics import Category, Topic
from bot.ports import Clock, Store
from bot.present.views import BoardView, LatestView, LayerView, StatusView, WhyView
from bot.services.boards import board_as_of, evidence
from bot.services.recap import recap
from bot.summariser.differences import difference

A_PAGE = 6  # developments of a layer shown at once; the seventh would need a second message on a phone
NEWEST = 8
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LATEST_REACH = timedelta(days=30)  # how far back /latest looks
MOST_COPIES = 25  # tellings of one fact among the newest, at the usual
MOST_MOVED = 500  # changes that tell which categories moved
_TICK = timedelta(microseconds=1)
_AHEAD = timedelta(days=36_500)  # what will be seen to pass is seen ahead


class Browser:
    """Reads the store for one reader at a time. Every moment without an `as_of` is the clock's now."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def board(
        self, topic: Topic, as_of: datetime | None = None, *, looked_at: datetime | None = None
    ) -> BoardView:
        """The board, from what had been published by `as_of`; with `looked_at`, which layers moved since."""
        board = await self._board(topic, as_of)
        newest = await self._developments(topic, [layer.newest for layer in board.layers])
        moved = {change.category for change in await self._moved(topic, looked_at, board.as_of)}
        return BoardView(
            topic=topic,
            board=board,
            points=await evidence(self._store, board, developments=newest.values()),
            developments=newest,
            feeds=await self.sources(topic),
            looked_at=looked_at,
            moved=tuple(category for category in topic.categories if category in moved),
        )

    async def layer(
        self, topic: Topic, category: Category, as_of: datetime | None = None, *, page: int = 1
    ) -> LayerView:
        """One category, newest developments first, `A_PAGE` a page."""
        board, start = await self._board(topic, as_of), (max(page, 1) - 1) * A_PAGE
        shown, all_told = await self._store.told_last(topic.id, category, board.as_of, skip=start, most=A_PAGE)
        return LayerView(
            topic=topic,
            category=category,
            board=board,
            developments=shown,
            points=await evidence(self._store, board, developments=shown),
            page=page,
            more=max(all_told - start - A_PAGE, 0),
        )

    async def status(self, topic: Topic, as_of: datetime | None = None, *, since: datetime | None = None) -> StatusView:
        """Stances, process, conflicts, and what moved in the day and in the week before `as_of`; or what stands otherwise than at `since`."""
        board = await self._board(topic, as_of)
        day_ago, week_ago = board.as_of - DAY, board.as_of - WEEK
        changes = await self._store.changes(topic.id, window=Window(since=week_ago + _TICK, until=board.as_of + _TICK))
        known = await self._developments(
            topic, [*board.process[:NEWEST], *(state.development_id for state in board.parties)]
        )
        return StatusView(
            topic=topic,
            board=board,
            points=await evidence(self._store, board, developments=known.values()),
            developments=known,
            feeds=await self.sources(topic),
            day=tuple(change for change in reversed(changes) if change.at > day_ago),
            week=tuple(change for change in reversed(changes) if week_ago < change.at <= day_ago),
            since=since,
            apart=difference(await self._board(topic, since), board) if since else (),
        )

    async def latest(self, topic: Topic, limit: int = NEWEST) -> LatestView:
        """The newest points, one telling a sentence."""
        now = self._clock.now()
        lately = Window(since=now - LATEST_REACH, until=now + _TICK)
        points = await self._store.points(topic.id, window=lately, newest=MOST_COPIES * limit)
        newest: dict[tuple[str, str], KeyPoint] = {}
        for point in reversed(points):
            newest.setdefault((point.development_id or point.id, point.category), point)
        return LatestView(topic=topic, points=tuple(newest.values())[:limit])

    async def sources(self, topic: Topic) -> tuple[Feed, ...]:
        """The feeds read for this topic, by name."""
        return tuple(feed for feed in await self._store.feeds() if not feed.topics or topic.id in feed.topics)

    async def why_layer(self, topic: Topic, category: Category) -> WhyView:
        """What put a layer where it stands."""
        board = await self._board(topic, None)
        until = board.as_of + _TICK
        moved = (await self._store.changes(topic.id, category=category, until=until, newest=5))[::-1]
        points = await evidence(self._store, board, changes=moved)
        return WhyView(topic=topic, subject=category, board=board, layer=category, changes=moved, points=points)

    async def why(self, topic: Topic, typed: str) -> WhyView:
        """What decided about the point, development or article whose id begins so. Raises UnknownItem, with what is near."""
        found = await self._store.find(typed.strip()) if typed.strip() else ()
        for known in found:
            view = await self._subject(topic, known)
            if view is not None:
                return view
        raise UnknownItem(typed, found[:3])

    async def digest(self, topic: Topic, window: Window, language: str) -> Digest:
        """What moved in a window, for whoever asks; what earlier windows told does not come again unless it moved."""
        return (await recap(self._store, topic, window, language=language)).digest

    async def _subject(self, topic: Topic, known: str) -> WhyView | None:
        developments = await self._store.developments(topic.id, ids=[DevelopmentId(known)])
        if developments:
            return await self._why_development(topic, developments[0])
        points = await self._store.points(topic.id, ids=[PointId(known)])
        if points:
            source = await self._source(points[0])
            return WhyView(topic=topic, subject=known, point=points[0], points=_by_id(points), source=source)
        return await self._why_article(topic, ArticleId(known))

    async def _why_development(self, topic: Topic, found: Development) -> WhyView:
        points = await self._store.points(topic.id, ids=found.point_ids)
        moved = await self._store.changes(topic.id, development=found.id, until=self._clock.now() + _TICK)
        source = await self._source(points[0]) if len(points) == 1 else None
        return WhyView(
            topic=topic, subject=found.id, development=found, changes=moved, points=_by_id(points), source=source
        )

    async def _source(self, point: KeyPoint) -> Article | None:
        """The version that a point was cut from."""
        return await self._store.article(point.article, point.version)

    async def _why_article(self, topic: Topic, known: ArticleId) -> WhyView | None:
        article = await self._store.article(known)
        if article is None:
            return None
        around = Window(since=article.told_at, until=article.told_at + _TICK)
        readings = [reading for other, reading in await self._store.articles(topic.id, around) if other.id == known]
        return WhyView(topic=topic, subject=known, article=article, reading=readings[0] if readings else None)

    async def _board(self, topic: Topic, as_of: datetime | None) -> Board:
        return await board_as_of(self._store, topic, as_of or self._clock.now())

    async def _moved(self, topic: Topic, looked_at: datetime | None, until: datetime) -> tuple[Change, ...]:
        """What was seen to move since somebody looked, and had been published by a moment; of very much the newest."""
        if looked_at is None or looked_at >= until:
            return ()
        since = Window(since=looked_at + _TICK, until=until + _AHEAD, by=WindowBy.SEEN)
        return await self._store.changes(topic.id, window=since, until=until + _TICK, newest=MOST_MOVED)

    async def _developments(
        self, topic: Topic, ids: Iterable[DevelopmentId | None]
    ) -> dict[DevelopmentId, Development]:
        wanted = tuple(dict.fromkeys(each for each in ids if each is not None))
        found = await self._store.developments(topic.id, ids=wanted) if wanted else ()
        return {each.id: each for each in found}


def _by_id(points: Iterable[KeyPoint]) -> dict[PointId, KeyPoint]:
    return {point.id: point for point in points}


def _newness(development: Development) -> tuple[datetime, str]:
    return development.last_seen, development.id
