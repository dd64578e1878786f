"""The console chat, from typed lines to printed answers."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.commands.desk import Desk
from bot.model.chats import ChatRef, Platform
from bot.model.errors import TryLater
from bot.model.replies import Button, Heading, Item, Paragraph, Quotation, Reply, Run, Style, plain
from bot.services.browse import Browser
from bot.services.compose import Composer
from bot.services.deliver import Deliverer
from bot.services.follow import Follower
from bot.store import SqlStore, open_store
from handlers.console.gateway import CHAT, PROMPT, ConsoleGateway
from handlers.console.harmless import harmless, width
from handlers.console.render import as_text, render, rows
from tests.doubles import MovableClock, RecordingLog, ScriptedDesk, a_look_round
from tests.showcase import MORNING, a_topic, a_voice, everything

ROOT = Path(__file__).parents[2]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://", clock=MovableClock(MORNING)) as opened:
        await opened.apply(everything())
        yield opened


def a_console(
    desk: Any, typed: str, *, is_terminal: bool = False, clock: MovableClock | None = None
) -> tuple[ConsoleGateway, io.StringIO]:
    kind = Terminal if is_terminal else io.StringIO
    written = kind()
    return ConsoleGateway(
        desk, clock or MovableClock(MORNING), RecordingLog(), reading=kind(typed), writing=written
    ), written


def a_desk(store: SqlStore, clock: MovableClock) -> Desk:
    log = RecordingLog()
    follower = Follower(store, clock, log, zone="Europe/Kyiv")
    looks = a_look_round(store, clock)
    return Desk(
        store, (a_topic(),), a_voice(), clock, log, browser=Browser(store, clock), follower=follower, looks=looks
    )


async def talk(desk: Any, typed: str, **given: Any) -> str:
    gateway, written = a_console(desk, typed, **given)
    await asyncio.wait_for(gateway.run(asyncio.Event()), timeout=20)
    return written.getvalue()


async def test_piped_commands_are_answered_line_by_line_to_the_end(store: SqlStore) -> None:
    said = await talk(
        a_desk(store, MovableClock(MORNING)), "/layers\n\n/LAYER force\nstatus\n/help\n/subscribe 8 Kyiv\n"
    )
    for beginning in (
        "Security guarantees for Ukraine",
        "2 Force",
        "Where it stands",
        "What you can ask",
        "From now on the digest",
    ):
        assert f"{beginning}" in said
    assert PROMPT not in said
    assert "\x1b" not in said


async def test_an_address_typed_in_the_terminal_keeps_its_letters_and_finds_the_sites_feeds(store: SqlStore) -> None:
    desk = ScriptedDesk()
    await talk(desk, "https://Example.org/News?Id=A\n/FEEDS Example.org\n")
    assert [(asked.command, asked.arguments) for asked in desk.requests] == [
        ("https://Example.org/News?Id=A", ""),
        ("feeds", "Example.org"),
    ]
    said = await talk(a_desk(store, MovableClock(MORNING)), "https://svitanok.example\n")
    assert "Svitanok · already listed here: blind" in said and "https://svitanok.example/en/feed.xml" in said


async def test_every_answer_in_a_pipe_has_its_sources_addresses(store: SqlStore) -> None:
    assert "  https://lantern-agency.example/force\n" in await talk(
        a_desk(store, MovableClock(MORNING)), "layer force\n"
    )


async def test_a_terminal_gets_a_prompt_and_leaving_words(store: SqlStore) -> None:
    said = await talk(a_desk(store, MovableClock(MORNING)), "help\n/exit\nlayers\n", is_terminal=True)
    assert said.startswith(PROMPT)
    assert said.count(PROMPT) == 2
    assert "Security guarantees for Ukraine\n" not in said
    assert "\x1b[1" in said


async def test_the_next_prompt_comes_after_the_answer() -> None:
    desk = ScriptedDesk()
    said = await talk(desk, "one\ntwo\n", is_terminal=True)
    assert [part.strip() for part in said.split(PROMPT)] == ["", "one", "two", ""]


ALONE = """
import asyncio, signal, sys
from handlers.console.gateway import ConsoleGateway
from tests.doubles import MovableClock, RecordingLog, ScriptedDesk
from tests.showcase import MORNING

async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    gateway = ConsoleGateway(ScriptedDesk(), MovableClock(MORNING), RecordingLog(), reading=sys.stdin, writing=sys.stdout)
    await gateway.run(stop)
    print("ended")

