"""What is known of a plan at one moment of the walk: values, stances, rungs, developments. Holds it and decides nothing.

What stands is immutable and replaced, so that a copy of the containers is a snapshot: `copy` costs one reference a point.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any, Self

from bot.model.stories import Change, ChangeId, ChangeKind, DevelopmentId, KeyPoint, PointId, Standing
from bot.model.topics import Category, PartyId, Rung, SideState, Stance, Topic
from bot.summariser.entries import entry
from bot.summariser.voices import is_sure

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holding:
    """A tracked value as it stands, with its rival while two reports dispute it."""

    point: KeyPoint
    since: datetime
    before: str | None
    development: DevelopmentId
    last_told: datetime
    rival: KeyPoint | None = None
    rival_since: datetime | None = None
    conflict: Change | None = None
    previous: Holding | None = None  # what stands again when this one is taken back


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a party or one of its members stands on one point at issue."""

    point: KeyPoint
    since: datetime
    before: Stance | None
    told: tuple[DevelopmentId, ...]  # the developments that say so, newest last
    member: str | None = None
    previous: Stand | None = None  # what stands again when this one is taken back


@dataclass(frozen=True, slots=True)
class Step:
    """The rung on which a layer stands."""

    rung: Rung = Rung.UNKNOWN
    since: datetime | None = None
    why: str = ""
    evidence: tuple[PointId, ...] = ()
    confidence: float = 0.0


@dataclass
class State:
    """All that is known. `changes` are in the order in which they were found."""

    topic: Topic
    changes: list[Change] = field(default_factory=list)
    values: dict[Key, Holding] = field(default_factory=dict)
    stands: dict[PartyId, list[Stand]] = field(default_factory=lambda: defaultdict(list))
    steps: dict[Category, Step] = field(default_factory=dict)
    sides: dict[tuple[Category, SideState], list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))
    standings: dict[DevelopmentId, Standing] = field(
        default_factory=dict
    )  # of what is forgotten only what does not stand
    firsts: dict[DevelopmentId, KeyPoint] = field(default_factory=dict)
    tellings: dict[DevelopmentId, list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))
    by_category: dict[Category, list[DevelopmentId]] = field(default_factory=lambda: defaultdict(list))
    by_value: dict[Key, list[DevelopmentId]] = field(default_factory=lambda: defaultdict(list))  # that gave it, however
    doubted: set[tuple[Key, str]] = field(default_factory=set)  # values that wait for a second report
    rung_evidence: dict[tuple[Category, Rung], list[KeyPoint]] = field(default_factory=lambda: defaultdict(list))
    deadlines: dict[DevelopmentId, Change] = field(default_factory=dict)  # days ahead that no slot tracks
    commonness: Counter[str] = field(default_factory=Counter)  # concepts by how many sentences have them
    passed: set[ChangeId] = field(default_factory=set)  # days whose passing was written down
    told: set[DevelopmentId] = field(default_factory=set)  # of which a change tells, unless they are forgotten
    forgotten: frozenset[DevelopmentId] = frozenset()  # told once, and let go since; copies share it
    heard: dict[Category, dict[str, datetime]] = field(default_factory=lambda: defaultdict(dict))  # outlets, last
    day: date | None = None  # of the last moment, UTC

    def copy(self) -> Self:
        """The same, to walk on from without touching this one."""
        return type(self)(**{each.name: _copied(getattr(self, each.name)) for each in fields(self)})

    def note(
        self,
        kind: ChangeKind,
        point: KeyPoint,
        development: DevelopmentId,
        before: str | None,
        after: str | None,
        why: str,
        also: tuple[PointId, ...] = (),
        category: Category | None = None,
    ) -> Change:
        """Write a line of the ledger. It was seen when the last of what makes it sure was."""
        change = entry(kind, point, development, before, after, why, also, category)
        if not is_sure([point]):
            seen_at = max((told.seen_at for told in self.tellings[development]), default=change.seen_at)
            change = replace(change, seen_at=max(seen_at, change.seen_at))
        self.changes.append(change)
        self.told.add(development)
        return change

    def holds(self, development: DevelopmentId) -> bool:
        """Whether it was not taken back."""
        return self.standings.get(development) is not Standing.CORRECTED


def _copied(part: Any) -> Any:
    """A container of its own, and one level of containers within."""
    if isinstance(part, defaultdict):
        inner = {key: value.copy() if isinstance(value, list | dict) else value for key, value in part.items()}
        return defaultdict(part.default_factory, inner)
    return part.copy() if isinstance(part, dict | list | set | Counter) else part
