"""Keeping the list of sources on a real store: what an operator would be told, and what must not get lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.errors import SourceError, Trouble, UnknownItem
from bot.model.feeds import Fetched, Health, ParsedFeed
from bot.ports import Plan
from bot.services.sites import FoundFeed, new_feed
from bot.services.sources import Sources
from bot.store import SqlStore, open_store
from tests.builders import NOON, an_entry
from tests.doubles import ScriptedFetcher, ScriptedFinder, ScriptedReader

FEED, OTHER, SITE = "https://lantern.example/feed", "https://lantern.example/uk/feed", "https://lantern.example"


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


def got(url: str) -> Fetched:
    return Fetched(url=url, final_url=url, status=200, content_type="text/html", body=b"x")


def sources(store: SqlStore, *finds: str) -> Sources:
    document = ParsedFeed(title="The Lantern", language="en", entries=(an_entry(),))
    return Sources(
        store=store,
        fetcher=ScriptedFetcher({url: got(url) for url in (FEED, OTHER, SITE)}),
        reader=ScriptedReader({FEED: document, OTHER: document}),
        finder=ScriptedFinder({SITE: [FoundFeed(url) for url in finds]}),
    )


async def test_a_feed_address_is_followed_with_its_own_name_and_read_by_the_next_round(store: SqlStore) -> None:
    added = await sources(store).add(FEED, topics=("ukraine-guarantees",))
    (feed,) = await store.feeds()
    assert added.feed == feed and (feed.name, feed.language, feed.health) == ("The Lantern", "en", Health.NEW)
    assert feed.next_at is None and feed.topics == ("ukraine-guarantees",)


async def test_a_site_with_one_feed_is_followed_by_that_feed(store: SqlStore) -> None:
    added = await sources(store, "https://lantern.example/dead", FEED).add("lantern.example", name="Lantern")
    assert added.feed is not None and (added.feed.url, added.feed.name) == (FEED, "Lantern")


async def test_a_site_with_several_feeds_leaves_the_choice_to_the_operator(store: SqlStore) -> None:
    added = await sources(store, FEED, OTHER).add(SITE)
    assert added.feed is None and [found.url for found in added.found] == [FEED, OTHER]
    assert await store.feeds() == ()


async def test_a_page_without_feeds_is_said_to_be_no_feed(store: SqlStore) -> None:
    with pytest.raises(SourceError) as raised:
        await sources(store, "https://lantern.example/dead").add(SITE)
    assert raised.value.trouble is Trouble.NOT_A_FEED


@pytest.mark.parametrize("typed", ["", "not an address", "ftp://lantern.example/feed"])
async def test_what_is_no_address_is_said_before_anything_is_asked(store: SqlStore, typed: str) -> None:
    with pytest.raises(SourceError) as raised:
        await sources(store).add(typed)
    assert raised.value.trouble is Trouble.BAD_ADDRESS


async def test_a_feed_is_not_followed_twice_under_another_spelling(store: SqlStore) -> None:
    made = sources(store)
    await made.add(FEED)
    again = await made.add("http://www.lantern.example/feed/?utm_source=x")
    assert again.known_before and len(await store.feeds()) == 1


async def test_a_source_is_removed_by_name_address_or_id_and_a_typo_gets_the_nearest(store: SqlStore) -> None:
    made = sources(store)
    for word in ("the lantern", "lantern.example/feed", str(new_feed(FEED).id)):  # a part of a name removes nothing
        await made.add(FEED)
        assert (await made.remove(word)).url == FEED and await store.feeds() == ()
    await made.add(FEED)
    with pytest.raises(UnknownItem) as raised:
        await made.remove("The Lantren")
    assert "The Lantern" in raised.value.nearest


async def test_taking_in_a_list_keeps_what_a_known_feed_has_learned(store: SqlStore) -> None:
    known = new_feed(FEED, name="Old", language="en")
    await store.apply(Plan(feeds=(known,)))
    learned = (await store.feeds())[0]
    taken = await sources(store).take_in(
        [new_feed(FEED + "/", name="New", official=True), new_feed(OTHER), new_feed(OTHER)]
    )
    assert [feed.url for feed in taken.added] == [OTHER] and [feed.id for feed in taken.known] == [learned.id]
    after = {feed.url: feed for feed in await store.feeds()}
    assert (after[FEED].name, after[FEED].language, after[FEED].official) == ("New", "en", True) and len(after) == 2


async def test_checking_says_of_each_feed_how_it_is_and_stores_nothing(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(new_feed(FEED), new_feed("https://dead.example/feed"))))
    before = await store.feeds()
    by_url = {checked.feed.url: checked for checked in await sources(store).check()}
    assert (by_url[FEED].entries, by_url[FEED].newest, by_url[FEED].error) == (1, NOON, None)
    assert by_url["https://dead.example/feed"].error is not None
    assert await store.feeds() == before


async def test_discovering_names_the_feeds_that_really_are_feeds(store: SqlStore) -> None:
    made = sources(store, FEED, "https://lantern.example/dead", OTHER)
    assert [found.url for found in await made.discover("lantern.example")] == [FEED, OTHER]
    assert await made.discover(FEED) == (FoundFeed(FEED, "The Lantern"),)


def test_an_id_does_not_hang_on_how_the_address_was_spelled() -> None:
    assert new_feed("http://www.lantern.example/feed/").id == new_feed("https://lantern.example/feed?utm_source=x").id
    assert new_feed(FEED).id != new_feed(OTHER).id


async def test_only_the_sources_that_were_named_are_asked(store: SqlStore) -> None:
    await store.apply(Plan(feeds=(new_feed(FEED, name="The Lantern"), new_feed(OTHER, name="Ліхтар"), new_feed(SITE))))
    made = sources(store)
    for words, urls in (
        (["ліхтар"], [OTHER]),
        (["/uk/"], [OTHER]),
        (["the lantern", "http://www.lantern.example/uk/feed/"], [FEED, OTHER]),
    ):
        assert sorted(checked.feed.url for checked in await made.check(words)) == sorted(urls)
    with pytest.raises(UnknownItem) as raised:
        await made.check(["lantern", "The Lantren"])
    assert raised.value.word == "The Lantren" and "The Lantern" in raised.value.nearest


async def test_a_source_whose_titles_are_in_another_language_than_stated_is_found_out(store: SqlStore) -> None:
    titles = ("Президент підписав новий закон", "У Києві відкрили виставку", "Уряд ухвалив бюджет на наступний рік")
    document = ParsedFeed(
        title="X", language="en", entries=tuple(an_entry(id=title, title=title) for title in titles), dropped=7
    )
    await store.apply(Plan(feeds=(new_feed(FEED),)))
    made = Sources(
        store=store,
        fetcher=ScriptedFetcher({FEED: replace(got(FEED), permanent_url=OTHER, hub="https://hub.example/")}),
        reader=ScriptedReader({FEED: document}),
        finder=ScriptedFinder(),
    )
    (checked,) = await made.check()
    assert (checked.feed.language, checked.detected) == ("en", "uk")
    assert (checked.dropped, checked.moved_to, checked.hub) == (7, OTHER, "https://hub.example/")


async def test_a_followed_feed_is_recognised_under_other_spellings_and_after_it_moved(store: SqlStore) -> None:
    moved = replace(new_feed("https://old.example/feed"), address=OTHER)
    await store.apply(Plan(feeds=(new_feed(FEED), moved)))
    asked = ["http://www.lantern.example/feed/?utm_source=x", OTHER, "https://lantern.example/sport"]
    assert {url: feed.id for url, feed in (await sources(store).followed(asked)).items()} == {
        asked[0]: new_feed(FEED).id,
        OTHER: moved.id,
    }
    assert await sources(store).followed([]) == {}


async def test_a_site_that_names_one_feed_in_two_spellings_has_one_feed(store: SqlStore) -> None:
    found = await sources(store, FEED, "http://www.lantern.example/feed/").discover(SITE)
    assert [each.url for each in found] == [FEED]


class _Slow(ScriptedFetcher):
    """Some addresses never answer."""

    def __init__(self, answers: dict[str, Fetched], *never: str) -> None:
        super().__init__(answers)
        self.never = never

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        if url in self.never:
            await asyncio.Event().wait()
        return await super().fetch(url, etag=etag, last_modified=last_modified, page=page)


async def test_a_site_that_never_answers_is_given_up_and_a_slow_feed_keeps_no_other_back(store: SqlStore) -> None:
    document = ParsedFeed(title="The Lantern", language="en", entries=())

    def slow(*never: str) -> Sources:
        fetcher = _Slow({url: got(url) for url in (FEED, OTHER, SITE)}, *never)
        finder = ScriptedFinder({SITE: [FoundFeed(FEED), FoundFeed(OTHER)]})
        return Sources(
            store=store, fetcher=fetcher, reader=ScriptedReader({FEED: document, OTHER: document}), finder=finder
        )

    within = timedelta(milliseconds=50)
    assert [each.url for each in await slow(FEED).discover(SITE, within=within)] == [OTHER]
    with pytest.raises(SourceError) as raised:
        await slow(SITE).discover(SITE, within=within)
    assert raised.value.trouble is Trouble.TIMEOUT
    with pytest.raises(SourceError) as raised:
        await slow(FEED, OTHER).discover(SITE, within=within)
    assert raised.value.trouble is Trouble.NOT_A_FEED
