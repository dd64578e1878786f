"""What the console needs from the rest of planwatch, as small protocols. Knows none of those who fulfil them."""

from __future__ import annotations

from typing import Protocol

from bot.model.replies import Reply, Request


class Desk(Protocol):
    """The thinking part: `bot.commands.desk.Desk` in the running program."""

    async def answer(self, request: Request) -> Reply:
        """What to say to a request; mistakes of the person are worded, not raised."""
        ...
