"""The chat platforms: each imported only when it is used, and each kept going apart from the others. Knows no command.

A platform that breaks is begun anew after a pause; one whose token is refused is given up, and the rest goes on.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from bot.app.machine import Machine
from bot.logs import log_for
from bot.model.chats import ChatRef, Platform
from bot.model.errors import TokenRefused
from bot.ports import Messenger

FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 300.0


class Gateway(Messenger, Protocol):
    """A platform: sends, and listens until told to stop."""

    async def run(self, stop: asyncio.Event) -> None:
        """Listen and answer until `stop`. May be called again. Raises TokenRefused."""
        ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a platform's life ended."""

    platform: Platform
    refused: bool


def chat_gateways(machine: Machine) -> tuple[Mapping[Platform, Gateway], tuple[Platform, ...]]:
    """A gateway for each platform with a token, and the platforms whose token cannot be one."""
    gateways: dict[Platform, Gateway] = {}
    refused: list[Platform] = []
    makers: tuple[tuple[Platform, bool, Callable[[Machine], Gateway]], ...] = (
        (Platform.TELEGRAM, bool(machine.settings.telegram.token), _telegram),
        (Platform.DISCORD, bool(machine.settings.discord.token), _discord),
    )
    for platform, wanted, make in makers:
        if wanted:
            try:
                gateways[platform] = make(machine)
            except TokenRefused:
                say_refused(machine, platform)
                refused.append(platform)
    return gateways, tuple(refused)


def _telegram(machine: Machine) -> Gateway:
    from handlers.telegram.gateway import TelegramGateway

    settings = machine.settings.telegram
    return TelegramGateway(
        settings.token.reveal(),
        machine.desk,
        base_url=settings.base_url or None,
        on_chat_gone=_gone(machine),
        on_chat_moved=machine.follower.chat_moved,
        clock=machine.clock,
        log=log_for("telegram"),
    )


def _discord(machine: Machine) -> Gateway:
    from handlers.discord.gateway import DiscordGateway

    settings = machine.settings.discord
    return DiscordGateway(
        settings.token.reveal(),
        machine.desk,
        on_chat_gone=_gone(machine),
        clock=machine.clock,
        log=log_for("discord"),
        api_base=settings.base_url or None,
        gateway_url=settings.gateway_url or None,
    )


def console_gateway(machine: Machine) -> Console:
    """The chat in the terminal, or on the pipe that stands in for it."""
    from handlers.console.gateway import ConsoleGateway

    return ConsoleGateway(
        machine.desk,
        machine.clock,
        machine.log,
        reading=sys.stdin,
        writing=sys.stdout,
        language=machine.settings.digest.language,
    )


class Console(Gateway, Protocol):
    """The console, which can also be asked from here."""

    async def ask(self, line: str) -> None:
        """Answer one typed line."""
        ...


def _gone(machine: Machine) -> Callable[[ChatRef, str], Awaitable[None]]:
    return machine.follower.chat_gone


async def kept_going(machine: Machine, platform: Platform, gateway: Gateway, stop: asyncio.Event) -> Outcome:
    """Run the platform until `stop`, anew whenever it breaks; given up only when its token is refused."""
    pause = FIRST_PAUSE_S
    while not stop.is_set():
        began = asyncio.get_running_loop().time()
        machine.counters.platform(platform.value, running=True)
        try:
            await gateway.run(stop)
        except TokenRefused:
            say_refused(machine, platform)
            return Outcome(platform, refused=True)
        except Exception as error:  # around one platform: the other one and the polling go on
            machine.log.error(
                "platform.broke", platform=platform.value, problem=repr(error), again_in_s=pause, exc_info=error
            )
        finally:
            machine.counters.platform(platform.value, running=False)
        if asyncio.get_running_loop().time() - began > LONGEST_PAUSE_S:
            pause = FIRST_PAUSE_S  # it had been well for a while
        with suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await stop.wait()
        pause = min(pause * 2, LONGEST_PAUSE_S)
    return Outcome(platform, refused=False)


def say_refused(machine: Machine, platform: Platform) -> None:
    """Names the platform and the setting, never the token."""
    machine.log.error(
        "platform.token_refused",
        platform=platform.value,
        remedy=f"put a valid token into {platform.value}.token and start again",
    )
