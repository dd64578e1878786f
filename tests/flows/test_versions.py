"""One address, one article: what a source changes is kept as versions, and what only looks changed costs nobody a request or a line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Article, Entry, Feed, Fetched, NoText, Page
from bot.model.topics import TopicId
from bot.ports import Plan
from bot.services.opening import LATER, article_id
from bot.services.study import Studied, Study
from bot.store import SqlStore, open_store
from bot.summariser.analysis import Analyst
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights
from tests.builders import DAY, HOUR, NOON, TOPIC, a_feed, an_entry
from tests.doubles import MovableClock, RecordingLog, ScriptedExtractor, ScriptedFetcher

CONFIG = Path(__file__).parents[2] / "config"
URL = "https://example-wire.example/entry-1"
TITLE = "Security guarantees for Ukraine"
TEASER = "Ukraine would keep an army of about 800,000 in peacetime under the security guarantees, officials said."
TEXT = (
    "Ukraine would keep an army of about 800,000 in peacetime under the security guarantees, officials from three countries said on Monday.\n\n"
    "The European-led force would deploy within 30 days of a ceasefire, far away from the front, under the same draft of the guarantees."
)
MORE = "\n\nAllied military support would begin within 72 hours of a new attack on Ukraine, the draft of the security guarantees says."


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    topic = load_topic(CONFIG / "topics" / "ukraine-guarantees.toml")
    return Analyst(topic, load_packs(CONFIG / "words"), load_weights(CONFIG / "weights.json"), Morphology())


class Desk:
    """A study over a real store, one article at `URL`, and a clock that stands a day after it was published."""

    def __init__(self, store: SqlStore, analyst: Analyst, clock: MovableClock) -> None:
        self.store, self.clock, self.analyst = store, clock, analyst
        self.fetcher, self.extractor, self.log = ScriptedFetcher(), ScriptedExtractor(), RecordingLog()
        self.study = self.with_analysts(analyst)

    def with_analysts(self, *analysts: Analyst) -> Study:
        return Study(self.store, analysts, self.fetcher, self.extractor, self.clock, self.log)

    def page(self, says: str | NoText | Exception) -> None:
        html = Fetched(url=URL, final_url=URL, status=200, content_type="text/html", body=b"<html>")
        self.fetcher.answers[URL] = says if isinstance(says, Exception) else html
        if not isinstance(says, Exception):
            self.extractor.pages[URL] = says if isinstance(says, NoText) else Page(url=URL, title="", text=says)

    async def told(self, *entries: Entry, feeds: tuple[Feed, ...] = ()) -> Studied:
        await self.store.apply(Plan(feeds=(a_feed(), *feeds), entries=entries))
        return await self.study.everything()

    async def article(self, version: int | None = None) -> Article:
        found = await self.store.article(article_id(teaser()), version)
        assert found is not None
        return found

    @property
    def visits(self) -> int:
        """How often the article's page was asked for."""
        return sum(url == URL for url, _, _ in self.fetcher.asked)


@pytest.fixture
async def desk(analyst: Analyst) -> AsyncIterator[Desk]:
    clock = MovableClock(NOON + DAY)
    async with open_store("sqlite://", clock=clock) as store:
        desk = Desk(store, analyst, clock)
        desk.page(TEXT)
        yield desk


def teaser(text: str = TEASER, **given: object) -> Entry:
    """An entry that carries a teaser; another text has another hash."""
    told = {
        "url": URL,
        "title": TITLE,
        "summary": text,
        "content_hash": f"h{hash((text, given.get('title', TITLE)))}",
        **given,
    }
    return an_entry(**told)


# ── what is a version ──


async def test_a_changed_text_is_the_next_version_and_says_what_changed(desk: Desk) -> None:
    await desk.told(teaser())
    desk.page(TEXT + MORE)
    assert (await desk.told(teaser("Now with more.", updated=NOON + HOUR))).articles == 1
    article = await desk.article()
    assert (article.version, article.changed, article.text, article.told_at) == (2, "1 added", TEXT + MORE, NOON + HOUR)
    assert ((await desk.article(1)).text, (await desk.article(1)).changed) == (TEXT, "")


async def test_a_changed_title_is_the_next_version(desk: Desk) -> None:
    await desk.told(teaser())
    await desk.told(teaser(title="Guarantees: army cap agreed"))
    article = await desk.article()
    assert (article.version, article.title, article.changed) == (2, "Guarantees: army cap agreed", "title")


