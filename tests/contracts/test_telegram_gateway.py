"""The real client against the local Bot API server: what people type and press, and where the answers go."""

from __future__ import annotations

import pytest

from bot.commands.table import COMMANDS
from bot.model.chats import ChatKind, ChatRef, Platform
from bot.model.replies import Button, Item, Paragraph, Quotation, Reply, Run, Style, plain
from tests.builders import NOON
from tests.contracts.telegram_running import running
from tests.contracts.telegram_server import error
from tests.contracts.telegram_updates import (
    ANONYMOUS,
    CHANNEL,
    FORUM,
    GROUP,
    OLENA,
    PRIVATE,
    edited,
    in_topic,
    member,
    message,
    post,
    pressed,
)
from tests.doubles import ScriptedDesk


def _board(*, edits: bool = True) -> Reply:
    return Reply(
        blocks=(Paragraph((Run("Board", Style.STRONG),)),),
        buttons=((Button("Force", command="layer force"),),),
        edits=edits,
    )


async def test_a_command_in_a_private_chat_is_answered_there() -> None:
    async with running() as rig:
        await rig.server.push(message("/Layer  Force now"))
        (sent,) = await rig.server.until(sent=1)
    (request,) = rig.desk.requests
    assert (sent["chat_id"], sent["text"]) == (501, "layer Force now")
    assert (request.command, request.arguments, request.language, request.at) == ("layer", "Force now", "uk", NOON)
    assert request.chat == ChatRef(Platform.TELEGRAM, "501")
    assert (request.chat_kind, request.chat_title) == (ChatKind.PRIVATE, "Olena")
    assert (request.person.id, request.person.name, request.person.may_manage) == ("501", "Olena K", True)


