"""A feed written to speak through the bot: from its bytes to a digest on each platform, nothing of it mentions, formats, commands or moves a cursor."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from html import escape

import pytest

from bot.feeds.parse import parsed_feed
from bot.model.digests import Digest
from bot.model.feeds import Entry, FeedId, Fetched
from bot.model.replies import Reply
from bot.present.digests import digest_reply
from handlers.console.render import as_text, rows
from handlers.console.render import render as console_parts
from handlers.discord.render import render as discord_parts
from handlers.telegram.render import render as telegram_parts
from tests.showcase import a_digest, a_reader, a_topic
from tests.unit.handlers.discord_reading import read

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
LINK = "https://lantern.example/a"
WORDS = (
    "@everyone @here <@42> <@&7> <#9> @admin_bot",
    "<b>bold</b> <script>alert(1)</script> <a href='https://evil.example'>here</a> <img src=x onerror=alert(1)>",
    "[Lantern](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
    "**bold** __under__ ~~gone~~ ||hidden|| `code` ```block``` # Head",
    "> quote\n-# small\n- list\n1. one",
    "/stop /unsubscribe@planwatch_bot </layers:500> :boom: <:x:1> <t:0:R>",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07here\x1b]8;;\x07 \x9b2J\x08\x07",
    "\u202eesrever\u202c \u2066x\u2069 zero\u200bwidth\u200d \ufeff\u00ad tags\U000e0041",
)
DRESSES = {
    "as text": lambda text: escape(text, quote=False),
    "escaped twice": lambda text: escape(escape(text, quote=False), quote=False),
    "in a section": lambda text: f"<![CDATA[{text}]]>",
}
OUR_MARKS = {"bold", "italic", "quote", "small", "heading", "link", "autolink"}


def the_entry(words: str, dress: str) -> Entry:
    said = DRESSES[dress](words)
    body = (
        f'<?xml version="1.1"?><rss version="2.0"><channel><title>{said}</title><item><title>{said}</title>'
        f"<link>{LINK}?utm_source=x</link><description>{said}</description></item></channel></rss>"
    )
    fetched = Fetched(
        url=LINK, final_url=LINK, status=200, content_type="text/html", body=body.encode("utf-8", "replace")
    )
    document = parsed_feed(fetched, FeedId("lantern"), NOW)
    [entry] = document.entries
    assert not set(document.title) & set("\x1b\x9b\x07\u202e")
    return entry


def the_digest(entry: Entry) -> Digest:
    """A morning on which everything that a feed can word is worded by this one."""
    morning = a_digest("en")
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(
                    item, quote=entry.summary, context=entry.summary, outlet=entry.title[:60], url=entry.url, attributed_to=entry.title[:60],
                    also_reported_by=(entry.title[:60],), rival_quote=item.rival_quote and entry.summary, rival_url=item.rival_url and entry.url,
                    rival_outlet=item.rival_outlet and entry.title[:60],
                )
                for item in section.items
            ),
        )
        for section in morning.sections
    )  # fmt: skip
    blind = ((entry.title[:60], NOW), (f"{entry.title[:60]} /stop", None))
    return replace(morning, sections=sections, blind=blind)


@cache
def the_reply(words: str, dress: str) -> Reply:
    entry = the_entry(words, dress)
    assert entry.url == LINK
    return digest_reply(the_digest(entry), a_topic(), a_reader("en"), next_due=NOW)


cases = pytest.mark.parametrize("words", WORDS, ids=lambda words: words.encode("ascii", "replace").decode()[:20])
dresses = pytest.mark.parametrize("dress", DRESSES)


@cases
@dresses
def test_what_a_feed_says_is_plain_text(words: str, dress: str) -> None:
    entry = the_entry(words, dress)
    for text in (entry.title, entry.summary):
        assert not re.search(
            "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\U000e0000-\U000e007f]",
            text,
        )
        assert not re.search(r"</?(?:b|script|a|img)\b[^<>]*>", text) and "alert(1)" not in text


@cases
@dresses
def test_on_telegram_it_rings_nobodys_phone_and_runs_nothing(words: str, dress: str) -> None:
    for part in map(json.loads, telegram_parts(the_reply(words, dress), keep=True)):
        text, entities = part["text"], part["entities"]
        assert "parse_mode" not in part and not set(text) & set("\x1b\x9b\x07\u202e")
        assert {each.get("url", LINK) for each in entities} <= {LINK}
        assert {each["type"] for each in entities} <= {
            "bold",
            "italic",
            "code",
            "text_link",
            "blockquote",
            "expandable_blockquote",
        }
        marks = [
            each for each in entities if each["type"] in ("code", "text_link")
        ]  # Telegram looks for nothing beneath them
        covered = [(each["offset"], each["offset"] + each["length"]) for each in marks]
        for call in re.finditer(r"(?<!\w)@[A-Za-z0-9_]{2,}|(?<![\w/<>])/(?:stop|unsubscribe)\b", text):
            at = len(text[: call.start()].encode("utf-16-le")) // 2
            assert any(start <= at < end for start, end in covered), call[0]


@cases
@dresses
def test_on_discord_it_mentions_nobody_and_formats_nothing(words: str, dress: str) -> None:
    for part in map(json.loads, discord_parts(the_reply(words, dress), keep=True)):
        for content in (each["content"] for each in part["components"] if "content" in each):
            seen = read(content)
            assert set(seen.marks) <= OUR_MARKS
            assert set(seen.links) <= {LINK} | {
                link for link in seen.links if f"<{link}>" in content
            }  # an address that is seen for what it is


@cases
@dresses
def test_in_a_terminal_it_moves_no_cursor_and_colours_nothing(words: str, dress: str) -> None:
    for part in console_parts(the_reply(words, dress)):
        shown = "\n".join(as_text(row) for row in rows(part, 88, addresses=True))
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", shown)
        assert "evil.example" not in "".join(piece.url for row in rows(part, 88, addresses=False) for piece in row)


def test_a_link_that_is_no_web_address_never_becomes_one() -> None:
    for link in ("javascript:alert(1)", "tg://resolve?domain=x", "data:text/html,x", "file:///etc/passwd"):
        body = f"<rss version='2.0'><channel><item><title>Cap</title><link>{link}</link><guid>{link}</guid></item></channel></rss>"
        fetched = Fetched(url=LINK, final_url=LINK, status=200, content_type="text/xml", body=body.encode())
        assert parsed_feed(fetched, FeedId("lantern"), NOW).entries[0].url == ""
