"""What the articles say of a plan: key points, developments, changes, the board. Cut and counted elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from bot.model.feeds import ArticleId
from bot.model.topics import Category, LayerId, PartyId, Rung, SideState, SlotId, Stance, TopicId

PointId = NewType("PointId", str)
DevelopmentId = NewType("DevelopmentId", str)
ReportId = NewType("ReportId", str)
ChangeId = NewType("ChangeId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was decided about one version of an article for one topic."""

    topic: TopicId
    article: ArticleId
    version: int
    relevant: bool
    score: float  # 0–1
    why: str  # short text: what decided
    report_id: ReportId  # copies, rewrites and translations of one report share it


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """How an article is recognised as a copy, rewrite or translation of another. `keys` are looked up by index."""

    article: ArticleId
    version: int
    told_at: datetime
    language: str
    keys: tuple[str, ...]
    shingles: tuple[int, ...]  # hashed word n-grams, sorted
    anchors: tuple[str, ...]  # language-free marks: numbers and transliterated names, sorted
    report_id: ReportId
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text, in code points, end exclusive."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}–{self.end}")

    def of(self, text: str) -> str:
        """The text at this span. Raises ValueError if the span leaves the text."""
        if self.end > len(text):
            raise ValueError(f"span {self.start}–{self.end} leaves a text of {len(text)}")
        return text[self.start : self.end]


class Role(StrEnum):
    """What a number does in its sentence."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit as the sentence states it. For a range `value` is the lower and `upper` the higher end."""

    value: float
    unit: str  # people, countries, hours, days, weeks, months, years, EUR, USD, percent, count, date (ISO ordinal) …
    text: str  # verbatim
    role: Role = Role.EXACT
    upper: float | None = None


class Modality(StrEnum):
    """How firmly a sentence states its fact."""

    DECIDED = "decided"
    PLANNED = "planned"
    POSSIBLE = "possible"
    ASKED = "asked"
    OFFERED = "offered"
    DENIED = "denied"


class SourceKind(StrEnum):
    """Who stands behind a statement."""

    OFFICIAL = "official"  # named office or person
    UNNAMED = "unnamed"  # officials, diplomats, sources
    DOCUMENT = "document"  # a text seen
    OUTLET = "outlet"  # the outlet itself


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPoint:
    """Verbatim evidence: a whole sentence of an article with what it says. `quote` is always the text at `span`."""

    id: PointId
    topic: TopicId
    article: ArticleId
    version: int
    url: str
    outlet: str
    official: bool  # the outlet is an official channel
    published: datetime  # the version's `told_at`
    seen_at: datetime
    language: str
    category: Category
    span: Span
    quote: str
    context: str  # the sentence before, when the quote cannot be understood alone; else ""
    party: PartyId | None
    stance: Stance | None
    attributed_to: str  # as the article names it; "" for the outlet itself
    source_kind: SourceKind
    via: str  # another outlet that is cited, else ""
    quantities: tuple[Quantity, ...]
    slot: SlotId | None
    modality: Modality
    negated: bool
    rung: Rung | None  # the rung this sentence speaks of, by the topic's cues
    side: SideState | None
    correction: bool  # the sentence takes something back or denies it
    signature: tuple[str, ...]  # language-free marks by which the same fact is recognised
    report_id: ReportId
    development_id: DevelopmentId | None = None
    member: str | None = None  # which member of the party, when it speaks for itself
    confidence: float = 1.0  # 0–1: how sure the cutting was that the sentence carries a point
    fresh: float = 1.0  # 0–1: how likely the article tells it as news, not as something told before


class Standing(StrEnum):
    """Whether a development still holds."""

    STANDING = "standing"
    SUPERSEDED = "superseded"
    DISPUTED = "disputed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Development:
    """One fact told by one or more key points."""

    id: DevelopmentId
    topic: TopicId
    category: Category
    text: str  # the clearest telling, verbatim
    language: str
    first_seen: datetime  # publication time of the first telling
    last_seen: datetime  # publication time of the last telling
    seen_at: datetime  # when planwatch first knew of it
    reports: int  # independent reports
    outlets: tuple[str, ...]
    urls: tuple[str, ...]
    point_ids: tuple[PointId, ...]  # in order of publication
    party: PartyId | None
    stance: Stance | None
    slot: SlotId | None
    value: float | None
    unit: str | None
    status: Standing
    keys: tuple[str, ...]  # looked up by index when a new point may belong here
    member: str | None = None
    exemplars: tuple[PointId, ...] = ()  # points with which new ones are compared; empty: all
    unlisted: int = 0  # points, of its middle, that stand neither in `point_ids` nor in `urls`


