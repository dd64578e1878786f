"""What stands for a development that has been told too often to be looked at whole. Knows points and developments, not where they are kept.

All is chosen by what the points say and when they were published, so that it does not matter in which order they came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId, Standing
from bot.summariser.developments import development_of
from bot.summariser.signatures import keys_of

MOST = 24  # exemplars of a development
LISTED = 100  # points and addresses that a development names: its exemplars and its newest
MOST_KEYS = 80  # under which a development is looked up


def told_whole(
    identity: DevelopmentId, points: Sequence[KeyPoint], rarity: Mapping[str, float], status: Standing
) -> Development:
    """The development that all these points, in order of publication, tell, as it is kept."""
    return _listed(_exemplified(development_of(identity, points, rarity, status), points, rarity))


def told_again(
    known: Development,
    exemplars: Sequence[KeyPoint],
    gained: Sequence[KeyPoint],
    reports: int,
    rarity: Mapping[str, float],
) -> Development:
    """The development with points that it gained, from them and its exemplars alone; `reports` of them are new to it."""
    points = sorted((*exemplars, *gained), key=order)
    told = development_of(known.id, points, rarity, known.status)
    valued = known if known.slot else told
    told = replace(
        told,
        category=known.category,
        party=known.party,
        stance=known.stance or told.stance,
        member=known.member or told.member,
        slot=valued.slot,
        value=valued.value,
        unit=valued.unit,
        first_seen=min(known.first_seen, told.first_seen),
        last_seen=max(known.last_seen, told.last_seen),
        seen_at=min(known.seen_at, told.seen_at),
        reports=known.reports + reports,
        outlets=tuple(dict.fromkeys((*known.outlets, *told.outlets))),
        urls=tuple(dict.fromkeys((*known.urls, *(point.url for point in gained)))),
        point_ids=_in_order(known, points),
        unlisted=known.unlisted,
    )
    return _listed(_exemplified(told, points, rarity))


def is_whole(known: Development, exemplars: Sequence[KeyPoint]) -> bool:
    """Whether these are all points of the development."""
    return not known.unlisted and {point.id for point in exemplars} >= set(known.point_ids)


def order(point: KeyPoint) -> tuple[object, ...]:
    """By publication."""
    return (point.published, point.id)


def _exemplified(told: Development, points: Sequence[KeyPoint], rarity: Mapping[str, float]) -> Development:
    chosen = _chosen(told, points)
    keys = {key: None for point in reversed(chosen) for key in keys_of(point.signature, rarity)}
    lasting = sorted(keys, key=lambda key: not key.startswith("v:"))  # values first: they never grow old
    return replace(told, exemplars=tuple(point.id for point in chosen), keys=tuple(sorted(lasting[:MOST_KEYS])))


def _chosen(told: Development, points: Sequence[KeyPoint]) -> Sequence[KeyPoint]:
    if len(points) <= MOST:
        return points
    kept = {point.id: point for point in _telling(told, points)}
    for point in reversed(points):
        if len(kept) >= MOST:
            break
        kept[point.id] = point
    return sorted(kept.values(), key=order)


def _telling(told: Development, points: Sequence[KeyPoint]) -> Iterator[KeyPoint]:
    """Those from which a development has its id, text, value, stance and member, and the newest in each language."""
    yield points[0]
    for said in ("text", "slot", "stance", "member"):
        place = "quote" if said == "text" else said
        yield from [point for point in points if getattr(point, place) == getattr(told, said)][:1]
    yield from {point.language: point for point in points}.values()


def _in_order(known: Development, points: Sequence[KeyPoint]) -> tuple[PointId, ...]:
    """The ids of old, with the new ones where their publication puts them: a place is known to the newest exemplars."""
    ids = list(known.point_ids)
    for place, point in enumerate(points):
        if point.id not in known.point_ids:
            before = next((ids.index(other.id) for other in reversed(points[:place]) if other.id in ids), -1)
            ids.insert(before + 1, point.id)
    return tuple(ids)


def _listed(told: Development) -> Development:
    """With its exemplars, and of its other points and addresses the newest."""
    room = LISTED - len(told.exemplars)
    others = [each for each in told.point_ids if each not in told.exemplars]
    kept = {*told.exemplars, *others[-room:]}
    ids = tuple(each for each in told.point_ids if each in kept)
    unlisted = told.unlisted + len(told.point_ids) - len(ids)
    return replace(told, point_ids=ids, urls=(*told.urls[:1], *told.urls[1:][-LISTED:]), unlisted=unlisted)
