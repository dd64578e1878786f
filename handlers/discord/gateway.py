"""Discord as a Messenger, and the loop that keeps a connection alive. Must not know what is said, nor in which order.

Pace: discord.py keeps Discord's limits itself (per bucket from the reply headers, waiting up to 30 s, and the pause of
a global 429); a longer wait comes out as TryLater. The global 50 requests a second are far above what an outbox sends
one part at a time.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.model.chats import ChatRef
from bot.model.errors import ChatGone, TokenRefused, TryLater
from bot.model.replies import Reply
from bot.ports import Clock, Log
from handlers.discord.answering import Answering
from handlers.discord.connection import Connection
from handlers.discord.layouts import NO_MENTIONS, layout_of
from handlers.discord.outside import Desk, OnChatGone
from handlers.discord.refusals import NETWORK_PAUSE, platform_error
from handlers.discord.render import render

_BAD_TOKEN = 4004  # gateway close code
_NOT_TAKEN = (discord.DiscordException, aiohttp.ClientError, OSError, RuntimeError)  # the last: closed meanwhile


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """Seconds. A lost connection is rebuilt after `first`, doubling to `most`, until one has lived for `settled`.

    Discord takes 1,000 new sessions a day and withdraws the token of a bot that begins more.
    """

    first: float = 1.0
    most: float = 300.0
    settled: float = 60.0
    identify: float = 5.0
    stop: float = 1.2  # twice this, and we are gone
    send: float = 90.0  # discord.py's own waits and tries for one message


class DiscordGateway:
    """Speaks and listens on Discord (bot.ports.Messenger)."""

    def __init__(
        self,
        token: str,
        desk: Desk,
        *,
        on_chat_gone: OnChatGone,
        clock: Clock,
        log: Log,
        api_base: str | None = None,
        gateway_url: str | None = None,
        pauses: Pauses = Pauses(),
    ) -> None:
        """`api_base` and `gateway_url` replace Discord's own addresses while `run` runs. Opens nothing."""
        self._token = token
        self._answering = Answering(desk, clock, log)
        self._on_chat_gone = on_chat_gone
        self._clock = clock
        self._log = log
        self._api_base = api_base
        self._gateway_url = gateway_url
        self._pauses = pauses
        self._connection: Connection | None = None

    def render(self, reply: Reply) -> tuple[str, ...]:
        """The reply as parts to post; their buttons answer below them and leave them as they are. Pure."""
        return render(reply, keep=True)

    async def send(self, chat: ChatRef, part: str, *, silent: bool) -> str:
        """Post one part; Discord's message id. Raises TryLater, ChatGone (naming a missing permission) or PartRefused.

        The same part for the same chat is posted once within some minutes, so a try after a lost answer does no harm.
        """
        connection, layout, channel_id = self._connection, layout_of(part), _channel_id(chat)
        if connection is None or connection.application_id is None:
            raise TryLater(NETWORK_PAUSE, "not connected")
        nonce = hashlib.sha256(f"{channel_id} {part}".encode()).hexdigest()[:25]
        place = connection.get_partial_messageable(channel_id)
        try:
            async with asyncio.timeout(self._pauses.send):
                message = await place.send(view=layout, silent=silent, nonce=nonce, allowed_mentions=NO_MENTIONS)
        except _NOT_TAKEN as error:
            # without its cause: that holds the request, and the request the token
            raise platform_error(error, connection.get_channel(channel_id)) from None
        return str(message.id)

    async def run(self, stop: asyncio.Event) -> None:
        """Be on Discord until `stop`; then be gone within 3 s. A lost connection is built anew. Raises TokenRefused."""
        delay = self._pauses.first
        with _addresses(self._api_base, self._gateway_url):
            while not stop.is_set():
                began = self._clock.now()
                await self._one_life(stop)
                settled = self._clock.now() - began >= timedelta(seconds=self._pauses.settled)
                delay = self._pauses.first if settled else delay
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), delay)
                delay = min(delay * 2, self._pauses.most)

    async def _one_life(self, stop: asyncio.Event) -> None:
        connection = Connection(self._answering, self._on_chat_gone, self._log, self._pauses.identify)
        self._connection = connection
        try:
            await self._until(stop, connection)
        except discord.LoginFailure:
            raise TokenRefused("discord") from None
        except Exception as error:  # noqa: BLE001 (around one connection: the next one starts clean)
            if isinstance(error, discord.ConnectionClosed) and error.code == _BAD_TOKEN:
                raise TokenRefused("discord") from None
            self._log.warning("discord_connection_lost", error=type(error).__name__)
        finally:
            self._connection = None

    async def _until(self, stop: asyncio.Event, connection: Connection) -> None:
        living, stopping = asyncio.create_task(self._live(connection)), asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({living, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await connection.wind_up(self._pauses.stop)
            living.cancel()
            ended = (await asyncio.gather(living, return_exceptions=True))[0]
        if isinstance(ended, Exception) and not stop.is_set():
            raise ended

    async def _live(self, connection: Connection) -> None:
        await connection.login(self._token)
        # not the library's own retry: that fails where the first connection did (its issue 10520), and logs tracebacks
        await connection.connect(reconnect=False)


def _channel_id(chat: ChatRef) -> int:
    try:
        return int(chat.thread or chat.id)
    except ValueError:
        raise ChatGone("not a Discord channel") from None


@contextmanager
def _addresses(api_base: str | None, gateway_url: str | None) -> Iterator[None]:
    """discord.py keeps both addresses on classes; where others are asked for, they are put back at the end."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    Route.BASE = api_base or before[0]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url) if gateway_url else before[1]
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
