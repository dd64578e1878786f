"""Writes one line of the change ledger. Knows how values are written down, not when they move."""

from __future__ import annotations

from hashlib import blake2b

from bot.model.stories import Change, ChangeId, ChangeKind, DevelopmentId, KeyPoint, PointId
from bot.model.topics import Category
from bot.summariser.values import date_of

_OF_VALUES = frozenset(ChangeKind) - {ChangeKind.STANCE, ChangeKind.RUNG, ChangeKind.CORRECTION}


def value_text(point: KeyPoint) -> str:
    """A tracked value for the ledger: "800000", "30–50", "2026-03-10". The unit is the slot's."""
    quantity = point.quantities[0]
    return written(quantity.value, quantity.upper, quantity.unit, quantity.text)


def written(value: float, upper: float | None, unit: str, text: str) -> str:
    """The same from a value's parts; `text` is what its sentence says, for a day that no calendar has."""
    if unit == "date":
        day = date_of(value)
        return day.isoformat() if day else text
    return f"{value:.12g}" if upper is None else f"{value:.12g}–{upper:.12g}"


def entry(
    kind: ChangeKind,
    point: KeyPoint,
    development: DevelopmentId,
    before: str | None,
    after: str | None,
    why: str,
    also: tuple[PointId, ...] = (),
    category: Category | None = None,
) -> Change:
    """The change that `point` brings. Its id depends on what moved and when, not on what else is known."""
    where = category or point.category
    identity = "\x1f".join((point.topic, kind, where, development, before or "", after or ""))
    return Change(
        id=ChangeId("c" + blake2b(identity.encode(), digest_size=6).hexdigest()),
        topic=point.topic,
        at=point.published,
        seen_at=point.seen_at,
        kind=kind,
        category=where,
        party=point.party,
        slot=point.slot if kind in _OF_VALUES else None,
        before=before,
        after=after,
        development_id=development,
        evidence=(point.id, *(other for other in also if other != point.id)),
        why=why,
        member=point.member,
    )
