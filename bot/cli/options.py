"""Options that several commands share, and how their words are read. Knows no command."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot.model.digests import Window
from bot.model.errors import BadTime, BadZone
from bot.settings import nearest_zones

A_DAY = timedelta(days=1)


class Language(StrEnum):
    """What the program speaks."""

    EN = "en"
    UK = "uk"


class Form(StrEnum):
    """How a reply is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    MARKDOWN = "markdown"


class Plain(StrEnum):
    """How a list or report is written."""

    TEXT = "text"
    JSON = "json"


TopicName = Annotated[
    str,
    typer.Argument(
        metavar="[TOPIC]", help="Topic id or the beginning of one; else the first that is followed.", show_default=False
    ),
]
Lang = Annotated[
    Language | None, typer.Option("--lang", help="Language; else digest.language of the settings.", show_default=False)
]
Format = Annotated[Form, typer.Option("--format", help="How it is written.")]
PlainFormat = Annotated[Plain, typer.Option("--format", help="How it is written.")]
Zone = Annotated[
    str,
    typer.Option(
        "--zone",
        metavar="ZONE",
        help="Time zone, such as Europe/Kyiv; else digest.zone of the settings.",
        show_default=False,
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="TIME", help="From what had been published by then; else by now.", show_default=False
    ),
]
Since = Annotated[str, typer.Option("--since", metavar="TIME", help="Beginning, included.", show_default=False)]
Compared = Annotated[
    str,
    typer.Option("--since", metavar="TIME", help="Compare with what had been published by then.", show_default=False),
]
Until = Annotated[str, typer.Option("--until", metavar="TIME", help="End, excluded.", show_default=False)]
On = Annotated[
    str, typer.Option("--on", metavar="DATE", help="That calendar day in --zone, else in UTC.", show_default=False)
]


def moment(text: str) -> datetime | None:
    """An ISO 8601 time, UTC where it has no offset; None for an empty text. Raises BadTime."""
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadTime(text) from None


def zone(text: str) -> str:
    """An IANA zone. Raises BadZone."""
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadZone(text, nearest_zones(text)) from None


def window(*, on: str, since: str, until: str, zone_name: str, now: datetime) -> Window:
    """The window asked for; the last 24 hours where nothing was. Raises BadTime, BadZone, or a usage error."""
    if on and (since or until):
        raise typer.BadParameter("stands alone: leave out --since and --until", param_hint="--on")
    if on:
        return _whole_day(on, zone_name or "UTC", now)
    end = moment(until) or now
    begin = moment(since) or end - A_DAY
    if end < begin:
        raise typer.BadParameter(f"{until or 'now'} is before --since {since}", param_hint="--until")
    return Window(since=begin, until=end)


def _whole_day(text: str, zone_name: str, now: datetime) -> Window:
    """From midnight to midnight in the zone: 23 to 25 hours."""
    there = ZoneInfo(zone(zone_name))
    today = now.astimezone(there).date()
    try:
        day = {"today": today, "yesterday": today - A_DAY}.get(text.lower()) or date.fromisoformat(text)
        begin, end = (datetime.combine(each, time(), there).astimezone(UTC) for each in (day, day + A_DAY))
    except (ValueError, OverflowError):
        raise BadTime(text) from None
    return Window(since=begin, until=end)
