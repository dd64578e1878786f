"""`planwatch doctor`: looks at every part and says what works, what does not, and what to do. Repairs nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.app.building import holds_store, ready_store_url
from bot.app.feedfindings import feed_findings
from bot.app.findings import Finding, State
from bot.app.following import WallClock, analysts_for, load_all, release, sources_of, the_packs, the_voice
from bot.app.hubs import hubs_finding
from bot.app.tokens import token_findings
from bot.app.wording import operator_lines
from bot.model.chats import Subscription
from bot.model.errors import PlanwatchError, SettingsError, StoreUnreachable
from bot.model.feeds import Feed
from bot.settings import Settings
from bot.store import SqlStore, open_store

LITTLE_ROOM = 500_000_000  # bytes; a year of one topic takes about as much
SKEW = timedelta(minutes=5)


async def checkup(settings: Settings, *, offline: bool) -> list[Finding]:
    """Every finding, in the order in which one would mend things."""
    now = WallClock().now()
    findings = [
        Finding("settings", State.WORKS, f"planwatch {release()}; no mistake in file and environment"),
        _data_folder(settings),
    ]
    findings += [*_followed(settings), *await _stored(settings, now)]
    findings += await token_findings(settings, offline=offline)
    return [*findings, _health_page(settings)]


def _data_folder(settings: Settings) -> Finding:
    folder = settings.data_dir.absolute()
    try:
        holds_store(folder)
    except StoreUnreachable as error:
        return Finding("data", State.BROKEN, error.detail, error.remedy)
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return Finding(
            "data",
            State.BROKEN,
            f"{folder} cannot be written",
            "give this user the right to, or set data_dir to another folder",
        )
    free = shutil.disk_usage(there).free
    if free < LITTLE_ROOM:
        return Finding("data", State.CARE, f"{folder}: {_size(free)} left", "make room before the disk is full")
    return Finding("data", State.WORKS, f"{folder}, {_size(free)} left")


def _followed(settings: Settings) -> Iterator[Finding]:
    try:
        topics = load_all(settings, settings.topics)
        analysts_for(topics, the_packs(settings))
        the_voice()
        yield Finding("topics", State.WORKS, f"follows {', '.join(topic.id for topic in topics)}")
    except SettingsError as error:
        yield Finding(
            "topics",
            State.BROKEN,
            "; ".join(str(mistake) for mistake in error.mistakes[:3]),
            "planwatch topics check lists every mistake",
        )
    try:
        feeds = sources_of(settings)
        from_where = "the shipped feeds.toml" if settings.feeds is None else "the settings"
        state = State.WORKS if feeds else State.CARE
        yield Finding(
            "sources", state, f"{len(feeds)} in {from_where}", "" if feeds else "name some: planwatch feeds add URL"
        )
    except SettingsError as error:
        yield Finding("sources", State.BROKEN, str(error), "mend the file")


async def _stored(settings: Settings, now: datetime) -> list[Finding]:
    try:
        async with open_store(ready_store_url(settings), clock=WallClock()) as store:
            feeds, subscriptions = await store.feeds(), await store.subscriptions()
            hubs = hubs_finding(settings, feeds, await store.pushes(), now)
            return [
                await _store(store),
                *feed_findings(feeds, now),
                hubs,
                _chats(subscriptions),
                _clock(settings, feeds, now),
            ]
    except PlanwatchError as error:
        return [Finding("store", State.BROKEN, " ".join(operator_lines(error)))]


async def _store(store: SqlStore) -> Finding:
    health = await store.health()
    rows = dict(health.rows)
    kept = ", ".join(
        f"{rows[name]} {name}" for name in ("articles", "points", "developments", "changes") if name in rows
    )
    return Finding(
        "store",
        State.WORKS,
        f"{health.url}, schema {health.revision}, {_size(health.size_bytes or 0)}; {kept or 'empty'}",
    )


def _chats(subscriptions: Sequence[Subscription]) -> Finding:
    paused = [each for each in subscriptions if each.paused_reason]
    if not paused:
        return Finding("chats", State.WORKS, f"{len(subscriptions)} subscriptions")
    why = "; ".join(f"{each.chat}: {each.paused_reason}" for each in paused[:8])
    remedy = "give the bot its right to write there back; then somebody there sends /subscribe"
    return Finding(
        "chats", State.CARE, f"{len(subscriptions)} subscriptions, {len(paused)} of them paused ({why})", remedy
    )


def _clock(settings: Settings, feeds: Sequence[Feed], now: datetime) -> Finding:
    newest = max((feed.checked_at for feed in feeds if feed.checked_at), default=now)
    there = now.astimezone(ZoneInfo(settings.digest.zone))
    if newest > now + SKEW:
        return Finding(
            "clock",
            State.BROKEN,
            f"{now:%Y-%m-%d %H:%M} UTC, but a feed was read at {newest:%Y-%m-%d %H:%M}",
            "set this machine's clock",
        )
    return Finding("clock", State.WORKS, f"{now:%Y-%m-%d %H:%M} UTC, {there:%H:%M} in {settings.digest.zone}")


def _health_page(settings: Settings) -> Finding:
    listen = settings.metrics.listen
    return (
        Finding("metrics", State.WORKS, f"on {listen[0]}:{listen[1]} while planwatch runs")
        if listen
        else Finding("metrics", State.OFF, "no metrics.listen")
    )


def _size(number: float) -> str:
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}"
        number /= 1000
    return f"{number:.1f} GB"
