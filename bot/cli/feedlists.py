"""`planwatch feeds import` and `export`: lists of sources as OPML. Only asks and prints; how a list is read is the adapter's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.files import read_bytes, write_text
from bot.cli.printing import Say, note, put
from bot.cli.session import session_of
from bot.model.topics import Topic

if TYPE_CHECKING:
    from bot.app.machine import Machine
    from bot.feeds.opml import OpmlList

MOST_NAMED = 5  # folders


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import")(import_)
    app.command()(export)


def import_(
    context: typer.Context,
    place: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="An OPML file, the http(s) address of one, or - for standard input.",
            show_default=False,
        ),
    ],
) -> None:
    """Take in the sources of an OPML list; folders named like a topic become its topic, other folders are ignored."""

    async def job(machine: Machine, say: Say) -> int:
        from bot.feeds.opml import read_opml

        topics = {name.casefold(): topic.id for topic in machine.topics for name in (topic.id, *_names(topic))}
        if place.lower().startswith(("http://", "https://")):
            say(f"Asking {place} …")
            fetched = await machine.sources.document(place)
            listed = read_opml(fetched.body, topics=topics, name=place, content_type=fetched.content_type)
        else:
            listed = read_opml(read_bytes(Path(place)), topics=topics, name=place)
        say("")
        taken = await machine.sources.take_in(listed.feeds)
        note(f"{len(taken.added)} added, {len(taken.known)} were there already")
        for line in left_aside(listed):
            note(line)
        return 0

    session_of(context).work(job)


def export(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into a file.", show_default=False)
    ] = None,
) -> None:
    """All sources as OPML."""

    async def job(machine: Machine, say: Say) -> int:
        from bot.feeds.opml import write_opml

        text = write_opml(await machine.sources.all())
        put(text) if output is None else write_text(output, text)
        return 0

    session_of(context).work(job)


def left_aside(listed: OpmlList) -> Iterator[str]:
    """What of a list was not taken as it stood, a line each."""
    if listed.folders:
        more = len(listed.folders) - MOST_NAMED
        shown = ", ".join(listed.folders[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        yield f"folders that are no followed topic were ignored, their feeds are read for every topic: {shown}"
    if listed.repeated:
        yield f"{listed.repeated} listed again were counted once"
    if listed.refused:
        yield f"{listed.refused} left out: their address is not one of http or https"
    if listed.over:
        yield f"{listed.over} left out: a list may hold {len(listed.feeds):,} feeds"
    if listed.damaged:
        yield "the list is damaged; what could be read of it was taken"
    official = sum(feed.official for feed in listed.feeds)
    if official:
        yield f"{official} marked as official: their word counts as official where a topic asks for one"


def _names(topic: Topic) -> Iterator[str]:
    return (text for _, text in topic.names.texts)
