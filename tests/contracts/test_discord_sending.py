"""Posting parts through the real discord.py client: what arrives, and what each refusal means for the outbox."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model.chats import ChatRef, Platform
from bot.model.errors import ChatGone, PartRefused, TryLater
from bot.model.replies import Button, Heading, Item, Paragraph, Quotation, Reply, Run, Style, plain
from tests.contracts.discord_payloads import GENERAL, LOCKED, SEND, THREAD, VIEW
from tests.contracts.discord_rules import COMPONENTS_V2, SILENT
from tests.contracts.discord_running import connected, place, start
from tests.contracts.discord_server import DiscordServer

DIGEST = Reply(
    blocks=(
        Heading(plain("What moved")),
        Item(
            (Run("Response", Style.STRONG), Run(": within ten days, was within a month")),
            quotations=(
                Quotation(
                    plain("“The partners would have to begin deliveries inside ten days.”"),
                    (Run("a diplomat, to "), Run("Lantern Agency", url="https://lantern.example/a"), Run(", 4 Jan")),
                ),
            ),
        ),
    ),
    buttons=((Button("Board", "layers"), Button("All sources", url="https://planwatch.example/sources")),),
)
PART = '{"components": [{"type": 10, "content": "a part"}]}'


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A small Discord."""
    async with DiscordServer() as running:
        yield running


async def _refused(server: DiscordServer, channel: str = GENERAL) -> BaseException:
    """What sending a part to the channel raises."""
    async with connected(server) as running:
        with pytest.raises((TryLater, ChatGone, PartRefused)) as refused:
            await running.gateway.send(place(channel), PART, silent=True)
    return refused.value


