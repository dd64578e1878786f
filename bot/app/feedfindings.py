"""What `planwatch doctor` says of the sources: how many are read, which are not and why, which have fallen silent. Asks nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.app.findings import Finding, State
from bot.app.remedies import remedy, why
from bot.model.feeds import Feed, Health
from bot.present.names import blind, silent
from bot.text.html import folded_line
from bot.text.urls import host_of

NAMED = 5  # sources in one line


def feed_findings(feeds: Sequence[Feed], now: datetime) -> Iterator[Finding]:
    """One line for all, another for those that answer and have long had nothing new."""
    states = Counter(feed.health for feed in feeds)
    if not feeds or states[Health.NEW] == len(feeds):
        yield Finding("feeds", State.CARE, "none was read yet", "planwatch poll reads them once")
        return
    counted = ", ".join(f"{states[health]} {health.value}" for health in Health if states[health])
    unread = [*blind(feeds), *(feed for feed in feeds if feed.health is Health.FAILING and feed.succeeded_at)]
    if unread:
        state = State.BROKEN if len(unread) == len(feeds) else State.CARE
        yield Finding("feeds", state, f"{counted}; {_named(unread)}{_host(unread)}", _to_do(unread))
    else:
        yield Finding("feeds", State.WORKS, counted)
    yield from _silent([feed for feed in feeds if silent(feed, now)])


def _named(unread: Sequence[Feed]) -> str:
    told = [f"{_name(feed)}{_since(feed)}: {why(feed.trouble, feed.trouble_detail)}" for feed in unread[:NAMED]]
    return "; ".join([*told, *_more(unread)])


def _host(unread: Sequence[Feed]) -> str:
    """The host with the most of them, where that says something."""
    ((host, count),) = Counter(host_of(feed.address) for feed in unread).most_common(1)
    return f"; {count} of them at {host}" if count > 1 and host else ""


def _to_do(unread: Sequence[Feed]) -> str:
    """The remedy of what ails most of them."""
    trouble, _ = Counter(feed.trouble for feed in unread).most_common(1)[0]
    sick = next(feed for feed in unread if feed.trouble is trouble)
    first = remedy(trouble, sick.address)
    which = f" ({_name(sick)})" if len(unread) > 1 else ""
    return (
        f"{first}{which}; planwatch feeds check asks them again" if first else "planwatch feeds check asks them again"
    )


def _silent(feeds: Sequence[Feed]) -> Iterator[Finding]:
    if feeds:
        told = [f"{_name(feed)} ({feed.newest_at:%Y-%m-%d})" for feed in feeds[:NAMED] if feed.newest_at]
        found = f"{len(feeds)} with nothing new for 30 days: {', '.join([*told, *_more(feeds)])}"
        yield Finding(
            "silent", State.CARE, found, "a source that moved without a word looks like this; open one and see"
        )


def _more(feeds: Sequence[Feed]) -> list[str]:
    return [f"and {len(feeds) - NAMED} more"] if len(feeds) > NAMED else []


def _since(feed: Feed) -> str:
    return f" since {feed.failing_since:%Y-%m-%d}" if feed.failing_since else ""


def _name(feed: Feed) -> str:
    return folded_line(feed.name) or folded_line(feed.url)
