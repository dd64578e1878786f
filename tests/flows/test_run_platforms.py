"""`planwatch run` with tokens: real clients, local servers, one process."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from tests.contracts import telegram_updates
from tests.contracts.discord_server import TOKEN as DISCORD_TOKEN
from tests.contracts.discord_server import DiscordServer
from tests.contracts.feed_server import FeedServer, answer, item, rss
from tests.contracts.telegram_server import TOKEN as TELEGRAM_TOKEN
from tests.contracts.telegram_server import TelegramServer, unauthorised
from tests.flows.terminal import Said, program


class Heard:
    """The lines a program logs, as they come."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._changed = asyncio.Condition()

    async def listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        async for line in process.stderr:
            async with self._changed:
                self.lines.append(line.decode())
                self._changed.notify_all()

    async def until(self, words: str, within: float = 40) -> str:
        """The first line that holds these words."""
        try:
            async with asyncio.timeout(within), self._changed:
                await self._changed.wait_for(lambda: any(words in line for line in self.lines))
        except TimeoutError:
            raise AssertionError(f"{words!r} was never logged:\n{''.join(self.lines)}") from None
        return next(line for line in self.lines if words in line)


@asynccontextmanager
async def running(
    folder: Path, feeds: FeedServer, environ: Mapping[str, object]
) -> AsyncIterator[tuple[asyncio.subprocess.Process, Heard]]:
    """A running planwatch, and what it logs."""
    common = {
        "FEEDS": feeds.says("/rss", answer(rss(item(1)))),
        "FETCH__ALLOW_PRIVATE_HOSTS": "127.77.0.0/16",
        "LOG__FORM": "json",
    }
    heard = Heard()
    async with program(folder, "run", environ={**common, **environ}) as process:
        listening = asyncio.create_task(heard.listen(process))
        yield process, heard
    await listening


async def stopped(process: asyncio.subprocess.Process, heard: Heard, within: float = 5) -> Said:
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(within):
        await process.wait()
    return Said(process.returncode or 0, "", "".join(heard.lines))


async def test_both_platforms_are_served_from_one_process_and_stop_within_five_seconds(
    tmp_path: Path, feed_server: FeedServer
) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        environ = {
            "TELEGRAM__TOKEN": TELEGRAM_TOKEN, "TELEGRAM__BASE_URL": telegram.url,
            "DISCORD__TOKEN": DISCORD_TOKEN, "DISCORD__BASE_URL": discord.api_base, "DISCORD__GATEWAY_URL": discord.gateway_url,
        }  # fmt: skip
        async with running(tmp_path, feed_server, environ) as (process, heard):
            await telegram.until(called="getUpdates", within=40)
            await heard.until("commands_registered")
            await telegram.push(telegram_updates.message("/layers"))
            await telegram.until(called="sendMessage", within=20)
            exchange = await discord.slash("layers")
            await discord.until(lambda: exchange.shown)
            said = await stopped(process, heard)
    assert said.status == 0, said.err
    assert "Traceback" not in said.err
    assert TELEGRAM_TOKEN not in said.err and DISCORD_TOKEN not in said.err
    assert telegram.mistakes == [] and discord.mistakes == []


async def test_a_wrong_token_is_named_by_its_platform_and_the_other_goes_on(
    tmp_path: Path, feed_server: FeedServer
) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        telegram.script("getMe", *[unauthorised()] * 5)
        environ = {
            "TELEGRAM__TOKEN": TELEGRAM_TOKEN, "TELEGRAM__BASE_URL": telegram.url,
            "DISCORD__TOKEN": DISCORD_TOKEN, "DISCORD__BASE_URL": discord.api_base, "DISCORD__GATEWAY_URL": discord.gateway_url,
        }  # fmt: skip
        async with running(tmp_path, feed_server, environ) as (process, heard):
            await heard.until("platform.token_refused")
            await heard.until("commands_registered")
            said = await stopped(process, heard)
    refusal = next(line for line in said.err.splitlines() if "token_refused" in line)
    assert '"platform": "telegram"' in refusal and "telegram.token" in refusal
    assert TELEGRAM_TOKEN not in said.err
    assert said.status == 1


async def test_with_one_platform_and_a_wrong_token_it_ends_with_status_2(
    tmp_path: Path, feed_server: FeedServer
) -> None:
    async with TelegramServer() as telegram:
        telegram.script("getMe", *[unauthorised()] * 5)
        environ = {"TELEGRAM__TOKEN": TELEGRAM_TOKEN, "TELEGRAM__BASE_URL": telegram.url}
        async with running(tmp_path, feed_server, environ) as (process, heard):
            async with asyncio.timeout(40):
                assert await process.wait() == 2
    assert any("token_refused" in line for line in heard.lines)


async def test_without_a_network_it_keeps_trying_and_still_stops_at_once(
    tmp_path: Path, feed_server: FeedServer
) -> None:
    environ = {
        "TELEGRAM__TOKEN": TELEGRAM_TOKEN, "TELEGRAM__BASE_URL": "http://127.0.0.1:1",
        "DISCORD__TOKEN": DISCORD_TOKEN, "DISCORD__BASE_URL": "http://127.0.0.1:1/api", "DISCORD__GATEWAY_URL": "ws://127.0.0.1:1/",
    }  # fmt: skip
    async with running(tmp_path, feed_server, environ) as (process, heard):
        await heard.until("telegram.not_reached")
        said = await stopped(process, heard)
    assert said.status == 0 and "Traceback" not in said.err


async def test_monitoring_sees_that_it_is_ready_and_what_it_did(tmp_path: Path, feed_server: FeedServer) -> None:
    async with TelegramServer() as telegram:
        environ = {
            "TELEGRAM__TOKEN": TELEGRAM_TOKEN,
            "TELEGRAM__BASE_URL": telegram.url,
            "METRICS__LISTEN": "127.0.0.1:0",
        }
        async with running(tmp_path, feed_server, environ) as (process, heard):
            await heard.until("poll.done")
            port = (await heard.until("metrics.listening")).partition('"port": ')[2].partition(",")[0].strip("}\n ")
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as ready:
                assert ready.status == 200
            async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/metrics") as page:
                text = await page.text()
            await stopped(process, heard)
    assert (
        'planwatch_things_total{kind="entries"} 1.0' in text
        and 'planwatch_platform_running{platform="telegram"} 1.0' in text
    )
