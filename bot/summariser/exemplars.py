"""What stands for a development: its first tellings and its newest. Knows points and developments, not where they are kept.

All is said by what the points say and when they were published, so that it does not matter in which order they came, nor how many at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.model.stories import Development, DevelopmentId, KeyPoint, PointId, Standing
from bot.summariser.signatures import keys_of
from bot.summariser.voices import category_of

EARLIEST, NEWEST = (
    3,
    5,
)  # of the tellings that stand for a development; with 6 and 18 of them facts were told apart no better, at thrice the cost
LISTED = 100  # points and addresses that a development names: its exemplars and its newest
MOST_KEYS = 80  # under which a development is looked up


def order(point: KeyPoint) -> tuple[object, ...]:
    """By publication."""
    return (point.published, point.id)


def exemplars_of(points: Sequence[KeyPoint]) -> Sequence[KeyPoint]:
    """Of points in order of publication those that stand for all."""
    return points if len(points) <= EARLIEST + NEWEST else (*points[:EARLIEST], *points[-NEWEST:])


def keys_told(exemplars: Sequence[KeyPoint], rarity: Mapping[str, float]) -> tuple[str, ...]:
    """The keys under which a development is looked up, sorted: values first, for they never grow old, then those of its newest tellings."""
    return bounded(keys_of(point.signature, rarity) for point in reversed(exemplars))


def bounded(keys: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Of these keys, the newest telling's first, as many as a development has; sorted."""
    newest = dict.fromkeys(key for told in keys for key in told)
    return tuple(sorted(sorted(newest, key=lambda key: not key.startswith("v:"))[:MOST_KEYS]))


def development_of(
    identity: DevelopmentId,
    points: Sequence[KeyPoint],
    rarity: Mapping[str, float],
    status: Standing = Standing.STANDING,
) -> Development:
    """The development that all these points, in order of publication, tell."""
    chosen = exemplars_of(points)
    first, clearest, category = points[0], min(chosen[:EARLIEST], key=_clarity), category_of(chosen)
    own = [point for point in chosen if point.category == category]
    valued = next((point for point in own if point.slot), first)
    value = valued.quantities[0] if valued.slot and valued.quantities else None
    told = Development(
        id=identity,
        topic=first.topic,
        category=category,
        text=clearest.quote,
        language=clearest.language,
        first_seen=first.published,
        last_seen=points[-1].published,
        seen_at=min(point.seen_at for point in points),
        reports=len({point.report_id for point in points}),
        outlets=tuple(dict.fromkeys(point.outlet for point in points)),
        urls=tuple(dict.fromkeys(point.url for point in points)),
        point_ids=tuple(point.id for point in points),
        party=own[0].party,
        stance=next((point.stance for point in own if point.stance), None),
        slot=valued.slot,
        value=value.value if value else None,
        unit=value.unit if value else None,
        status=status,
        keys=keys_told(chosen, rarity),
        member=next((point.member for point in own if point.member), None),
        exemplars=tuple(point.id for point in chosen),
    )
    return _listed(told)


def told_again(
    known: Development,
    exemplars: Sequence[KeyPoint],
    gained: Sequence[KeyPoint],
    reports: int,
    rarity: Mapping[str, float],
) -> Development:
    """The development with later points that it gained, from them and its exemplars alone; `reports` of them are new to it. The same as
    `development_of` makes of all its points.
    """
    told = development_of(known.id, (*exemplars, *gained), rarity, known.status)
    return _listed(
        replace(
            told,
            seen_at=min(known.seen_at, told.seen_at),
            reports=known.reports + reports,
            outlets=tuple(dict.fromkeys((*known.outlets, *told.outlets))),
            urls=tuple(dict.fromkeys((*known.urls, *(point.url for point in gained)))),
            point_ids=(*known.point_ids, *(point.id for point in gained)),
            unlisted=known.unlisted,
        )
    )


def is_whole(known: Development, exemplars: Iterable[PointId]) -> bool:
    """Whether these are all points of the development."""
    return not known.unlisted and set(exemplars) >= set(known.point_ids)


def _clarity(point: KeyPoint) -> tuple[object, ...]:
    """Earlier, self-contained, neither very short nor very long tellings come first."""
    odd_length = not 40 <= len(point.quote) <= 260
    return (bool(point.context), odd_length, point.published, point.id)


def _listed(told: Development) -> Development:
    """With its exemplars, and of its other points and addresses the newest."""
    room = LISTED - len(told.exemplars)
    others = [each for each in told.point_ids if each not in told.exemplars]
    kept = {*told.exemplars, *others[-room:]}
    ids = tuple(each for each in told.point_ids if each in kept)
    unlisted = told.unlisted + len(told.point_ids) - len(ids)
    return replace(told, point_ids=ids, urls=(*told.urls[:1], *told.urls[1:][-LISTED:]), unlisted=unlisted)
