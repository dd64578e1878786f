"""Brings a database to this version's schema, whoever else is starting at the same time. Knows no row and no noun.

Alembic's revisions lie beside this file and travel with the package; no ini file and no working folder to mind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakKeyDictionary

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.errors import StoreTooNew
from bot.store.database import Database

FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
_LOCK = 7_102_026  # PostgreSQL advisory lock: any number nobody else uses
# Alembic keeps the migration under way in module globals, so two stores of one loop take turns.
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()


async def migrate(database: Database, revision: str = "head") -> None:
    """Bring the schema up to `revision` in one transaction. Raises StoreTooNew for a revision that is not ours."""
    async with database.read() as connection:  # the usual case needs no lock, and waits for no writer
        if await connection.run_sync(found_revision) == _script().as_revision_number(revision):
            return
    async with turn(), database.write() as connection:
        await alone(connection)
        await connection.run_sync(upgrade, revision)


def turn() -> asyncio.Lock:
    """Held by whoever migrates in this loop."""
    return _turns.setdefault(asyncio.get_running_loop(), asyncio.Lock())


async def alone(connection: AsyncConnection) -> None:
    """Until the transaction ends nobody else migrates. On SQLite the writing transaction is that lock already."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the missing migrations inside the connection's transaction."""
    script, found = _script(), found_revision(connection)
    known(found, script)
    if found == script.as_revision_number(revision):
        return
    with _environment(connection, script, revision) as environment:
        environment.run_migrations()


def head() -> str:
    """The revision this version of planwatch works with."""
    return str(_script().get_current_head())


def known(revision: str | None, script: ScriptDirectory | None = None) -> None:
    """Raises StoreTooNew unless `revision` is one of ours (None: an empty database)."""
    ours = {step.revision for step in (script or _script()).walk_revisions()}
    if revision is not None and revision not in ours:
        raise StoreTooNew(revision)


def found_revision(connection: Connection) -> str | None:
    """The revision the database says it has; None when it is empty."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _environment(connection: Connection, script: ScriptDirectory, revision: str) -> Iterator[EnvironmentContext]:
    def steps(current: str, _: MigrationContext) -> list[RevisionStep]:
        return script._upgrade_revs(revision, current)  # as alembic.command.upgrade does

    with EnvironmentContext(Config(), script, fn=steps) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        yield environment


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))
