"""One invented morning on Telegram, on Discord and in the terminal: what was approved is what a reader gets.

PLANWATCH_GOLDEN=write writes the files anew, to be looked at before they are kept.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.replies import Reply
from bot.present.board import board_reply
from bot.present.digests import digest_reply
from bot.present.feeds import sources_reply
from bot.present.finding import site_reply
from bot.present.layer import layer_reply
from bot.present.reader import Reader
from bot.present.status import status_reply
from tests.flows.surfaces import WRITING, on_console, on_discord, on_telegram
from tests.showcase import (
    MORNING,
    a_board_view,
    a_digest,
    a_layer_view,
    a_reader,
    a_site_view,
    a_status_view,
    a_topic,
    some_feeds,
)

GOLDEN = Path(__file__).parents[1] / "golden"
PAGE = Path(__file__).parents[2] / "docs" / "surfaces.md"
SHOWN: dict[str, Callable[[Reader], Reply]] = {
    "digest": lambda reader: digest_reply(
        a_digest(reader.language), a_topic(), reader, next_due=MORNING + timedelta(days=1)
    ),
    "layers": lambda reader: board_reply(a_board_view(), reader),
    "layer-force": lambda reader: layer_reply(a_layer_view(), reader),
    "status": lambda reader: status_reply(a_status_view(), reader),
    "sources": lambda reader: sources_reply(a_topic(), some_feeds(), reader),
    "feeds": lambda reader: site_reply(a_site_view(), reader, may_manage=True),
}
TITLES = {
    "digest": "A digest",
    "layers": "/layers",
    "layer-force": "/layer force",
    "status": "/status",
    "sources": "/sources",
    "feeds": "/feeds svitanok.example",
}
CASES = [(name, "en") for name in SHOWN] + [("digest", "uk"), ("layers", "uk")]
PLACES = ("telegram", "discord", "console")

HEAD = """\
# One morning on three surfaces

The same replies as Telegram, Discord and the terminal get them. The outlets and quotes are invented; the
renderers are the real ones. This page is written by `tests/flows/test_golden_surfaces.py` and fails a test when it is out of date
(`PLANWATCH_GOLDEN=write make test` writes it and the golden files under `tests/golden/` anew).

How to read it: Telegram is sent plain text and a list of entities, shown here as tags (`<b>`, `<i>`, `<a>`, `<code>`); lines of a
block quote begin with `> `. Discord is sent markdown, shown as it is: `-#` is small print, `>` a quote. Buttons are
`[ label → command ]`. In the terminal, links are clickable where it can do that, and buttons are commands to type.
"""


def shown(name: str, language: str, place: str) -> str:
    reply = SHOWN[name](a_reader(language))
    if place == "console":
        return on_console(reply)
    return {"telegram": on_telegram, "discord": on_discord}[place](reply, posted=name == "digest")


def kept(file: Path, text: str) -> str:
    """The file's text; written first where that is asked for."""
    if WRITING:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return file.read_text("utf-8")


@pytest.mark.parametrize("place", ["telegram", "discord"])
@pytest.mark.parametrize(("name", "language"), CASES, ids=lambda value: value)
def test_a_reader_gets_what_was_approved(name: str, language: str, place: str) -> None:
    text = shown(name, language, place)
    assert text == kept(GOLDEN / place / f"{name}.{language}.txt", text)


def test_the_terminal_shows_what_its_own_golden_files_hold() -> None:
    for name, language in CASES:
        assert shown(name, language, "console") == (GOLDEN / "console" / f"{name}.{language}.txt").read_text("utf-8")


def test_the_page_that_shows_all_three_side_by_side_is_up_to_date() -> None:
    text = HEAD + "".join(_section(name, language) for name, language in CASES)
    assert text == kept(PAGE, text)


@pytest.mark.parametrize(("name", "language"), CASES, ids=lambda value: value)
def test_no_platform_loses_a_quote_or_its_source(name: str, language: str) -> None:
    quotes = [
        (run.text for run in quotation.runs)
        for block in SHOWN[name](a_reader(language)).blocks
        for quotation in getattr(block, "quotations", ())
    ]
    for quote in ("".join(words) for words in quotes):
        for place in ("telegram", "discord"):
            assert quote.split("»")[0].split("”")[0] in _bare(shown(name, language, place))


def _bare(text: str) -> str:
    return text.replace("<i>", "").replace("</i>", "").replace("\\", "")


def _section(name: str, language: str) -> str:
    title = TITLES[name] + (", in Ukrainian" if language == "uk" else "")
    places = "".join(f"\n### {place.capitalize()}\n\n```text\n{shown(name, language, place)}```\n" for place in PLACES)
    return f"\n## {title}\n{places}"
