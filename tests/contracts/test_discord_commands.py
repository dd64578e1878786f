"""Slash commands, suggestions and buttons through the real discord.py client, against a small Discord that judges every call."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.commands.table import COMMANDS, Suggestion
from bot.model.chats import ChatKind
from bot.model.replies import Button, Item, Paragraph, Reply, plain
from tests.contracts.discord_payloads import GENERAL, MANAGE_SERVER, NEWS, PRIVATE, THREAD
from tests.contracts.discord_running import NOW, connected, place
from tests.contracts.discord_server import DiscordServer
from tests.doubles import ScriptedDesk

BOARD = Reply(blocks=(Paragraph(plain("the board")),), buttons=((Button("Force", "layer force"),),))
FORCE = Reply(blocks=(Paragraph(plain("six brigades")),), buttons=((Button("Board", "layers"),),))
LONG = Reply(blocks=tuple(Item(plain(f"{number} " + "word " * 300)) for number in range(8)))


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A small Discord."""
    async with DiscordServer() as running:
        yield running


async def test_the_menu_speaks_the_readers_language_and_names_what_needs_manage_server(server: DiscordServer) -> None:
    async with connected(server):
        registered = {command["name"]: command for command in server.commands}
    assert list(registered) == [command.name for command in COMMANDS if command.in_menu]
    assert registered["layers"]["description_localizations"]["uk"] == "Усі рівні плану на одному екрані"
    assert registered["layer"]["options"][0]["autocomplete"] is True
    assert registered["layer"]["options"][0]["description_localizations"]["uk"].startswith("рівень")
    assert registered["subscribe"]["default_member_permissions"] == "32"
    assert registered["layers"]["default_member_permissions"] is None
    assert {tuple(command["contexts"]) for command in server.commands} == {(0, 1)}


async def test_a_restart_does_not_register_the_same_commands_again(server: DiscordServer) -> None:
    async with connected(server):
        pass
    async with connected(server) as again:
        exchange = await server.slash("layers")
        await server.until(lambda: exchange.texts)
        assert "discord_commands_registered" not in again.log.events
    assert server.registrations == 1


async def test_commands_that_differ_are_registered_anew(server: DiscordServer) -> None:
    async with connected(server):
        pass
    server.commands[0]["description"] = "an older summary"
    async with connected(server):
        await server.until(lambda: server.registrations == 2)
    assert server.commands[0]["description"] == COMMANDS[0].summary.of("en")


async def test_a_slash_command_is_acknowledged_at_once_and_answered_for_all(server: DiscordServer) -> None:
    desk = ScriptedDesk({"layers": BOARD}, slow=("layers",))
    async with connected(server, desk):
        exchange = await server.slash("layers")
        await server.until(lambda: exchange.callback)
        assert exchange.thinking and exchange.callback_after < 3
        desk.let_go.set()
        await server.until(lambda: exchange.texts)
    assert exchange.texts == ["the board"]
    assert not exchange.shown[0].hidden


async def test_the_request_says_who_asked_what_where_and_in_which_language(server: DiscordServer) -> None:
    async with connected(server) as running:
        exchange = await server.slash("subscribe", locale="uk", zone="Kyiv", time=" 08:00 ", permissions=MANAGE_SERVER)
        await server.until(lambda: exchange.texts)
    (request,) = running.desk.requests
    assert (request.command, request.arguments, request.language) == ("subscribe", "08:00 Kyiv", "uk")
    assert (request.chat, request.chat_kind, request.chat_title) == (place(GENERAL), ChatKind.GROUP, "Readers #general")
    assert (request.person.id, request.person.name, request.person.may_manage) == ("42", "Reader", True)
    assert request.at == NOW


@pytest.mark.parametrize(
    ("channel", "kind", "title"),
    [(THREAD, ChatKind.GROUP, "Readers #plan talk"), (NEWS, ChatKind.CHANNEL, "Readers #plan-news")],
)
async def test_threads_and_announcement_channels_are_chats_of_their_own(
    server: DiscordServer, channel: str, kind: ChatKind, title: str
) -> None:
    async with connected(server) as running:
        exchange = await server.slash("layers", channel=channel)
        await server.until(lambda: exchange.texts)
    (request,) = running.desk.requests
    assert (request.chat, request.chat_kind, request.chat_title) == (place(channel), kind, title)


async def test_who_lacks_manage_server_may_not_manage_even_if_the_menu_let_them(server: DiscordServer) -> None:
    async with connected(server) as running:
        exchange = await server.slash("subscribe", time="08:00", permissions=0)
        await server.until(lambda: exchange.texts)
    assert running.desk.requests[0].person.may_manage is False


async def test_in_a_private_chat_its_owner_may_manage(server: DiscordServer) -> None:
    private = Reply(blocks=(Paragraph(plain("subscribed")),), private=True)
    async with connected(server, ScriptedDesk({"subscribe": private})) as running:
        exchange = await server.slash("subscribe", channel=PRIVATE, time="08:00")
        await server.until(lambda: exchange.texts)
    (request,) = running.desk.requests
    assert request.person.may_manage and request.chat_kind is ChatKind.PRIVATE and request.chat == place(PRIVATE)
    assert exchange.texts == ["subscribed"] and not exchange.shown[0].hidden


