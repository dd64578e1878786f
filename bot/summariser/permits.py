"""Who may do what, where: pure. Knows rights by the names platforms give them, but asks no platform."""

from __future__ import annotations

from bot.model.chats import ChatKind, Platform
from bot.model.errors import NotAllowed
from bot.model.replies import Request

_RIGHTS = {Platform.DISCORD: "manage_server", Platform.TELEGRAM: "admin", Platform.CONSOLE: "admin"}


def may(request: Request, *, manages: bool) -> bool:
    """Reading is open to all; what changes a chat needs its owner, or the platform's word that the person may manage it."""
    return not manages or request.person.may_manage or request.chat_kind is ChatKind.PRIVATE


def require(request: Request, *, manages: bool) -> None:
    """Raises NotAllowed with the platform's right that is missing."""
    if not may(request, manages=manages):
        raise NotAllowed(_RIGHTS[request.chat.platform])
