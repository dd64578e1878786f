"""Documents made to hurt: what would stop every feed of the program, eat its memory, or read its files."""

from __future__ import annotations

import base64
import sys
import time
import tracemalloc

import pytest

from bot.model.errors import Trouble
from tests.unit.feeds.documents import atom, json_feed, only, outcome, parsed, refused, rss

_SECONDS = 3.0  # of the processor; each of these takes a tenth of it here, and took minutes where it was once quadratic


def entity_bomb(layers: int = 12) -> str:
    lines = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, layers))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]><rss version="2.0"><channel><item><title>Cap &l{layers - 1};</title></item></channel></rss>'


def quadratic_bomb() -> str:
    return f'<!DOCTYPE x [<!ENTITY a "{"A" * 5_000}">]><rss version="2.0"><channel><item><title>Cap {"&a;" * 50_000}</title></item></channel></rss>'


def an_item(inside: str) -> str:
    return f"<rss version='2.0'><channel><item><title>Cap</title>{inside}</item></channel></rss>"


XHTML = "<div xmlns='http://www.w3.org/1999/xhtml'>"
ATTACKS = {
    "entities of entities": entity_bomb(),
    "one long entity, often": quadratic_bomb(),
    "100,000 elements inside each other": "<rss><channel>" + "<a>" * 100_000,
    "100,000 elements inside each other, closed": an_item("<a>" * 100_000 + "</a>" * 100_000),
    "xhtml inside each other": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>{XHTML * 20_000}",
    "escaped comments": an_item(f"<description>{'&lt;!--' * 60_000}</description>"),
    "open comments": an_item("<description>" + "<!--" * 100_000),
    "open sections": an_item("<description>" + "<![CDATA[" * 100_000),
    "declarations": an_item("<description>" + "<!" * 200_000),
    "instructions": an_item("<description>" + "<?" * 200_000),
    "brackets": "<rss><channel><item><title>" + "<" * 1_000_000,
    "brackets apart": "<rss><channel><item><title>" + "< " * 300_000,
    "ampersands": an_item(f"<description>{'&' * 1_000_000}</description>"),
    "half references": an_item(f"<guid>{'&#' * 200_000}{'&#x' * 200_000}</guid>"),
    "doctypes": "<!DOCTYPE [" * 50_000 + "<rss>",
    "doctypes behind a comment": "<!-- <rss > -->" + "<!DOCTYPE x [" * 50_000 + "<rss>",
    "60,000 items": "<rss><channel>" + "<item><title>x</title></item>" * 60_000 + "</channel></rss>",
    "60,000 broken items": "<rss><channel>" + "<item><title>x & <b></title></item>" * 60_000,
    "items nobody closed": "<rss><channel>" + "<item><title>x</title>" * 30_000 + "</channel></rss>",
    "50,000 attributes": f"<rss><channel><item {' '.join(f'a{n}=1' for n in range(50_000))}><title>x</title></item></channel></rss>",
    "20,000 name spaces": "<rss><channel><item "
    + " ".join(f"xmlns:a{n}='u{n}'" for n in range(20_000))
    + "><title>x</title></item></channel></rss>",
    "20,000 categories": an_item("".join(f"<category>{n}</category>" for n in range(20_000))),
    "100,000 authors nobody closed": an_item("<author>" * 100_000),
    "100,000 links": an_item("<link/>" * 100_000),
    "50,000 dates": an_item("<pubDate>2026-02-09</pubDate>" * 50_000),
    "one entry of five million letters": an_item(f"<description>{'слово &lt;b&gt;' * 300_000}</description>"),
    "one entry of a million scrambled letters": an_item(f"<description>{'Ð' * 1_000_000}</description>"),
    "skipped hours without end": f"<rss><channel><skipHours>{'<hour>1</hour>' * 50_000}",
    "a date of a million figures": an_item(f"<pubDate>{'9' * 1_000_000}</pubDate>"),
    "a link of a million dots": an_item(f"<link>https://lantern.example/{'../' * 300_000}</link>"),
    "json inside each other": '{"version":"https://jsonfeed.org/version/1","items":' + "[" * 100_000,
    "json of 60,000 items": json_feed(*({"id": n, "content_text": "x"} for n in range(60_000))),
    "a json number of a million figures": '{"version":"https://jsonfeed.org/version/1","items":[{"id":'
    + "9" * 1_000_000
    + "}]}",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("body", ATTACKS.values(), ids=ATTACKS.keys())
def test_a_document_made_to_stall_us_ends_soon_and_costs_no_other_feed_anything(body: str) -> None:
    started = time.process_time()
    found = outcome(body)
    assert time.process_time() - started < _SECONDS
    assert found in (Trouble.BROKEN_FEED, Trouble.NOT_A_FEED) or len(found) <= 2_000


@pytest.mark.parametrize("bomb", [entity_bomb(), quadratic_bomb()], ids=["entities of entities", "one long entity"])
def test_entities_that_grow_are_not_grown(bomb: str) -> None:
    tracemalloc.start()
    title = only(parsed(bomb)).title
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert title.startswith("Cap") and len(title) <= 500


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY e SYSTEM "file:///etc/hostname">',
        '<!ENTITY e PUBLIC "x" "http://127.0.0.1:9/x">',
        '<!ENTITY % p SYSTEM "file:///etc/hostname"> %p; <!ENTITY e "x">',
        "<!ENTITY % p \"<!ENTITY e SYSTEM 'file:///etc/hostname'>\"> %p;",
    ],
)
@pytest.mark.parametrize("start", ["", "<!-- <rss > -->" + " " * 30_000])
def test_a_feed_cannot_read_files_of_this_machine(declaration: str, start: str) -> None:
    opened: list[str] = []
    sys.addaudithook(
        lambda event, args: (
            opened.append(str(args)) if event in ("open", "socket.connect") and "/etc/h" in str(args) else None
        )
    )
    body = f'<?xml version="1.0"?>{start}<!DOCTYPE rss [{declaration}<!ENTITY b "boom">]>' + an_item(
        "<description>x&e;y&b;</description>"
    )
    assert only(parsed(body)).summary.startswith("x")
    assert opened == []


