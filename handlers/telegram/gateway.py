"""The platform's face: listens on Telegram and takes what is asked to the Desk; sends what the outbox holds. Knows no command.

Logs carry chats and the platform's words, never the token: it stands in every address the client calls, and in some of its errors.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update

from bot.model.chats import ChatRef
from bot.model.errors import PlatformError
from bot.model.replies import Reply
from bot.ports import Clock
from handlers.telegram import incoming
from handlers.telegram.answering import Answering
from handlers.telegram.client import a_bot, hush
from handlers.telegram.connecting import BackOff, Line, unless
from handlers.telegram.menus import set_menus
from handlers.telegram.outside import Desk, Log, OnChatGone, OnChatMoved
from handlers.telegram.pace import Pace
from handlers.telegram.refusals import worded
from handlers.telegram.render import render
from handlers.telegram.sending import Sending

OUTBOX_PATIENCE = timedelta(seconds=5)  # the outbox has other chats to serve meanwhile
LAST_ANSWERS_S = 1.5  # for answers under way when we stop
MAX_AT_ONCE = 256  # updates being answered
MAX_WAITING = 16  # updates of one chat; a flood beyond is dropped, or it would hold everybody else's


class TelegramGateway:
    """One bot on Telegram: `bot.ports.Messenger` for the outbox, and `run` for people. Raises TokenRefused for a token that can be none."""

    def __init__(
        self,
        token: str,
        desk: Desk,
        *,
        base_url: str | None = None,
        on_chat_gone: OnChatGone,
        on_chat_moved: OnChatMoved,
        clock: Clock,
        log: Log,
        pace: Pace | None = None,
        back_off: BackOff | None = None,
    ) -> None:
        hush()
        self._bot = a_bot(token, base_url)
        self._log = log
        self._on_chat_gone = on_chat_gone
        self._on_chat_moved = on_chat_moved
        self._line = Line(self._bot, log, back_off or BackOff())
        self._sending = Sending(self._bot, pace or Pace())
        self._answering = Answering(self._bot, desk, self._sending, clock=clock, log=log, on_chat_moved=on_chat_moved)
        self._doing: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[int, _Turn] = WeakValueDictionary()

    def render(self, reply: Reply) -> tuple[str, ...]:
        """The reply as parts for the outbox; its buttons answer below it and leave it as it is."""
        return render(reply, keep=True)

    async def send(self, chat: ChatRef, part: str, *, silent: bool) -> str:
        """Send one part; the message's id. Raises PlatformError, TryLater also where the chat's turn is seconds away."""
        return await self._sending.send(chat, part, silent=silent, patience=OUTBOX_PATIENCE)

    async def run(self, stop: asyncio.Event) -> None:
        """Listen and answer until `stop`; then end within 3 s. Raises TokenRefused. May be called again."""
        try:
            if await self._line.connect(stop):
                self._log.info("telegram.connected", bot=self._bot.username)
                self._start(set_menus(self._bot, self._log))
                async for update in self._line.updates(stop):
                    await self._take(update, stop)
        finally:
            await asyncio.gather(self._line.confirm(), self._settle())
            await self._bot.shutdown()

    async def _take(self, update: Update, stop: asyncio.Event) -> None:
        """Begin to answer, waiting for room where too much is under way. Updates of one chat are answered in order."""
        while len(self._doing) >= MAX_AT_ONCE and not stop.is_set():
            await unless(stop, asyncio.wait(self._doing, return_when=asyncio.FIRST_COMPLETED))
        chat_id = update.effective_chat.id if update.effective_chat else 0
        turn = self._turns.setdefault(chat_id, _Turn())
        if turn.waiting >= MAX_WAITING:
            self._log.warning("telegram.flood", chat=chat_id)
            return
        turn.waiting += 1
        self._start(self._handle(update, turn))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)

    async def _handle(self, update: Update, turn: _Turn) -> None:
        try:
            async with turn.lock:
                await self._react(update)
        except PlatformError as problem:
            self._log.warning(
                "telegram.not_answered", update=update.update_id, problem=f"{type(problem).__name__}: {problem}"
            )
        except Exception as error:  # noqa: BLE001 one command
            self._log.error("telegram.command_failed", update=update.update_id, problem=worded(error, self._bot.token))
        finally:
            turn.waiting -= 1

    async def _react(self, update: Update) -> None:
        message = update.message or update.channel_post
        if message and message.migrate_to_chat_id:
            await self._on_chat_moved(incoming.where(message.chat.id), incoming.where(message.migrate_to_chat_id))
        elif update.my_chat_member and (reason := incoming.gone(update.my_chat_member)):
            await self._on_chat_gone(incoming.where(update.my_chat_member.chat.id), reason)
        elif asked := self._asked(update):
            await self._answering.answer(asked)

    def _asked(self, update: Update) -> incoming.Incoming | None:
        if update.callback_query:
            return incoming.pressed(update.callback_query)
        if update.my_chat_member:
            return incoming.welcome(update.my_chat_member)
        message = update.message or update.channel_post
        return incoming.typed(message, self._bot.username) if message else None

    async def _settle(self) -> None:
        """Let answers under way end, for a moment; then end them."""
        if self._doing:
            await asyncio.wait(self._doing, timeout=LAST_ANSWERS_S)
        for task in self._doing:
            task.cancel()
        await asyncio.gather(*self._doing, return_exceptions=True)


class _Turn:
    """One chat's place in the queue."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.waiting = 0
