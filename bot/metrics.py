"""Health and counters over HTTP, for an operator's monitoring. Knows nothing of what is counted beyond its names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.model.errors import Mistake, SettingsError
from bot.ports import Clock

Ready = Callable[[], Awaitable[str]]  # what is wrong, in words; empty when all is well


class Counters:
    """What is counted. Each instance has a registry of its own, so that nothing is global."""

    def __init__(self, clock: Clock) -> None:
        self.registry = registry = CollectorRegistry()
        self._clock = clock
        self._rounds = Counter("planwatch_rounds", "Rounds of a job.", ("job", "outcome"), registry=registry)
        self._seconds = Histogram("planwatch_round_seconds", "How long rounds take.", ("job",), registry=registry)
        self._last = Gauge(
            "planwatch_round_last_success_seconds", "When a job last went well.", ("job",), registry=registry
        )
        self._counted = Counter("planwatch_things", "Things done, by kind.", ("kind",), registry=registry)
        self._connected = Gauge(
            "planwatch_platform_running", "Whether a chat platform is served.", ("platform",), registry=registry
        )

    def round(self, job: str, seconds: float, went_well: bool) -> None:
        """One round of a job ended."""
        self._rounds.labels(job, "done" if went_well else "failed").inc()
        self._seconds.labels(job).observe(seconds)
        if went_well:
            self._last.labels(job).set(self._clock.now().timestamp())

    def count(self, kind: str, number: int = 1) -> None:
        """`number` more of a kind: feeds_read, feeds_failed, entries, articles, digests, messages …"""
        self._counted.labels(kind).inc(number)

    def platform(self, name: str, *, running: bool) -> None:
        """A platform came or went."""
        self._connected.labels(name).set(int(running))


@asynccontextmanager
async def served(listen: tuple[str, int], counters: Counters, ready: Ready) -> AsyncIterator[int]:
    """/healthz (alive), /readyz (503 with the reason when not) and /metrics while the context lasts; yields the port.

    Raises SettingsError when the address cannot be listened on.
    """
    pages = _Pages(counters, ready)
    app = web.Application()
    app.add_routes(
        [web.get("/healthz", pages.alive), web.get("/readyz", pages.ready), web.get("/metrics", pages.metrics)]
    )
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
    await runner.setup()
    try:
        site = web.TCPSite(runner, *listen)
        await _start(site, listen)
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _start(site: web.TCPSite, listen: tuple[str, int]) -> None:
    try:
        await site.start()
    except OSError as error:
        place = f"{listen[0]}:{listen[1]}"
        problem = f"{place} cannot be listened on ({error.strerror or error})"
        raise SettingsError(
            (Mistake("settings", "metrics.listen", problem, "name another port, or leave it empty"),)
        ) from None


class _Pages:
    """What the three addresses answer."""

    def __init__(self, counters: Counters, ready: Ready) -> None:
        self._counters = counters
        self._ready = ready

    async def alive(self, _: web.Request) -> web.Response:
        """The loop turns."""
        return web.Response(text="alive\n")

    async def ready(self, _: web.Request) -> web.Response:
        """All that is needed is there, or what is not."""
        problem = await self._ready()
        return web.Response(text=f"{problem or 'ready'}\n", status=503 if problem else 200)

    async def metrics(self, _: web.Request) -> web.Response:
        """Everything counted, as Prometheus reads it."""
        return web.Response(
            body=generate_latest(self._counters.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )
