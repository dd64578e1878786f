"""What the guides show as an answer is what planwatch answers: blocks under `<!-- answer: /command -->` are compared, word for word.

The answers are those of the invented morning of `tests/showcase.py`. PLANWATCH_GOLDEN=write writes the blocks anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.commands.desk import Desk
from bot.model.chats import ChatKind, ChatRef, Platform
from bot.model.replies import Person, Reply, Request
from bot.model.topics import Category
from bot.present.digests import digest_reply
from bot.present.feeds import sources_reply
from bot.present.reader import Reader
from bot.present.stories import latest_reply, why_reply
from bot.present.views import WhyView
from bot.services.browse import Browser
from bot.services.follow import Follower
from bot.store import open_store
from tests.doubles import MovableClock, RecordingLog, a_look_round
from tests.flows.surfaces import WRITING, on_console
from tests.flows.test_golden_surfaces import SHOWN
from tests.showcase import (
    MORNING,
    a_board,
    a_conflict,
    a_digest,
    a_latest_view,
    a_reader,
    a_topic,
    a_voice,
    everything,
    sayings,
    some_feeds,
)

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = [DOCS / "user-guide.md", DOCS / "operator-guide.md"]
BLOCK = re.compile(r"(<!-- answer(?P<language> uk)?: (?P<line>.+?) -->\n```text\n)(?P<text>.*?)(?=```)", re.DOTALL)
LOOKS: dict[str, Callable[[Reader], Reply]] = {
    "digest": SHOWN["digest"],
    "digest of a quiet day": lambda reader: digest_reply(a_digest(reader.language, quiet=True), a_topic(), reader),
    "/layers": SHOWN["layers"],
    "/layer force": SHOWN["layer-force"],
    "/status": SHOWN["status"],
    "/latest": lambda reader: latest_reply(a_latest_view(), reader),
    "/sources": lambda reader: sources_reply(a_topic(), some_feeds(), reader),
    "/why force": lambda reader: why_reply(_why_force(), reader),
}


def _why_force() -> WhyView:
    points = {point.id: point for point in sayings()}
    force = Category("force")
    return WhyView(topic=a_topic(), subject=force, board=a_board(), layer=force, changes=(a_conflict(),), points=points)


async def _desk_answers(lines: list[str], language: str) -> dict[str, str]:
    """What the desk says to lines typed one after another in one chat."""
    clock, log, said = MovableClock(MORNING), RecordingLog(), dict[str, str]()
    async with open_store("sqlite://", clock=clock) as store:
        await store.apply(everything())
        follower = Follower(store, clock, log, zone="Europe/Kyiv")
        looks = a_look_round(store, clock)
        desk = Desk(
            store, (a_topic(),), a_voice(), clock, log, browser=Browser(store, clock), follower=follower, looks=looks
        )
        for line in lines:
            said[line] = on_console(await desk.answer(_request(line, language)))
            await desk.answer(_request(f"/language {language}", language))  # a guide goes on in its own language
    return said


def _request(line: str, language: str) -> Request:
    command, _, arguments = line.lstrip("/").partition(" ")
    return Request(
        chat=ChatRef(Platform.CONSOLE, "guide"),
        chat_kind=ChatKind.PRIVATE,
        chat_title="guide",
        person=Person(id="reader", may_manage=True),
        command=command,
        arguments=arguments,
        at=MORNING,
        language=language,
    )


async def _answers(text: str) -> dict[tuple[str, str], str]:
    asked = [((block["language"] or "en").strip(), block["line"]) for block in BLOCK.finditer(text)]
    found = {(language, line): on_console(LOOKS[line](a_reader(language))) for language, line in asked if line in LOOKS}
    for language in ("en", "uk"):
        typed = [line for spoken, line in asked if spoken == language and line not in LOOKS]
        found |= {(language, line): answer for line, answer in (await _desk_answers(typed, language)).items()}
    return found


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
async def test_the_answers_in_the_guides_are_those_planwatch_gives(guide: Path) -> None:
    text = guide.read_text("utf-8")
    answers = await _answers(text)
    fresh = BLOCK.sub(lambda b: b[1] + answers[(b["language"] or "en").strip(), b["line"]], text)
    if WRITING:
        guide.write_text(fresh, "utf-8")
    assert guide.read_text("utf-8") == fresh
