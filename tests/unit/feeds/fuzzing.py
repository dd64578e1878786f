"""What must hold for any bytes whatever, and bytes that come near enough to be dangerous: golden documents, damaged."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from bot.feeds.dates import read_date, settled
from bot.feeds.encodings import readable
from bot.feeds.extract import page_of
from bot.feeds.furniture import Furniture
from bot.feeds.opml import read_opml
from bot.feeds.parse import parsed_feed
from bot.model.errors import SourceError
from bot.model.feeds import Entry, FeedId, Fetched, NoText
from bot.text.urls import canonical_link, host_of, key_of, link_key, same_site, typed_address

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
_SECONDS = 4.0  # of the processor, for one example; the usual one takes two thousandths
_FOLDER = Path(__file__).parents[2] / "golden/feeds/documents"
_FEEDS = [
    (_FOLDER / name).read_bytes() for name in ("rss.xml", "rss-windows-1251.xml", "atom.xml", "rdf.xml", "feed.json")
]
_JSON = [(_FOLDER / "feed.json").read_bytes()]
_LISTS = [(_FOLDER / "list.opml").read_bytes()]
_PAGES = [(_FOLDER / "page.html").read_bytes()]
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_OUR_MARKS = {"\ue000", "\ue001"}  # bot/feeds/sparing.py
FRAGMENTS = [
    b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>",
    b"<content type='xhtml'>", b"<link href='", b"'/>", b"<guid>", b"&#xD800;", b"&#99999999999999;", b"&amp;", b"&nbsp;", b"<![CDATA[", b"]]>",
    b"<!--", b"-->", b"<!DOCTYPE x [<!ENTITY a 'b'>", b"]>", b"<?xml version='1.0' encoding='utf-16'?>", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf",
    "Гарантії".encode(), "Гарантии".encode("cp1251"), "Ð“Ð°Ñ€".encode(), b"<pubDate>", b"Mon, 09 Feb 2026 10:00:00 EET", b"99999999", b"<p>", b"<div>",
    b"<table>", b'{"version":"https://jsonfeed.org/version/1","items":[', b'{"id":1}', b"]}", b"<opml>", b"<outline xmlUrl='http://a.example' text='",
    b"<html>", b"xml:base='http://[bad'", b"<script type='application/ld+json'>", b"javascript:", b"<dc:date>", b"http://[", b"<ttl>1e9</ttl>", b"<link>",
    b"<skipHours><hour>", b"\x1b[2J", "\u202e\u200b\ue00000000\ue001".encode(), b"&#57344;00000&#xe001;", b"&lt;script&gt;", b"&amp;lt;b&amp;gt;", b"@everyone",
    b"<media:description>", b" mode='base64'", b"</channel></rss>", b"<!", b"<?", b"<a b='>'>", b"<head>", b"\r", b"\xc2\x85", b"\xe2\x80\xa9",
]  # fmt: skip
_pieces = st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=12))
grown = st.lists(_pieces, max_size=40).map(b"".join)


@st.composite
def damaged(draw: st.DrawFn, documents: list[bytes]) -> bytes:
    """A golden document with some of it cut, doubled, flipped, moved or replaced."""
    body = draw(st.sampled_from(documents))
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
        how = draw(st.sampled_from(("cut", "double", "flip", "splice", "insert", "truncate", "repeat")))
        part = body[start:end]
        if how == "cut":
            body = body[:start] + body[start + min(len(part), 60) :]
        elif how == "double":
            body = body[:end] + part + body[end:]
        elif how == "flip" and start < len(body):
            body = body[:start] + bytes((body[start] ^ draw(st.integers(1, 255)),)) + body[start + 1 :]
        elif how == "splice":
            other = draw(st.sampled_from(documents))
            body = body[:start] + other[len(other) // 3 : len(other) // 3 + 400] + body[start:]
        elif how == "insert":
            body = body[:start] + draw(_pieces) + body[start:]
        elif how == "truncate":
            body = body[:end]
        elif how == "repeat":
            body = body[:start] + part[:40] * 50 + body[start:]
        body = body[:200_000]
    return body


feed_bytes = st.one_of(damaged(_FEEDS), grown, grown.map(lambda body: b"<rss><channel><item>" + body))
json_bytes = st.one_of(
    damaged(_JSON),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["id", "url", "title", "content_html", "content_text", "hubs", "x"]), inner, max_size=4
            )
        ),
        max_leaves=12,
    ).map(
        lambda items: json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [items],
                "hubs": items,
                "title": items,
                "language": items,
            }
        ).encode()
    ),
)
page_bytes = st.one_of(damaged(_PAGES), grown.map(lambda body: b"<html><body><article>" + body))
list_bytes = st.one_of(damaged(_LISTS), grown.map(lambda body: b"<opml><body>" + body))
kinds = st.sampled_from(
    ["text/html", "application/rss+xml; charset=windows-1251", "text/xml; charset=utf-16", "application/feed+json", ""]
)
addresses = st.builds(
    lambda scheme, host, port, path, query, end: f"{scheme}://{host}{port}{path}{'?' + query if query else ''}{end}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["lantern.example", "m.m.lantern.example", "uk.m.lantern.example", "www.google.com", "news.google.com", "x.cdn.ampproject.org", "127.0.0.1", "амп.укр", "[::1]", "t.me", "u:p@a.example", "l.facebook.com", "m.co.uk"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":99999", ":"]),
    st.lists(
        st.sampled_from(["/amp", "/a", "/12-a", "/s", "/c", "//", "/lantern.example", "/url", "/%41", "/%zz", "/і", ".amp.html", "/.", "/..", "/print", "/index.html", ";jsessionid=1", "/l.php", "%", "/iv", "/rss/articles/CBMiGmh0dHBzOi8vbGFudGVybi5leGFtcGxlL2Et0gEA"]),
        max_size=6,
    ).map("".join),
    st.lists(st.sampled_from(["utm_x=1", "a=1", "b=%20", "amp", "amp=1", "q=https://m.a.example/amp/", "url=http://b.example", "u=https%3A%2F%2Ft.me%2Fs%2Fa%2F1", "ж=щ", "&", "ref=x", "ref=1", "sid=0123456789abcdef01234567", "%61=%7e"]), max_size=5).map("&".join),
    st.sampled_from(["", "#x", "#!/x", "#/x%zz", "#!", "/", "/amp/", "?"]),
)  # fmt: skip
links = st.one_of(st.text(max_size=60), addresses)
date_texts = st.one_of(
    st.text(max_size=60),
    st.from_regex(r"[0-9]{1,5}[-./ ][^ ]{1,9}[-./ ][0-9]{1,5} [0-9:+]{1,9} [A-Z+0-9]{0,6}", fullmatch=True),
    st.lists(st.sampled_from(["Mon,", "09", "9", "лют", "Feb", "2026", "26", "/", "-", ".", ":", " ", "10", "24:00", "T", "Z", "+0200", "EET", "вчора", "o", "PM", "1770631200", "60", "0000"]), max_size=10).map("".join),
)  # fmt: skip


def fetched(body: bytes, kind: str = "text/html") -> Fetched:
    return Fetched(url="https://a.example/f", final_url="https://a.example/f", status=200, content_type=kind, body=body)


def the_reader_holds(body: bytes, kind: str) -> None:
    """Entries that a store and a chat can take, or one SourceError; soon; and the same a second time."""
    started = time.process_time()
    try:
        found = parsed_feed(fetched(body, kind), FeedId("f"), NOW)
    except SourceError:
        return
    finally:
        assert time.process_time() - started < _SECONDS
    assert (
        len(found.entries) <= 2_000
        and found.dropped >= 0
        and len({entry.id for entry in found.entries}) == len(found.entries)
    )
    assert found.ttl is None or timedelta(0) < found.ttl <= timedelta(days=1)
    assert set(found.skip_hours) < set(range(24)) and set(found.skip_days) < set(range(7))
    assert all(link is None or link.startswith(("http://", "https://")) for link in (found.hub, found.self_url))
    for entry in found.entries:
        _an_entry_holds(entry)
    assert parsed_feed(fetched(body, kind), FeedId("f"), NOW) == found


def _an_entry_holds(entry: Entry) -> None:
    assert entry.title or entry.summary or entry.content
    assert (
        "\n" not in entry.title
        and len(entry.title) <= 500
        and len(entry.summary) <= 10_000
        and len(entry.content) <= 150_000
    )
    for text in (entry.title, entry.summary, entry.content, entry.url, entry.date_note):
        assert not _UNWANTED.search(text) and text == text.strip() and not set(text) & _OUR_MARKS
    assert entry.url == canonical_link(entry.url) and (not entry.url or entry.url.startswith(("http://", "https://")))
    for moment in (entry.published, entry.updated):
        assert moment is None or datetime(1995, 1, 1, tzinfo=UTC) <= moment <= NOW + timedelta(minutes=30)
    assert entry.language is None or len(entry.language) == 2


def the_extractor_holds(body: bytes) -> None:
    started = time.process_time()
    found = page_of(fetched(body), Furniture(), NOW)
    assert time.process_time() - started < _SECONDS
    assert isinstance(found, NoText) or not _UNWANTED.search(found.text + found.title)


def the_import_holds(body: bytes) -> None:
    try:
        feeds = read_opml(body).feeds
    except SourceError:
        return
    for feed in feeds:
        assert feed.url.startswith(("http://", "https://")) and not _UNWANTED.search(feed.url + feed.name)


def a_link_holds(written: str) -> None:
    """Undressing twice is undressing once, and twins have one key from either side."""
    once = canonical_link(written)
    assert canonical_link(once) == once
    assert once == "" or once.startswith(("http://", "https://"))
    assert link_key(written) == link_key(once) == key_of(once)
    assert typed_address(once) == once and (not once or host_of(once))
    if once.startswith("https://"):
        twin = once.replace("https://", "http://", 1)
        assert ":80/" in twin or link_key(twin) == link_key(once)
        assert same_site(once, twin)


def a_date_holds(text: str, language: str) -> None:
    stated = read_date(text, NOW, language)
    assert stated is None or stated.at.tzinfo is not None
    published, updated, note = settled(text, text, NOW, language)
    assert published == updated and (
        published is None or (published.year >= 1995 and published <= NOW + timedelta(minutes=30))
    )
    assert note or published


def an_encoding_holds(body: bytes, content_type: str) -> None:
    assert isinstance(readable(body, content_type)[0], str)
