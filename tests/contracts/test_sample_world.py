"""The sample world as the real poller meets it: real fetcher, feed reader and page extractor against its server."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.corpora.furniture import furniture
from bot.corpora.issues import issued
from bot.corpora.labelled import read_corpus
from bot.corpora.serving import SampleWorld
from bot.feeds.extract import PageExtractor
from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.parse import DocumentReader
from bot.model.corpora import Corpus, LabelledArticle, Relevance
from bot.model.errors import SourceError
from bot.model.feeds import Entry, Feed, Page
from bot.text.words import folded
from tests.doubles import MovableClock

SAMPLE = Path(__file__).parents[2] / "config" / "sample"
FOLDERS = (SAMPLE, SAMPLE / "railways")
NOW = datetime(2026, 11, 22, 14, 30, tzinfo=UTC)
OPTIONS = FetchOptions(user_agent="planwatch-tests", spacing=timedelta())


class Poller:
    """The world with everything that reads it."""

    def __init__(self, world: SampleWorld) -> None:
        self.world = world
        self.fetcher = HttpFetcher(OPTIONS, world.resolver)
        self.reader = DocumentReader(now=lambda: NOW)
        self.extractor = PageExtractor()

    async def entries(self, feed: Feed) -> tuple[Entry, ...]:
        """What the feed says now."""
        return (await self.reader.read(feed, await self.fetcher.fetch(feed.address))).entries

    async def text(self, url: str) -> str:
        """The article on a page."""
        page = await self.extractor.extract(await self.fetcher.fetch(url))
        assert isinstance(page, Page), (url, page)
        return page.text

    def feed(self, name: str) -> Feed:
        """The feed of an outlet."""
        return next(feed for feed in self.world.feeds if feed.name == name)


@pytest.fixture
async def poller() -> AsyncIterator[Poller]:
    async with SampleWorld(FOLDERS, MovableClock(NOW)) as world:
        poller = Poller(world)
        yield poller
        await poller.fetcher.close()


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return read_corpus(SAMPLE)


def newest(corpora: tuple[Corpus, ...]) -> dict[str, LabelledArticle]:
    return {article.url: article for corpus in corpora for article in corpus.articles}


def test_the_sample_is_as_large_and_mixed_as_promised(corpus: Corpus) -> None:
    days = {article.told_at.date() for article in corpus.articles}
    belonging = sum(article.relevance is Relevance.BELONGS for article in corpus.articles)
    assert len(corpus.articles) >= 72
    assert len(corpus.outlets) >= 9
    assert len(days) == 12
    assert {article.language for article in corpus.articles} == {"en", "uk", "ru"}
    assert 0.5 < belonging / len(corpus.articles) < 0.7
    assert corpus.doubts == ()
    assert {outlet.form.value for outlet in corpus.outlets} == {"rss", "atom", "json"}


def test_no_sample_host_can_be_a_real_one() -> None:
    for folder in FOLDERS:
        for outlet in read_corpus(folder).outlets:
            assert outlet.host.endswith(".example")


@pytest.mark.parametrize(
    "now", [NOW.replace(hour=0, minute=0, second=20), NOW.replace(hour=3), NOW, NOW.replace(hour=23, minute=59)]
)
def test_the_last_day_is_today_at_any_hour_and_nothing_is_told_before_it_happens(corpus: Corpus, now: datetime) -> None:
    issues = issued((corpus,), now)
    assert issues[-1].told_at.date() == now.date()
    assert max(issue.told_at for issue in issues) <= now
    assert len({issue.told_at.date() for issue in issues}) == 12
    today = [issue.article.id for issue in issues if issue.told_at.date() == now.date()]
    assert today == [article.id for article in corpus.articles][-len(today) :]


async def test_every_feed_reads_well_and_says_what_the_corpus_says(poller: Poller) -> None:
    wanted = newest(tuple(read_corpus(folder) for folder in FOLDERS))
    found = {}
    for feed in poller.world.feeds:
        for entry in await poller.entries(feed):
            found[entry.url] = entry
            assert entry.published is not None
            assert NOW - timedelta(days=12) < entry.published <= NOW
    assert found.keys() == wanted.keys()
    assert {url: entry.title for url, entry in found.items()} == {
        url: folded(article.title) for url, article in wanted.items()
    }


async def test_every_labelled_sentence_survives_its_page_and_no_furniture_does(poller: Poller) -> None:
    for url, article in newest(tuple(read_corpus(folder) for folder in FOLDERS)).items():
        text = folded(await poller.text(url))
        for quote in (*(point.quote for point in article.points), *article.neutral):
            assert folded(quote) in text, (article.id, quote)
        words = furniture(article.language)
        for junk in (
            words.cookies,
            words.newsletter_text,
            words.voices[0][1],
            words.rights,
            words.about_author,
            words.sample,
        ):
            assert junk not in text, (article.id, junk)


async def test_each_page_says_that_it_is_invented(poller: Poller) -> None:
    for feed in poller.world.feeds:
        page = (await poller.fetcher.fetch((await poller.entries(feed))[0].url)).body.decode()
        assert page.count(furniture(feed.language or "en").sample) >= 2


async def test_what_did_not_change_is_not_sent_twice(poller: Poller) -> None:
    for feed in poller.world.feeds:
        first = await poller.fetcher.fetch(feed.address)
        assert (await poller.fetcher.fetch(feed.address, etag=first.etag)).status == 304
        assert (await poller.fetcher.fetch(feed.address, last_modified=first.last_modified)).status == 304


async def test_a_new_article_is_sent_to_those_who_hold_the_old_feed(poller: Poller) -> None:
    feed = poller.feed("Lantern Agency")
    poller.world.as_of(poller.world.moments[-2])
    before = await poller.fetcher.fetch(feed.address)
    poller.world.as_of(poller.world.moments[-1])
    after = await poller.fetcher.fetch(feed.address, etag=before.etag, last_modified=before.last_modified)
    assert after.status == 200
    assert after.body != before.body


async def test_lived_day_by_day_an_update_is_first_read_as_it_first_stood(poller: Poller, corpus: Corpus) -> None:
    update = next(article for article in corpus.articles if article.update_of)
    first = next(article for article in corpus.articles if article.id == update.update_of)
    issues = {issue.article.id: issue for issue in issued((corpus,), NOW)}
    poller.world.as_of(issues[first.id].told_at)
    text = folded(await poller.text(first.url))
    assert folded(first.body_text) in text
    assert folded(update.body_text) not in text
    poller.world.as_of(issues[update.id].told_at)
    assert folded(update.body_text) in folded(await poller.text(update.url))
    entries = [entry for entry in await poller.entries(poller.feed(update.outlet)) if entry.url == update.url]
    assert [(entry.published, entry.updated) for entry in entries] == [
        (issues[update.id].published, issues[update.id].told_at)
    ]


async def test_an_outlet_that_has_not_published_yet_has_an_empty_feed_rather_than_a_broken_one(poller: Poller) -> None:
    poller.world.as_of(NOW - timedelta(days=300))
    for feed in poller.world.feeds:
        assert await poller.entries(feed) == ()


async def test_there_is_one_moment_for_each_day_and_the_last_is_now(poller: Poller) -> None:
    moments = poller.world.moments
    assert (len(moments), moments[-1]) == (12, NOW)
    assert Counter(moment.date() for moment in moments).most_common(1)[0][1] == 1


async def test_a_page_that_was_never_written_is_not_found(poller: Poller) -> None:
    with pytest.raises(SourceError) as caught:
        await poller.fetcher.fetch("http://lantern.example/en/no-such-thing")
    assert caught.value.status == 404


async def test_each_feed_serves_its_own_topic(poller: Poller) -> None:
    topics = {feed.name: feed.topics for feed in poller.world.feeds}
    assert topics["Lantern Agency"] == ("ukraine-guarantees",)
    assert topics["Mahistral"] == ("railway-reform",)
    assert [feed.name for feed in poller.world.feeds if feed.official] == ["Foreign Ministry Press Page (sample)"]
