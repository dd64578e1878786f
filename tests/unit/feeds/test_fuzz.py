"""Rubbish in, one bounded failure out: documents and pages grown from fragments that have broken parsers before."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.feeds.dates import read_date, settled
from bot.feeds.encodings import readable
from bot.feeds.extract import page_of
from bot.feeds.furniture import Furniture
from bot.feeds.opml import read_opml
from bot.feeds.parse import parsed_feed
from bot.model.errors import SourceError
from bot.model.feeds import FeedId, Fetched

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
FRAGMENTS = [
    b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>",
    b"<content type='xhtml'>", b"<link href='", b"'/>", b"<guid>", b"&#xD800;", b"&#99999999999999;", b"&amp;", b"&nbsp;", b"<![CDATA[", b"]]>",
    b"<!--", b"-->", b"<!DOCTYPE x [<!ENTITY a 'b'>", b"]>", b"<?xml version='1.0' encoding='utf-16'?>", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf",
    "Гарантії".encode(), "Гарантии".encode("cp1251"), b"<pubDate>", b"Mon, 09 Feb 2026 10:00:00 EET", b"99999999", b"<p>", b"<div>", b"<table>",
    b'{"version":"https://jsonfeed.org/version/1","items":[', b'{"id":1}', b"]}", b"<opml>", b"<outline xmlUrl='http://a.example' text='", b"<html>",
    b"xml:base='http://[bad'", b"<script type='application/ld+json'>", b"javascript:", b"<dc:date>", b"http://[", b"<ttl>1e9</ttl>", b"<link>",
]  # fmt: skip
documents = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.binary(max_size=12)), max_size=40).map(b"".join)


def fetched(body: bytes) -> Fetched:
    return Fetched(
        url="https://a.example/f", final_url="https://a.example/f", status=200, content_type="text/html", body=body
    )


@settings(max_examples=300, deadline=None)
@given(documents)
def test_no_document_breaks_the_reader(body: bytes) -> None:
    try:
        found = parsed_feed(fetched(b"<rss><channel><item>" + body), FeedId("f"), NOW)
    except SourceError:
        return
    for entry in found.entries:
        f"{entry.title}{entry.summary}{entry.content}{entry.url}".encode()  # nothing that a store or chat cannot take
        assert entry.published is None or entry.published <= datetime(2026, 2, 10, 12, 30, tzinfo=UTC)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_no_page_breaks_the_extractor(body: bytes) -> None:
    found = page_of(fetched(b"<html><body><article>" + body), Furniture(), NOW)
    assert found is None or found.text.encode()


@settings(max_examples=150, deadline=None)
@given(documents)
def test_no_list_breaks_the_import(body: bytes) -> None:
    try:
        feeds = read_opml(b"<opml><body>" + body)
    except SourceError:
        return
    assert all(feed.url.startswith(("http://", "https://")) and feed.name.encode() is not None for feed in feeds)


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_bytes_become_text(body: bytes, content_type: str) -> None:
    assert isinstance(readable(body, content_type)[0], str)


@given(
    st.one_of(
        st.text(max_size=60),
        st.from_regex(r"[0-9]{1,5}[-./ ][^ ]{1,9}[-./ ][0-9]{1,5} [0-9:+]{1,9} [A-Z+0-9]{0,6}", fullmatch=True),
    )
)
def test_any_text_is_a_sane_date_or_none(text: str) -> None:
    stated = read_date(text)
    assert stated is None or stated.at.tzinfo is not None
    published, updated, _ = settled(text, text, NOW)
    assert published == updated and (published is None or published.year >= 1995)
