"""Commands that only look: the board, a layer, the status, the digest, the newest points, sources, reasons, help."""

from __future__ import annotations

from bot.commands.asking import Asked, Tools, category_of
from bot.commands.spans import span_of
from bot.commands.table import COMMANDS
from bot.commands.words import categories, meant
from bot.model.digests import WindowBy
from bot.model.replies import Reply
from bot.model.topics import Category
from bot.present.board import board_blocks, board_reply
from bot.present.digests import digest_reply
from bot.present.feeds import sources_reply
from bot.present.help import HelpLine, help_reply, start_reply
from bot.present.layer import layer_reply
from bot.present.status import status_reply
from bot.present.stories import latest_reply, why_reply


async def start(asked: Asked, tools: Tools) -> Reply:
    """What this is, and the board."""
    view = await tools.browser.board(asked.topic)
    await tools.follower.looked(asked.chat, asked.reader.now)
    return start_reply(asked.topic, board_blocks(view, asked.reader), asked.reader)


async def layers(asked: Asked, tools: Tools) -> Reply:
    """The board, and what moved since somebody here last looked."""
    view = await tools.browser.board(asked.topic, looked_at=asked.chat.looked_at)
    await tools.follower.looked(asked.chat, asked.reader.now)
    return board_reply(view, asked.reader)


async def layer(asked: Asked, tools: Tools) -> Reply:
    """A page of one layer's, party's or the process' points."""
    word, page = _word_and_page(asked)
    view = await tools.browser.layer(asked.topic, category_of(asked, word), page=page)
    return layer_reply(view, asked.reader)


async def status(asked: Asked, tools: Tools) -> Reply:
    """Who stands where, what is open, what moved."""
    return status_reply(await tools.browser.status(asked.topic), asked.reader)


async def digest(asked: Asked, tools: Tools) -> Reply:
    """What moved in the last 24 hours, the last week, or since somebody here last looked."""
    window = span_of(asked.words, asked.chat.looked_at, asked.reader)
    found = await tools.browser.digest(asked.topic, window, asked.reader.language)
    if window.by is WindowBy.SEEN:
        await tools.follower.looked(asked.chat, asked.reader.now)
    return digest_reply(found, asked.topic, asked.reader)


async def latest(asked: Asked, tools: Tools) -> Reply:
    """The newest points, as they came."""
    return latest_reply(await tools.browser.latest(asked.topic), asked.reader)


async def sources(asked: Asked, tools: Tools) -> Reply:
    """What is read, and how well; a page of it."""
    page = int(asked.words) if asked.words.isdecimal() and asked.words.isascii() and len(asked.words) < 6 else 1
    return sources_reply(asked.topic, await tools.browser.sources(asked.topic), asked.reader, page)


async def why(asked: Asked, tools: Tools) -> Reply:
    """Why something was picked, joined or moved: by layer, or by the beginning of an id."""
    known = [choice for choice in categories(asked.topic, asked.reader.language) if asked.topic.layer(choice.key)]
    found = meant(asked.words, known)
    if found is not None:
        return why_reply(await tools.browser.why_layer(asked.topic, Category(found.key)), asked.reader)
    return why_reply(await tools.browser.why(asked.topic, asked.words), asked.reader)


async def help_(asked: Asked, _tools: Tools) -> Reply:
    """All commands."""
    lines = [HelpLine(example=command.example, summary=command.summary) for command in COMMANDS if command.in_menu]
    return help_reply(lines, asked.topic, asked.reader)


def _word_and_page(asked: Asked) -> tuple[str, int]:
    """`force 2` is the second page of force; `2` alone is the second layer."""
    word, _, last = asked.words.rpartition(" ")
    is_page = bool(word) and last.isdecimal() and last.isascii() and len(last) < 4
    return (word, max(int(last), 1)) if is_page else (asked.words, 1)
