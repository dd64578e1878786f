"""From waiting entries to the ledger, on a real store: what is read late, twice, edited or broken costs the reader nothing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from pathlib import Path

import pytest

from bot.corpora.labelled import read_corpus
from bot.model.errors import SourceError, StoreUnreachable, Trouble
from bot.model.feeds import Article, Entry, EntryId, Feed, FeedId, Fetched, NoText, Page
from bot.model.stories import ChangeKind, KeyPoint
from bot.model.topics import TopicId
from bot.ports import Plan
from bot.services.evaluate import as_articles
from bot.services.opening import article_id
from bot.services.study import Studied, Study
from bot.store import SqlStore, open_store
from bot.summariser.analysis import Analyst, analyse
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights
from tests.builders import DAY, HOUR, NOON, TOPIC, a_feed, an_entry
from tests.doubles import MovableClock, RecordingLog, ScriptedExtractor, ScriptedFetcher

CONFIG = Path(__file__).parents[2] / "config"
LATER = NOON + 30 * DAY
FIRST = (
    "Ukraine would keep an army of about 800,000 in peacetime under the security guarantees, officials from three countries said on Monday. "
    "Moscow rejects any foreign troops in Ukraine, the Kremlin said. "
    "The European-led force would deploy within 30 days of a ceasefire, far away from the front, under the same draft of the guarantees."
)
ADDED = " Allied military support would begin within 72 hours of a new attack on Ukraine, the draft of the security guarantees says."
PAGE_URL = "https://example-wire.example/entry-1"


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    topic = load_topic(CONFIG / "topics" / "ukraine-guarantees.toml")
    return Analyst(topic, load_packs(CONFIG / "words"), load_weights(CONFIG / "weights.json"), Morphology())


@pytest.fixture
async def store() -> AsyncIterator[SqlStore]:
    async with open_store("sqlite://") as opened:
        yield opened


class Desk:
    """A study with everything it needs, and what a test asks of it."""

    def __init__(self, store: SqlStore, analyst: Analyst) -> None:
        self.store, self.clock, self.log = store, MovableClock(LATER), RecordingLog()
        self.fetcher, self.extractor = ScriptedFetcher(), ScriptedExtractor()
        self.study = Study(store, [analyst], self.fetcher, self.extractor, self.clock, self.log)

    async def bring(self, *entries: Entry, feeds: Iterable[Feed] = ()) -> Studied:
        await self.store.apply(Plan(feeds=tuple(feeds) or (a_feed(),), entries=entries))
        return await self.study.everything()

    def page(self, url: str, text: str) -> None:
        self.fetcher.answers[url] = Fetched(
            url=url, final_url=url, status=200, content_type="text/html", body=b"<html>"
        )
        self.extractor.pages[url] = Page(url=url, title="", text=text)

    async def ledger(self) -> set[tuple[object, ...]]:
        """The changes, without the ids that depend on what was read first."""
        return {
            (
                c.at,
                c.kind,
                c.category,
                c.party,
                c.slot,
                c.before if c.kind is not ChangeKind.CORRECTION else "",
                c.after,
                c.evidence[0],
            )
            for c in await self.store.changes(TOPIC)
        }

    async def developments(self) -> set[frozenset[str]]:
        return {frozenset(each.point_ids) for each in await self.store.developments(TOPIC)}

    async def everything(self) -> tuple[object, ...]:
        store = self.store
        return (
            await store.articles(TOPIC),
            await store.points(TOPIC),
            await store.developments(TOPIC),
            await store.changes(TOPIC),
        )

    async def article(self, entry: Entry) -> Article:
        found = await self.store.article(article_id(entry))
        assert found is not None
        return found


@pytest.fixture
def desk(store: SqlStore, analyst: Analyst) -> Desk:
    return Desk(store, analyst)


def full(text: str = FIRST, **given: object) -> Entry:
    """An entry whose feed carries the whole article."""
    return an_entry(
        **{"content": text, "title": "Security guarantees for Ukraine", "content_hash": f"h{hash(text)}", **given}
    )


# ── one article ──


async def test_an_article_on_the_plan_becomes_points_developments_and_changes(desk: Desk) -> None:
    studied = await desk.bring(full())
    points = await desk.store.points(TOPIC)
    assert (studied.entries, studied.articles, studied.relevant, studied.failed) == (1, 1, 1, ())
    assert points and all(point.quote in FIRST and point.development_id for point in points)
    assert await desk.store.developments(TOPIC) and await desk.store.changes(TOPIC)


async def test_an_article_on_something_else_leaves_no_trace_in_the_ledger(desk: Desk) -> None:
    studied = await desk.bring(
        full(
            "A storm closed the ports of the coast and felled trees in two towns; nobody was hurt, the mayor said.",
            title="Storm",
        )
    )
    assert (studied.articles, studied.relevant) == (1, 0)
    assert not await desk.store.points(TOPIC) and not await desk.store.changes(TOPIC)
    [(_, reading)] = await desk.store.articles(TOPIC)
    assert not reading.relevant and reading.why


async def test_studying_twice_changes_nothing(desk: Desk) -> None:
    await desk.bring(full())
    before = await desk.everything()
    assert (await desk.study.everything()) == Studied()
    assert await desk.bring(full()) == Studied(entries=1)
    assert await desk.everything() == before


async def test_an_update_at_the_same_address_becomes_version_two_and_adds_only_what_is_new(desk: Desk) -> None:
    entry = full()
    await desk.bring(entry)
    before = {point.id: point for point in await desk.store.points(TOPIC)}
    await desk.bring(full(FIRST + ADDED, updated=NOON + DAY))
    after = {point.id: point for point in await desk.store.points(TOPIC)}
    article = await desk.article(entry)
    assert (article.version, article.published, article.told_at) == (2, NOON, NOON + DAY)
    assert {id_: (point.version, point.published) for id_, point in after.items() if id_ in before} == dict.fromkeys(
        before, (1, NOON)
    )
    added = [point for id_, point in after.items() if id_ not in before]
    assert added and all(
        point.version == 2 and point.published == NOON + DAY and point.quote in ADDED for point in added
    )


async def test_both_versions_of_an_article_are_one_report(desk: Desk) -> None:
    await desk.bring(full())
    await desk.bring(full(FIRST + ADDED, updated=NOON + DAY))
    assert len({point.report_id for point in await desk.store.points(TOPIC)}) == 1


async def test_an_edit_without_a_date_is_told_when_it_was_seen(desk: Desk) -> None:
    entry = full()
    await desk.bring(entry)
    await desk.bring(full(FIRST + ADDED))
    assert (await desk.article(entry)).told_at == LATER


async def test_an_entry_without_a_date_says_where_its_date_comes_from(desk: Desk) -> None:
    entry = full(published=None)
    await desk.bring(entry)
    article = await desk.article(entry)
    assert article.published == LATER and "no date" in article.date_note


async def test_one_address_in_two_spellings_is_one_article(desk: Desk) -> None:
    one = full(url="https://example-wire.example/army?utm_source=rss")
    other = full(id="entry-2", url="http://www.example-wire.example/army")
    await desk.bring(one, other)
    assert len(await desk.store.articles(TOPIC)) == 1


# ── pages ──


async def test_a_short_entry_is_read_from_its_page(desk: Desk) -> None:
    entry = an_entry(title="Security guarantees for Ukraine")
    desk.page(PAGE_URL, FIRST)
    await desk.bring(entry)
    article = await desk.article(entry)
    assert (article.text, article.text_from) == (FIRST, "page")


@pytest.mark.parametrize("trouble", [Trouble.TIMEOUT, Trouble.HTTP_STATUS, Trouble.TOO_LARGE, Trouble.ROBOTS])
async def test_a_page_that_cannot_be_read_leaves_the_feeds_own_words_and_the_reason(
    desk: Desk, trouble: Trouble
) -> None:
    entry = an_entry(title="Security guarantees for Ukraine", summary=FIRST[:300])
    desk.fetcher.answers[PAGE_URL] = SourceError(trouble, PAGE_URL)
    studied = await desk.bring(entry)
    article = await desk.article(entry)
    assert article.text == FIRST[:300] and str(trouble) in article.text_from
    assert not studied.failed


async def test_a_page_without_text_worth_having_leaves_the_feeds_own_words(desk: Desk) -> None:
    entry = an_entry(title="Security guarantees for Ukraine", summary=FIRST[:300])
    desk.fetcher.answers[PAGE_URL] = Fetched(
        url=PAGE_URL, final_url=PAGE_URL, status=200, content_type="text/html", body=b""
    )
    await desk.bring(entry)
    article = await desk.article(entry)
    assert article.text == FIRST[:300] and article.text_from != "page"


async def test_a_feed_that_carries_the_whole_article_costs_its_source_no_request(desk: Desk) -> None:
    await desk.bring(full(FIRST * 4))
    assert desk.fetcher.asked == []


# ── trouble ──


class Breaking(ScriptedExtractor):
    """Breaks on one address in a way nobody foresaw."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def extract(self, fetched: Fetched) -> Page | NoText:
        if fetched.final_url == self.url:
            raise RecursionError("deep")
        return await super().extract(fetched)


