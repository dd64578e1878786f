"""Who tells something, and whether that is enough: official words, independent reports, sure sentences. Knows points, not what they move."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.model.stories import KeyPoint, SourceKind
from bot.model.topics import Category, RungRule

# Confidence below which a sentence that only one report brings moves nothing and enters no digest: held out by outlet, about a quarter of the
# sentences below 0.4 carried a point, about four of five above it (`make learn` prints the bands).
SURE = 0.4
# What speaks for news, added up over reports, and for each further sentence. Leaving one corpus out, 0.7 to 0.8 did best, and a learned
# weighing of eleven more signs was no better than a hundredth above it.
NEWS, FURTHER = 0.7, 0.15
AT_ONCE = timedelta(days=3)


def is_official(point: KeyPoint) -> bool:
    """Whether an office stands behind it: an official channel, or a named office."""
    return point.official or point.source_kind is SourceKind.OFFICIAL


def is_sure(tellings: Sequence[KeyPoint]) -> bool:
    """Whether one sure sentence, an official channel or two independent reports tell it; what is not is kept and shown, but moves nothing."""
    return any(_surely(point) for point in tellings) or len({point.report_id for point in tellings}) > 1


def is_news(tellings: Sequence[KeyPoint]) -> bool:
    """Whether what is told now is likely news: each report says so as far as its sentence is sure and told as fresh; more sentences say more."""
    latest = max(point.published for point in tellings)
    now = [point for point in tellings if latest - point.published <= AT_ONCE]
    by_report: dict[str, float] = {}
    for point in now:
        told = (1.0 if point.official else point.confidence) * point.fresh
        by_report[point.report_id] = max(by_report.get(point.report_id, 0.0), told)
    return sum(by_report.values()) + FURTHER * (len(now) - 1) >= NEWS


def as_news(point: KeyPoint, least: float) -> bool:
    """Whether the sentence itself is so sure and so fresh; an official channel's always is."""
    return point.official or point.confidence * point.fresh >= least


def category_of(tellings: Sequence[KeyPoint]) -> Category:
    """What most of its tellings were read as, by how sure they are; of equal ones what the first was."""
    votes: dict[Category, float] = {}
    for point in tellings:
        votes[point.category] = votes.get(point.category, 0.0) + point.confidence
    return max(votes, key=lambda category: votes[category])


def _surely(point: KeyPoint) -> bool:
    return point.official or point.confidence >= SURE


def counted(points: Sequence[KeyPoint]) -> tuple[int, int]:
    """(official, independent) voices: a report counts once however many copy it, an outlet once however often it says so."""
    return _voices([point for point in points if is_official(point)]), _voices(points)


def _voices(points: Sequence[KeyPoint]) -> int:
    return min(len({point.report_id for point in points}), len({point.outlet for point in points}))


def satisfied(rule: RungRule, points: Sequence[KeyPoint]) -> bool:
    """Whether so many official or so many independent voices say it as the rule asks for."""
    officials, outlets = counted(points)
    return officials >= rule.official or outlets >= rule.outlets


def as_background(point: KeyPoint) -> bool:
    """Whether the sentence tells its fact as what was before."""
    return "b:" in point.signature


def speaks_of_change(points: Sequence[KeyPoint]) -> bool:
    """Whether a sentence is told as a move away from something."""
    return any("z:" in point.signature and not as_background(point) for point in points)


def confidence(told: Sequence[KeyPoint], *, disputed: bool) -> float:
    """0–1: one unnamed report 0.4, each further one half of what is missing, an official word counts twice; half while disputed."""
    weight = len({point.report_id for point in told}) + any(is_official(point) for point in told)
    value = 1 - 0.6 * 0.5 ** max(0, weight - 1)
    return round(value / 2 if disputed else value, 2)
