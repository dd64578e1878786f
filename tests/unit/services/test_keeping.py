"""Group commit: many looks share transactions, and one that cannot be kept takes no other along."""

from __future__ import annotations

import asyncio

import pytest

from bot.model.errors import StoreError, StoreFull
from bot.ports import Plan
from bot.services.keeping import MOST_PLANS, Keeper
from tests.builders import a_feed, an_entry


class SlowShelf:
    """A store whose transactions last until let go; keeps the feed ids of each. Plans with the feed "bad" are refused."""

    def __init__(self) -> None:
        self.transactions: list[list[str]] = []
        self.let_go = asyncio.Event()
        self.begun = asyncio.Event()
        self.trouble: StoreError = StoreError("no such row")

    async def apply(self, plan: Plan) -> None:
        self.begun.set()
        await self.let_go.wait()
        if any(feed.id == "bad" for feed in plan.feeds):
            raise self.trouble
        self.transactions.append([feed.id for feed in plan.feeds])


def plan(name: str) -> Plan:
    return Plan(feeds=(a_feed(id=name),), entries=(an_entry(feed_id=name),))


async def kept(keeper: Keeper, shelf: SlowShelf, *names: str) -> list[object]:
    """The first goes into a transaction by itself; the others come while it is under way."""
    tasks = [asyncio.create_task(keeper.keep(plan(names[0])))]
    await shelf.begun.wait()
    tasks += [asyncio.create_task(keeper.keep(plan(name))) for name in names[1:]]
    await asyncio.sleep(0)
    shelf.let_go.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def test_looks_that_end_during_a_transaction_share_the_next() -> None:
    shelf = SlowShelf()
    await kept(Keeper(shelf.apply), shelf, "a", "b", "c", "d")
    assert shelf.transactions == [["a"], ["b", "c", "d"]]


async def test_a_transaction_stays_of_bounded_size() -> None:
    shelf = SlowShelf()
    await kept(Keeper(shelf.apply), shelf, *(f"f{number}" for number in range(MOST_PLANS * 2 + 1)))
    assert [len(transaction) for transaction in shelf.transactions] == [1, MOST_PLANS, MOST_PLANS]


async def test_what_cannot_be_kept_takes_no_company_along() -> None:
    shelf = SlowShelf()
    outcomes = await kept(Keeper(shelf.apply), shelf, "a", "b", "bad", "c")
    assert shelf.transactions == [["a"], ["b"], ["c"]]
    assert [outcome is None for outcome in outcomes] == [True, True, False, True]


async def test_a_full_disk_is_not_tried_again_for_each_feed() -> None:
    shelf = SlowShelf()
    shelf.trouble = StoreFull()
    outcomes = await kept(Keeper(shelf.apply), shelf, "a", "b", "bad", "c")
    assert shelf.transactions == [["a"]]
    assert [isinstance(outcome, StoreFull) for outcome in outcomes] == [False, True, True, True]


async def test_who_is_cancelled_while_writing_leaves_the_others_to_be_written() -> None:
    shelf = SlowShelf()
    keeper = Keeper(shelf.apply)
    first = asyncio.create_task(keeper.keep(plan("a")))
    await shelf.begun.wait()
    others = [asyncio.create_task(keeper.keep(plan(name))) for name in ("b", "c")]
    await asyncio.sleep(0)
    first.cancel()
    shelf.let_go.set()
    await asyncio.gather(*others)
    with pytest.raises(asyncio.CancelledError):
        await first
    assert shelf.transactions == [["b", "c"]]
