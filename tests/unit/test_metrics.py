"""What an operator's monitoring sees."""

from __future__ import annotations

from datetime import UTC, datetime

import aiohttp
import pytest

from bot.metrics import Counters, served
from bot.model.errors import SettingsError

HOME = "127.0.0.1"


class StoppedClock:
    def now(self) -> datetime:
        return datetime(2026, 1, 5, 8, tzinfo=UTC)


async def ask(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://{HOME}:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_it_is_alive_and_ready_and_counts() -> None:
    counters = Counters(StoppedClock())
    counters.round("poll", 1.5, True)
    counters.round("poll", 0.5, False)
    counters.count("entries", 7)
    counters.platform("telegram", running=True)

    async def ready() -> str:
        return ""

    async with served((HOME, 0), counters, ready) as port:
        assert await ask(port, "/healthz") == (200, "alive\n")
        assert await ask(port, "/readyz") == (200, "ready\n")
        status, text = await ask(port, "/metrics")
    assert status == 200
    assert 'planwatch_rounds_total{job="poll",outcome="failed"} 1.0' in text
    assert 'planwatch_round_last_success_seconds{job="poll"} 1.7676e+09' in text
    assert 'planwatch_things_total{kind="entries"} 7.0' in text
    assert 'planwatch_platform_running{platform="telegram"} 1.0' in text


async def test_not_being_ready_says_why() -> None:
    async def ready() -> str:
        return "the store does not answer"

    async with served((HOME, 0), Counters(StoppedClock()), ready) as port:
        assert await ask(port, "/readyz") == (503, "the store does not answer\n")
        assert (await ask(port, "/healthz"))[0] == 200


async def test_an_address_that_is_taken_names_the_setting() -> None:
    async def ready() -> str:
        return ""

    async with served((HOME, 0), Counters(StoppedClock()), ready) as port:
        with pytest.raises(SettingsError, match=r"metrics\.listen"):
            async with served((HOME, port), Counters(StoppedClock()), ready):
                pass


async def test_two_sets_of_counters_stand_side_by_side() -> None:
    first, second = Counters(StoppedClock()), Counters(StoppedClock())
    assert first.registry is not second.registry
