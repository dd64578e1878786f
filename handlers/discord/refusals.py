"""What Discord says when it does not take a message → our errors by who must act. Must not send or retry anything.

Codes: discord.com/developers/docs/topics/opcodes-and-status-codes#json.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import discord

from bot.model.errors import ChatGone, PartRefused, PlatformError, TryLater

NETWORK_PAUSE = timedelta(seconds=15)  # a dropped connection is mostly back within seconds
SERVER_PAUSE = timedelta(seconds=60)  # discord.py has already tried five times over 25 s where that makes sense

_MISSING_ACCESS, _MISSING_PERMISSIONS, _SLOW_MODE = 50001, 50013, 20016
_CLOSED_CHATS = frozenset({10003, 10004, 50007, 50083, 160005, 50024, 40069})
_NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
}


def platform_error(error: BaseException, channel: object = None) -> PlatformError:
    """`error` of one send as ours. `channel`, as cached, tells which permission is missing."""
    if isinstance(error, discord.RateLimited):
        return TryLater(timedelta(seconds=error.retry_after), "rate limit")
    if isinstance(error, discord.HTTPException):
        return _refusal(error, channel)
    return TryLater(NETWORK_PAUSE, type(error).__name__)


def _refusal(error: discord.HTTPException, channel: object) -> PlatformError:
    detail = f"{error.status} {error.code}: {error.text}"[:300]
    if error.status == 429 or error.code == _SLOW_MODE:
        return TryLater(_asked_pause(error), detail)
    if error.status >= 500 or error.status in (401, 408) or (error.status == 403 and not error.code):
        return TryLater(
            SERVER_PAUSE, detail
        )  # 403 without a code comes from the network before Discord; 401 ends the connection too
    if error.code in (_MISSING_ACCESS, _MISSING_PERMISSIONS):
        return ChatGone(f"missing permission: {', '.join(_missing(error.code, channel))}")
    if error.status in (403, 404) or error.code in _CLOSED_CHATS:
        return ChatGone(detail)
    return PartRefused(detail)


def _asked_pause(error: discord.HTTPException) -> timedelta:
    asked = error.response.headers.get("Retry-After", "")
    try:
        return timedelta(seconds=min(max(float(asked), 1.0), 3600.0))
    except ValueError:
        return SERVER_PAUSE


def _missing(code: int, channel: object) -> tuple[str, ...]:
    """Names as Discord's settings show them: what the cached channel lacks, else what the code is mostly about."""
    lacking = tuple(_lacking(channel))
    return lacking or (_NAMES["view_channel" if code == _MISSING_ACCESS else "send_messages"],)


def _lacking(channel: object) -> Iterator[str]:
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
        return
    try:
        rights = channel.permissions_for(channel.guild.me)
    except discord.ClientException:  # a thread whose channel is not cached
        return
    sending = "send_messages_in_threads" if isinstance(channel, discord.Thread) else "send_messages"
    yield from (_NAMES[right] for right in ("view_channel", sending) if not getattr(rights, right))
