"""However points arrive, late, in portions or after a restart, the store holds the developments that all of them make in one go."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.errors import StoreUnreachable
from bot.model.stories import KeyPoint
from bot.ports import Plan
from bot.services import joining
from bot.services.joining import Kin, join_waiting
from bot.store import SqlStore, open_store
from bot.summariser import developments
from bot.summariser.analysis import Analyst
from bot.summariser.developments import id_begun_by, join
from bot.summariser.exemplars import order
from bot.summariser.weighing import Weights
from tests.builders import DAY, HOUR, NOON, TOPIC, a_telling, a_topic

NAMES = [f"x:name{n}" for n in range(14)]
WEIGHTS = Weights(
    tables=MappingProxyType({"join": MappingProxyType({"bias": -3.0, "all.jaccard": 6.0})}),
    thresholds=MappingProxyType({"join": 0.4}),
)


class Joiner:
    """An analyst who never has to read."""

    topic, weights = a_topic(), WEIGHTS


ANALYST = cast("Analyst", Joiner())


def some_points(drawn: Random, most: int) -> list[KeyPoint]:
    """Tellings of three weeks that share names with one another; some facts are told by many."""
    return [
        replace(
            a_telling(
                f"f{number}",
                at=NOON + drawn.randrange(20 * 24) * HOUR,
                by=f"Outlet {drawn.randrange(9)}",
                report_id=f"r{drawn.randrange(most)}",
                signature=tuple(sorted(drawn.sample(NAMES[: drawn.choice([3, 14])], 3))),
            ),
            development_id=None,
        )
        for number in range(drawn.randint(1, most))
    ]


async def arrive(store: SqlStore, points: Sequence[KeyPoint], drawn: Random) -> None:
    kin, left = Kin(), list(points)
    while left:
        now, left = left[: (size := drawn.randint(1, 25))], left[size:]
        await store.apply(Plan(points=tuple(now)))
        await join_waiting(store, ANALYST, kin)
        if drawn.random() < 0.3:
            kin = Kin()  # the program was restarted


async def holds(store: SqlStore, points: Sequence[KeyPoint]) -> None:
    whole = join(points, WEIGHTS)
    assert await store.developments(TOPIC) == whole.developments
    assert await store.points(TOPIC) == whole.points


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from([0, 6, 24 * 20]), st.sampled_from([3, 64]))
def test_the_store_holds_what_all_points_make_in_one_go(seed: int, late: int, portion: int) -> None:
    drawn = Random(seed)
    points = some_points(drawn, 120)
    points.sort(key=lambda point: (point.published + drawn.random() * late * HOUR, point.id))

    async def check() -> None:
        async with open_store("sqlite://") as store:
            with pytest.MonkeyPatch.context() as patched:
                patched.setattr(joining, "PORTION", portion)
                patched.setattr(joining, "REMEMBERED", 8)
                patched.setattr(joining, "UNDER_A_KEY", 5)
                patched.setattr(developments, "UNDER_A_KEY", 5)
                await arrive(store, points, drawn)
                await holds(store, points)

    asyncio.run(check())


@pytest.fixture
async def store():  # type: ignore[no-untyped-def]
    async with open_store("sqlite://") as opened:
        yield opened


def told(fact: str, days: float, *names: str) -> KeyPoint:
    return replace(a_telling(fact, at=NOON + days * DAY, signature=names), development_id=None)


async def test_a_late_first_telling_gives_the_development_its_own_name_and_the_old_one_still_finds_it(
    store: SqlStore,
) -> None:
    late, known = told("late", 0, "x:anna"), told("known", 2, "x:anna")
    for point in (known, late):
        await store.apply(Plan(points=(point,)))
        await join_waiting(store, ANALYST, Kin())
    await holds(store, (known, late))
    [found] = await store.developments(TOPIC, ids=[id_begun_by(known)])
    assert (found.id, found.point_ids) == (id_begun_by(late), (late.id, known.id))


async def test_a_late_telling_says_from_when_on_the_ledger_is_walked_again(store: SqlStore) -> None:
    known, late = told("known", 2, "x:anna"), told("late", 1, "x:boris")
    for point in (known, late):
        await store.apply(Plan(points=(point,)))
        await join_waiting(store, ANALYST, Kin())
    assert (await store.ledger(TOPIC)).dirty_from == late.published


async def test_what_comes_after_a_month_finds_what_was_told_before_it_and_moves_nothing(store: SqlStore) -> None:
    old, new, newest = told("old", 0, "x:anna"), told("new", 60, "x:anna", "x:boris"), told("newest", 61, "x:anna")
    await store.apply(Plan(points=(old, new, newest)))
    await join_waiting(store, ANALYST, Kin())
    before = {each.id: each for each in await store.developments(TOPIC)}
    late = told("late", 20, "x:anna"), told("later", 21, "x:boris")
    await store.apply(Plan(points=late))
    await join_waiting(store, ANALYST, Kin())
    after = {each.id: each for each in await store.developments(TOPIC)}
    home = {point.id: point.development_id for point in await store.points(TOPIC)}
    assert home[late[0].id] == home[old.id] and home[late[1].id] == id_begun_by(late[1])
    assert after[id_begun_by(old)].point_ids == tuple(
        point.id for point in sorted((*late, old, new, newest), key=order) if home[point.id] == id_begun_by(old)
    )
    assert {id_ for id_, each in before.items() if after[id_] != each} <= {home[old.id]}


async def test_a_store_that_fails_half_way_leaves_points_waiting_and_the_next_round_places_them(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    points, kin, apply, left = [told(f"f{n}", n, "x:anna") for n in range(5)], Kin(), store.apply, [1]

    async def failing_once(plan: Plan) -> None:
        if plan.placed and left:
            left.pop()
            raise StoreUnreachable("the database is locked")
        await apply(plan)

    await store.apply(Plan(points=tuple(points)))
    monkeypatch.setattr(store, "apply", failing_once)
    with pytest.raises(StoreUnreachable):
        await join_waiting(store, ANALYST, kin)
    await join_waiting(store, ANALYST, kin)
    await holds(store, points)
