"""`planwatch feeds`: the list of sources. Only asks and prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli import feedlists
from bot.cli.errors import FAILED, USAGE
from bot.cli.feedtable import check_row, check_table, is_silent, shown_name
from bot.cli.options import Plain, PlainFormat
from bot.cli.printing import Say, complain, note, put, put_json
from bot.cli.session import session_of
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Feed
from bot.present.digest_rows import iso
from bot.text.html import folded_line

if TYPE_CHECKING:
    from bot.app.machine import Machine
    from bot.services.checking import Checked
    from bot.services.sites import FoundFeed

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
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FEED",
        help="Only those with that name, address or id, or a part of it.",
        show_default=False,
    ),
]


@app.command("list")
def list_(context: typer.Context, words: Words = None, form: PlainFormat = Plain.TEXT) -> None:
    """The sources, how well each is read, and its address."""

    async def job(machine: Machine, say: Say) -> int:
        feeds = await machine.sources.picked(words or ())
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


feedlists.register(app)


@app.command()
def check(
    context: typer.Context,
    words: Words = None,
    form: PlainFormat = Plain.TEXT,
) -> None:
    """Ask sources once, all or those named, and say how each is and what to do; nothing is kept."""

    async def job(machine: Machine, say: Say) -> int:
        ended: list[Checked] = []

        def told(checked: Checked) -> None:
            ended.append(checked)
            say(f"Asking sources … {len(ended)}, newest {shown_name(checked.feed)}")

        say("Asking sources …")
        checked = await machine.sources.check(words or (), told)
        now = machine.clock.now()
        say("")
        if form is Plain.JSON:
            put_json([check_row(each, now) for each in checked])
        else:
            put(check_table(checked, now))
        failed, silent = sum(each.error is not None for each in checked), sum(is_silent(each, now) for each in checked)
        note(
            f"{len(checked)} asked: {len(checked) - failed} work, {failed} fail; {silent} with nothing new for 30 days"
        )
        return FAILED if failed else 0

    session_of(context).work(job)


@app.command()
def discover(
    context: typer.Context,
    address: Annotated[str, typer.Argument(metavar="URL", help="A site.", show_default=False)],
    form: PlainFormat = Plain.TEXT,
) -> None:
    """The feeds of a site, asked for and found to be feeds; those already followed are marked."""

    async def job(machine: Machine, say: Say) -> int:
        say(f"Looking at {address} …")
        try:
            found = await machine.sources.discover(address)
        except SourceError as error:
            if error.trouble is not Trouble.NOT_A_FEED:
                raise
            found = ()
        known = await machine.sources.followed([each.url for each in found])
        say("")
        if form is Plain.JSON:
            put_json([{"url": each.url, "title": each.title, "followed": each.url in known} for each in found])
        else:
            put("\n".join(_found(each, followed=each.url in known) for each in found))
        if not found:
            complain(f"no feed was found at {address}; try a section's page, or the feed's own address")
        return 0 if found else FAILED

    session_of(context).work(job)


def _found(found: FoundFeed, *, followed: bool) -> str:
    title = folded_line(found.title)
    return f"{found.url}  {title}{' (already followed)' if followed else ''}".rstrip()


def _line(feed: Feed) -> str:
    why = f" ({feed.trouble.value.replace('_', ' ')})" if feed.trouble else ""
    return f"{feed.health.value:<8} {feed.language or '-':<3} {folded_line(feed.name) or '-'}{why}  {feed.url}"


def _row(feed: Feed) -> dict[str, Any]:
    return {
        "id": feed.id,
        "url": feed.url,
        "address": feed.address,
        "name": feed.name,
        "language": feed.language,
        "topics": list(feed.topics),
        "official": feed.official,
        "health": feed.health.value,
        "trouble": feed.trouble.value if feed.trouble else None,
        "failing_since": iso(feed.failing_since) if feed.failing_since else None,
        "newest": iso(feed.newest_at) if feed.newest_at else None,
        "checked": iso(feed.checked_at) if feed.checked_at else None,
        "next": iso(feed.next_at) if feed.next_at else None,
    }
