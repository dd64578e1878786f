"""The Store port on one database: all shelves, one way to write, housekeeping. Rows are the shelves' business."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Clock, Plan, StoreHealth
from bot.store import tables
from bot.store.articles import ArticleRows, save_articles
from bot.store.chats import ChatRows, save_chats
from bot.store.database import Database
from bot.store.feeds import FeedRows, forget_entries, save_feeds
from bot.store.ledger import LedgerRows, save_ledger
from bot.store.outbox import forget_deliveries
from bot.store.pushes import PushRows, save_pushes
from bot.store.schema import found_revision
from bot.store.unbroken import unbroken

_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


class SqlStore(FeedRows, PushRows, ArticleRows, LedgerRows, ChatRows):
    """Store on SQLite or PostgreSQL. Safe to share between tasks; every call is one transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @property
    def database(self) -> Database:
        """What backups and tests of the store itself stand on."""
        return self._database

    @unbroken
    async def apply(self, plan: Plan) -> None:
        """Write the plan in one transaction. Raises StoreError; then nothing was written."""
        async with self._database.write() as connection:
            await save_feeds(connection, plan, self._clock.now())
            await save_pushes(connection, plan)
            await save_articles(connection, plan)
            await save_ledger(connection, plan)
            await save_chats(connection, plan)

    @unbroken
    async def prune(self, before: datetime) -> int:
        """Forget studied entries that arrived, and finished deliveries created, before a moment; how many rows."""
        async with self._database.write() as connection:
            return await forget_entries(connection, before) + await forget_deliveries(connection, before)

    @unbroken
    async def health(self) -> StoreHealth:
        """Where it is and how large."""
        async with self._database.read() as connection:
            revision = await connection.run_sync(found_revision)
            return StoreHealth(
                url=self._database.shown_url,
                revision=revision or "",
                size_bytes=(await connection.execute(text(_SIZE[self._database.dialect]))).scalar(),
                rows=await row_counts(connection),
            )


async def row_counts(connection: AsyncConnection) -> tuple[tuple[str, int], ...]:
    """How many rows each table has, by the table's name."""
    counts = [
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in tables.metadata.sorted_tables
    ]
    row = (await connection.execute(select(*counts))).mappings().one()
    return tuple(sorted((str(name), int(count)) for name, count in row.items()))
