"""Opening a store brings it to this version's schema: fresh, old, newer, broken half-way, or opened by many at once."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.model.errors import StoreError, StoreTooNew
from bot.ports import Plan
from bot.store import open_store, schema
from bot.store.database import located, opened
from bot.store.tables import metadata
from tests.builders import a_chat, a_feed, a_subscription

SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision = "next", "HEAD"

def upgrade():
    rebuild = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("subscriptions", recreate=rebuild) as batch:
        batch.add_column(sa.Column("mood", sa.Text(), nullable=False, server_default="calm"))
""".replace("HEAD", schema.head())
HEAD = schema.head()
STUMBLING = SECOND + "    op.execute('SELECT * FROM nowhere')\n"
OPEN = "import asyncio, sys\nfrom bot.store import open_store\nasync def main():\n    async with open_store(sys.argv[1]) as s:\n        print((await s.health()).revision)\nasyncio.run(main())"


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A planwatch with room for further revisions; returns their folder."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.FOLDER, folder)
    monkeypatch.setattr(schema, "FOLDER", folder)
    return folder / "versions"


async def migrate_to(url: str, revision: str) -> None:
    with located(url) as address:
        async with opened(address, foreign_keys=False) as database:
            await schema.migrate(database, revision)


async def test_a_fresh_store_has_exactly_the_tables_the_code_works_with(lasting_url: str) -> None:
    def another_type(context: MigrationContext, _: object, __: object, found: Any, meant: Any) -> bool:
        named = [
            kind.compile(context.dialect).replace("VARCHAR", "TEXT") for kind in (found, meant)
        ]  # the same to both
        return bool(named[0] != named[1])

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": another_type})
        return list(compare_metadata(context, metadata))

    async with open_store(lasting_url) as store, store.database.read() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_store_of_the_first_version_is_opened_with_everything_in_it(lasting_url: str) -> None:
    await migrate_to(lasting_url, "0001")
    feeds = (
        "INSERT INTO feeds (id, url, address, name, topics, official, health, trouble_detail, failures)"
        " VALUES ('example-wire', 'https://example-wire.example/feed.xml', 'https://example-wire.example/feed.xml',"
        " 'Example Wire', '[]', false, 'new', '', 0)"
    )
    chats = (
        "INSERT INTO chats (platform, chat, thread, kind, title, language, zone)"
        " VALUES ('telegram', '77', '', 'private', 'Olena', 'en', 'UTC')"
    )
    with located(lasting_url) as address:
        async with opened(address) as database, database.write() as connection:
            await connection.execute(text(feeds))
            await connection.execute(text(chats))
    async with open_store(lasting_url) as store:
        assert await store.feeds() == (a_feed(language=None),)
        assert await store.chat(a_chat().ref) == a_chat()
        assert (await store.health()).revision == schema.head()


async def test_migrating_keeps_what_was_there_and_what_depends_on_it(lasting_url: str, later_version: Path) -> None:
    """SQLite rebuilds a table to change it; with foreign keys on, dropping the old one would empty its dependants."""
    async with open_store(lasting_url) as store:
        await store.apply(Plan(subscriptions=(a_subscription(),)))
        async with store.database.write() as connection:
            await connection.execute(text("INSERT INTO told_changes (subscription_id, change_id) VALUES ('s1', 'c1')"))
    (later_version / "next_mood.py").write_text(SECOND)
    async with open_store(lasting_url) as store:
        assert (await store.health()).revision == "next"
        assert await store.subscriptions() == (a_subscription(),)
        assert await store.covered(a_subscription().id) == {"c1"}


async def test_a_migration_that_fails_leaves_the_store_as_it_was(lasting_url: str, later_version: Path) -> None:
    async with open_store(lasting_url) as store:
        await store.apply(Plan(feeds=(a_feed(),)))
    (later_version / "next_mood.py").write_text(STUMBLING)
    with pytest.raises(StoreError, match="nowhere"):
        async with open_store(lasting_url):
            pass
    (later_version / "next_mood.py").unlink()
    async with open_store(lasting_url) as store, store.database.read() as connection:
        assert await connection.run_sync(schema.found_revision) == HEAD
        columns = await connection.run_sync(lambda sync: inspect(sync).get_columns("subscriptions"))
    assert "mood" not in {column["name"] for column in columns}


async def test_a_store_of_a_newer_version_is_refused_and_not_touched(lasting_url: str, later_version: Path) -> None:
    (later_version / "next_mood.py").write_text(SECOND)
    async with open_store(lasting_url) as store:
        await store.apply(Plan(feeds=(a_feed(),)))
    (later_version / "next_mood.py").unlink()
    with pytest.raises(StoreTooNew) as caught:
        async with open_store(lasting_url):
            pass
    assert caught.value.found == "next"
    (later_version / "next_mood.py").write_text(SECOND)
    async with open_store(lasting_url) as store:
        assert await store.feeds() == (a_feed(),)


async def test_one_loop_may_open_a_fresh_store_many_times_at_once(lasting_url: str) -> None:
    async def revision() -> str:
        async with open_store(lasting_url) as store:
            return (await store.health()).revision

    assert set(await asyncio.gather(*(revision() for _ in range(4)))) == {schema.head()}


def test_programs_started_at_once_from_any_folder_agree_on_a_fresh_store(lasting_url: str, tmp_path: Path) -> None:
    """Two services of one compose file start in the same second."""
    root = Path(__file__).parents[2]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, lasting_url],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ended = [each.communicate(timeout=60) for each in running]
    assert [out.strip() for out, _ in ended] == [schema.head()] * 2, ended


def test_every_revision_follows_the_one_before() -> None:
    """Two heads, as after a careless merge, would leave it to chance which schema a store gets."""
    assert schema._script().get_heads() == [schema.head()]
    assert schema._script().get_bases() == ["0001"]