@pytest.mark.parametrize(
    "page",
    [
        TEXT,
        TEXT.replace("\n\n", "\n\n \n\n").replace(" ", "\u00a0"),
        TEXT.replace("800,000", "800 000").replace("European-led", "European–led"),
        f"Updated 14:05\n\n{TEXT}\n\n1 204 views",
        "\n\n".join(reversed(TEXT.split("\n\n"))),
    ],
    ids=["same", "white space", "typography", "stamps", "order"],
)
async def test_a_page_that_only_looks_other_makes_no_version(desk: Desk, page: str) -> None:
    await desk.told(teaser())
    desk.page(page)
    assert await desk.told(teaser("The teaser was reworded.")) == Studied(entries=1)
    assert (await desk.article()).version == 1


async def test_a_teaser_that_was_reworded_once_costs_one_look_at_the_page_and_no_more(desk: Desk) -> None:
    await desk.told(teaser())
    for _ in range(3):
        await desk.told(teaser("The teaser was reworded."))
    assert desk.visits == 2


async def test_a_page_that_cannot_be_read_any_more_does_not_take_the_text_away(desk: Desk) -> None:
    await desk.told(teaser())
    desk.page(NoText.PAYWALL)
    assert (await desk.told(teaser("Other words."))).articles == 0
    assert ((await desk.article()).text, (await desk.article()).text_from) == (TEXT, "page")
    await desk.told(teaser("Other words again.", title="A new title"))
    article = await desk.article()
    assert (article.version, article.text, article.title, article.text_from) == (2, TEXT, "A new title", "page")


async def test_an_edit_in_a_feed_that_carries_all_is_a_version_though_it_is_shorter(desk: Desk) -> None:
    full = TEXT * 6
    await desk.told(teaser(content=full, content_hash="full"))
    await desk.told(teaser(content=full.replace("within 30 days", "within ten days")[:-200], content_hash="shorter"))
    assert (await desk.article()).version == 2 and desk.visits == 0


# ── resurrected, renamed, repeated ──


async def test_an_entry_that_comes_back_after_it_was_forgotten_costs_its_source_no_request(desk: Desk) -> None:
    await desk.told(teaser())
    desk.clock.move(100 * DAY)
    assert await desk.store.prune(desk.clock.now()) == 1
    assert await desk.told(teaser()) == Studied(entries=1)
    assert desk.visits == 1 and (await desk.article()).version == 1


async def test_a_guid_that_changes_at_each_fetch_costs_no_request(desk: Desk) -> None:
    for number in range(5):
        await desk.told(teaser(id=f"guid-{number}"))
    assert desk.visits == 1 and (await desk.article()).version == 1


async def test_posts_of_a_live_blog_that_share_one_address_ask_for_its_page_once(desk: Desk) -> None:
    posts = [
        teaser(f"Post number {n}.", id=f"post-{n}", title=f"Post {n}", published=NOON + n * HOUR) for n in range(4)
    ]
    await desk.told(*posts)
    assert desk.visits == 1 and (await desk.article()).version == 1


# ── two feeds of one outlet ──


def of_section(text: str = TEASER, **given: object) -> Entry:
    return teaser(text, id="s-1", feed_id="section", **given)


SECTION = a_feed(id="section", name="Example Wire: Politics")


async def test_two_feeds_with_different_teasers_make_no_versions_of_each_other(desk: Desk) -> None:
    await desk.told(teaser())
    for number in range(3):
        await desk.told(of_section(f"Section {number}.", title=f"Title {number}"), feeds=(SECTION,))
        await desk.told(teaser(f"Front {number}."))
    article = await desk.article()
    assert (article.version, article.outlet) == (1, "Example Wire")
    assert desk.visits == 4  # the first look, and one for each new word of the feed that told it


async def test_another_feed_that_carries_more_makes_a_version_of_the_same_outlet(desk: Desk) -> None:
    desk.page(NoText.PAYWALL)
    await desk.told(teaser())
    await desk.told(of_section(content=TEXT + MORE, content_hash="section"), feeds=(SECTION,))
    article = await desk.article()
    assert (article.version, article.text, article.outlet) == (2, TEXT + MORE, "Example Wire")
    await desk.told(teaser("A short word of the first feed."))
    assert (await desk.article()).version == 2


async def test_another_feed_that_says_it_is_later_is_heard(desk: Desk) -> None:
    await desk.told(teaser())
    desk.page(TEXT + MORE)
    await desk.told(of_section(updated=NOON - HOUR), feeds=(SECTION,))
    assert (await desk.article()).version == 1
    await desk.told(of_section("Later.", updated=NOON + HOUR))
    assert ((await desk.article()).version, (await desk.article()).told_at) == (2, NOON + HOUR)


async def test_the_same_link_in_two_feeds_at_once_is_one_visit(desk: Desk) -> None:
    await desk.told(teaser(), of_section(), feeds=(SECTION,))
    assert desk.visits == 1 and len(await desk.store.articles(TOPIC)) == 1


