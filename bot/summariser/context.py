"""What stands around a sentence says about it too: how sure its neighbours and the whole article are. Knows chances, not words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log

from bot.model.topics import Category
from bot.summariser.features import question_of
from bot.summariser.surroundings import Features

_OUTSIDE = -3.0  # how sure a place before the first or after the last sentence is
_LONG = 30  # sentences
Chances = Mapping[Category, float]


def certainty(chance: float) -> float:
    """Log odds, within ±9."""
    kept = min(max(chance, 1e-4), 1 - 1e-4)
    return log(kept / (1 - kept))


def key_context(chances: Sequence[float]) -> list[Features]:
    """For each sentence of an article, from the chances of all its sentences to carry a point."""
    count = len(chances)
    if not count:
        return []
    sure = [_OUTSIDE, _OUTSIDE, *map(certainty, chances), _OUTSIDE, _OUTSIDE]
    mean, top = sum(chances) / count, sorted(chances, reverse=True)[:3]
    rank = {index: place for place, index in enumerate(sorted(range(count), key=lambda i: -chances[i]))}
    before, found = 0.0, []
    for index, chance in enumerate(chances):
        after = count * mean - before - chance
        at = index + 2
        found.append(
            {
                "bias": 1.0,
                "own": sure[at],
                "before": sure[at - 1],
                "after": sure[at + 1],
                "before2": sure[at - 2],
                "after2": sure[at + 2],
                "least": min(sure[at - 1], sure[at + 1]),
                "mean": mean,
                "top": sum(top) / len(top),
                "rank": rank[index] / count,
                "place": index / count,
                "length": count / _LONG,
                "so_far": before / index if index else mean,
                "to_come": after / (count - index - 1) if index + 1 < count else 0.0,
                "opens": float(index < 3),
            }
        )
        before += chance
    return found


def category_context(
    chances: Sequence[float], scores: Sequence[Mapping[Category, float]]
) -> list[dict[Category, Features]]:
    """For each sentence and category, from the sentences' chances to carry a point and their scores (log odds) by category; a sentence
    without scores weighs nothing.
    """
    shares = [_shares(own) for own in scores]
    weighed = [
        {category: chance * share for category, share in own.items()}
        for chance, own in zip(chances, shares, strict=True)
    ]
    whole = _mean(weighed, sum(chance for chance, own in zip(chances, scores, strict=True) if own))
    return [_of_sentence(index, scores, shares, weighed, whole) for index in range(len(scores))]


def _of_sentence(
    index: int,
    scores: Sequence[Mapping[Category, float]],
    shares: Sequence[Chances],
    weighed: Sequence[Chances],
    whole: Chances,
) -> dict[Category, Features]:
    own = scores[index]
    before, before2 = _at(weighed, index - 1), _at(weighed, index - 2)
    after = _at(weighed, index + 1)
    by_group: dict[str, float] = {}
    for category, share in shares[index].items():
        by_group[question_of(category)] = by_group.get(question_of(category), 0.0) + share
    ranked = sorted(own.values(), reverse=True)
    found = {}
    for category, score in own.items():
        group = question_of(category)
        rival = ranked[1] if len(ranked) > 1 and score == ranked[0] else ranked[0]
        found[category] = {
            "bias": 1.0,
            group: 1.0,
            "own": score,
            f"own*{group}": score,
            "lead": score - rival,
            "share": shares[index][category],
            "before": before.get(category, 0.0),
            f"before*{group}": before.get(category, 0.0),
            "before2": before2.get(category, 0.0),
            "after": after.get(category, 0.0),
            "whole": whole.get(category, 0.0),
            f"whole*{group}": whole.get(category, 0.0),
            f"group*{group}": by_group[group],
        }
    return found


def _at(items: Sequence[Chances], index: int) -> Chances:
    return items[index] if 0 <= index < len(items) else {}


def _shares(scores: Mapping[Category, float]) -> dict[Category, float]:
    """Scores as shares of one."""
    if not scores:
        return {}
    top = max(scores.values())
    raised = {category: exp(score - top) for category, score in scores.items()}
    total = sum(raised.values())
    return {category: value / total for category, value in raised.items()}


def _mean(weighed: Sequence[Chances], total: float) -> dict[Category, float]:
    summed: dict[Category, float] = {}
    for own in weighed:
        for category, value in own.items():
            summed[category] = summed.get(category, 0.0) + value
    return {category: value / max(total, 1e-6) for category, value in summed.items()}
