"""Windows of time and the digest of what moved in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.stories import ChangeId, ChangeKind, DevelopmentId, PointId
from bot.model.topics import Category, SlotId, TopicId


class WindowBy(StrEnum):
    """Which clock a window is laid on."""

    TOLD = "told"  # when it was published: past days, archives
    SEEN = "seen"  # when planwatch read it: subscriptions, so that nothing read late is lost


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From `since` (included) to `until` (excluded)."""

    since: datetime
    until: datetime
    by: WindowBy = WindowBy.TOLD

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None:
            raise ValueError("a window needs aware times")
        if self.until < self.since:
            raise ValueError("a window cannot end before it begins")

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.until - self.since


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """One thing that moved, with its quote and source never parted."""

    development_id: DevelopmentId
    kind: ChangeKind
    text: str  # our own joining words, built from data only
    language: str  # of the quote
    quote: str
    context: str
    url: str
    outlet: str
    published: datetime
    attributed_to: str
    via: str
    also_reported_by: tuple[str, ...]
    before: str | None
    after: str | None
    evidence: tuple[PointId, ...]
    rival_quote: str = ""  # the other side of a conflict
    rival_outlet: str = ""
    rival_url: str = ""
    rival_language: str = ""
    rival_attributed_to: str = ""
    rival_via: str = ""
    rival_published: datetime | None = None
    member: str | None = None  # which member of the party moved, when it speaks for itself
    slot: SlotId | None = None  # whose value moved, for its name and unit
    more: tuple[str, ...] = ()  # further movements of the same development in this window, as texts
    changes: tuple[ChangeId, ...] = ()  # all that it stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """Items of one category."""

    category: Category
    title: str
    items: tuple[DigestItem, ...]


class LeftOut(StrEnum):
    """Why something did not enter a digest."""

    REPEAT = "repeat"  # a known fact told again
    COPY = "copy"  # a copy of one report
    TOLD_BEFORE = "told_before"  # an earlier digest covered it
    TOO_OLD = "too_old"  # published long before the window
    OVER_LIMIT = "over_limit"  # the digest is full
    UNSURE = "unsure"  # a single sentence of which we are not sure that it tells something of the plan
    RETURNED = "returned"  # moved and came back to where it was
    NOT_CHOSEN = "not_chosen"  # a layer this chat does not follow


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestCounts:
    """What the digest was made from, within its window."""

    feeds: int = 0
    articles: int = 0
    relevant: int = 0
    reports: int = 0
    developments: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A category that did not move."""

    category: Category
    title: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What moved in a window. The same inputs give the same digest."""

    topic: TopicId
    title: str
    window: Window
    language: str
    sections: tuple[DigestSection, ...]
    counts: DigestCounts
    left_out: tuple[tuple[LeftOut, int], ...] = ()
    silences: tuple[Silence, ...] = ()
    blind: tuple[tuple[str, datetime | None], ...] = ()  # outlet, since when
    sources: int = 0  # read for the topic, those that cannot be read among them
    not_yet: int = 0  # of these never asked so far

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """All items in reading order."""
        return tuple(item for section in self.sections for item in section.items)
