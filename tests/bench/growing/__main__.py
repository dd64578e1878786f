"""What an article costs as the store grows: `python -m tests.bench.growing [1000,10000,100000]` (`make bench` runs it).

Two invented years of news fill a store; at each size the next articles go the whole way, from waiting entry to ledger, as in production.
Prints milliseconds of CPU an article (median and mean of rounds), memory without what the benchmark itself holds, and the size of the file.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.ports import Plan
from bot.store import SqlStore, open_store
from bot.summariser.analysis import Analyst
from bot.text.words import Morphology
from bot.topics import load_packs
from bot.topics.weights import load_weights
from tests.bench.growing.feeding import PORTION, Hands, LongWay, ShortWay, portions
from tests.bench.growing.wordings import wordings
from tests.bench.growing.world import PER_DAY, Told, World
from tests.quality.known import ROOT, shipped_topic

MEASURED = 200  # articles that go the whole way at each size


def an_analyst() -> Analyst:
    """Reads for the shipped topic."""
    return Analyst(
        shipped_topic(), load_packs(ROOT / "config/words"), load_weights(ROOT / "config/weights.json"), Morphology()
    )


async def grow(sizes: Sequence[int], folder: Path) -> None:
    """Fill a store to each size in turn, and measure there."""
    analyst, hands, file = an_analyst(), Hands(), folder / "growing.db"
    program = memory()
    world = World(wordings())
    print("  articles   read+join+ledger ms: median   mean     memory MB   file MB   (filling: ms an article)")
    async with open_store(f"sqlite:///{file}", clock=hands) as store:
        await store.apply(Plan(feeds=world.feeds()))
        short, long = ShortWay(store, analyst, world.feeds()), LongWay(store, analyst, hands)
        articles, held, own = world.articles(), 0, memory() - program
        for size in sizes:
            filling = await _fill(short, islice(articles, max(0, size - held - MEASURED)))
            short.rest()
            spent = await _measured(long, islice(articles, MEASURED))
            held = size
            print(f"{size:10}   {statistics.median(spent):27.1f} {statistics.mean(spent):6.1f}   {memory() - own:11.0f} {file.stat().st_size / 1e6:9.0f}"
                  f"   {filling:8.1f}", flush=True)  # fmt: skip
        await _as_kept(store)


async def _fill(way: ShortWay, articles: Iterator[Told]) -> float:
    start, count = time.process_time(), 0
    for portion in portions(articles, PER_DAY):
        await way.fill(portion)
        count += len(portion)
    return (time.process_time() - start) * 1000 / max(1, count)


async def _measured(way: LongWay, articles: Iterator[Told]) -> list[float]:
    spent = []
    for portion in portions(articles, PORTION):
        await way.bring(portion)
        start = time.process_time()
        await way.study()
        spent.append((time.process_time() - start) * 1000 / len(portion))
    return spent


def memory() -> float:
    """Resident memory of this process now, in megabytes (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


async def _as_kept(store: SqlStore) -> None:
    rows = (await store.health()).rows
    print("rows: " + ", ".join(f"{count} {name}" for name, count in sorted(rows)))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="?", default="1000,10000,100000")
    given = [int(size) for size in parser.parse_args().sizes.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        asyncio.run(grow(given, Path(scratch)))
