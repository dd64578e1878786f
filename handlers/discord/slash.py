"""The command table as Discord's global slash commands, and back. Must not send anything.

Commands are for servers that the bot was added to and for private chats with it: a digest is posted by the bot itself,
so a command that works where the bot is no member (a user install) would promise what can't be kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import discord

from bot.commands.table import COMMANDS, Argument, Command, Option, command_named
from bot.model.topics import Localised

Payload = dict[str, Any]

MANAGE_SERVER = discord.Permissions(manage_guild=True).value
LOCALES = {"uk": discord.Locale.ukrainian.value, "ru": discord.Locale.russian.value}
MAX_SUMMARY = 100
MAX_TYPED = 200  # longer than any layer, zone or id
_CHAT_INPUT, _STRING = 1, 3
_IN_SERVER, _IN_PRIVATE, _ADDED_TO_SERVER = 0, 1, 0


def slash_commands(commands: Sequence[Command] = COMMANDS) -> list[Payload]:
    """What to register, in the table's order. Who lacks Manage Server is not shown commands that manage."""
    return [_command(command) for command in commands if command.in_menu]


def fingerprint(commands: Iterable[Mapping[str, Any]]) -> str:
    """Equal for two lists (ours, or as Discord returns them) exactly when registering would change nothing."""
    known = sorted((_told(command) for command in commands), key=lambda command: str(command["name"]))
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def typed_arguments(name: str, options: Iterable[Mapping[str, Any]]) -> str:
    """The given option values in the table's order, joined by spaces, as the command would be typed."""
    given = {str(option.get("name")): str(option.get("value", "")).strip() for option in options}
    command = command_named(name)
    order = [option.name for option in command.options] if command else list(given)
    return " ".join(given[option] for option in order if given.get(option))


def focused(options: Iterable[Mapping[str, Any]]) -> str:
    """What is typed so far in the option that asks for suggestions."""
    return next((str(option.get("value", "")) for option in options if option.get("focused")), "")


def _command(command: Command) -> Payload:
    return {
        "type": _CHAT_INPUT,
        "name": command.name,
        **_described(command.summary),
        "options": [_option(option) for option in sorted(command.options, key=lambda option: not option.required)],
        "contexts": [_IN_SERVER, _IN_PRIVATE],
        "integration_types": [_ADDED_TO_SERVER],
        "default_member_permissions": MANAGE_SERVER if command.manages else None,
    }


def _option(option: Option) -> Payload:
    return {
        "type": _STRING,
        "name": option.name,
        **_described(option.summary),
        "required": option.required,
        "autocomplete": option.argument not in (Argument.NONE, Argument.TEXT),
        "max_length": MAX_TYPED,
    }


def _described(summary: Localised) -> Payload:
    texts = {LOCALES[language]: text[:MAX_SUMMARY] for language, text in summary.texts if language in LOCALES}
    return {"description": summary.of("en")[:MAX_SUMMARY], "description_localizations": texts}


def _told(command: Mapping[str, Any]) -> Payload:
    rights = command.get("default_member_permissions")
    return {
        "type": command.get("type", _CHAT_INPUT),
        "name": command.get("name"),
        "description": command.get("description", ""),
        "description_localizations": command.get("description_localizations") or {},
        "options": [_told_option(option) for option in command.get("options") or ()],
        "contexts": sorted(command.get("contexts") or ()),
        "integration_types": sorted(command.get("integration_types") or ()),
        "default_member_permissions": None if rights is None else int(rights),
    }


def _told_option(option: Mapping[str, Any]) -> Payload:
    return {
        "type": option.get("type"),
        "name": option.get("name"),
        "description": option.get("description", ""),
        "description_localizations": option.get("description_localizations") or {},
        "required": bool(option.get("required")),
        "autocomplete": bool(option.get("autocomplete")),
        "max_length": option.get("max_length"),
    }
