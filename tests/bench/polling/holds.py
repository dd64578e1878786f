"""How long an event loop was held: the delays of a task that wants to run every five milliseconds. Knows nothing of who holds it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

_EVERY = 0.005


@dataclass(slots=True)
class Holds:
    """Seconds. `late`: by the clock, other programs on the machine included; `busy`: of this thread's own CPU between two runs."""

    late: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        """The longest, and what 99 of 100 stay below, in milliseconds."""
        return {
            "late_max_ms": max(self.late) * 1000,
            "late_p99_ms": sorted(self.late)[len(self.late) * 99 // 100] * 1000,
            "busy_max_ms": max(self.busy) * 1000,
        }


@asynccontextmanager
async def watched() -> AsyncIterator[Holds]:
    """Holds of the running loop while the context lasts."""
    holds = Holds()
    ticking = asyncio.create_task(_tick(holds))
    try:
        await asyncio.sleep(0)
        yield holds
        await asyncio.sleep(_EVERY * 2)
    finally:
        ticking.cancel()


async def _tick(holds: Holds) -> None:
    while True:
        began, spent = time.perf_counter(), time.thread_time()
        await asyncio.sleep(_EVERY)
        holds.late.append(max(time.perf_counter() - began - _EVERY, 0.0))
        holds.busy.append(time.thread_time() - spent)
