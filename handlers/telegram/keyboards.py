"""Buttons under a message. Knows nothing of what the commands on them do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.model.replies import Button
from handlers.telegram.harmless import clean, safe_url
from handlers.telegram.marked import units

MAX_IN_ROW = 8  # more are refused
MAX_BUTTONS = 100  # more are refused
MAX_DATA = 64  # bytes of callback_data: https://core.telegram.org/bots/api#inlinekeyboardbutton
MAX_COPY = 256  # characters of copy_text, the slash among them
MAX_LABEL = 64  # characters; phones show fewer
KEEP = "+"  # begins the data of a button whose message must stay: the answer comes below it


def keyboard(rows: tuple[tuple[Button, ...], ...], *, keep: bool) -> list[list[dict[str, Any]]]:
    """The buttons as rows of Bot API `InlineKeyboardButton` objects. Rows that are too long go on in the next; a button that
    nothing can be done with (no command, no address that Telegram takes) is left out, as one of them refuses the whole message.
    """
    room = MAX_BUTTONS
    lines: list[list[dict[str, Any]]] = []
    for row in rows:
        made = [button for button in (_made(each, keep=keep) for each in row) if button][:room]
        room -= len(made)
        lines.extend(_lines(made))
    return lines


def command_on(data: str) -> tuple[str, bool]:
    """The command line that button data carries, and whether the message that held the button must stay."""
    return data.removeprefix(KEEP), data.startswith(KEEP)


def _lines(row: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, len(row), MAX_IN_ROW):
        yield row[start : start + MAX_IN_ROW]


def _made(button: Button, *, keep: bool) -> dict[str, Any] | None:
    label = _label(button.label or button.command)
    action = _action(button, keep=keep)
    return {"text": label, **action} if label and action else None


def _action(button: Button, *, keep: bool) -> dict[str, Any] | None:
    command = _line(button.command)
    if not command:
        return {"url": button.url} if safe_url(button.url) else None
    data = (KEEP if keep else "") + command
    if len(data.encode()) <= MAX_DATA:
        return {"callback_data": data}
    return {"copy_text": {"text": f"/{command}"}} if units(command) < MAX_COPY else None


def _label(text: str) -> str:
    line = _line(text)
    return line if len(line) <= MAX_LABEL else line[: MAX_LABEL - 1].rstrip() + "…"


def _line(text: str) -> str:
    return " ".join(clean(text).split())
