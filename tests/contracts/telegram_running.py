"""Runs the real gateway, with the real client in it, against the local Bot API server; and looks after what it leaves behind."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.chats import ChatRef
from handlers.telegram.connecting import BackOff
from handlers.telegram.gateway import TelegramGateway
from handlers.telegram.pace import Pace
from tests.builders import NOON
from tests.contracts.telegram_server import TOKEN, TelegramServer
from tests.doubles import RecordingLog, ScriptedDesk

QUICK = BackOff(first=0.02, most=0.05)


class Noon:
    """A clock that stands."""

    def now(self) -> datetime:
        """Noon of the tests' day."""
        return NOON


async def at_once(_: float) -> None:
    """Waits for nobody."""


class Ticking:
    """A monotonic clock that runs a minute at every look, so that no turn is ever waited for."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        """The next minute."""
        self.at += 60
        return self.at


@dataclass
class Rig:
    """The gateway and what it told its surroundings."""

    server: TelegramServer
    desk: ScriptedDesk
    token: str = TOKEN
    url: str = ""
    log: RecordingLog = field(default_factory=RecordingLog)
    gone: list[tuple[ChatRef, str]] = field(default_factory=list)
    moved: list[tuple[ChatRef, ChatRef]] = field(default_factory=list)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gateway = TelegramGateway(
            self.token,
            self.desk,
            base_url=self.url or self.server.url,
            on_chat_gone=self._on_chat_gone,
            on_chat_moved=self._on_chat_moved,
            clock=Noon(),
            log=self.log,
            pace=Pace(now=Ticking(), sleep=at_once),
            back_off=QUICK,
        )

    async def _on_chat_gone(self, chat: ChatRef, reason: str) -> None:
        self.gone.append((chat, reason))

    async def _on_chat_moved(self, old: ChatRef, new: ChatRef) -> None:
        self.moved.append((old, new))


@asynccontextmanager
async def running(desk: ScriptedDesk | None = None) -> AsyncIterator[Rig]:
    """A rig that listens. On the way out: a stop within 3 s, no task left, no call that Telegram would refuse."""
    before = asyncio.all_tasks()
    async with TelegramServer() as server:
        rig = Rig(server, desk or ScriptedDesk())
        listening = asyncio.create_task(rig.gateway.run(rig.stop))
        await server.until(called="getUpdates")
        await server.until(called="setMyCommands", times=3)
        yield rig
        await stopped(rig, listening)
        assert server.mistakes == []
    assert asyncio.all_tasks() - before == set()


async def stopped(rig: Rig, listening: asyncio.Task[None]) -> None:
    """Stop it; fails if that takes longer than 3 s."""
    rig.stop.set()
    async with asyncio.timeout(3):
        await listening