async def test_one_broken_page_costs_neither_its_own_article_nor_others(store: SqlStore, analyst: Analyst) -> None:
    desk = Desk(store, analyst)
    desk.extractor = Breaking(PAGE_URL)
    desk.study = Study(store, [analyst], desk.fetcher, desk.extractor, desk.clock, desk.log)
    desk.page(PAGE_URL, "")
    entry = an_entry(title="Security guarantees for Ukraine", summary=FIRST[:300])
    studied = await desk.bring(entry, full(id="entry-2"))
    assert (studied.entries, studied.articles, studied.failed) == (2, 2, ())
    article = await desk.article(entry)
    assert (article.text, article.text_from) == (FIRST[:300], "feed: could not be taken apart")
    assert await store.points(TOPIC)
    assert "page_unusable" in desk.log.events
    assert (await desk.study.everything()) == Studied()


async def test_one_article_that_breaks_the_analysis_takes_no_other_along(store: SqlStore, analyst: Analyst) -> None:
    class Choking(Analyst):
        def read(self, article: Article):  # type: ignore[no-untyped-def]
            if "poison" in article.text:
                raise ValueError("choked")
            return super().read(article)

    choking = object.__new__(Choking)
    choking.topic, choking.weights, choking.annotator = analyst.topic, analyst.weights, analyst.annotator
    desk = Desk(store, choking)
    studied = await desk.bring(full("poison " + FIRST), full(id="entry-2"))
    assert [address for address, _ in studied.failed] == [PAGE_URL]
    assert await store.points(TOPIC)
    assert "article_failed" in desk.log.events


