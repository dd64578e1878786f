"""The clockwork: each job in its rhythm, never twice at once, and none cut off at the end without need. Knows no job's work.

The truth about what is due lies in the store; a job that runs late, twice or not at all does no harm, it only looks for what is due.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.model.errors import PlanwatchError
from bot.ports import Clock, Log

Work = Callable[[], Awaitable[None]]
OnRound = Callable[[str, float, bool], None]  # job, seconds, whether it went well

LAST_ROUND_S = 2.5  # what a round under way gets when we stop; its transactions are whole or not at all


class Clockwork:
    """Jobs by name. `run` starts them and returns once they have ended."""

    def __init__(self, clock: Clock, log: Log, on_round: OnRound) -> None:
        self._clock = clock
        self._log = log
        self._on_round = on_round
        self._under_way: set[asyncio.Task[object]] = set()
        self._failing: set[str] = set()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            # APScheduler drops a round that is a second late unless told otherwise
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        )
        self._scheduler.add_listener(self._failed, EVENT_JOB_ERROR)

    def every(self, period: timedelta, name: str, work: Work, *, then: str = "") -> None:
        """Run `work` at once and every `period`; after each round, the job called `then` without waiting for its own time."""
        self._scheduler.add_job(
            self._round,
            "interval",
            (name, work, then),
            id=name,
            seconds=period.total_seconds(),
            next_run_time=self._clock.now(),
        )

    async def run(self, stop: asyncio.Event) -> None:
        """Keep the jobs going until `stop`; rounds under way may end, for some 2.5 s."""
        self._scheduler.start()
        try:
            await stop.wait()
        finally:
            self._scheduler.pause()
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=LAST_ROUND_S)
            left = tuple(self._under_way)
            self._scheduler.shutdown(wait=False)  # cancels what is left
            await asyncio.gather(*left, return_exceptions=True)

    async def _round(self, name: str, work: Work, then: str) -> None:
        task = asyncio.current_task()
        if task:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        loop, went_well = asyncio.get_running_loop(), False
        began = loop.time()
        try:
            await work()
            went_well = True
        except PlanwatchError as error:
            self._say_once(name, f"{type(error).__name__}: {error}".strip(": "))
        finally:
            self._on_round(name, loop.time() - began, went_well)
        if went_well:
            self._recovered(name)
            self._hurry(then)

    def _hurry(self, name: str) -> None:
        if name and self._scheduler.running and self._scheduler.get_job(name):
            self._scheduler.modify_job(name, next_run_time=self._clock.now())

    def _failed(self, event: JobExecutionEvent) -> None:
        self._log.error("job.failed", job=event.job_id, problem=repr(event.exception))

    def _say_once(self, name: str, problem: str) -> None:
        if name not in self._failing:
            self._log.error("job.cannot", job=name, problem=problem, then="tried again at its next time")
        self._failing.add(name)

    def _recovered(self, name: str) -> None:
        if name in self._failing:
            self._failing.discard(name)
            self._log.info("job.works_again", job=name)
