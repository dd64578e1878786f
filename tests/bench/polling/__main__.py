"""Measures planwatch's reader beside others on a farm of local feeds: `make bench`, or `python -m tests.bench.polling --help`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.polling.aims import aims
from tests.bench.polling.farming import Kind
from tests.bench.polling.measuring import SUBJECTS, Result, measured
from tests.bench.polling.tables import aim_table, cost_table, loop_table, memory_lines, ratio_table, surroundings

ROUNDS = "cold quiet*5 same new"


def kinds(text: str) -> list[Kind]:
    """`cold quiet*10 same`: rounds in their order. Raises ValueError."""
    found: list[Kind] = []
    for word in text.split():
        name, _, times = word.partition("*")
        found += [Kind(name)] * int(times or 1)
    return found


def arguments() -> argparse.Namespace:
    """What was asked for."""
    every = ",".join(subject.module for subject in SUBJECTS)
    parser = argparse.ArgumentParser(prog="python -m tests.bench.polling", description=__doc__)
    parser.add_argument(
        "--feeds", default="1000", help="how many; several numbers, with commas between, play it all again"
    )
    parser.add_argument("--hosts", type=int, default=200, help="addresses they are spread over (default: 200)")
    parser.add_argument("--rounds", type=kinds, default=kinds(ROUNDS), help=f"their order (default: {ROUNDS})")
    parser.add_argument("--subjects", default=every, help=f"who (default: {every}, those that are installed)")
    parser.add_argument("--json", type=Path, help="a file for all figures")
    return parser.parse_args()


def play(asked: argparse.Namespace) -> Iterator[Result]:
    """All that was asked for, one number of feeds after the other."""
    named = [subject for subject in SUBJECTS if subject.module in asked.subjects.split(",")]
    for subject in named:
        if not subject.here:
            print(f"{subject.name} is not installed", file=sys.stderr)
    for feeds in map(int, asked.feeds.split(",")):
        print(f"{feeds:,} feeds …", file=sys.stderr)
        yield from measured([subject for subject in named if subject.here], asked.hosts, feeds, asked.rounds)


def main() -> None:
    """Measure and print."""
    asked = arguments()
    results = list(play(asked))
    print(f"{datetime.now(UTC):%Y-%m-%d}, {surroundings()}; {asked.hosts} hosts")
    for part in (ratio_table(results), cost_table(results), loop_table(results), memory_lines(results)):
        print("", *part, sep="\n")
    print("", *aim_table(list(aims(results))), sep="\n")
    for fault in (fault for result in results for fault in result.faults()):
        print(f"not as meant, and not counted: {fault}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(result) for result in results], indent=1), "utf-8")


if __name__ == "__main__":
    main()