async def test_a_digest_arrives_as_rendered_with_its_buttons(server: DiscordServer) -> None:
    async with connected(server) as running:
        (part,) = running.gateway.render(DIGEST)
        message_id = await running.gateway.send(place(GENERAL), part, silent=True)
    (message,) = server.messages
    assert message.id == message_id and message.channel == GENERAL
    assert message.text == (
        "## What moved\n**Response**: within ten days, was within a month\n"
        "> “The partners would have to begin deliveries inside ten days.”\n"
        "-# a diplomat, to [Lantern Agency](https://lantern.example/a), 4 Jan"
    )
    assert [button["label"] for button in message.sent["components"][1]["components"]] == ["Board", "All sources"]
    assert message.sent["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize("silent", [True, False])
async def test_sound_is_made_only_where_asked_for(server: DiscordServer, silent: bool) -> None:
    async with connected(server) as running:
        await running.gateway.send(place(THREAD), PART, silent=silent)
    assert server.messages[0].sent["flags"] == COMPONENTS_V2 | (SILENT if silent else 0)
    assert server.messages[0].channel == THREAD


async def test_a_second_try_of_the_same_part_does_not_post_it_twice(server: DiscordServer) -> None:
    async with connected(server) as running:
        first = await running.gateway.send(place(GENERAL), PART, silent=True)
        again = await running.gateway.send(place(GENERAL), PART, silent=True)
        elsewhere = await running.gateway.send(place(THREAD), PART, silent=True)
    assert first == again != elsewhere
    assert len(server.messages) == 2


async def test_all_parts_of_a_long_digest_are_taken(server: DiscordServer) -> None:
    long = Reply(blocks=tuple(Paragraph(plain(f"{number}. " + "Слово, *слово* <@1>. " * 120)) for number in range(9)))
    async with connected(server) as running:
        parts = running.gateway.render(long)
        for part in parts:
            await running.gateway.send(place(GENERAL), part, silent=True)
    assert len(server.messages) == len(parts) > 3


async def test_a_short_rate_limit_is_waited_out(server: DiscordServer) -> None:
    server.refuse("/messages", 429, retry_after=0.02)
    async with connected(server) as running:
        await running.gateway.send(place(GENERAL), PART, silent=True)
    assert len(server.messages) == 1


async def test_a_long_rate_limit_is_left_to_the_outbox(server: DiscordServer) -> None:
    server.refuse("/messages", 429, retry_after=120.0)
    refused = await _refused(server)
    assert isinstance(refused, TryLater) and refused.after == timedelta(seconds=120)


async def test_a_server_that_is_down_is_tried_later(server: DiscordServer) -> None:
    server.refuse("/messages", 503)
    refused = await _refused(server)
    assert isinstance(refused, TryLater) and "503" in refused.detail


async def test_a_channel_without_the_right_to_write_names_that_right(server: DiscordServer) -> None:
    server.refuse("/messages", 403, 50013)
    refused = await _refused(server, LOCKED)
    assert isinstance(refused, ChatGone) and refused.detail == "missing permission: Send Messages"


async def test_a_thread_without_the_right_to_write_names_that_right(server: DiscordServer) -> None:
    server.everybody = VIEW | SEND
    server.refuse("/messages", 403, 50013)
    refused = await _refused(server, THREAD)
    assert isinstance(refused, ChatGone) and refused.detail == "missing permission: Send Messages in Threads"


async def test_a_channel_out_of_sight_names_that_right(server: DiscordServer) -> None:
    server.refuse("/messages", 403, 50001)
    refused = await _refused(server, "777")
    assert isinstance(refused, ChatGone) and refused.detail == "missing permission: View Channel"


async def test_a_deleted_channel_is_gone(server: DiscordServer) -> None:
    server.refuse("/messages", 404, 10003)
    refused = await _refused(server)
    assert isinstance(refused, ChatGone) and "10003" in refused.detail


async def test_a_reader_who_closed_their_private_messages_is_gone(server: DiscordServer) -> None:
    server.refuse("/messages", 403, 50007)
    assert isinstance(await _refused(server), ChatGone)


async def test_a_network_in_between_that_says_no_is_not_the_channel_gone(server: DiscordServer) -> None:
    server.refuse("/messages", 403, 0)
    assert isinstance(await _refused(server), TryLater)


async def test_a_message_discord_never_takes_is_refused(server: DiscordServer) -> None:
    server.refuse("/messages", 400, 200000)
    refused = await _refused(server)
    assert isinstance(refused, PartRefused) and "200000" in refused.detail


@pytest.mark.parametrize("part", ["", "[]", "{}", '{"components": [{"type": 99}]}', '{"components": [{"type": 10}]}'])
async def test_a_damaged_part_is_refused_before_it_is_sent(server: DiscordServer, part: str) -> None:
    async with connected(server) as running:
        with pytest.raises(PartRefused):
            await running.gateway.send(place(GENERAL), part, silent=True)
    assert server.messages == []


async def test_while_there_is_no_connection_parts_wait(server: DiscordServer) -> None:
    running = start(server)
    with pytest.raises(TryLater):
        await running.gateway.send(place(GENERAL), PART, silent=True)
    await running.end()
    with pytest.raises(TryLater):
        await running.gateway.send(place(GENERAL), PART, silent=True)


async def test_an_address_that_is_no_channel_is_gone(server: DiscordServer) -> None:
    async with connected(server) as running:
        with pytest.raises(ChatGone):
            await running.gateway.send(ChatRef(Platform.DISCORD, "general"), PART, silent=True)


async def test_the_small_discord_refuses_what_the_real_one_would(server: DiscordServer) -> None:
    """The judge can judge: each of these must be found wrong, or the suite proves nothing."""
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "x", "custom_id": "same"}] * 2}
    wrong = (
        {"components": [{"type": 10, "content": ""}]},
        {"components": [{"type": 10, "content": "x" * 2500}, {"type": 10, "content": "y" * 2500}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "l" * 81, "custom_id": "a"}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 2, "label": "l", "custom_id": "c" * 101}]}]},
        {"components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url": "ftp://x"}]}]},
        {"components": [row]},
    )
    async with connected(server) as running:
        for message in wrong:
            with pytest.raises(PartRefused):
                await running.gateway.send(place(GENERAL), json.dumps(message), silent=True)
        assert len(server.mistakes) >= len(wrong)
        server.mistakes.clear()
    assert server.messages == []
