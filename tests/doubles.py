"""Doubles of the ports, to be passed where the real thing would reach outside. Each is plain: it does as told and remembers.

New ones go to the end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from bot.commands.table import Suggestion
from bot.model.chats import ChatRef
from bot.model.replies import Paragraph, Reply, Request, plain


class ScriptedDesk:
    """A Desk that answers by command and records requests. Without a script it says the command line back.

    A scripted exception is raised; commands in `slow` are answered only once `let_go` is set.
    """

    def __init__(self, replies: Mapping[str, Reply | Exception] | None = None, *, slow: tuple[str, ...] = ()) -> None:
        self.replies = dict(replies or {})
        self.slow = slow
        self.let_go = asyncio.Event()
        self.requests: list[Request] = []
        self.asked = asyncio.Event()  # set by the first request
        self.suggestions: tuple[Suggestion, ...] = ()

    async def answer(self, request: Request) -> Reply:
        """The scripted reply."""
        self.requests.append(request)
        self.asked.set()
        if request.command in self.slow:
            await self.let_go.wait()
        said = self.replies.get(request.command)
        if isinstance(said, Exception):
            raise said
        return said or Reply(blocks=(Paragraph(plain(f"{request.command} {request.arguments}".strip())),))

    async def suggest(self, command: str, typed: str, chat: ChatRef, language: str) -> tuple[Suggestion, ...]:
        """`suggestions` whose label begins as typed."""
        return tuple(each for each in self.suggestions if each.label.lower().startswith(typed.lower()))[:25]


class RecordingLog:
    """A structured log that keeps what it is told as (level, event, fields)."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, dict[str, object]]] = []
        self._told: dict[str, asyncio.Event] = {}

    def info(self, event: str, **fields: object) -> None:
        """Kept."""
        self._keep("info", event, fields)

    def warning(self, event: str, **fields: object) -> None:
        """Kept."""
        self._keep("warning", event, fields)

    def error(self, event: str, **fields: object) -> None:
        """Kept."""
        self._keep("error", event, fields)

    async def until(self, event: str) -> None:
        """Returns once that event was told."""
        await self._told.setdefault(event, asyncio.Event()).wait()

    def _keep(self, level: str, event: str, fields: dict[str, object]) -> None:
        self.lines.append((level, event, fields))
        self._told.setdefault(event, asyncio.Event()).set()

    @property
    def events(self) -> list[str]:
        """The events' names, in order."""
        return [event for _, event, _ in self.lines]
