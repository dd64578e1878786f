"""What was asked, and what is answered: a shallow tree without platform types.

A Reply is a tuple of blocks. A renderer turns blocks into messages; it may break between blocks, never inside a `Quotation` or `Item`
unless one alone is over the platform's limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.chats import ChatKind, ChatRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who typed. `may_manage` is what the platform says: an admin of the group, Manage Server, the owner of a private chat."""

    id: str
    name: str = ""
    may_manage: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked, where and when. `language` is what the platform knows of the reader; the chat's own setting goes first."""

    chat: ChatRef
    chat_kind: ChatKind
    chat_title: str
    person: Person
    command: str  # without slash, lower case; an address typed without a command as it was typed
    arguments: str  # the rest, as typed
    at: datetime
    language: str = ""


class Style(StrEnum):
    """How a run of text looks."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"  # secondary: sources, dates
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text in one style, perhaps a link (http or https only)."""

    text: str
    style: Style = Style.PLAIN
    url: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A title line. `level` 1 is the reply's title, 2 a section's."""

    runs: Runs
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines of text (line breaks inside runs are kept)."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim quote with its quotation marks, and its source line. Never parted."""

    runs: Runs
    source: Runs


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a board or digest: a head line, detail lines under it, and quotations. Kept together."""

    head: Runs
    lines: tuple[Runs, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class Footer:
    """Small print at the end: counts, blind sources, the next digest."""

    lines: tuple[Runs, ...]


Block = Heading | Paragraph | Quotation | Item | Footer


@dataclass(frozen=True, slots=True)
class Button:
    """Either runs a command (`command` as typed, without slash: "layer force") or opens `url`."""

    label: str
    command: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a person or chat reads."""

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    private: bool = False  # only the person who asked should see it, where the platform can do that
    edits: bool = True  # an answer to a button may replace the message that held the button


def plain(text: str) -> Runs:
    """`text` as one plain run."""
    return (Run(text),)
