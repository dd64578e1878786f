"""What enters a digest, what is left out, and why. Knows changes and points of one topic; wording is `present`'s affair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.model.digests import Digest, DigestCounts, DigestItem, DigestSection, LeftOut, Silence, Window, WindowBy
from bot.model.stories import Change, ChangeKind, Development, DevelopmentId, KeyPoint, PointId
from bot.model.topics import POSITION, PROCESS, Category, LayerId, Topic
from bot.summariser.course import SURE

TOO_OLD = timedelta(days=3)  # a subscriber's digest takes nothing published longer before its window

# Weight of a movement in a digest: what moves the board goes first (docs/decisions.md, "order of a digest").
_WEIGHT = {
    ChangeKind.RUNG: 6.0,
    ChangeKind.CORRECTION: 5.5,
    ChangeKind.STANCE: 5.0,
    ChangeKind.VALUE: 5.0,
    ChangeKind.CONFLICT: 4.5,
    ChangeKind.NEW: 2.0,
}


def choose(
    topic: Topic,
    window: Window,
    *,
    changes: Sequence[Change],
    developments: Sequence[Development],
    points: Sequence[KeyPoint],
    counts: DigestCounts,
    told: frozenset[str] = frozenset(),
    layers: Sequence[LayerId] = (),
    language: str = "en",
    limit: int = 24,
) -> Digest:
    """The digest of a window. `changes` and `points` reach back before the window (for silences, rivals and repeats); `told` are ids of
    changes that this reader already got. `limit` bounds the items; what is over it is counted in `left_out`.
    """
    left: Counter[LeftOut] = Counter()
    known = {point.id: point for point in points}
    moved = [
        change for change in _moved(changes, window, told, layers, left) if _is_sure(change, known, developments, left)
    ]
    groups = _by_development(moved)
    ranked = sorted(groups.values(), key=lambda group: _rank(group, known))
    left[LeftOut.OVER_LIMIT] += max(0, len(ranked) - limit)
    items = [item for group in ranked[:limit] if (item := _item(group, known, developments))]
    _count_repeats(points, window, {change.development_id for change in moved}, left)
    return Digest(
        topic=topic.id,
        title=topic.names.of(language),
        window=window,
        language=language,
        sections=_sections(topic, items, groups, language),
        counts=counts,
        left_out=tuple((reason, left[reason]) for reason in LeftOut if left[reason]),
        silences=_silences(topic, changes, window, language),
    )


def _moved(
    changes: Sequence[Change], window: Window, told: frozenset[str], layers: Sequence[LayerId], left: Counter[LeftOut]
) -> list[Change]:
    kept = []
    for change in changes:
        if not window.since <= _moment(change, window) < window.until:
            continue
        if change.id in told:
            left[LeftOut.TOLD_BEFORE] += 1
        elif window.by is WindowBy.SEEN and change.at < window.since - TOO_OLD:
            left[LeftOut.TOO_OLD] += 1
        elif (
            layers
            and not change.category.startswith(POSITION)
            and change.category != PROCESS
            and LayerId(change.category) not in layers
        ):
            left[LeftOut.NOT_CHOSEN] += 1
        else:
            kept.append(change)
    return kept


def _moment(change: Change, window: Window) -> datetime:
    """When a change happened by the window's clock."""
    return change.seen_at if window.by is WindowBy.SEEN else change.at


def _is_sure(
    change: Change, known: Mapping[PointId, KeyPoint], developments: Sequence[Development], left: Counter[LeftOut]
) -> bool:
    """Whether a new fact is sure enough for a digest: by one sure sentence, or by two reports. Other movements always are."""
    if change.kind is not ChangeKind.NEW:
        return True
    told = next(
        (development.point_ids for development in developments if development.id == change.development_id),
        change.evidence,
    )
    points = [known[point_id] for point_id in told if point_id in known]
    sure = (
        not points
        or max(point.confidence for point in points) >= SURE
        or len({point.report_id for point in points}) > 1
    )
    left[LeftOut.UNSURE] += not sure
    return sure


