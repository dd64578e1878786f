"""Whose turn it is to be written to, and when. Knows nothing of messages or of the Bot API's client.

Telegram's limits (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this): one message a second in a chat,
20 a minute in a group, some 30 a second in all. The client library's own limiter is not used: its pause after "retry after" holds
every chat, and is lifted by any request that ends meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.model.errors import TryLater

A_SECOND = 1.0  # between messages to one chat
A_MINUTE, IN_A_MINUTE = 60.0, 20  # messages to one group or channel
BETWEEN_ANY = 1 / 30  # seconds between messages to whomever
MAX_KEPT = 4_096  # chats remembered at a time; beyond, idle ones are forgotten


class _Chat:
    """What is known of one chat: the moments given out, and until when Telegram wants it left alone."""

    def __init__(self) -> None:
        self.given: deque[float] = deque(maxlen=IN_A_MINUTE)
        self.held_until = 0.0

    def next_moment(self, now: float, *, is_group: bool) -> float:
        """The earliest moment not given out yet."""
        after_last = self.given[-1] + A_SECOND if self.given else now
        full = is_group and len(self.given) == IN_A_MINUTE
        return max(now, after_last, self.held_until, self.given[0] + A_MINUTE if full else now)

    def is_idle(self, now: float) -> bool:
        """Whether nothing is left to be remembered."""
        return self.held_until <= now and (not self.given or self.given[-1] + A_MINUTE <= now)


class Pace:
    """Holds every chat to Telegram's limits; one chat's wait never holds another."""

    def __init__(
        self,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._chats: dict[str, _Chat] = {}
        self._any_at = 0.0

    async def turn(self, chat_id: str, *, patience: timedelta) -> None:
        """Returns when a message may go to that chat, in order of asking.

        Raises TryLater with the wait, at once, when that would be longer than `patience`.
        """
        chat = self._chat(chat_id)
        await self._until(self._moment(chat, chat_id, patience))
        while chat.held_until > self._now():  # Telegram asked for a pause meanwhile
            await self._until(self._moment(chat, chat_id, patience))
        self._any_at = max(self._any_at + BETWEEN_ANY, self._now())
        await self._until(self._any_at)

    def hold(self, chat_id: str, wait: timedelta) -> None:
        """Telegram asked to leave this chat alone for `wait`."""
        chat = self._chat(chat_id)
        chat.held_until = max(chat.held_until, self._now() + wait.total_seconds())

    def _moment(self, chat: _Chat, chat_id: str, patience: timedelta) -> float:
        now = self._now()
        moment = chat.next_moment(now, is_group=chat_id.startswith("-"))
        if moment - now > patience.total_seconds():
            raise TryLater(timedelta(seconds=moment - now), "this chat's turn has not come")
        chat.given.append(moment)
        return moment

    async def _until(self, moment: float) -> None:
        while (wait := moment - self._now()) > 0:
            await self._sleep(wait)

    def _chat(self, chat_id: str) -> _Chat:
        if chat_id not in self._chats and len(self._chats) >= MAX_KEPT:
            now = self._now()
            self._chats = {known: chat for known, chat in self._chats.items() if not chat.is_idle(now)}
        return self._chats.setdefault(chat_id, _Chat())
