"""WebSub put together: subscriptions, the server that hubs call back, and what `planwatch doctor` says of both. Decides nothing about them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.app.findings import Finding, State
from bot.feeds.websub.answering import CallbackOptions
from bot.feeds.websub.callbacks import answering_hubs
from bot.logs import log_for
from bot.model.feeds import Feed, Push, PushState
from bot.ports import Clock
from bot.services.collect import Collector
from bot.services.hubcalls import HubCalls
from bot.services.pushbook import PushBook, PushStore
from bot.services.pushes import Poster, Pushes
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app.machine import Machine

LATELY = timedelta(days=7)
_SECRET_BYTES = 32
_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Hubs:
    """What we ask of hubs, and what they call us about."""

    pushes: Pushes
    calls: HubCalls


def the_hubs(
    settings: Settings, store: PushStore, poster: Poster, collector: Collector, clock: Clock, *, sample: bool
) -> Hubs:
    """Both sides over one book. On the sample world, and where WebSub is off, nothing is subscribed to."""
    book, log = PushBook(store), log_for("hubs")
    pushes = Pushes(
        book=book,
        poster=poster,
        hearer=collector,
        clock=clock,
        log=log,
        token=lambda: secrets.token_urlsafe(_SECRET_BYTES),
        base="" if sample else settings.websub.public_url,
    )
    return Hubs(pushes=pushes, calls=HubCalls(book=book, taker=collector, clock=clock, log=log))


async def answer_hubs(machine: Machine, stack: AsyncExitStack) -> None:
    """Take hubs' calls until the stack closes, if WebSub is on. Raises SettingsError."""
    websub, fetch = machine.settings.websub, machine.settings.fetch
    if websub.listen is None or machine.sample:
        return
    options = CallbackOptions(
        public_url=websub.public_url,
        listen=websub.listen,
        max_bytes=fetch.max_bytes,
        patience=timedelta(seconds=fetch.timeout_s),
    )
    log = log_for("hubs")
    port = await stack.enter_async_context(answering_hubs(options, machine.hubs.calls, log, machine.counters.count))
    log.info("websub.listening", port=port)


def pace(settings: Settings) -> timedelta:
    """How often to look for subscriptions to make, renew or end; switched off, there is only what is left to end."""
    return timedelta(seconds=30) if settings.websub.public_url else timedelta(hours=1)


def hubs_finding(settings: Settings, feeds: Sequence[Feed], pushes: Sequence[Push], now: datetime) -> Finding:
    """How many feeds have a hub, how many hubs promised, how many pushed lately, and which would not."""
    named = sum(feed.hub is not None and feed.self_url is not None for feed in feeds)
    have = f"{named} of {len(feeds)} feeds have a hub"
    if not settings.websub.public_url:
        remedy = "set websub.public_url and websub.listen to hear of their news at once" if named else ""
        return Finding("websub", State.OFF, f"no websub.public_url; {have}", remedy)
    promised = sum(feed.push_until is not None and feed.push_until > now for feed in feeds)
    pushed = sum(feed.pushed_at is not None and feed.pushed_at > now - LATELY for feed in feeds)
    without = [push for push in pushes if push.state in (PushState.FAILED, PushState.DENIED)]
    found = f"{have}, {promised} promised to push, {pushed} pushed in the last {LATELY.days} days{_why(without, feeds)}"
    if not settings.websub.public_url.lower().startswith("https:"):
        return Finding(
            "websub", State.CARE, found, "use https in websub.public_url: others can read and forge along http"
        )
    if without and not promised:
        listen = "{}:{}".format(*settings.websub.listen or ("", ""))
        remedy = f"does the internet reach {settings.websub.public_url}, and does that lead to {listen}?"
        return Finding("websub", State.CARE, found, remedy)
    return Finding("websub", State.WORKS, found)


def _why(without: Sequence[Push], feeds: Sequence[Feed]) -> str:
    names = {feed.id: feed.name or feed.url for feed in feeds}
    told = [f"{names.get(push.feed_id, push.feed_id)}: {push.reason}" for push in without[:_SHOWN]]
    return f"; polled as before are {len(without)} ({'; '.join(told)})" if without else ""
