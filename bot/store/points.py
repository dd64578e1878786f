"""Key points as rows. Knows nothing of how points are found or joined."""

from __future__ import annotations

from collections.abc import Sequence
from sys import intern

from sqlalchemy import ColumnElement, RowMapping, case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.digests import Window, WindowBy
from bot.model.feeds import ArticleId
from bot.model.stories import DevelopmentId, KeyPoint, Modality, PointId, Quantity, Role, SourceKind, Span
from bot.model.topics import Category, Rung, SideState, Stance, TopicId
from bot.store import tables
from bot.store.columns import key
from bot.store.database import Database
from bot.store.dialects import Excluded, among, aside, upsert
from bot.store.retired import survivors
from bot.store.rows import flat, maybe, nouns, within
from bot.store.unbroken import unbroken

_columns = tables.points.c
_PLACE = ("version", "url", "published", "seen_at", "span_start", "span_end", "quote", "context")


class PointRows:
    """The LedgerShelf port, as far as key points go."""

    _database: Database

    @unbroken
    async def points(
        self,
        topic: TopicId,
        *,
        ids: Sequence[PointId] | None = None,
        developments: Sequence[DevelopmentId] | None = None,
        category: Category | None = None,
        article: ArticleId | None = None,
        window: Window | None = None,
        newest: int | None = None,
    ) -> tuple[KeyPoint, ...]:
        """Points that fit all given conditions, by `published` then id; a retired development's are its survivor's."""
        few = ids is not None or developments is not None or article is not None
        fits = [(aside(_columns.topic) if few else _columns.topic) == topic]
        if ids is not None:
            fits.append(among(_columns.id, ids, self._database.dialect))
        if category is not None:
            fits.append(_columns.category == category)
        if article is not None:
            fits.append(_columns.article == article)
        if window is not None:
            fits.append(within(window, _columns.seen_at if window.by is WindowBy.SEEN else _columns.published))
        async with self._database.read() as connection:
            if developments is not None:
                fits.append(await _of_developments(connection, developments))
            if newest is not None:
                last = (
                    select(tables.points)
                    .where(*fits)
                    .order_by(_columns.published.desc(), _columns.id.desc())
                    .limit(newest)
                )
                return nouns((await connection.execute(last)).mappings(), point_of)[::-1]
            query = select(tables.points).where(*fits).order_by(_columns.published, _columns.id)
            return nouns((await connection.execute(query)).mappings(), point_of)


async def save_points(connection: AsyncConnection, points: Sequence[KeyPoint]) -> None:
    """Write points. A sentence met again in a later version keeps the version and place in which it first appeared."""
    alive = await survivors(connection, (p.development_id for p in points if p.development_id is not None))
    await upsert(connection, tables.points, [_row(point, alive) for point in points], ruling=_first_appearance)


def _first_appearance(excluded: Excluded) -> dict[str, ColumnElement[object]]:
    later = excluded["version"] > _columns.version
    return {name: case((later, _columns[name]), else_=excluded[name]) for name in _PLACE}


async def _of_developments(connection: AsyncConnection, developments: Sequence[DevelopmentId]) -> ColumnElement[bool]:
    alive = await survivors(connection, developments)
    wanted = (alive.get(key(id_), id_) for id_ in developments)
    return among(_columns.development_id, wanted, connection.dialect.name)


def _row(point: KeyPoint, alive: dict[str, str]) -> dict[str, object]:
    development = point.development_id
    return {
        **flat(point, "span"),
        "span_start": point.span.start,
        "span_end": point.span.end,
        "quantities": [flat(quantity) for quantity in point.quantities],
        "development_id": alive.get(key(development), development) if development is not None else None,
    }


def point_of(row: RowMapping) -> KeyPoint:
    """The point that the row holds. Raises ValueError for a word this version does not know."""
    held = {name: value for name, value in row.items() if name not in ("span_start", "span_end")}
    known = {
        "span": Span(row["span_start"], row["span_end"]),
        "stance": maybe(Stance, row["stance"]),
        "source_kind": SourceKind(row["source_kind"]),
        "signature": tuple(map(intern, row["signature"])),  # few words, many points: kept once, they take half the room
        "quantities": tuple(Quantity(**{**told, "role": Role(told["role"])}) for told in row["quantities"]),
        "modality": Modality(row["modality"]),
        "rung": maybe(Rung, row["rung"]),
        "side": maybe(SideState, row["side"]),
    }
    return KeyPoint(**{**held, **known})
