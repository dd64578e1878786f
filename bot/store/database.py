"""One database as the shelves see it: an engine and two kinds of transaction. Knows no table and no noun."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, nullcontext
from pathlib import Path
from secrets import token_hex
from typing import Any

from sqlalchemy import URL, AsyncAdaptedQueuePool, Connection, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.model.errors import StoreUnreachable
from bot.store.troubles import translated

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}
_BUSY_MS = 15_000  # how long one SQLite connection waits for another's transaction
_PAUSE_MS = 50
_WRITES = "planwatch_writes"
_ONE_STATEMENT = "planwatch_one_statement"


class Database:
    """An engine, and transactions on it whose driver errors leave as StoreErrors."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.dialect = engine.dialect.name
        # SQLite has one writer; waiting here is fair, waiting in its busy handler is a lottery.
        self._writing = asyncio.Lock() if self.dialect == "sqlite" else nullcontext()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A reading transaction, all of whose statements see one moment."""
        level = {"isolation_level": "REPEATABLE READ"} if self.dialect == "postgresql" else {}
        with translated():
            async with self.engine.connect() as connection:
                connection = await connection.execution_options(**level)
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncConnection]:
        """For one reading statement, which sees one moment by itself: spares the transaction, a third of such a look's cost."""
        with translated():
            async with self.engine.connect() as connection:
                yield await connection.execution_options(**{_ONE_STATEMENT: True})

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A writing transaction: all or nothing."""
        with translated():
            async with self._writing, self.engine.connect() as connection:
                connection = await connection.execution_options(**{_WRITES: True})
                async with connection.begin():
                    yield connection

    @property
    def shown_url(self) -> str:
        """The address without anything secret, for people."""
        url = self.engine.url
        if _in_memory(url):
            return "sqlite:// (memory)"
        return url.set(query={name: url.query[name] for name in url.query if name == "host"}).render_as_string()


def parsed(url: str) -> URL:
    """`url` with the async driver this project uses. Raises StoreUnreachable when it is none of ours."""
    try:
        found = make_url(url)
    except ArgumentError as error:
        raise StoreUnreachable("storage.url is not a database URL such as sqlite:///planwatch.db") from error
    driver = _DRIVERS.get(found.get_backend_name())
    if driver is None:
        raise StoreUnreachable(f"storage.url begins with {found.drivername}; use sqlite:/// or postgresql://")
    return found.set(drivername=driver)


@contextmanager
def located(url: str) -> Iterator[URL]:
    """The address to open. A memory database lives until the end, even if a cancelled query costs its connection."""
    address = parsed(url)
    if address.get_backend_name() != "sqlite" or address.database not in (None, "", ":memory:"):
        yield address
        return
    name = f"file:/planwatch-{token_hex(8)}"  # https://www.sqlite.org/src/file/src/memdb.c: the slash makes it shared
    with closing(sqlite3.connect(f"{name}?vfs=memdb", uri=True)):
        yield address.set(database=name, query={"vfs": "memdb", "uri": "true"})


@asynccontextmanager
async def opened(address: URL, *, foreign_keys: bool = True) -> AsyncIterator[Database]:
    """A database that is closed at the end. Without `foreign_keys` SQLite lets a migration rebuild tables."""
    with translated():
        engine = _engine(address, foreign_keys=foreign_keys)
    try:
        yield Database(engine)
    finally:
        await engine.dispose()


def _engine(address: URL, *, foreign_keys: bool) -> AsyncEngine:
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address, foreign_keys=foreign_keys)
    try:
        return create_async_engine(
            address,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"timeout": 20, "command_timeout": 300, "server_settings": {"application_name": "planwatch"}},
        )
    except ModuleNotFoundError as error:
        raise StoreUnreachable("PostgreSQL needs the driver asyncpg: pip install 'planwatch[postgres]'") from error


def _sqlite_engine(address: URL, *, foreign_keys: bool) -> AsyncEngine:
    in_memory = _in_memory(address)
    if not in_memory and "uri" not in address.query:
        _try_file(Path(str(address.database)))
    # Memory has no WAL: a reader would wait for a writer anyway. Connections beyond the pool would be opened and closed for each use.
    size = 1 if in_memory else 6
    engine = create_async_engine(
        address,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=300,
    )
    event.listen(engine.sync_engine, "connect", lambda raw, _: _prepare(raw, foreign_keys=foreign_keys))
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _try_file(file: Path) -> None:
    """Fail here, if at all: a connection that fails in aiosqlite leaves a thread that may outlive the loop and complain."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file)):
        pass


def _in_memory(address: URL) -> bool:
    return address.query.get("vfs") == "memdb"


def _prepare(raw: Any, *, foreign_keys: bool) -> None:
    """Make a new connection ready; the pool would leave a failed one to the garbage collector, with its thread."""
    try:
        _set_up(raw, foreign_keys=foreign_keys)
    except BaseException:
        raw.close()
        raise


def _set_up(raw: Any, *, foreign_keys: bool) -> None:
    """The driver would begin transactions by guessing; it is told to leave that to `_begin`."""
    raw.isolation_level = None
    cursor = raw.cursor()
    for pragma in (f"busy_timeout={_BUSY_MS}", f"foreign_keys={'ON' if foreign_keys else 'OFF'}"):
        cursor.execute(f"PRAGMA {pragma}")
    _use_wal(raw, cursor)
    cursor.close()


def _use_wal(raw: Any, cursor: Any) -> None:
    """Two programs that do this to a fresh file collide, and SQLite's own waiting does not cover it."""
    for _ in range(_BUSY_MS // _PAUSE_MS):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            raw.run_async(lambda _: asyncio.sleep(_PAUSE_MS / 1000))
        else:
            return
    raise StoreUnreachable("the database file is locked by another program")


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once: two readers that become writers half-way would both fail."""
    options = connection.get_execution_options()
    if not options.get(_ONE_STATEMENT):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")
