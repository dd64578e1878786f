"""What Discord sends, as plain payloads: users, a server with its channels, messages, interactions. Knows nothing of planwatch."""

from __future__ import annotations

from typing import Any

APPLICATION, BOT, PERSON = "900", "901", "42"
SERVER, GENERAL, NEWS, LOCKED, THREAD, PRIVATE = "100", "101", "102", "103", "104", "105"
VIEW, SEND, MANAGE_SERVER, SEND_IN_THREADS = 1 << 10, 1 << 11, 1 << 5, 1 << 38
MEMBER_RIGHTS = VIEW | SEND | SEND_IN_THREADS
SAID_AT = "2026-01-05T08:00:00.000000+00:00"


def user(user_id: str = PERSON, name: str = "reader") -> dict[str, Any]:
    """A person or bot."""
    return {
        "id": user_id,
        "username": name,
        "discriminator": "0",
        "global_name": name.title(),
        "avatar": None,
        "bot": user_id == BOT,
    }


def application() -> dict[str, Any]:
    """What the bot's application says of itself."""
    team = {"id": APPLICATION, "name": "planwatch", "icon": None, "description": "", "bot_public": True, "flags": 0}
    return {**team, "bot_require_code_grant": False, "owner": user(), "verify_key": "0" * 64, "team": None}


def member(permissions: int | None = None) -> dict[str, Any]:
    """A member; with permissions as an interaction carries them."""
    whole = {"user": user(), "roles": [], "joined_at": SAID_AT, "deaf": False, "mute": False, "flags": 0}
    return whole if permissions is None else {**whole, "permissions": str(permissions)}


def channel(channel_id: str) -> dict[str, Any]:
    """One of the known channels."""
    if channel_id == PRIVATE:
        return {"id": PRIVATE, "type": 1, "recipients": [user()], "last_message_id": None}
    if channel_id == THREAD:
        return thread()
    denied = [{"id": SERVER, "type": 0, "allow": "0", "deny": str(SEND)}] if channel_id == LOCKED else []
    names = {GENERAL: "general", NEWS: "plan-news", LOCKED: "rules"}
    return {
        "id": channel_id,
        "type": 5 if channel_id == NEWS else 0,
        "guild_id": SERVER,
        "name": names.get(channel_id, "elsewhere"),
        "position": 0,
        "permission_overwrites": denied,
        "nsfw": False,
        "parent_id": None,
        "rate_limit_per_user": 0,
        "topic": None,
    }


def thread() -> dict[str, Any]:
    """A thread of the general channel."""
    held = {"archived": False, "auto_archive_duration": 1440, "archive_timestamp": SAID_AT, "locked": False}
    whole = {
        "id": THREAD,
        "type": 11,
        "guild_id": SERVER,
        "parent_id": GENERAL,
        "owner_id": PERSON,
        "name": "plan talk",
    }
    return {
        **whole,
        "thread_metadata": held,
        "message_count": 0,
        "member_count": 1,
        "rate_limit_per_user": 0,
        "flags": 0,
    }


def server(everybody: int = MEMBER_RIGHTS) -> dict[str, Any]:
    """The server the bot is in, as GUILD_CREATE tells it."""
    role = {"id": SERVER, "name": "@everyone", "permissions": str(everybody), "position": 0, "color": 0, "hoist": False}
    return {
        "id": SERVER,
        "name": "Readers",
        "owner_id": "43",
        "icon": None,
        "roles": [{**role, "managed": False, "mentionable": False, "flags": 0}],
        "channels": [channel(each) for each in (GENERAL, NEWS, LOCKED)],
        "threads": [thread()],
        "members": [{**member(), "user": user(BOT, "planwatch")}],
        "emojis": [],
        "stickers": [],
        "features": [],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "member_count": 2,
        "large": False,
        "unavailable": False,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
    }


def message(message_id: str, channel_id: str, sent: dict[str, Any], *, answers: str | None = None) -> dict[str, Any]:
    """A message of the bot as Discord gives it back; `answers`: the id of the interaction it answers."""
    whole = {
        "id": message_id,
        "channel_id": channel_id,
        "author": user(BOT, "planwatch"),
        "content": sent.get("content") or "",
        "timestamp": SAID_AT,
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": sent.get("embeds") or [],
        "pinned": False,
        "type": 0 if answers is None else 20,
        "components": sent.get("components") or [],
        "flags": sent.get("flags") or 0,
    }
    if answers is None:
        return whole
    origin = {"id": answers, "type": 2, "user": user(), "authorizing_integration_owners": {"0": SERVER}}
    return {**whole, "interaction_metadata": origin}


def interaction(
    interaction_id: str, token: str, kind: int, data: dict[str, Any], *, channel_id: str, locale: str, permissions: int
) -> dict[str, Any]:
    """An interaction of the reader. In the private chat there is no server and no member."""
    whole = {
        "id": interaction_id,
        "application_id": APPLICATION,
        "type": kind,
        "token": token,
        "version": 1,
        "data": data,
        "channel_id": channel_id,
        "channel": {**channel(channel_id), "permissions": str(permissions)},
        "locale": locale,
        "app_permissions": str(MEMBER_RIGHTS),
        "entitlements": [],
        "authorizing_integration_owners": {"0": SERVER},
        "attachment_size_limit": 1,
    }
    if channel_id == PRIVATE:
        return {**whole, "context": 1, "user": user()}
    place = {"id": SERVER, "locale": "en-US", "features": []}
    return {
        **whole,
        "context": 0,
        "guild_id": SERVER,
        "guild": place,
        "guild_locale": "en-US",
        "member": member(permissions),
    }