def test_a_body_that_is_a_file_name_or_address_is_not_opened() -> None:
    for body in ("/etc/passwd", "http://127.0.0.1:9/feed", "tests/builders.py"):
        assert refused(body, "text/plain").trouble is Trouble.NOT_A_FEED


def test_more_items_than_anybody_reads_are_cut_and_counted() -> None:
    document = parsed(rss(*(f"<title>S{number}</title>" for number in range(2_050))))
    assert len(document.entries) == 2_000 and document.dropped == 50 and document.title == "Lantern"


def test_one_monstrous_item_costs_itself_and_what_is_behind_it_not_what_stands_before() -> None:
    monster = "<title>Monster</title>" + "<x>" * 400
    document = parsed(rss("<title>Cap</title>", "<title>Term</title>", monster, "<title>Late</title>"))
    assert [entry.title for entry in document.entries] == ["Cap", "Term"] and document.dropped == 2


def test_a_document_whose_first_item_is_a_monster_is_called_so() -> None:
    assert "nested too deep" in refused(an_item("<a>" * 300)).detail
    assert "more markup" in refused(an_item("<a/>" * 70_000)).detail


def test_texts_are_cut_at_a_word_and_within_their_bounds() -> None:
    words = "word " * 100_000
    entry = only(
        parsed(
            rss(f"<title>{words}</title><description>{words}</description><content:encoded>{words}!</content:encoded>")
        )
    )
    assert len(entry.title) <= 500 and len(entry.summary) <= 10_000 and len(entry.content) <= 150_000
    assert entry.title.endswith("word")


def test_one_long_text_cannot_be_made_many() -> None:
    """The marks that stand for long texts while feedparser works cannot be forged, not even in base64."""
    mark = base64.b64encode("\ue00000000\ue001".encode() * 1_000).decode()
    body = atom(
        f"<id>1</id><title>Cap</title><summary><![CDATA[<p>{'long ' * 2_000}</p>]]></summary><content type='image/png'>{mark}</content>"
    )
    entry = only(parsed(body))
    assert len(entry.summary) + len(entry.content) < 30_000


def test_marks_that_a_sender_writes_are_letters_nobody_sees() -> None:
    assert (
        only(
            parsed(rss("<title>Cap \ue00000000\ue001 ok</title><description><![CDATA[<p>secret</p>]]></description>"))
        ).title
        == "Cap 00000 ok"
    )
