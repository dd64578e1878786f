"""`planwatch topics draft`: a first topic file from an article. Knows neither how it is read nor how it is made."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import read_bytes, write_text
from bot.cli.printing import note, progress, put
from bot.cli.session import session_of
from bot.model.errors import Mistake, SettingsError

if TYPE_CHECKING:
    from bot.app.drafting import Drafted

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ID = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(draft)


def draft(
    context: typer.Context,
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE",
            help="An address, a file with a page or plain text, or - for standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write into a new file <topic id>.toml.", show_default=False
        ),
    ] = None,
    language: Annotated[
        str,
        typer.Option(
            "--language", metavar="CODE", help="The article's language; else told from its text.", show_default=False
        ),
    ] = "",
) -> None:
    """A first draft of a topic file from an article, for a person to edit."""
    from bot.app.drafting import drafted

    settings = session_of(context).settings()
    identity = _identity(output)
    body = None if _ADDRESS.match(article) else read_bytes(Path(article), settings.fetch.max_bytes)
    with progress() as say:
        say(f"Reading {article} …")
        found = asyncio.run(drafted(settings, article, body, identity, language.strip().lower()))
    if output is None:
        put(found.text)
        note(f"{_counted(found)}; save it as {found.topic_id}.toml")
    else:
        write_text(output, found.text)
        note(f"{_counted(found)} in {output}; edit it, then planwatch topics check {output}")


def _identity(output: Path | None) -> str:
    """The topic id that the file's name gives. A file that is there is somebody's work and is never written over. Raises SettingsError."""
    if output is None:
        return ""
    identity = output.name.removesuffix(".toml")
    if output.suffix != ".toml" or not _ID.fullmatch(identity):
        raise _refused(
            f"{output.name} is no topic file's name", "use lower-case Latin letters, digits, - and _, ending in .toml"
        )
    if output.exists():
        raise _refused(f"{output} is there already", "name another file, or move it away")
    return identity


def _refused(problem: str, remedy: str) -> SettingsError:
    return SettingsError((Mistake("command line", "--output", problem, remedy),))


def _counted(found: Drafted) -> str:
    made = found.draft
    counts = (
        (len(made.layers), "layer", "layers"),
        (sum(len(layer.values) for layer in made.layers), "value", "values"),
        (len(made.parties), "party", "parties"),
    )
    return "draft with " + ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts)
