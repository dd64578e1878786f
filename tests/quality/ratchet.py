"""The ratchet: floors rise and never fall by themselves. Pure; files and measuring are elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

# Measures that are held, by their names in `planwatch evaluate --format json`. The last must stay at zero.
GUARDED = (
    "relevance_precision",
    "relevance_recall",
    "relevance_f1",
    "sentences_precision",
    "sentences_recall",
    "sentences_f1",
    "category_accuracy",
    "labels_f1",
    "reports_f1",
    "reports_pairs_f1",
    "developments_f1",
    "developments_whole_f1",
    "new_facts_f1",
    "stance_changes_f1",
    "value_changes_f1",
    "verbatim",
    "invented_numbers",
)
CEILINGS = frozenset({"invented_numbers"})  # here less is better


@dataclass(frozen=True, slots=True)
class Measured:
    """What a corpus gives: its fingerprint and its values."""

    fingerprint: str
    values: Mapping[str, float]


def floor_of(value: float) -> float:
    """Three digits, rounded down, so that the same result never falls below its own floor."""
    return math.floor(value * 1_000 + 1e-6) / 1_000


def fallen(floors: Mapping[str, float], found: Mapping[str, float]) -> tuple[str, ...]:
    """One line for each measure that is worse than its floor, or no longer measured."""
    lines = []
    for name, floor in sorted(floors.items()):
        value = found.get(name)
        if value is None:
            lines.append(f"{name}: not measured any more, floor {floor}")
        elif (value > floor) if name in CEILINGS else (floor_of(value) < floor):
            lines.append(f"{name}: {value:.4f}, {'ceiling' if name in CEILINGS else 'floor'} {floor}")
    return tuple(lines)


def pinned(floors: Mapping[str, float], found: Mapping[str, float], *, lower: bool) -> dict[str, float]:
    """New floors: each at what was found, never worse than before unless `lower`. Raises ValueError naming what would fall."""
    falls = fallen(floors, found)
    if falls and not lower:
        raise ValueError("; ".join(falls))
    return {name: value if name in CEILINGS else floor_of(value) for name, value in sorted(found.items())}
