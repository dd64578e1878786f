"""What the world does to a store: hostile texts, rows of a newer version, failures half-way, full disks, no disk at all."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text, update

from bot.model.digests import Window
from bot.model.errors import StoreError, StoreFull, StoreUnreachable
from bot.model.feeds import ArticleId, EntryId, FeedId
from bot.model.stories import DevelopmentId, PointId
from bot.model.topics import Category
from bot.ports import Plan
from bot.store import SqlStore, open_store, schema, tables
from tests.builders import (
    DAY,
    NOON,
    TOPIC,
    a_chat,
    a_delivery,
    a_development,
    a_feed,
    a_fingerprint,
    a_point,
    a_reading,
    a_subscription,
    an_article,
    an_entry,
    point_in,
)

HOSTILE = "a\x00b \ud800 '; DROP TABLE feeds; -- \u202e\ufeff 🇺🇦 \\u0000 \"%_"
CLEANED = "a\ufffdb \ufffd '; DROP TABLE feeds; -- \u202e\ufeff 🇺🇦 \\u0000 \"%_"
FEED = FeedId("example-wire")


async def test_characters_a_database_refuses_cost_no_article(store: SqlStore) -> None:
    entry, article = an_entry(title=HOSTILE, summary=HOSTILE), an_article(text=HOSTILE, title=HOSTILE)
    development = a_development(outlets=(HOSTILE,), text=HOSTILE)
    await store.apply(Plan(entries=(entry,), articles=(article,), developments=(development,)))
    [waiting], kept = await store.waiting_entries(9), await store.article(article.id)
    assert kept is not None
    assert {waiting.title, waiting.summary, kept.text, kept.title} == {CLEANED}
    [held] = await store.developments(TOPIC)
    assert (held.outlets, held.text) == ((CLEANED,), CLEANED)


async def test_cleaning_a_text_does_not_shift_its_quotes(store: SqlStore) -> None:
    article = an_article(text="Lead\x00 with a stray byte.\n\nThe cap\x00 is 800,000.")
    point = point_in(article, "The cap\x00 is 800,000.")
    await store.apply(Plan(articles=(article,), points=(point,)))
    kept, [held] = await store.article(article.id), await store.points(TOPIC)
    assert kept is not None
    assert held.span == point.span
    assert held.span.of(kept.text) == held.quote == "The cap\ufffd is 800,000."


async def test_an_entry_with_an_endless_or_dirty_id_is_known_when_it_comes_again(store: SqlStore) -> None:
    ids = [EntryId("https://x.example/" + "ї" * 20_000), EntryId("https://x.example/" + "ї" * 20_001), EntryId("a\x00")]
    await store.apply(Plan(entries=tuple(an_entry(id=id_, content_hash=id_[-9:]) for id_ in ids)))
    assert set((await store.known_entries(FEED, ids)).by_id) == set(ids)
    waiting = await store.waiting_entries(9)
    assert len(waiting) == 3
    await store.apply(Plan(studied=tuple((entry.feed_id, entry.id) for entry in waiting)))
    assert await store.waiting_entries(9) == ()


async def test_endless_keys_are_found_again(store: SqlStore) -> None:
    long = "key " * 5_000
    await store.apply(
        Plan(fingerprints=(a_fingerprint(keys=(long, "k\x00")),), developments=(a_development(keys=(long,)),))
    )
    assert len(await store.fingerprints_like([long])) == 1
    assert len(await store.fingerprints_like(["k\x00"])) == 1
    assert len(await store.developments(TOPIC, keys=[long])) == 1


async def test_a_text_of_five_million_letters_is_kept_whole(store: SqlStore) -> None:
    article = an_article(text="Гарантії. " * 500_000)
    await store.apply(Plan(articles=(article,)))
    assert await store.article(article.id) == article


async def test_a_plan_of_thousands_of_rows_is_written_whole(store: SqlStore) -> None:
    points = tuple(a_point(id=f"p{n}", article=f"a{n}", development_id=f"d{n % 7}") for n in range(3_000))
    developments = tuple(a_development(id=f"d{n}", keys=(f"k{n}", "k")) for n in range(1_500))
    await store.apply(Plan(points=points, developments=developments))
    assert len(await store.points(TOPIC, ids=[point.id for point in points])) == 3_000
    assert len(await store.developments(TOPIC, keys=[f"k{n}" for n in range(40_000)])) == 1_500


async def test_a_word_of_a_newer_version_hides_its_row_and_no_other(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    plan = Plan(
        feeds=(a_feed(), a_feed(id="other")),
        points=(a_point(), a_point(article="a2")),
        developments=(a_development(), a_development(id="d2")),
        subscriptions=(a_subscription(), a_subscription(id="s2")),
    )
    await store.apply(plan)
    newer = (
        update(tables.feeds).where(tables.feeds.c.id == "other").values(health="sleepy"),
        update(tables.points).where(tables.points.c.article == "a2").values(stance="enthusiastic"),
        update(tables.developments).where(tables.developments.c.id == "d2").values(status="legendary"),
        update(tables.subscriptions).where(tables.subscriptions.c.id == "s2").values(platform="pigeon"),
    )
    async with store.database.write() as connection:
        for statement in newer:
            await connection.execute(statement)
    with caplog.at_level(logging.WARNING):
        assert await store.feeds() == plan.feeds[:1]
        assert await store.points(TOPIC) == plan.points[:1]
        assert await store.developments(TOPIC) == plan.developments[:1]
        assert await store.subscriptions() == plan.subscriptions[:1]
    assert "sleepy" in caplog.text


async def test_a_plan_that_fails_half_way_leaves_nothing_behind(store: SqlStore) -> None:
    naive = a_delivery(next_try_at=datetime(2026, 2, 10))  # noqa: DTZ001
    plan = Plan(
        feeds=(a_feed(),),
        entries=(an_entry(),),
        articles=(an_article(),),
        readings=(a_reading(),),
        points=(a_point(),),
        developments=(a_development(),),
        chats=(a_chat(),),
        deliveries=(naive,),  # written last
    )
    with pytest.raises(StoreError):
        await store.apply(plan)
    assert {count for _, count in (await store.health()).rows} == {0}
    await store.apply(Plan(feeds=(a_feed(),)))


async def test_a_plan_cancelled_half_way_leaves_nothing_behind_and_the_store_usable(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(a_feed(),)))
    points = tuple(a_point(id=f"p{n}") for n in range(2_000))
    for pause in (0, 1, 5, 20, 60):
        writing = asyncio.create_task(store.apply(Plan(chats=(a_chat(),), points=points)))
        for _ in range(pause):
            await asyncio.sleep(0)
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        assert dict((await store.health()).rows)["points"] in (0, 2_000)
    assert await store.feeds() == (a_feed(),)


async def test_many_writers_and_readers_at_once_all_get_through(store: SqlStore) -> None:
    writes = [store.apply(Plan(feeds=(a_feed(id=f"f{n}", name=f"{n:02}"),))) for n in range(20)]
    await asyncio.gather(*writes, *(store.feeds() for _ in range(20)))
    assert len(await store.feeds()) == 20


@pytest.mark.parametrize("kind", ["sqlite-memory", "sqlite-file"], indirect=True)
async def test_a_full_disk_is_named_and_costs_nothing_that_was_there(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(a_feed(),)))
    async with store.database.write() as connection:
        pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
        await connection.execute(text(f"PRAGMA max_page_count = {pages + 5}"))
    with pytest.raises(StoreFull):
        await store.apply(Plan(chats=(a_chat(),), articles=(an_article(text="x" * 1_000_000),)))
    assert await store.feeds() == (a_feed(),)
    rows = dict((await store.health()).rows)
    assert (rows["articles"], rows["chats"]) == (0, 0)


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
async def test_a_full_server_is_named_and_costs_nothing_that_was_there(store: SqlStore) -> None:
    """The server is made to say what it says when its disk is full."""
    full = "CREATE FUNCTION pg_temp.full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53100'; END $$"
    await store.apply(Plan(feeds=(a_feed(),)))
    async with store.database.write() as connection:
        await connection.execute(text(full))
        await connection.execute(
            text("CREATE TRIGGER t BEFORE INSERT ON articles FOR EACH ROW EXECUTE FUNCTION pg_temp.full()")
        )
    with pytest.raises(StoreFull):
        await store.apply(Plan(feeds=(a_feed(id="other"),), articles=(an_article(),)))
    async with store.database.write() as connection:
        await connection.execute(text("DROP TRIGGER t ON articles"))
    assert await store.feeds() == (a_feed(),)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://app:s3cret@127.0.0.1:1/planwatch",
        "postgresql://app:s3cret@/planwatch?host=/nowhere",
        "mysql://app:s3cret@db/planwatch",
        "app:s3cret@db",
        "sqlite:////proc/s/planwatch.db",
        "sqlite:////",
    ],
)
async def test_a_store_that_cannot_be_reached_is_named_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnreachable) as caught:
        async with open_store(url):
            pass
    assert "s3cret" not in f"{caught.value} {caught.value.detail}"
    assert caught.value.detail


async def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("Buy milk. " * 200)
    with pytest.raises(StoreUnreachable, match="not a database"):
        async with open_store(f"sqlite:///{file}"):
            pass
    assert file.read_text().startswith("Buy milk.")


async def test_health_says_where_the_store_is_without_its_password(store: SqlStore) -> None:
    health = await store.health()
    assert health.size_bytes is not None and health.size_bytes > 0
    assert dict(health.rows)["feeds"] == 0
    assert health.revision == schema.head()
    assert health.url.startswith(("sqlite", "postgresql"))


@pytest.mark.parametrize("kind", ["sqlite-memory"], indirect=True)
async def test_no_question_of_a_person_reads_a_whole_table(store: SqlStore) -> None:
    """With years of news, a scan or an index on the topic alone turns an answer of milliseconds into seconds."""
    asked: list[tuple[str, Any]] = []
    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, given, x, many: asked.append((sql, given)))
    day = Window(since=NOON, until=NOON + DAY)
    await store.articles(TOPIC, day)
    await store.counts(TOPIC, day)
    await store.fingerprints_like(["k1"])
    await store.points(TOPIC, ids=[PointId("p")])
    await store.points(TOPIC, developments=[DevelopmentId("d")], window=day)
    await store.points(TOPIC, article=ArticleId("a"))
    await store.developments(TOPIC, keys=["k"], category=Category("army"))
    await store.developments(TOPIC, ids=[DevelopmentId("d")])
    await store.changes(TOPIC, window=day)
    await store.find("p")
    await store.known_entries(FEED, [EntryId("e")])
    await store.waiting_entries(9)
    await store.due_deliveries(NOON, 9)
    await store.subscriptions(due_by=NOON)
    queries = [(sql, given) for sql, given in asked if sql.startswith("SELECT")]
    assert len(queries) > 14
    for sql, given in queries:
        async with store.database.read() as connection:
            plan = [str(tuple(row)[3]) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
        tables_read = [step for step in plan if step.startswith("SCAN") and "anon_" not in step and "(" not in step]
        assert not tables_read, (sql, plan)
        assert not any(step.endswith("(topic=?)") for step in plan), (sql, plan)


@pytest.mark.parametrize("kind", ["sqlite-memory"], indirect=True)
async def test_a_wire_of_many_years_is_compared_and_forgotten_by_index(store: SqlStore) -> None:
    """By its feed alone each look at a wire would read all it ever said; by being studied alone each night all that anybody said."""
    asked: list[tuple[str, Any]] = []
    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, given, x, many: asked.append((sql, given)))
    await store.known_entries(FEED, [EntryId("e")], ["https://example.org/a"])
    await store.prune(NOON)
    steps = []
    for sql, given in [(sql, given) for sql, given in asked if " entries" in sql]:
        async with store.database.read() as connection:
            steps += [
                str(tuple(row)[3]) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)
            ]
    searched = [step.partition("(")[2] for step in steps if step.startswith("SEARCH entries")]
    assert searched == ["feed_id=? AND id=?)", "feed_id=? AND link=?)", "arrived_at<?)"]


async def test_the_time_an_entry_arrived_is_the_clocks(store: SqlStore) -> None:
    await store.apply(Plan(entries=(an_entry(),)))
    async with store.database.read() as connection:
        assert (
            await connection.scalars(tables.entries.select().with_only_columns(tables.entries.c.arrived_at))
        ).one() == NOON
