"""Subscriptions at WebSub hubs: asked for where a feed names a hub, renewed, given up. Knows neither HTTP nor the store's form; ports do.

What hubs call back about is the business of `bot.services.hubcalls`. The rules lie in `bot.services.leases`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.model.errors import SourceError
from bot.model.feeds import Feed, FeedId, Push, PushId, PushState
from bot.ports import Clock, Log, Plan
from bot.services import leases
from bot.services.pushbook import PushBook
from bot.text.urls import host_of

MOST_ASKED = 100  # hubs asked in one round; what is left is asked in the next
MOST_TOLD = 500  # promises told in one round


class Poster(Protocol):
    """Sends a form, politely and guarded."""

    async def post(self, url: str, form: Mapping[str, str]) -> int:
        """The status, 200 to 299. Raises SourceError for everything else."""
        ...


class PromiseHearer(Protocol):
    """Whoever polls feeds, and polls those less whose hub promised to push."""

    async def promised(self, feed_id: FeedId, until: datetime | None) -> None:
        """A hub promised until then; None: no longer."""
        ...


class Pushes:
    """Keeps subscriptions in step with what feeds name. `base` is our public address, "" while WebSub is off; `token` gives long random text."""

    def __init__(
        self,
        *,
        book: PushBook,
        poster: Poster,
        hearer: PromiseHearer,
        clock: Clock,
        log: Log,
        token: Callable[[], str],
        base: str,
    ) -> None:
        self._book = book
        self._store = book.store
        self._poster = poster
        self._hearer = hearer
        self._clock = clock
        self._log = log
        self._token = token
        self._base = base
        self._told_anew = False

    async def round(self) -> int:
        """Give up what nobody wants, ask for what is missing or runs out, tell the collector who promised; how many hubs were asked.

        Raises StoreError.
        """
        if not self._told_anew:
            await self._forget_promises()
        now = self._clock.now()
        async with self._book.turn:
            await self._give_up(now)
            leaving = await self._due(now)
            wanted = await self._begin(now) if self._base else []
        await _all([*(self._end(push) for push in leaving), *(self._subscribe(push) for push in wanted)])
        told = await self._store.untold_promises(self._clock.now(), MOST_TOLD)
        await _all([self._hearer.promised(feed, until) for feed, until in told])
        return len(leaving) + len(wanted)

    async def _forget_promises(self) -> None:
        """While nobody listened hubs may have pushed in vain: feeds are polled at once, and the promises told anew."""
        promised = [feed.id for feed in await self._store.feeds() if feed.push_until is not None]
        await _all([self._hearer.promised(feed, None) for feed in promised])
        self._told_anew = True

    async def _give_up(self, now: datetime) -> None:
        strays = await self._store.stray_pushes(self._base, MOST_TOLD)
        await self._book.write((push, leases.ending(push, now)) for push in strays)

    async def _due(self, now: datetime) -> list[Push]:
        """Moves on what is due; those whose hub is to be asked to end them."""
        due = await self._store.due_pushes(now, MOST_ASKED)
        changes = [(push, _overdue(push, now)) for push in due]
        await self._book.write(changes)
        for _, after in changes:
            self._say_failure(after)
        return [after for _, after in changes if after is not None and after.state is PushState.ENDING]

    async def _begin(self, now: datetime) -> list[Push]:
        """New subscriptions, kept before anybody is asked: a hub may call back before it has answered."""
        ids = await self._store.feeds_to_push(self._base, now, MOST_ASKED)
        if not ids:
            return []
        before = await self._store.pushes(feeds=ids)
        new = [self._new(feed, before, now) for feed in await self._store.feeds(ids)]
        given_up = {push.id for push in before if push.state in (PushState.FAILED, PushState.DENIED)}
        await self._store.apply(Plan(pushes=tuple(new), removed_pushes=tuple(given_up)))
        return new

    def _new(self, feed: Feed, before: Sequence[Push], now: datetime) -> Push:
        failures = max((push.failures for push in before if (push.feed_id, push.hub) == (feed.id, feed.hub)), default=0)
        return leases.begun(feed, self._base, PushId(self._token()), self._token(), now, failures)

    async def _subscribe(self, push: Push) -> None:
        try:
            await self._post(push, "subscribe")
        except SourceError as error:
            now, reason, asked = self._clock.now(), _words(error), error.retry_after

            def refused(found: Push | None) -> Push | None:
                """A hub that called back before it failed to answer has promised all the same."""
                waits = found is not None and found.state is PushState.ASKED
                return leases.failed(found, reason, now, asked=asked) if found is not None and waits else found

            self._say_failure(await self._book.change(push.id, refused))

    async def _end(self, push: Push) -> None:
        try:
            await self._post(push, "unsubscribe")
        except SourceError as error:
            self._log.info("hub.not_told", feed=push.feed_id, hub=host_of(push.hub), problem=_words(error))

    async def _post(self, push: Push, mode: str) -> None:
        *first, last = leases.hub_addresses(push.hub)
        form = leases.request_form(push, mode)
        for address in first:
            try:
                await self._poster.post(address, form)
                return
            except SourceError:
                continue
        await self._poster.post(last, form)

    def _say_failure(self, push: Push | None) -> None:
        """Once, not at each try."""
        if push is not None and push.state is PushState.FAILED and push.failures == 1:
            self._log.warning("hub.refused", feed=push.feed_id, hub=host_of(push.hub), problem=push.reason)


def _overdue(push: Push, now: datetime) -> Push | None:
    if push.state is PushState.ENDING:
        return leases.asked_to_end(push, now)
    return leases.failed(push, "its hub did not call back", now) if push.state is PushState.ASKED else None


def _words(error: SourceError) -> str:
    return f"{error.trouble.value.replace('_', ' ')} {error.detail}".strip()


async def _all(works: Sequence[Awaitable[None]]) -> None:
    """All of them to their end; then the first error."""
    for result in await asyncio.gather(*works, return_exceptions=True):
        if isinstance(result, BaseException):
            raise result
