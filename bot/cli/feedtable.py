"""What `planwatch feeds check` found, as a table of at most 100 columns and as rows for programs. Knows no command and asks nobody."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from rich.cells import cell_len, set_cell_size

from bot.app.remedies import remedy, why
from bot.model.feeds import Feed, Health
from bot.present.digest_rows import iso
from bot.present.names import SILENT_AFTER
from bot.services.checking import Checked
from bot.text.html import folded_line

WIDTH = 100
_COLUMNS = (
    ("NOW", 5),
    ("HEALTH", 7),
    ("SOURCE", 36),
    ("ENTRIES", 7),
    ("NEWEST", 8),
    ("LANG", 5),
    ("EVERY", 8),
    ("NEXT VISIT", 12),
)
_IN = " " * 6
_RIGHT = {"ENTRIES"}
_DAY = timedelta(days=1)


def check_table(checked: Sequence[Checked], now: datetime) -> str:
    """A line a feed, and beneath it whatever needs a word. Moments are UTC."""
    lines = [_row([name for name, _ in _COLUMNS])]
    for each in checked:
        lines.append(_row(_cells(each, now)))
        for note in notes(each, now):
            lines += _wrapped(note)
    return "\n".join(lines)


def check_row(each: Checked, now: datetime) -> dict[str, Any]:
    """The same as data; moments as ISO 8601 in UTC, spans in seconds."""
    feed, error = each.feed, each.error
    trouble = error.trouble if error else None
    return {
        "id": feed.id,
        "url": feed.url,
        "address": feed.address,
        "name": feed.name,
        "works": error is None,
        "problem": why(error.trouble, error.detail) if error else None,
        "trouble": trouble.value if trouble else None,
        "remedy": remedy(trouble, feed.address) or None,
        "health": feed.health.value,
        "failing_since": _iso(feed.failing_since),
        "last_trouble": feed.trouble.value if feed.trouble else None,
        "entries": each.entries,
        "dropped": each.dropped,
        "newest": _iso(each.newest),
        "silent": is_silent(each, now),
        "language": feed.language,
        "language_of_titles": each.detected or None,
        "every_s": round(feed.interval.total_seconds()) if feed.interval else None,
        "changed": _iso(feed.changed_at),
        "next": _iso(feed.next_at),
        "moved_to": each.moved_to,
        "hub": each.hub,
        "notes": list(notes(each, now)),
    }


def is_silent(each: Checked, now: datetime) -> bool:
    """Whether it can be read and has had nothing new for long."""
    return each.error is None and each.newest is not None and now - each.newest > SILENT_AFTER


def notes(each: Checked, now: datetime) -> Iterator[str]:
    """Whatever an operator should know of it, a sentence each."""
    feed = each.feed
    if each.error:
        since = f", failing since {feed.failing_since:%Y-%m-%d}" if feed.failing_since else ""
        yield f"{why(each.error.trouble, each.error.detail)}{since}: {_address(feed.address)}"
        yield f"to do: {remedy(each.error.trouble, feed.address)}"
    elif feed.health in (Health.FAILING, Health.BLIND, Health.GONE):
        yield f"it works again; at its last visit {why(feed.trouble, feed.trouble_detail)}"
    if each.newest and is_silent(each, now):
        yield f"nothing new since {each.newest:%Y-%m-%d}: it may have moved without a word"
    if feed.language and each.detected not in ("", feed.language):
        yield f"its language is stated as {feed.language}, but its titles read as {each.detected}"
    if each.moved_to:
        yield f"moved for good to {_address(each.moved_to)} (taken over once it has said so twice)"
    if each.hub:
        yield f"offers a hub that pushes: {_address(each.hub)}"
    if each.dropped:
        yield f"{each.dropped} entries were left out: over the limit, or without any text"


def _wrapped(note: str) -> list[str]:
    """Lines of at most WIDTH; an address longer than that stays whole, so that it can be copied."""
    return textwrap.wrap(
        note,
        WIDTH,
        initial_indent=_IN,
        subsequent_indent=_IN + "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _cells(each: Checked, now: datetime) -> list[str]:
    feed = each.feed
    tried = feed.health not in (Health.GONE, Health.PAUSED)
    return [
        "fails" if each.error else "works",
        feed.health.value,
        shown_name(feed),
        "-" if each.error else str(each.entries),
        _span(now - each.newest) if each.newest else "-",
        feed.language or each.detected or "-",
        _span(feed.interval) if feed.interval and tried else "-",
        (f"{feed.next_at:%d %b %H:%M}" if feed.next_at else "at once") if tried else "never",
    ]


def shown_name(feed: Feed) -> str:
    """A feed's name, else its address, without anything a terminal would obey."""
    return folded_line(feed.name) or folded_line(feed.url)


def _row(cells: Sequence[str]) -> str:
    placed = (_placed(cell, name, width) for cell, (name, width) in zip(cells, _COLUMNS, strict=True))
    return " ".join(placed).rstrip()


def _placed(cell: str, name: str, width: int) -> str:
    if cell_len(cell) > width:
        return set_cell_size(cell, width - 1) + "…"
    return " " * (width - cell_len(cell)) + cell if name in _RIGHT else set_cell_size(cell, width)


def _span(span: timedelta) -> str:
    """25 min, 3 h, 9 days."""
    if span < timedelta(hours=2):
        return f"{max(round(span.total_seconds() / 60), 0)} min"
    return f"{span.total_seconds() / 3600:.0f} h" if span < 2 * _DAY else f"{span.days} days"


def _address(url: str) -> str:
    return folded_line(url)[:300]


def _iso(at: datetime | None) -> str | None:
    return iso(at) if at else None
