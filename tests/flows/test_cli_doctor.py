"""The doctor tries tokens out against the platforms, and says never more of them than whether they work."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.contracts.discord_server import TOKEN as DISCORD_TOKEN
from tests.contracts.discord_server import DiscordServer
from tests.contracts.feed_server import FeedServer, answer, item, rss
from tests.contracts.telegram_server import TOKEN as TELEGRAM_TOKEN
from tests.contracts.telegram_server import TelegramServer, page, unauthorised
from tests.flows.terminal import Terminal


async def examined(terminal: Terminal) -> dict[str, dict[str, Any]]:
    """What the doctor found, by part."""
    said = await asyncio.to_thread(terminal.types, "doctor --format json")
    assert TELEGRAM_TOKEN not in said.out + said.err and DISCORD_TOKEN not in said.out + said.err
    return {row["part"]: row for row in said.json}


async def test_tokens_that_work_are_named_by_their_bot(terminal: Terminal) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        terminal.set(TELEGRAM__TOKEN=TELEGRAM_TOKEN, TELEGRAM__BASE_URL=telegram.url)
        terminal.set(DISCORD__TOKEN=DISCORD_TOKEN, DISCORD__BASE_URL=discord.api_base)
        found = await examined(terminal)
    assert [found[part]["state"] for part in ("telegram", "discord")] == ["works", "works"]


async def test_a_token_that_is_refused_is_broken_and_the_setting_named(terminal: Terminal) -> None:
    async with TelegramServer() as telegram, DiscordServer() as discord:
        telegram.script("getMe", unauthorised())
        discord.refuse("/users/@me", 401)
        terminal.set(TELEGRAM__TOKEN=TELEGRAM_TOKEN, TELEGRAM__BASE_URL=telegram.url)
        terminal.set(DISCORD__TOKEN=DISCORD_TOKEN, DISCORD__BASE_URL=discord.api_base)
        found = await examined(terminal)
    for part in ("telegram", "discord"):
        assert found[part]["state"] == "broken" and f"{part}.token" in found[part]["remedy"]


async def test_a_platform_that_cannot_be_asked_is_not_called_broken(terminal: Terminal) -> None:
    async with TelegramServer() as telegram:
        telegram.script("getMe", page(502))
        terminal.set(TELEGRAM__TOKEN=TELEGRAM_TOKEN, TELEGRAM__BASE_URL=telegram.url)
        terminal.set(DISCORD__TOKEN=DISCORD_TOKEN, DISCORD__BASE_URL="http://127.0.0.1:1")
        found = await examined(terminal)
    assert [found[part]["state"] for part in ("telegram", "discord")] == ["look at", "look at"]


async def test_a_feed_that_fails_is_named_with_its_reason(terminal: Terminal, feed_server: FeedServer) -> None:
    good, bad = feed_server.says("/good", answer(rss(item(1)))), feed_server.says("/bad", answer(status=404))
    terminal.set(FEEDS=f"{good} {bad}", FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16")
    await asyncio.to_thread(terminal.types, "poll")
    found = await examined(terminal)
    assert found["feeds"]["state"] == "look at"
    assert (
        "/bad since " in found["feeds"]["found"] and "its server answers with an error (404)" in found["feeds"]["found"]
    )
    assert "planwatch feeds discover" in found["feeds"]["remedy"]


async def test_a_source_that_has_long_been_silent_is_pointed_out(terminal: Terminal, feed_server: FeedServer) -> None:
    terminal.set(FEEDS=feed_server.says("/good", answer(rss(item(1)))), FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16")
    await asyncio.to_thread(terminal.types, "poll")
    found = await examined(terminal)
    assert found["feeds"]["state"] == "works"
    assert found["silent"]["state"] == "look at" and "Lantern (2026-02-09)" in found["silent"]["found"]


@pytest.mark.postgres
async def test_the_whole_path_goes_on_postgresql_too(
    terminal: Terminal, feed_server: FeedServer, postgres: Any
) -> None:
    telling = (
        "The security guarantees for Ukraine would include a force of 15,000 troops, officials said. "
        "The reassurance force would be led by France and Britain under the plan. "
        "Under the draft, the partners would answer a new attack within ten days."
    )
    terminal.set(
        FEEDS=feed_server.says("/rss", answer(rss(item(1, telling)))), FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16"
    )
    rows = []
    for url in (postgres.fresh(), f"sqlite:///{terminal.folder}/other.db"):
        terminal.set(STORAGE__URL=url)
        assert (await asyncio.to_thread(terminal.types, "poll")).status == 0
        rows.append(
            [
                (await asyncio.to_thread(terminal.types, f"export {what}")).out
                for what in ("points", "developments", "changes", "status")
            ]
        )
        found = await examined(terminal)
        assert found["store"]["state"] == "works"
    assert rows[0] == rows[1] and "15,000" in rows[0][0]
