"""Developments that were joined into another: who lives on for whom. Knows nothing of what a development says.

Aliases are kept short: retiring a survivor re-points everything that led to it, so that one look-up finds the end
of any chain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.stories import DevelopmentId
from bot.store import tables
from bot.store.columns import key
from bot.store.dialects import among, remove, upsert

_aliases = tables.retired_developments


async def survivors(connection: AsyncConnection, ids: Iterable[str]) -> dict[str, str]:
    """Survivor by retired id, for those of `ids` that are retired."""
    wanted = tuple(ids)
    if not wanted:
        return {}
    query = select(_aliases.c.id, _aliases.c.survivor).where(among(_aliases.c.id, wanted, connection.dialect.name))
    return {row.id: row.survivor for row in await connection.execute(query)}


async def retire(connection: AsyncConnection, pairs: Sequence[tuple[DevelopmentId, DevelopmentId]]) -> None:
    """Join each old development into its survivor: points, changes and earlier aliases follow it."""
    for old, named in pairs:
        alive = (await survivors(connection, [named])).get(key(named), named)
        if key(alive) != key(old):
            await _join(connection, old, alive)


async def revive(connection: AsyncConnection, ids: Sequence[DevelopmentId]) -> None:
    """A development that is saved again under a retired id is itself once more."""
    await remove(connection, _aliases.c.id, ids)


async def _join(connection: AsyncConnection, old: str, alive: str) -> None:
    for table in (tables.points, tables.changes):
        moved = update(table).where(table.c.development_id == old).values(development_id=alive)
        await connection.execute(moved)
    await connection.execute(update(_aliases).where(_aliases.c.survivor == old).values(survivor=alive))
    await upsert(connection, _aliases, [{"id": old, "survivor": alive}])
    await connection.execute(delete(tables.developments).where(tables.developments.c.id == old))
