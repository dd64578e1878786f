"""What people see of a small Discord: messages, and what came of an interaction. Knows nothing of planwatch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.contracts import discord_payloads as payloads
from tests.contracts.discord_rules import EPHEMERAL, text_of


@dataclass(kw_only=True)
class Shown:
    """A message as people see it."""

    id: str
    channel: str
    sent: dict[str, Any]
    answers: str | None = None  # id of the interaction it answers
    edits: int = 0

    @property
    def text(self) -> str:
        """Its markdown."""
        return text_of(self.sent.get("components") or [])

    @property
    def hidden(self) -> bool:
        """Only the person who asked sees it."""
        return bool(self.sent.get("flags", 0) & EPHEMERAL)

    @property
    def payload(self) -> dict[str, Any]:
        """As Discord gives it back."""
        return payloads.message(self.id, self.channel, self.sent, answers=self.answers)


@dataclass(kw_only=True)
class Exchange:
    """One interaction and what came of it."""

    id: str
    token: str
    channel: str
    began: float
    held: Shown | None = None  # the message whose button was pressed
    callback: dict[str, Any] | None = None
    callback_after: float = 0.0
    original: Shown | None = None
    thinking: bool = False
    shown: list[Shown] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """What was answered, in order, without what was taken back."""
        return [message.text for message in self.shown]

    @property
    def choices(self) -> list[dict[str, str]]:
        """The suggestions given."""
        return list((self.callback or {}).get("data", {}).get("choices", []))


@dataclass(kw_only=True)
class Refusal:
    """A scripted failure of calls to addresses that hold `part`."""

    part: str
    status: int
    body: dict[str, Any]
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)
