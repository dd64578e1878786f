"""Short ways to walk points and look at what came of them, for tests of the walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.model.stories import Change, KeyPoint, PointId, ReportId, Standing
from bot.model.topics import PartyId
from bot.summariser.changes import ledger_of
from bot.summariser.course import Course
from bot.summariser.positions import Place, newest
from bot.summariser.state import Stand
from tests.builders import DAY, HOUR, NOON, a_topic, a_value

TOPIC = a_topic()
LATER = NOON + 10 * DAY
OURS = a_value(15, slot="deploy_days", unit="days", category="force", by="Lantern")
RIVAL = a_value(10, slot="deploy_days", unit="days", category="force", by="Kestrel", at=NOON + DAY)


def walked(*points: KeyPoint) -> Course:
    """The walk of these points."""
    return Course(TOPIC).walk(points)


def changes(*points: KeyPoint) -> list[Change]:
    """What they moved, in order of time."""
    found = ledger_of(TOPIC, points).changes.values()
    return sorted((change for some in found for change in some), key=lambda change: (change.at, change.id))


def moves(*points: KeyPoint) -> list[tuple[str, str | None, str | None]]:
    """The same as (kind, before, after)."""
    return [(str(change.kind), change.before, change.after) for change in changes(*points)]


def standing(points: Sequence[KeyPoint], fact: str) -> Standing:
    """How the development stands of the first point whose id has `fact` in it."""
    return ledger_of(TOPIC, points).standings[next(p.development_id for p in points if fact in p.id)]  # type: ignore[index]


def stands(party: str, *points: KeyPoint) -> dict[Place, Stand]:
    """Where a party and its members stand."""
    known = TOPIC.party(party)
    assert known is not None and known.id == PartyId(party)
    return dict(newest(walked(*points), known))


def backing(point: KeyPoint, by: str, hours: int, **given: Any) -> KeyPoint:
    """The same told by another outlet, hours later, in a report of its own."""
    return replace(
        point,
        id=PointId(f"{point.id}-{by}-{hours}"),
        outlet=by,
        published=point.published + hours * HOUR,
        report_id=ReportId(f"r-{by}-{hours}"),
        **given,
    )
