"""Somebody keeps a list of sources, and polls them."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from tests.contracts.feed_server import FeedServer, Scene, answer, item, rss, with_etag
from tests.flows.terminal import Said, Terminal

CHANGED = datetime(2026, 2, 9, 10, tzinfo=UTC)
QUOTE = "The security guarantees for Ukraine would include a force of 15,000 troops, officials said."
TELLING = (
    f"{QUOTE} The reassurance force would be led by France and Britain under the plan. "
    "Under the draft, the partners would answer a new attack within ten days."
)


@pytest.fixture
def shell(terminal: Terminal, feed_server: FeedServer) -> Typist:
    terminal.set(FETCH__ALLOW_PRIVATE_HOSTS="127.77.0.0/16", FETCH__PAUSE_S="0", FEEDS="[]")
    return Typist(terminal, feed_server)


class Typist:
    """Types commands in a thread, so that the server of this loop can answer them."""

    def __init__(self, terminal: Terminal, server: FeedServer) -> None:
        self.terminal = terminal
        self.server = server

    async def types(self, line: str, *more: str) -> Said:
        return await asyncio.to_thread(self.terminal.types, line, *more)

    def plays(self, path: str, *scenes: Scene) -> str:
        return self.server.says(path, *scenes)


async def test_a_source_is_added_read_listed_and_removed(shell: Typist) -> None:
    url = shell.plays("/rss", answer(rss(item(1, TELLING), item(2))))
    added = await shell.types(f"feeds add {url} --language en --topic ukraine-guarantees")
    assert added.status == 0 and "Lantern" in added.out
    polled = await shell.types("poll")
    assert polled.status == 0 and "1 feeds read" in polled.err and "2 new entries" in polled.err
    listed = (await shell.types("feeds list --format json")).json
    assert [(row["url"], row["health"], row["topics"]) for row in listed] == [(url, "good", ["ukraine-guarantees"])]
    points = (await shell.types("export points")).rows
    assert QUOTE in [row["quote"] for row in points]
    assert (await shell.types("feeds remove Lantern")).status == 0
    assert (await shell.types("feeds list --format json")).json == []
    assert (await shell.types("export points")).rows == points


async def test_polling_all_again_asks_conditionally_and_brings_nothing_twice(shell: Typist) -> None:
    url = shell.plays("/rss", with_etag(rss(item(1, TELLING)), '"v1"', CHANGED))
    await shell.types(f"feeds add {url}")
    await shell.types("poll")
    again = await shell.types("poll --all")
    assert "1 of them unchanged, 0 new entries" in again.err
    assert shell.server.asked[-1].headers["if-none-match"] == '"v1"'
    assert [row["quote"] for row in (await shell.types("export points")).rows].count(QUOTE) == 1


async def test_a_feed_that_is_not_due_is_left_alone(shell: Typist) -> None:
    url = shell.plays("/rss", answer(rss(item(1))))
    await shell.types(f"feeds add {url}")
    await shell.types("poll")
    asked = len(shell.server.paths)
    assert "0 feeds read" in (await shell.types("poll")).err
    assert len(shell.server.paths) == asked


async def test_a_feed_that_fails_is_listed_and_takes_no_other_along(shell: Typist) -> None:
    good, bad = shell.plays("/good", answer(rss(item(1, TELLING)))), shell.plays("/bad", answer(status=404))
    shell.terminal.set(FEEDS=f"{good} {bad}")
    said = await shell.types("poll")
    assert said.status == 1
    assert f"not read: {bad} ({bad}): http status 404" in said.err
    assert QUOTE in [row["quote"] for row in (await shell.types("export points")).rows]


async def test_a_page_that_is_no_feed_is_refused_with_a_clear_word(shell: Typist) -> None:
    url = shell.plays(
        "/page", answer(b"<!doctype html><html><body><p>Hello</p></body></html>", Content_Type="text/html")
    )
    said = await shell.types(f"feeds add {url}")
    assert said.status == 1 and url in said.err and "not a feed" in said.err
    assert (await shell.types("feeds list --format json")).json == []


async def test_private_addresses_are_refused_unless_allowed(shell: Typist) -> None:
    url = shell.plays("/rss", answer(rss(item(1))))
    shell.terminal.set(FETCH__ALLOW_PRIVATE_HOSTS="127.78.0.0/16")
    said = await shell.types(f"feeds add {url}")
    assert said.status == 1 and "address refused" in said.err
    assert shell.server.paths == []


async def test_a_site_is_asked_for_its_feeds(shell: Typist) -> None:
    shell.plays("/rss", answer(rss(item(1))))
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss" title="News"></head><body></body></html>'
    site = shell.plays("/", answer(page, Content_Type="text/html"))
    found = await shell.types(f"feeds discover {site}")
    assert found.status == 0 and found.out == f"{site}rss  News\n"
    await shell.types(f"feeds add {site}rss")
    assert (await shell.types(f"feeds discover {site}")).out == f"{site}rss  News (already followed)\n"
    assert (await shell.types(f"feeds discover {site} --format json")).json == [
        {"url": f"{site}rss", "title": "News", "followed": True}
    ]


async def test_a_site_without_feeds_gets_a_hint(shell: Typist) -> None:
    site = shell.plays("/", answer(b"<!doctype html><html><body><p>Hello</p></body></html>", Content_Type="text/html"))
    said = await shell.types(f"feeds discover {site}")
    assert said.status == 1 and "no feed was found" in said.err and said.out == ""


async def test_a_list_goes_out_as_opml_and_comes_back_the_same(shell: Typist) -> None:
    first, second = shell.plays("/one", answer(rss(item(1)))), shell.plays("/two", answer(rss(item(2))))
    await shell.types(f"feeds add {first} --language uk --topic ukraine-guarantees --name", "Світанок & Co")
    await shell.types(f"feeds add {second} --official")
    before = (await shell.types("feeds list --format json")).json
    await shell.types("feeds export -o list.opml")
    for row in before:
        await shell.types(f"feeds remove {row['id']}")
    taken = await shell.types("feeds import list.opml")
    assert taken.status == 0 and "2 added" in taken.err
    kept = ("url", "name", "language", "topics", "official")
    after = (await shell.types("feeds list --format json")).json
    assert [[row[key] for key in kept] for row in after] == [[row[key] for key in kept] for row in before]


async def test_checking_tells_each_source_and_keeps_nothing(shell: Typist) -> None:
    good, bad = shell.plays("/good", answer(rss(item(1)))), shell.plays("/bad", answer(status=410))
    shell.terminal.set(FEEDS=f"{good} {bad}")
    said = await shell.types("feeds check")
    assert said.status == 1
    assert "its server says that it was taken down for good" in said.out and "planwatch feeds discover" in said.out
    assert "nothing new since 2026-02-09: it may have moved without a word" in said.out
    assert "2 asked: 1 work, 1 fail; 1 with nothing new for 30 days" in said.err
    assert max(map(len, said.out.splitlines())) <= 100
    assert {row["health"] for row in (await shell.types("feeds list --format json")).json} == {"new"}


async def test_checking_asks_only_the_sources_that_are_named(shell: Typist) -> None:
    one, two = shell.plays("/one", answer(rss(item(1)))), shell.plays("/two", answer(rss(item(2))))
    shell.terminal.set(FEEDS=f"{one} {two}")
    (row,) = (await shell.types("feeds check /two --format json")).json
    assert (row["url"], row["works"], row["entries"], row["newest"]) == (two, True, 1, "2026-02-09T10:02:00Z")
    assert (row["language"], row["language_of_titles"], row["silent"]) == (
        "en",
        None,
        True,
    )  # "Story 1" is too little to tell
    assert "/one" not in shell.server.paths
    nobody = await shell.types("feeds check tow")
    assert nobody.status == 2 and "`tow` is not there" in nobody.err
    assert (await shell.types("feeds list /two")).out.count("\n") == 1


async def test_a_list_is_taken_in_from_an_address_by_the_same_rules_as_feeds(shell: Typist) -> None:
    opml = b"<opml><body><outline text='News'><outline text='L' xmlUrl='https://a.example/f'/></outline></body></opml>"
    url = shell.plays("/list", answer(opml, Content_Type="text/x-opml"))
    said = await shell.types(f"feeds import {url}")
    assert said.status == 0 and "1 added" in said.err and "folders that are no followed topic were ignored" in said.err
    assert [row["url"] for row in (await shell.types("feeds list --format json")).json] == ["https://a.example/f"]
    page = shell.plays("/page", answer(b"<html></html>", Content_Type="text/html"))
    assert "it is no OPML list" in (await shell.types(f"feeds import {page}")).err
    shell.terminal.set(FETCH__ALLOW_PRIVATE_HOSTS="127.78.0.0/16")
    refused = await shell.types(f"feeds import {url}")
    assert refused.status == 1 and "address refused" in refused.err


async def test_removing_what_is_not_there_names_the_nearest(shell: Typist) -> None:
    await shell.types(f"feeds add {shell.plays('/rss', answer(rss(item(1))))}")
    said = await shell.types("feeds remove Lanten")
    assert said.status == 2 and "nearest: Lantern" in said.err


async def test_removing_what_the_settings_name_says_that_it_comes_back(shell: Typist) -> None:
    url = shell.plays("/rss", answer(rss(item(1))))
    shell.terminal.set(FEEDS=url)
    said = await shell.types(f"feeds remove {url}")
    assert said.status == 1 and "remove it there too" in said.err


async def test_a_file_that_is_no_opml_is_refused(shell: Typist) -> None:
    (shell.terminal.folder / "list.opml").write_text("not a list")
    assert (await shell.types("feeds import list.opml")).status == 1
    assert (await shell.types("feeds import none.opml")).status == 2


async def test_sources_of_ones_own_replace_the_shipped_ones_and_those_added_by_hand_stay(shell: Typist) -> None:
    own, named = shell.plays("/own", answer(rss(item(1)))), shell.plays("/named", answer(rss(item(2))))
    shell.terminal.set(FEEDS="")
    shipped = (await shell.types("feeds list --format json")).json
    assert len(shipped) >= 20
    await shell.types(f"feeds add {own}")
    shell.terminal.set(FEEDS=named)
    assert {row["url"] for row in (await shell.types("feeds list --format json")).json} == {own, named}
