"""What people typed or pressed, read out of Telegram's updates: pure. Knows nothing of what commands do, nor of sending.

In private chats every text is for us, with or without a slash. In groups and channels only /commands are, and of those only our own,
ones a typing mistake away, and whatever is addressed to us (/word@ourname): other bots live there too.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from telegram import CallbackQuery, Chat, ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, User
from telegram.constants import ChatType

from bot.commands.addresses import command_word
from bot.commands.table import COMMANDS, command_named
from bot.model.chats import ChatKind, ChatRef, Platform
from handlers.telegram.keyboards import command_on

MAX_TYPED = 1_000  # characters of a command line that are read
_AWAY = (ChatMember.LEFT, ChatMember.BANNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """The button behind a request; `message_id` is None where the message that held it is out of reach or must stay."""

    query_id: str
    message_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One thing asked of us. `may_manage` is None where the platform has to be asked about the person."""

    chat: ChatRef
    kind: ChatKind
    title: str
    person_id: str
    person_name: str
    language: str
    command: str
    arguments: str
    may_manage: bool | None
    pressed: Pressed | None = None


def typed(message: Message, me: str) -> Incoming | None:
    """The request in a message or channel post; None where it is not for us. `me` is our user name."""
    kind = _kind(message.chat)
    line = _line(message.text or "", me, is_private=kind is ChatKind.PRIVATE)
    if line is None or message.is_automatic_forward or _by_a_bot(message):
        return None
    by_the_chat = (
        message.sender_chat is not None and message.sender_chat.id == message.chat.id
    )  # an anonymous admin, or a channel
    return _incoming(
        message.chat, _thread(message), message.from_user, *line, may_manage=True if by_the_chat else _own(kind)
    )


def pressed(query: CallbackQuery) -> Incoming | None:
    """The request behind a pressed button; None where the button is not one of ours."""
    if not query.data or query.message is None:
        return None
    line, keep = command_on(query.data)
    message = query.message if isinstance(query.message, Message) else None
    button = Pressed(query_id=query.id, message_id=message.message_id if message and not keep else None)
    thread = _thread(message) if message else ""
    may_manage = _own(_kind(query.message.chat))
    return _incoming(query.message.chat, thread, query.from_user, *_split(line), may_manage=may_manage, button=button)


def gone(update: ChatMemberUpdated) -> str:
    """Why the chat can't be written to any more, in the platform's word; empty where it can."""
    return str(update.new_chat_member.status) if update.new_chat_member.status in _AWAY else ""


def welcome(update: ChatMemberUpdated) -> Incoming | None:
    """/start on behalf of whoever has just added us to a group, else None. A channel's readers are not greeted."""
    added = _is_away(update.old_chat_member) and not _is_away(update.new_chat_member)
    if not added or _kind(update.chat) is not ChatKind.GROUP:
        return None
    return _incoming(update.chat, "", update.from_user, "start", "", may_manage=None)


def where(chat_id: int, thread: str = "") -> ChatRef:
    """The address of a chat or topic."""
    return ChatRef(Platform.TELEGRAM, str(chat_id), thread)


def _by_a_bot(message: Message) -> bool:
    # Anonymous admins and channels speak through a bot of Telegram's own, and carry a `sender_chat`.
    return message.from_user is not None and message.from_user.is_bot and message.sender_chat is None


def _is_away(member: ChatMember) -> bool:
    return member.status in _AWAY or (isinstance(member, ChatMemberRestricted) and not member.is_member)


def _line(text: str, me: str, *, is_private: bool) -> tuple[str, str] | None:
    """Command and arguments, None where the text is not for us."""
    word, rest = _split(text[:MAX_TYPED])
    has_slash = word.startswith("/")
    name, _, bot = word.removeprefix("/").partition("@") if has_slash else (word, "", "")
    if not name or (bot and bot != me.lower()):
        return None
    for_us = is_private or (has_slash and (bool(bot) or _is_ours(name)))
    return (name, rest) if for_us else None


def _is_ours(name: str) -> bool:
    names = [known for command in COMMANDS for known in (command.name, *command.aliases)]
    return command_named(name) is not None or bool(get_close_matches(name, names, n=1, cutoff=0.75))


def _split(line: str) -> tuple[str, str]:
    """The first word in lower case (an address as it is), and the rest."""
    name, *rest = line.split(maxsplit=1) or [""]
    return command_word(name), "".join(rest).strip()


def _incoming(
    chat: Chat,
    thread: str,
    user: User | None,
    command: str,
    arguments: str,
    *,
    may_manage: bool | None,
    button: Pressed | None = None,
) -> Incoming:
    return Incoming(
        chat=where(chat.id, thread),
        kind=_kind(chat),
        title=chat.title or chat.full_name or "",
        person_id=str(user.id if user else chat.id),
        person_name=user.full_name if user else chat.title or "",
        language=(user.language_code or "").split("-")[0].lower() if user else "",
        command=command,
        arguments=arguments,
        may_manage=may_manage,
        pressed=button,
    )


def _thread(message: Message) -> str:
    # Replies in ordinary groups carry a thread id too, which can't be written to; only topics are threads of ours.
    return str(message.message_thread_id) if message.is_topic_message and message.message_thread_id else ""


def _kind(chat: Chat) -> ChatKind:
    if chat.type == ChatType.PRIVATE:
        return ChatKind.PRIVATE
    return ChatKind.CHANNEL if chat.type == ChatType.CHANNEL else ChatKind.GROUP


def _own(kind: ChatKind) -> bool | None:
    """Whether the right to manage follows from the kind of chat alone."""
    return True if kind is ChatKind.PRIVATE else None
