"""The command table as slash commands: what a reader finds in Discord's menu, and what their typing becomes."""

from __future__ import annotations

import json

import pytest

from bot.commands.table import COMMANDS, Argument, Command, Option
from bot.model.topics import Localised
from handlers.discord.slash import fingerprint, focused, slash_commands, typed_arguments
from tests.contracts.discord_rules import mistakes

SUMMARY = Localised((("en", "e" * 150), ("uk", "ї" * 150)))


def test_the_whole_table_is_valid_for_discord() -> None:
    assert mistakes("PUT", "/applications/1/commands", {}, slash_commands(COMMANDS)) == []


def test_required_options_come_first_and_texts_are_cut_to_what_discord_takes() -> None:
    options = (
        Option(name="late", argument=Argument.TEXT, summary=SUMMARY),
        Option(name="first", argument=Argument.LAYER, summary=SUMMARY, required=True),
    )
    commands = slash_commands((Command(name="new", summary=SUMMARY, example="/new", options=options),))
    assert mistakes("PUT", "/applications/1/commands", {}, commands) == []
    assert [(option["name"], option["autocomplete"]) for option in commands[0]["options"]] == [
        ("first", True),
        ("late", False),
    ]


def test_a_command_kept_out_of_menus_is_not_registered() -> None:
    assert slash_commands((Command(name="hidden", summary=SUMMARY, example="/hidden", in_menu=False),)) == []


def test_the_fingerprint_does_not_change_by_what_discord_adds_or_by_order() -> None:
    ours = slash_commands()
    told = [{**command, "id": "1", "version": "2", "nsfw": False} for command in json.loads(json.dumps(ours))]
    for command in told:
        rights = command["default_member_permissions"]
        command["default_member_permissions"] = None if rights is None else str(rights)
        command["options"] = [
            {key: value for key, value in option.items() if value is not False} for option in command["options"]
        ]
    assert fingerprint(reversed(told)) == fingerprint(ours)


@pytest.mark.parametrize(
    "field", ["description", "description_localizations", "options", "default_member_permissions", "contexts"]
)
def test_the_fingerprint_changes_with_anything_a_reader_would_notice(field: str) -> None:
    other = slash_commands()
    subscribe = next(command for command in other if command["name"] == "subscribe")
    subscribe[field] = {"description": "x", "description_localizations": {}, "contexts": [0]}.get(field)
    assert fingerprint(other) != fingerprint(slash_commands())


@pytest.mark.parametrize(
    ("name", "options", "typed"),
    [
        ("subscribe", [{"name": "zone", "value": "Kyiv"}, {"name": "time", "value": " 08:00 "}], "08:00 Kyiv"),
        ("subscribe", [{"name": "zone", "value": "Kyiv"}], "Kyiv"),
        ("layer", [{"name": "name", "value": "legal force"}], "legal force"),
        ("layers", [], ""),
        ("unheard", [{"name": "a", "value": "x"}, {"name": "b", "value": "y"}], "x y"),
    ],
)
def test_options_are_read_in_the_tables_order(name: str, options: list[dict[str, str]], typed: str) -> None:
    assert typed_arguments(name, options) == typed


def test_suggestions_are_for_the_option_being_typed() -> None:
    assert focused([{"name": "time", "value": "08:00"}, {"name": "zone", "value": "Ky", "focused": True}]) == "Ky"
    assert focused([]) == ""
