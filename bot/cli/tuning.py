"""`planwatch topics tune`: what each term of a topic file does. Knows neither how terms are counted nor where articles lie."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import Plain, PlainFormat, Since, Until, moment
from bot.cli.printing import Say, complain, note, progress, put, put_json
from bot.cli.session import session_of
from bot.cli.tuningtable import as_data, as_text
from bot.model.digests import Window

if TYPE_CHECKING:
    from bot.app.machine import Machine
    from bot.services.termuses import Tuning

_QUARTER = timedelta(days=90)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(tune)


def tune(
    context: typer.Context,
    topic: Annotated[
        str,
        typer.Argument(
            metavar="[TOPIC|FILE]",
            help="Topic id or a topic file; else the first that is followed.",
            show_default=False,
        ),
    ] = "",
    corpus: Annotated[
        Path | None,
        typer.Option(
            "--corpus", metavar="FOLDER", help="A labelled corpus; else what the store holds.", show_default=False
        ),
    ] = None,
    since: Since = "",
    until: Until = "",
    form: PlainFormat = Plain.TEXT,
) -> None:
    """Which terms decide, which never fire, which lead astray, and what no term covers: in a labelled corpus, or in the store's last 90 days."""
    session = session_of(context)
    if corpus is not None:
        from bot.app.tuning import tuned_on_corpus

        with progress() as say:
            say("Reading …")
            found = tuned_on_corpus(session.settings(), topic, corpus)
        raise typer.Exit(_shown(found, form))

    async def job(machine: Machine, say: Say) -> int:
        from bot.app.tuning import tuned_on_store

        end = moment(until) or datetime.now(UTC)
        begin = moment(since) or end - _QUARTER
        if end < begin:
            raise typer.BadParameter(f"{until or 'now'} is before --since {since}", param_hint="--until")
        found, reached = await tuned_on_store(machine, topic, Window(since=begin, until=end), say)
        say("")
        if reached > begin:
            note(
                f"there is more in the store than is looked at: read back to {reached:%Y-%m-%d}; ask for more with --until"
            )
        return _shown(found, form)

    session.work(job)


def _shown(found: Tuning, form: Plain) -> int:
    if form is Plain.JSON:
        put_json(as_data(found))
    else:
        put(as_text(found))
    if not (found.belonging or found.others):
        complain(
            "there are no articles to look at; poll first, ask for an earlier --since, or name a labelled corpus with --corpus"
        )
        return 1
    return 0
