"""A ledger that goes on from where it was is the ledger of all points walked in one go, however they arrive and whoever restarts meanwhile."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.stories import Board, Change, KeyPoint, LedgerState, Modality, SourceKind, Standing
from bot.model.topics import Rung, SideState, Stance
from bot.ports import Plan
from bot.services.ledgers import Ledgers
from bot.services.walking import course_at
from bot.store import SqlStore, open_store
from bot.summariser.analysis import Analyst
from bot.summariser.board import board_of
from bot.summariser.bookmarks import board_read, mark_of, points_in, read, written
from bot.summariser.changes import ledger_from, ledger_of
from bot.summariser.course import Course
from tests.builders import DAY, HOUR, NOON, TOPIC, a_development, a_stand, a_telling, a_topic, a_value

PLAN = a_topic()
DAYS = 100


class Nobody:
    """An analyst who never has to read or join."""

    topic = PLAN


ANALYST = cast("Analyst", Nobody())


def some_points(drawn: Random, most: int = 60) -> list[KeyPoint]:
    """Tellings of some weeks; facts that are told again after long silence among them."""
    found = [a_point_of(drawn) for _ in range(drawn.randint(1, most))]
    categories: dict[object, str] = {}
    kept = {p.id: p for p in found if categories.setdefault(p.development_id, p.category) == p.category}
    return list(kept.values())


def a_point_of(drawn: Random) -> KeyPoint:
    outlet = drawn.choice(["Lantern", "Kestrel", "Svitanok", "Government"])
    common: dict[str, Any] = {
        "at": NOON + drawn.choice([drawn.randrange(DAYS * 24), drawn.randrange(5) * 24]) * HOUR,
        "by": outlet,
        "official": outlet == "Government",
        "source_kind": drawn.choice([SourceKind.UNNAMED, SourceKind.OFFICIAL]),
        "modality": drawn.choice([Modality.PLANNED, Modality.DECIDED]),
        "correction": drawn.random() < 0.1,
        "rung": drawn.choice([None, None, Rung.PROPOSED, Rung.AGREED_IN_PRINCIPLE, Rung.SIGNED]),
        "side": drawn.choice([None, None, None, SideState.STALLED]),
        "confidence": drawn.choice([0.2, 0.9, 0.9]),
    }
    if drawn.random() < 0.5:
        common["report_id"] = f"r-{drawn.randrange(9)}"
    kind = drawn.choice(["value", "value", "stand", "plain"])
    if kind == "value":
        value = drawn.choice([700_000, 800_000, 900_000])
        marks = (f"v:army_size={value}", f"n:{value}", *(("b:",) if drawn.random() < 0.2 else ()))
        return a_value(value, signature=marks, **common)
    if kind == "stand":
        stance = drawn.choice([Stance.SUPPORTS, Stance.CONDITIONAL, Stance.REJECTS])
        return a_stand(
            "europe", stance, member=drawn.choice([None, "poland"]), layer=drawn.choice(["", "force"]), **common
        )
    fact = drawn.choice(["hub", "ship", "bay", "road", "camp"])
    marks = (f"x:{fact}", *drawn.sample(("x:hub", "n:12", "c:city", "x:ship", "c:deadline"), 2), "L:army")
    return a_telling(fact, category=drawn.choice(["army", "process"]), signature=tuple(sorted(marks)), **common)


async def told(store: SqlStore, points: Sequence[KeyPoint]) -> None:
    """As filing and joining leave them."""
    facts = {point.development_id: point for point in points}
    known = tuple(
        a_development(id=id_, category=point.category, first_seen=point.published) for id_, point in facts.items()
    )
    fresh = {each.id for each in known} - {each.id for each in await store.developments(TOPIC)}
    began = min(point.published for point in points)
    await store.apply(
        Plan(points=tuple(points), developments=tuple(d for d in known if d.id in fresh), dirty=((TOPIC, began),))
    )


def lines(points: Sequence[KeyPoint]) -> list[Change]:
    found = (change for changes in ledger_of(PLAN, points).changes.values() for change in changes)
    return sorted(found, key=lambda change: (change.at, change.id))


def whole_board(points: Sequence[KeyPoint]) -> Board:
    until = max(point.published for point in points)
    return board_of(PLAN, points, [line for line in lines(points) if line.at <= until], until)


def without_texts(board: Board) -> Board:
    """A text that was forgotten is looked up in the store, which in this test holds none of its own."""
    return replace(board, layers=tuple(replace(layer, newest_text="") for layer in board.layers))


async def arrive(store: SqlStore, points: Sequence[KeyPoint], drawn: Random) -> None:
    ledgers, left = Ledgers(store), list(points)
    while left:
        now, left = left[: (size := drawn.randint(1, 12))], left[size:]
        await told(store, now)
        await ledgers.refresh(ANALYST)
        if drawn.random() < 0.3:
            ledgers = Ledgers(store)  # the program was restarted


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["in time", "nearly", "anyhow"]))
def test_going_on_gives_what_walking_all_gives(seed: int, order: str) -> None:
    drawn = Random(seed)
    points = some_points(drawn)
    late = {"in time": 0, "nearly": 3 * 24, "anyhow": DAYS * 24}[order]
    points.sort(key=lambda point: (point.published + drawn.random() * late * HOUR, point.id))

    async def check() -> None:
        async with open_store("sqlite://") as store:
            await arrive(store, points, drawn)
            assert list(await store.changes(TOPIC)) == lines(points)
            walked = ledger_of(PLAN, points).standings  # what stands and is forgotten is not in it
            assert await store.standings(TOPIC) == {
                each: walked.get(each, Standing.STANDING) for point in points if (each := point.development_id)
            }
            state = await store.ledger(TOPIC)
            assert state.board and state.until and state.dirty_from is None
            assert without_texts(board_read(state.board, state.until)) == without_texts(whole_board(points))

    asyncio.run(check())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, DAYS))
def test_a_walk_read_from_a_bookmark_goes_on_as_if_it_had_not_been_put_down(seed: int, day: int) -> None:
    points, moment = some_points(Random(seed)), NOON + day * DAY
    before, after = ([p for p in points if (p.published < moment) is side] for side in (True, False))
    one = Course(PLAN).walk(before)
    body = json.loads(json.dumps(written(one)))
    known = {point.id: point for point in before}
    other = read(PLAN, body, {id_: known[id_] for id_ in points_in(body)})
    other.changes = list(one.changes)
    assert other == one
    assert ledger_from(other.walk(after)) == ledger_from(one.walk(after)) == ledger_of(PLAN, points)


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


async def test_a_past_day_is_found_from_the_bookmark_before_it(store: SqlStore) -> None:
    drawn = Random(7)
    points = sorted(some_points(drawn, 200), key=lambda point: point.published)
    await arrive(store, points, drawn)
    assert await store.bookmark(TOPIC, mark_of(PLAN), NOON + DAYS * DAY)
    for day in (3, 30, 62, 99):
        moment = NOON + day * DAY
        then = Course(PLAN).walk([point for point in points if point.published < moment])
        found = await course_at(store, PLAN, moment)
        assert (found.values, found.stands, found.steps, found.standings) == (
            then.values,
            then.stands,
            then.steps,
            then.standings,
        )


async def test_what_was_told_late_takes_later_bookmarks_away(store: SqlStore) -> None:
    drawn = Random(8)
    points = sorted(some_points(drawn, 200), key=lambda point: point.published)
    await arrive(store, points, drawn)
    late = NOON + 20 * DAY
    await store.apply(Plan(dirty=((TOPIC, late),)))
    bookmark = await store.bookmark(TOPIC, mark_of(PLAN), NOON + DAYS * DAY)
    assert bookmark is None or bookmark.at <= late
    assert (await store.ledger(TOPIC)).dirty_from == late


async def test_a_ledger_made_dirty_while_it_is_written_stays_dirty(store: SqlStore) -> None:
    await store.apply(Plan(dirty=((TOPIC, NOON),)))
    seen = await store.ledger(TOPIC)
    await store.apply(Plan(dirty=((TOPIC, NOON + HOUR),)))
    await store.apply(Plan(ledgers=(replace(seen, mark="m"),)))
    assert await store.ledger(TOPIC) == LedgerState(topic=TOPIC, turn=2, writes=1, dirty_from=NOON, mark="m")
    await store.apply(Plan(ledgers=(await store.ledger(TOPIC),)))
    assert (await store.ledger(TOPIC)).dirty_from is None


async def test_another_program_that_wrote_meanwhile_is_not_overlooked(store: SqlStore) -> None:
    drawn = Random(9)
    points = sorted(some_points(drawn, 120), key=lambda point: point.published)
    ours, theirs = Ledgers(store), Ledgers(store)
    for turn, start in enumerate(range(0, len(points), 10)):
        await told(store, points[start : start + 10])
        await (ours, theirs)[turn % 2].refresh(ANALYST)
    assert list(await store.changes(TOPIC)) == lines(points)
