"""The real client against the local Bot API server when things go wrong: floods, refusals, broken lines, bad tokens, stops."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.model.chats import ChatRef, Platform
from bot.model.errors import ChatGone, ChatMoved, PartRefused, TokenRefused, TryLater
from bot.model.replies import Button, Paragraph, Reply, plain
from handlers.telegram.client import a_bot
from handlers.telegram.connecting import Line
from tests.contracts.telegram_running import QUICK, Rig, running, stopped
from tests.contracts.telegram_server import (
    TOKEN,
    Script,
    TelegramServer,
    blocked,
    dropped,
    error,
    flood,
    migrated,
    page,
    unauthorised,
)
from tests.contracts.telegram_updates import GROUP, message, pressed
from tests.doubles import RecordingLog, ScriptedDesk

OLENA = ChatRef(Platform.TELEGRAM, "501")
PART = '{"text": "Good morning", "entities": []}'


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (flood(17), TryLater),
        (blocked(), ChatGone),
        (error(403, "Forbidden: bot was kicked from the group chat"), ChatGone),
        (error(400, "Bad Request: chat not found"), ChatGone),
        (error(400, "Bad Request: not enough rights to send text messages to the chat"), ChatGone),
        (error(400, "Bad Request: need administrator rights in the channel chat"), ChatGone),
        (error(400, "Bad Request: message thread not found"), ChatGone),
        (error(400, "Bad Request: TOPIC_CLOSED"), ChatGone),
        (migrated(-10042), ChatMoved),
        (error(400, "Bad Request: BUTTON_URL_INVALID"), PartRefused),
        (error(400, "Bad Request: message is too long"), PartRefused),
        (error(500, "Internal Server Error"), TryLater),
        (page(502), TryLater),
        (page(200), TryLater),
        (page(403), ChatGone),
        (dropped(), TryLater),
        (unauthorised(), TryLater),
    ],
)
async def test_a_digest_that_is_not_taken_is_sorted_by_what_has_to_happen(
    answer: Script, problem: type[Exception]
) -> None:
    async with TelegramServer() as server:
        server.script("sendMessage", answer)
        with pytest.raises(problem) as caught:
            await Rig(server, ScriptedDesk()).gateway.send(OLENA, PART, silent=True)
    assert TOKEN not in str(caught.value)


async def test_a_flood_wait_and_a_new_address_are_passed_on() -> None:
    async with TelegramServer() as server:
        server.script("sendMessage", flood(17), migrated(-10042))
        rig = Rig(server, ScriptedDesk())
        with pytest.raises(TryLater) as wait:
            await rig.gateway.send(OLENA, PART, silent=True)
        with pytest.raises(ChatMoved) as move:
            await rig.gateway.send(ChatRef(Platform.TELEGRAM, "-42"), PART, silent=True)
    assert (wait.value.after, move.value.new_id) == (timedelta(seconds=17), "-10042")


async def test_a_delivery_goes_out_silently_to_its_topic_and_its_id_comes_back() -> None:
    async with TelegramServer() as server:
        number = await Rig(server, ScriptedDesk()).gateway.send(
            ChatRef(Platform.TELEGRAM, "-10042", "7"), PART, silent=True
        )
        (sent,) = server.sent
    assert (number, sent["disable_notification"], sent["message_thread_id"]) == (str(sent["message_id"]), True, 7)


@pytest.mark.parametrize("part", ["", "{}", '{"text": "a", "entities": [{}]}', "[1]"])
async def test_a_broken_row_of_the_outbox_is_refused_and_not_sent(part: str) -> None:
    async with TelegramServer() as server:
        with pytest.raises(PartRefused):
            await Rig(server, ScriptedDesk()).gateway.send(OLENA, part, silent=True)
    assert server.calls == []


async def test_a_person_is_answered_although_telegram_asks_for_a_moment_first() -> None:
    async with running() as rig:
        rig.server.script("sendMessage", flood(1))
        await rig.server.push(message("/layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["text"] == "layers"


async def test_a_person_in_a_group_that_has_just_moved_is_answered_at_its_new_address() -> None:
    async with running() as rig:
        rig.server.script("sendMessage", migrated(-10042))
        await rig.server.push(message("/layers", GROUP))
        (sent,) = await rig.server.until(sent=1)
    assert sent["chat_id"] == -10042
    assert rig.moved == [(ChatRef(Platform.TELEGRAM, "-42"), ChatRef(Platform.TELEGRAM, "-10042"))]


async def test_one_failing_command_leaves_the_next_reader_unharmed() -> None:
    async with running(ScriptedDesk({"status": RuntimeError(f"boom {TOKEN}")})) as rig:
        await rig.server.push(message("/status"), message("/layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["text"] == "layers"
    assert ("error", "telegram.command_failed") in [line[:2] for line in rig.log.lines]
    assert TOKEN not in str(rig.log.lines)


async def test_a_reader_who_blocks_us_while_asking_harms_nobody() -> None:
    async with running() as rig:
        rig.server.script("sendMessage", blocked())
        await rig.server.push(message("/layers"), message("/layers", GROUP))
        (sent,) = await rig.server.until(sent=1)
    assert sent["chat_id"] == GROUP["id"]


async def test_an_update_that_can_not_be_read_does_not_stop_those_behind_it() -> None:
    async with running() as rig:
        await rig.server.push({"message": {"text": "no chat, no date"}}, {"callback_query": {}}, message("/layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["text"] == "layers"


async def test_a_slow_answer_holds_only_its_own_chat() -> None:
    async with running(ScriptedDesk(slow=("digest",))) as rig:
        await rig.server.push(message("/digest"), message("/layers"), message("/layers", GROUP))
        (first,) = await rig.server.until(sent=1)
        rig.desk.let_go.set()
        _, second, third = await rig.server.until(sent=3)
    assert first["chat_id"] == GROUP["id"]
    assert (second["text"], third["text"]) == ("digest", "layers")


async def test_a_flood_from_one_chat_is_dropped_and_others_are_served() -> None:
    async with running(ScriptedDesk(slow=("digest",))) as rig:
        await rig.server.push(*(message("/digest") for _ in range(300)), message("/layers", GROUP))
        (sent,) = await rig.server.until(sent=1)
        rig.desk.let_go.set()
        await rig.server.until(sent=17)
    assert sent["chat_id"] == GROUP["id"]
    assert len(rig.desk.requests) == 17
    assert rig.log.events.count("telegram.flood") == 284


async def test_the_token_stands_in_no_log_line_whatever_happens(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with running() as rig:
        echo = page(502, f"<html>Bad Gateway: /bot{TOKEN}/getUpdates</html>")
        rig.server.script("getUpdates", echo, dropped(), page(200, f"no json {TOKEN}"))
        rig.server.script("sendMessage", echo, page(404, TOKEN), page(200, TOKEN))
        await rig.server.push(message("/layers"), pressed("layers", message("Old")["message"]))
        await rig.server.until(called="getUpdates", times=4)
    assert TOKEN not in caplog.text
    assert TOKEN not in str(rig.log.lines)
    assert "telegram.not_reached" in rig.log.events


async def test_a_wrong_token_is_named_as_such_and_not_shown() -> None:
    async with TelegramServer() as server:
        rig = Rig(server, ScriptedDesk(), token="1:wrong")
        with pytest.raises(TokenRefused) as caught:
            await asyncio.wait_for(rig.gateway.run(rig.stop), 3)
    assert (caught.value.platform, "1:wrong" in repr(caught.value)) == ("telegram", False)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("token", ["", "two words", "../x", "1:a\n"])
def test_a_token_that_can_be_none_is_refused_before_anything_is_called(token: str) -> None:
    with pytest.raises(TokenRefused):
        Rig(TelegramServer(), ScriptedDesk(), token=token, url="http://127.0.0.1:9")


async def test_a_token_revoked_while_running_ends_the_platform_with_that_reason() -> None:
    async with TelegramServer() as server:
        rig = Rig(server, ScriptedDesk())
        server.script("getUpdates", *[unauthorised()] * 3)
        with pytest.raises(TokenRefused):
            await asyncio.wait_for(rig.gateway.run(rig.stop), 3)


async def test_one_refusal_while_running_may_be_a_proxys_and_is_survived() -> None:
    async with running() as rig:
        rig.server.script("getUpdates", page(404))
        await rig.server.push(message("/status"))  # ends the long poll, so that the next one meets the page
        await rig.server.until(sent=1)
        await rig.server.push(message("/layers"))
        sent = await rig.server.until(sent=2)
    assert [each["text"] for each in sent] == ["status", "layers"]


async def test_without_a_network_at_the_start_it_waits_and_then_serves() -> None:
    async with TelegramServer() as gone:
        port = gone.port
    rig = Rig(gone, ScriptedDesk(), url=f"http://127.0.0.1:{port}/bot")
    listening = asyncio.create_task(rig.gateway.run(rig.stop))
    await rig.log.until("telegram.not_reached")
    async with TelegramServer(port=port) as server:
        await server.push(message("/layers"))
        (sent,) = await server.until(sent=1)
        await stopped(rig, listening)
    assert sent["text"] == "layers"
    assert server.mistakes == []


@pytest.mark.parametrize(
    "trouble",
    [page(502), page(200), dropped(), flood(1), error(409, "Conflict: terminated by other getUpdates request")],
)
async def test_trouble_on_the_line_is_tried_again(trouble: Script) -> None:
    async with TelegramServer() as server:
        server.script("getMe", trouble)
        server.script("getUpdates", trouble)
        rig = Rig(server, ScriptedDesk())
        listening = asyncio.create_task(rig.gateway.run(rig.stop))
        await server.push(message("/layers"))
        await server.until(sent=1)
        await stopped(rig, listening)


async def test_a_menu_that_can_not_be_set_does_not_keep_us_from_answering() -> None:
    async with TelegramServer() as server:
        server.script("setMyCommands", *[error(400, "Bad Request: BOT_COMMAND_INVALID")] * 3)
        rig = Rig(server, ScriptedDesk())
        listening = asyncio.create_task(rig.gateway.run(rig.stop))
        await server.push(message("/layers"))
        await server.until(sent=1)
        await server.until(called="setMyCommands", times=3)
        await stopped(rig, listening)


async def test_what_was_answered_does_not_come_again_after_a_restart() -> None:
    async with TelegramServer() as server:
        desk = ScriptedDesk()
        for number, command in enumerate(("/layers", "/status"), 1):
            rig = Rig(server, desk)
            listening = asyncio.create_task(rig.gateway.run(rig.stop))
            await server.push(message(command))
            await server.until(sent=number)
            await stopped(rig, listening)
    assert [request.command for request in desk.requests] == ["layers", "status"]


async def test_of_a_batch_cut_by_a_stop_only_what_was_begun_is_confirmed() -> None:
    async with TelegramServer() as server:
        bot, stop, begun = a_bot(TOKEN, server.url), asyncio.Event(), []
        line = Line(bot, RecordingLog(), QUICK)
        await server.push(message("/layers"), message("/status"))
        async for update in line.updates(stop):
            begun.append(update.update_id)
            stop.set()
        await line.confirm()
        await bot.shutdown()
    assert begun == [1001]
    assert [call.get("offset") for call in server.of("getUpdates")] == [None, 1002]


async def test_a_stop_while_the_desk_thinks_or_the_line_is_dead_takes_no_three_seconds() -> None:
    async with running(ScriptedDesk(slow=("digest",))) as rig:
        await rig.server.push(message("/digest"))
        await rig.desk.asked.wait()
        rig.server.script("getUpdates", *[dropped()] * 9)
    assert rig.server.sent == []  # `running` has seen to the time and the tasks


async def test_a_stop_before_the_network_comes_up_is_clean() -> None:
    async with TelegramServer() as gone:
        rig = Rig(gone, ScriptedDesk())
    listening = asyncio.create_task(rig.gateway.run(rig.stop))
    await rig.log.until("telegram.not_reached")
    await stopped(rig, listening)


async def test_an_answer_with_nothing_to_say_but_buttons_still_arrives() -> None:
    async with running(ScriptedDesk({"layers": Reply(blocks=(), buttons=((Button("Help", command="help"),),))})) as rig:
        await rig.server.push(message("/layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["reply_markup"]["inline_keyboard"] == [[{"text": "Help", "callback_data": "help"}]]


async def test_hostile_text_arrives_as_it_is_written() -> None:
    hostile = "<b>bold?</b> *x* [y](https://evil.example) `z` &amp; \u202eevil"
    async with running(ScriptedDesk({"layers": Reply(blocks=(Paragraph(plain(hostile)),))})) as rig:
        await rig.server.push(message("/layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["text"] == hostile.replace("\u202e", "")
    assert sent["entities"] == []
    assert "parse_mode" not in sent
