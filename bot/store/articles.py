"""Articles, readings and fingerprints as rows. Knows nothing of points or chats beyond their report ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, case, delete, distinct, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.digests import DigestCounts, Window, WindowBy
from bot.model.feeds import Article, ArticleId
from bot.model.stories import Fingerprint, Reading
from bot.model.topics import TopicId
from bot.ports import Plan
from bot.store import tables
from bot.store.columns import day_of
from bot.store.database import Database
from bot.store.dialects import among, aside, upsert
from bot.store.rows import flat, nouns, within
from bot.store.unbroken import unbroken

_articles, _readings = tables.articles.c, tables.readings.c


class ArticleRows:
    """The ArticleShelf port."""

    _database: Database

    @unbroken
    async def article(self, article: ArticleId, version: int | None = None) -> Article | None:
        """One version of an article; the newest without `version`."""
        query = select(tables.articles).where(_articles.id == article).order_by(_articles.version.desc()).limit(1)
        if version is not None:
            query = query.where(_articles.version == version)
        async with self._database.read() as connection:
            found = nouns((await connection.execute(query)).mappings(), _article)
        return found[0] if found else None

    @unbroken
    async def articles(self, topic: TopicId, window: Window | None = None) -> tuple[tuple[Article, Reading], ...]:
        """Newest versions with their readings, by `told_at` (or first_seen for a SEEN window).

        With a window: of each article the newest version inside it, so that a past day stays what it was.
        """
        newest = _newest(topic, window)
        reading = [_readings[name].label(f"reading_{name}") for name in ("relevant", "score", "why", "report_id")]
        query = (
            select(tables.articles, *reading)
            .join(newest, and_(newest.c.article == _articles.id, newest.c.version == _articles.version))
            .join(tables.readings, _same_version())
            .where(_readings.topic == topic)
            .order_by(_clock(window), _articles.id)
        )
        async with self._database.read() as connection:
            rows = (await connection.execute(query)).mappings()
        return nouns(rows, lambda row: (_article(row), _reading(row, topic)))

    @unbroken
    async def fingerprints_like(
        self,
        keys: Sequence[str],
        *,
        window: Window | None = None,
        article: ArticleId | None = None,
        most: int | None = None,
    ) -> tuple[Fingerprint, ...]:
        """Fingerprints sharing at least one of `keys`, on the window's days; of more than `most` those that share most. By telling."""
        table = tables.fingerprints
        hits = self._sharing(keys, window, most).subquery()
        query = select(table).join(hits, and_(hits.c.article == table.c.article, hits.c.version == table.c.version))
        own = select(table).where(table.c.article == article)
        async with self._database.read() as connection:
            rows = [*(await connection.execute(query)).mappings()]
            if article is not None:
                rows += (await connection.execute(own)).mappings()
        found = {(print_.article, print_.version): print_ for print_ in nouns(rows, lambda row: Fingerprint(**row))}
        return tuple(sorted(found.values(), key=lambda print_: (print_.told_at, print_.article, print_.version)))

    def _sharing(self, keys: Sequence[str], window: Window | None, most: int | None) -> Select[Any]:
        side = tables.fingerprint_keys.c
        fits = [among(side.key, keys, self._database.dialect)]
        if window is not None:
            fits.append(side.day.between(day_of(window.since), day_of(window.until)))
        shared = func.count().desc()
        query = select(side.article, side.version).where(*fits).group_by(side.article, side.version)
        return query if most is None else query.order_by(shared, side.article, side.version).limit(most)

    @unbroken
    async def move_reports(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Give readings, fingerprints and points of report `old` the id `new`, for each (old, new) in turn."""
        async with self._database.write() as connection:
            for old, new in pairs:
                for table in (tables.readings, tables.fingerprints, tables.points):
                    moved = update(table).where(table.c.report_id == old).values(report_id=new)
                    await connection.execute(moved)

    @unbroken
    async def counts(self, topic: TopicId, window: Window) -> DigestCounts:
        """How much was read in the window: feeds, articles, those that belong, their reports, developments told."""
        newest = _newest(topic, window)
        relevant = _readings.relevant == true()
        read = (
            select(
                func.count(distinct(_articles.feed_id)),
                func.count(),
                func.count(case((relevant, 1))),
                func.count(distinct(case((relevant, _readings.report_id)))),
            )
            .select_from(tables.articles)
            .join(newest, and_(newest.c.article == _articles.id, newest.c.version == _articles.version))
            .join(tables.readings, _same_version())
            .where(_readings.topic == topic)
        )
        points = tables.points.c
        clock = points.seen_at if window.by is WindowBy.SEEN else points.published
        told = select(func.count(distinct(points.development_id))).where(points.topic == topic, within(window, clock))
        async with self._database.read() as connection:
            feeds, articles, belong, reports = (await connection.execute(read)).one()
            developments = (await connection.execute(told)).scalar_one()
        return DigestCounts(feeds=feeds, articles=articles, relevant=belong, reports=reports, developments=developments)


async def save_articles(connection: AsyncConnection, plan: Plan) -> None:
    """Write the plan's articles, readings and fingerprints."""
    await upsert(connection, tables.articles, [flat(article) for article in plan.articles])
    await upsert(connection, tables.readings, [flat(reading) for reading in plan.readings])
    await upsert(connection, tables.fingerprints, [flat(print_) for print_ in plan.fingerprints])
    await _index_fingerprints(connection, plan.fingerprints)


async def _index_fingerprints(connection: AsyncConnection, prints: Sequence[Fingerprint]) -> None:
    side = tables.fingerprint_keys
    for version in sorted({print_.version for print_ in prints}):
        of = among(side.c.article, (p.article for p in prints if p.version == version), connection.dialect.name)
        await connection.execute(delete(side).where(side.c.version == version, of))
    rows = [
        {"key": key, "day": day_of(p.told_at), "article": p.article, "version": p.version}
        for p in prints
        for key in p.keys
    ]
    await upsert(connection, side, rows)


def _clock(window: Window | None) -> ColumnElement[Any]:
    return _articles.first_seen if window is not None and window.by is WindowBy.SEEN else _articles.told_at


def _newest(topic: TopicId, window: Window | None) -> Any:
    """(article, version) of the newest version of each article that was read for the topic, within the window."""
    query: Select[Any] = (
        select(_readings.article, func.max(_readings.version).label("version"))
        .join(tables.articles, _same_version())
        .group_by(_readings.article)
    )
    if window is None:
        return query.where(_readings.topic == topic).subquery()
    return query.where(aside(_readings.topic) == topic, within(window, _clock(window))).subquery()


def _same_version() -> ColumnElement[bool]:
    return and_(_readings.article == _articles.id, _readings.version == _articles.version)


def _article(row: RowMapping) -> Article:
    return Article(**{column.name: row[column.name] for column in tables.articles.columns})


def _reading(row: RowMapping, topic: TopicId) -> Reading:
    told = {name: row[f"reading_{name}"] for name in ("relevant", "score", "why", "report_id")}
    return Reading(topic=topic, article=row["id"], version=row["version"], **told)
