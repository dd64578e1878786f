"""Canonical links: when two addresses are one article, and when they must not be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.urls import canonical_link, host_of, link_key, same_site, typed_address


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("https://lantern.example/a?utm_source=rss&utm_medium=feed", "https://lantern.example/a"),
        ("https://lantern.example/a?id=7&fbclid=x&page=2", "https://lantern.example/a?id=7&page=2"),
        ("https://lantern.example/a?at_medium=RSS&at_campaign=rss", "https://lantern.example/a"),
        ("https://lantern.example/a#comments", "https://lantern.example/a"),
        ("https://m.lantern.example/a", "https://lantern.example/a"),
        ("https://lantern.example/a/amp/", "https://lantern.example/a"),
        ("https://lantern.example/amp/a", "https://lantern.example/a"),
        ("https://lantern.example/a.amp.html", "https://lantern.example/a.html"),
        ("https://lantern.example/a?outputType=amp", "https://lantern.example/a"),
        ("https://www.google.com/amp/s/www.lantern.example/a", "https://www.lantern.example/a"),
        ("https://lantern-example.cdn.ampproject.org/c/s/lantern.example/a?utm_source=x", "https://lantern.example/a"),
        ("https://www.google.com/url?q=https%3A%2F%2Flantern.example%2Fa&sa=U", "https://lantern.example/a"),
        ("HTTPS://Lantern.Example:443/A", "https://lantern.example/A"),
        ("http://lantern.example:8080/a/", "http://lantern.example:8080/a/"),
        ("https://lantern.example", "https://lantern.example/"),
        ("https://lantern.example/новини?тема=план", "https://lantern.example/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B8?%D1%82%D0%B5%D0%BC%D0%B0=%D0%BF%D0%BB%D0%B0%D0%BD"),
        ("https://ліхтар.укр/a", "https://xn--80avqgo5h.xn--j1amh/a"),
        ("  https://lantern.example/a\n", "https://lantern.example/a"),
        ("https://user:word@lantern.example/a", "https://lantern.example/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("javascript:alert(1)", ""),
        ("mailto:desk@lantern.example", ""),
        ("//lantern.example/a", ""),
        ("https://", ""),
        ("https://lantern.example:port/", ""),
        ("https://lantern.example/" + "a" * 3_000, ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_link_loses_its_dress_and_nothing_else(written: str, plain: str) -> None:
    assert canonical_link(written) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.lantern.example/a/", "https://lantern.example/a"),
        ("https://lantern.example/a?b=1&a=2", "https://lantern.example/a?a=2&b=1&utm_term=x"),
        ("https://m.lantern.example/a?amp=1", "https://www.lantern.example/a"),
    ],
)
def test_twins_share_one_key(one: str, other: str) -> None:
    assert link_key(one) == link_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://lantern.example/a?id=1", "https://lantern.example/a?id=2"),
        ("https://lantern.example/a", "https://lantern.example/A"),
        ("https://lantern.example/a", "https://kestrel.example/a"),
        ("http://127.77.0.1:8000/a", "http://127.77.0.1:8001/a"),
        ("https://m.me/a", "https://me/a"),
    ],
)
def test_two_articles_are_never_taken_for_one(one: str, other: str) -> None:
    assert link_key(one) != link_key(other)


addresses = st.builds(
    lambda scheme, host, path, query, end: f"{scheme}://{host}{path}{'?' + query if query else ''}{end}",
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(
        ["lantern.example", "m.m.lantern.example", "www.google.com", "x.cdn.ampproject.org", "127.0.0.1:80", "амп.укр"]
    ),
    st.lists(
        st.sampled_from(
            ["/amp", "/a", "/s", "/c", "//", "/lantern.example", "/url", "/%41", "/%zz", "/і", ".amp.html", "/."]
        )
    ).map("".join),
    st.lists(
        st.sampled_from(
            [
                "utm_x=1",
                "a=1",
                "b=%20",
                "amp",
                "amp=1",
                "q=https://m.a.example/amp/",
                "url=http://b.example",
                "ж=щ",
                "&",
            ]
        )
    ).map("&".join),
    st.sampled_from(["", "#x", "/", "/amp/", "?"]),
)


@given(st.one_of(st.text(max_size=60), addresses))
def test_undressing_a_link_twice_changes_nothing_more(written: str) -> None:
    once = canonical_link(written)
    assert canonical_link(once) == once
    assert once == "" or once.startswith(("http://", "https://"))
    assert link_key(once) == link_key(written)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("lantern.example", "https://lantern.example"),
        ("http://lantern.example/feed", "http://lantern.example/feed"),
        ("localhost:8080/feed", "https://localhost:8080/feed"),
        ("just words", ""),
        ("ftp://lantern.example", ""),
        ("", ""),
    ],
)
def test_what_somebody_types_becomes_an_address_or_nothing(typed: str, address: str) -> None:
    assert typed_address(typed) == address


def test_sites_are_told_apart_by_host() -> None:
    assert same_site("https://www.lantern.example/a", "https://news.lantern.example/b")
    assert not same_site("https://lantern.example/", "https://evil-lantern.example/")
    assert host_of("https://Lantern.example.:8/") == "lantern.example" and host_of("http://[") == ""
