"""Chats, what they subscribed to, when it is sent, and what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from bot.model.digests import Window
from bot.model.topics import LayerId, TopicId

SubscriptionId = NewType("SubscriptionId", str)
DeliveryId = NewType("DeliveryId", str)


class Platform(StrEnum):
    """Where a chat lives."""

    TELEGRAM = "telegram"
    DISCORD = "discord"
    CONSOLE = "console"


class ChatKind(StrEnum):
    """What kind of place it is."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class ChatRef:
    """The address of a chat. `thread` is a Telegram forum topic or a Discord thread, else empty."""

    platform: Platform
    id: str
    thread: str = ""

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}" + (f":{self.thread}" if self.thread else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A place people read in."""

    ref: ChatRef
    kind: ChatKind
    title: str = ""
    language: str = "en"
    zone: str = "UTC"  # IANA name
    topic: TopicId | None = None  # which topic commands speak of; None: the first followed
    looked_at: datetime | None = None  # when somebody last looked at the board


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """When a digest is due: at `hour`:`minute` in `zone` on `days` (0 Monday … 6 Sunday)."""

    hour: int = 8
    minute: int = 0
    zone: str = "UTC"
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)

    def __post_init__(self) -> None:
        if not (0 <= self.hour <= 23 and 0 <= self.minute <= 59):
            raise ValueError(f"not an hour: {self.hour}:{self.minute}")
        if not self.days or not set(self.days) <= set(range(7)):
            raise ValueError(f"not days of the week: {self.days}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One chat follows one topic. Digests tile time: each begins at `covered_until`."""

    id: SubscriptionId
    chat: ChatRef
    topic: TopicId
    cadence: Cadence
    language: str
    layers: tuple[LayerId, ...] = ()  # empty: all
    sound: bool = False
    created_at: datetime
    covered_until: datetime
    next_due_at: datetime
    paused_reason: str = ""  # empty: active


class DeliveryState(StrEnum):
    """Where a delivery is in its life."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A digest ready for one chat: `parts` never change once queued; `sent` only grows."""

    id: DeliveryId
    chat: ChatRef
    topic: TopicId
    window: Window
    parts: tuple[str, ...]  # what the platform's gateway sends, as JSON text made by its render
    sent: int = 0
    attempts: int = 0  # failures in a row of the part in flight
    state: DeliveryState = DeliveryState.WAITING
    created_at: datetime
    next_try_at: datetime
    silent: bool = True
    problem: str = ""
    message_ids: tuple[str, ...] = field(default=())  # as the platform named the sent parts
