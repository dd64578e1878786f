"""Learns how likely two key points state one fact, from points as the program finds them in articles that it did not learn from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.model.stories import KeyPoint, ReportId
from bot.model.topics import Topic
from bot.summariser.candidates import Candidate
from bot.summariser.exemplars import order
from bot.summariser.keypoints import points
from bot.summariser.signatures import keys_of, likeness, marks_of, weight
from bot.summariser.weighing import Weights
from bot.summariser.whose import UNREAD
from tests.quality.fitting import Array, Rows
from tests.quality.known import Known
from tests.quality.learn_sentences import Sentences

STRENGTH = 0.05  # of features as they are, none scaled
# Root mean square of a point's chances with the exemplars of a development. Leaving one corpus out, B³ was 0.772 at 0.17, 0.780 at 0.20, 0.779 at
# 0.23, 0.775 at 0.26; new facts a day 0.645, 0.665, 0.675, 0.676; turns of stance 0.384, 0.387, 0.363, 0.361.
BAR = 0.21
COMPARED = 60  # points that one is held against while learning: those with which it shares most
SAME_CATEGORY = 1.5  # how much more a shared mark says within one category
LEAST = 4  # sentences that must have a mark before its rarity is kept


@dataclass(frozen=True, slots=True)
class Found:
    """A point with the facts that its sentence states; none where nobody labelled it."""

    point: KeyPoint
    facts: frozenset[str]


def found_points(
    sentences: Sentences, chance: Array, shares: Array, fresh: Array, bar: float, details: Mapping[str, Weights]
) -> dict[str, list[Found]]:
    """By corpus the points that the program finds, given what models that did not know the corpus say of its sentences."""
    found: dict[str, list[Found]] = defaultdict(list)
    for place in np.flatnonzero(sentences.belongs & (chance >= bar)):
        number, index = sentences.places[place]
        item = sentences.known[number]
        if index in item.neutral and index not in item.gold:
            continue
        category = sentences.topic.categories[int(shares[place].argmax())]
        line = item.around.annotated.sentences[index]
        option = Candidate(line, index, category, float(chance[place]), float(shares[place].max()), float(fresh[place]))
        facts = _facts(item, index, category)
        for point in _cut(item, sentences.topic, option, details[item.corpus]):
            found[item.corpus].append(Found(point, facts))
    return found


def _cut(item: Known, topic: Topic, option: Candidate, details: Weights = UNREAD) -> Sequence[KeyPoint]:
    report = ReportId(f"r {item.corpus} {item.label.dup_group or item.article.id}")
    return points(item.article, topic, item.around.annotated, (option,), report, details)


def _facts(item: Known, index: int, category: str) -> frozenset[str]:
    """Those of the category, else all of the sentence."""
    own = {fact for (at, of), facts in item.facts.items() if at == index and of == category for fact in facts}
    return frozenset(own or {fact for (at, _), facts in item.facts.items() if at == index for fact in facts})


def rarity_of(known: Sequence[Known], topic: Topic) -> dict[str, float]:
    """Inverse document frequency of marks over all sentences."""
    counts: Counter[str] = Counter()
    total = 0
    for item in known:
        for index, line in enumerate(item.around.annotated.sentences):
            total += 1
            cut = _cut(item, topic, Candidate(line, index, topic.categories[0], 1.0, 1.0))
            counts.update(marks_of(cut[0].signature) if cut else ())
    kept = {
        mark: round(min(8.0, math.log((total + 1) / (count + 1))), 2)
        for mark, count in counts.items()
        if mark[0] in "cmpL" or count >= LEAST
    }
    return dict(sorted(kept.items()))


def learn_join(found: Mapping[str, Sequence[Found]], rarity: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """Weights of "join" and the bar of its groups."""
    rows, answers = [], []
    for _, items in sorted(found.items()):
        for one, other in _pairs(items, rarity):
            rows.append(likeness(one.point, other.point, rarity))
            answers.append(bool(one.facts & other.facts))
    table = Rows(rows)
    fitted = table.fit(np.ones(len(rows), dtype=bool), np.array(answers), STRENGTH)
    print(f"join       {sum(answers)} of {len(rows)} near pairs state one fact")
    return fitted.table(), BAR


def _pairs(items: Sequence[Found], rarity: Mapping[str, float]) -> Iterator[tuple[Found, Found]]:
    """Pairs of points that share most."""
    holders: dict[str, list[Found]] = defaultdict(list)
    for item in items:
        for key in keys_of(item.point.signature, rarity):
            holders[key].append(item)
    seen: set[tuple[str, ...]] = set()
    for item in sorted(items, key=lambda each: order(each.point)):
        for other in _nearest(item, holders, rarity):
            pair = tuple(sorted((item.point.id, other.point.id)))
            if pair not in seen:
                seen.add(pair)
                yield item, other


def _nearest(item: Found, holders: Mapping[str, Sequence[Found]], rarity: Mapping[str, float]) -> Sequence[Found]:
    shared: dict[str, float] = defaultdict(float)
    others: dict[str, Found] = {}
    for key in keys_of(item.point.signature, rarity):
        for other in holders[key]:
            same = other.point.category == item.point.category
            others[other.point.id] = other
            shared[other.point.id] += weight(key, rarity) * (SAME_CATEGORY if same else 1)
    shared.pop(item.point.id, None)
    nearest = sorted(shared, key=lambda each: (-shared[each], others[each].point.published, each))
    return [others[each] for each in nearest[:COMPARED]]
