"""The sample world as a source: its folders, a store of its own for each day, and its days lived one after another. Words nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.app.machine import Machine
from bot.corpora.serving import SampleWorld
from bot.settings import shipped

_MARK = "articles.jsonl"


def sample_folders() -> tuple[Traversable, ...]:
    """The shipped corpora that are served: the sample folder itself, and those in it."""
    top = shipped("sample")
    inner = sorted((each for each in top.iterdir() if each.is_dir()), key=lambda each: each.name)
    return tuple(folder for folder in (top, *inner) if folder.joinpath(_MARK).is_file())


@dataclass(frozen=True, slots=True)
class SampleStore:
    """Where what was read of the sample world is kept: one file a day, since its dates move with the clock."""

    data_dir: Path
    today: date

    def url(self, stack: AsyncExitStack) -> str:
        """The file's address; earlier days' files are removed. Where the data folder cannot be written, a file that lasts as long as `stack`."""
        try:
            self.data_dir.mkdir(parents=True, exist_ok=True)
            name = f"sample-{self.today}.db"
            for old in self.data_dir.glob("sample-*.db*"):
                if not old.name.startswith(name):
                    old.unlink(missing_ok=True)
            folder = self.data_dir
            with (folder / name).open("ab"):
                pass
        except OSError:
            folder, name = Path(stack.enter_context(TemporaryDirectory(prefix="planwatch-"))), "sample.db"
        return f"sqlite+aiosqlite:///{folder / name}"


async def lived(machine: Machine, world: SampleWorld, say: Callable[[str], None]) -> None:
    """Read the world's days one after another, as if one had been there, so that edits are met as edits; or only what is new since."""
    await machine.sources.take_in(world.feeds)
    fresh = all(feed.checked_at is None for feed in await machine.store.feeds())
    moments = world.moments if fresh else world.moments[-1:]
    for number, moment in enumerate(moments, 1):
        say(f"Reading the sample world, day {number} of {len(moments)} …")
        world.as_of(moment)
        await machine.collector.round(everything=True)
        if await machine.store.waiting_entries(1):
            await machine.study.everything()
