"""The life of the Discord connection: wrong token, lost and refused connections, chats that go, a clean stop, silent logs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.model.errors import TokenRefused
from tests.contracts.discord_payloads import GENERAL, LOCKED, NEWS, SERVER, THREAD
from tests.contracts.discord_payloads import channel as channel_payload
from tests.contracts.discord_running import connected, place, start
from tests.contracts.discord_server import TOKEN, DiscordServer
from tests.doubles import ScriptedDesk


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A small Discord."""
    async with DiscordServer() as running:
        yield running


async def _still_answers(server: DiscordServer) -> None:
    exchange = await server.slash("layers")
    await server.until(lambda: exchange.texts)


async def test_a_wrong_token_is_named_by_platform_and_not_shown(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    running = start(server, token="wrong-token-1234")
    with pytest.raises(TokenRefused) as refused:
        await asyncio.wait_for(running.task, 5)
    assert refused.value.platform == "discord"
    assert "wrong-token-1234" not in caplog.text + str(refused.value) + str(running.log.lines)


async def test_a_token_withdrawn_while_running_ends_it_the_same_way(server: DiscordServer) -> None:
    running = start(server)
    await server.until(lambda: server.ready)
    server.token = "another"
    await server.drop()  # the client resumes, and is told that its token is none
    with pytest.raises(TokenRefused):
        await asyncio.wait_for(running.task, 5)


async def test_the_first_connection_failing_does_not_end_the_bot(server: DiscordServer) -> None:
    server.refused_connects = 3
    async with connected(server) as running:
        await _still_answers(server)
    assert running.log.events.count("discord_connection_lost") == 3


async def test_an_api_that_is_down_at_first_does_not_end_the_bot(server: DiscordServer) -> None:
    server.refuse("/users/@me", 503, times=2)
    async with connected(server):
        await _still_answers(server)


async def test_a_dropped_connection_is_resumed(server: DiscordServer) -> None:
    async with connected(server):
        await server.drop()
        await server.until(lambda: server.resumed)
        await _still_answers(server)
    assert server.identified == 1


async def test_an_invalid_session_is_begun_anew(server: DiscordServer) -> None:
    async with connected(server):
        await server.invalidate()
        await server.until(lambda: server.ready == 2)
        await _still_answers(server)
    assert server.identified == 2


async def test_a_connection_lost_for_good_is_built_anew(server: DiscordServer) -> None:
    async with connected(server) as running:
        server.refused_connects = 2
        await server.drop()
        await server.until(lambda: server.ready == 2)
        await _still_answers(server)
        assert "discord_connection_lost" in running.log.events


async def test_nonsense_from_the_gateway_costs_the_connection_and_not_the_bot(server: DiscordServer) -> None:
    async with connected(server):
        await server.tell("INTERACTION_CREATE", {"id": "not even a number"})
        await server.until(lambda: server.ready == 2)
        await _still_answers(server)


async def test_menus_that_cannot_be_registered_do_not_keep_commands_from_working(server: DiscordServer) -> None:
    server.refuse("/commands", 403, 50001)
    running = start(server)
    await server.until(lambda: server.ready)
    await _still_answers(server)
    await running.end()
    assert "discord_commands_not_registered" in running.log.events


async def test_a_removed_bot_forgets_every_chat_of_that_server(server: DiscordServer) -> None:
    async with connected(server) as running:
        await server.tell("GUILD_DELETE", {"id": SERVER})
        await _still_answers(server)
    assert {chat for chat, _ in running.gone} == {GENERAL, NEWS, LOCKED, THREAD}
    assert {why for _, why in running.gone} == {"removed from the server"}


async def test_a_server_that_is_only_unavailable_is_not_forgotten(server: DiscordServer) -> None:
    async with connected(server) as running:
        await server.tell("GUILD_DELETE", {"id": SERVER, "unavailable": True})
        await _still_answers(server)
    assert running.gone == []


async def test_a_deleted_channel_goes_with_its_threads(server: DiscordServer) -> None:
    async with connected(server) as running:
        await server.tell("CHANNEL_DELETE", channel_payload(GENERAL))
        await _still_answers(server)
    assert running.gone == [(GENERAL, "channel deleted"), (THREAD, "thread deleted")]


async def test_a_deleted_thread_is_told(server: DiscordServer) -> None:
    async with connected(server) as running:
        await server.tell("THREAD_DELETE", {"id": THREAD, "guild_id": SERVER, "parent_id": GENERAL, "type": 11})
        await _still_answers(server)
    assert running.gone == [(THREAD, "thread deleted")]


@pytest.mark.parametrize("deaf", [False, True], ids=["answering", "silent"])
async def test_it_stops_within_three_seconds_and_leaves_nothing_running(
    server: DiscordServer, caplog: pytest.LogCaptureFixture, deaf: bool
) -> None:
    server.deaf = deaf
    before = asyncio.all_tasks()
    running = start(server, ScriptedDesk(slow=("status",)))
    await server.until(lambda: server.ready and server.registrations)
    unanswered = await server.slash("status")
    await server.until(lambda: unanswered.callback)
    began = asyncio.get_running_loop().time()
    await running.end()
    assert asyncio.get_running_loop().time() - began < 3
    left = {task for task in asyncio.all_tasks() - before if "aiohttp" not in repr(task.get_coro())}
    assert {task for task in left if "discord" in repr(task.get_coro())} == set()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_an_answer_in_flight_still_arrives_when_stopping(server: DiscordServer) -> None:
    desk = ScriptedDesk(slow=("status",))
    async with connected(server, desk) as running:
        exchange = await server.slash("status")
        await server.until(lambda: exchange.callback)
        running.stop.set()
        desk.let_go.set()
        await server.until(lambda: exchange.texts)


async def test_stopping_while_nothing_answers_is_quick(server: DiscordServer) -> None:
    server.refused_connects = 10_000
    running = start(server)
    await server.until(lambda: "discord_connection_lost" in running.log.events or server.calls)
    await running.end()


async def test_addresses_of_the_library_are_put_back(server: DiscordServer) -> None:
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    async with connected(server):
        assert server.api_base == Route.BASE
    assert base == Route.BASE
    assert gateway == DiscordWebSocket.DEFAULT_GATEWAY


async def test_logs_hold_neither_the_token_nor_that_of_an_interaction(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with connected(server, ScriptedDesk({"status": RuntimeError("a bug")})) as running:
        server.refuse("/webhooks/", 404, 10008)
        failed, answered = await server.slash("status"), await server.slash("layers")
        await server.until(lambda: failed.callback and answered.callback)
        server.refuse("/channels/", 429, retry_after=0.01)
        await running.gateway.send(place(GENERAL), '{"components": [{"type": 10, "content": "x"}]}', silent=True)
        await server.drop()
        await server.until(lambda: server.resumed)
    assert TOKEN not in caplog.text
    library = [record for record in caplog.records if record.name.startswith("discord")]
    told = [record.getMessage() for record in library if record.levelno >= logging.INFO]
    assert told
    assert not [line for line in told if "interaction-token" in line]
    assert "interaction-token" not in str(running.log.lines)
    assert not [line for line in told if "voice" in line.lower()]
