"""The command line: arguments → settings → work → exit status. Must not know how anything is done, only whom to ask.

Exit status 0: done; 1: done with failures, which were listed; 2: usage or settings; 130: interrupted.
"""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import exporting, feeds, keeping, reading, scoring, topics, working
from bot.cli.errors import told
from bot.cli.session import Session, hoisted

EPILOG = (
    "--config, --sample and --verbose may stand anywhere in the line. Data goes to standard output, everything else to standard error. "
    "Exit status 0: done; 1: done with failures, which are listed; 2: usage or settings. Times are ISO 8601; without an offset they are UTC."
)
app = typer.Typer(
    name="planwatch",
    help="Follows one developing plan in the news and tells what moved, every line with its quote and source.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _told_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"planwatch {version('planwatch')}")
        raise typer.Exit


@app.callback()
def begin(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(
            "--config", metavar="FILE", help="Settings file; else $PLANWATCH_CONFIG, else config/planwatch.toml."
        ),
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Work on the invented sample world in place of the live feeds.")
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Say on standard error what is being done, with tracebacks.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Say which planwatch this is.", is_eager=True, callback=_told_version)
    ] = False,
) -> None:
    """What holds for every command."""
    context.obj = Session(config=config, sample=sample, verbose=verbose)


for part in (working, reading, exporting, scoring, keeping):
    part.register(app)
app.add_typer(feeds.app)
app.add_typer(topics.app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program and leave with its exit status. Never shows a traceback unless --verbose asks for it."""
    _standing_streams()
    given = hoisted(sys.argv[1:] if arguments is None else arguments)
    try:
        app(given, prog_name="planwatch")
    except BaseException as error:  # noqa: BLE001  around one command: whatever happened is told in words
        sys.exit(told(error, verbose=bool({"--verbose", "-v"} & set(given))))


def _standing_streams() -> None:
    """A stream that was closed before the start (`<&-`) reads as empty, or takes what is written and loses it."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            _any_letter(stream)


def _any_letter(stream: TextIOWrapper) -> None:
    """Let no letter stop the program. A locale without letters says nothing of the reader: UTF-8, as JSON needs; what was asked for stays."""
    unsaid = codecs.lookup(stream.encoding).name == "ascii" and not os.environ.get("PYTHONIOENCODING")
    stream.reconfigure(encoding="utf-8" if unsaid else stream.encoding, errors="replace")
