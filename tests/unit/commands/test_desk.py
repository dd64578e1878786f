"""Whatever is asked, there is an answer: forgiving, worded, never a crash."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.commands.desk import Desk
from bot.commands.table import COMMANDS
from bot.model.chats import ChatKind, ChatRef, Platform
from bot.model.errors import StoreFull, StoreUnreachable
from bot.model.replies import Person, Reply, Request
from bot.model.topics import TopicId
from bot.present.plain import as_text
from bot.services.browse import Browser
from bot.services.follow import Follower
from bot.services.looks import Looks
from bot.store import SqlStore, open_store
from tests.doubles import MovableClock, RecordingLog, a_look_round
from tests.showcase import MORNING, a_topic, a_voice, everything

GROUP = ChatRef(Platform.DISCORD, "42")


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://", clock=MovableClock(MORNING)) as opened:
        await opened.apply(everything())
        yield opened


def a_desk(store: Any, log: RecordingLog | None = None, looks: Looks | None = None) -> Desk:
    clock, log = MovableClock(MORNING), log or RecordingLog()
    follower = Follower(store, clock, log, zone="Europe/Kyiv")
    second = replace(
        a_topic(),
        id=TopicId("rail"),
        names=replace(a_topic().names, texts=(("en", "Railway reform"), ("uk", "Реформа залізниці"))),
    )
    return Desk(
        store,
        (a_topic(), second),
        a_voice(),
        clock,
        log,
        browser=Browser(store, clock),
        follower=follower,
        looks=looks or a_look_round(store, clock),
        zone="Europe/Kyiv",
    )


def asking(line: str, language: str = "en", **given: Any) -> Request:
    command, _, arguments = line.partition(" ")
    default: dict[str, Any] = {
        "chat": ChatRef(Platform.CONSOLE, "terminal"),
        "chat_kind": ChatKind.PRIVATE,
        "chat_title": "",
        "person": Person(id="1", may_manage=True),
        "command": command,
        "arguments": arguments,
        "at": MORNING,
        "language": language,
    }
    return Request(**(default | given))


def words(reply: Reply) -> str:
    return as_text(reply, addresses=False)


def pressed(reply: Reply) -> list[str]:
    return [button.command for row in reply.buttons for button in row]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("command", [command.example.removeprefix("/") for command in COMMANDS])
async def test_every_example_of_the_help_works_as_typed(store: SqlStore, command: str, language: str) -> None:
    if command == "unsubscribe":
        await a_desk(store).answer(asking("subscribe", language))
    log = RecordingLog()
    reply = await a_desk(store, log).answer(asking(command, language))
    assert reply.blocks
    assert not reply.private, words(reply)
    assert log.events == []


async def test_the_board_is_answered_in_the_language_of_the_one_who_asks(store: SqlStore) -> None:
    assert "Security guarantees for Ukraine\nMonday 5 January, 08:00 (Kyiv)\n" in words(
        await a_desk(store).answer(asking("layers"))
    )
    ukrainian = asking("layers", "uk-UA", chat=ChatRef(Platform.TELEGRAM, "9"))
    assert "Понеділок, 5 січня, 08:00 (Київ)" in words(await a_desk(store).answer(ukrainian))


async def test_the_chats_own_language_goes_before_the_readers(store: SqlStore) -> None:
    desk = a_desk(store)
    assert "говоритиму українською" in words(await desk.answer(asking("language українська")))
    assert "Понеділок" in words(await desk.answer(asking("layers", "en")))


async def test_the_second_look_says_what_moved_since_the_first(store: SqlStore) -> None:
    desk = a_desk(store)
    assert "last looked" not in words(await desk.answer(asking("layers")))
    assert "Nothing moved since somebody here last looked (today, 08:00)." in words(await desk.answer(asking("layers")))


@pytest.mark.parametrize(
    "line", ["layer force", "layer FORCE", "layer 2", "layer Сили", "layer for", "force", "2", "рівень сили"]
)
async def test_a_layer_is_found_however_it_is_asked_for(store: SqlStore, line: str) -> None:
    assert words(await a_desk(store).answer(asking(line))).startswith("2 Force")


async def test_a_party_may_be_asked_for_like_a_layer(store: SqlStore) -> None:
    text = words(await a_desk(store).answer(asking("layer russia")))
    assert text.startswith("Russia\n")
    assert "«Москва отвергает присутствие иностранных войск.» (ru)" in text


async def test_a_misspelt_layer_gets_three_nearest_and_an_example(store: SqlStore) -> None:
    reply = await a_desk(store).answer(asking("layer forse"))
    assert "This plan has no layer or party “forse”. Nearest: Force · " in words(reply)
    assert "For example: /layer force" in words(reply)
    assert len(pressed(reply)) == 3
    assert pressed(reply)[0] == "layer Force"


async def test_the_buttons_of_a_mistake_lead_to_answers(store: SqlStore) -> None:
    desk = a_desk(store)
    for line in (
        "layer forse",
        "subscribe 8 Kyjiv",
        "subscribe 25:00 Kyiv",
        "subscribe 08:00 Mars",
        "subscribe 8 Mexico Cty",
        "weather",
        "language klingon",
        "topic rial",
        "statsu",
    ):
        for command in pressed(await desk.answer(asking(line))):
            assert not (await desk.answer(asking(command))).private, command


async def test_an_unknown_command_gets_the_nearest_ones(store: SqlStore) -> None:
    reply = await a_desk(store).answer(asking("digset", "uk"))
    assert "Команди «digset» немає. Найближче: /digest" in words(reply)


@pytest.mark.parametrize("line", ["weather", "xyzzy plugh", "погода"])
async def test_a_command_like_no_other_gets_the_ways_in_and_no_wild_guess(store: SqlStore, line: str) -> None:
    reply = await a_desk(store).answer(asking(line))
    assert "Nearest" not in words(reply)
    assert "To look around: /layers · /status · /help." in words(reply)
    assert pressed(reply) == ["layers", "status", "help"]


async def test_only_commands_that_are_really_near_are_offered(store: SqlStore) -> None:
    assert pressed(await a_desk(store).answer(asking("layrs"))) == ["layers", "layer"]


async def test_what_could_not_be_decoded_is_never_shown(store: SqlStore) -> None:
    desk = a_desk(store)
    assert "There is no command “lyrs”." in words(await desk.answer(asking("l\udcff\ufffdyrs \udc80")))
    assert words(await desk.answer(asking("\ufffd\udcff"))).startswith("No command was given.")
    for line in ("layer x\udcff\ufffd", "why zz\ufffd", "subscribe 8 M\ufffdars"):
        reply = await desk.answer(asking(line))
        assert "\ufffd" not in words(reply)
        words(reply).encode("utf-8")


async def test_a_language_that_is_not_spoken_is_met_with_those_that_are(store: SqlStore) -> None:
    reply = await a_desk(store).answer(asking("language xx"))
    assert "There are: en (English) · uk (Ukrainian)." in words(reply)
    assert pressed(reply) == ["language en", "language uk"]
    ukrainian = await a_desk(store).answer(asking("language xx", "uk", chat=ChatRef(Platform.TELEGRAM, "9")))
    assert "Можна так: en (англійська) · uk (українська)." in words(ukrainian)


@pytest.mark.parametrize("line", ["subscribe 07:30 Mars", "subscribe Mars 07:30", "subscribe at 07:30, Mars (Colony)"])
async def test_a_wrong_place_keeps_the_hour_and_the_word_as_typed(store: SqlStore, line: str) -> None:
    reply = await a_desk(store).answer(asking(line))
    assert "called “Mars" in words(reply)
    assert pressed(reply)
    assert all("07:30" in command and "Mars" not in command for command in pressed(reply))


async def test_a_wrong_hour_keeps_the_place_in_what_is_offered(store: SqlStore) -> None:
    reply = await a_desk(store).answer(asking("subscribe 25:00 Kyiv"))
    assert pressed(reply)[0] == "subscribe 08:00 Kyiv"


async def test_subscribing_says_when_the_next_digest_comes(store: SqlStore) -> None:
    text = words(await a_desk(store).answer(asking("subscribe 8:30 Paris")))
    assert "daily at 08:30 (Paris). Next digest: today, Monday 5 January, at 08:30 in Paris." in text


async def test_who_may_not_manage_a_channel_cannot_change_what_it_follows(store: SqlStore) -> None:
    stranger: dict[str, Any] = {"chat": GROUP, "chat_kind": ChatKind.CHANNEL, "person": Person(id="2")}
    desk = a_desk(store)
    for line in ("subscribe 8 Kyiv", "unsubscribe", "language uk", "topic rail"):
        reply = await desk.answer(asking(line, **stranger))
        assert "Manage Server" in words(reply)
        assert reply.private
    assert await store.subscriptions() == ()
    assert not (await desk.answer(asking("topic", **stranger))).private
    assert not (await desk.answer(asking("layers", **stranger))).private


async def test_stopping_what_never_began_is_said_plainly(store: SqlStore) -> None:
    assert "No digest comes to this chat" in words(await a_desk(store).answer(asking("unsubscribe")))


async def test_a_topic_can_be_chosen_by_the_beginning_of_its_name(store: SqlStore) -> None:
    desk = a_desk(store)
    assert "“Railway reform”" in words(await desk.answer(asking("topic rail")))
    assert words(await desk.answer(asking("layers"))).startswith("Railway reform\n")


async def test_why_finds_a_fact_by_the_beginning_of_its_id(store: SqlStore) -> None:
    text = words(await a_desk(store).answer(asking("why dten")))
    assert "inside ten days" in text
    assert "What it moved" in text
    assert "Nothing here has an id that begins with “zzz”." in words(await a_desk(store).answer(asking("why zzz")))


class BrokenStore:
    """A store that fails as told."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def __getattr__(self, name: str) -> Any:
        async def fail(*_: Any, **__: Any) -> Any:
            raise self._error

        return fail


