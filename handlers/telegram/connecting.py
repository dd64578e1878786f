"""The line to Telegram: getting through, and then every update once. Knows nothing of what updates mean.

The client library's own Updater is not used: a token that is revoked while it polls ends its task without a word, and its stop waits
for one more request without a limit. Its Application adds nothing we need.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.model.errors import TokenRefused
from handlers.telegram.outside import Log
from handlers.telegram.refusals import pause, worded

T = TypeVar("T")
ALLOWED = (Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER)
LONG_POLL = timedelta(seconds=25)
LAST_WORD_S = 1.0  # for telling Telegram, on the way out, which updates we have
REFUSALS = 3  # in a row while running; one may be a proxy's "not found" while a self-hosted server restarts


@dataclass(frozen=True, slots=True, kw_only=True)
class BackOff:
    """Waits after failures in a row: `first` seconds, doubling up to `most`."""

    first: float = 1.0
    most: float = 60.0

    def after(self, failures: int) -> float:
        """Seconds to wait after that many failures."""
        return min(self.most, self.first * 2.0 ** min(failures - 1, 16))


class Line:
    """One bot's line."""

    def __init__(self, bot: Bot, log: Log, back_off: BackOff) -> None:
        self._bot = bot
        self._log = log
        self._back_off = back_off
        self._next: int | None = None  # the update to ask for; asking for it confirms those before

    async def connect(self, stop: asyncio.Event) -> bool:
        """Returns True once Telegram knows us, False if `stop` came first. Raises TokenRefused; other trouble is tried again."""
        failures = 0
        while not stop.is_set():
            try:
                await unless(stop, self._introduce())
                return not stop.is_set()
            except InvalidToken:  # its text holds the token
                raise TokenRefused("telegram") from None
            except TelegramError as error:
                failures += 1
                await self._wait(stop, error, failures)
        return False

    async def updates(self, stop: asyncio.Event) -> AsyncIterator[Update]:
        """Every update, in order, until `stop`. Raises TokenRefused when Telegram does not know the token any more."""
        failures = refusals = 0
        while not stop.is_set():
            try:
                came = await unless(stop, self._bot.get_updates(self._next, timeout=LONG_POLL, allowed_updates=ALLOWED))
            except TelegramError as error:
                failures += 1
                refusals = refusals + 1 if isinstance(error, InvalidToken) else 0
                if refusals >= REFUSALS:
                    raise TokenRefused("telegram") from None
                await self._wait(stop, error, failures)
                continue
            failures = refusals = 0
            for update in came or ():
                if stop.is_set():
                    return  # it comes again after a restart
                self._next = update.update_id + 1
                yield update

    async def confirm(self) -> None:
        """Tell Telegram which updates we have, so that none comes again after a restart. Takes a second at most."""
        if self._next is None:
            return
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(LAST_WORD_S):
                await self._bot.get_updates(self._next, limit=1, timeout=timedelta(0), allowed_updates=ALLOWED)

    async def _introduce(self) -> None:
        await self._bot.initialize()
        await self._bot.delete_webhook()  # polling is refused while one is set

    async def _wait(self, stop: asyncio.Event, error: TelegramError, failures: int) -> None:
        wait = self._back_off.after(failures)
        if isinstance(error, RetryAfter):
            wait = max(wait, pause(error).total_seconds())
        self._log.warning(
            "telegram.not_reached", problem=worded(error, self._bot.token), failures=failures, wait_s=round(wait, 1)
        )
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await stop.wait()


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` returns or raises; None, and the work cancelled, if `stop` comes first."""
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        doing.cancel()
        stopping.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
