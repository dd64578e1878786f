"""What is read out of what people type."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from handlers.telegram.incoming import Incoming, typed
from handlers.telegram.menus import menu
from tests.contracts.telegram_updates import GROUP, OLENA, PRIVATE, message


def _typed(text: str, *, private: bool = True, **more: Any) -> Incoming | None:
    update = Update.de_json({"update_id": 1, **message(text, PRIVATE if private else GROUP, **more)}, None)
    assert update.message
    return typed(update.message, "planwatch_bot")


@pytest.mark.parametrize(
    ("text", "command", "arguments"),
    [
        ("/layer force", "layer", "force"),
        ("/LAYER@PlanWatch_Bot\n  Force  2 ", "layer", "Force  2"),
        ("  рівень сили", "рівень", "сили"),
        ("/рівні", "рівні", ""),
        ("me@home.example wrote", "me@home.example", "wrote"),
        ("https://Example.org/News?Id=A", "https://Example.org/News?Id=A", ""),
        ("/feeds Example.org/News", "feeds", "Example.org/News"),
    ],
)
def test_a_private_line_is_command_and_arguments_as_typed(text: str, command: str, arguments: str) -> None:
    asked = _typed(text)
    assert asked
    assert (asked.command, asked.arguments) == (command, arguments)


@pytest.mark.parametrize("text", ["", "   ", "/", "/@planwatch_bot", "/layers@other_bot"])
def test_what_is_no_command_of_ours_is_left_alone_in_private_too(text: str) -> None:
    assert _typed(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "layers",
        "/",
        "/@planwatch_bot",
        "/kick Olena",
        "see /layers",
        "https://example.org/news",
        "example.org",
        "/find example.org",
    ],
)
def test_talk_in_a_group_is_left_alone(text: str) -> None:
    assert _typed(text, private=False) is None


def test_an_endless_line_is_not_read_to_its_end() -> None:
    asked = _typed("/layer " + "x" * 4_000)
    assert asked
    assert len(asked.arguments) < 1_000


def test_another_bots_command_is_not_obeyed() -> None:
    assert _typed("/layers", private=False, person={**OLENA, "is_bot": True}) is None


def test_a_regional_language_is_read_as_its_language() -> None:
    asked = _typed("/layers", person={**OLENA, "language_code": "en-GB"})
    assert asked
    assert asked.language == "en"


@pytest.mark.parametrize("language", ["en", "uk"])
def test_menus_are_what_telegram_takes(language: str) -> None:
    for entry in menu(language):
        assert entry.command.isascii()
        assert entry.command.islower()
        assert 1 <= len(entry.command) <= 32
        assert 1 <= len(entry.description) <= 256
