"""Commands that do the work: run, which stays, and poll, which ends. They only ask and print."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.wording import trouble
from bot.cli.errors import FAILED
from bot.cli.printing import Say, note, progress
from bot.cli.session import Session, session_of

if TYPE_CHECKING:
    from bot.app.machine import Machine


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(run)
    app.command()(poll)


def run(context: typer.Context) -> None:
    """Everything: read feeds, analyse, send digests, answer in Telegram and Discord; with no token, a chat in the terminal.

    Without a token and without sources of your own it shows the sample world. SIGTERM or Ctrl-C ends it.
    """
    raise typer.Exit(asyncio.run(_run(session_of(context))))


async def _run(session: Session) -> int:
    from bot.app.building import Wishes, opened
    from bot.app.choosing import follows_sample
    from bot.app.running import run as serve
    from bot.app.stopping import Stopping, until_stopped

    settings = session.settings(quiet=False)
    in_terminal = not settings.has_token
    if in_terminal or session.sample:
        settings = session.settings(quiet=True)  # a chat in the terminal is no place for a log

    async def serving(stopping: Stopping) -> int:
        sample = session.sample or await follows_sample(settings)
        with progress() as say:
            async with opened(settings, Wishes(sample=sample), say) as machine:
                say("")
                return await serve(machine, stopping, say)

    return await until_stopped(serving)


def poll(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="All feeds, due or not; requests stay conditional.")
    ] = False,
) -> None:
    """One round of reading and analysis, then leave. Feeds that failed are listed."""
    session = session_of(context)

    async def job(machine: Machine, say: Say) -> int:
        from bot.app.rounds import Rounds

        collected, studied = await Rounds(machine).everything(say, due_or_not=everything)
        say("")
        note(
            f"{collected.read} feeds read, {collected.unchanged} of them unchanged, {collected.new} new entries, {collected.edited} edited; "
            f"{studied.articles} articles, {studied.relevant} on the plan, {studied.points} points"
        )
        for look in collected.failed:
            if look.error:
                note(f"not read: {look.feed.name or look.feed.url} ({look.feed.url}): {trouble(look.error)}")
        for address, problem in studied.failed:
            note(f"not analysed: {address}: {problem}")
        return FAILED if collected.failed or studied.failed else 0

    session.work(job)
