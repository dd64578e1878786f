"""Developments and changes as rows. Knows nothing of the rules that made them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

from sqlalchemy import ColumnElement, RowMapping, Select, and_, delete, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.digests import Window, WindowBy
from bot.model.stories import Change, ChangeId, ChangeKind, Development, DevelopmentId, Standing
from bot.model.topics import Category, Stance, TopicId
from bot.ports import Plan
from bot.store import tables
from bot.store.columns import Words, key
from bot.store.database import Database
from bot.store.dialects import among, aside, remove, upsert
from bot.store.kinship import KinRows, filed, loosen_points, place_points, save_keys
from bot.store.points import PointRows, save_points
from bot.store.retired import retire, revive, survivors
from bot.store.rows import flat, maybe, nouns, within
from bot.store.unbroken import unbroken
from bot.store.walks import WalkRows, save_walks

_developments, _changes = tables.developments.c, tables.changes.c
MOST_FOUND = 10
_LAST = "\U0010ffff"  # sorts behind every character, on both databases


class LedgerRows(PointRows, KinRows, WalkRows):
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
            side, marks = tables.development_keys.c, [filed(topic, mark) for mark in keys]
            told = select(side.development_id).where(among(side.key, marks, self._database.dialect))
            fits.append(_developments.id.in_(told))
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
    async def told_last(
        self, topic: TopicId, category: Category, until: datetime, *, skip: int = 0, most: int
    ) -> tuple[tuple[Development, ...], int]:
        """Of developments first told by a moment a page, those told last first, and how many there are."""
        of = _developments.topic == topic, _developments.category == category, _developments.first_seen <= until
        last = (_developments.last_seen.desc(), _developments.id.desc())
        query = select(tables.developments).where(*of).order_by(*last).offset(skip).limit(most)
        async with self._database.read() as connection:
            page = nouns((await connection.execute(query)).mappings(), _development)
            total = (
                await connection.execute(select(func.count()).select_from(tables.developments).where(*of))
            ).scalar_one()
        return page, int(total)

    @unbroken
    async def changes(
        self,
        topic: TopicId,
        *,
        category: Category | None = None,
        kinds: Sequence[ChangeKind] | None = None,
        window: Window | None = None,
        until: datetime | None = None,
        ids: Sequence[ChangeId] | None = None,
        development: DevelopmentId | None = None,
        newest: int | None = None,
    ) -> tuple[Change, ...]:
        """Changes that fit all given conditions, by `at` then id. `until` keeps those with at < until, `newest` so many of the last."""
        few = ids is not None or development is not None
        fits = [(aside(_changes.topic) if few else _changes.topic) == topic]
        if development is not None:
            fits.append(_changes.development_id == development)
        if ids is not None:
            fits.append(among(_changes.id, ids, self._database.dialect))
        if category is not None:
            fits.append(_changes.category == category)
        if kinds is not None:
            fits.append(_changes.kind.in_([str(kind) for kind in kinds]))
        if window is not None:
            fits.append(within(window, _changes.seen_at if window.by is WindowBy.SEEN else _changes.at))
        if until is not None:
            fits.append(_changes.at < until)
        query = select(tables.changes).where(*fits).order_by(_changes.at.desc(), _changes.id.desc()).limit(newest)
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _change)[::-1]

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
    await loosen_points(connection, plan.loosened)
    await place_points(connection, plan.placed)
    await _save_developments(connection, plan.developments)
    await _replace_changes(connection, plan)
    await _alter_changes(connection, plan)
    await save_walks(connection, plan)
    await retire(connection, plan.retired)


async def _save_developments(connection: AsyncConnection, developments: Sequence[Development]) -> None:
    if not developments:
        return
    await upsert(connection, tables.developments, [flat(development) for development in developments])
    await save_keys(connection, developments)


async def _replace_changes(connection: AsyncConnection, plan: Plan) -> None:
    if not plan.changes:
        return
    named = or_(*(and_(_changes.topic == topic, _changes.category == category) for topic, category, _ in plan.changes))
    await connection.execute(delete(tables.changes).where(named))
    moved = [change for _, _, changes in plan.changes for change in changes]
    alive = await survivors(connection, (change.development_id for change in moved))
    rows = [{**flat(c), "development_id": alive.get(key(c.development_id), c.development_id)} for c in moved]
    await upsert(connection, tables.changes, rows)


async def _alter_changes(connection: AsyncConnection, plan: Plan) -> None:
    await remove(connection, _changes.id, plan.dropped)
    alive = await survivors(connection, (change.development_id for change in plan.altered))
    rows = [{**flat(c), "development_id": alive.get(key(c.development_id), c.development_id)} for c in plan.altered]
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