async def test_a_broken_database_is_said_in_words_and_logged() -> None:
    log = RecordingLog()
    reply = await a_desk(BrokenStore(StoreUnreachable("no route")), log).answer(asking("layers"))
    assert "The database cannot be reached (no route)" in words(reply)
    assert log.events == ["desk.failed"]


async def test_what_nobody_foresaw_gets_a_number_that_stands_in_the_log_too() -> None:
    log = RecordingLog()
    reply = await a_desk(BrokenStore(ZeroDivisionError("secret")), log).answer(asking("layers"))
    [(level, event, fields)] = log.lines
    assert (level, event) == ("error", "desk.unexpected")
    assert str(fields["incident"]) in words(reply)
    assert "secret" not in words(reply)


class FullStore:
    """Reads as usual; writing finds no room."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        if name != "apply":
            return getattr(self._store, name)

        async def fail(*_: Any, **__: Any) -> Any:
            raise StoreFull

        return fail


async def test_a_full_disk_does_not_hide_the_board(store: SqlStore) -> None:
    log = RecordingLog()
    assert "Security guarantees" in words(await a_desk(FullStore(store), log).answer(asking("layers")))
    assert log.events == ["chat.look_not_noted"]
    assert "no room left" in words(await a_desk(FullStore(store)).answer(asking("subscribe 8 Kyiv")))


@pytest.mark.parametrize(
    "line",
    [
        "layer " + "x" * 5000,
        "why \x00",
        "subscribe \u202e8",
        "\u0000",
        "🦊 🦊",
        "layer 2 99999999",
        "why %_",
        "layer 2 -1",
    ],
)
async def test_hostile_lines_are_answered_like_any_other(store: SqlStore, line: str) -> None:
    log = RecordingLog()
    reply = await a_desk(store, log).answer(asking(line))
    assert reply.blocks
    assert len(words(reply)) < 3000
    assert log.events == []


async def test_options_are_suggested_as_they_are_typed(store: SqlStore) -> None:
    desk = a_desk(store)

    async def offered(command: str, typed: str, language: str = "en") -> list[str]:
        return [each.label for each in await desk.suggest(command, typed, GROUP, language)]

    assert (await offered("layer", ""))[:2] == ["Army", "Force"]
    assert await offered("layer", "fo") == ["Force"]
    assert await offered("layer", "сил", "uk") == ["Сили"]
    assert "08:00" in await offered("subscribe", "8")
    assert await offered("subscribe", "киї", "uk") == ["Київ"]
    assert "Railway reform" in await offered("topic", "r")
    assert await offered("language", "u") == ["uk"]
    assert await offered("nonsense", "x") == []
    for command in COMMANDS:
        assert max([len(await offered(command.name, typed)) for typed in ("", "1", "a")]) <= 25


async def test_suggestions_do_not_fail_with_the_database() -> None:
    desk = a_desk(BrokenStore(StoreUnreachable("no route")))
    assert [each.value for each in await desk.suggest("layer", "fo", GROUP, "en")] == ["force"]


async def test_each_suggestion_is_understood_when_it_is_sent(store: SqlStore) -> None:
    desk = a_desk(store)
    for command in ("layer", "why", "topic", "language", "subscribe"):
        for each in await desk.suggest(command, "", GROUP, "uk"):
            assert not (await desk.answer(asking(f"{command} {each.value}", "uk"))).private, f"{command} {each.value}"


@pytest.mark.parametrize(
    "line", ["feeds example.org", "стрічки example.org", "example.org", "https://example.org", "<example.org>,"]
)
async def test_a_sites_feeds_are_found_however_the_address_is_given(store: SqlStore, line: str) -> None:
    text = words(await a_desk(store).answer(asking(line)))
    assert "One feed found at" in text and "Example News" in text


async def test_a_shared_article_is_looked_at_in_a_private_chat_only(store: SqlStore) -> None:
    line = "Talks go on: https://example.org"
    assert "Example News" in words(await a_desk(store).answer(asking(line)))
    group = await a_desk(store).answer(asking(line, chat=GROUP, chat_kind=ChatKind.GROUP))
    assert "There is no command “Talks”" in words(group)


async def test_who_may_not_manage_the_group_is_not_told_how_sources_are_added(store: SqlStore) -> None:
    member = asking("feeds example.org", chat=GROUP, chat_kind=ChatKind.GROUP, person=Person(id="2", may_manage=False))
    admin = replace(member, person=Person(id="1", may_manage=True))
    assert "planwatch feeds add" not in words(await a_desk(store).answer(member))
    assert "planwatch feeds add https://example.org/news.xml" in words(await a_desk(store).answer(admin))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("feeds", "Which site? Its address will do, as in /feeds example.org"),
        ("feeds weather", "“weather” is not the address of a site; example.org would be one."),
        ("feeds dead.example", "dead.example cannot be looked at: its server answered with an error (404)."),
        ("feeds file:///etc/passwd", "is not the address of a site"),
    ],
)
async def test_what_goes_wrong_with_an_address_is_said_in_a_line(store: SqlStore, line: str, told: str) -> None:
    reply = await a_desk(store).answer(asking(line))
    assert told in words(reply) and reply.private


async def test_somebody_who_asks_too_often_is_told_when_to_ask_again(store: SqlStore) -> None:
    desk = a_desk(store)
    for _ in range(3):
        await desk.answer(asking("example.org"))
    assert "Ask again in 60 seconds." in words(await desk.answer(asking("example.org")))
    assert "за 60 секунд" in words(await desk.answer(asking("example.org", "uk")))


@pytest.mark.parametrize("line", ["sources 1", "sources", "sources x", "sources 99", "sources ²", "sources -1"])
async def test_a_page_of_sources_that_is_not_there_is_the_nearest_one(store: SqlStore, line: str) -> None:
    assert "Svitanok" in words(await a_desk(store).answer(asking(line)))


# ── spans of time ──


@pytest.mark.parametrize(
    ("line", "days"), [("digest", 1), ("digest week", 7), ("digest Тиждень", 7), ("digest day", 1)]
)
async def test_a_digest_goes_back_as_far_as_one_asks(store: SqlStore, line: str, days: int) -> None:
    since = {1: "Sun 4 Jan, 08:00", 7: "Mon 29 Dec, 08:00"}[days]
    text = words(await a_desk(store).answer(asking(line)))
    assert since in text or f"since {since.split(' ', 1)[1].split(',')[0]}" in text


async def test_what_is_new_is_what_came_since_somebody_here_last_looked(store: SqlStore) -> None:
    desk = a_desk(store)
    first = words(await desk.answer(asking("digest new")))
    again = words(await desk.answer(asking("digest new")))
    assert first != again
    assert "Nothing moved since 5 January, 08:00" in again


async def test_a_span_that_is_none_is_answered_with_those_there_are(store: SqlStore) -> None:
    assert "day · week · new" in words(await a_desk(store).answer(asking("digest yesteryear")))
