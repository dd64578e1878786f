"""What an operator would suffer from clockwork that stumbles."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from bot.model.errors import StoreUnreachable
from bot.scheduler import Clockwork
from tests.doubles import RecordingLog

SOON = timedelta(milliseconds=10)
NEVER = timedelta(hours=1)


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Bench:
    """A clockwork with its log, its rounds and its stop."""

    def __init__(self) -> None:
        self.log = RecordingLog()
        self.rounds: list[tuple[str, bool]] = []
        self.stop = asyncio.Event()
        self.clockwork = Clockwork(WallClock(), self.log, lambda name, _, well: self.rounds.append((name, well)))

    async def run(self) -> None:
        async with asyncio.timeout(10):
            await self.clockwork.run(self.stop)


async def test_a_job_runs_at_once_and_not_only_after_its_first_period() -> None:
    bench = Bench()

    async def work() -> None:
        bench.stop.set()

    bench.clockwork.every(NEVER, "poll", work)
    await bench.run()
    assert bench.rounds == [("poll", True)]


async def test_a_round_longer_than_its_period_never_overlaps_itself() -> None:
    bench = Bench()
    at_once, most, rounds = 0, 0, 0

    async def work() -> None:
        nonlocal at_once, most, rounds
        at_once, rounds = at_once + 1, rounds + 1
        most = max(most, at_once)
        await asyncio.wait([asyncio.ensure_future(bench.stop.wait())], timeout=0.05)
        at_once -= 1
        if rounds == 3:
            bench.stop.set()

    bench.clockwork.every(SOON, "study", work)
    await bench.run()
    assert (most, rounds) == (1, 3)


async def test_a_job_that_fails_is_told_once_runs_on_and_is_told_when_it_works_again() -> None:
    bench = Bench()
    rounds = 0

    async def work() -> None:
        nonlocal rounds
        rounds += 1
        if rounds < 3:
            raise StoreUnreachable("connection refused")
        bench.stop.set()

    bench.clockwork.every(SOON, "poll", work)
    await bench.run()
    assert bench.log.events.count("job.cannot") == 1
    assert bench.log.events.count("job.works_again") == 1
    assert bench.rounds == [("poll", False), ("poll", False), ("poll", True)]


async def test_a_job_that_breaks_unforeseen_runs_on_too() -> None:
    bench = Bench()
    rounds = 0

    async def work() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            raise KeyError("nobody thought of it")
        bench.stop.set()

    bench.clockwork.every(SOON, "compose", work)
    await bench.run()
    assert ("error", "job.failed", {"job": "compose", "problem": "KeyError('nobody thought of it')"}) in bench.log.lines


async def test_a_round_under_way_may_end_when_we_stop() -> None:
    bench = Bench()
    ended = False

    async def work() -> None:
        nonlocal ended
        bench.stop.set()
        await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=0.2)
        ended = True

    bench.clockwork.every(NEVER, "deliver", work)
    await bench.run()
    assert ended


async def test_a_round_that_does_not_end_is_cut_off_before_the_five_seconds_are_over() -> None:
    bench = Bench()

    async def work() -> None:
        bench.stop.set()
        await asyncio.Event().wait()

    bench.clockwork.every(NEVER, "study", work)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await bench.run()
    assert loop.time() - began < 4
    assert bench.rounds == [("study", False)]


async def test_study_follows_a_poll_without_waiting_for_its_own_time() -> None:
    bench = Bench()
    polled, seen = asyncio.Event(), asyncio.Event()

    async def poll() -> None:
        await seen.wait()
        polled.set()

    async def study() -> None:
        seen.set()
        if polled.is_set():
            bench.stop.set()

    bench.clockwork.every(NEVER, "poll", poll, then="study")
    bench.clockwork.every(NEVER, "study", study)
    await bench.run()
    assert [name for name, _ in bench.rounds].count("study") == 2
