"""What this platform needs from the rest of planwatch, as small protocols. Knows none of those who fulfil them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.commands.table import Suggestion
from bot.model.chats import ChatRef
from bot.model.replies import Reply, Request


class Desk(Protocol):
    """The thinking part: `bot.commands.desk.Desk` in the running program."""

    async def answer(self, request: Request) -> Reply:
        """What to say to a request; mistakes of the person are worded, not raised."""
        ...

    async def suggest(self, command: str, typed: str, chat: ChatRef, language: str) -> tuple[Suggestion, ...]:
        """What could be typed on in an option of a command."""
        ...


OnChatGone = Callable[[ChatRef, str], Awaitable[None]]  # the chat, and why it can't be written to
