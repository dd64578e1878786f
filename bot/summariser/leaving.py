"""What a digest leaves out, counted by reason, and the layers that did not move. Knows changes and points, not what was chosen or why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.model.digests import LeftOut, Silence, Window, WindowBy
from bot.model.stories import Change, ChangeKind, DevelopmentId, KeyPoint
from bot.model.topics import Category, Topic
from bot.summariser.voices import is_sure


def count_known(points: Sequence[KeyPoint], window: Window, moved: set[DevelopmentId], left: Counter[LeftOut]) -> None:
    """Among the points of the window: known facts told again, copies of one report, and facts that nothing makes sure so far."""
    tellings: dict[DevelopmentId | None, list[KeyPoint]] = defaultdict(list)
    for point in points:
        if _moment(point, window) < window.until:
            tellings[point.development_id].append(point)
    for development, told in tellings.items():
        within = [point for point in told if _moment(point, window) >= window.since]
        reports = {point.report_id for point in within}
        left[LeftOut.COPY] += len(within) - len(reports)
        if reports and not is_sure(told):
            left[LeftOut.UNSURE] += 1
        elif development not in moved:
            left[LeftOut.REPEAT] += len(reports)


def moment_of(change: Change, window: Window) -> datetime:
    """When a change happened by the window's clock."""
    return change.seen_at if window.by is WindowBy.SEEN else change.at


def silences(topic: Topic, changes: Sequence[Change], window: Window, language: str) -> tuple[Silence, ...]:
    """Layers that did not move in the window, with whole days since they last did; the longest silence first."""
    moves = [change for change in changes if change.kind is not ChangeKind.PASSED]
    moved = {change.category for change in moves if window.since <= moment_of(change, window) < window.until}
    found = []
    for layer in topic.layers:
        category = Category(layer.id)
        last = max((each.at for each in moves if each.category == category and each.at < window.until), default=None)
        if last is not None and last < window.since and category not in moved:
            found.append(Silence(category=category, title=layer.names.of(language), days=(window.until - last).days))
    return tuple(sorted(found, key=lambda silence: -silence.days))


def _moment(point: KeyPoint, window: Window) -> datetime:
    return point.seen_at if window.by is WindowBy.SEEN else point.published
