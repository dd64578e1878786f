"""One interaction from its arrival to its last message. Must not know what commands mean, nor hold a connection.

Discord gives three seconds for a first answer and fifteen minutes for the rest: everything is acknowledged at once and
answered after.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import discord

from bot.commands.table import Suggestion
from bot.model.replies import Reply
from bot.ports import Clock, Log
from handlers.discord import asking
from handlers.discord.layouts import NO_MENTIONS, layout_of
from handlers.discord.outside import Desk
from handlers.discord.render import command_of, render
from handlers.discord.slash import focused

MAX_SUGGESTIONS = 25
MAX_CHOICE = 100
SUGGEST_WITHIN_S = 2.0  # of the three seconds that Discord gives


class Answering:
    """Answers interactions through the desk."""

    def __init__(self, desk: Desk, clock: Clock, log: Log) -> None:
        self._desk = desk
        self._clock = clock
        self._log = log

    async def answer(self, interaction: asking.Asked) -> None:
        """Answer one interaction of any kind. Raises nothing: one command failing takes no other along."""
        try:
            match interaction.type:
                case discord.InteractionType.application_command:
                    await self._command(interaction)
                case discord.InteractionType.component:
                    await self._button(interaction)
                case discord.InteractionType.autocomplete:
                    await self._suggest(interaction)
        except Exception as error:  # noqa: BLE001 (around one command)
            self._log.error("discord_command_failed", interaction=interaction.type.name, error=_told(error))
            await _stop_thinking(interaction)

    async def _command(self, interaction: asking.Asked) -> None:
        await interaction.response.defer()
        request = asking.slash_request(interaction, self._clock.now())
        if request is None:
            await _stop_thinking(interaction)
            return
        reply = await self._desk.answer(request)
        parts = render(reply)
        if (reply.private and interaction.guild_id is not None) or not parts:
            await interaction.delete_original_response()  # "is thinking" was for everybody; what follows is not
            await _follow_up(interaction, parts, private=True)
            return
        await interaction.edit_original_response(view=layout_of(parts[0]), allowed_mentions=NO_MENTIONS)
        await _follow_up(interaction, parts[1:], private=False)

    async def _button(self, interaction: asking.Asked) -> None:
        await interaction.response.defer()
        pressed = command_of(str(asking.data_of(interaction).get("custom_id", "")))
        request = asking.button_request(interaction, pressed[0], self._clock.now()) if pressed else None
        if pressed is None or request is None:
            self._log.warning("discord_button_unknown")
            return
        reply = await self._desk.answer(request)
        parts = render(reply)
        if pressed[1] and len(parts) == 1 and _may_replace(interaction, reply):
            await interaction.edit_original_response(view=layout_of(parts[0]), allowed_mentions=NO_MENTIONS)
        else:
            posted = interaction.guild_id is not None and not _is_answer(interaction.message)
            await _follow_up(interaction, parts, private=reply.private or posted)

    async def _suggest(self, interaction: asking.Asked) -> None:
        found: Sequence[Suggestion] = ()
        try:
            async with asyncio.timeout(SUGGEST_WITHIN_S):
                found = await self._suggestions(interaction)
        except Exception as error:  # noqa: BLE001 (around one command: no suggestions then; what is typed still works)
            self._log.warning("discord_suggestions_failed", error=_told(error))
        await interaction.response.autocomplete(_choices(found))

    async def _suggestions(self, interaction: asking.Asked) -> tuple[Suggestion, ...]:
        data = asking.data_of(interaction)
        chat = asking.chat_of(interaction.channel_id or 0)
        typed = focused(asking.options_of(data))
        return await self._desk.suggest(str(data.get("name", "")), typed, chat, asking.language_of(interaction))


def _choices(found: Sequence[Suggestion]) -> list[discord.app_commands.Choice[str]]:
    """Discord takes 25 choices of 100 characters; a value can't be shortened and still mean the same."""
    fitting = [(each.label.strip(), each.value) for each in found if 0 < len(each.value) <= MAX_CHOICE]
    named = [(label[:MAX_CHOICE], value) for label, value in fitting if label]
    return [discord.app_commands.Choice(name=label, value=value) for label, value in named[:MAX_SUGGESTIONS]]


def _is_answer(message: discord.Message | None) -> bool:
    """Whether the message answers somebody's command; else it was posted, such as a digest that all should keep."""
    return message is not None and message.interaction_metadata is not None


def _may_replace(interaction: asking.Asked, reply: Reply) -> bool:
    message = interaction.message
    seen_by_one = interaction.guild_id is None or (message is not None and message.flags.ephemeral)
    return reply.edits and (seen_by_one or not reply.private)


async def _follow_up(interaction: asking.Asked, parts: Sequence[str], *, private: bool) -> None:
    hidden = private and interaction.guild_id is not None
    for part in parts:
        await interaction.followup.send(view=layout_of(part), ephemeral=hidden, allowed_mentions=NO_MENTIONS, wait=True)


async def _stop_thinking(interaction: asking.Asked) -> None:
    if interaction.type is discord.InteractionType.application_command and interaction.response.is_done():
        with suppress(discord.HTTPException, OSError):
            await interaction.delete_original_response()


def _told(error: Exception) -> str:
    """An error for the log: Discord's word and number, never an address (it would hold the interaction's token)."""
    if isinstance(error, discord.HTTPException):
        return f"{type(error).__name__} {error.status} {error.code}: {error.text}"[:300]
    return type(error).__name__
