"""What feeds a site has, or why none was found. Everything of the site is data: titles and addresses are shown, never obeyed."""

from __future__ import annotations

from shlex import quote

from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Health
from bot.model.replies import Block, Heading, Item, Paragraph, Reply, Run, Style, plain
from bot.present.buttons import ways
from bot.present.feeds import state_words
from bot.present.reader import Reader
from bot.present.views import FeedThere, SiteView

LONGEST = 100  # letters of a title, or of what was typed, that are shown
LONGEST_ADDRESS = 300
_WITHOUT = (Trouble.NOT_A_FEED, Trouble.BROKEN_FEED)


def site_reply(view: SiteView, reader: Reader, *, may_manage: bool) -> Reply:
    """Every feed with its address, those read here marked; whoever may manage the chat learns how one is added."""
    title = reader.say("find-title", count=len(view.feeds), site=short(view.address))
    blocks: tuple[Block, ...] = (Heading(plain(title)), *(_feed(feed, reader) for feed in view.feeds))
    fresh = next((feed for feed in view.feeds if feed.known is None), None)
    if fresh is not None:
        blocks = (*blocks, _how_to_add(fresh, reader) if may_manage else Paragraph(plain(reader.say("find-who-adds"))))
    return Reply(blocks=blocks, buttons=ways(reader, "sources", "layers"), edits=False)


def not_found_reply(error: SourceError, address: str, reader: Reader) -> Reply:
    """Why nothing was found, in one line."""
    return Reply(
        blocks=(Paragraph(plain(_why(error, short(address), reader))),),
        buttons=ways(reader, "sources", "help"),
        private=True,
        edits=False,
    )


def short(text: str, longest: int = LONGEST) -> str:
    """As much of a text as a line can hold."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _why(error: SourceError, address: str, reader: Reader) -> str:
    if error.trouble in _WITHOUT:
        return reader.say("find-none", site=address)
    status = f" ({error.status})" if error.status and error.trouble is Trouble.HTTP_STATUS else ""
    reason = reader.say(f"trouble-{error.trouble.value.replace('_', '-')}")
    return reader.say("find-failed", site=address, reason=reason + status)


def _feed(feed: FeedThere, reader: Reader) -> Item:
    name = Run(short(feed.title or feed.url), Style.STRONG)
    mark = (Run(f" · {_known(feed, reader)}"),) if feed.known else ()
    return Item((name, *mark), ((Run(short(feed.url, LONGEST_ADDRESS), Style.CODE),),))


def _known(feed: FeedThere, reader: Reader) -> str:
    """Read here; and how well, where it is not read well."""
    if feed.known is None or feed.known.health in (Health.GOOD, Health.NEW):
        return reader.say("find-known")
    return reader.say("find-known-but", state=state_words(feed.known, reader))


def _how_to_add(feed: FeedThere, reader: Reader) -> Paragraph:
    """The command is quoted for a shell: an address may hold what a shell would obey."""
    return Paragraph((Run(reader.say("find-how") + " "), Run(f"planwatch feeds add {quote(feed.url)}", Style.CODE)))
