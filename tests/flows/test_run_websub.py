"""`planwatch run` with a public address: a real hub calls a real program, and its news are there."""

from __future__ import annotations

import asyncio
import socket

from tests.contracts.feed_server import FeedServer, answer, item, rss
from tests.contracts.telegram_server import TOKEN, TelegramServer
from tests.contracts.websub_hub import WebSubHub
from tests.flows.terminal import Terminal
from tests.flows.test_run_platforms import running, stopped


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_a_feeds_hub_is_subscribed_to_and_what_it_pushes_is_read(
    terminal: Terminal, feed_server: FeedServer
) -> None:
    port = free_port()
    async with TelegramServer() as telegram, WebSubHub() as hub:
        url = f"http://{feed_server.host}:{feed_server.port}/news"
        feed_server.says("/news", answer(rss(item(1)), Link=f'<{hub.url}>; rel="hub", <{url}>; rel="self"'))
        terminal.set(FEEDS=url, FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16")
        await asyncio.to_thread(terminal.types, "poll")
        environ = {
            "TELEGRAM__TOKEN": TOKEN, "TELEGRAM__BASE_URL": telegram.url, "FEEDS": url,
            "WEBSUB__PUBLIC_URL": f"http://127.0.0.1:{port}/hubs", "WEBSUB__LISTEN": f"127.0.0.1:{port}",
        }  # fmt: skip
        async with running(terminal.folder, feed_server, environ) as (process, heard):
            await heard.until("websub.listening")
            await heard.until("hub.promised")
            assert await hub.push(rss(item(5))) == 202
            assert '"new": 1' in await heard.until("push.taken")
            said = await stopped(process, heard)
        assert said.status == 0 and "Traceback" not in said.err
        assert len(hub.asked[0]["hub.secret"]) == 43 == len(hub.callback.rpartition("/")[2])
        assert hub.asked[0]["hub.secret"] not in said.err and hub.callback.rpartition("/")[2] not in said.err


async def test_the_doctor_says_how_many_hubs_promised_and_minds_http(
    terminal: Terminal, feed_server: FeedServer
) -> None:
    link = '<https://hub.example/>; rel="hub", <https://lantern.example/rss>; rel="self"'
    urls = [feed_server.says("/rss", answer(rss(item(1)), Link=link)), feed_server.says("/plain", answer(rss(item(1))))]
    terminal.set(FEEDS=" ".join(urls), FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16")
    await asyncio.to_thread(terminal.types, "poll")

    async def told() -> dict[str, str]:
        said = await asyncio.to_thread(terminal.types, "doctor --offline --format json")
        [found] = [dict(row) for row in said.json if row["part"] == "websub"]
        return found

    assert (await told())["state"] == "off" and "1 of 2 feeds have a hub" in (await told())["found"]
    terminal.set(WEBSUB__PUBLIC_URL="http://bot.example/hubs", WEBSUB__LISTEN="127.0.0.1:9465")
    http = await told()
    assert http["state"] == "look at" and "use https" in http["remedy"]
    terminal.set(WEBSUB__PUBLIC_URL="https://bot.example/hubs")
    https = await told()
    assert https["state"] == "works"
    assert https["found"] == "1 of 2 feeds have a hub, 0 promised to push, 0 pushed in the last 7 days"
