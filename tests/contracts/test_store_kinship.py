"""Look-ups for joining and for walking on, on every database: bounded, by index, and right about what is newest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.model.digests import Window
from bot.model.feeds import ArticleId
from bot.model.stories import ChangeKind, DevelopmentId, LedgerState, ReportId, Standing
from bot.model.topics import Category, TopicId
from bot.ports import Plan
from bot.store import SqlStore, schema
from bot.store.database import located, opened
from bot.store.opening import open_store
from tests.builders import DAY, HOUR, NOON, TOPIC, a_bookmark, a_change, a_development, a_fingerprint, a_point

ARMY, RAIL = Category("army"), TopicId("rail")
D1, D2 = DevelopmentId("d1"), DevelopmentId("d2")


def told(id_: str, at: datetime, *keys: str, **given: Any) -> Any:
    return a_development(id=id_, first_seen=NOON, last_seen=at, keys=keys, **given)


async def test_under_a_common_key_stand_the_developments_told_last(store: SqlStore) -> None:
    common = tuple(told(f"d{n}", NOON + n * DAY, "w:en:troops", f"n:{n}") for n in range(9))
    await store.apply(Plan(developments=common))
    found = await store.told_under(TOPIC, ["w:en:troops", "n:3", "n:77"], 3)
    assert found == {"w:en:troops": ("d8", "d7", "d6"), "n:3": ("d3",)}
    assert await store.told_under(TOPIC, [], 3) == {}


async def test_a_development_told_again_comes_to_the_front_of_its_keys(store: SqlStore) -> None:
    await store.apply(Plan(developments=(told("d1", NOON, "k"), told("d2", NOON + DAY, "k"))))
    await store.apply(Plan(developments=(told("d1", NOON + 2 * DAY, "k", "more"),)))
    assert await store.told_under(TOPIC, ["k", "more"], 1) == {"k": ("d1",), "more": ("d1",)}


async def test_another_topics_words_take_no_room(store: SqlStore) -> None:
    rail = tuple(told(f"r{n}", NOON + n * DAY, "k", topic=RAIL) for n in range(5))
    await store.apply(Plan(developments=(told("d1", NOON, "k"), *rail)))
    assert await store.told_under(TOPIC, ["k"], 2) == {"k": ("d1",)}
    assert await store.told_under(RAIL, ["k"], 2) == {"k": ("r4", "r3")}


async def test_a_development_that_went_into_another_stands_under_no_key(store: SqlStore) -> None:
    await store.apply(Plan(developments=(told("d1", NOON, "k"), told("d2", NOON, "k"))))
    await store.apply(Plan(retired=((D1, D2),)))
    assert await store.told_under(TOPIC, ["k"], 9) == {"k": ("d2",)}


async def test_a_development_is_compared_by_its_exemplars_and_by_all_its_points_without_any(store: SqlStore) -> None:
    points = tuple(a_point(article=f"a{n}", published=NOON + n * HOUR, development_id="d1") for n in range(4))
    ids = tuple(point.id for point in points)
    await store.apply(Plan(points=points, developments=(a_development(point_ids=ids, exemplars=(ids[3], ids[0])),)))
    assert await store.exemplars(TOPIC, [D1]) == (points[0], points[3])
    await store.apply(Plan(developments=(a_development(point_ids=ids),)))
    assert await store.exemplars(TOPIC, [D1, D2]) == points
    assert await store.exemplars(RAIL, [D1]) == await store.exemplars(TOPIC, []) == ()


async def test_points_that_are_loosened_wait_again(store: SqlStore) -> None:
    points = tuple(a_point(article=f"a{n}", published=NOON + n * DAY, development_id=f"d{n % 2}") for n in range(4))
    await store.apply(Plan(points=points))
    assert await store.joined_since(TOPIC, NOON + DAY) == {"d0": [points[2].id], "d1": [points[1].id, points[3].id]}
    assert await store.joined_since(RAIL, NOON) == {}
    await store.apply(Plan(loosened=(points[1].id, points[2].id)))
    assert await store.joined_since(TOPIC, NOON + DAY) == {"d1": [points[3].id]}
    assert await store.unjoined(TOPIC, 9) == tuple(replace(point, development_id=None) for point in points[1:3])
    assert await store.unjoined(TOPIC, 9, NOON + 2 * DAY) == (replace(points[2], development_id=None),)


async def test_points_wait_until_they_are_placed_and_are_otherwise_as_they_were(store: SqlStore) -> None:
    points = tuple(a_point(article=f"a{n}", published=NOON - n * HOUR) for n in range(3))
    await store.apply(Plan(points=(*points, a_point(article="a9", topic="rail"))))
    assert await store.unjoined(TOPIC, 2) == (points[2], points[1])
    await store.apply(Plan(placed=((points[2].id, D1), (points[1].id, D2)), developments=(a_development(),)))
    assert await store.unjoined(TOPIC, 9) == (points[0],)
    assert await store.points(TOPIC, developments=[D1]) == (replace(points[2], development_id=D1),)


async def test_a_point_placed_into_a_retired_development_goes_to_the_survivor(store: SqlStore) -> None:
    await store.apply(Plan(developments=(a_development(), a_development(id="d2")), retired=((D1, D2),)))
    await store.apply(Plan(points=(a_point(),), placed=((a_point().id, D1),)))
    assert [point.development_id for point in await store.points(TOPIC)] == ["d2"]


async def test_it_is_known_which_reports_tell_a_development(store: SqlStore) -> None:
    points = tuple(a_point(article=f"a{n}", report_id=f"r{n % 2}", development_id=f"d{n % 3}") for n in range(6))
    await store.apply(Plan(points=(*points, a_point(article="a9", report_id="r0"))))
    assert await store.told_by([ReportId("r0")]) == {("d0", "r0"), ("d1", "r0"), ("d2", "r0")}
    assert await store.told_by([]) == frozenset()


async def test_of_many_fingerprints_those_come_that_share_most_in_these_days(store: SqlStore) -> None:
    near = tuple(a_fingerprint(article=f"a{n}", keys=tuple(f"k{k}" for k in range(n))) for n in range(1, 6))
    later = a_fingerprint(article="later", keys=("k0", "k1", "k2", "k3", "k4"), told_at=NOON + 9 * DAY)
    await store.apply(Plan(fingerprints=(*near, later)))
    keys, days = [f"k{n}" for n in range(9)], Window(since=NOON - 3 * DAY, until=NOON + 3 * DAY)
    assert [each.article for each in await store.fingerprints_like(keys, window=days, most=2)] == ["a4", "a5"]
    assert [each.article for each in await store.fingerprints_like(keys, most=2)] == ["a5", "later"]
    found = await store.fingerprints_like([], window=days, article=ArticleId("later"), most=2)
    assert found == (later,)


async def test_the_newest_points_and_changes_are_found_without_the_rest(store: SqlStore) -> None:
    points = tuple(a_point(article=f"a{n}", published=NOON + n * HOUR) for n in range(5))
    changes = tuple(
        a_change(id=f"c{n}", at=NOON + n * HOUR, kind=ChangeKind.PASSED if n == 4 else ChangeKind.NEW) for n in range(5)
    )
    await store.apply(Plan(points=points, changes=((TOPIC, ARMY, changes),)))
    assert await store.points(TOPIC, newest=2) == points[3:]
    assert await store.changes(TOPIC, newest=2) == changes[3:]
    assert await store.changes(TOPIC, kinds=[ChangeKind.NEW], until=NOON + 3 * HOUR, newest=1) == changes[2:3]
    assert await store.changes(TOPIC, ids=[changes[1].id, changes[0].id]) == changes[:2]
    assert await store.changes(TOPIC, development=D1) == changes
    assert await store.changes(TOPIC, development=D2) == ()


async def test_a_page_of_developments_begins_with_what_was_told_last(store: SqlStore) -> None:
    known = tuple(told(f"d{n}", NOON + n * HOUR) for n in range(5))
    late = a_development(id="late", first_seen=NOON + DAY)
    await store.apply(Plan(developments=(*known, late, told("f", NOON, category=Category("force")))))
    page, total = await store.told_last(TOPIC, ARMY, NOON, skip=1, most=2)
    assert ([each.id for each in page], total) == (["d3", "d2"], 5)


async def test_single_lines_and_standings_are_written_without_touching_others(store: SqlStore) -> None:
    lines = tuple(a_change(id=f"c{n}") for n in range(3))
    await store.apply(Plan(developments=(a_development(), a_development(id="d2")), changes=((TOPIC, ARMY, lines),)))
    altered = replace(lines[1], after="2", at=NOON + HOUR)
    await store.apply(Plan(altered=(altered,), dropped=(lines[0].id,), standings=((D2, Standing.CORRECTED),)))
    assert await store.changes(TOPIC) == (lines[2], altered)
    assert await store.standings(TOPIC) == {"d1": Standing.STANDING, "d2": Standing.CORRECTED}
    assert [each.status for each in await store.developments(TOPIC, ids=[D2])] == [Standing.CORRECTED]


async def test_an_altered_line_of_a_retired_development_is_the_survivors(store: SqlStore) -> None:
    await store.apply(Plan(developments=(a_development(), a_development(id="d2")), retired=((D1, D2),)))
    await store.apply(Plan(altered=(a_change(),)))
    assert [line.development_id for line in await store.changes(TOPIC)] == ["d2"]


async def test_a_bookmark_is_found_by_its_mark_and_moment(store: SqlStore) -> None:
    early, late = a_bookmark(at=NOON - DAY), a_bookmark()
    other = a_bookmark(at=NOON - HOUR, mark="other rules")
    await store.apply(Plan(bookmarks=(early, late, other)))
    assert await store.bookmark(TOPIC, "m", NOON) == late
    assert await store.bookmark(TOPIC, "m", NOON - HOUR) == early
    assert await store.bookmark(TOPIC, "m", NOON - 2 * DAY) is None
    assert await store.bookmark(RAIL, "m", NOON) is None


async def test_what_is_dirty_has_no_bookmark_behind_it(store: SqlStore) -> None:
    await store.apply(Plan(bookmarks=(a_bookmark(at=NOON - DAY), a_bookmark(), a_bookmark(topic=RAIL))))
    await store.apply(Plan(dirty=((TOPIC, NOON - HOUR), (TOPIC, NOON + DAY))))
    found = await store.bookmark(TOPIC, "m", NOON + DAY)
    assert found is not None and found.at == NOON - DAY
    assert await store.bookmark(RAIL, "m", NOON) is not None
    assert await store.ledger(TOPIC) == LedgerState(topic=TOPIC, turn=2, dirty_from=NOON - HOUR)


async def test_a_ledger_that_was_written_is_clean_and_keeps_its_board_when_dirty(store: SqlStore) -> None:
    await store.apply(Plan(dirty=((TOPIC, NOON),)))
    seen = await store.ledger(TOPIC)
    await store.apply(Plan(ledgers=(replace(seen, mark="m", until=NOON, board={"board": None}),)))
    written = LedgerState(topic=TOPIC, turn=1, writes=1, mark="m", until=NOON, board={"board": None})
    assert await store.ledger(TOPIC) == written
    await store.apply(Plan(dirty=((TOPIC, NOON - DAY),)))
    assert await store.ledger(TOPIC) == replace(written, turn=2, dirty_from=NOON - DAY)
    assert await store.ledger(RAIL) == LedgerState(topic=RAIL)


async def test_the_span_of_points_is_known(store: SqlStore) -> None:
    assert await store.span(TOPIC, NOON) is None
    await store.apply(Plan(points=tuple(a_point(article=f"a{n}", published=NOON + n * DAY) for n in range(3))))
    assert await store.span(TOPIC, NOON - DAY) == (NOON, NOON + 2 * DAY)
    assert await store.span(TOPIC, NOON + HOUR) == (NOON + DAY, NOON + 2 * DAY)
    assert await store.span(TOPIC, NOON + 3 * DAY) is None


# ── by index ──


async def _ask(store: SqlStore) -> None:
    """What joining, walking on and answering look up."""
    day = Window(since=NOON, until=NOON + DAY)
    await store.told_under(TOPIC, ["k", "l"], 40)
    await store.exemplars(TOPIC, [D1])
    await store.unjoined(TOPIC, 48)
    await store.told_by([ReportId("r")])
    await store.fingerprints_like(["k1"], window=day, article=ArticleId("a"), most=24)
    await store.span(TOPIC, NOON)
    await store.bookmark(TOPIC, "m", NOON)
    await store.ledger(TOPIC)
    await store.points(TOPIC, window=day)
    await store.points(TOPIC, window=day, newest=200)
    await store.changes(TOPIC, category=ARMY, until=NOON, newest=30)
    await store.changes(TOPIC, window=day)
    await store.changes(TOPIC, development=D1)
    await store.told_last(TOPIC, ARMY, NOON, most=6)


@pytest.mark.parametrize("kind", ["sqlite-memory"], indirect=True)
async def test_no_look_up_reads_or_sorts_a_whole_table(store: SqlStore) -> None:
    asked: list[tuple[str, Any]] = []
    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, given, x, many: asked.append((sql, given)))
    await _ask(store)
    queries = [(sql, given) for sql, given in asked if sql.startswith("SELECT")]
    assert len(queries) > 14
    for sql, given in queries:
        async with store.database.read() as connection:
            plan = [str(tuple(row)[3]) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
        harmless = ("anon_", "(", "CONSTANT ROW")
        read = [step for step in plan if step.startswith("SCAN") and not any(word in step for word in harmless)]
        assert not read, (sql, plan)
        broad = [step for step in plan if step.endswith("(topic=?)") and "ledgers" not in step]  # one row a topic
        assert not broad, (sql, plan)


@pytest.mark.parametrize("kind", ["sqlite-memory"], indirect=True)
async def test_the_newest_under_a_key_are_read_in_the_order_of_the_index(store: SqlStore) -> None:
    """Were all rows of a common key read and sorted, joining would cost more every week."""
    asked: list[tuple[str, Any]] = []
    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, given, x, many: asked.append((sql, given)))
    await store.told_under(TOPIC, ["k"], 40)
    await store.changes(TOPIC, category=ARMY, until=NOON, newest=30)
    await store.points(TOPIC, newest=200)
    for sql, given in [(sql, given) for sql, given in asked if sql.startswith("SELECT")]:
        async with store.database.read() as connection:
            plan = [str(tuple(row)[3]) for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
        assert not any("TEMP B-TREE" in step for step in plan), (sql, plan)


@pytest.mark.parametrize("kind", ["postgres"], indirect=True)
async def test_postgres_too_looks_up_by_index(store: SqlStore) -> None:
    """With sequential scans at a price, only a look-up without an index still asks for one."""
    asked: list[tuple[str, Any]] = []
    engine = store.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, given, x, many: asked.append((sql, given)))
    await _ask(store)
    queries = [(sql, given) for sql, given in asked if sql.startswith("SELECT")]
    for sql, given in queries:
        async with store.database.write() as connection:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
            rows = await connection.exec_driver_sql(f"EXPLAIN {sql}", given)
            plan = [str(row[0]) for row in rows]
        assert not any("Seq Scan" in step for step in plan), (sql, plan)


# ── from before ──


async def test_a_store_of_before_has_its_reports_found_by_day_and_its_developments_made_anew(lasting_url: str) -> None:
    await _made_before(lasting_url)
    days = Window(since=NOON - DAY, until=NOON + DAY)
    async with open_store(lasting_url) as store:
        assert await store.told_under(TOPIC, ["army", "force"], 9) == {}
        assert [each.article for each in await store.fingerprints_like(["k1"], window=days)] == ["a1"]
        far = Window(since=NOON + 5 * DAY, until=NOON + 9 * DAY)
        assert await store.fingerprints_like(["k1"], window=far) == ()
        assert await store.developments(TOPIC) == ()


async def _made_before(url: str) -> None:
    """A store of revision 0002 with a development and a fingerprint."""
    statements = (
        "INSERT INTO developments (id, topic, category, text, language, first_seen, last_seen, seen_at, reports, outlets, urls, point_ids,"
        " status, keys) VALUES ('d1', :topic, 'army', 'x', 'en', :noon, :noon, :noon, 1, '[]', '[]', '[]', 'standing', '[\"army\",\"force\"]')",
        "INSERT INTO development_keys (key, development_id) VALUES ('army', 'd1'), ('force', 'd1')",
        "INSERT INTO fingerprints (article, version, told_at, language, keys, shingles, anchors, report_id, outlet)"
        " VALUES ('a1', 1, :noon, 'en', '[\"k1\"]', '[]', '[]', 'r1', 'Wire')",
        "INSERT INTO fingerprint_keys (key, article, version) VALUES ('k1', 'a1', 1)",
    )
    with located(url) as address:
        async with opened(address, foreign_keys=False) as database:
            await schema.migrate(database, "0002")
            noon: object = NOON if database.dialect == "postgresql" else NOON.strftime("%Y-%m-%d %H:%M:%S.%f")
            async with database.write() as connection:
                for statement in statements:
                    given = {
                        name: value for name, value in (("topic", TOPIC), ("noon", noon)) if f":{name}" in statement
                    }
                    await connection.execute(text(statement), given)
