"""Look-ups for joining: which developments may tell what a new point tells, and what stands for them. Knows no likeness.

Each look-up reads so many rows of an index at most, however much the store holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Delete,
    Insert,
    Select,
    Text,
    Update,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    true,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId, ReportId
from bot.model.topics import TopicId
from bot.store import tables
from bot.store.columns import day_of, key
from bot.store.database import Database
from bot.store.dialects import aside, elements, listed, named_among, named_each, portions
from bot.store.points import point_of
from bot.store.retired import survivors
from bot.store.rows import nouns
from bot.store.unbroken import unbroken

_points, _developments, _side = tables.points.c, tables.developments.c, tables.development_keys.c
FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_BETWEEN = "\n"  # stands between ids in a list; an id that is made here holds none


class KinRows:
    """The LedgerShelf port, as far as joining goes."""

    _database: Database

    @unbroken
    async def unjoined(self, topic: TopicId, most: int, since: datetime | None = None) -> tuple[KeyPoint, ...]:
        """Points that belong to no development yet, published from `since` on, at most so many, by `published` then id."""
        async with self._database.glance() as connection:
            rows = await connection.execute(_unjoined(), {"topic": topic, "most": most, "since": since or FIRST})
            return nouns(rows.mappings(), point_of)

    @unbroken
    async def joined_since(self, topic: TopicId, since: datetime) -> Mapping[DevelopmentId, Sequence[PointId]]:
        """By development its points that were published from `since` on."""
        found: dict[DevelopmentId, list[PointId]] = {}
        async with self._database.glance() as connection:
            for point, development in await connection.execute(_joined_since(), {"topic": topic, "since": since}):
                found.setdefault(DevelopmentId(development), []).append(PointId(point))
        return found

    @unbroken
    async def told_under(
        self, topic: TopicId, keys: Sequence[str], most: int
    ) -> Mapping[str, tuple[DevelopmentId, ...]]:
        """By each of `keys` the developments told under it, at most so many: those told last."""
        marks, dialect = {filed(topic, mark): mark for mark in keys}, self._database.dialect
        async with self._database.glance() as connection:
            rows = await connection.execute(_told_under(dialect), {"keys": listed(marks, dialect), "most": most})
            return {marks[mark]: tuple(map(DevelopmentId, ids.split(_BETWEEN))) for mark, ids in rows if ids}

    @unbroken
    async def exemplars(self, topic: TopicId, developments: Sequence[DevelopmentId]) -> tuple[KeyPoint, ...]:
        """The points that stand for these developments, by `published` then id."""
        dialect = self._database.dialect
        async with self._database.glance() as connection:
            rows = await connection.execute(
                _exemplars(dialect), {"topic": topic, "ids": listed(map(key, developments), dialect)}
            )
            return nouns(rows.mappings(), point_of)

    @unbroken
    async def told_by(self, reports: Sequence[ReportId]) -> frozenset[tuple[DevelopmentId, ReportId]]:
        """Which developments these reports tell."""
        dialect = self._database.dialect
        async with self._database.glance() as connection:
            rows = await connection.execute(_told_by(dialect), {"reports": listed(map(key, reports), dialect)})
            return frozenset((DevelopmentId(development), ReportId(report)) for development, report in rows)


def filed(topic: TopicId, mark: str) -> str:
    """The key under which developments of the topic stand that are told under the mark."""
    return key(f"{topic}|{mark}")


async def loosen_points(connection: AsyncConnection, points: Sequence[PointId]) -> None:
    """Say of points that they belong to no development."""
    for portion in portions([{"point": point} for point in points]):
        await connection.execute(_loosen(), portion)


async def place_points(connection: AsyncConnection, places: Sequence[tuple[PointId, DevelopmentId]]) -> None:
    """Say of points to which development they belong; a retired one's are its survivor's."""
    alive = await survivors(connection, {development for _, development in places})
    rows = [{"point": point, "development": alive.get(key(into), into)} for point, into in sorted(places)]
    for portion in portions(rows):
        await connection.execute(_place(), portion)


async def save_keys(connection: AsyncConnection, developments: Sequence[Development]) -> None:
    """Put developments under their keys, as told on the day of `last_seen`. What stands there already is left alone."""
    wanted = {
        (filed(each.topic, mark), day_of(each.last_seen), key(each.id)) for each in developments for mark in each.keys
    }
    ids = listed((key(each.id) for each in developments), connection.dialect.name)
    there = {
        (mark, day, of) for mark, day, of in await connection.execute(_keys_of(connection.dialect.name), {"ids": ids})
    }
    for statement, rows in ((_forget_key(), there - wanted), (_add_key(), wanted - there)):
        for portion in portions(sorted(rows)):
            await connection.execute(
                statement, [dict(zip(("mark", "of_day", "of"), row, strict=True)) for row in portion]
            )


# ── statements: making one costs as much as sending it ──


@cache
def _unjoined() -> Select[Any]:
    fits = aside(_points.topic) == bindparam("topic"), _points.development_id.is_(None)
    lately = _points.published >= bindparam("since", type_=_points.published.type)
    return select(tables.points).where(*fits, lately).order_by(_points.published, _points.id).limit(bindparam("most"))


@cache
def _joined_since() -> Select[Any]:
    fits = _points.topic == bindparam("topic"), _points.development_id.is_not(None)
    lately = _points.published >= bindparam("since", type_=_points.published.type)
    return select(_points.id, _points.development_id).where(*fits, lately).order_by(_points.published, _points.id)


@cache
def _loosen() -> Update:
    return update(tables.points).where(_points.id == bindparam("point")).values(development_id=None)


@cache
def _told_under(dialect: str) -> Select[Any]:
    wanted = named_each("keys", dialect)
    newest = (
        select(_side.development_id)
        .where(_side.key == wanted.c.value)
        .order_by(_side.day.desc(), _side.development_id.desc())
        .limit(bindparam("most"))
        .correlate(wanted)
        .subquery()
    )
    ids = select(func.aggregate_strings(newest.c.development_id, _BETWEEN)).scalar_subquery()
    return select(wanted.c.value, ids)


@cache
def _exemplars(dialect: str) -> Select[Any]:
    chosen, every = (type_coerce(column, Text()) for column in (_developments.exemplars, _developments.point_ids))
    each = elements(case((chosen == "[]", every), else_=chosen), dialect)
    fits = named_among(_developments.id, "ids", dialect), aside(_developments.topic) == bindparam("topic")
    ids = select(each.c.value).select_from(tables.developments).join(each, true()).where(*fits)
    return select(tables.points).where(_points.id.in_(ids)).order_by(_points.published, _points.id)


@cache
def _told_by(dialect: str) -> Select[Any]:
    fits = named_among(_points.report_id, "reports", dialect), _points.development_id.is_not(None)
    return select(_points.development_id, _points.report_id).where(*fits).distinct()


@cache
def _place() -> Update:
    return update(tables.points).where(_points.id == bindparam("point")).values(development_id=bindparam("development"))


@cache
def _keys_of(dialect: str) -> Select[Any]:
    return select(_side.key, _side.day, _side.development_id).where(named_among(_side.development_id, "ids", dialect))


@cache
def _forget_key() -> Delete:
    return delete(tables.development_keys).where(
        _side.key == bindparam("mark"), _side.day == bindparam("of_day"), _side.development_id == bindparam("of")
    )


@cache
def _add_key() -> Insert:
    named: dict[str, Any] = {"key": bindparam("mark"), "day": bindparam("of_day"), "development_id": bindparam("of")}
    return insert(tables.development_keys).values(named)
