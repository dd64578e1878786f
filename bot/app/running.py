"""`planwatch run`: the clockwork, the platforms and the health page in one task group, until a signal. Decides nothing of what they do."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta

from bot.app.greeting import greeting
from bot.app.hubs import answer_hubs, pace
from bot.app.machine import Machine
from bot.app.platforms import Gateway, chat_gateways, console_gateway, kept_going
from bot.app.rounds import Rounds, Say
from bot.app.stopping import Stopping
from bot.metrics import served
from bot.model.chats import Platform
from bot.model.errors import PlanwatchError
from bot.scheduler import Clockwork
from bot.services.compose import Composer
from bot.services.deliver import Deliverer

READY_WITHIN_S = 2.0


async def run(machine: Machine, stopping: Stopping, say: Say) -> int:
    """Serve until told to stop, or until the console closes. Returns the exit status. Raises SettingsError."""
    say("Making ready …")
    machine.make_study()  # what is wrong with topic files or language packs is told now, not at the first article
    if machine.settings.has_token and not machine.sample:
        say("")
        stopping.may_take_leave()
        return await _on_platforms(machine, stopping.stop)
    if not machine.sample:
        await Rounds(machine).everything(say, due_or_not=True)
    say("")
    stopping.may_take_leave()
    return await _on_console(machine, stopping.stop)


async def _on_platforms(machine: Machine, stop: asyncio.Event) -> int:
    gateways, refused = chat_gateways(machine)
    if not gateways:
        return 2
    async with AsyncExitStack() as stack:
        await _health_page(machine, stack)
        await answer_hubs(machine, stack)
        async with asyncio.TaskGroup() as group:
            group.create_task(_clockwork(machine, gateways).run(stop))
            lives = [group.create_task(kept_going(machine, name, gateway, stop)) for name, gateway in gateways.items()]
            machine.log.info(
                "run.started",
                platforms=[name.value for name in gateways],
                topics=[topic.id for topic in machine.topics],
            )
            outcomes = await asyncio.gather(*lives)
            stop.set()  # nobody is left to talk to, or we were told to stop
    machine.log.info("run.stopped")
    if all(outcome.refused for outcome in outcomes):
        return 2
    return 1 if refused or any(outcome.refused for outcome in outcomes) else 0


async def _on_console(machine: Machine, stop: asyncio.Event) -> int:
    """The newest digest, then a chat; with piped input also the board and the status, then its lines answered."""
    console = console_gateway(machine)
    print(greeting(machine), flush=True)  # noqa: T201  what `run` has to say in a terminal
    async with AsyncExitStack() as stack:
        await _health_page(machine, stack)
        await answer_hubs(machine, stack)
        async with asyncio.TaskGroup() as group:
            clockwork = group.create_task(_clockwork(machine, {Platform.CONSOLE: console}).run(stop))
            for line in ("digest",) if sys.stdin.isatty() else ("digest", "layers", "status"):
                await console.ask(line)
            await console.run(stop)
            stop.set()
            await clockwork
    return 0


def _clockwork(machine: Machine, gateways: Mapping[Platform, Gateway]) -> Clockwork:
    """Poll, ask hubs, study, compose, deliver, prune; each one line: call a service."""
    settings, rounds = machine.settings.schedule, Rounds(machine)
    composer = Composer(machine.store, machine.topics, gateways, machine.voice, machine.clock, machine.log)
    deliverer = Deliverer(machine.store, gateways, machine.clock, machine.log)
    clockwork = Clockwork(machine.clock, machine.log, machine.counters.round)
    clockwork.every(timedelta(seconds=settings.poll_every_s), "poll", rounds.collect, then="study")
    clockwork.every(pace(machine.settings), "hubs", rounds.counted("hubs_asked", machine.hubs.pushes.round))
    clockwork.every(timedelta(seconds=settings.study_every_s), "study", rounds.study)
    clockwork.every(
        timedelta(seconds=settings.compose_every_s), "compose", rounds.counted("digests", composer.run), then="deliver"
    )
    clockwork.every(timedelta(seconds=settings.deliver_every_s), "deliver", rounds.counted("messages", deliverer.run))
    clockwork.every(timedelta(hours=24), "prune", rounds.prune)
    return clockwork


async def _health_page(machine: Machine, stack: AsyncExitStack) -> None:
    if machine.settings.metrics.listen:
        port = await stack.enter_async_context(
            served(machine.settings.metrics.listen, machine.counters, lambda: _readiness(machine))
        )
        machine.log.info("metrics.listening", port=port)


async def _readiness(machine: Machine) -> str:
    """What keeps us from working: the store does not answer."""
    try:
        async with asyncio.timeout(READY_WITHIN_S):
            await machine.store.feeds()
    except (PlanwatchError, TimeoutError) as error:
        return f"the store does not answer ({type(error).__name__})"
    return ""
