"""The command menus of Telegram's clients, one a language, made from the command table."""

from __future__ import annotations

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.commands.table import COMMANDS
from handlers.telegram.outside import Log
from handlers.telegram.refusals import worded

# The menu without a language is what readers of all others see.
LANGUAGES = (("", "en"), ("en", "en"), ("uk", "uk"))


async def set_menus(bot: Bot, log: Log) -> None:
    """Publish the menus. Trouble is logged and harms nothing else: commands work without."""
    for code, language in LANGUAGES:
        try:
            await bot.set_my_commands(menu(language), language_code=code or None)
        except TelegramError as error:
            log.warning("telegram.menu_not_set", language=language, problem=worded(error, bot.token))


def menu(language: str) -> list[BotCommand]:
    """The menu in that language, in the table's order."""
    return [BotCommand(command.name, command.summary.of(language)) for command in COMMANDS if command.in_menu]
