"""One run of the program: which settings, how much is said, and how a piece of work is carried out. Knows no command."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from bot.cli.printing import Say, progress
from bot.logs import configure
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.app.machine import Machine

GLOBAL_FLAGS = ("--sample", "--verbose", "-v")


@dataclass(frozen=True, slots=True)
class Session:
    """What the global options said."""

    config: Path | None
    sample: bool
    verbose: bool

    def settings(self, *, quiet: bool = True) -> Settings:
        """The settings, with logs set up by them. A command that ends logs warnings only, unless --verbose. Raises SettingsError."""
        settings = load_settings(self.config, os.environ)
        level = (
            "debug"
            if self.verbose
            else "warning"
            if quiet and settings.log.level in {"debug", "info"}
            else settings.log.level
        )
        secrets = (settings.telegram.token, settings.discord.token, settings.storage.url)
        configure(level, settings.log.form, secrets=[secret.reveal() for secret in secrets if secret])
        return settings

    def work(self, job: Callable[[Machine, Say], Awaitable[int]]) -> NoReturn:
        """Build the machine, do the job with it, take it down; leave with the job's exit status. What the job says moves on one line."""
        from bot.app.building import Wishes, opened

        settings = self.settings()

        async def inside() -> int:
            with progress() as say:
                async with opened(settings, Wishes(sample=self.sample), say) as machine:
                    say("")
                    return await job(machine, say)

        raise typer.Exit(asyncio.run(inside()))


def hoisted(arguments: Sequence[str]) -> list[str]:
    """The arguments with global options brought to the front, so that they may stand anywhere before `--`."""
    front: list[str] = []
    rest: list[str] = []
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            return [*front, *rest, word, *left]
        if word == "--config" and left:
            front += [word, left.pop(0)]
        elif word in GLOBAL_FLAGS or word.startswith("--config="):
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def session_of(context: typer.Context) -> Session:
    """The session that the global options began."""
    session: Session = context.find_root().obj
    return session
