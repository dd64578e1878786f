"""Puts together what moved on the same thing within one window: A to B to C is A to C, there and back is nothing. Knows changes, not digests.

A window compares its end with its beginning, so a week is told in as many words as a day: a conflict that opened and was settled is told as
settled, what was told and taken back only as taken back, a day that was stated and went by only as gone by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.model.stories import Change, ChangeKind, KeyPoint, PointId

_VALUES = (ChangeKind.VALUE, ChangeKind.CONFLICT, ChangeKind.SETTLED)
_MOVES = (ChangeKind.VALUE, ChangeKind.STANCE, ChangeKind.RUNG)
_FIRST = (ChangeKind.NEW, ChangeKind.DEADLINE)


@dataclass(frozen=True, slots=True)
class Merged:
    """One movement of a window. `head` is its last change, with `before` as it was when it began; `parts` are all it stands for."""

    head: Change
    parts: tuple[Change, ...]

    @property
    def returned(self) -> bool:
        """Whether it ends where it began, which is no movement."""
        return len(self.parts) > 1 and self.head.kind in _MOVES and self.head.before == self.head.after


def merged(changes: Sequence[Change], known: Mapping[PointId, KeyPoint]) -> list[Merged]:
    """The movements of a window, in the order in which they ended, those that returned among them."""
    found: list[Merged] = []
    for change in sorted(changes, key=lambda each: (each.at, each.kind not in _FIRST, each.id)):
        earlier = [each for each in found if _goes_on(change, each.head, known)]
        found = [each for each in found if each not in earlier]
        parts = tuple(part for each in earlier for part in each.parts)
        found.append(Merged(_onwards([each.head for each in earlier], change), (*parts, change)))
    return [_as_new(each) for each in found]


def _as_new(movement: Merged) -> Merged:
    """What was first told in the window, moved and came back, is new as it was told."""
    if movement.returned and movement.parts[0].kind in _FIRST:
        return Merged(movement.parts[0], movement.parts)
    return movement


def _goes_on(change: Change, head: Change, known: Mapping[PointId, KeyPoint]) -> bool:
    """Whether `change` moves on what `head` told."""
    if change.kind is ChangeKind.CORRECTION:
        return head.development_id == change.before and head.kind is not ChangeKind.RUNG
    if change.kind is ChangeKind.PASSED:
        return head.development_id == change.development_id and head.kind in (*_FIRST, ChangeKind.VALUE)
    if change.kind is ChangeKind.RUNG:
        return head.kind is ChangeKind.RUNG and head.category == change.category and head.after == change.before
    if change.kind is ChangeKind.STANCE:
        return head.kind in (*_FIRST, ChangeKind.STANCE) and _turns(change, head, known)
    return change.kind in _VALUES and _moves_value(change, head)


def _turns(change: Change, head: Change, known: Mapping[PointId, KeyPoint]) -> bool:
    """Whether the stance that was turned from is the one that `head` brought."""
    if head.party != change.party or head.after != change.before:
        return False
    old = known.get(change.evidence[1]) if len(change.evidence) > 1 else None
    return old is None or old.development_id == head.development_id or change.evidence[1] in head.evidence


def _moves_value(change: Change, head: Change) -> bool:
    """Whether it is the same value, and stood where `change` begins. An open conflict shows both sides, whatever moved before."""
    if change.slot is None or _value(head) != _value(change) or change.kind is ChangeKind.CONFLICT:
        return False
    if head.kind is ChangeKind.CONFLICT:
        return {change.before, change.after} == {head.before, head.after}
    return head.after == (change.after if change.kind is ChangeKind.SETTLED else change.before)


def _value(change: Change) -> tuple[object, ...]:
    return change.category, change.slot, change.party, change.member


def _onwards(heads: Sequence[Change], change: Change) -> Change:
    """`change`, told from where its forerunners began."""
    evidence = tuple(dict.fromkeys((*change.evidence, *(point for head in heads for point in head.evidence))))
    moved = next((head for head in heads if head.kind is not ChangeKind.CONFLICT), None)
    if change.kind is ChangeKind.SETTLED and moved is not None:
        own = tuple(dict.fromkeys((*moved.evidence, *evidence)))
        return replace(moved, at=change.at, seen_at=change.seen_at, evidence=own)
    if change.kind in _MOVES and moved is not None:
        return replace(change, before=moved.after if moved.kind in _FIRST else moved.before, evidence=evidence)
    return replace(change, evidence=evidence)
