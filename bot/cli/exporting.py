"""`planwatch export`: the ledger as rows for other programs. Knows the columns' names only through `bot.present.exports`."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import write_text
from bot.cli.options import Since, Until, moment
from bot.cli.printing import Say, note, put
from bot.cli.session import session_of
from bot.model.digests import Window
from bot.model.topics import Topic
from bot.present import exports
from bot.present.exports import Row

if TYPE_CHECKING:
    from bot.app.machine import Machine

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


class What(StrEnum):
    """What can be exported."""

    ARTICLES = "articles"
    POINTS = "points"
    DEVELOPMENTS = "developments"
    CHANGES = "changes"
    STATUS = "status"


class Rows(StrEnum):
    """How rows are written."""

    JSONL = "jsonl"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    context: typer.Context,
    what: Annotated[What, typer.Argument(help="What to export.", show_default=False)],
    topic: Annotated[
        str, typer.Option("--topic", metavar="TOPIC", help="Topic id; else all that are followed.", show_default=False)
    ] = "",
    since: Since = "",
    until: Until = "",
    form: Annotated[
        Rows, typer.Option("--format", help="JSON Lines are exact; CSV guards spreadsheets against formulas.")
    ] = Rows.JSONL,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.", show_default=False)
    ] = None,
) -> None:
    """The ledger as rows: by time of publication, as JSON Lines or CSV. `status` is the board as of --until."""

    async def job(machine: Machine, say: Say) -> int:
        asked = _window(since, until)
        topics = (machine.topic(topic),) if topic else machine.topics
        rows = [row for each in topics for row in await _rows(machine, what, each, asked)]
        text = exports.as_csv(rows, exports.COLUMNS[what]) if form is Rows.CSV else exports.as_jsonl(rows)
        if output is None:
            put(text)
        else:
            write_text(output, text)
            note(f"{len(rows)} {what.value} in {output}")
        return 0

    session_of(context).work(job)


def _window(since: str, until: str) -> Window:
    begin, end = moment(since) or _FIRST, moment(until) or _LAST
    if end < begin:
        raise typer.BadParameter(f"{until} is before --since {since}", param_hint="--until")
    return Window(since=begin, until=end)


async def _rows(machine: Machine, what: What, topic: Topic, asked: Window) -> list[Row]:
    store = machine.store
    match what:
        case What.ARTICLES:
            feeds = {feed.id: feed for feed in await store.feeds()}
            return [
                exports.article_row(article, reading, feeds)
                for article, reading in await store.articles(topic.id, asked)
            ]
        case What.POINTS:
            return [exports.point_row(point) for point in await store.points(topic.id, window=asked)]
        case What.DEVELOPMENTS:
            known = await store.developments(topic.id)
            return [
                exports.development_row(each)
                for each in known
                if each.last_seen >= asked.since and each.first_seen < asked.until
            ]
        case What.CHANGES:
            until = min(asked.until, machine.clock.now())  # the ledger holds days ahead that have not passed yet
            return [exports.change_row(each) for each in await store.changes(topic.id, window=asked) if each.at < until]
        case What.STATUS:
            as_of = None if asked.until == _LAST else asked.until
            return exports.status_rows((await machine.browser.board(topic, as_of)).board)
