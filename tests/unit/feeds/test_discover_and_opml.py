"""Finding feeds in pages and exchanging lists of them: what an operator would lose or be tricked into."""

from __future__ import annotations

import pytest

from bot.feeds.discover import PageFinder
from bot.feeds.opml import read_opml, write_opml
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Fetched
from bot.services.sites import new_feed

URL = "https://www.lantern.example/news/"


def found(page: str) -> list[str]:
    fetched = Fetched(url=URL, final_url=URL, status=200, content_type="text/html", body=page.encode())
    return [feed.url for feed in PageFinder().find(fetched)]


def test_stated_feeds_are_found_before_guessed_ones_and_comments_come_last() -> None:
    page = """<head><base href="https://cdn.lantern.example/x/"><link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel="alternate" type="application/rss+xml; charset=utf-8" title="News" href="all.xml"><link rel=alternate type="application/feed+json" href="//www.lantern.example/feed.json">
    <link rel="alternate" hreflang="uk" href="/uk/"></head><body><a href="https://www.lantern.example/rss/">RSS</a><a href="/about">About</a><a href="https://evil.example/rss/">x</a></body>"""
    assert found(page) == [
        "https://cdn.lantern.example/x/all.xml",
        "https://www.lantern.example/feed.json",
        "https://www.lantern.example/rss/",
        "https://cdn.lantern.example/comments/feed/",
    ]


def test_a_page_that_states_nothing_gives_the_usual_places() -> None:
    assert found("<p>Hello")[:2] == ["https://www.lantern.example/feed/", "https://www.lantern.example/rss/"]


@pytest.mark.parametrize(
    "page", ["", "<", "\x00", "<link rel=alternate type=application/rss+xml href='javascript:x'>", "<a href='" * 5_000]
)
def test_an_absurd_page_gives_guesses_or_nothing(page: str) -> None:
    assert all(url.startswith("https://www.lantern.example/") for url in found(page))


FEEDS = (
    new_feed(
        "https://a.example/feed?x=1&y=2", name="A & <B> “quoted”", language="uk", topics=("one", "two"), official=True
    ),
    new_feed("https://b.example/feed", name="Бе", language="en"),
    new_feed("https://c.example/feed", topics=("one",)),
)


def test_a_list_comes_back_as_it_went_out() -> None:
    again = read_opml(write_opml(FEEDS).encode())
    assert sorted(again, key=lambda feed: feed.url) == sorted(FEEDS, key=lambda feed: feed.url)


def test_folders_of_other_readers_become_topics_only_where_such_topics_exist() -> None:
    opml = (
        b"<?xml version='1.0'?><opml version='1.0'><body><outline text='News'><outline text='one'>"
        b"<outline type='rss' text='A' xmlUrl='a.example/feed'/></outline></outline></body></opml>"
    )
    assert read_opml(opml, topics=("one",))[0].topics == ("one",)
    assert read_opml(opml)[0].topics == ("News", "one")
    assert read_opml(opml)[0].url == "https://a.example/feed"


def test_a_hostile_list_brings_in_no_files_no_other_addresses_and_no_flood() -> None:
    opml = (
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<opml version='2.0'><body><outline text='&e;&b;' xmlUrl='file:///etc/passwd'/><outline text='x' xmlUrl='javascript:alert(1)'/>"
        f"<outline text='\x1b[31mred\u202e {'n' * 10_000}' xmlUrl='https://ok.example/'/><outline xmlUrl='https://ok.example/?utm_source=x'/>"
        + "<outline text='deep'>"
        * 5_000
    )
    (feed,) = read_opml(opml.encode())
    assert feed.url == "https://ok.example/" and len(feed.name) <= 200
    assert "\x1b" not in feed.name and "\u202e" not in feed.name


@pytest.mark.parametrize(
    ("document", "trouble"),
    [
        (b"", Trouble.NOT_A_FEED),
        (b"<rss/>", Trouble.NOT_A_FEED),
        (b"https://lantern.example/list.opml", Trouble.NOT_A_FEED),
        (b" " * 5_000_001, Trouble.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_said(document: bytes, trouble: Trouble) -> None:
    with pytest.raises(SourceError) as raised:
        read_opml(document, name="my.opml")
    assert raised.value.trouble is trouble and raised.value.url == "my.opml"
