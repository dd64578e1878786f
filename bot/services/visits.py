"""What a feed is after a visit: its address, validators, name and wishes, and when to come again. Pure; asks and stores nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.model.feeds import Entry, Feed, Fetched, Health, ParsedFeed
from bot.summariser.timing import LONGEST, allowed, learned_interval, next_visit, pushes_arrive


def answered(
    feed: Feed, fetched: Fetched, parsed: ParsedFeed | None, *, fresh: bool, now: datetime, jitter: float
) -> Feed:
    """The feed after its server answered; `parsed` is None where nothing had to be parsed, `fresh` says whether it had news for us.

    A 304 may leave out the headers that did not change (RFC 9110 section 15.4.5). News found by polling that the hub should
    have pushed mean that its pushes cannot be trusted: the feed is polled as often as any other until the next push.
    """
    kept = fetched.status == 304
    return _visited(
        moved(known_as(feed, fetched, parsed, now), fetched.permanent_url),
        fetched,
        now,
        jitter,
        etag=fetched.etag or (feed.etag if kept else None),
        last_modified=fetched.last_modified or (feed.last_modified if kept else None),
        checked_at=now,
        changed_at=now if fresh else feed.changed_at,
        interval=learned_interval(feed.interval, changed=fresh),
        pushed_at=None if fresh else feed.pushed_at,
    )


def delivered(feed: Feed, fetched: Fetched, parsed: ParsedFeed, *, fresh: bool, now: datetime, jitter: float) -> Feed:
    """The feed after its hub pushed a document. Validators stay those of the feed's own server."""
    changed_at = now if fresh else feed.changed_at
    return _visited(known_as(feed, fetched, parsed, now), fetched, now, jitter, pushed_at=now, changed_at=changed_at)


def _visited(feed: Feed, fetched: Fetched, now: datetime, jitter: float, **seen: Any) -> Feed:
    """The feed with what was `seen`, nothing wrong with it any more, and its next visit."""
    looked = replace(
        feed,
        health=Health.GOOD,
        trouble=None,
        trouble_detail="",
        failures=0,
        failing_since=None,
        succeeded_at=now,
        **seen,
    )
    return replace(looked, next_at=coming(looked, fetched, now, jitter))


def coming(feed: Feed, fetched: Fetched, now: datetime, jitter: float) -> datetime:
    """When to ask the feed again, by its rhythm, its server's and its document's wishes; daily while its hub pushes."""
    interval = LONGEST if pushes_arrive(feed, now) else feed.interval or learned_interval(None, changed=False)
    moment = next_visit(now, interval, fetched.fresh_for, fetched.retry_after, feed.ttl, jitter=jitter)
    return allowed(moment, feed.skip_hours, feed.skip_days, latest=now + LONGEST)


def known_as(feed: Feed, fetched: Fetched, parsed: ParsedFeed | None, now: datetime) -> Feed:
    """The feed with what its document, and the answer's headers, say of it; without a document only the hub can be another."""
    if parsed is None:
        hub, self_url = fetched.hub or feed.hub, fetched.self_url or feed.self_url
        return feed if hub == feed.hub and self_url == feed.self_url else replace(feed, hub=hub, self_url=self_url)
    shown = newest(parsed.entries, until=now + timedelta(days=1))
    return replace(
        named(feed, parsed),
        ttl=parsed.ttl,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        hub=fetched.hub or parsed.hub,
        self_url=fetched.self_url or parsed.self_url,
        newest_at=max((moment for moment in (feed.newest_at, shown) if moment), default=None),
    )


def moved(feed: Feed, permanent_url: str | None) -> Feed:
    """The feed after an answer that came through permanent redirects to `permanent_url`, or through none: adopted when seen twice."""
    if permanent_url is not None and permanent_url == feed.moved_to:
        return replace(feed, address=permanent_url, moved_to=None)
    return feed if permanent_url == feed.moved_to else replace(feed, moved_to=permanent_url)


def named(feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed, its missing name and language taken from its document."""
    return replace(feed, name=feed.name or parsed.title or feed.url, language=feed.language or parsed.language)


def newest(entries: tuple[Entry, ...], *, until: datetime | None = None) -> datetime | None:
    """When the newest dated entry was published; entries dated later than `until` are not believed."""
    moments = (entry.published for entry in entries if entry.published)
    return max((moment for moment in moments if until is None or moment <= until), default=None)
