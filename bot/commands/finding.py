"""The command that looks for a site's feeds. Changes nothing: which sources are read is the operator's choice."""

from __future__ import annotations

from bot.commands.addresses import address_of_word
from bot.commands.asking import Asked, Tools
from bot.model.errors import BadAddress, SourceError
from bot.model.replies import Reply
from bot.present.finding import not_found_reply, site_reply
from bot.summariser.permits import may


async def feeds(asked: Asked, tools: Tools) -> Reply:
    """The feeds of the site at the typed address, and which are read here. Raises BadAddress, NotNow."""
    word, *_ = asked.request.arguments.split() or [""]
    address = address_of_word(word)
    if not address:
        raise BadAddress(word)
    try:
        view = await tools.looks.look(asked.chat.ref, address)
    except SourceError as error:
        return not_found_reply(error, address, asked.reader)
    return site_reply(view, asked.reader, may_manage=may(asked.request, manages=True))
