"""Rounds of reading on a real store: what readers would miss, or hear twice, if a round went wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.errors import SourceError, StoreFull, Trouble
from bot.model.feeds import Entry, EntryId, Feed, FeedId, Fetched, Health, ParsedFeed
from bot.ports import Plan
from bot.services.collect import Collector, Look
from bot.services.turns import Turns
from bot.store import SqlStore, open_store
from tests.builders import NOON, a_feed, an_entry
from tests.doubles import MovableClock, ScriptedFetcher, ScriptedReader

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


def got(url: str, body: bytes = b"1", **given: object) -> Fetched:
    default = {"url": url, "final_url": url, "status": 200, "content_type": "application/rss+xml", "body": body}
    return Fetched(**(default | given))  # type: ignore[arg-type]


def said(*entries: Entry, **given: object) -> ParsedFeed:
    return ParsedFeed(**({"title": "The Lantern", "language": "uk", "entries": entries} | given))  # type: ignore[arg-type]


class Bench:
    """A collector with everything it needs at hand."""

    def __init__(self, store: SqlStore, *feeds: Feed) -> None:
        self.store, self.feeds = store, feeds
        self.clock = MovableClock(NOON)
        self.fetcher = ScriptedFetcher({feed.address: got(feed.address) for feed in feeds})
        self.reader = ScriptedReader({feed.address: said(an_entry(feed_id=feed.id)) for feed in feeds})
        self.collector = Collector(
            store=store, fetcher=self.fetcher, reader=self.reader, clock=self.clock, chance=lambda: 0.0
        )

    async def feed(self, number: int = 0) -> Feed:
        stored = {feed.id: feed for feed in await self.store.feeds()}
        return stored[self.feeds[number].id]


async def bench(store: SqlStore, *feeds: Feed) -> Bench:
    await store.apply(Plan(feeds=feeds))
    return Bench(store, *feeds)


async def test_new_entries_wait_to_be_studied_once(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    first = await made.collector.round()
    assert (first.read, first.new, first.edited, first.unchanged, first.failed) == (1, 1, 0, 0, [])
    assert [entry.id for entry in await store.waiting_entries(10)] == ["entry-1"]
    feed = await made.feed()
    assert feed.health is Health.GOOD and feed.succeeded_at == feed.changed_at == NOON


async def test_a_feed_is_left_alone_until_it_is_due_unless_all_are_asked_for(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    await made.collector.round()
    assert (await made.collector.round()).read == 0
    assert (await made.collector.round(everything=True)).read == 1


async def test_validators_go_back_as_they_came_and_a_304_keeps_them(store: SqlStore) -> None:
    feed = a_feed()
    made = await bench(store, feed)
    made.fetcher.answers[feed.address] = [
        got(feed.address, etag='W/"1"', last_modified="Mon, 09 Feb 2026 10:00:00 GMT"),
        got(feed.address, b"", status=304),
    ]
    await made.collector.round(everything=True)
    second = await made.collector.round(everything=True)
    await made.collector.round(everything=True)
    assert second.unchanged == 1 and made.reader.read_addresses == [feed.address]
    assert made.fetcher.asked[1:] == [(feed.address, 'W/"1"', "Mon, 09 Feb 2026 10:00:00 GMT")] * 2


async def test_the_same_bytes_under_200_are_not_parsed_again(store: SqlStore) -> None:
    feed = a_feed()
    made = await bench(store, feed)
    await made.collector.round()
    again = await made.collector.round(everything=True)
    assert again.unchanged == 1 and made.reader.read_addresses == [feed.address]


async def test_validators_that_are_no_longer_sent_are_forgotten(store: SqlStore) -> None:
    feed = a_feed(etag='"old"', last_modified="yesterday")
    made = await bench(store, feed)
    await made.collector.round()
    assert (await made.feed()).etag is None and (await made.feed()).last_modified is None


async def test_an_edited_text_comes_again_and_a_repeated_one_does_not(store: SqlStore) -> None:
    feed = a_feed()
    made = await bench(store, feed)
    await made.collector.round()
    made.fetcher.answers[feed.address] = got(feed.address, b"2")
    made.reader.documents[feed.address] = said(
        an_entry(title="Army cap raised", content_hash="other"), an_entry(id="entry-2")
    )
    second = await made.collector.round(everything=True)
    assert (second.new, second.edited) == (1, 1)
    made.fetcher.answers[feed.address] = got(feed.address, b"3")
    third = await made.collector.round(everything=True)
    assert (third.new, third.edited, third.unchanged) == (0, 0, 0)


async def test_one_failing_feed_takes_no_other_along(store: SqlStore) -> None:
    feeds = [a_feed(id=f"f{number}", name=f"F{number}") for number in range(4)]
    made = await bench(store, *feeds)
    made.fetcher.answers[feeds[0].address] = SourceError(Trouble.TIMEOUT, feeds[0].address)
    made.fetcher.answers[feeds[1].address] = RuntimeError("a bug")
    made.reader.documents[feeds[2].address] = SourceError(Trouble.NOT_A_FEED, feeds[2].address, detail="web page")
    done = await made.collector.round()
    assert done.read == 1 and done.new == 1
    assert {look.feed.id: look.error.trouble for look in done.failed if look.error} == {
        "f0": Trouble.TIMEOUT,
        "f1": Trouble.INTERNAL,
        "f2": Trouble.NOT_A_FEED,
    }
    failing = await made.feed(1)
    assert failing.health is Health.FAILING and "a bug" in failing.trouble_detail and failing.failing_since == NOON


async def test_a_feed_that_recovers_is_good_again(store: SqlStore) -> None:
    made = await bench(
        store,
        a_feed(health=Health.BLIND, failures=20, failing_since=NOON - DAY, trouble=Trouble.DNS, trouble_detail="x"),
    )
    await made.collector.round()
    feed = await made.feed()
    assert (feed.health, feed.failures, feed.trouble, feed.trouble_detail, feed.failing_since) == (
        Health.GOOD,
        0,
        None,
        "",
        None,
    )


async def test_a_feed_that_is_gone_is_not_asked_even_when_all_are(store: SqlStore) -> None:
    feed = a_feed()
    made = await bench(store, feed, a_feed(id="paused", health=Health.PAUSED))
    made.fetcher.answers[feed.address] = SourceError(Trouble.GONE, feed.address, status=410)
    await made.collector.round()
    assert (await made.collector.round(everything=True)).read == 0


async def test_a_permanent_move_is_adopted_only_when_it_held_twice(store: SqlStore) -> None:
    feed, new = a_feed(), "https://new.example/feed"
    made = await bench(store, feed)
    made.fetcher.answers[feed.address] = [
        got(feed.address, b"1", final_url=new, permanent_url=new),
        got(feed.address, b"2"),
        got(feed.address, b"3", final_url=new, permanent_url=new),
        got(feed.address, b"4", final_url=new, permanent_url=new),
    ]
    made.reader.documents[new] = said()
    addresses = []
    for _ in range(4):
        await made.collector.round(everything=True)
        addresses.append((await made.feed()).address)
    assert addresses == [feed.address, feed.address, feed.address, new]
    assert (await made.feed()).url == feed.url and (await made.feed()).id == feed.id


async def test_a_move_to_a_page_that_is_no_feed_is_never_adopted(store: SqlStore) -> None:
    feed, page = a_feed(), "https://parked.example/"
    made = await bench(store, feed)
    made.fetcher.answers[feed.address] = got(feed.address, b"<html>", final_url=page, permanent_url=page)
    for _ in range(3):
        await made.collector.round(everything=True)
    assert (await made.feed()).address == feed.address and (await made.feed()).moved_to is None


async def test_name_and_language_come_from_the_document_only_where_none_was_given(store: SqlStore) -> None:
    made = await bench(
        store, a_feed(id="bare", name="", language=None), a_feed(id="named", name="My wire", language="ru")
    )
    await made.collector.round()
    assert ((await made.feed(0)).name, (await made.feed(0)).language) == ("The Lantern", "uk")
    assert ((await made.feed(1)).name, (await made.feed(1)).language) == ("My wire", "ru")


async def test_the_next_visit_waits_as_long_as_server_and_document_ask(store: SqlStore) -> None:
    one, two = a_feed(id="one"), a_feed(id="two")
    made = await bench(store, one, two)
    made.fetcher.answers[one.address] = got(one.address, fresh_for=3 * HOUR)
    made.reader.documents[two.address] = said(ttl=2 * HOUR)
    await made.collector.round()
    assert (await made.feed(0)).next_at == NOON + 3 * HOUR and (await made.feed(1)).next_at == NOON + 2 * HOUR


class StuckFetcher(ScriptedFetcher):
    """A fetcher that waits until let go, and counts how many wait at once."""

    def __init__(self, answers: dict[str, Fetched]) -> None:
        super().__init__(answers)
        self.let_go, self.waiting, self.most = asyncio.Event(), 0, 0
        self.full = asyncio.Event()

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, page: bool = False
    ) -> Fetched:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        self.full.set()
        await self.let_go.wait()
        self.waiting -= 1
        return await super().fetch(url, etag=etag, last_modified=last_modified)


async def meanwhile(made: Bench, plan: Plan) -> None:
    """A look, during which somebody else applies `plan`."""
    stuck = StuckFetcher({feed.address: got(feed.address) for feed in made.feeds})
    collector = Collector(store=made.store, fetcher=stuck, reader=made.reader, clock=made.clock)
    looking = asyncio.create_task(collector.round())
    await stuck.full.wait()
    await made.store.apply(plan)
    stuck.let_go.set()
    await looking


async def test_a_feed_removed_while_it_is_read_does_not_come_back_with_its_news(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    await meanwhile(made, Plan(removed_feeds=(a_feed().id,)))
    assert await store.feeds() == () and await store.waiting_entries(9) == ()


async def test_a_feed_switched_off_while_it_is_read_stays_off(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    await meanwhile(made, Plan(feeds=(a_feed(health=Health.PAUSED),)))
    assert (await made.feed()).health is Health.PAUSED and await store.waiting_entries(9) == ()


async def test_a_feed_named_anew_while_it_is_read_keeps_the_new_name_and_what_was_read(store: SqlStore) -> None:
    made = await bench(store, a_feed(name="Wire", language=None))
    await meanwhile(made, Plan(feeds=(a_feed(name="The Wire", language="en", official=True),)))
    feed = await made.feed()
    assert (feed.name, feed.language, feed.official, feed.health) == ("The Wire", "en", True, Health.GOOD)
    assert len(await store.waiting_entries(9)) == 1


async def test_a_clock_that_was_years_ahead_for_an_hour_stops_no_feed(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    made.clock.move(3_650 * DAY)
    await made.collector.round()
    made.clock.move(-3_650 * DAY)
    assert (await made.collector.round()).read == 1
    assert (await made.collector.round()).read == 0


async def test_overlapping_rounds_ask_no_feed_twice_at_once(store: SqlStore) -> None:
    feeds = [a_feed(id=f"f{number}") for number in range(5)]
    made = await bench(store, *feeds)
    stuck = StuckFetcher({feed.address: got(feed.address) for feed in feeds})
    collector = Collector(store=store, fetcher=stuck, reader=made.reader, clock=made.clock, at_once=3)
    first = asyncio.create_task(collector.round())
    await stuck.full.wait()
    second = await collector.round(everything=True)
    stuck.let_go.set()
    assert second.read == 0 and (await first).read == 5
    assert len(stuck.asked) == 5 and stuck.most <= 3


async def test_progress_is_told_feed_by_feed(store: SqlStore) -> None:
    made = await bench(store, a_feed(id="a"), a_feed(id="b"))
    heard: list[Look] = []
    done = await made.collector.round(told=heard.append)
    assert sorted(look.feed.id for look in heard) == ["a", "b"] and done.read == 2


class FullStore:
    """A store whose disk is full."""

    def __init__(self, store: SqlStore) -> None:
        self.feeds, self.due_feeds, self.waiting_entries = store.feeds, store.due_feeds, store.waiting_entries
        self.known_entries = store.known_entries
        self.tried = 0

    async def apply(self, plan: Plan) -> None:
        self.tried += 1
        raise StoreFull


async def test_a_full_disk_is_the_operators_trouble_not_the_feeds(store: SqlStore) -> None:
    made = await bench(store, a_feed(id="a"), a_feed(id="b"))
    full = FullStore(store)
    collector = Collector(store=full, fetcher=made.fetcher, reader=made.reader, clock=made.clock)
    with pytest.raises(StoreFull):
        await collector.round()
    assert full.tried and all(feed.health is Health.NEW for feed in await store.feeds())


async def test_an_old_entry_is_kept_however_late_it_is_read(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    made.reader.documents[a_feed().address] = said(replace(an_entry(), published=NOON - 4_000 * DAY))
    assert (await made.collector.round()).new == 1


async def test_a_feed_with_new_guids_at_every_fetch_brings_nothing_twice(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    first = an_entry(id="g-1", url="https://example-wire.example/one")
    for number in range(3):
        made.fetcher.answers[a_feed().address] = got(a_feed().address, str(number).encode())
        made.reader.documents[a_feed().address] = said(replace(first, id=EntryId(f"g-{number}")))
        done = await made.collector.round(everything=True)
        assert (done.new, done.edited) == ((1, 0) if number == 0 else (0, 0))
    assert len(await store.waiting_entries(10)) == 1


async def test_a_new_guid_with_a_new_text_at_the_same_link_is_an_edit(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    first = an_entry(id="g-1", url="https://example-wire.example/one")
    made.reader.documents[a_feed().address] = said(first)
    await made.collector.round()
    made.fetcher.answers[a_feed().address] = got(a_feed().address, b"2")
    other_dress = "http://www.example-wire.example/one/"
    made.reader.documents[a_feed().address] = said(
        replace(first, id=EntryId("g-2"), url=other_dress, title="Other", content_hash="other")
    )
    done = await made.collector.round(everything=True)
    assert (done.new, done.edited) == (0, 1)
    [entry] = await store.waiting_entries(10)
    assert entry.id == "g-1" and entry.title == "Other"


async def test_new_guids_at_every_fetch_under_a_shared_link_bring_nothing_twice(store: SqlStore) -> None:
    made = await bench(store, feed := a_feed())
    for number in range(3):
        made.fetcher.answers[feed.address] = got(feed.address, str(number).encode())
        made.reader.documents[feed.address] = said(
            an_entry(id=f"{number}-a", url="https://blog.example/live", content_hash="first post"),
            an_entry(id=f"{number}-b", url="http://www.blog.example/live/", content_hash="second post"),
        )
        done = await made.collector.round(everything=True)
        assert (done.new, done.edited) == ((0, 0) if number else (2, 0))


async def test_posts_of_a_live_blog_that_share_a_link_are_all_told(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    post = an_entry(id="g-1", url="https://example-wire.example/live")
    made.reader.documents[a_feed().address] = said(post)
    await made.collector.round()
    for body, ids in ((b"2", ("g-1", "g-2")), (b"3", ("g-3", "g-4"))):
        made.fetcher.answers[a_feed().address] = got(a_feed().address, body)
        posts = [replace(post, id=EntryId(id_), content_hash=id_) if id_ != "g-1" else post for id_ in ids]
        made.reader.documents[a_feed().address] = said(*posts)
        await made.collector.round(everything=True)
    assert {entry.id for entry in await store.waiting_entries(10)} == {"g-1", "g-2", "g-3", "g-4"}


async def test_a_reused_guid_with_another_text_is_looked_at_again(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    await made.collector.round()
    made.fetcher.answers[a_feed().address] = got(a_feed().address, b"2")
    reused = replace(an_entry(), url="https://example-wire.example/other", title="Another", content_hash="another")
    made.reader.documents[a_feed().address] = said(reused)
    await made.collector.round(everything=True)
    assert [entry.title for entry in await store.waiting_entries(10)] == ["Another"]


async def test_entries_in_another_order_are_no_news(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    entries = [an_entry(id=f"g-{number}", url=f"https://example-wire.example/{number}") for number in range(3)]
    made.reader.documents[a_feed().address] = said(*entries)
    await made.collector.round()
    made.fetcher.answers[a_feed().address] = got(a_feed().address, b"2")
    made.reader.documents[a_feed().address] = said(*reversed(entries))
    done = await made.collector.round(everything=True)
    assert (done.new, done.edited, done.unchanged) == (0, 0, 0)


async def test_what_a_document_asks_for_holds_while_its_server_says_only_304(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    address = a_feed().address
    made.fetcher.answers[address] = [got(address, etag="x"), got(address, b"", status=304)]
    made.reader.documents[address] = said(ttl=5 * HOUR, skip_hours=(17, 18), skip_days=())
    await made.collector.round()
    assert (await made.feed()).next_at == NOON + 7 * HOUR
    made.clock.move(7 * HOUR)
    await made.collector.round()
    assert (await made.feed()).next_at == NOON + 12 * HOUR


async def test_a_host_with_many_feeds_keeps_no_other_host_waiting(store: SqlStore) -> None:
    many = [a_feed(id=f"m{n}", address=f"https://many.example/{n}") for n in range(40)]
    few = [a_feed(id=f"f{n}", address=f"https://few{n}.example/") for n in range(5)]
    made = await bench(store, *many, *few)
    collector = Collector(store=store, fetcher=made.fetcher, reader=made.reader, clock=made.clock, at_once=1)
    await collector.round()
    assert {url for url, *_ in made.fetcher.asked[:6]} >= {feed.address for feed in few}


async def test_a_round_out_of_time_leaves_the_rest_for_the_next(store: SqlStore) -> None:
    feeds = [a_feed(id=f"f{n}", address=f"https://many.example/{n}") for n in range(40)]
    made = await bench(store, *feeds)
    first = await made.collector.round(within=timedelta(0))
    assert (first.read, first.left) == (0, 40)
    assert (await made.collector.round()).read == 40


async def test_a_round_out_of_time_hands_out_nothing_that_is_loaded_already() -> None:
    """A host that asks for half a minute between two requests would hold the round for an hour."""

    async def load(ids: Sequence[FeedId]) -> tuple[Feed, ...]:
        return tuple(a_feed(id=id_) for id_ in ids)

    turns = Turns([FeedId("a"), FeedId("b")], load, lambda _: True, within=timedelta(hours=1))
    assert (await turns.next()) is not None
    turns._until = 0.0  # the time is over
    assert (await turns.next()) is None and turns.left == 1 and turns.end() == ["b"]


async def test_a_feed_removed_during_a_round_holds_nothing_up(store: SqlStore) -> None:
    feeds = [a_feed(id=f"f{n}", address=f"https://many.example/{n}") for n in range(3)]
    made = await bench(store, *feeds)
    due = store.due_feeds

    async def removed_meanwhile(now: object) -> object:
        found = await due(None)
        await store.apply(Plan(removed_feeds=(feeds[1].id,)))
        return found

    store.due_feeds = removed_meanwhile  # type: ignore[method-assign,assignment]
    assert (await made.collector.round()).read == 2
    assert await asyncio.wait_for(made.collector.pushed(feeds[1].id, got(URL)), 1) is None


URL = a_feed().address


async def test_what_a_hub_pushes_is_news_and_polling_rests(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    await made.collector.promised(a_feed().id, NOON + 9 * DAY)
    look = await made.collector.pushed(a_feed().id, got(URL, b"pushed"))
    assert look is not None and (look.new, look.error) == (1, None)
    feed = await made.feed()
    assert feed.pushed_at == NOON and feed.next_at == NOON + DAY
    assert feed.body_hash is None and feed.etag is None  # those of the feed's own server are not known yet
    assert (await made.collector.pushed(a_feed().id, got(URL, b"again"))).new == 0  # type: ignore[union-attr]


async def test_news_that_the_hub_did_not_push_end_the_trust_in_it(store: SqlStore) -> None:
    made = await bench(store, a_feed(push_until=NOON + 9 * DAY, pushed_at=NOON - DAY))
    await made.collector.round()
    feed = await made.feed()
    assert feed.pushed_at is None and feed.next_at is not None and feed.next_at < NOON + DAY


async def test_a_hub_that_breaks_its_promise_has_the_feed_polled_at_once(store: SqlStore) -> None:
    promised = a_feed(push_until=NOON + 9 * DAY, pushed_at=NOON - DAY, next_at=NOON + DAY)
    made = await bench(store, replace(promised, health=Health.GOOD))
    await made.collector.promised(a_feed().id, None)
    assert (await made.collector.round()).read == 1


async def test_a_hub_that_breaks_its_promise_does_not_end_a_feeds_back_off(store: SqlStore) -> None:
    failing = a_feed(push_until=NOON + DAY, health=Health.FAILING, failures=3, next_at=NOON + HOUR)
    made = await bench(store, failing)
    await made.collector.promised(a_feed().id, None)
    assert (await made.collector.round()).read == 0


async def test_a_push_waits_for_the_look_under_way(store: SqlStore) -> None:
    made = await bench(store, a_feed())
    stuck = StuckFetcher({URL: got(URL)})
    collector = Collector(store=store, fetcher=stuck, reader=made.reader, clock=made.clock)
    polling = asyncio.create_task(collector.round())
    await stuck.full.wait()
    pushing = asyncio.create_task(collector.pushed(a_feed().id, got(URL, b"pushed")))
    await asyncio.sleep(0)
    assert not pushing.done()
    stuck.let_go.set()
    assert (await polling).new == 1
    assert (await pushing).new == 0  # type: ignore[union-attr]
