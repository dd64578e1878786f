"""Commands that look after the store and the whole: doctor, backup, restore. They only ask and print."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.wording import operator_lines
from bot.cli.errors import FAILED, USAGE
from bot.cli.options import Plain, PlainFormat
from bot.cli.printing import Say, complain, note, progress, put, put_json
from bot.cli.session import session_of
from bot.model.errors import SettingsError

if TYPE_CHECKING:
    from bot.app.machine import Machine


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(doctor)
    app.command()(backup)
    app.command()(restore)


def doctor(
    context: typer.Context,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask nobody on the network: tokens are not tried out.")
    ] = False,
    form: PlainFormat = Plain.TEXT,
) -> None:
    """Settings, store, topics, feeds, tokens, clock: what works, what does not, what to do."""
    session = session_of(context)
    try:
        settings = session.settings()
    except SettingsError as error:
        for line in operator_lines(error):
            complain(line)
        raise typer.Exit(USAGE) from None
    from bot.app.checkup import checkup

    with progress() as say:
        say("Looking …")
        findings = asyncio.run(checkup(settings, offline=offline))
    if form is Plain.JSON:
        put_json(
            [
                {"part": each.part, "state": each.state.value, "found": each.found, "remedy": each.remedy}
                for each in findings
            ]
        )
    else:
        put("\n".join(str(each) for each in findings))
    raise typer.Exit(FAILED if any(each.broken for each in findings) else 0)


def backup(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="Where the backup goes; replaced only by a complete one.", show_default=False
        ),
    ],
) -> None:
    """Write everything in the store into one file, while planwatch runs."""
    from bot.store import backup as write

    async def job(machine: Machine, say: Say) -> int:
        manifest = await write(machine.store, file)
        note(f"{manifest.rows} rows in {file}")
        return 0

    session_of(context).work(job)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.", show_default=False)],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what the store holds.")] = False,
) -> None:
    """Make the store what a backup says; planwatch must not be running. Nothing is touched unless all of it can be restored."""
    from bot.app.building import ready_store_url
    from bot.store import restore as read

    settings = session_of(context).settings()
    with progress() as say:
        say("Restoring …")
        manifest = asyncio.run(read(ready_store_url(settings), file, overwrite=overwrite))
    note(f"{manifest.rows} rows restored, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC")
