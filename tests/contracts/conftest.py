"""Stores to hold to the contract: SQLite in memory, SQLite in a file, and a PostgreSQL of the tests' own.

PostgreSQL runs from the installed programs in a temporary folder, without TCP, and ends with the tests.
"""

from __future__ import annotations

import itertools
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store import SqlStore, open_store
from bot.store.tables import metadata
from tests.builders import NOON

KINDS = ("sqlite-memory", "sqlite-file", pytest.param("postgres", marks=pytest.mark.postgres))
_numbers = itertools.count()


@dataclass
class HandClock:
    """A clock that stands until told."""

    moment: datetime = NOON

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


@dataclass(frozen=True)
class PostgresServer:
    """A running server. `url(name)` is the address of one of its databases."""

    programs: Path
    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://app@/{name}?host={self.folder}"

    def fresh(self) -> str:
        """The address of a new, empty database."""
        name = f"fresh_{next(_numbers)}"
        self.run(f"psql -h {self.folder} -U app -d postgres -qc 'CREATE DATABASE {name}'")
        return self.url(name)

    def run(self, line: str) -> None:
        """Run one of the server's programs, as somebody else where we are root: the server refuses root."""
        line = f"cd {self.folder} && PATH={shlex.quote(str(self.programs))}:$PATH {line}"
        command = ["su", "-s", "/bin/sh", "nobody", "-c", line] if os.geteuid() == 0 else ["/bin/sh", "-c", line]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{line}\n{done.stdout}")


def _postgres_programs() -> Path | None:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A server for the whole run; skips where its programs or the driver are missing."""
    pytest.importorskip("asyncpg", reason="PostgreSQL's driver is not installed: pip install 'planwatch[postgres]'")
    programs = _postgres_programs()
    if programs is None:
        pytest.skip("no PostgreSQL programs (initdb, pg_ctl) are installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pw-pg-", dir="/tmp"))  # a socket's path must be short
    server = PostgresServer(programs, folder)
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    try:
        server.run(f"initdb -D {folder}/data -U app --auth=trust -E UTF8 --locale=C --no-sync")
        options = f"-c listen_addresses= -k {folder} -c fsync=off -c max_connections=50"
        server.run(f"pg_ctl -D {folder}/data -w -l {folder}/log -o '{options}' start")
        yield server
        server.run(f"pg_ctl -D {folder}/data -m immediate stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=KINDS[1:])
def lasting_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that outlives its connections."""
    if request.param == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.fresh()
    return f"sqlite:///{tmp_path}/planwatch.db"


@pytest.fixture
def store_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of the database of this test's `store`."""
    if kind == "postgres":
        server: PostgresServer = request.getfixturevalue("postgres")
        return server.url("postgres")
    return "sqlite://" if kind == "sqlite-memory" else f"sqlite:///{tmp_path}/planwatch.db"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def store(store_url: str, clock: HandClock) -> AsyncIterator[SqlStore]:
    """An open, empty store. PostgreSQL's tests share a database, which is emptied for each."""
    async with open_store(store_url, clock=clock) as opened:
        if opened.database.dialect == "postgresql":
            async with opened.database.write() as connection:
                names = ", ".join(table.name for table in metadata.sorted_tables)
                await connection.execute(text(f"TRUNCATE {names}"))
        yield opened
