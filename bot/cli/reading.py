"""Commands that show the plan: digest, layers, status. They only ask and print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from bot.cli.options import (
    AsOf,
    Compared,
    Form,
    Format,
    Lang,
    Language,
    On,
    Since,
    TopicName,
    Until,
    Zone,
    moment,
    window,
    zone,
)
from bot.cli.printing import Say, note, put, put_json
from bot.cli.session import session_of
from bot.model.replies import Reply
from bot.present.board import board_reply
from bot.present.digest_rows import digest_data, iso
from bot.present.digests import digest_reply
from bot.present.exports import layer_rows, status_rows
from bot.present.plain import as_html, as_markdown, as_text
from bot.present.reader import Reader
from bot.present.status import status_reply
from bot.present.tables import difference_row

if TYPE_CHECKING:
    from bot.app.machine import Machine


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(digest)
    app.command()(layers)
    app.command()(status)


def digest(
    context: typer.Context,
    topic: TopicName = "",
    on: On = "",
    since: Since = "",
    until: Until = "",
    zone_name: Zone = "",
    lang: Lang = None,
    form: Format = Form.TEXT,
) -> None:
    """What moved: in the last 24 hours, on a day, or in any window."""

    async def job(machine: Machine, say: Say) -> int:
        now = machine.clock.now()
        asked = window(on=on, since=since, until=until, zone_name=zone_name, now=now)
        chosen, reader = machine.topic(topic), _reader(machine, lang, zone_name or ("UTC" if on else ""))
        found = await machine.browser.digest(chosen, asked, reader.language)
        await _hint(machine)
        _show(digest_data(found), digest_reply(found, chosen, reader.at(min(now, asked.until))), form, reader)
        return 0

    session_of(context).work(job)


def layers(
    context: typer.Context,
    topic: TopicName = "",
    as_of: AsOf = "",
    zone_name: Zone = "",
    lang: Lang = None,
    form: Format = Form.TEXT,
) -> None:
    """The board: every layer of the plan, its rung, its values, what moved last."""

    async def job(machine: Machine, say: Say) -> int:
        view = await machine.browser.board(machine.topic(topic), moment(as_of))
        reader = _reader(machine, lang, zone_name).at(view.board.as_of)
        data = {"topic": view.topic.id, "as_of": iso(view.board.as_of), "layers": layer_rows(view.board)}
        await _hint(machine)
        _show(data, board_reply(view, reader), form, reader)
        return 0

    session_of(context).work(job)


def status(
    context: typer.Context,
    topic: TopicName = "",
    as_of: AsOf = "",
    compared: Compared = "",
    zone_name: Zone = "",
    lang: Lang = None,
    form: Format = Form.TEXT,
) -> None:
    """Who stands where, what is open, what moved in the last day and week; with --since, what stands otherwise than then."""

    async def job(machine: Machine, say: Say) -> int:
        view = await machine.browser.status(machine.topic(topic), moment(as_of), since=moment(compared))
        reader = _reader(machine, lang, zone_name).at(view.board.as_of)
        data = {"topic": view.topic.id, "as_of": iso(view.board.as_of), "status": status_rows(view.board)}
        if view.since:
            data |= {"since": iso(view.since), "different": [difference_row(each) for each in view.apart]}
        await _hint(machine)
        _show(data, status_reply(view, reader), form, reader)
        return 0

    session_of(context).work(job)


def _reader(machine: Machine, lang: Language | None, zone_name: str) -> Reader:
    reader: Reader = machine.reader(lang.value if lang else "", zone(zone_name) if zone_name else "")
    return reader


async def _hint(machine: Machine) -> None:
    if all(feed.succeeded_at is None for feed in await machine.store.feeds()):
        note("Nothing was read yet: `planwatch poll` reads the feeds, and --sample shows the sample world instead.")


def _show(data: dict[str, Any], reply: Reply, form: Form, reader: Reader) -> None:
    match form:
        case Form.JSON:
            put_json(data)
        case Form.HTML:
            put(as_html(reply, language=reader.language))
        case Form.MARKDOWN:
            put(as_markdown(reply))
        case Form.TEXT:
            put(as_text(reply))
