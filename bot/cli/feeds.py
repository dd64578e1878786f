"""`planwatch feeds`: the list of sources. Only asks and prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.app.wording import trouble
from bot.cli.errors import FAILED, USAGE
from bot.cli.files import read_bytes, write_text
from bot.cli.options import Plain, PlainFormat
from bot.cli.printing import Say, complain, note, put, put_json
from bot.cli.session import session_of
from bot.model.feeds import Feed
from bot.present.digest_rows import iso

if TYPE_CHECKING:
    from bot.app.machine import Machine

app = typer.Typer(
    name="feeds",
    help="The sources: list, add, remove, import, export, check, discover.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Name = Annotated[
    str, typer.Option("--name", help="The outlet, as readers see it; else the feed's own title.", show_default=False)
]
SourceLanguage = Annotated[
    str, typer.Option("--language", help="Language code, where the feed does not say.", show_default=False)
]
ForTopics = Annotated[
    list[str] | None, typer.Option("--topic", help="Read for this topic only; may be given again.", show_default=False)
]


@app.command("list")
def list_(context: typer.Context, form: PlainFormat = Plain.TEXT) -> None:
    """Every source, how well it is read, and when it is read next."""

    async def job(machine: Machine, say: Say) -> int:
        feeds = await machine.sources.all()
        if form is Plain.JSON:
            put_json([_row(feed) for feed in feeds])
        else:
            put("\n".join(_line(feed) for feed in feeds))
        return 0

    session_of(context).work(job)


@app.command()
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a site that has one.", show_default=False)],
    name: Name = "",
    language: SourceLanguage = "",
    topics: ForTopics = None,
    official: Annotated[bool, typer.Option("--official", help="A government's or organisation's own channel.")] = False,
) -> None:
    """Read another source from now on; it is asked once, to be sure that it is a feed."""

    async def job(machine: Machine, say: Say) -> int:
        chosen = tuple(machine.topic(topic).id for topic in topics or ())
        say(f"Asking {address} …")
        added = await machine.sources.add(
            address, name=name, language=language or None, topics=chosen, official=official
        )
        say("")
        if added.feed is None:
            put("\n".join(f"{found.url}  {found.title}".rstrip() for found in added.found))
            complain("that site has several feeds; add the one you want by its own address")
            return USAGE
        note("it was there already" if added.known_before else "added; `planwatch poll` reads it")
        put(_line(added.feed))
        return 0

    session_of(context).work(job)


@app.command()
def remove(
    context: typer.Context,
    word: Annotated[str, typer.Argument(metavar="FEED", help="Its address, name or id.", show_default=False)],
) -> None:
    """Stop reading a source; what it told stays."""

    async def job(machine: Machine, say: Say) -> int:
        from bot.app.listing import named_in_settings

        removed = await machine.sources.remove(word)
        note(f"removed: {removed.name or removed.url}")
        if named_in_settings(machine, removed):
            complain("the settings name it among `feeds` and bring it back at the next start; remove it there too")
            return FAILED
        return 0

    session_of(context).work(job)


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="An OPML file; - for standard input.", show_default=False)
    ],
) -> None:
    """Take in the sources of an OPML file; folders named like a topic become its topic."""

    async def job(machine: Machine, say: Say) -> int:
        from bot.feeds.opml import read_opml

        taken = await machine.sources.take_in(
            read_opml(read_bytes(file), topics=[topic.id for topic in machine.topics], name=str(file))
        )
        note(f"{len(taken.added)} added, {len(taken.known)} were there already")
        return 0

    session_of(context).work(job)


@app.command()
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


@app.command()
def check(context: typer.Context) -> None:
    """Ask every source once and say what came; nothing is kept."""

    async def job(machine: Machine, say: Say) -> int:
        say("Asking all sources …")
        checked = await machine.sources.check()
        say("")
        for each in checked:
            told = (
                trouble(each.error)
                if each.error
                else f"{each.entries} entries, newest {iso(each.newest) if each.newest else 'undated'}"
            )
            moved = f"; moved for good to {each.moved_to}" if each.moved_to else ""
            put(f"{'does not work' if each.error else 'works':<14} {each.feed.name or each.feed.url}: {told}{moved}")
        return FAILED if any(each.error for each in checked) else 0

    session_of(context).work(job)


@app.command()
def discover(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="URL", help="A site.", show_default=False)],
) -> None:
    """The feeds of a site, asked for and found to be feeds."""

    async def job(machine: Machine, say: Say) -> int:
        say(f"Looking at {address} …")
        found = await machine.sources.discover(address)
        say("")
        put("\n".join(f"{each.url}  {each.title}".rstrip() for each in found))
        if not found:
            complain(f"no feed was found at {address}; try a section's page, or the feed's own address")
        return 0 if found else FAILED

    session_of(context).work(job)


def _line(feed: Feed) -> str:
    why = f" ({feed.trouble.value.replace('_', ' ')})" if feed.trouble else ""
    return f"{feed.health.value:<8} {feed.language or '-':<3} {feed.name or '-'}{why}  {feed.url}"


def _row(feed: Feed) -> dict[str, Any]:
    return {
        "id": feed.id,
        "url": feed.url,
        "name": feed.name,
        "language": feed.language,
        "topics": list(feed.topics),
        "official": feed.official,
        "health": feed.health.value,
        "trouble": feed.trouble.value if feed.trouble else None,
        "checked": iso(feed.checked_at) if feed.checked_at else None,
        "next": iso(feed.next_at) if feed.next_at else None,
    }
