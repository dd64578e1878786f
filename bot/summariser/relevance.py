"""Which articles belong to the plan, and why in words. Knows one article at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.candidates import Candidate, Weighed
from bot.summariser.surroundings import Features, Surroundings
from bot.summariser.weighing import Weights
from bot.summariser.wording import RELEVANCE, article_wording


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an article belongs; `score` is 0–1; `why` is short English for exports and /why."""

    relevant: bool
    score: float
    why: str


_PLAIN, _MOST = 0.9, 0.6  # in the labelled corpora no near miss has so many plain sentences
# Of a topic whose words were not learned, an article that names the plan where it plays belongs unless much speaks against it: F1 on two such
# topics, railways and the ferries of docs/tutorial, 1.00 and 0.92 with it, 0.84 and 0.73 without.
_NAMED = 0.15
_CLEAR = 0.4  # a sentence that likely carries a point


def article_features(around: Surroundings, alone: Sequence[float], said: float) -> Features:
    """What speaks for or against the article: its whole, the chances of its sentences to carry a point, and what its words say."""
    ranked = sorted(alone, reverse=True) or [0.0]
    features: Features = {"bias": 1.0, "words": said, **around.whole}
    for place in range(3):
        features[f"top{place + 1}"] = ranked[place] if place < len(ranked) else 0.0
    features["sum"] = min(sum(ranked), 8.0) / 8
    features["mean"] = sum(ranked) / len(ranked)
    features["clear"] = sum(chance > _CLEAR for chance in ranked) / len(ranked)
    return features


def verdict(around: Surroundings, seen: Weighed, weights: Weights) -> Verdict:
    """Whether the article belongs, with what decided."""
    said = weights.lexicon.sum(RELEVANCE, article_wording(around.annotated))
    score = weights.probability("relevance", article_features(around, seen.alone, said))
    bar = weights.thresholds["relevance"]
    if not weights.lexicon.words and around.whole["a.any_subject"] and not around.whole["a.no_context"]:
        bar = min(bar, _NAMED)
    relevant = score >= bar or _speaks_of_nothing_else(around, seen.alone)
    return Verdict(relevant, round(score, 3), _why(around, seen.candidates, relevant=relevant))


def _speaks_of_nothing_else(around: Surroundings, alone: Sequence[float]) -> bool:
    """Whether a short piece names the plan where it plays, and most of its sentences plainly carry a point: its few words say too little."""
    whole = around.whole
    plain = sum(chance >= _PLAIN for chance in alone)
    named = whole["a.any_subject"] and not whole["a.no_context"] and not whole["a.away_leads"]
    return bool(named) and plain >= _MOST * max(len(alone), 1)


def _why(around: Surroundings, options: Sequence[Candidate], *, relevant: bool) -> str:
    whole = around.whole
    named = _named(around.annotated)
    if relevant:
        top = max(options, key=lambda option: (option.chance, option.share), default=None)
        about = f"speaks of {top.category}" if top else "names the plan"
        return f"{about}; names {', '.join(named)}" if named else about
    if whole["a.no_context"]:
        return "nothing of where the plan plays"
    if whole["a.away_leads"]:
        return "about another country"
    if whole["a.exclude"] and not whole["a.any_subject"]:
        return "its words mean something else here"
    return (
        f"names {', '.join(named)}, but no sentence says what the plan contains" if named else "does not name the plan"
    )


def _named(annotated: Annotated) -> list[str]:
    """Up to three phrases by which the article names the plan, as written."""
    found: dict[str, None] = {}
    for line in (annotated.title, *annotated.sentences):
        for hit in line.places("subject"):
            found[_as_written(line, hit.first, hit.last)] = None
    return [f"“{text}”" for text in list(found)[:3]]


def _as_written(line: Sentence, first: int, last: int) -> str:
    return line.text[line.words[first].start : line.words[last].end]


def worth_reading(title: Sentence, summary: Sequence[Sentence], layer_ids: Sequence[str]) -> bool:
    """Whether a feed's own words give a reason to open the page: the plan, a layer, or the scene."""
    senses = ("subject", "context", *(f"layer:{layer}" for layer in layer_ids))
    return any(line.has(sense) for line in (title, *summary) for sense in senses)