async def test_a_topic_that_follows_only_the_other_feed_still_reads_the_article(desk: Desk, analyst: Analyst) -> None:
    other = object.__new__(Analyst)
    other.topic, other.weights, other.annotator = analyst.topic, analyst.weights, analyst.annotator
    feeds = (a_feed(topics=(TopicId("railways"),)), a_feed(id="section", topics=(TOPIC,)))
    await desk.store.apply(Plan(feeds=feeds, entries=(teaser(),)))
    await desk.study.everything()
    assert not await desk.store.articles(TOPIC)
    await desk.store.apply(Plan(entries=(of_section(),)))
    assert (await desk.study.everything()).points > 0
    assert desk.visits == 1 and (await desk.article()).version == 1
    assert await desk.store.changes(TOPIC)


# ── pages that cannot be read now ──


@pytest.mark.parametrize(
    "error",
    [
        SourceError(Trouble.TIMEOUT, URL),
        SourceError(Trouble.HTTP_STATUS, URL, detail="503", status=503),
        SourceError(Trouble.RATE_LIMITED, URL, status=429, retry_after=timedelta(minutes=5)),
    ],
    ids=lambda error: str(error.trouble),
)
async def test_a_page_that_is_slow_or_busy_now_is_read_later_and_the_feeds_words_count_meanwhile(
    desk: Desk, error: SourceError
) -> None:
    desk.page(error)
    assert (await desk.told(teaser())).articles == 1
    first = await desk.article()
    assert first.text == TEASER and first.text_from.startswith(f"feed: page {error.trouble}")
    assert await desk.study.everything() == Studied()
    desk.page(TEXT)
    desk.clock.move(LATER[0])
    assert (await desk.study.everything()).articles == 1
    second = await desk.article()
    assert (second.version, second.text, second.text_from, second.told_at) == (2, TEXT, "page", first.told_at)
    assert await desk.study.everything() == Studied()


async def test_a_page_that_stays_broken_is_tried_three_times_in_all(desk: Desk) -> None:
    desk.page(SourceError(Trouble.TIMEOUT, URL))
    await desk.told(teaser())
    for _ in range(5):
        desk.clock.move(DAY)
        await desk.study.everything()
    assert desk.visits == 1 + len(LATER) == 3
    assert (await desk.article()).version == 1
    assert await desk.store.prune(desk.clock.now() + DAY) == 1


async def test_a_server_that_asks_for_a_long_wait_gets_it(desk: Desk) -> None:
    desk.page(SourceError(Trouble.RATE_LIMITED, URL, status=429, retry_after=timedelta(hours=5)))
    await desk.told(teaser())
    desk.clock.move(timedelta(hours=4, minutes=59))
    await desk.study.everything()
    assert desk.visits == 1
    desk.clock.move(timedelta(minutes=1))
    await desk.study.everything()
    assert desk.visits == 2


@pytest.mark.parametrize(
    "error",
    [
        SourceError(Trouble.HTTP_STATUS, URL, detail="404", status=404),
        SourceError(Trouble.GONE, URL, status=410),
        SourceError(Trouble.TOO_LARGE, URL),
        SourceError(Trouble.ROBOTS, URL),
        SourceError(Trouble.CHALLENGE_PAGE, URL, status=503),
    ],
    ids=lambda error: str(error.trouble),
)
async def test_a_page_that_will_not_be_otherwise_is_not_asked_for_again(desk: Desk, error: SourceError) -> None:
    desk.page(error)
    await desk.told(teaser())
    desk.clock.move(10 * DAY)
    assert await desk.study.everything() == Studied()
    assert (
        desk.visits == 1
        and (await desk.article()).text_from
        == f"feed: page {error.trouble}{f' {error.status}' if error.status else ''}"
    )


async def test_an_edit_while_a_page_waits_is_told_at_once(desk: Desk) -> None:
    desk.page(SourceError(Trouble.TIMEOUT, URL))
    await desk.told(teaser())
    desk.page(TEXT)
    assert (await desk.told(teaser("Other words.", updated=NOON + HOUR))).articles == 1
    assert (await desk.article()).text == TEXT
    desk.clock.move(DAY)
    assert await desk.study.everything() == Studied()


# ── what a round reads ──


async def test_a_round_loads_the_feeds_of_its_entries_and_no_others(desk: Desk) -> None:
    asked: list[object] = []
    feeds = desk.store.feeds

    async def counted(ids: object = None) -> tuple[Feed, ...]:
        asked.append(ids)
        return await feeds(ids)  # type: ignore[arg-type]

    await desk.store.apply(Plan(feeds=tuple(a_feed(id=f"f{n}") for n in range(30))))
    desk.store.feeds = counted  # type: ignore[method-assign]
    await desk.told(teaser())
    assert asked and all(ids in ((), ("example-wire",)) for ids in asked)
