"""Fits logistic questions to named numbers, and finds thresholds. Knows numbers, not what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

FOLDS = 5
Array = Any  # numpy array; its stubs tell masks and numbers apart in ways that do not help here
SMALLEST = 5e-3  # weights below are not kept
PLATEAU = (
    0.005  # thresholds whose F is that close to the best are one plateau; its middle moves least when the corpora grow
)


class Rows:
    """Named numbers as a matrix. Names that fewer than `least` rows have, of those that begin with `rare`, are left out."""

    def __init__(self, rows: Iterable[Mapping[str, float]], *, rare: str = "\0", least: int = 4) -> None:
        places: dict[str, int] = {}
        indices, data, ends = [], [], [0]
        for row in rows:
            for name, value in row.items():
                if name != "bias":
                    indices.append(places.setdefault(name, len(places)))
                    data.append(value)
            ends.append(len(indices))
        full = csr_matrix((data, indices, ends), shape=(len(ends) - 1, len(places)), dtype=np.float64)
        seen = np.bincount(full.indices, minlength=len(places))
        kept = [place for name, place in places.items() if not name.startswith(rare) or seen[place] >= least]
        names = list(places)
        self.names = [names[place] for place in kept]
        self.matrix = full[:, kept]

    def fit(self, chosen: Array, answers: Array, strength: float, emphasis: Array | None = None) -> Fitted:
        """A logistic regression on the chosen rows (a mask), L2 of inverse `strength`."""
        model = LogisticRegression(C=strength, solver="liblinear", max_iter=300)
        weights = None if emphasis is None else emphasis[chosen]
        model.fit(self.matrix[chosen], answers[chosen], sample_weight=weights)
        return Fitted(self, np.asarray(model.coef_[0]), float(model.intercept_[0]))


class Fitted:
    """A fitted question."""

    def __init__(self, rows: Rows, weights: Array, bias: float) -> None:
        self._rows, self._weights, self.bias = rows, weights, bias

    def scores(self, chosen: Array) -> Array:
        """Log odds of the chosen rows."""
        return np.asarray(self._rows.matrix[chosen] @ self._weights) + self.bias

    def table(self) -> dict[str, float]:
        """Weights by name; the intercept is the weight of "bias"."""
        named = sorted(zip(self._rows.names, self._weights, strict=True))
        kept = {name: round(float(weight), 4) for name, weight in named if abs(weight) >= SMALLEST}
        return {"bias": round(self.bias, 4), **kept}


def chances(scores: Array) -> Array:
    """Log odds as chances."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))))


def best_threshold(
    chance: Sequence[float] | Array, answer: Sequence[bool] | Array, *, beta: float = 1.0
) -> tuple[float, float]:
    """(threshold, F-beta): the middle of the thresholds, in hundredths, that come within `PLATEAU` of the best."""
    found, right = np.asarray(chance), np.asarray(answer, dtype=bool)
    scores = {}
    for step in range(3, 90):
        yes = found >= step / 100
        hit = float((yes & right).sum())
        scores[step / 100] = float((1 + beta**2) * hit / (beta**2 * right.sum() + yes.sum())) if hit else 0.0
    best = max(scores.values())
    near = [threshold for threshold, score in scores.items() if score >= best - PLATEAU]
    middle = near[len(near) // 2]
    return middle, scores[middle]


def bands(chance: Array, answer: Array) -> str:
    """Share of rows in each band of confidence whose answer is yes."""
    told = []
    for low, high in pairwise((0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)):
        inside = answer[(chance >= low) & (chance < high)]
        told.append(f"{low:.1f}+ {int(inside.sum())}/{len(inside)}")
    return "  ".join(told)


def fold_of(name: str) -> int:
    """In which fold everything of an outlet is held out: the same wherever it stands."""
    return sum(map(ord, name)) % FOLDS
