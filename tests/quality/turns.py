"""Which stance a new one turns: learns it from pairs of labelled stances, one corpus left out: `python -m tests.quality.turns`.

`bot.summariser.issues` holds the weights rounded. A pair is a stance and an earlier one of the same party that stood apart from it and was not
turned yet; it is right where the corpus says that the one supersedes the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.model.corpora import Fact
from bot.model.stories import KeyPoint
from bot.model.topics import Stance
from bot.summariser.issues import MOST_ALIKE, SENTENCES, Issue, alike, issue_of, told_beside
from bot.summariser.stands import side
from tests.quality.course import World, an_analyst, staged, world_of
from tests.quality.fitting import Array, Rows, chances
from tests.quality.known import learning_folders, shipped_topic

STRENGTH = 10.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A new stance, an earlier one, and whether the new one turned it."""

    corpus: str
    new: str
    features: Mapping[str, float]
    right: bool


def pairs_of(world: World, points: Sequence[KeyPoint]) -> Iterator[Pair]:
    """All pairs of a corpus, as they look when the new stance is first told."""
    facts = {fact.id: fact for fact in world.corpus.facts}
    told: dict[str, list[KeyPoint]] = defaultdict(list)
    common: Counter[str] = Counter()
    standing: list[Fact] = []
    for moment in sorted({point.published for point in points}):
        fresh = [point for point in points if point.published == moment]
        new = dict.fromkeys(str(p.development_id) for p in fresh if str(p.development_id) not in told)
        for point in fresh:
            told[str(point.development_id)].append(point)
            common.update({SENTENCES, *(mark for mark in point.signature if mark.startswith("c:"))})
        for fact in (facts[each] for each in new if facts[each].stance):  # type: ignore[index]
            yield from _pairs(world.corpus.name, fact, standing, told, common)
            standing = [*(each for each in standing if each.id != fact.supersedes), fact]


def _pairs(
    corpus: str, fact: Fact, standing: Sequence[Fact], told: Mapping[str, Sequence[KeyPoint]], common: Counter[str]
) -> Iterator[Pair]:
    if fact.stance is Stance.PROPOSES:
        return
    for other in standing:
        if other.category == fact.category and side(other.stance) != side(fact.stance):
            features = features_of(issue_of(told[fact.id]), issue_of(told[other.id]), common)
            yield Pair(corpus, fact.id, features, fact.supersedes == other.id)


def features_of(one: Issue, other: Issue, common: Counter[str]) -> dict[str, float]:
    """The same that the walk weighs."""
    members = {one.member, other.member}
    features = {
        "same member": float(len(members) == 1 and None not in members),
        "other member": float(len(members) == 2 and None not in members),
        "one member": float(len(members) == 2 and None in members),
        "same value": float(bool(one.slots & other.slots)),
        "other layer": float(bool(one.layers) and bool(other.layers) and not one.layers & other.layers),
        "same words": min(alike(one.marks, other.marks, common) / MOST_ALIKE, 1.0),
        "told beside": float(told_beside(one.tellings, other.tellings)),
    }
    return {name: value for name, value in features.items() if value}


def left_out(pairs: Sequence[Pair]) -> Array:
    """For each pair how likely it is, learned from the other corpora."""
    rows, right = Rows(pair.features for pair in pairs), np.array([pair.right for pair in pairs])
    corpora, found = np.array([pair.corpus for pair in pairs]), np.zeros(len(pairs))
    for name in sorted(set(corpora)):
        asked = corpora == name
        found[asked] = chances(rows.fit(~asked, right, STRENGTH).scores(asked))
    return found


def best_f1(pairs: Sequence[Pair], found: Array) -> tuple[float, float]:
    """(threshold, F1), of each new stance only the likeliest pair counted."""
    best: dict[tuple[str, str], int] = {}
    for number, pair in enumerate(pairs):
        place = (pair.corpus, pair.new)
        if place not in best or found[number] > found[best[place]]:
            best[place] = number
    wanted = sum(pair.right for pair in pairs)
    scores = {}
    for step in range(10, 90, 5):
        told = [number for number in best.values() if found[number] >= step / 100]
        scores[step / 100] = 2 * sum(pairs[number].right for number in told) / (len(told) + wanted)
    return max(scores.items(), key=lambda item: item[1])


def main() -> None:
    """Print the weights of all pairs, and the F1 of pairs left out."""
    analyst = an_analyst(shipped_topic())
    pairs: list[Pair] = []
    for folder in learning_folders():
        world = world_of(folder, analyst)
        pairs += pairs_of(world, staged(world, "perfect", analyst).points)
    rows, right = Rows(pair.features for pair in pairs), np.array([pair.right for pair in pairs])
    for name, weight in rows.fit(np.ones(len(pairs), dtype=bool), right, STRENGTH).table().items():
        print(f"{weight:6.2f}  {name}")
    threshold, score = best_f1(pairs, left_out(pairs))
    print(f"{sum(right)} of {len(pairs)} pairs turn; one corpus left out: F1 {score:.3f} at {threshold:.2f}")


if __name__ == "__main__":
    main()
