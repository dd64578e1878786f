"""Worker processes: no document may hold up, outlive or bring down the program."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.parse import DocumentReader
from bot.feeds.workers import WorkerLost, Workers
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Fetched
from tests.builders import a_feed
from tests.contracts.feed_server import item, rss

URL = "https://lantern.example/feed.xml"
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


def hold_the_interpreter() -> None:
    """As one long match of a pattern does: nothing else in this process runs meanwhile."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


def want_too_much() -> int:
    return len(bytearray(4_000_000_000))


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def own_process() -> int:
    return os.getpid()


def refuse() -> None:
    raise SourceError(Trouble.NOT_A_FEED, URL, detail="web page", status=200, retry_after=timedelta(hours=1))


async def test_a_document_that_never_ends_is_dropped_and_the_loop_goes_on_meanwhile() -> None:
    workers, beats = Workers(1, patience=timedelta(seconds=1.5)), 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.01)
            beats += 1

    heart = asyncio.create_task(beat())
    with pytest.raises(TimeoutError):
        await workers.run(hold_the_interpreter)
    heart.cancel()
    assert beats > 50
    assert await workers.run(own_process) != os.getpid()  # the next document is read all the same


async def test_a_document_that_wants_all_memory_fails_alone() -> None:
    workers = Workers(1)
    with pytest.raises(MemoryError):
        await workers.run(want_too_much)
    assert await workers.run(own_process) != os.getpid()


async def test_a_worker_that_dies_costs_one_document() -> None:
    workers = Workers(1)
    with pytest.raises(WorkerLost):
        await workers.run(die)
    assert await workers.run(own_process) != os.getpid()


async def test_waiting_for_a_free_worker_uses_up_nobodys_patience() -> None:
    workers = Workers(1, patience=timedelta(seconds=2))
    await workers.run(own_process)
    await asyncio.gather(*(workers.run(time.sleep, 0.5) for _ in range(6)))


async def test_what_a_worker_raises_arrives_whole() -> None:
    with pytest.raises(SourceError) as raised:
        await Workers(1).run(refuse)
    error = raised.value
    assert (error.trouble, error.url, error.detail, error.status) == (Trouble.NOT_A_FEED, URL, "web page", 200)
    assert error.retry_after == timedelta(hours=1)


async def test_ctrl_c_stops_the_program_and_not_its_workers_half_way() -> None:
    workers = Workers(1)
    worker = await workers.run(own_process)
    os.kill(worker, signal.SIGINT)
    assert await workers.run(own_process) == worker


@pytest.mark.parametrize("processes", [0, 1])
async def test_a_feed_reads_the_same_in_another_process(processes: int) -> None:
    got = Fetched(url=URL, final_url=URL, status=200, content_type="text/xml", body=rss(item(1), item(2)))
    here = await DocumentReader(now=lambda: NOON).read(a_feed(), got)
    there = await DocumentReader(now=lambda: NOON, workers=Workers(processes)).read(a_feed(), got)
    assert there == here and len(there.entries) == 2


async def test_a_feed_that_takes_too_long_to_read_is_called_broken() -> None:
    got = Fetched(url=URL, final_url=URL, status=200, content_type="text/xml", body=rss(item(1)))
    with pytest.raises(SourceError) as raised:
        await DocumentReader(workers=Workers(1, patience=timedelta(microseconds=1))).read(a_feed(), got)
    assert raised.value.trouble is Trouble.BROKEN_FEED and "too long" in raised.value.detail
