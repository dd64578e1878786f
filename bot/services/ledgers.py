"""Brings one topic's developments and changes up to date with its points. Knows the store by its port; decides nothing itself."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from bot.model.stories import Change, Development, DevelopmentId, KeyPoint
from bot.model.topics import Category
from bot.ports import Plan, Store
from bot.summariser.analysis import Analyst
from bot.summariser.changes import Ledger, ledger_of
from bot.summariser.developments import Joined, development_of, join


async def refresh_ledger(store: Store, analyst: Analyst) -> None:
    """Join points that belong nowhere yet, recompute the topic's changes and how its developments stand; write what differs."""
    topic = analyst.topic
    points = {point.id: point for point in await store.points(topic.id)}
    joined = await asyncio.to_thread(_join_waiting, tuple(points.values()), analyst)
    points.update({point.id: point for point in joined.points})
    ledger = await asyncio.to_thread(ledger_of, topic, tuple(points.values()))
    stored = _by_category(await store.changes(topic.id))
    changed = tuple(
        (topic.id, category, found)
        for category, found in ledger.changes.items()
        if set(found) != set(stored.get(category, ()))
    )
    known = {development.id: development for development in await store.developments(topic.id)}
    known.update({development.id: development for development in joined.developments})
    retired = dict(joined.retired)
    standing = [development for development in known.values() if development.id not in retired]
    developments = _restated(standing, tuple(points.values()), ledger, analyst)
    fresh = {d.id: d for d in (*joined.developments, *developments)}
    if changed or fresh or joined.points:
        await store.apply(
            Plan(points=joined.points, developments=tuple(fresh.values()), retired=joined.retired, changes=changed)
        )


def _join_waiting(points: Sequence[KeyPoint], analyst: Analyst) -> Joined:
    waiting = [point for point in points if point.development_id is None]
    if not waiting:
        return Joined((), (), ())
    return join(waiting, [point for point in points if point.development_id], analyst.weights)


def _by_category(changes: Sequence[Change]) -> Mapping[Category, list[Change]]:
    table: dict[Category, list[Change]] = {}
    for change in changes:
        table.setdefault(change.category, []).append(change)
    return table


def _restated(
    known: Sequence[Development], points: Sequence[KeyPoint], ledger: Ledger, analyst: Analyst
) -> tuple[Development, ...]:
    """Developments whose standing, reports or outlets are no longer what is stored."""
    groups: dict[DevelopmentId, list[KeyPoint]] = {}
    for point in points:
        if point.development_id:
            groups.setdefault(point.development_id, []).append(point)
    restated = []
    for development in known:
        group = groups.get(development.id)
        if not group:
            continue
        status = ledger.standings.get(development.id, development.status)
        if status is not development.status or len({p.report_id for p in group}) != development.reports:
            restated.append(development_of(development.id, group, analyst.weights.rarity, status))
    return tuple(restated)
