"""Results as tables in Markdown, which read well in a terminal too. Measures nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from shutil import which
from subprocess import run

from tests.bench.polling.aims import Aim, cpu
from tests.bench.polling.farming import Kind
from tests.bench.polling.measuring import SUBJECTS, Result

_NAMES = {subject.module: subject.name for subject in SUBJECTS}
_KINDS = {Kind.COLD: "cold", Kind.QUIET: "304", Kind.SAME: "200, same bytes", Kind.NEW: "200, all new"}


def surroundings() -> str:
    """The machine in general terms, and the versions of who is measured."""
    found = [f"{name} {_version(name)}" for name in ("planwatch", "aiohttp", "feedparser", "reader")]
    if which("newsboat"):
        said = run(["newsboat", "--version"], capture_output=True, text=True, check=False).stdout
        found.append(" ".join(said.split()[:2]))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    return f"{machine}, Python {platform.python_version()}; {', '.join(found)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def ratio_table(results: Sequence[Result]) -> list[str]:
    """CPU of each subject as a multiple of planwatch's, where planwatch was measured with as many feeds."""
    ours = {result.feeds: result for result in results if result.subject == "planwatch"}
    rows = [["CPU, planwatch = 1", "feeds", *_KINDS.values()]]
    rows += [
        [
            _NAMES[result.subject],
            f"{result.feeds:,}",
            *(_ratio(cpu(result, kind), cpu(ours[result.feeds], kind)) for kind in _KINDS),
        ]
        for result in results
        if result.feeds in ours
    ]
    return _table(rows) if len(rows) > 1 else []


def cost_table(results: Sequence[Result]) -> list[str]:
    """CPU seconds a round, peak memory, and wall seconds."""
    rows = [["CPU seconds", "feeds", *_KINDS.values(), "peak MB (PSS)", "wall seconds"]]
    for result in results:
        peak = max(played.peak.resident for played in result.rounds) / 1e6
        shared_out = max(played.peak.shared_out for played in result.rounds) / 1e6
        spent = (_seconds(cpu(result, kind)) for kind in _KINDS)
        walls = " · ".join(_seconds(_wall(result, kind)) for kind in _KINDS)
        rows.append([_NAMES[result.subject], f"{result.feeds:,}", *spent, f"{peak:.0f} ({shared_out:.0f})", walls])
    return _table(rows)


def loop_table(results: Sequence[Result]) -> list[str]:
    """How long planwatch's event loop was held, and how long an answer took, by round."""
    rows = [
        ["Milliseconds", "feeds", "round", "longest hold", "own work in it", "99 % below", "answer, median", "longest"]
    ]
    for result in results:
        for played in result.rounds:
            told = played.told
            if "late_max_ms" in told:
                keys = ("late_max_ms", "busy_max_ms", "late_p99_ms", "answer_median_ms", "answer_max_ms")
                shown = (f"{told[key]:.0f}" if key in told else "–" for key in keys)
                rows.append([_NAMES[result.subject], f"{result.feeds:,}", _KINDS[played.kind], *shown])
    return _table(rows) if len(rows) > 1 else []


def memory_lines(results: Sequence[Result]) -> list[str]:
    """Resident memory at rest after each round, in MB."""
    return [
        f"{_NAMES[result.subject]}, {result.feeds:,} feeds, MB after each round: "
        + " ".join(f"{played.rest.resident / 1e6:.0f}" for played in result.rounds)
        for result in results
        if result.subject != "newsboat"
    ]


def aim_table(found: Sequence[Aim]) -> list[str]:
    """The aims."""
    return _table([["Aim", "found", "met"], *([aim.words, aim.found, "yes" if aim.met else "**no**"] for aim in found)])


def _ratio(theirs: float | None, ours: float | None) -> str:
    return "–" if theirs is None or not ours else f"{theirs / ours:.2f}"


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.2f}"


def _wall(result: Result, kind: Kind) -> float | None:
    walls = [played.wall for played in result.rounds if played.kind is kind and not result.fault(played)]
    return min(walls) if walls else None


def _table(rows: list[list[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    rule = " | ".join("-" * width for width in widths)
    return [f"| {line} |" for line in (lines[0], rule, *lines[1:])]
