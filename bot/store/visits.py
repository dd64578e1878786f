"""What became of feeds that were looked at, written into their rows. Knows nothing of looking.

A look takes a while, in which an operator may remove a feed or name it otherwise: that stands, whatever the look brought.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feeds import Feed, FeedId, Health
from bot.store import tables
from bot.store.columns import key
from bot.store.dialects import Excluded, listed, named_among, upsert
from bot.store.rows import flat

_SAID_BY_OPERATORS = ("url", "topics", "official")


async def save_visits(connection: AsyncConnection, feeds: Sequence[Feed]) -> set[FeedId]:
    """Write what became of feeds that were looked at; those that somebody removed or paused meanwhile, of which nothing is kept."""
    if not feeds:
        return set()
    dialect = connection.dialect.name
    wanted = {"ids": listed([key(feed.id) for feed in feeds], dialect)}
    alive = set(await connection.scalars(_followed(dialect), wanted))
    rows = [flat(feed) for feed in feeds if key(feed.id) in alive]
    await upsert(connection, tables.feeds, rows, keep=_SAID_BY_OPERATORS, ruling=_named)
    return {feed.id for feed in feeds if key(feed.id) not in alive}


@cache
def _followed(dialect: str) -> Select[Any]:
    """Made once: making it costs more than asking it."""
    table = tables.feeds.c
    wanted = and_(named_among(table.id, "ids", dialect), table.health != Health.PAUSED)
    return select(table.id).where(wanted).order_by(table.id).with_for_update()


def _named(new: Excluded) -> Mapping[str, ColumnElement[Any]]:
    """Name and language are given where there is none."""
    stored = tables.feeds.c
    return {
        "name": case((stored.name == "", new["name"]), else_=stored.name),
        "language": func.coalesce(stored.language, new["language"]),
    }
