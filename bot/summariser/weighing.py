"""Weighs named features into a probability. Knows arithmetic; where weights come from is told in `docs/evaluation.md`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp
from types import MappingProxyType

from bot.summariser.features import Features


@dataclass(frozen=True, slots=True)
class Weights:
    """Learned tables: weights by question ("layer", "position", "process", "relevance", "join", "copy"), thresholds, and the rarity of marks."""

    tables: Mapping[str, Mapping[str, float]]
    thresholds: Mapping[str, float]
    rarity: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""

    def probability(self, question: str, features: Features) -> float:
        """0–1 by the logistic of the weighted sum; unknown features weigh nothing."""
        table = self.tables[question]
        total = sum(table.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))

    def says_yes(self, question: str, features: Features) -> bool:
        """Whether the probability reaches the question's threshold."""
        return self.probability(question, features) >= self.thresholds[question]

    def reasons(self, question: str, features: Features, most: int = 3) -> tuple[tuple[str, float], ...]:
        """The features that spoke loudest, with their contribution."""
        table = self.tables[question]
        parts = [(name, table.get(name, 0.0) * value) for name, value in features.items() if name != "bias"]
        return tuple(sorted((part for part in parts if part[1]), key=lambda part: (-abs(part[1]), part[0]))[:most])
