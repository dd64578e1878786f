"""Whether two stances of one party are about the same thing, so that the later one moves the earlier. Knows marks of sentences, decides by points.

A party takes many stances at once: on the force, on the term, on a single clause. Which of them a new one turns shows in what both name, and in
that a report of a move tells the old stance beside the new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from bot.model.stories import KeyPoint
from bot.model.topics import SlotId

# Points for and against, rounded from a logistic regression over the pairs of stances of one party in the corpora that may be learned from;
# leaving any one corpus out of it, the pairs that turn are found with an F1 of 0.88 (`python -m tests.quality.turns`).
SAME_MEMBER = 4.5
SAME_VALUE = 5.0
SAME_WORDS = 6.5  # for a share of MOST_ALIKE or more of the concepts that either names
TOLD_BESIDE = 3.0
OTHER_LAYER = -2.5
NEEDED = 3.4
MOST_ALIKE = 0.4
SENTENCES = ""  # under which `commonness` counts sentences
BESIDE = 400  # characters between the beginnings of two sentences: the next one, or the one after


@dataclass(frozen=True, slots=True)
class Issue:
    """What a stance is about, by all sentences that told it."""

    tellings: tuple[KeyPoint, ...]
    marks: frozenset[str]
    layers: frozenset[str]
    slots: frozenset[SlotId]
    member: str | None


def issue_of(tellings: Sequence[KeyPoint]) -> Issue:
    """What these sentences are about together."""
    marks = {mark for point in tellings for mark in point.signature}
    return Issue(
        tuple(tellings),
        frozenset(mark for mark in marks if mark.startswith("c:")),
        frozenset(mark for mark in marks if mark.startswith("L:")),
        frozenset(point.slot for point in tellings if point.slot),
        next((point.member for point in tellings if point.member), None),
    )


def sameness(one: Issue, other: Issue, commonness: Counter[str]) -> float | None:
    """Points for both being about one thing; None where they are of two members."""
    if one.member and other.member and one.member != other.member:
        return None
    points = SAME_WORDS * min(alike(one.marks, other.marks, commonness) / MOST_ALIKE, 1.0)
    if one.member and one.member == other.member:
        points += SAME_MEMBER
    if one.slots & other.slots:
        points += SAME_VALUE
    if not one.marks and not other.marks and one.layers == other.layers:
        points += NEEDED  # nothing tells them apart: both are about the plan, or the layer, as a whole
    if one.layers and other.layers and not one.layers & other.layers:
        points += OTHER_LAYER
    return points + (TOLD_BESIDE if told_beside(one.tellings, other.tellings) else 0.0)


def alike(one: Iterable[str], other: Iterable[str], commonness: Counter[str]) -> float:
    """Weighted Jaccard of two sets of marks: the rarer a mark among positions so far, the more it says."""
    a, b, sentences = set(one), set(other), commonness[SENTENCES] + 1
    weight = {mark: log(sentences / (commonness[mark] + 0.5)) for mark in a | b}
    whole = sum(weight.values())
    return sum(weight[mark] for mark in a & b) / whole if whole else 0.0


def told_beside(one: Sequence[KeyPoint], other: Sequence[KeyPoint]) -> bool:
    """Whether an article tells both within a few sentences."""
    places: dict[str, list[int]] = {}
    for point in one:
        places.setdefault(point.article, []).append(point.span.start)
    return any(abs(point.span.start - place) < BESIDE for point in other for place in places.get(point.article, ()))
