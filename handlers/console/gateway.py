"""The platform's face: takes lines from a terminal or a pipe to the Desk and prints the answers. Knows no command.

The one who sits at the terminal may manage the chat. Digests that fall due meanwhile are printed as they come.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TextIO

from bot.commands.addresses import command_word
from bot.model.chats import ChatKind, ChatRef, Platform
from bot.model.errors import TryLater
from bot.model.replies import Person, Reply, Request
from bot.ports import Clock, Log
from handlers.console.harmless import one_line
from handlers.console.lines import typed_lines
from handlers.console.outside import Desk
from handlers.console.paper import Paper
from handlers.console.render import render

CHAT = ChatRef(Platform.CONSOLE, "terminal")
PROMPT = "planwatch> "
LEAVING = frozenset({"exit", "quit", "bye", "q", "вихід", "вийти"})
LONGEST_LINE = 2_000  # characters of a typed line that are read
CLOSED_FOR = timedelta(minutes=10)  # a digest for a closed console waits until it opens again


class ConsoleGateway:
    """`bot.ports.Messenger` for the outbox, and `run` for whoever types. One chat."""

    def __init__(
        self, desk: Desk, clock: Clock, log: Log, *, reading: TextIO, writing: TextIO, language: str = ""
    ) -> None:
        """`reading` and `writing` are text streams; `language` is a tag such as uk_UA as the terminal names it."""
        self._desk = desk
        self._clock = clock
        self._log = log
        self._reading = reading
        self._paper = Paper(writing)
        self._language = language
        self._is_open = False
        self._printing = asyncio.Lock()
        self._sent = 0

    def render(self, reply: Reply) -> tuple[str, ...]:
        """The reply as one part for the outbox."""
        return render(reply)

    async def send(self, chat: ChatRef, part: str, *, silent: bool) -> str:
        """Print a part. Raises TryLater while the console is closed."""
        if not self._is_open:
            raise TryLater(CLOSED_FOR, "the console is closed")
        await self._print(part)
        self._sent += 1
        return str(self._sent)

    async def run(self, stop: asyncio.Event) -> None:
        """Answer line by line until the input ends, somebody leaves, or `stop`."""
        self._is_open = True
        try:
            async for line in typed_lines(self._reading, stop, self._prompt):
                if line.strip().lstrip("/").casefold() in LEAVING:
                    return
                if line.strip():
                    await self.ask(line)
        except BrokenPipeError:
            self._log.info("console.nobody_reads")
        finally:
            self._is_open = False

    async def ask(self, line: str) -> None:
        """Answer one typed line, as `run` does."""
        reply = await self._desk.answer(self.request(line))
        for part in render(reply):
            await self._print(part)

    def request(self, line: str) -> Request:
        """What a line asks: a command with or without its slash, in any letter case, and the rest."""
        command, _, rest = " ".join(one_line(line[:LONGEST_LINE]).split()).lstrip("/").partition(" ")
        return Request(
            chat=CHAT,
            chat_kind=ChatKind.PRIVATE,
            chat_title="console",
            person=Person(id="terminal", may_manage=True),
            command=command_word(command),
            arguments=rest.strip(),
            at=self._clock.now(),
            language=self._language,
        )

    async def _print(self, part: str) -> None:
        async with self._printing:
            await asyncio.to_thread(self._paper.show, part)

    def _prompt(self) -> None:
        if self._reading.isatty() and self._paper.is_terminal:
            self._paper.prompt(PROMPT)