asyncio.run(main())
"""


async def _alone(reading: Any) -> asyncio.subprocess.Process:
    """The console in a process of its own."""
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", ALONE, stdin=reading, stdout=pipe, stderr=pipe, cwd=ROOT
    )


async def test_a_console_that_waits_for_a_line_ends_cleanly_when_told_to_stop() -> None:
    process = await _alone(asyncio.subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("вітаю\n".encode())
    assert (await asyncio.wait_for(process.stdout.readline(), 30)).decode() == "вітаю\n"
    process.terminate()
    said, errors = await asyncio.wait_for(process.communicate(), 5)
    assert (process.returncode, errors, said.split()[-1]) == (0, b"", b"ended")


async def test_lines_from_a_file_are_answered_to_the_end(tmp_path: Path) -> None:
    (tmp_path / "typed").write_text("one\ntwo", "utf-8")
    with (tmp_path / "typed").open("rb") as typed:
        said, errors = await asyncio.wait_for((await _alone(typed)).communicate(), 30)
    assert (said.split(), errors) == ([b"one", b"two", b"ended"], b"")


async def test_a_flood_of_lines_is_answered_in_order() -> None:
    process = await _alone(asyncio.subprocess.PIPE)
    wanted = [f"line{number}" for number in range(2_000)]
    said, _ = await asyncio.wait_for(process.communicate("\n".join(wanted).encode()), 60)
    assert said.decode().split() == [*wanted, "ended"]


async def test_whoever_sits_at_the_console_may_manage_it() -> None:
    desk = ScriptedDesk()
    await talk(desk, "/Subscribe  8   Kyiv \n")
    [request] = desk.requests
    assert (request.command, request.arguments, request.person.may_manage) == ("subscribe", "8 Kyiv", True)


async def test_a_digest_due_while_the_console_is_open_is_printed(store: SqlStore) -> None:
    clock = MovableClock(MORNING)
    desk = a_desk(store, clock)
    gateway, written = a_console(desk, "")
    await gateway.ask("subscribe 8:30 Kyiv")
    messengers: dict[Platform, Any] = {Platform.CONSOLE: gateway}
    clock.moment = MORNING.replace(hour=7)
    await Composer(store, (a_topic(),), messengers, a_voice(), clock, RecordingLog()).run()
    delivering = Deliverer(store, messengers, clock, RecordingLog())
    assert await delivering.run() == 0  # closed: it waits
    gateway._is_open = True
    clock.moment = MORNING.replace(hour=8)
    assert await delivering.run() == 1
    assert "What moved · " in written.getvalue()


async def test_a_closed_console_asks_the_outbox_to_wait() -> None:
    gateway, _ = a_console(ScriptedDesk(), "")
    with pytest.raises(TryLater):
        await gateway.send(CHAT, "{}", silent=True)


async def test_a_reader_who_hangs_up_ends_the_talk_quietly() -> None:
    class Broken(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    log = RecordingLog()
    gateway = ConsoleGateway(ScriptedDesk(), MovableClock(MORNING), log, reading=io.StringIO("one\n"), writing=Broken())
    await gateway.run(asyncio.Event())
    assert log.events == ["console.nobody_reads"]


HOSTILE = Reply(
    blocks=(
        Heading(plain("\x1b]0;pwned\x07Title\x9b31m")),
        Paragraph((Run("a\u202eb\u200bc\r\nd\x08", Style.STRONG, "https://x.example/\x1b[2J"),)),
    ),
    buttons=((Button("x", "layer \x1b[31m"),),),
)


async def test_nothing_from_an_article_steers_the_terminal() -> None:
    for is_terminal in (False, True):
        said = await talk(ScriptedDesk({"x": HOSTILE}), "x\n", is_terminal=is_terminal)
        ours = ("\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[1;4m", "\x1b]8;;\x1b\\")
        for code in ours:
            said = said.replace(code, "")
        said = said.replace("\x1b]8;id=", "").replace("\x1b\\", "")
        assert not any(ord(letter) < 32 and letter != "\n" for letter in said), repr(said)
        assert "\u202e" not in said
        assert "\x9b" not in said


@pytest.mark.parametrize("columns", [30, 40, 80, 100])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_lost(columns: int) -> None:
    text = (
        "Партнери мали б почати постачання протягом десяти днів, каже дипломат із близького до переговорів кола. " * 3
    )
    reply = Reply(
        blocks=(Item(plain("Відповідь"), (plain(text),), (Quotation(plain(f"«{text}»"), plain("Svitanok, 4 січня")),)),)
    )
    shown = [as_text(row) for row in rows(render(reply)[0], columns, addresses=False)]
    assert max(width(line) for line in shown) <= columns
    assert "".join("".join(shown).split()) == "".join(f"Відповідь{text}«{text}»Svitanok, 4 січня".split())


def test_a_number_is_not_parted_from_its_thousands() -> None:
    reply = Reply(blocks=(Paragraph(plain("чисельність у мирний час: 800\u00a0000 осіб")),))
    assert any("800\u00a0000" in as_text(row) for row in rows(render(reply)[0], 30, addresses=False))


def test_wide_letters_take_two_columns() -> None:
    assert width("ab") == 2
    assert width("漢字") == 4
    assert width("й".encode().decode()) == 1
    assert width("и\u0306") == 1
    assert harmless("a\tb\x07") == "a b"


def test_a_reply_without_words_prints_nothing() -> None:
    assert render(Reply(blocks=())) == ()


def test_the_console_is_one_chat() -> None:
    assert ChatRef(Platform.CONSOLE, "terminal") == CHAT
