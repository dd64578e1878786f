"""What planwatch's reader aims at beside others, and whether it was met in this run. Knows nothing of how figures came about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench.polling.farming import Kind
from tests.bench.polling.measuring import Result

MEMORY = 200_000_000  # bytes
HOLD = 50.0  # milliseconds
FLAT = 1.03  # memory after the last quiet round, to that after the first: a page more here and there is no leak
LINEAR = 1.15  # cost of a feed among most, to that among fewest


@dataclass(frozen=True, slots=True)
class Aim:
    """One aim: in words, what was found, and whether that is good enough."""

    words: str
    found: str
    met: bool


def cpu(result: Result, kind: Kind) -> float | None:
    """CPU seconds of a round of this kind, the least of several, as other work on the machine only adds; None where none went as meant."""
    spent = [played.cpu for played in result.rounds if played.kind is kind and not result.fault(played)]
    return min(spent) if spent else None


def aims(results: Sequence[Result]) -> Iterator[Aim]:
    """All aims about which this run can say something."""
    for feeds in sorted({result.feeds for result in results}):
        named = {result.subject: result for result in results if result.feeds == feeds}
        if "planwatch" in named:
            yield from _beside(named)
        for subject in ("planwatch", "whole"):
            if subject in named:
                yield from _alone(named[subject])
    yield from _linear([result for result in results if result.subject == "planwatch"])


def _beside(named: dict[str, Result]) -> Iterator[Aim]:
    for kind, other, most in (
        (Kind.QUIET, "reader_library", 1 / 3),
        (Kind.QUIET, "bare", 2.0),
        (Kind.SAME, "reader_library", 0.1),
        (Kind.COLD, "newsboat", 1.0),
    ):
        ours = cpu(named["planwatch"], kind)
        theirs = cpu(named[other], kind) if other in named else None
        if ours is not None and theirs:
            words = f"{kind} round, {named[other].feeds:,} feeds: at most {most:.2f} of {other.replace('_', ' ')}"
            yield Aim(words, f"{ours / theirs:.2f}", ours / theirs <= most)


def _alone(result: Result) -> Iterator[Aim]:
    whose = f"{result.subject}, {result.feeds:,} feeds"
    peak = max(played.peak.resident for played in result.rounds)
    proportional = max(played.peak.shared_out for played in result.rounds)
    if result.subject == "planwatch":
        found = f"{peak / 1e6:.0f} MB resident, {proportional / 1e6:.0f} with shared pages counted once"
        yield Aim(f"{whose}: peak memory under {MEMORY / 1e6:.0f} MB", found, peak < MEMORY)
    quiet = [played.rest.resident for played in result.rounds if played.kind is Kind.QUIET]
    if len(quiet) > 2:
        grown = quiet[-1] / quiet[0]
        yield Aim(f"{whose}: memory flat over {len(quiet)} quiet rounds", f"×{grown:.3f}", grown <= FLAT)
    late, busy = (max(played.told[name] for played in result.rounds) for name in ("late_max_ms", "busy_max_ms"))
    found = f"{late:.0f} ms by the clock, {busy:.0f} ms of its own work"
    yield Aim(f"{whose}: event loop never held over {HOLD:.0f} ms", found, late <= HOLD)


def _linear(ours: list[Result]) -> Iterator[Aim]:
    if len(ours) < 2:
        return
    few, most = min(ours, key=lambda result: result.feeds), max(ours, key=lambda result: result.feeds)
    for kind in Kind:
        small, large = cpu(few, kind), cpu(most, kind)
        if small and large:
            factor = (large / most.feeds) / (small / few.feeds)
            words = f"{kind} round: a feed among {most.feeds:,} costs what it costs among {few.feeds:,}"
            yield Aim(words, f"×{factor:.2f}", factor <= LINEAR)
