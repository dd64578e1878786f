"""What is new, moved, contradicted or corrected: the ledger of a topic from its key points. Knows no store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model.stories import Change, DevelopmentId, KeyPoint, Standing
from bot.model.topics import Category, Topic
from bot.summariser.course import Course


@dataclass(frozen=True, slots=True)
class Ledger:
    """Changes by category in order of time, and how each development stands."""

    changes: Mapping[Category, tuple[Change, ...]]
    standings: Mapping[DevelopmentId, Standing]  # without what stands and was forgotten


def ledger_of(topic: Topic, points: Sequence[KeyPoint]) -> Ledger:
    """The ledger that these points make. The same points give the same ledger, in whatever order they come."""
    return ledger_from(Course(topic).walk(points))


def ledger_from(course: Course) -> Ledger:
    """The ledger of a walk, with the days ahead that go by unless something moves them: their lines lie in the future."""
    table: dict[Category, dict[str, Change]] = {category: {} for category in course.topic.categories}
    for change in (*course.changes, *course.foreseen()):
        table.setdefault(change.category, {}).setdefault(change.id, change)
    ordered = {category: tuple(sorted(found.values(), key=lambda c: (c.at, c.id))) for category, found in table.items()}
    return Ledger(ordered, course.standings)
