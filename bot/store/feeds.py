"""Feeds and their entries as rows. Knows nothing of articles or chats."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, Select, and_, bindparam, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.errors import Trouble
from bot.model.feeds import Entry, EntryId, Feed, FeedId, Health
from bot.ports import Clock, KnownEntries, Plan
from bot.store import tables
from bot.store.columns import key
from bot.store.database import Database
from bot.store.dialects import among, listed, named_among, portions, remove, upsert
from bot.store.rows import flat, maybe, nouns
from bot.store.unbroken import unbroken
from bot.store.visits import save_visits
from bot.text.urls import key_of

_OURS = ("studied", "arrived_at", "link", "not_before")  # columns that are no part of what a feed said
_NEVER_DUE = (Health.GONE.value, Health.PAUSED.value)
_TOO_LATE = timedelta(days=2)  # nothing is put off for so long: the clock was ahead when it was


class FeedRows:
    """The FeedShelf port."""

    _database: Database
    _clock: Clock

    @unbroken
    async def feeds(self, ids: Sequence[FeedId] | None = None) -> tuple[Feed, ...]:
        """All feeds, or those of `ids`; by name."""
        table = tables.feeds
        query = select(table).order_by(table.c.name, table.c.id)
        if ids is not None:
            query = query.where(among(table.c.id, ids, self._database.dialect))
        found: list[Feed] = []
        async with self._database.read() as connection:
            for rows in portions((await connection.execute(query)).mappings().all()):
                found += nouns(rows, _feed)
                await asyncio.sleep(0)  # 20,000 feeds take a second, in which somebody may ask something
        return tuple(found)

    @unbroken
    async def due_feeds(self, now: datetime | None) -> tuple[tuple[FeedId, str], ...]:
        """(id, address) of feeds to be read by `now` (None: of all), except gone and paused ones; those waiting longest first."""
        table = tables.feeds.c
        query = select(table.id, table.address).where(table.health.not_in(_NEVER_DUE))
        if now is not None:
            query = query.where(or_(table.next_at.is_(None), table.next_at <= now, table.next_at > now + _TOO_LATE))
        found: list[tuple[FeedId, str]] = []
        async with self._database.read() as connection:
            due = await connection.execute(query.order_by(table.next_at.asc().nulls_first(), table.id))
            for rows in due.partitions(1_000):
                found += ((FeedId(id_), address) for id_, address in rows)
                await asyncio.sleep(0)  # 20,000 at once would hold the loop for 70 ms
        return tuple(found)

    @unbroken
    async def known_entries(self, feed: FeedId, ids: Sequence[EntryId], links: Sequence[str] = ()) -> KnownEntries:
        """Those of the feed's stored entries that have one of `ids`, or a canonical link that is one of `links` in any spelling."""
        dialect = self._database.dialect
        id_keys, link_keys = {id_: key(id_) for id_ in ids}, {link: key(key_of(link)) for link in links if link}
        given = {
            "feed": feed,
            "ids": listed(id_keys.values(), dialect),
            "links": listed(link_keys.values(), dialect),
        }
        async with self._database.glance() as connection:
            rows = (await connection.execute(_stored_entries(dialect), given)).all()
        hashes = {row.id: row.content_hash for row in rows}
        at: dict[str, list[tuple[EntryId, str]]] = {}
        for row in rows:
            at.setdefault(row.link, []).append((EntryId(row.id), row.content_hash))
        under = {link: at[kept] for link, kept in link_keys.items() if kept in at}
        return KnownEntries(
            {id_: hashes[kept] for id_, kept in id_keys.items() if kept in hashes},
            {link: entries[-1] for link, entries in under.items()},
            frozenset((link, content_hash) for link, entries in under.items() for _, content_hash in entries),
        )

    @unbroken
    async def waiting_entries(self, limit: int) -> tuple[Entry, ...]:
        """Entries not studied yet and not postponed, oldest publication first (undated last)."""
        table = tables.entries
        now = self._clock.now()
        waited = or_(table.c.not_before.is_(None), table.c.not_before <= now, table.c.not_before > now + _TOO_LATE)
        query = (
            select(table)
            .where(table.c.studied == false(), waited)
            .order_by(table.c.published.asc().nulls_last(), table.c.feed_id, table.c.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _entry)


@cache
def _stored_entries(dialect: str) -> Select[Any]:
    """Made once: making it costs more than asking it, and it is asked for each feed that has changed."""
    table = tables.entries.c
    hers = table.feed_id == bindparam("feed")  # on both sides, else SQLite would look at all the feed ever said
    by_id, by_link = named_among(table.id, "ids", dialect), named_among(table.link, "links", dialect)
    return (
        select(table.id, table.link, table.content_hash)
        .where(or_(and_(hers, by_id), and_(hers, by_link)))
        .order_by(table.arrived_at, table.id)
    )


async def save_feeds(connection: AsyncConnection, plan: Plan, now: datetime) -> None:
    """Write the plan's feeds and entries; a removed feed takes its entries along, its articles stay."""
    await remove(connection, tables.entries.c.feed_id, plan.removed_feeds)
    await remove(connection, tables.feeds.c.id, plan.removed_feeds)
    await upsert(connection, tables.feeds, [flat(feed) for feed in plan.feeds])
    left = await save_visits(connection, plan.visited)
    arrived = [
        {**flat(entry), "link": key_of(entry.url), "studied": False, "arrived_at": now, "not_before": None}
        for entry in plan.entries
        if entry.feed_id not in left
    ]
    await upsert(connection, tables.entries, arrived)
    await _mark_studied(connection, plan.studied)
    await _postpone(connection, plan.postponed)


async def forget_entries(connection: AsyncConnection, before: datetime) -> int:
    """Remove studied entries that arrived before a moment; how many."""
    table = tables.entries
    done = table.c.studied != false()  # `= true` would lead SQLite to the index of those studied, which nearly all are
    gone = delete(table).where(done, table.c.arrived_at < before)
    return (await connection.execute(gone)).rowcount


async def _mark_studied(connection: AsyncConnection, studied: Sequence[tuple[FeedId, EntryId]]) -> None:
    table = tables.entries
    for feed in sorted({feed for feed, _ in studied}):
        ids = among(table.c.id, (id_ for of, id_ in studied if of == feed), connection.dialect.name)
        await connection.execute(update(table).where(table.c.feed_id == feed, ids).values(studied=True))


async def _postpone(connection: AsyncConnection, postponed: Sequence[tuple[FeedId, EntryId, datetime]]) -> None:
    table = tables.entries
    for feed, entry, moment in postponed:
        one = update(table).where(table.c.feed_id == feed, table.c.id == key(entry))
        await connection.execute(one.values(not_before=moment, tries=table.c.tries + 1))


def _feed(row: RowMapping) -> Feed:
    return Feed(**{**row, "health": Health(row["health"]), "trouble": maybe(Trouble, row["trouble"])})


def _entry(row: RowMapping) -> Entry:
    return Entry(**{name: value for name, value in row.items() if name not in _OURS})
