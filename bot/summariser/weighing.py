"""Weighs named features into a probability. Knows arithmetic; where weights come from is told in `docs/evaluation.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import exp
from types import MappingProxyType
from typing import TypeVar

from bot.summariser.surroundings import Features
from bot.summariser.wording import Lexicon

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned tables: weights by question ("key", "layer", "relevance", "join" …), thresholds, and the rarity of marks.

    What was learned for one topic stands under "<topic>/<question>" and in `lexicons`; `of` puts it in force.
    """

    tables: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    rarity: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""
    lexicons: Mapping[str, Lexicon] = field(default_factory=lambda: MappingProxyType({}))
    lexicon: Lexicon = field(default_factory=Lexicon)

    def of(self, topic: str) -> Weights:
        """These weights with what was learned for `topic` in place of what serves any topic."""
        own = f"{topic}/"
        return replace(
            self,
            tables={**self.tables, **_under(own, self.tables)},
            thresholds={**self.thresholds, **_under(own, self.thresholds)},
            lexicon=self.lexicons.get(topic, Lexicon()),
        )

    def score(self, question: str, features: Features) -> float:
        """The weighted sum (log odds); unknown features weigh nothing."""
        weight_of, total = self.tables[question].get, 0.0
        for name, value in features.items():
            weight = weight_of(name)
            if weight:
                total += weight * value
        return total

    def probability(self, question: str, features: Features) -> float:
        """0–1 by the logistic of the weighted sum."""
        return chance_of(self.score(question, features))

    def says_yes(self, question: str, features: Features) -> bool:
        """Whether the probability reaches the question's threshold."""
        return self.probability(question, features) >= self.thresholds[question]

    def reasons(self, question: str, features: Features, most: int = 3) -> tuple[tuple[str, float], ...]:
        """The features that spoke loudest, with their contribution."""
        table = self.tables[question]
        parts = [(name, table.get(name, 0.0) * value) for name, value in features.items() if name != "bias"]
        return tuple(sorted((part for part in parts if part[1]), key=lambda part: (-abs(part[1]), part[0]))[:most])


def chance_of(score: float) -> float:
    """Log odds as a chance between 0 and 1."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def _under(prefix: str, table: Mapping[str, _Value]) -> dict[str, _Value]:
    return {name.removeprefix(prefix): value for name, value in table.items() if name.startswith(prefix)}
