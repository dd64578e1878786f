"""One life of a discord.py client: it registers commands, hands interactions on and tells which chats are gone.

Must not know why it ends or that another may follow; that is the gateway's affair.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine, Iterable
from typing import Any

import discord
from discord.http import Route

from bot.ports import Log
from handlers.discord.answering import Answering
from handlers.discord.asking import chat_of
from handlers.discord.layouts import NO_MENTIONS
from handlers.discord.outside import OnChatGone
from handlers.discord.slash import fingerprint, slash_commands

MAX_RATE_LIMIT_S = 30.0  # discord.py's least; a longer wait is the outbox's affair


class Connection(discord.Client):
    """Listens to slash commands, buttons and removals; nothing else is asked of Discord (Intents: guilds only)."""

    def __init__(self, answering: Answering, on_chat_gone: OnChatGone, log: Log, identify_pause_s: float) -> None:
        # the library's own switches: without them each start warns that voice, which we never use, lacks its packages
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            intents=discord.Intents(guilds=True),
            allowed_mentions=NO_MENTIONS,
            max_ratelimit_timeout=MAX_RATE_LIMIT_S,
            max_messages=None,
        )
        self._answering = answering
        self._on_chat_gone = on_chat_gone
        self._log = log
        self._identify_pause_s = identify_pause_s
        self._in_flight: set[asyncio.Task[None]] = set()

    async def setup_hook(self) -> None:
        """Called by discord.py after login: from here on messages can be sent, connected or not."""
        self._start(self._register())

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord asks for a pause of one to five seconds before a session is begun anew."""
        if not initial:
            await asyncio.sleep(self._identify_pause_s)

    async def on_connect(self) -> None:
        """The gateway took us."""
        self._log.info("discord_connected", servers=len(self.guilds))

    async def on_interaction(self, interaction: discord.Interaction[discord.Client]) -> None:
        """Somebody typed a command, pressed a button or is typing an option."""
        self._start(self._answering.answer(interaction))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server deleted."""
        await self._gone([channel.id for channel in (*guild.channels, *guild.threads)], "removed from the server")

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel was deleted; its threads follow, each with an event of its own."""
        await self._gone((channel.id,), "channel deleted")

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread was deleted, cached or not."""
        await self._gone((payload.thread_id,), "thread deleted")

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """An event of ours failed; the others go on."""
        self._log.error("discord_event_failed", during=event_method, error=type(sys.exc_info()[1]).__name__)

    async def wind_up(self, within_s: float) -> None:
        """Give answers in flight a last while, then close. Takes at most twice `within_s`; leaves no task behind."""
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=within_s)
        await _ended(*self._in_flight)
        closing = asyncio.create_task(self.close())
        await asyncio.wait({closing}, timeout=within_s)  # a gateway that does not say goodbye would hold us 30 s
        if not closing.done():
            await _ended(closing)
            await self.http.close()
        # discord.py leaves the task that waits for the last server after READY; it would fail on the closed client
        await _ended(*filter(None, [self._connection._ready_task]))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)

    async def _gone(self, channel_ids: Iterable[int], why: str) -> None:
        for channel_id in channel_ids:
            await self._on_chat_gone(chat_of(channel_id), why)

    async def _register(self) -> None:
        """Register the command table, only where Discord holds another: it takes 200 new commands a day."""
        application_id, wanted = self.application_id or 0, slash_commands()
        route = Route("GET", "/applications/{application_id}/commands", application_id=application_id)
        try:
            found = await self.http.request(route, params={"with_localizations": "true"})
            if fingerprint(found) != fingerprint(wanted):
                await self.http.bulk_upsert_global_commands(application_id, payload=wanted)
                self._log.info("discord_commands_registered", commands=len(wanted))
        except (discord.DiscordException, OSError) as error:
            self._log.warning("discord_commands_not_registered", error=type(error).__name__)


async def _ended(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
