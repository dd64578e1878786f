"""Writes in company: what many looks want kept shares transactions. Knows neither feeds nor what a plan is for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import accumulate

from bot.model.errors import StoreError, StoreFull, StoreUnreachable
from bot.ports import Plan

MOST_PLANS = 64  # in one transaction
MOST_ENTRIES = 320  # in them together: they hold the event loop for some 20 ms
GATHERING = timedelta(milliseconds=10)  # in which company may come: a transaction costs as much as writing ten feeds


@dataclass(slots=True, eq=False)
class _Waiting:
    plan: Plan
    done: bool = False
    error: StoreError | None = None


class Keeper:
    """Applies plans, a transaction for all that came while the one before was under way (group commit)."""

    def __init__(self, apply: Callable[[Plan], Awaitable[None]]) -> None:
        self._apply = apply
        self._turn = asyncio.Lock()
        self._waiting: list[_Waiting] = []

    async def keep(self, plan: Plan) -> None:
        """Returns once the plan is written. Raises StoreError if this plan could not be, whatever became of its company."""
        mine = _Waiting(plan)
        self._waiting.append(mine)
        try:
            async with self._turn:
                if not mine.done:
                    await self._write()
        finally:
            if mine in self._waiting:  # cancelled before its turn
                self._waiting.remove(mine)
        if mine.error is not None:
            raise mine.error

    async def _write(self) -> None:
        """Write the first in line and those behind it. Cancelled, it leaves them in line for the next who takes its turn."""
        await asyncio.sleep(GATHERING.total_seconds())
        together = self._together()
        try:
            await self._apply(merged([each.plan for each in together]))
        except StoreError as error:
            if len(together) == 1 or isinstance(error, (StoreFull, StoreUnreachable)):
                for each in together:
                    each.error = error
            else:
                await self._one_by_one(together)
        for each in together:
            each.done = True
        self._waiting = [each for each in self._waiting if not each.done]

    def _together(self) -> list[_Waiting]:
        """The first in line, and those behind it as long as they are not too much for one transaction."""
        before = accumulate((len(each.plan.entries) for each in self._waiting[: MOST_PLANS - 1]), initial=0)
        return [each for each, entries in zip(self._waiting, before, strict=False) if entries < MOST_ENTRIES]

    async def _one_by_one(self, together: list[_Waiting]) -> None:
        for each in together:
            try:
                await self._apply(each.plan)
            except StoreError as error:
                each.error = error


def merged(plans: list[Plan]) -> Plan:
    """One plan that wants what all of them want, in their order."""
    if len(plans) == 1:
        return plans[0]
    return Plan(**{field.name: tuple(x for plan in plans for x in getattr(plan, field.name)) for field in fields(Plan)})
