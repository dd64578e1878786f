"""What this platform needs from the rest of planwatch, as small protocols. Knows none of those who fulfil them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from bot.model.chats import ChatRef
from bot.model.replies import Reply, Request


class Desk(Protocol):
    """The thinking part: `bot.commands.desk.Desk` in the running program."""

    async def answer(self, request: Request) -> Reply:
        """What to say to a request; mistakes of the person are worded, not raised."""
        ...


class Log(Protocol):
    """A structured log: an event's name and its fields."""

    def info(self, event: str, **fields: Any) -> Any:
        """Worth knowing."""
        ...

    def warning(self, event: str, **fields: Any) -> Any:
        """Went wrong and is tried again, or touches one chat."""
        ...

    def error(self, event: str, **fields: Any) -> Any:
        """Somebody should look."""
        ...


OnChatGone = Callable[[ChatRef, str], Awaitable[None]]  # the chat, and why it can't be written to
OnChatMoved = Callable[[ChatRef, ChatRef], Awaitable[None]]  # old, new
