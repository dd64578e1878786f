"""Writes one line of the change ledger. Knows how values are written down, not when they move."""

from __future__ import annotations

from hashlib import blake2b

from bot.model.stories import Change, ChangeId, ChangeKind, DevelopmentId, KeyPoint, PointId
from bot.model.topics import Category
from bot.summariser.values import date_of


def value_text(point: KeyPoint) -> str:
    """A tracked value for the ledger: "800000", "30–50", "2026-03-10". The unit is the slot's."""
    quantity = point.quantities[0]
    if quantity.unit == "date":
        day = date_of(quantity.value)
        return day.isoformat() if day else quantity.text
    low = f"{quantity.value:.12g}"
    return low if quantity.upper is None else f"{low}–{quantity.upper:.12g}"


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
        slot=point.slot if kind in (ChangeKind.VALUE, ChangeKind.CONFLICT, ChangeKind.NEW) else None,
        before=before,
        after=after,
        development_id=development,
        evidence=(point.id, *(other for other in also if other != point.id)),
        why=why,
        member=point.member,
    )
