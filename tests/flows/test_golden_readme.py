"""The digest on the README's first screen is the one that `make run` prints, shortened in the middle; here the clock stands still.

PLANWATCH_GOLDEN=write writes it anew.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import building
from bot.app.building import Wishes, opened
from bot.model.digests import Window
from bot.model.topics import Topic
from bot.present.digests import digest_reply
from bot.settings import load_settings
from tests.doubles import MovableClock
from tests.flows.surfaces import WRITING, on_console

README = Path(__file__).parents[2] / "README.md"
EVENING = datetime(2026, 1, 5, 18, 0, tzinfo=UTC)  # the sample world's last day is today, whatever today is
BLOCK = re.compile(r"(<!-- the digest of the sample world -->\n```text\n)(.*?)(?=```)", re.DOTALL)
ITEMS = 3  # that are shown; the rest is the dots


async def the_digest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(building, "WallClock", lambda: MovableClock(EVENING))
    settings = load_settings(None, {"PLANWATCH_DATA_DIR": str(folder)})
    async with opened(settings, Wishes(sample=True), lambda text: None) as machine:
        topic: Topic = machine.topic("")
        window = Window(since=EVENING.replace(day=EVENING.day - 1), until=EVENING)
        found = await machine.browser.digest(topic, window, "en")
        return on_console(digest_reply(found, topic, machine.reader()))


def shortened(digest: str) -> str:
    """Title, summary, the first items, dots, and the last lines."""
    head, items, *rest = digest.split("\n\n")
    lines = items.splitlines()
    begins = [number for number, line in enumerate(lines) if not line.startswith(" ")]
    first = lines[: begins[ITEMS]] if len(begins) > ITEMS else lines
    return "\n\n".join([head, "\n".join(first), "…", *rest])


async def test_the_digest_on_the_first_screen_is_a_real_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = shortened(await the_digest(tmp_path, monkeypatch))
    text = README.read_text("utf-8")
    fresh, found = BLOCK.subn(lambda block: block[1] + digest, text)
    if WRITING:
        README.write_text(fresh, "utf-8")
    assert found == 1
    assert README.read_text("utf-8") == fresh
