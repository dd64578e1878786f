"""Articles, readings and fingerprints survive the store, on every database."""

from __future__ import annotations

from bot.model.digests import DigestCounts, Window, WindowBy
from bot.model.feeds import ArticleId
from bot.model.topics import TopicId
from bot.ports import Plan
from bot.store import SqlStore
from tests.builders import DAY, HOUR, NOON, TOPIC, a_fingerprint, a_point, a_reading, an_article

DAY_ONE = Window(since=NOON, until=NOON + DAY)
DAY_TWO = Window(since=NOON + DAY, until=NOON + 2 * DAY)


async def _edited_article(store: SqlStore) -> None:
    """Told on day one, edited and told again on day two."""
    second = an_article(version=2, told_at=NOON + DAY, text="Another text.")
    readings = (a_reading(), a_reading(version=2, relevant=False, report_id="r-other"))
    await store.apply(Plan(articles=(an_article(), second), readings=readings))


async def test_an_article_comes_back_as_it_was_saved(store: SqlStore) -> None:
    article = an_article(official=True, summary="Teaser", date_note="zone guessed", text_from="feed")
    await store.apply(Plan(articles=(article,)))
    assert await store.article(article.id) == article


async def test_the_newest_version_is_given_unless_one_is_named(store: SqlStore) -> None:
    await _edited_article(store)
    newest, first = await store.article(ArticleId("a1")), await store.article(ArticleId("a1"), 1)
    assert newest is not None and newest.version == 2
    assert first == an_article()
    assert await store.article(ArticleId("a1"), 3) is None
    assert await store.article(ArticleId("nobody")) is None


async def test_an_article_is_listed_once_in_its_newest_version(store: SqlStore) -> None:
    await _edited_article(store)
    [(article, reading)] = await store.articles(TOPIC)
    assert (article.version, reading.version, reading.relevant) == (2, 2, False)


async def test_a_past_day_shows_the_version_of_that_day(store: SqlStore) -> None:
    await _edited_article(store)
    assert [article.version for article, _ in await store.articles(TOPIC, DAY_ONE)] == [1]
    assert [article.version for article, _ in await store.articles(TOPIC, DAY_TWO)] == [2]


async def test_a_window_of_sight_finds_what_was_read_late(store: SqlStore) -> None:
    late = an_article(first_seen=NOON + DAY)
    await store.apply(Plan(articles=(late,), readings=(a_reading(),)))
    seen = Window(since=DAY_TWO.since, until=DAY_TWO.until, by=WindowBy.SEEN)
    assert [article.id for article, _ in await store.articles(TOPIC, seen)] == ["a1"]
    assert await store.articles(TOPIC, DAY_TWO) == ()


async def test_articles_come_in_the_order_they_were_told(store: SqlStore) -> None:
    told = {"b": NOON, "B": NOON, "a": NOON + HOUR, "c": NOON - HOUR}
    articles = tuple(an_article(id=id_, published=moment) for id_, moment in told.items())
    await store.apply(Plan(articles=articles, readings=tuple(a_reading(article=id_) for id_ in told)))
    assert [article.id for article, _ in await store.articles(TOPIC)] == ["c", "B", "b", "a"]


async def test_another_topics_reading_is_not_mixed_in(store: SqlStore) -> None:
    rail = TopicId("rail")
    readings = (a_reading(), a_reading(topic=rail, version=1, relevant=False))
    await store.apply(Plan(articles=(an_article(), an_article(version=2)), readings=readings))
    [(article, reading)] = await store.articles(rail)
    assert (article.version, reading.topic, reading.relevant) == (1, "rail", False)


async def test_fingerprints_are_found_by_any_of_their_keys(store: SqlStore) -> None:
    prints = (
        a_fingerprint(),
        a_fingerprint(article="a2", keys=("k2", "k3"), outlet="Other Wire"),
        a_fingerprint(article="a3", keys=("k9",)),
    )
    await store.apply(Plan(fingerprints=prints))
    assert await store.fingerprints_like(["k1", "k2", "k7"]) == prints[:2]
    assert await store.fingerprints_like([]) == ()


async def test_a_fingerprint_saved_anew_is_not_found_by_its_old_keys(store: SqlStore) -> None:
    await store.apply(Plan(fingerprints=(a_fingerprint(), a_fingerprint(version=2))))
    await store.apply(Plan(fingerprints=(a_fingerprint(keys=("k3",)),)))
    assert [print_.version for print_ in await store.fingerprints_like(["k1"])] == [2]
    assert await store.fingerprints_like(["k3"]) == (a_fingerprint(keys=("k3",)),)


async def test_a_moved_report_moves_everywhere_even_along_a_chain(store: SqlStore) -> None:
    plan = Plan(articles=(an_article(),), readings=(a_reading(),), fingerprints=(a_fingerprint(),), points=(a_point(),))
    await store.apply(plan)
    await store.move_reports([("r-a1", "r-b"), ("r-b", "r-c")])
    [(_, reading)] = await store.articles(TOPIC)
    [print_], [point] = await store.fingerprints_like(["k1"]), await store.points(TOPIC)
    assert {reading.report_id, print_.report_id, point.report_id} == {"r-c"}


async def test_counts_say_what_was_read_in_the_window(store: SqlStore) -> None:
    articles = (
        an_article(),
        an_article(id="a2", feed_id="other"),
        an_article(id="a3"),
        an_article(id="a4", published=NOON + DAY),
    )
    readings = (
        a_reading(),
        a_reading(article="a2", report_id="r-a1"),
        a_reading(article="a3", relevant=False),
        a_reading(article="a4"),
    )
    points = (
        a_point(development_id="d1"),
        a_point(article="a2", development_id="d1"),
        a_point(article="a4", published=NOON + DAY, development_id="d2"),
    )
    await store.apply(Plan(articles=articles, readings=readings, points=points))
    assert await store.counts(TOPIC, DAY_ONE) == DigestCounts(
        feeds=2, articles=3, relevant=2, reports=1, developments=1
    )
    assert await store.counts(TopicId("rail"), DAY_ONE) == DigestCounts()
