"""Developments and changes as rows. Knows nothing of the rules that made them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import ColumnElement, RowMapping, Select, and_, delete, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.digests import Window, WindowBy
from bot.model.stories import Change, ChangeKind, Development, DevelopmentId, Standing
from bot.model.topics import Category, Stance, TopicId
from bot.ports import Plan
from bot.store import tables
from bot.store.columns import Words, key
from bot.store.database import Database
from bot.store.dialects import among, aside, remove, upsert
from bot.store.points import PointRows, save_points
from bot.store.retired import retire, revive, survivors
from bot.store.rows import flat, maybe, nouns, within
from bot.store.unbroken import unbroken

_developments, _changes = tables.developments.c, tables.changes.c
MOST_FOUND = 10
_LAST = "\U0010ffff"  # sorts behind every character, on both databases


class LedgerRows(PointRows):
    """The LedgerShelf port."""

    _database: Database

    @unbroken
    async def developments(
        self,
        topic: TopicId,
        *,
        ids: Sequence[DevelopmentId] | None = None,
        keys: Sequence[str] | None = None,
        category: Category | None = None,
    ) -> tuple[Development, ...]:
        """Developments that fit all conditions (`keys`: share one), by `first_seen` then id; retired ids find survivors."""
        few = ids is not None or keys is not None
        fits = [(aside(_developments.topic) if few else _developments.topic) == topic]
        if keys is not None:
            side, dialect = tables.development_keys.c, self._database.dialect
            fits.append(_developments.id.in_(select(side.development_id).where(among(side.key, keys, dialect))))
        if category is not None:
            fits.append(_developments.category == category)
        async with self._database.read() as connection:
            if ids is not None:
                alive = await survivors(connection, ids)
                wanted = (alive.get(key(id_), id_) for id_ in ids)
                fits.append(among(_developments.id, wanted, self._database.dialect))
            query = select(tables.developments).where(*fits).order_by(_developments.first_seen, _developments.id)
            return nouns((await connection.execute(query)).mappings(), _development)

    @unbroken
    async def changes(
        self,
        topic: TopicId,
        *,
        category: Category | None = None,
        kinds: Sequence[ChangeKind] | None = None,
        window: Window | None = None,
        until: datetime | None = None,
    ) -> tuple[Change, ...]:
        """Changes that fit all given conditions, by `at` then id. `until` keeps those with at < until."""
        fits = [_changes.topic == topic]
        if category is not None:
            fits.append(_changes.category == category)
        if kinds is not None:
            fits.append(_changes.kind.in_([str(kind) for kind in kinds]))
        if window is not None:
            fits.append(within(window, _changes.seen_at if window.by is WindowBy.SEEN else _changes.at))
        if until is not None:
            fits.append(_changes.at < until)
        query = select(tables.changes).where(*fits).order_by(_changes.at, _changes.id)
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _change)

    @unbroken
    async def find(self, id_beginning: str) -> tuple[str, ...]:
        """Ids of points, developments and articles that begin so, at most ten; retired developments come last."""
        kinds = (tables.points, tables.developments, tables.articles, tables.retired_developments)
        async with self._database.read() as connection:
            found = [
                [row.id for row in await connection.execute(_beginning(table.c.id, id_beginning))] for table in kinds
            ]
        return tuple(dict.fromkeys(chain.from_iterable(found)))[:MOST_FOUND]


async def save_ledger(connection: AsyncConnection, plan: Plan) -> None:
    """Write the plan's points, developments and changes, and join what it retires."""
    await revive(connection, [development.id for development in plan.developments])
    await save_points(connection, plan.points)
    await _save_developments(connection, plan.developments)
    await _replace_changes(connection, plan)
    await retire(connection, plan.retired)


async def _save_developments(connection: AsyncConnection, developments: Sequence[Development]) -> None:
    if not developments:
        return
    ids, side = [development.id for development in developments], tables.development_keys
    await upsert(connection, tables.developments, [flat(development) for development in developments])
    await remove(connection, side.c.development_id, ids)
    rows = [{"key": mark, "development_id": each.id} for each in developments for mark in each.keys]
    await upsert(connection, side, rows)


async def _replace_changes(connection: AsyncConnection, plan: Plan) -> None:
    if not plan.changes:
        return
    named = or_(*(and_(_changes.topic == topic, _changes.category == category) for topic, category, _ in plan.changes))
    await connection.execute(delete(tables.changes).where(named))
    moved = [change for _, _, changes in plan.changes for change in changes]
    alive = await survivors(connection, (change.development_id for change in moved))
    rows = [{**flat(c), "development_id": alive.get(key(c.development_id), c.development_id)} for c in moved]
    await upsert(connection, tables.changes, rows)


def _beginning(column: ColumnElement[str], beginning: str) -> Select[str]:
    """The first ids from `beginning` up to the last text that begins so: a range, which an index serves."""
    id_ = column.label("id")
    above = literal(key(beginning) + _LAST, Words)
    return select(id_).where(column >= beginning, column <= above).order_by(id_).distinct().limit(MOST_FOUND)


def _development(row: RowMapping) -> Development:
    return Development(**{**row, "stance": maybe(Stance, row["stance"]), "status": Standing(row["status"])})


def _change(row: RowMapping) -> Change:
    return Change(**{**row, "kind": ChangeKind(row["kind"])})
