"""An interaction → Request. Must not answer, and knows no command by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import discord

from bot.model.chats import ChatKind, ChatRef, Platform
from bot.model.replies import Person, Request
from handlers.discord.slash import typed_arguments

Asked = discord.Interaction[discord.Client]


def chat_of(channel_id: int) -> ChatRef:
    """The chat of a channel, thread or private chat: on Discord a thread is a channel with an id of its own."""
    return ChatRef(Platform.DISCORD, str(channel_id))


def language_of(interaction: Asked) -> str:
    """The reader's language as their Discord is set, such as "uk"."""
    return interaction.locale.value.partition("-")[0]


def may_manage(interaction: Asked) -> bool:
    """In a server: who has Manage Server, as Discord says with each interaction. In a private chat: its owner."""
    return interaction.guild_id is None or interaction.permissions.manage_guild


def slash_request(interaction: Asked, at: datetime) -> Request | None:
    """What a slash command asks; None when Discord did not say where."""
    data = data_of(interaction)
    name = str(data.get("name", "")).casefold()
    return _request(interaction, name, typed_arguments(name, options_of(data)), at)


def button_request(interaction: Asked, command_line: str, at: datetime) -> Request | None:
    """What a pressed button asks; None when Discord did not say where."""
    name, _, arguments = command_line.strip().partition(" ")
    return _request(interaction, name.casefold(), arguments.strip(), at)


def data_of(interaction: Asked) -> Mapping[str, Any]:
    """What Discord sent with the interaction."""
    data: Any = interaction.data
    return data if isinstance(data, Mapping) else {}


def options_of(data: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The options given with a slash command."""
    return [option for option in data.get("options") or () if isinstance(option, Mapping)]


def _request(interaction: Asked, command: str, arguments: str, at: datetime) -> Request | None:
    if interaction.channel_id is None:
        return None
    return Request(
        chat=chat_of(interaction.channel_id),
        chat_kind=_kind(interaction),
        chat_title=_title(interaction),
        person=Person(
            id=str(interaction.user.id), name=interaction.user.display_name, may_manage=may_manage(interaction)
        ),
        command=command,
        arguments=arguments,
        at=at,
        language=language_of(interaction),
    )


def _kind(interaction: Asked) -> ChatKind:
    if interaction.guild_id is None:
        return ChatKind.PRIVATE
    news = getattr(interaction.channel, "type", None) is discord.ChannelType.news
    return ChatKind.CHANNEL if news else ChatKind.GROUP


def _title(interaction: Asked) -> str:
    if interaction.guild_id is None:
        return interaction.user.display_name
    server = interaction.guild.name if interaction.guild else ""
    channel = getattr(interaction.channel, "name", "") or ""
    return f"{server} #{channel}".strip() if channel else server
