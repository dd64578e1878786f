"""Subscriptions at hubs in the store, each changed by one at a time: our rounds and the hubs' calls meet here. Knows no rule about them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Protocol

from bot.model.feeds import Push, PushId
from bot.ports import FeedShelf, Plan, PushShelf


class PushStore(FeedShelf, PushShelf, Protocol):
    """The part of a store that subscribing needs."""

    async def apply(self, plan: Plan) -> None:
        """Write the plan in one transaction."""
        ...


class PushBook:
    """Subscriptions, each changed by one at a time: our rounds and the hubs' calls meet here."""

    def __init__(self, store: PushStore) -> None:
        self.store = store
        self.turn = asyncio.Lock()

    async def found(self, id_: PushId) -> Push | None:
        """The subscription with that id."""
        return next(iter(await self.store.pushes(ids=[id_])), None)

    async def change(self, id_: PushId, how: Callable[[Push | None], Push | None]) -> Push | None:
        """What the subscription has become: `how` says, given what it is now, if it is there; None forgets it. What `how` raises, passes."""
        async with self.turn:
            push = await self.found(id_)
            after = how(push)
            if push is not None and after != push:
                await self.write([(push, after)])
            return after

    async def write(self, changes: Iterable[tuple[Push, Push | None]]) -> None:
        """Keep what each has become; for those who hold the turn."""
        pairs = list(changes)
        kept = tuple(after for _, after in pairs if after is not None)
        gone = tuple(before.id for before, after in pairs if after is None)
        if pairs:
            await self.store.apply(Plan(pushes=kept, removed_pushes=gone))