class ChangeKind(StrEnum):
    """What moved."""

    NEW = "new"
    VALUE = "value"
    STANCE = "stance"
    RUNG = "rung"
    CONFLICT = "conflict"
    CORRECTION = "correction"
    SETTLED = "settled"  # a conflict ended for the value that stood: `before` is the rival, `after` what stands
    DEADLINE = "deadline"  # a day that lies ahead was stated
    PASSED = "passed"  # that day, `before`, went by; `at` is the midnight after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One movement of the plan. `at` is the publication time of what decided it."""

    id: ChangeId
    topic: TopicId
    at: datetime
    seen_at: datetime
    kind: ChangeKind
    category: Category
    party: PartyId | None
    slot: SlotId | None
    before: str | None
    after: str | None
    development_id: DevelopmentId
    evidence: tuple[PointId, ...]
    why: str = ""  # the rule that decided, for /why
    member: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerState:
    """How far a topic's ledger is written."""

    topic: TopicId
    turn: int = 0  # rises whenever something has to be walked again
    writes: int = 0  # rises whenever the ledger was written
    dirty_from: datetime | None = None  # what was published from then on has to be walked again
    mark: str = ""  # of the rules and the topic file by which it was written
    until: datetime | None = None  # the newest point's publication
    board: Mapping[str, Any] | None = None  # as of then, as `bot.summariser.bookmarks` writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """The walk through a topic's points before a moment, to go on from."""

    topic: TopicId
    at: datetime  # everything published before it is in
    mark: str  # as in LedgerState
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueState:
    """A tracked value as it stands. `party` is set for what one party offers or asks."""

    slot: SlotId
    party: PartyId | None
    modality: Modality
    value: float
    upper: float | None
    unit: str
    text: str  # verbatim
    before: str | None
    since: datetime
    confidence: float
    disputed_by: str | None  # the rival value's text
    disputed_since: datetime | None
    development_id: DevelopmentId
    evidence: tuple[PointId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerState:
    """A layer as it stands."""

    layer: LayerId
    rung: Rung
    rung_since: datetime | None
    rung_why: str
    rung_evidence: tuple[PointId, ...]
    confidence: float
    sides: tuple[SideState, ...]
    values: tuple[ValueState, ...]
    newest: DevelopmentId | None  # newest development that moved the layer
    newest_text: str
    newest_at: datetime | None
    last_told_at: datetime | None  # newest evidence of any kind
    outlets: int
    silence: timedelta | None  # since the last movement; None when nothing is known

    @property
    def silent_days(self) -> int | None:
        """Whole days since the last movement, or None."""
        return None if self.silence is None else self.silence.days


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyState:
    """Where a party stands, overall or on one point (`on` is a category then)."""

    party: PartyId
    on: Category | None
    stance: Stance | None  # None: has not said
    since: datetime | None
    before: Stance | None
    confidence: float
    quote: str
    development_id: DevelopmentId | None
    evidence: tuple[PointId, ...]
    member: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The plan as of a moment."""

    topic: TopicId
    as_of: datetime
    layers: tuple[LayerState, ...]
    parties: tuple[PartyState, ...]  # overall stances, one a party
    differences: tuple[PartyState, ...]  # points on which a stance differs from the overall one
    process: tuple[DevelopmentId, ...]  # newest first
    open_conflicts: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that stands otherwise on two boards. `before` and `after` are as the ledger writes them; None where nothing was, or is, known."""

    kind: ChangeKind  # RUNG (side states after commas), VALUE (several after bars) or STANCE
    category: Category
    slot: SlotId | None
    party: PartyId | None
    member: str | None
    before: str | None
    after: str | None
