"""Turns at a server: few at once, spaced apart, and not too many over all. Knows nothing of what is asked there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

_KEPT = 1_024  # idle hosts remembered, so that memory stays flat over any number of them


@dataclass(slots=True)
class _Lane:
    places: asyncio.Semaphore
    users: int = 0
    free_at: float = 0.0  # loop time from which the next request may start
    order: asyncio.Lock = field(default_factory=asyncio.Lock)


class Lanes:
    """One lane a host. Belongs to one event loop."""

    def __init__(self, *, overall: int, per_host: int, spacing: timedelta) -> None:
        self._overall = asyncio.Semaphore(overall)
        self._per_host = per_host
        self._spacing = spacing.total_seconds()
        self._lanes: dict[str, _Lane] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, spaced: bool = True) -> AsyncIterator[None]:
        """Hold one of the host's places, and one of all places, while the body runs."""
        lane = self._lane(host)
        lane.users += 1
        try:
            async with lane.places:
                if spaced:
                    await self._wait(lane)
                async with self._overall:
                    yield
        finally:
            lane.users -= 1

    def _lane(self, host: str) -> _Lane:
        if host not in self._lanes:
            self._forget_idle()
            self._lanes[host] = _Lane(asyncio.Semaphore(self._per_host))
        return self._lanes[host]

    async def _wait(self, lane: _Lane) -> None:
        loop = asyncio.get_running_loop()
        async with lane.order:
            pause = lane.free_at - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            lane.free_at = loop.time() + self._spacing

    def _forget_idle(self) -> None:
        if len(self._lanes) < _KEPT:
            return
        now = asyncio.get_running_loop().time()
        self._lanes = {host: lane for host, lane in self._lanes.items() if lane.users or lane.free_at > now}
