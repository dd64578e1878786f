"""Asks Telegram whether a person may manage a chat. Knows nothing of what managing means."""

from __future__ import annotations

from telegram import Bot, ChatMember
from telegram.error import TelegramError

from bot.commands.table import command_named
from handlers.telegram.incoming import Incoming
from handlers.telegram.outside import Log
from handlers.telegram.refusals import worded

_MANAGE = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


async def may_manage(bot: Bot, asked: Incoming, log: Log) -> bool:
    """Whether who asked is an administrator there. False, unasked, where it makes no difference; False without an answer."""
    if asked.may_manage is not None:
        return asked.may_manage
    command = command_named(asked.command)
    if command is None or not (command.manages or command.tells_managers_more):
        return False
    try:
        member = await bot.get_chat_member(int(asked.chat.id), int(asked.person_id))
    except TelegramError as error:
        log.warning("telegram.rights_unknown", chat=str(asked.chat), problem=worded(error, bot.token))
        return False
    return member.status in _MANAGE
