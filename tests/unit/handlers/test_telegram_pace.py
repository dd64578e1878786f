"""Telegram's speed limits, on a clock that moves when told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.model.errors import TryLater
from handlers.telegram.pace import MAX_KEPT, Pace

LONG = timedelta(hours=1)


class Hours:
    """A clock and its sleep: who sleeps moves it on, in order of waking."""

    def __init__(self) -> None:
        self.at = 1_000.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def now(self) -> float:
        """Seconds."""
        return self.at

    async def sleep(self, wait: float) -> None:
        """Returns when `run` has come that far."""
        woken = asyncio.Event()
        self._sleepers.append((self.at + wait, woken))
        await woken.wait()

    async def run(self, *work: asyncio.Task[None]) -> None:
        """Move on, from sleeper to sleeper, until all work is done."""
        while not all(task.done() for task in work):
            for _ in range(5):
                await _yielded()
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[0])
                moment, woken = self._sleepers.pop(0)
                self.at = max(self.at, moment)
                woken.set()


async def _yielded() -> None:
    loop = asyncio.get_running_loop()
    passed = asyncio.Event()
    loop.call_soon(passed.set)
    await passed.wait()


class Street:
    """A pace on such a clock, and when each message went out."""

    def __init__(self) -> None:
        self.hours = Hours()
        self.pace = Pace(now=self.hours.now, sleep=self.hours.sleep)
        self.out: list[tuple[str, float]] = []

    async def send(self, *chats: str, patience: timedelta = LONG) -> None:
        """A message to each of `chats`, all asked for at once."""
        work = [asyncio.create_task(self._one(chat, patience)) for chat in chats]
        await self.hours.run(*work)
        await asyncio.gather(*work)

    async def _one(self, chat: str, patience: timedelta) -> None:
        await self.pace.turn(chat, patience=patience)
        self.out.append((chat, round(self.hours.at - 1_000, 3)))

    def when(self, chat: str) -> list[float]:
        """Seconds after the beginning at which `chat` was written to."""
        return [moment for written, moment in self.out if written == chat]


async def test_one_chat_gets_a_message_a_second_at_most() -> None:
    street = Street()
    await street.send(*["7"] * 4)
    assert street.when("7") == pytest.approx([0, 1, 2, 3], abs=0.1)


async def test_a_group_gets_twenty_messages_a_minute_at_most() -> None:
    street = Street()
    await street.send(*["-7"] * 41)
    moments = street.when("-7")
    assert all(later - earlier >= 60 for earlier, later in zip(moments, moments[20:], strict=False))
    assert moments[19] == pytest.approx(19, abs=0.1)


async def test_all_chats_together_get_thirty_a_second_at_most() -> None:
    street = Street()
    await street.send(*[str(number) for number in range(1, 91)])
    moments = sorted(moment for _, moment in street.out)
    assert all(later - earlier >= 0.999 for earlier, later in zip(moments, moments[30:], strict=False))
    assert moments[-1] < 3.1


async def test_a_flood_wait_of_one_chat_holds_no_other() -> None:
    street = Street()
    street.pace.hold("7", timedelta(seconds=40))
    await street.send("7", "8", "7")
    assert street.when("8") == pytest.approx([0], abs=0.1)
    assert street.when("7") == pytest.approx([40, 41], abs=0.1)


async def test_a_flood_wait_that_comes_while_one_waits_for_its_turn_counts() -> None:
    street = Street()
    await street.send("7")
    waiting = asyncio.create_task(street._one("7", LONG))
    await _yielded()
    street.pace.hold("7", timedelta(seconds=30))
    await street.hours.run(waiting)
    assert street.when("7") == pytest.approx([0, 30], abs=0.1)


async def test_who_has_no_patience_is_told_the_wait_at_once_and_takes_nobodys_place() -> None:
    street = Street()
    street.pace.hold("7", timedelta(seconds=40))
    with pytest.raises(TryLater) as caught:
        await street.pace.turn("7", patience=timedelta(seconds=5))
    assert caught.value.after == timedelta(seconds=40)
    await street.send("7")
    assert street.when("7") == pytest.approx([40], abs=0.1)


async def test_chats_that_were_written_to_long_ago_are_forgotten_and_held_ones_are_not() -> None:
    street = Street()
    street.pace.hold("held", timedelta(hours=9))
    for number in range(MAX_KEPT - 1):
        street.pace.hold(f"1{number}", timedelta(seconds=1))
    street.hours.at += 600
    await street.send("new")
    assert set(street.pace._chats) == {"held", "new"}
