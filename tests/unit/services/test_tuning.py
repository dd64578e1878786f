"""An editor asks what each term does, over articles that somebody judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.model.feeds import Article, ArticleId, FeedId
from bot.model.topics import Topic
from bot.services.termuses import Judged, TermUse, Tuning
from bot.services.tuning import tuned
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic

ROOT = Path(__file__).parents[3]
PACKS = load_packs(ROOT / "config" / "words")
WORDS = Morphology()
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def halm() -> Topic:
    return load_topic(ROOT / "docs" / "tutorial" / "halm-ferries.toml")


def judged(
    number: int, text: str, *, belongs: bool, told: dict[str, str] | None = None, language: str = "en"
) -> Judged:
    article = Article(
        id=ArticleId(f"a{number}"), version=1, url="u", feed_id=FeedId("f"), outlet="", official=False, title="From Halm", text=text, language=language,
        published=NOW, told_at=NOW, first_seen=NOW, text_from="page", content_hash="",
    )  # fmt: skip
    return Judged(article, belongs, {quote: frozenset({category}) for quote, category in (told or {}).items()})


FARE = "A single crossing would cost 4 euros."
ARTICLES = (
    judged(1, f"{FARE} The lighthouse pays half.", belongs=True, told={FARE: "fares"}),
    judged(2, "The ferry plan is in the assembly. The lighthouse waits.", belongs=True),
    judged(3, "The concession for the kiosk was sold. The beach concession as well.", belongs=False),
    judged(4, "A beach concession is for sale.", belongs=False),
    judged(5, "The ferry museum opens.", belongs=False),
)


def report(articles: Sequence[Judged] = ARTICLES) -> Tuning:
    return tuned(articles, halm(), PACKS, WORDS)


def use(text: str, tuning: Tuning) -> TermUse:
    [found] = [use for use in tuning.uses if use.term.text == text]
    return found


def test_a_deciding_term_is_counted_where_it_stands_and_whether_it_says_what_it_should() -> None:
    found = use("crossing would cost", report())
    assert (found.term.place, found.articles_in, found.articles_out, found.own) == ("layers.fares", 1, 0, 1.0)
    assert found.alone == 0  # "single crossing" stands there as well
    assert use("ferry plan", report()).alone == 1


def test_a_term_that_leads_astray_comes_with_the_phrases_that_might_be_excluded() -> None:
    [found] = [use for use in report().uses if use.leads_astray]
    assert (found.term.text, found.articles_in, found.articles_out) == ("concession", 0, 2)
    assert [text for text, _ in found.within] == ["beach concession"]


def test_terms_that_never_fire_are_named_with_their_list() -> None:
    silent = {(term.place, term.text) for term in report().silent}
    assert ("layers.timetable", "night boat") in silent
    assert not any(text == "ferry plan" for _, text in silent)


def test_an_exclude_phrase_silences_what_it_covers() -> None:
    topic = report()
    assert use("ferry museum", topic).articles_out == 1
    assert "ferry plan" in {use.term.text for use in topic.uses}


def test_words_of_belonging_articles_that_no_term_covers_are_candidates() -> None:
    [lighthouse] = [each for each in report().uncovered if each.text == "lighthouse"]
    assert (lighthouse.articles_in, lighthouse.articles_out, lighthouse.category) == (2, 0, "")
    assert not any(each.text == "beach" for each in report().uncovered)


def test_the_order_of_articles_does_not_matter() -> None:
    assert report(ARTICLES[::-1]) == report()


def test_articles_in_other_languages_are_counted_and_not_read() -> None:
    tuning = report([*ARTICLES, judged(6, "Паром до острова.", belongs=True, language="uk")])
    assert (tuning.unread, dict(tuning.belonging)) == (1, {"en": 2})


def test_without_articles_everything_is_empty() -> None:
    tuning = report([])
    assert (tuning.uses, tuning.silent, tuning.uncovered) == ((), (), ())