async def test_link_previews_never_cover_the_text() -> None:
    async with running() as rig:
        await rig.server.push(message("/layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["link_preview_options"] == {"is_disabled": True}


async def test_a_word_without_slash_is_a_command_in_a_private_chat_only() -> None:
    async with running() as rig:
        await rig.server.push(message("layers", GROUP), message("layers"))
        (sent,) = await rig.server.until(sent=1)
    assert sent["chat_id"] == PRIVATE["id"]


async def test_in_a_group_other_bots_commands_stay_unanswered() -> None:
    async with running() as rig:
        foreign = [message(text, GROUP) for text in ("/layers@other_bot", "/ban", "/etc/passwd", "// no", "hello")]
        await rig.server.push(*foreign, message("/layers@Planwatch_Bot", GROUP))
        await rig.server.until(sent=1)
    assert [request.command for request in rig.desk.requests] == ["layers"]


async def test_a_mistyped_command_in_a_group_still_reaches_the_desk() -> None:
    async with running() as rig:
        await rig.server.push(message("/laeyrs", GROUP), message("/nonsense@planwatch_bot", GROUP))
        await rig.server.until(sent=2)
    assert sorted(request.command for request in rig.desk.requests) == ["laeyrs", "nonsense"]


@pytest.mark.parametrize(
    ("status", "may"), [("administrator", True), ("creator", True), ("member", False), ("left", False)]
)
async def test_only_a_groups_admins_may_subscribe_it(status: str, may: bool) -> None:
    async with running() as rig:
        rig.server.members[-42, 501] = status
        await rig.server.push(message("/subscribe 08:00", GROUP))
        await rig.server.until(sent=1)
    assert rig.desk.requests[0].person.may_manage is may
    assert rig.desk.requests[0].chat_kind is ChatKind.GROUP


async def test_an_anonymous_admin_may_subscribe_the_group() -> None:
    async with running() as rig:
        await rig.server.push(message("/subscribe", FORUM, person=ANONYMOUS, sender_chat=FORUM))
        await rig.server.until(sent=1)
    assert rig.desk.requests[0].person.may_manage is True


async def test_rights_that_telegram_does_not_tell_are_no_rights() -> None:
    async with running() as rig:
        rig.server.members[-42, 501] = "unheard-of"
        await rig.server.push(message("/subscribe", GROUP))
        await rig.server.until(sent=1)
    assert rig.desk.requests[0].person.may_manage is False


async def test_a_channel_is_subscribed_by_a_post_in_it() -> None:
    async with running() as rig:
        await rig.server.push(post("/subscribe 07:30 Kyiv"))
        (sent,) = await rig.server.until(sent=1)
    (request,) = rig.desk.requests
    assert sent["chat_id"] == CHANNEL["id"]
    assert (request.chat_kind, request.chat_title, request.person.may_manage) == (ChatKind.CHANNEL, "The plan", True)


async def test_a_channels_post_forwarded_to_its_discussion_group_is_not_obeyed_again() -> None:
    async with running() as rig:
        forwarded = message("/subscribe", GROUP, person=OLENA, sender_chat=CHANNEL, is_automatic_forward=True)
        await rig.server.push(forwarded, message("/layers"))
        await rig.server.until(sent=1)
    assert [request.command for request in rig.desk.requests] == ["layers"]


async def test_a_question_in_a_forum_topic_is_answered_in_that_topic() -> None:
    async with running() as rig:
        await rig.server.push(in_topic("/layers", 7))
        (sent,) = await rig.server.until(sent=1)
    assert (sent["chat_id"], sent["message_thread_id"]) == (FORUM["id"], 7)
    assert rig.desk.requests[0].chat == ChatRef(Platform.TELEGRAM, str(FORUM["id"]), "7")


async def test_a_reply_thread_in_an_ordinary_group_is_no_topic() -> None:
    async with running() as rig:
        await rig.server.push(message("/layers", GROUP, message_thread_id=9))
        (sent,) = await rig.server.until(sent=1)
    assert "message_thread_id" not in sent


async def test_an_edited_message_is_not_obeyed_again() -> None:
    async with running() as rig:
        await rig.server.push(edited("/subscribe"), message("/layers"))
        await rig.server.until(sent=1)
    assert [request.command for request in rig.desk.requests] == ["layers"]


async def test_a_pressed_button_changes_its_message_in_place() -> None:
    async with running(ScriptedDesk({"layers": _board()})) as rig:
        await rig.server.push(message("/layers"))
        (board,) = await rig.server.until(sent=1)
        ((button,),) = board["reply_markup"]["inline_keyboard"]
        held_by = message("Board")["message"] | {"message_id": board["message_id"]}
        await rig.server.push(pressed(button["callback_data"], held_by))
        _, edit = await rig.server.until(sent=2)
        assert rig.server.of("answerCallbackQuery")
    assert (edit["edited"], edit["message_id"], edit["text"]) == (True, board["message_id"], "layer force")
    assert rig.desk.requests[-1].person.may_manage is True


async def test_a_button_under_a_digest_leaves_the_digest_where_it_is() -> None:
    async with running() as rig:
        chat = ChatRef(Platform.TELEGRAM, "501")
        (part,) = rig.gateway.render(_board())
        await rig.gateway.send(chat, part, silent=True)
        (digest,) = await rig.server.until(sent=1)
        ((button,),) = digest["reply_markup"]["inline_keyboard"]
        await rig.server.push(pressed(button["callback_data"], message("Digest")["message"]))
        _, answer = await rig.server.until(sent=2)
    assert (answer["text"], "edited" in answer) == ("layer force", False)


async def test_a_buttons_answer_that_must_not_replace_comes_below() -> None:
    async with running(ScriptedDesk({"layers": _board(edits=False)})) as rig:
        await rig.server.push(pressed("layers", message("Old")["message"]))
        (answer,) = await rig.server.until(sent=1)
    assert "edited" not in answer


async def test_a_button_whose_message_can_not_be_edited_is_answered_below() -> None:
    async with running() as rig:
        rig.server.script("editMessageText", error(400, "Bad Request: message can't be edited"))
        await rig.server.push(pressed("layers", message("Old")["message"]))
        (answer,) = await rig.server.until(sent=1)
    assert (answer["text"], "edited" in answer) == ("layers", False)


async def test_a_button_pressed_twice_leaves_one_message_and_no_complaint() -> None:
    async with running() as rig:
        same = "Bad Request: message is not modified: specified new message content is exactly the same"
        rig.server.script("editMessageText", error(400, same))
        rig.server.script(
            "answerCallbackQuery", error(400, "Bad Request: query is too old and response timeout expired")
        )
        await rig.server.push(pressed("layers", message("Old")["message"]), message("/status"))
        (only,) = await rig.server.until(sent=1)
    assert only["text"] == "status"


async def test_a_channels_reader_who_presses_subscribe_has_no_right_to() -> None:
    async with running() as rig:
        await rig.server.push(pressed("subscribe 08:00", message("Board", CHANNEL)["message"]))
        await rig.server.until(sent=1)
    assert rig.desk.requests[0].person.may_manage is False


async def test_a_long_answer_comes_whole_in_several_messages_with_the_buttons_last() -> None:
    quotes = [f"Sentence {number} of the report says what nobody expected. " * 6 for number in range(40)]
    items = tuple(
        Item(plain(f"Point {n}"), quotations=(Quotation(plain(quote), plain("Outlet")),))
        for n, quote in enumerate(quotes)
    )
    long = Reply(blocks=items, buttons=((Button("Board", command="layers"),),))
    async with running(ScriptedDesk({"digest": long})) as rig:
        await rig.server.push(message("/digest"))
        await rig.server.until(sent=4)
    text = "\n".join(sent["text"] for sent in rig.server.sent)
    assert all(quote.strip() in text for quote in quotes)
    assert ["reply_markup" in sent for sent in rig.server.sent] == [False] * (len(rig.server.sent) - 1) + [True]


async def test_a_long_answer_to_a_button_does_not_replace_the_message() -> None:
    long = Reply(blocks=tuple(Paragraph(plain("word " * 500)) for _ in range(3)))
    async with running(ScriptedDesk({"digest": long})) as rig:
        await rig.server.push(pressed("digest", message("Old")["message"]))
        sent = await rig.server.until(sent=2)
    assert not any("edited" in each for each in sent)


async def test_a_group_that_adds_the_bot_is_told_what_it_is() -> None:
    async with running() as rig:
        await rig.server.push(member(GROUP, "left", "member"))
        (sent,) = await rig.server.until(sent=1)
    assert (sent["chat_id"], sent["text"]) == (-42, "start")


async def test_promotion_and_channels_do_not_bring_the_greeting() -> None:
    async with running() as rig:
        await rig.server.push(
            member(GROUP, "member", "administrator"),
            member(CHANNEL, "left", "administrator"),
            member(PRIVATE, "kicked", "member"),
        )
        await rig.server.push(message("/layers"))
        await rig.server.until(sent=1)
    assert [request.command for request in rig.desk.requests] == ["layers"]


@pytest.mark.parametrize(("chat", "old", "new"), [(PRIVATE, "member", "kicked"), (GROUP, "member", "left")])
async def test_a_chat_that_shows_us_out_is_reported(chat: dict[str, object], old: str, new: str) -> None:
    async with running() as rig:
        await rig.server.push(member(chat, old, new), message("/layers"))
        await rig.server.until(sent=1)
    assert rig.gone == [(ChatRef(Platform.TELEGRAM, str(chat["id"])), new)]


async def test_a_group_that_becomes_a_supergroup_is_followed() -> None:
    async with running() as rig:
        await rig.server.push(message("", GROUP, migrate_to_chat_id=-10042), message("/layers"))
        await rig.server.until(sent=1)
    assert rig.moved == [(ChatRef(Platform.TELEGRAM, "-42"), ChatRef(Platform.TELEGRAM, "-10042"))]


async def test_menus_are_set_in_english_and_ukrainian() -> None:
    async with running() as rig:
        menus = {menu.get("language_code", ""): menu["commands"] for menu in rig.server.of("setMyCommands")}
    assert set(menus) == {"", "en", "uk"}
    assert [entry["command"] for entry in menus["uk"]] == [command.name for command in COMMANDS if command.in_menu]
    assert menus["uk"][0]["description"] != menus["en"][0]["description"]


async def test_updates_are_asked_for_by_kind() -> None:
    async with running() as rig:
        asked = rig.server.of("getUpdates")[0]["allowed_updates"]
    assert sorted(asked) == ["callback_query", "channel_post", "message", "my_chat_member"]


@pytest.mark.parametrize(("status", "may"), [("administrator", True), ("member", False)])
async def test_the_answer_about_a_site_knows_whether_an_admin_asked(status: str, may: bool) -> None:
    async with running() as rig:
        rig.server.members[-42, 501] = status
        await rig.server.push(message("/feeds Example.org/News", GROUP))
        await rig.server.until(sent=1)
    (request,) = rig.desk.requests
    assert (request.command, request.arguments, request.person.may_manage) == ("feeds", "Example.org/News", may)
