"""Somebody adds a language: one pack, a topic with words in it, and nothing else."""

from __future__ import annotations

import asyncio
import shutil
from html import escape
from pathlib import Path

import pytest

from tests.contracts.feed_server import FeedServer, answer, rss
from tests.flows.terminal import Terminal

POLISH = Path(__file__).parent / "polish"
TITLE, _, TEXT = (POLISH / "article.txt").read_text("utf-8").partition("\n\n")


@pytest.fixture
def polish(terminal: Terminal) -> Terminal:
    for name in ("words", "topics"):
        shutil.copytree(POLISH / name, terminal.folder / name)
    terminal.set(WORDS_DIR="words", TOPICS_DIR="topics", TOPICS="promy", FEEDS="[]")
    terminal.set(FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16", FETCH__PAUSE_S="0")
    return terminal


def entry() -> str:
    body = "".join(f"<p>{escape(each)}</p>" for each in TEXT.strip().split("\n\n"))
    return (
        f"<title>{TITLE}</title><link>https://glos.example/promy</link><guid>p-1</guid>"
        f"<description>{escape(body)}</description><pubDate>Mon, 02 Mar 2026 08:00:00 +0000</pubDate>"
    )


def test_one_pack_beside_the_shipped_ones_is_enough(polish: Terminal) -> None:
    said = polish.types("topics check")
    assert (said.status, said.err) == (0, "")
    assert "promy: right" in said.out and "ukraine-guarantees: right" in said.out


async def test_an_article_in_the_new_language_is_read_from_feed_to_export(
    polish: Terminal, feed_server: FeedServer
) -> None:
    url = feed_server.says("/rss", answer(rss(entry())))
    await asyncio.to_thread(polish.types, f"feeds add {url}")
    assert (await asyncio.to_thread(polish.types, "poll")).status == 0
    [article] = (await asyncio.to_thread(polish.types, "export articles")).rows
    assert (article["language"], article["relevant"]) == ("pl", True)
    points = (await asyncio.to_thread(polish.types, "export points")).rows
    assert {"fares", "fleet"} <= {point["category"] for point in points}
    assert all(point["quote"] in TEXT for point in points)
    values = {(value["value"], value["unit"]) for point in points for value in point["quantities"]}
    assert {(4.0, "EUR"), (90_000_000.0, "EUR")} <= values
    assert not any("orkiestra" in point["quote"] for point in points)


def test_a_topic_can_be_drafted_in_a_language_without_a_dictionary(polish: Terminal) -> None:
    shutil.copy(POLISH / "article.txt", polish.folder)
    said = polish.types("topics draft article.txt -o projekt.toml")
    assert said.status == 0
    assert polish.types("topics check projekt.toml").status == 0
    text = (polish.folder / "projekt.toml").read_text("utf-8")
    assert 'languages = ["pl"]  # add "en", "ru", "uk"' in text
    assert "Liga Wyspiarzy" in text and 'unit = "EUR"' in text
