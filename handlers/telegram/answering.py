"""Takes a request to the Desk and its reply back to the chat. Knows nothing of updates, polling or what commands mean."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.model.chats import ChatRef, Platform
from bot.model.errors import ChatMoved, PlatformError, TryLater
from bot.model.replies import Person, Reply, Request
from bot.ports import Clock
from handlers.telegram.incoming import Incoming
from handlers.telegram.outside import Desk, Log, OnChatMoved
from handlers.telegram.render import render
from handlers.telegram.rights import may_manage
from handlers.telegram.sending import Sending

PATIENCE = timedelta(seconds=60)  # a person who waits longer has asked again
TRIES = 3


class Answering:
    """Answers one request after another; nothing but PlatformError leaves it, apart from what the Desk raises."""

    def __init__(
        self, bot: Bot, desk: Desk, sending: Sending, *, clock: Clock, log: Log, on_chat_moved: OnChatMoved
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._sending = sending
        self._clock = clock
        self._log = log
        self._on_chat_moved = on_chat_moved

    async def answer(self, asked: Incoming) -> None:
        """Answer in the chat and topic where it was asked; a button's answer takes the place of its message if it fits in one part."""
        at = self._clock.now()
        if asked.pressed:
            await self._acknowledge(asked.pressed.query_id)
        person = Person(
            id=asked.person_id, name=asked.person_name, may_manage=await may_manage(self._bot, asked, self._log)
        )
        reply = await self._desk.answer(
            Request(
                chat=asked.chat,
                chat_kind=asked.kind,
                chat_title=asked.title,
                person=person,
                command=asked.command,
                arguments=asked.arguments,
                at=at,
                language=asked.language,
            )
        )
        await self._say(asked, reply)

    async def _acknowledge(self, query_id: str) -> None:
        """Stops the button's spinner. It may have stopped by itself long ago: then Telegram refuses, and nothing is lost."""
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError:
            self._log.info("telegram.button_too_old")

    async def _say(self, asked: Incoming, reply: Reply) -> None:
        parts = render(reply)
        if not parts:
            self._log.warning("telegram.nothing_to_say", command=asked.command)
        held_by = asked.pressed.message_id if asked.pressed else None
        if held_by and reply.edits and len(parts) == 1 and await self._edit(asked.chat, held_by, parts[0]):
            return
        chat = asked.chat
        for part in parts:
            chat = await self._send(chat, part)

    async def _edit(self, chat: ChatRef, message_id: int, part: str) -> bool:
        try:
            return await self._sending.edit(chat, message_id, part, patience=PATIENCE)
        except TryLater as problem:
            await self._wait(problem)
            return await self._sending.edit(chat, message_id, part, patience=PATIENCE)

    async def _send(self, chat: ChatRef, part: str) -> ChatRef:
        """Send, again where Telegram asks for a wait or the chat has moved; where it went. Raises PlatformError after some tries."""
        for left in reversed(range(TRIES)):
            try:
                await self._sending.send(chat, part, silent=True, patience=PATIENCE)
                break
            except ChatMoved as moved:
                chat = await self._follow(chat, moved)
            except TryLater as problem:
                if not left:
                    raise
                await self._wait(problem)
        return chat

    async def _follow(self, chat: ChatRef, moved: ChatMoved) -> ChatRef:
        new = ChatRef(Platform.TELEGRAM, moved.new_id, chat.thread)
        await self._on_chat_moved(chat, new)
        return new

    async def _wait(self, problem: PlatformError) -> None:
        if not isinstance(problem, TryLater) or problem.after > PATIENCE:
            raise problem
        await asyncio.sleep(problem.after.total_seconds())