async def test_a_private_reply_is_seen_only_by_who_asked(server: DiscordServer) -> None:
    private = Reply(blocks=(Paragraph(plain("You need Manage Server")),), private=True)
    async with connected(server, ScriptedDesk({"subscribe": private})):
        exchange = await server.slash("subscribe")
        await server.until(lambda: exchange.texts)
    assert exchange.texts == ["You need Manage Server"]
    assert exchange.shown[0].hidden
    assert not exchange.thinking, "the public “is thinking” must not stay behind"


async def test_a_long_reply_comes_whole_and_in_order(server: DiscordServer) -> None:
    async with connected(server, ScriptedDesk({"latest": LONG})):
        exchange = await server.slash("latest")
        await server.until(lambda: "7 word" in " ".join(exchange.texts))
    words = " ".join(exchange.texts).split()
    assert len(exchange.texts) > 1
    assert [word for word in words if word != "word"] == [str(number) for number in range(8)]
    assert words.count("word") == 8 * 300


async def test_an_empty_reply_leaves_nothing_behind(server: DiscordServer) -> None:
    async with connected(server, ScriptedDesk({"latest": Reply(blocks=())})):
        exchange = await server.slash("latest")
        await server.until(lambda: exchange.callback and not exchange.thinking)
    assert exchange.texts == []


async def test_suggestions_come_while_typing(server: DiscordServer) -> None:
    desk = ScriptedDesk()
    desk.suggestions = (
        Suggestion(label="Force", value="force"),
        Suggestion(label="Formal steps", value="legal"),
        Suggestion(label="Army", value="army"),
        Suggestion(label="For" + "x" * 200, value="long"),
        Suggestion(label="Forbidden", value="v" * 101),
    )
    async with connected(server, desk):
        exchange = await server.types("layer", "name", "for")
    assert [choice["value"] for choice in exchange.choices] == ["force", "legal", "long"]
    assert exchange.callback_after < 3


async def test_failing_suggestions_leave_typing_possible(server: DiscordServer) -> None:
    class Broken(ScriptedDesk):
        async def suggest(self, *_: object) -> tuple[Suggestion, ...]:
            raise RuntimeError("no suggestions today")

    async with connected(server, Broken()) as running:
        exchange = await server.types("layer", "name", "for")
        await server.until(lambda: exchange.callback)
    assert exchange.choices == []
    assert "discord_suggestions_failed" in running.log.events


async def test_a_button_under_an_answer_changes_that_answer_also_after_a_restart(server: DiscordServer) -> None:
    async with connected(server, ScriptedDesk({"layers": BOARD})):
        asked = await server.slash("layers")
        await server.until(lambda: asked.texts)
    async with connected(server, ScriptedDesk({"layer": FORCE})) as again:
        pressed = await server.press(asked.shown[0], "Force", locale="uk")
        await server.until(lambda: pressed.texts)
    assert asked.shown[0].text == "six brigades"
    assert pressed.shown == asked.shown
    (request,) = again.desk.requests
    assert (request.command, request.arguments, request.language) == ("layer", "force", "uk")


async def test_a_button_under_a_posted_digest_leaves_the_digest_to_the_others(server: DiscordServer) -> None:
    async with connected(server, ScriptedDesk({"layer": FORCE})) as running:
        (part,) = running.gateway.render(BOARD)
        await running.gateway.send(place(GENERAL), part, silent=True)
        pressed = await server.press(server.messages[0], "Force")
        await server.until(lambda: pressed.texts)
    assert server.messages[0].text == "the board"
    assert pressed.texts == ["six brigades"]
    assert pressed.shown[0].hidden


async def test_a_long_answer_to_a_button_follows_below(server: DiscordServer) -> None:
    async with connected(server, ScriptedDesk({"layers": BOARD, "layer": LONG})):
        asked = await server.slash("layers")
        await server.until(lambda: asked.texts)
        pressed = await server.press(asked.shown[0], "Force")
        await server.until(lambda: "7 word" in " ".join(pressed.texts))
    assert asked.shown[0].text == "the board"


async def test_a_private_answer_to_a_button_does_not_replace_what_all_see(server: DiscordServer) -> None:
    refused = Reply(blocks=(Paragraph(plain("not allowed")),), private=True)
    async with connected(server, ScriptedDesk({"layers": BOARD, "layer": refused})):
        asked = await server.slash("layers")
        await server.until(lambda: asked.texts)
        pressed = await server.press(asked.shown[0], "Force")
        await server.until(lambda: pressed.texts)
    assert asked.shown[0].text == "the board"
    assert pressed.shown[0].hidden


async def test_one_failing_command_takes_no_other_along(server: DiscordServer) -> None:
    desk = ScriptedDesk({"status": RuntimeError("a bug"), "layers": BOARD})
    async with connected(server, desk) as running:
        failed, good = await server.slash("status"), await server.slash("layers")
        await server.until(lambda: good.texts and failed.callback and not failed.thinking)
    assert good.texts == ["the board"]
    assert failed.texts == []
    assert "discord_command_failed" in running.log.events


async def test_a_slow_command_does_not_hold_up_the_next(server: DiscordServer) -> None:
    desk = ScriptedDesk({"layers": BOARD}, slow=("status",))
    async with connected(server, desk):
        slow, quick = await server.slash("status"), await server.slash("layers")
        await server.until(lambda: quick.texts)
        assert slow.texts == []
        desk.let_go.set()
        await server.until(lambda: slow.texts)
