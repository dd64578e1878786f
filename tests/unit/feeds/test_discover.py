"""Finding feeds in pages: what an operator would miss or be tricked into."""

from __future__ import annotations

import time

import pytest

from bot.feeds.discover import PageFinder
from bot.model.feeds import Fetched

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


@pytest.mark.parametrize(
    "piece",
    [
        "<a href='/rss/{}'>x</a>",
        "<link rel=alternate type=application/rss+xml href='/{}.xml'>",
        "<a href='/rss/{}'><div>",
    ],
)
def test_a_page_made_of_nothing_but_links_gives_few_and_holds_nobody_up(piece: str) -> None:
    page = "".join(piece.format(number) for number in range(30_000))
    began = time.process_time()
    assert len(found(page)) <= 40
    assert time.process_time() - began < 2  # 20 s when every link was worked on


def test_what_a_link_says_is_one_bounded_line_without_markup() -> None:
    page = f"<a href='/rss/'>@everyone <b>RSS</b>\x1b[31m\u202e{'x ' * 5_000}<script>alert(1)</script></a>"
    fetched = Fetched(url=URL, final_url=URL, status=200, content_type="text/html", body=page.encode())
    (feed,) = PageFinder().find(fetched)
    assert len(feed.title) <= 100 and feed.title.startswith("@everyone RSS")
    assert not set("<\x1b\u202e\n") & set(feed.title)
