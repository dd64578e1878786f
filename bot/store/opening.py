"""Opens a store by its URL, at this version's schema. Knows no row."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.ports import Clock
from bot.store.database import located, opened
from bot.store.schema import migrate
from bot.store.storing import SqlStore


class _WallClock:
    """The machine's clock, for those who bring none."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@asynccontextmanager
async def open_store(url: str, *, clock: Clock | None = None) -> AsyncIterator[SqlStore]:
    """The store at `url` (sqlite:///file, sqlite:// for memory, postgresql://…), migrated, closed at the end.

    Raises StoreTooNew for a database of a newer planwatch, StoreUnreachable when it cannot be opened, StoreFull without
    room.
    """
    with located(url) as address:
        async with opened(address, foreign_keys=False) as database:
            await migrate(database)
        async with opened(address) as database:
            yield SqlStore(database, clock or _WallClock())
