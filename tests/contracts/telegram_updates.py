"""What people do on Telegram, as the Bot API tells it: updates in its JSON, without ids (the server gives them)."""

from __future__ import annotations

from itertools import count
from typing import Any

Json = dict[str, Any]
BOT: Json = {"id": 77, "is_bot": True, "first_name": "planwatch", "username": "planwatch_bot"}
OLENA: Json = {"id": 501, "is_bot": False, "first_name": "Olena", "last_name": "K", "language_code": "uk"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
PRIVATE: Json = {"id": 501, "type": "private", "first_name": "Olena"}
GROUP: Json = {"id": -42, "type": "group", "title": "Readers"}
FORUM: Json = {"id": -10042, "type": "supergroup", "title": "Forum", "is_forum": True}
CHANNEL: Json = {"id": -10077, "type": "channel", "title": "The plan"}
_numbers = count(1)


def message(text: str, chat: Json = PRIVATE, *, person: Json | None = OLENA, **more: Any) -> Json:
    """Somebody writes in a chat."""
    return {"message": _message(text, chat, person, **more)}


def edited(text: str, chat: Json = PRIVATE) -> Json:
    """Somebody changes what they wrote."""
    return {"edited_message": _message(text, chat, OLENA, edit_date=1_770_000_000)}


def in_topic(text: str, thread: int) -> Json:
    """Somebody writes in a topic of the forum."""
    return message(text, FORUM, message_thread_id=thread, is_topic_message=True)


def post(text: str) -> Json:
    """The channel itself writes."""
    return {"channel_post": _message(text, CHANNEL, None, sender_chat=CHANNEL)}


def pressed(data: str, held_by: Json, *, person: Json = OLENA) -> Json:
    """Somebody presses a button under a message of ours."""
    return {
        "callback_query": {
            "id": str(next(_numbers)),
            "from": person,
            "chat_instance": "1",
            "message": held_by,
            "data": data,
        }
    }


def member(chat: Json, old: str, new: str) -> Json:
    """Our own standing in a chat changes."""
    change = {"old_chat_member": _standing(old), "new_chat_member": _standing(new)}
    return {"my_chat_member": {"chat": chat, "from": OLENA, "date": 1_770_000_000, **change}}


def standing(status: str, person: Json = OLENA) -> Json:
    """A person's standing in a chat, as getChatMember tells it."""
    rights = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members "
        "can_promote_members can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories"
    )
    more: Json = {"administrator": dict.fromkeys(rights.split(), False), "creator": {"is_anonymous": False}}.get(
        status, {}
    )
    return {"status": status, "user": person, **({"until_date": 0} if status == "kicked" else {}), **more}


def _standing(status: str) -> Json:
    return standing(status, BOT)


def _message(text: str, chat: Json, person: Json | None, **more: Any) -> Json:
    written = {"message_id": next(_numbers), "date": 1_770_000_000, "chat": chat, "text": text}
    return {**written, **({"from": person} if person else {}), **more}
