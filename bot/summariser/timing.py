"""When to come back: to a feed, with a digest, with a message. Pure; *now* and chance are arguments.

Intervals follow how often a feed changes: halved when it did, lengthened by a seventh when not, so that after a night of silence a wire is
looked at about hourly and within minutes again once it speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model.chats import Cadence
from bot.model.errors import BadZone, SourceError, Trouble
from bot.model.feeds import Feed, Health

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
FIRST = timedelta(minutes=15)  # before a feed's own rhythm is known
BLIND_AFTER = 8  # failures in a row: about six hours with the back-off below
_BACK_OFF = timedelta(minutes=5)
_BACK_OFF_CAP = timedelta(hours=6)
_SPREAD = 0.1  # share of a wait by which chance may lengthen it
PUSH_TRUSTED = timedelta(days=7)  # a hub silent for longer is not relied on; a weekly's pushes still count
_DELIVERY_BACK_OFF = timedelta(seconds=10)
_DELIVERY_CAP = timedelta(hours=1)


def learned_interval(interval: timedelta | None, *, changed: bool) -> timedelta:
    """The feed's own interval after one more look, between five minutes and a day."""
    if interval is None:
        return FIRST
    return min(max(interval / 2 if changed else interval * 8 / 7, SHORTEST), LONGEST)


def next_visit(now: datetime, interval: timedelta, *asked: timedelta | None, jitter: float = 0.0) -> datetime:
    """The latest of the own interval and what the server asked for (freshness, Retry-After, ttl), capped at a day (RFC 9111 section 4.2).

    `jitter` is chance in 0–1; it only ever lengthens the wait, by a tenth at most.
    """
    wait = min(max((interval, *(span for span in asked if span is not None))), LONGEST)
    return now + wait * (1 + _SPREAD * jitter)


def allowed(moment: datetime, hours: Sequence[int], days: Sequence[int], *, latest: datetime) -> datetime:
    """`moment`, or so many whole hours later that it falls into no hour (0-23) or day (Monday 0) in UTC on which a feed asks to be left alone.

    These are RSS 2.0's skipHours and skipDays. Where they leave no time before `latest`, it is `latest`.
    """
    later = moment
    while later.hour in hours or later.weekday() in days:
        later += timedelta(hours=1)
        if later > latest:
            return max(moment, latest)
    return later


def pushes_arrive(feed: Feed, now: datetime) -> bool:
    """Whether the feed's hub promised to push and lately did, so that polling need only make sure."""
    promised = feed.push_until is not None and feed.push_until > now
    return promised and feed.pushed_at is not None and now - feed.pushed_at < PUSH_TRUSTED


def after_failure(feed: Feed, error: SourceError, now: datetime, *, jitter: float = 0.0) -> Feed:
    """The feed after one more failure: back-off doubles to six hours; after eight it is blind and tried daily; 410 ends it.

    A Retry-After (RFC 9110 section 10.2.3) is honoured up to a day, and so are hours and days in which the feed asks to be left alone.
    """
    failures = feed.failures + 1
    health = (
        Health.GONE if error.trouble is Trouble.GONE else Health.BLIND if failures >= BLIND_AFTER else Health.FAILING
    )
    pause = LONGEST if health is not Health.FAILING else min(_BACK_OFF * (1 << (failures - 1)), _BACK_OFF_CAP)
    moment = next_visit(now, pause, error.retry_after, jitter=jitter)
    return replace(
        feed,
        health=health,
        trouble=error.trouble,
        trouble_detail=error.detail[:300],
        failures=failures,
        failing_since=feed.failing_since or now,
        checked_at=now,
        next_at=allowed(moment, feed.skip_hours, feed.skip_days, latest=now + LONGEST),
    )


def retry_at(attempts: int, now: datetime, *, asked: timedelta | None = None, jitter: float = 0.0) -> datetime:
    """When to send again after `attempts` failures in a row: ten seconds, doubling to an hour, never before what the platform asked for."""
    pause = min(_DELIVERY_BACK_OFF * (1 << min(max(attempts - 1, 0), 16)), _DELIVERY_CAP) * (1 + _SPREAD * jitter)
    return now + max(pause, asked or timedelta(0))


def next_due(cadence: Cadence, after: datetime) -> datetime:
    """The first due moment later than `after`, in UTC. Raises BadZone.

    On a day whose clock skips the hour, it is the next minute that exists; where the hour comes twice, only its first time counts.
    """
    zone = _zone(cadence.zone)
    day = after.astimezone(zone).date() - timedelta(days=1)
    while True:
        if day.weekday() in cadence.days:
            due = _moment(datetime(day.year, day.month, day.day, cadence.hour, cadence.minute), zone)  # noqa: DTZ001
            if due > after:
                return due
        day += timedelta(days=1)


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment a wall clock first shows that minute, or the next one it ever shows."""
    while True:
        moment = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == local:
            return moment
        local += timedelta(minutes=1)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadZone(name) from error
