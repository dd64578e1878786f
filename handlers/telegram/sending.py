"""Hands parts to Telegram, one at a time and in their turn. Knows nothing of what they say, nor of who tries again."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.model.chats import ChatRef
from bot.model.errors import ChatGone, PartRefused, PlatformError
from handlers.telegram.pace import Pace
from handlers.telegram.refusals import pause, refusal

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SAME = "message is not modified"
_GENERAL = "1"  # the "General" topic of a forum can't be named when writing: its messages carry no thread


class Sending:
    """Sends and edits; every error leaves as a PlatformError."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def send(self, chat: ChatRef, part: str, *, silent: bool, patience: timedelta) -> str:
        """Send one part; the message's id. Raises PlatformError; TryLater at once if its turn is beyond `patience`."""
        content = _content(part)
        chat_id = _number(chat.id)
        thread = _number(chat.thread) if chat.thread and chat.thread != _GENERAL else None
        await self._pace.turn(chat.id, patience=patience)
        try:
            sent = await self._bot.send_message(
                chat_id,
                **content,
                message_thread_id=thread,
                disable_notification=silent,
                link_preview_options=_NO_PREVIEW,
            )
        except TelegramError as error:
            raise self._refused(chat, error) from None
        return str(sent.message_id)

    async def edit(self, chat: ChatRef, message_id: int, part: str, *, patience: timedelta) -> bool:
        """Put a part in place of a message of ours; False where Telegram forbids it. Else raises PlatformError."""
        content = _content(part)
        await self._pace.turn(chat.id, patience=patience)
        try:
            await self._bot.edit_message_text(
                chat_id=_number(chat.id), message_id=message_id, **content, link_preview_options=_NO_PREVIEW
            )
        except BadRequest as error:
            return _SAME in error.message.lower()
        except TelegramError as error:
            raise self._refused(chat, error) from None
        return True

    def _refused(self, chat: ChatRef, error: TelegramError) -> PlatformError:
        if isinstance(error, RetryAfter):
            self._pace.hold(chat.id, pause(error))
        return refusal(error, self._bot.token)


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ChatGone(f"not a Telegram chat: {text!r}") from None


def _content(part: str) -> dict[str, Any]:
    """A part as arguments for the client. Raises PartRefused for what `render` never made."""
    try:
        made = json.loads(part)
        entities = [MessageEntity.de_json(entity) for entity in made["entities"]]
        rows = [[InlineKeyboardButton.de_json(button) for button in row] for row in made.get("keyboard", ())]
        return {
            "text": made["text"],
            "entities": entities,
            "reply_markup": InlineKeyboardMarkup(rows) if rows else None,
        }
    except (ValueError, KeyError, TypeError) as error:
        raise PartRefused(f"not a part for Telegram: {error}") from None