def _by_development(moved: Sequence[Change]) -> dict[DevelopmentId, list[Change]]:
    """One group a development, its weightiest and newest change first: each item is told once."""
    groups: dict[DevelopmentId, list[Change]] = defaultdict(list)
    for change in moved:
        groups[change.development_id].append(change)
    for group in groups.values():
        group.sort(key=lambda change: (-_WEIGHT[change.kind], change.at, change.id))
    return groups


def _rank(group: Sequence[Change], known: Mapping[PointId, KeyPoint]) -> tuple[object, ...]:
    head = group[0]
    reports = len({known[i].report_id for change in group for i in change.evidence if i in known})
    tracked = 0.5 if head.slot else 0.0
    return (-(_WEIGHT[head.kind] + tracked + 0.25 * reports), head.at, head.id)


def _item(
    group: Sequence[Change], known: Mapping[PointId, KeyPoint], developments: Sequence[Development]
) -> DigestItem | None:
    head = group[0]
    point = known.get(head.evidence[0]) if head.evidence else None
    if point is None:
        return None
    development = next((d for d in developments if d.id == head.development_id), None)
    rival = known.get(head.evidence[1]) if head.kind is ChangeKind.CONFLICT and len(head.evidence) > 1 else None
    others = tuple(outlet for outlet in (development.outlets if development else ()) if outlet != point.outlet)
    return DigestItem(
        development_id=head.development_id,
        kind=head.kind,
        text=development.text if development else point.quote,
        language=point.language,
        quote=point.quote,
        context=point.context,
        url=point.url,
        outlet=point.outlet,
        published=point.published,
        attributed_to=point.attributed_to,
        via=point.via,
        also_reported_by=others,
        before=head.before,
        after=head.after,
        evidence=tuple(dict.fromkeys(i for change in group for i in change.evidence)),
        rival_quote=rival.quote if rival else "",
        rival_outlet=rival.outlet if rival else "",
        rival_url=rival.url if rival else "",
        rival_language=rival.language if rival else "",
        slot=head.slot,
        member=head.member,
        more=tuple(str(change.kind) for change in group[1:]),
    )


def _sections(
    topic: Topic, items: Sequence[DigestItem], groups: Mapping[DevelopmentId, Sequence[Change]], language: str
) -> tuple[DigestSection, ...]:
    """Items by category: sections in the order of their weightiest item, items as ranked."""
    table: dict[Category, list[DigestItem]] = {}
    for item in items:
        table.setdefault(groups[item.development_id][0].category, []).append(item)
    return tuple(
        DigestSection(category=category, title=title_of(topic, category, language), items=tuple(found))
        for category, found in table.items()
    )


def title_of(topic: Topic, category: Category, language: str) -> str:
    """A category's name in a language: the layer's, the party's, or the word for the process."""
    layer = topic.layer(category)
    if layer:
        return layer.names.of(language)
    party = topic.party(category.removeprefix(POSITION))
    if party:
        return party.names.of(language)
    return {"uk": "Процес", "ru": "Процесс"}.get(language, "Process")


def _count_repeats(
    points: Sequence[KeyPoint], window: Window, moved: set[DevelopmentId], left: Counter[LeftOut]
) -> None:
    """Known facts told again, and copies of one report, among the points of the window."""
    reports: set[tuple[object, object]] = set()
    for point in points:
        moment = point.seen_at if window.by is WindowBy.SEEN else point.published
        if not window.since <= moment < window.until:
            continue
        telling = (point.development_id, point.report_id)
        if telling in reports:
            left[LeftOut.COPY] += 1
        elif point.development_id not in moved:
            left[LeftOut.REPEAT] += 1
        reports.add(telling)


def _silences(topic: Topic, changes: Sequence[Change], window: Window, language: str) -> tuple[Silence, ...]:
    """Layers that did not move in the window, with whole days since they last did; the longest silence first."""
    moved = {change.category for change in changes if window.since <= _moment(change, window) < window.until}
    found = []
    for layer in topic.layers:
        last = max(
            (change.at for change in changes if change.category == Category(layer.id) and change.at < window.until),
            default=None,
        )
        if last is not None and last < window.since and Category(layer.id) not in moved:
            found.append(
                Silence(category=Category(layer.id), title=layer.names.of(language), days=(window.until - last).days)
            )
    return tuple(sorted(found, key=lambda silence: -silence.days))
