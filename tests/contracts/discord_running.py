"""A DiscordGateway that runs against the small Discord, with its doubles at hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model.chats import ChatRef, Platform
from handlers.discord.gateway import DiscordGateway, Pauses
from tests.contracts.discord_server import TOKEN, DiscordServer
from tests.doubles import RecordingLog, ScriptedDesk

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
PAUSES = Pauses(first=0.01, most=0.05, identify=0.01, stop=0.5)


class StandingClock:
    """A clock that shows one moment."""

    def now(self) -> datetime:
        """That moment."""
        return NOW


@dataclass(kw_only=True)
class Running:
    """The gateway and everything around it."""

    server: DiscordServer
    gateway: DiscordGateway
    desk: ScriptedDesk
    log: RecordingLog
    gone: list[tuple[str, str]]
    stop: asyncio.Event
    task: asyncio.Task[None]

    async def end(self) -> None:
        """Stop and wait until the gateway is gone."""
        self.stop.set()
        await asyncio.wait_for(self.task, 5)


def place(channel_id: str) -> ChatRef:
    """That channel as a chat."""
    return ChatRef(Platform.DISCORD, channel_id)


def start(server: DiscordServer, desk: ScriptedDesk | None = None, *, token: str = TOKEN) -> Running:
    """A gateway on its way to the server."""
    desk, log, stop, gone = desk or ScriptedDesk(), RecordingLog(), asyncio.Event(), list[tuple[str, str]]()

    async def on_chat_gone(chat: ChatRef, why: str) -> None:
        gone.append((chat.id, why))

    gateway = DiscordGateway(
        token,
        desk,
        on_chat_gone=on_chat_gone,
        clock=StandingClock(),
        log=log,
        api_base=server.api_base,
        gateway_url=server.gateway_url,
        pauses=PAUSES,
    )
    task = asyncio.create_task(gateway.run(stop))
    return Running(server=server, gateway=gateway, desk=desk, log=log, gone=gone, stop=stop, task=task)


@asynccontextmanager
async def connected(server: DiscordServer, desk: ScriptedDesk | None = None) -> AsyncIterator[Running]:
    """A gateway that the server has welcomed and whose commands are registered; at the end no call may have been wrong."""
    before = server.ready
    running = start(server, desk)
    try:
        await server.until(lambda: server.ready > before and server.registrations)
        yield running
    finally:
        await running.end()
    assert server.mistakes == []
