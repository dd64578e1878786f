"""What Telegram's errors mean for a message: planwatch's error for each. Knows nothing of who sends or tries again.

The library's errors may carry the token in their text, so only the wording that Telegram itself gave is passed on, shortened.
"""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.model.errors import ChatGone, ChatMoved, PartRefused, PlatformError, TryLater

SOON = timedelta(seconds=10)  # network trouble: the outbox backs off further by itself
NOT_SOON = timedelta(minutes=10)  # a refused token: an operator has to act
MAX_DETAIL = 200  # characters
# What Telegram says when a chat or topic can't be written to, as far as it does not say 403; matched in lower case.
_GONE = (
    "chat not found",
    "group chat was deactivated",
    "chat was deleted",
    "user is deactivated",
    "peer_id_invalid",
    "chat_id_invalid",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_send_plain_forbidden",
    "chat_restricted",
    "chat_admin_required",
    "message thread not found",
    "topic_closed",
    "topic_deleted",
    "channel_private",
)
_FLOOD = ("too many requests", "flood")


def refusal(error: TelegramError, token: str) -> PlatformError:
    """`error` of a call that sends or edits, sorted by what has to happen now."""
    detail = worded(error, token)
    if isinstance(error, RetryAfter):
        return TryLater(pause(error), detail)
    if isinstance(error, ChatMigrated):
        return ChatMoved(str(error.new_chat_id))
    if isinstance(error, Forbidden) or any(sign in detail.lower() for sign in _GONE):
        return ChatGone(detail)
    if isinstance(error, BadRequest):
        return PartRefused(detail)
    if isinstance(error, InvalidToken):
        return TryLater(NOT_SOON, "the token is refused")
    return TryLater(SOON, detail)


def pause(error: RetryAfter) -> timedelta:
    """How long Telegram wants to be left alone."""
    asked = error.retry_after
    return asked if isinstance(asked, timedelta) else timedelta(seconds=asked)


def worded(error: BaseException, token: str) -> str:
    """What an error says, on one line, without the token, at most 200 characters."""
    line = " ".join(f"{type(error).__name__}: {error}".split())
    return line.replace(token, "[token]")[:MAX_DETAIL]
