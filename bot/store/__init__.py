"""The store on SQLite and PostgreSQL: one schema, migrations at opening, rows ↔ nouns. Knows nothing of their use."""

from bot.store.archive import backup, restore
from bot.store.opening import open_store
from bot.store.storing import SqlStore

__all__ = ["SqlStore", "backup", "open_store", "restore"]
