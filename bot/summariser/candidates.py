"""How likely each sentence of an article carries a point, and of which category. Knows one article at a time; cuts nothing.

Two questions, each asked twice: does the sentence carry a point at all, and of which category is it – first of the sentence by itself, then
again with what was answered for its neighbours and the whole article.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.topics import Category
from bot.summariser.annotating import Sentence
from bot.summariser.context import category_context, key_context
from bot.summariser.features import SentenceFeatures, question_of
from bot.summariser.freshness import fresh_features
from bot.summariser.surroundings import Surroundings
from bot.summariser.weighing import Weights, chance_of
from bot.summariser.wording import FRESH, KEY, wording_of

_SHORTEST = 12  # characters; below are time stamps and list numbers
_FAINT = 0.04  # below that chance nobody asks for the category


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may carry a point of a category. `chance`: that it carries any; `share`: how likely of this category, if so;
    `fresh`: how likely it tells it as news. All 0–1.
    """

    line: Sentence
    index: int
    category: Category
    chance: float
    share: float
    fresh: float = 1.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sentences of an article, weighed. `alone`: chance of each by itself, which tells whether the article belongs."""

    alone: tuple[float, ...]
    candidates: tuple[Candidate, ...]


def is_prose(line: Sentence) -> bool:
    """Whether the line can be a sentence with a point: no heading, no time stamp."""
    return len(line.text) >= _SHORTEST and not (line.heading and line.heading == line.text)


def weighed(around: Surroundings, weights: Weights) -> Weighed:
    """Every sentence with every category it may speak of."""
    lines = around.annotated.sentences
    features = [SentenceFeatures(around, index) for index in range(len(lines))]
    words = [wording_of(line, around.annotated.language) for line in lines]
    alone = [
        chance_of(weights.score("key", own.key) + weights.lexicon.sum(KEY, said)) if is_prose(line) else 0.0
        for line, own, said in zip(lines, features, words, strict=True)
    ]
    chances = [
        weights.probability("key.context", each) if chance else 0.0
        for each, chance in zip(key_context(alone), alone, strict=True)
    ]
    scores = [
        category_scores(own, weights, weights.lexicon.sums(said), around.topic.categories) if chance >= _FAINT else {}
        for own, said, chance in zip(features, words, chances, strict=True)
    ]
    found = []
    for index, of_category in enumerate(category_context(chances, scores)):
        if not of_category:
            continue
        fresh = weights.score("fresh", fresh_features(around, index, features[index]))
        fresh = chance_of(fresh + weights.lexicon.sum(FRESH, words[index]))
        for category, own in of_category.items():
            share = weights.probability("category.context", own)
            found.append(Candidate(lines[index], index, category, chances[index], share, fresh))
    return Weighed(tuple(alone), tuple(found))


def category_scores(
    own: SentenceFeatures, weights: Weights, said: Mapping[str, float], categories: tuple[Category, ...]
) -> dict[Category, float]:
    """Log odds of each category for a sentence that carries a point, by itself."""
    common = {question: weights.score(question, own.common) for question in {question_of(c) for c in categories}}
    return {
        category: common[question_of(category)]
        + weights.score(question_of(category), own.apart(category))
        + said.get(category, 0.0)
        for category in categories
    }
