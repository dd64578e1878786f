"""Canonical links: when two addresses are one article, and when they must not be."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.urls import absolute_link, canonical_link, host_of, key_of, link_key, same_site, typed_address

GOLDEN = tomllib.loads((Path(__file__).parents[2] / "golden/feeds/links.toml").read_text(encoding="utf-8"))
PLAIN = [
    pytest.param(*row, id=f"{name}: {row[0][:70]}") for name, table in GOLDEN.items() for row in table.get("plain", ())
]
SAME = [row for table in GOLDEN.values() for row in table.get("same", ())]
DIFFER = [row for table in GOLDEN.values() for row in table.get("differ", ())]


def test_the_tables_are_as_large_as_they_claim() -> None:
    assert len(PLAIN) + len(SAME) + len(DIFFER) >= 200 and all(table["why"] for table in GOLDEN.values())


@pytest.mark.parametrize(("written", "plain"), PLAIN)
def test_a_link_loses_its_dress_and_nothing_else(written: str, plain: str) -> None:
    assert canonical_link(written) == plain
    assert canonical_link(plain) == plain
    assert link_key(written) == key_of(plain)


@pytest.mark.parametrize("row", SAME, ids=lambda row: row[0])
def test_an_article_told_of_at_two_addresses_is_told_once(row: list[str]) -> None:
    assert len({link_key(link) for link in row}) == 1 and link_key(row[0])


@pytest.mark.parametrize("row", DIFFER, ids=lambda row: row[0])
def test_no_article_is_lost_because_another_has_a_similar_address(row: list[str]) -> None:
    assert len({link_key(link) for link in row}) == len(row)


def test_an_address_too_long_to_be_one_is_none() -> None:
    assert canonical_link("https://lantern.example/" + "a" * 3_000) == ""
    assert absolute_link("https://lantern.example/" + "a" * 3_000) == ""


def test_a_hub_is_told_the_address_as_the_feed_spells_it() -> None:
    assert (
        absolute_link("../feed/?utm_source=x", "https://m.lantern.example/a/b")
        == "https://m.lantern.example/feed/?utm_source=x"
    )
    assert absolute_link("javascript:alert(1)", "https://lantern.example/") == ""
    assert absolute_link("http://[", "https://lantern.example/") == "" == absolute_link("")


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