async def test_a_store_that_fails_for_a_moment_costs_no_article(
    store: SqlStore, analyst: Analyst, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, apply, left = Desk(store, analyst), store.apply, [StoreUnreachable("the database is locked")]

    async def failing_once(plan: Plan) -> None:
        if plan.articles and left:
            raise left.pop()
        await apply(plan)

    monkeypatch.setattr(store, "apply", failing_once)
    with pytest.raises(StoreUnreachable):
        await desk.bring(full())
    assert (await desk.study.everything()).articles == 1


async def test_a_feed_of_another_topic_is_not_read_for_this_one(desk: Desk) -> None:
    await desk.bring(full(), feeds=[a_feed(topics=(TopicId("railways"),))])
    assert not await desk.store.points(TOPIC)


# ── copies ──


async def test_copies_in_other_outlets_share_one_report_and_are_counted_once(desk: Desk) -> None:
    feeds = [a_feed(id=name, name=name.title()) for name in ("example-wire", "kestrel", "svitanok")]
    entries = [
        full(id=f"e{n}", feed_id=feed.id, url=f"https://{feed.id}.example/a", published=NOON + n * HOUR)
        for n, feed in enumerate(feeds)
    ]
    await desk.bring(*entries, feeds=feeds)
    assert len({reading.report_id for _, reading in await desk.store.articles(TOPIC)}) == 1
    for development in await desk.store.developments(TOPIC):
        assert development.reports == 1
        assert set(development.outlets) == {"Example-Wire", "Kestrel", "Svitanok"}


async def test_a_copy_that_is_read_before_its_original_is_still_one_report(desk: Desk) -> None:
    feeds = [a_feed(), a_feed(id="kestrel", name="Kestrel")]
    await desk.bring(
        full(id="copy", feed_id="kestrel", url="https://kestrel.example/a", published=NOON + HOUR), feeds=feeds
    )
    await desk.bring(full(), feeds=feeds)
    assert len({reading.report_id for _, reading in await desk.store.articles(TOPIC)}) == 1
    assert len({point.report_id for point in await desk.store.points(TOPIC)}) == 1
    assert all(development.reports == 1 for development in await desk.store.developments(TOPIC))


# ── the sample world ──


World = tuple[list[Feed], list[Entry]]
Outcome = tuple[set[tuple[object, ...]], set[frozenset[str]], tuple[KeyPoint, ...]]  # ledger, developments, points


@pytest.fixture(scope="module")
def world() -> World:
    """The sample articles as entries of full-text feeds; an update carries the address of its first version."""
    articles = list(as_articles(read_corpus(CONFIG / "sample")).values())
    feeds = {
        article.outlet: a_feed(
            id=article.outlet.lower().replace(" ", "-"), name=article.outlet, official=article.official
        )
        for article in articles
    }
    return list(feeds.values()), [_entry(article, feeds[article.outlet].id) for article in articles]


def _entry(article: Article, feed: FeedId) -> Entry:
    updated = article.told_at if article.told_at != article.published else None
    return Entry(
        id=EntryId(f"{article.id}-{article.version}"), feed_id=feed, url=article.url, title=article.title, summary=article.summary, content=article.text,
        published=article.published, updated=updated, language=article.language, content_hash=article.content_hash,
    )  # fmt: skip


async def _studied(analyst: Analyst, feeds: list[Feed], rounds: Iterable[list[Entry]]) -> Outcome:
    async with open_store("sqlite://") as store:
        desk = Desk(store, analyst)
        for entries in rounds:
            await desk.bring(*entries, feeds=feeds)
        return await desk.ledger(), await desk.developments(), await store.points(TOPIC)


@pytest.fixture(scope="module")
def at_once(analyst: Analyst, world: World) -> Outcome:
    """The sample world, read in one go."""
    feeds, entries = world
    return asyncio.run(_studied(analyst, feeds, [entries]))


def _told(entry: Entry) -> datetime:
    moment = entry.updated or entry.published
    assert moment is not None
    return moment


async def test_an_archive_read_in_one_go_gives_the_ledger_of_reading_in_time(
    analyst: Analyst, world: World, at_once: Outcome
) -> None:
    feeds, entries = world
    in_time = sorted(entries, key=_told)
    days = sorted({_told(entry).date() for entry in entries})
    daily = await _studied(analyst, feeds, [[entry for entry in in_time if _told(entry).date() == day] for day in days])
    _assert_alike(daily, at_once)


@pytest.mark.parametrize("seed", [1, 2])
async def test_outlets_read_days_late_give_the_same_developments_and_ledger(
    analyst: Analyst, world: World, at_once: Outcome, seed: int
) -> None:
    feeds, entries = world
    late = {feed.id for feed in random.Random(seed).sample(feeds, 4)}
    in_two = await _studied(
        analyst, feeds, [[e for e in entries if e.feed_id not in late], [e for e in entries if e.feed_id in late]]
    )
    _assert_alike(in_two, at_once)


def _assert_alike(one: Outcome, other: Outcome) -> None:
    """The same points, developments and lines of the ledger."""
    points = [
        {(point.id, point.published, point.version, point.development_id) for point in found[2]}
        for found in (one, other)
    ]
    assert points[0] == points[1]
    assert one[1] == other[1]
    assert one[0] == other[0]


def test_the_store_holds_what_the_analysis_of_the_whole_archive_says(analyst: Analyst, at_once: Outcome) -> None:
    whole = analyse(list(as_articles(read_corpus(CONFIG / "sample")).values()), analyst)
    stored, expected = (
        {(p.outlet, p.quote, p.category, p.slot, p.published, p.quantities[:1]) for p in points}
        for points in (at_once[2], whole.points)
    )
    assert stored == expected
