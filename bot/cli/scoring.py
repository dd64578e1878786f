"""`planwatch evaluate`: scores the analysis on a labelled corpus. Knows neither scores nor corpora."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import Plain, PlainFormat
from bot.cli.printing import progress, put, put_json
from bot.cli.session import session_of


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(evaluate)


def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder with articles.jsonl and facts.jsonl.", show_default=False)
    ],
    topic: Annotated[
        str, typer.Option("--topic", metavar="TOPIC", help="Topic id; else the corpus' own.", show_default=False)
    ] = "",
    form: PlainFormat = Plain.TEXT,
) -> None:
    """Score the analysis and its baselines on a labelled corpus."""
    from bot.app.evaluating import evaluated
    from bot.services.scoretables import as_data, as_text

    settings = session_of(context).settings()
    with progress() as say:
        say("Reading and scoring …")
        found = evaluated(settings, folder, topic)
    if form is Plain.JSON:
        put_json(as_data(found))
    else:
        put(as_text(found))
