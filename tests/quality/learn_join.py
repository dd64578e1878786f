"""Learns how likely two key points state one fact, from points as the program finds them in articles that it did not learn from."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.model.stories import KeyPoint, ReportId
from bot.model.topics import Topic
from bot.summariser.candidates import Candidate
from bot.summariser.developments import near_pairs
from bot.summariser.keypoints import points
from bot.summariser.signatures import likeness, marks_of
from bot.summariser.weighing import Weights
from bot.summariser.whose import UNREAD
from tests.quality.fitting import Array, Rows
from tests.quality.known import Known
from tests.quality.learn_sentences import Sentences

STRENGTH = 0.05  # of features as they are, none scaled
BAR = 0.15  # mean chance over all pairs of two groups; leaving one corpus out, 0.12 to 0.18 were alike in B³
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
    """Pairs of points that the program would hold against each other."""
    facts = {item.point.id: item for item in items}
    weights = Weights({"join": {}}, {}, rarity)
    for one, other in near_pairs([replace(item.point, development_id=None) for item in items], weights):
        yield facts[one.id], facts[other.id]
