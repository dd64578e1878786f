"""Offers the right line for a wrong one: commands that are really near, and what was typed with its wrong word put right. Does nothing."""

from __future__ import annotations

import re
import unicodedata

from bot.commands.table import COMMANDS
from bot.commands.words import Choice, nearest
from bot.model.errors import BadZone, PersonError, UnknownCommand
from bot.model.replies import Request
from bot.present.places import fold

NEAR = 62.0  # of 100: "layrs" is 91 to "layers" and 55 to "latest"
WAYS_IN = ("layers", "status", "help")  # where no command is near


def legible(text: str) -> str:
    """What of a line can be said back: no control or direction characters, no halves of letters, nothing that could not be decoded."""
    return "".join(letter for letter in text if letter.isspace() or _is_legible(letter))


def near_commands(word: str) -> tuple[str, ...]:
    """Up to three commands, with slash, that look like the word; none where nothing does."""
    if not word.strip():
        return ()
    names = [Choice(command.name, command.name, command.aliases) for command in COMMANDS]
    return tuple(f"/{choice.key}" for choice in nearest(word, names, floor=NEAR))


def tries(error: PersonError, request: Request) -> tuple[tuple[str, str], ...]:
    """(label, command) of at most three lines that may have been meant."""
    near = getattr(error, "nearest", ())[:3]
    if isinstance(error, UnknownCommand) and not near:
        return tuple((f"/{name}", name) for name in WAYS_IN)
    return tuple((each, _corrected(each, error, request)) for each in near)


def _corrected(near: str, error: PersonError, request: Request) -> str:
    """The typed line with the wrong word put right; a wrong place leaves the hour as it was."""
    if isinstance(error, UnknownCommand):
        return f"{near.lstrip('/')} {request.arguments}".strip()
    wrong, typed = str(error), " ".join(request.arguments.split())
    whole = re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)")
    if wrong and whole.search(typed):
        return f"{request.command} {whole.sub(lambda _: near, typed, count=1)}"
    kept = _without(wrong, typed) if isinstance(error, BadZone) else []
    return " ".join([request.command, *kept, near])


def _without(wrong: str, typed: str) -> list[str]:
    """What was typed, but for the words of a place that did not stand together."""
    place = fold(wrong).split()
    return [word for word in typed.split() if fold(word).strip(" .,;:()") not in place]


def _is_legible(letter: str) -> bool:
    return letter != "\ufffd" and not unicodedata.category(letter).startswith("C")
