"""Turns at a server: few at once, spaced apart, and not too many over all. Knows nothing of what is asked there."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

_KEPT = 1_024  # idle hosts remembered, so that memory stays flat over any number of them


@dataclass(slots=True)
class _Lane:
    places: asyncio.Semaphore
    users: int = 0
    free_at: float = 0.0  # loop time from which the next request may start


class Lanes:
    """One lane a host. Belongs to one event loop."""

    def __init__(self, *, overall: int, per_host: int, spacing: timedelta) -> None:
        self._overall = asyncio.Semaphore(overall)
        self._per_host = per_host
        self._spacing = spacing.total_seconds()
        self._lanes: dict[str, _Lane] = {}

    def turn(self, host: str, *, spaced: bool = True, apart: float = 0.0) -> Turn:
        """One of the host's places, and one of all places, held while the context runs. `apart`: seconds the host itself asks for."""
        return Turn(self._lane(host), self._overall, max(self._spacing, apart) if spaced else 0.0)

    def _lane(self, host: str) -> _Lane:
        lane = self._lanes.get(host)
        if lane is None:
            self._forget_idle()
            lane = self._lanes[host] = _Lane(asyncio.Semaphore(self._per_host))
        return lane

    def _forget_idle(self) -> None:
        if len(self._lanes) < _KEPT:
            return
        now = asyncio.get_running_loop().time()
        self._lanes = {host: lane for host, lane in self._lanes.items() if lane.users or lane.free_at > now}


class Turn:
    """A turn that is waited for on entering. Waiting for the host's next moment holds none of the places over all."""

    __slots__ = ("_apart", "_lane", "_overall")

    def __init__(self, lane: _Lane, overall: asyncio.Semaphore, apart: float) -> None:
        self._lane, self._overall, self._apart = lane, overall, apart

    async def __aenter__(self) -> None:
        self._lane.users += 1
        try:
            await self._lane.places.acquire()
            try:
                await self._moment()
            except BaseException:
                self._lane.places.release()
                raise
        except BaseException:
            self._lane.users -= 1
            raise

    async def _moment(self) -> None:
        """One of all places, at a moment at which the host may be asked again."""
        loop = asyncio.get_running_loop()
        while True:
            pause = self._lane.free_at - loop.time()
            if pause > 0:
                await asyncio.sleep(pause)
            await self._overall.acquire()
            if self._lane.free_at <= loop.time():
                self._lane.free_at = loop.time() + self._apart
                return
            self._overall.release()  # somebody else was first

    async def __aexit__(self, *_: object) -> None:
        self._overall.release()
        self._lane.places.release()
        self._lane.users -= 1
