"""Where a text was taken from and what a version changed, as a person reads it."""

from __future__ import annotations

import pytest

from bot.model.errors import Trouble
from bot.model.feeds import NoText
from bot.present.origins import edited, origin
from bot.present.plain import as_text
from bot.present.stories import why_reply
from bot.present.views import WhyView
from tests.builders import a_point, an_article
from tests.showcase import a_reader, a_topic


def from_(text_from: str, language: str = "en") -> str:
    return origin(an_article(text_from=text_from), a_reader(language))


@pytest.mark.parametrize("text_from", ["page", "feed", "corpus", "feed: something nobody noted yet"])
def test_nothing_is_said_where_nothing_is_missing(text_from: str) -> None:
    assert from_(text_from) == ""


@pytest.mark.parametrize(
    ("text_from", "english", "ukrainian"),
    [
        ("feed: paywall", "From the feed’s own text; the page is behind a paywall.", "Текст узято зі стрічки: доступ до сторінки платний."),
        ("feed: page not found", "From the feed’s own text; the page is not there any more.", "Текст узято зі стрічки: сторінки вже немає."),
        ("feed: page http_status 404", "From the feed’s own text; the page is not there any more.", "Текст узято зі стрічки: сторінки вже немає."),
        (
            "feed: page http_status 502",
            "From the feed’s own text; the page could not be read: its server answered with an error.",
            "Текст узято зі стрічки: сторінку не вдалося прочитати, причина: сервер відповів помилкою.",
        ),
        (
            "feed: page timeout",
            "From the feed’s own text; the page could not be read: it took too long to answer.",
            "Текст узято зі стрічки: сторінку не вдалося прочитати, причина: сервер надто довго не відповідав.",
        ),
    ],
)  # fmt: skip
def test_the_reason_is_said_in_the_readers_language(text_from: str, english: str, ukrainian: str) -> None:
    assert from_(text_from) == english
    assert from_(text_from, "uk") == ukrainian


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("noted", [*(str(why) for why in NoText), *(f"page {trouble}" for trouble in Trouble)])
def test_every_reason_that_can_be_noted_can_be_said(noted: str, language: str) -> None:
    said = from_(f"feed: {noted}", language)
    assert said.endswith(".") and "{" not in said and "no-text" not in said and "trouble-" not in said


def test_a_version_says_what_it_changed() -> None:
    article = an_article(version=3, changed="title; 2 added, 1 removed, 5 reworded")
    assert (
        edited(article, a_reader())
        == "Version 3: new title, 2 sentences added, 1 sentence removed, 5 sentences reworded."
    )
    assert (
        edited(article, a_reader("uk"))
        == "Версія 3: новий заголовок, додано 2 речення, вилучено 1 речення, переписано 5 речень."
    )
    assert edited(an_article(), a_reader()) == ""


def test_why_a_point_stands_says_that_its_page_was_not_read() -> None:
    view = WhyView(topic=a_topic(), subject="p1", point=a_point(), source=an_article(text_from="feed: paywall"))
    assert "the page is behind a paywall." in as_text(why_reply(view, a_reader()))
    assert "paywall" not in as_text(why_reply(WhyView(topic=a_topic(), subject="p1", point=a_point()), a_reader()))


def test_why_of_an_article_says_where_its_text_is_from_and_what_changed() -> None:
    article = an_article(text_from="feed: login page", version=2, changed="1 added")
    text = as_text(why_reply(WhyView(topic=a_topic(), subject="a1", article=article), a_reader()))
    assert "the page asks for a password." in text and "Version 2: 1 sentence added." in text
