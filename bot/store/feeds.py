"""Feeds and their entries as rows. Knows nothing of articles or chats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, delete, false, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.errors import Trouble
from bot.model.feeds import Entry, EntryId, Feed, FeedId, Health
from bot.ports import Plan
from bot.store import tables
from bot.store.columns import key
from bot.store.database import Database
from bot.store.dialects import among, remove, upsert
from bot.store.rows import flat, maybe, nouns
from bot.store.unbroken import unbroken
from bot.text.urls import link_key

_NEVER_DUE = (Health.GONE.value, Health.PAUSED.value)


class FeedRows:
    """The FeedShelf port."""

    _database: Database

    @unbroken
    async def feeds(self, ids: Sequence[FeedId] | None = None) -> tuple[Feed, ...]:
        """All feeds, or those of `ids`; by name."""
        table = tables.feeds
        query = select(table).order_by(table.c.name, table.c.id)
        if ids is not None:
            query = query.where(among(table.c.id, ids, self._database.dialect))
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _feed)

    @unbroken
    async def due_feeds(self, now: datetime | None) -> tuple[tuple[FeedId, str], ...]:
        """(id, address) of feeds to be read by `now` (None: of all), except gone and paused ones; those waiting longest first."""
        table = tables.feeds.c
        query = select(table.id, table.address).where(table.health.not_in(_NEVER_DUE))
        if now is not None:
            query = query.where(or_(table.next_at.is_(None), table.next_at <= now))
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(table.next_at.asc().nulls_first(), table.id))
        return tuple((FeedId(id_), address) for id_, address in rows)

    @unbroken
    async def known_entries(self, feed: FeedId, ids: Sequence[EntryId]) -> dict[EntryId, str]:
        """content_hash of those of `ids` that are stored for this feed. Ids are compared as they are stored."""
        table = tables.entries
        async with self._database.read() as connection:
            query = select(table.c.id, table.c.content_hash).where(
                table.c.feed_id == feed, among(table.c.id, ids, self._database.dialect)
            )
            found = {row.id: row.content_hash for row in await connection.execute(query)}
        return {id_: found[key(id_)] for id_ in ids if key(id_) in found}

    @unbroken
    async def entries_at(self, feed: FeedId, links: Sequence[str]) -> dict[str, tuple[EntryId, str]]:
        """By link: the entry of this feed that was stored last under it, and its content_hash. Links are compared by `link_key`."""
        table = tables.entries.c
        keys = {link: key(link_key(link)) for link in links if link}
        query = (
            select(table.link, table.id, table.content_hash)
            .where(table.feed_id == feed, among(table.link, keys.values(), self._database.dialect))
            .order_by(table.arrived_at, table.id)
        )
        async with self._database.read() as connection:
            found = {row.link: (EntryId(row.id), row.content_hash) for row in await connection.execute(query)}
        return {link: found[kept] for link, kept in keys.items() if kept in found}

    @unbroken
    async def waiting_entries(self, limit: int) -> tuple[Entry, ...]:
        """Entries not studied yet, oldest publication first (undated last)."""
        table = tables.entries
        query = (
            select(table)
            .where(table.c.studied == false())
            .order_by(table.c.published.asc().nulls_last(), table.c.feed_id, table.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _entry)


async def save_feeds(connection: AsyncConnection, plan: Plan, now: datetime) -> None:
    """Write the plan's feeds and entries; a removed feed takes its entries along, its articles stay."""
    await remove(connection, tables.entries.c.feed_id, plan.removed_feeds)
    await remove(connection, tables.feeds.c.id, plan.removed_feeds)
    await upsert(connection, tables.feeds, [flat(feed) for feed in plan.feeds])
    arrived = [
        {**flat(entry), "link": link_key(entry.url) if entry.url else "", "studied": False, "arrived_at": now}
        for entry in plan.entries
    ]
    await upsert(connection, tables.entries, arrived)
    await _mark_studied(connection, plan.studied)


async def forget_entries(connection: AsyncConnection, before: datetime) -> int:
    """Remove studied entries that arrived before a moment; how many."""
    table = tables.entries
    gone = delete(table).where(table.c.studied == true(), table.c.arrived_at < before)
    return (await connection.execute(gone)).rowcount


async def _mark_studied(connection: AsyncConnection, studied: Sequence[tuple[FeedId, EntryId]]) -> None:
    table = tables.entries
    for feed in sorted({feed for feed, _ in studied}):
        ids = among(table.c.id, (id_ for of, id_ in studied if of == feed), connection.dialect.name)
        await connection.execute(update(table).where(table.c.feed_id == feed, ids).values(studied=True))


def _feed(row: RowMapping) -> Feed:
    return Feed(**{**row, "health": Health(row["health"]), "trouble": maybe(Trouble, row["trouble"])})


def _entry(row: RowMapping) -> Entry:
    return Entry(**{name: value for name, value in row.items() if name not in ("studied", "arrived_at", "link")})
