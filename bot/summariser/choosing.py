"""What enters a digest, what is left out, and why. Knows changes and points of one topic; wording is `present`'s affair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.model.digests import Digest, DigestCounts, LeftOut, Window, WindowBy
from bot.model.stories import Change, ChangeKind, Development, DevelopmentId, KeyPoint
from bot.model.topics import POSITION, PROCESS, Category, LayerId, Topic
from bot.summariser.items import Told, sections
from bot.summariser.leaving import count_known, moment_of, silences
from bot.summariser.merging import Merged, merged

TOO_OLD = timedelta(days=3)  # a subscriber's digest takes nothing published longer before its window

# Weight of a movement in a digest: what moves the board goes first (docs/decisions.md, "order of a digest").
_WEIGHT = {
    ChangeKind.RUNG: 6.0,
    ChangeKind.CORRECTION: 5.5,
    ChangeKind.STANCE: 5.0,
    ChangeKind.VALUE: 5.0,
    ChangeKind.CONFLICT: 4.5,
    ChangeKind.PASSED: 4.5,
    ChangeKind.SETTLED: 4.0,
    ChangeKind.DEADLINE: 3.0,
    ChangeKind.NEW: 2.0,
}
_TRACKED = 0.5
_CONFIRMED = 0.25  # for each independent report, at most so many:
_MOST_REPORTS = 6


@dataclass(frozen=True, slots=True)
class _Reader:
    """For whom a digest is: what was told before, and which layers are followed (none: all)."""

    told: frozenset[str]
    layers: Sequence[LayerId]

    def follows(self, category: Category) -> bool:
        """Parties and the process belong to every choice of layers."""
        return (
            not self.layers or category.startswith(POSITION) or category == PROCESS or LayerId(category) in self.layers
        )


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
    moved = _moved(changes, window, _Reader(told, layers), left)
    groups = _groups(merged(moved, known), left)
    chosen = _chosen(groups, _reports(points), limit)
    left[LeftOut.OVER_LIMIT] += len(groups) - len(chosen)
    count_known(points, window, {change.development_id for change in moved}, left)
    return Digest(
        topic=topic.id,
        title=topic.names.of(language),
        window=window,
        language=language,
        sections=sections(topic, chosen, known, {each.id: each for each in developments}, language),
        counts=counts,
        left_out=tuple((reason, left[reason]) for reason in LeftOut if left[reason]),
        silences=silences(topic, changes, window, language),
    )


def _moved(changes: Sequence[Change], window: Window, reader: _Reader, left: Counter[LeftOut]) -> list[Change]:
    kept = []
    for change in changes:
        if not window.since <= moment_of(change, window) < window.until:
            continue
        if change.id in reader.told:
            left[LeftOut.TOLD_BEFORE] += 1
        elif window.by is WindowBy.SEEN and change.at < window.since - TOO_OLD:
            left[LeftOut.TOO_OLD] += 1
        elif not reader.follows(change.category):
            left[LeftOut.NOT_CHOSEN] += 1
        else:
            kept.append(change)
    return kept


def _groups(movements: Sequence[Merged], left: Counter[LeftOut]) -> list[Told]:
    """One item a development and category, its weightiest and newest movement first; what came back to where it was is left out."""
    groups: dict[tuple[DevelopmentId, Category], list[Merged]] = defaultdict(list)
    for movement in movements:
        if movement.returned:
            left[LeftOut.RETURNED] += 1
        else:
            groups[movement.head.development_id, movement.head.category].append(movement)
    for group in groups.values():
        group.sort(key=lambda each: (-_WEIGHT[each.head.kind], each.head.at, each.head.id))
    return [tuple(group) for group in groups.values()]


def _chosen(groups: Sequence[Told], reports: Mapping[DevelopmentId, int], limit: int) -> list[Told]:
    """The weightiest; where there is not room for all, each category's first goes before any category's second."""
    ranked = sorted(groups, key=lambda group: _rank(group, reports))
    seen: Counter[Category] = Counter()
    turns: list[tuple[int, int, Told]] = []
    for group in ranked:
        turns.append((min(seen[group[0].head.category], 1), len(turns), group))
        seen[group[0].head.category] += 1
    kept = sorted(turns, key=lambda turn: turn[:2])[:limit]
    return [group for _, _, group in sorted(kept, key=lambda turn: turn[1])]


def _rank(group: Told, reports: Mapping[DevelopmentId, int]) -> tuple[object, ...]:
    head = group[0].head
    confirmed = _CONFIRMED * min(reports.get(head.development_id, 0), _MOST_REPORTS)
    return (-(_WEIGHT[head.kind] + (_TRACKED if head.slot else 0.0) + confirmed), head.at, head.id)


def _reports(points: Sequence[KeyPoint]) -> dict[DevelopmentId, int]:
    """Independent reports of each development."""
    told: dict[DevelopmentId, set[object]] = defaultdict(set)
    for point in points:
        if point.development_id:
            told[point.development_id].add(point.report_id)
    return {development: len(found) for development, found in told.items()}
