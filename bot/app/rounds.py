"""One round of each job: call the service, count what it did, say what failed. Decides nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.app.machine import Machine
from bot.app.wording import trouble
from bot.services.collect import Look, Round
from bot.services.study import Studied

Say = Callable[[str], None]
ENOUGH = timedelta(
    minutes=2
)  # a round may take; what it does not come to is due still, and first of its host in the next


class Rounds:
    """The rounds of one machine."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    async def collect(self) -> None:
        """Read the feeds that are due."""
        self.kept(await self._machine.collector.round(within=ENOUGH))

    async def study(self) -> None:
        """Analyse what waits, a portion."""
        self.learned(await self._machine.study.round())

    async def prune(self) -> None:
        """Forget what is too old to be needed."""
        machine = self._machine
        removed = await machine.store.prune(machine.clock.now() - machine.settings.schedule.keep)
        if removed:
            machine.log.info("prune.done", rows=removed)

    async def everything(self, say: Say, *, due_or_not: bool) -> tuple[Round, Studied]:
        """Read feeds, then analyse until nothing waits, saying how far one is."""
        looks: list[Look] = []

        def told(look: Look) -> None:
            looks.append(look)
            say(f"Reading feeds … {len(looks)}, newest {look.feed.name or look.feed.url}")

        collected = await self._machine.collector.round(everything=due_or_not, told=told)
        self.kept(collected)
        total = Studied()
        say("Analysing …")
        while (studied := await self._machine.study.round()).entries:
            total += studied
            say(f"Analysing … {total.entries} entries, {total.points} points")
        self.learned(total)
        return collected, total

    def counted(self, kind: str, work: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[None]]:
        """`work`, with what it did counted as `kind`."""

        async def done() -> None:
            if number := await work():
                self._machine.counters.count(kind, number)
                self._machine.log.info("made", kind=kind, number=number)

        return done

    def kept(self, collected: Round) -> None:
        """Count and log what a round of reading did."""
        machine = self._machine
        for kind, number in (
            ("feeds_read", collected.read),
            ("feeds_failed", len(collected.failed)),
            ("entries", collected.new + collected.edited),
        ):
            machine.counters.count(kind, number)
        for look in collected.failed:
            if look.error and look.feed.failures == 1:  # said once, not at each try
                machine.log.warning("feed.failed", feed=look.feed.name or look.feed.url, problem=trouble(look.error))
        if collected.new or collected.edited:
            machine.log.info(
                "poll.done",
                feeds=collected.read,
                failed=len(collected.failed),
                new=collected.new,
                edited=collected.edited,
                left=collected.left,
            )

    def learned(self, studied: Studied) -> None:
        """Count and log what a round of analysis did."""
        machine = self._machine
        for kind, number in (
            ("articles", studied.articles),
            ("relevant", studied.relevant),
            ("points", studied.points),
        ):
            machine.counters.count(kind, number)
        if studied.entries:
            machine.log.info(
                "study.done",
                entries=studied.entries,
                articles=studied.articles,
                relevant=studied.relevant,
                points=studied.points,
            )
