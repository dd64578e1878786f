"""Which rules of a robots.txt are ours, and what they allow (RFC 9309)."""

from __future__ import annotations

import time

import pytest

from bot.feeds.robots import SLOWEST, allows, delay, own_rules

SITE = "https://lantern.example"


def may(text: str, path: str) -> bool:
    return allows(own_rules(text), SITE + path)


@pytest.mark.parametrize(
    ("text", "open_paths", "closed_paths"),
    [
        ("", ["/", "/feed"], []),
        ("User-agent: *\nDisallow:\n", ["/feed"], []),
        ("User-agent: *\nDisallow: /\n", ["/robots.txt"], ["/", "/feed", "/?q"]),
        ("Disallow: /\n", ["/feed"], []),
        ("User-agent: other\nDisallow: /\n", ["/feed"], []),
        ("user-AGENT : PLANWATCH\r\nDISALLOW : /a # not this\r\n", ["/b"], ["/a", "/a/b", "/ab"]),
        ("\ufeffUser-agent: *\rDisallow: /a\r", ["/b"], ["/a"]),
        ("User-agent: other\nUser-agent: planwatch\nDisallow: /a\n", ["/b"], ["/a"]),
        ("User-agent: planwatch\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: planwatch\nDisallow: /c", ["/b"], ["/a", "/c"]),
        ("User-agent: planwatch\nDisallow:\n\nUser-agent: *\nDisallow: /\n", ["/feed"], []),
        ("User-agent: planwatch\nCrawl-delay: 5\n\nUser-agent: *\nDisallow: /\n", ["/feed"], []),
        ("User-agent: *\nSitemap: https://lantern.example/s.xml\nDisallow: /a\n", ["/b"], ["/a"]),
        ("User-agent: *\nSitemap: /s\nUser-agent: planwatch\nDisallow: /a\n", ["/b"], ["/a"]),
        ("User-agent: *\nDisallow: /a\nAllow: /a/feed\n", ["/a/feed", "/a/feed/x"], ["/a", "/a/b"]),
        ("User-agent: *\nDisallow: /a\nAllow: /a\n", ["/a"], []),
        ("User-agent: *\nDisallow: /*.php$\n", ["/a.php?b", "/a"], ["/a.php", "/a/b.php"]),
        ("User-agent: *\nDisallow: /a*b*c\n", ["/ab", "/xabc"], ["/abc", "/a1b2c3"]),
        ("User-agent: *\nDisallow: /a%62\n", ["/ac"], ["/ab", "/a%62"]),
        ("User-agent: *\nDissalow: /a\n", ["/b"], ["/a"]),
        ("<!doctype html><p>User-agent: *<p>Disallow: /", ["/feed"], []),
        ("\x00\x01\ud800: \nUser-agent:\nDisallow: /\n::::\n", ["/feed"], []),
    ],
)  # fmt: skip
def test_no_open_page_is_missed_and_no_closed_one_taken(
    text: str, open_paths: list[str], closed_paths: list[str]
) -> None:
    assert [path for path in open_paths if not may(text, path)] == []
    assert [path for path in closed_paths if may(text, path)] == []


def test_rules_for_others_are_not_kept() -> None:
    text = "User-agent: other\nDisallow: /x\n" * 500 + "User-agent: *\nDisallow: /a\nCrawl-delay: 3\nSitemap: /s\n"
    assert own_rules(text) == "User-agent: *\ndisallow: /a\ncrawl-delay: 3"


@pytest.mark.parametrize(
    ("said", "seconds"), [("2", 2), ("0.5", 0.5), ("3600", SLOWEST), ("-1", 0), ("nan", 0), ("inf", 0), ("soon", 0), ("", 0)]
)  # fmt: skip
def test_a_crawl_delay_is_kept_up_to_what_readers_can_bear(said: str, seconds: float) -> None:
    assert delay(own_rules(f"User-agent: *\nCrawl-delay: {said}\n")) == seconds


def test_names_and_rules_that_multiply_are_read_in_the_time_their_length_deserves() -> None:
    names = "".join(f"User-agent: x{number}\n" for number in range(13_000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(13_000))
    began = time.perf_counter()
    assert may(names + rules, "/1")
    assert time.perf_counter() - began < 2  # handed to Protego as it is, it takes minutes and gigabytes
