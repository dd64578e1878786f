"""How far each topic's ledger is written, and the bookmarks from which a walk can go on. Knows nothing of what a walk is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, delete, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.stories import Bookmark, DevelopmentId, LedgerState, Standing
from bot.model.topics import TopicId
from bot.ports import Plan
from bot.store import tables
from bot.store.database import Database
from bot.store.dialects import Excluded, portions, upsert
from bot.store.rows import flat, nouns
from bot.store.unbroken import unbroken

_ledgers, _bookmarks, _points, _developments = (
    tables.ledgers.c,
    tables.bookmarks.c,
    tables.points.c,
    tables.developments.c,
)


class WalkRows:
    """The LedgerShelf port, as far as walks go."""

    _database: Database

    @unbroken
    async def ledger(self, topic: TopicId) -> LedgerState:
        """How far the topic's ledger is written."""
        query = select(tables.ledgers).where(_ledgers.topic == topic)
        async with self._database.glance() as connection:
            found = nouns((await connection.execute(query)).mappings(), lambda row: LedgerState(**row))
        return found[0] if found else LedgerState(topic=topic)

    @unbroken
    async def bookmark(self, topic: TopicId, mark: str, until: datetime) -> Bookmark | None:
        """The newest bookmark with that mark at or before a moment."""
        fits = _bookmarks.topic == topic, _bookmarks.mark == mark, _bookmarks.at <= until
        query = select(tables.bookmarks).where(*fits).order_by(_bookmarks.at.desc()).limit(1)
        async with self._database.glance() as connection:
            found = nouns((await connection.execute(query)).mappings(), lambda row: Bookmark(**row))
        return found[0] if found else None

    @unbroken
    async def span(self, topic: TopicId, since: datetime) -> tuple[datetime, datetime] | None:
        """When the first and the last point from `since` on were published; None without any."""
        told = _points.published
        fits = _points.topic == topic, told >= since
        first, last = (select(edge(told)).where(*fits).scalar_subquery() for edge in (func.min, func.max))
        async with self._database.glance() as connection:
            row = (await connection.execute(select(first, last))).one()
        return (row[0], row[1]) if row[0] is not None else None

    @unbroken
    async def standings(self, topic: TopicId) -> Mapping[DevelopmentId, Standing]:
        """How each development stands; one of whose word nothing is known here stands."""
        query = select(_developments.id, _developments.status).where(_developments.topic == topic)
        words = {str(word): word for word in Standing}
        async with self._database.glance() as connection:
            rows = await connection.execute(query)
            return {DevelopmentId(id_): words.get(word, Standing.STANDING) for id_, word in rows}


async def save_walks(connection: AsyncConnection, plan: Plan) -> None:
    """Write the plan's standings, what it makes dirty, its ledgers and bookmarks."""
    standing = update(tables.developments).where(_developments.id == bindparam("of")).values(status=bindparam("word"))
    for portion in portions([{"of": development, "word": word} for development, word in sorted(plan.standings)]):
        await connection.execute(standing, portion)
    for topic, moment in plan.dirty:
        await _make_dirty(connection, topic, moment)
    await upsert(connection, tables.ledgers, [flat(ledger) for ledger in plan.ledgers], ruling=_written)
    await upsert(connection, tables.bookmarks, [flat(bookmark) for bookmark in plan.bookmarks])


async def _make_dirty(connection: AsyncConnection, topic: TopicId, moment: datetime) -> None:
    await upsert(
        connection, tables.ledgers, [flat(LedgerState(topic=topic, turn=1, dirty_from=moment))], ruling=_dirtied
    )
    await connection.execute(delete(tables.bookmarks).where(_bookmarks.topic == topic, _bookmarks.at > moment))


def _dirtied(excluded: Excluded) -> dict[str, ColumnElement[Any]]:
    earlier = (_ledgers.dirty_from < excluded["dirty_from"], _ledgers.dirty_from)
    kept = {name: _ledgers[name] for name in ("writes", "mark", "until", "board")}
    return {**kept, "turn": _ledgers.turn + 1, "dirty_from": case(earlier, else_=excluded["dirty_from"])}


def _written(excluded: Excluded) -> dict[str, ColumnElement[Any]]:
    """Clean, unless something was made dirty since the turn that the writer knew of."""
    known = (_ledgers.turn == excluded["turn"], null())
    return {"turn": _ledgers.turn, "writes": _ledgers.writes + 1, "dirty_from": case(known, else_=_ledgers.dirty_from)}
