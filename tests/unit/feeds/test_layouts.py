"""Article pages in many layouts: what a reader of the page reads is quoted, and nothing that stands around it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.feeds.extract import page_of
from bot.feeds.furniture import Furniture
from bot.model.feeds import Fetched, Page
from tests.unit.feeds.layouts import EN, LAYOUTS, OTHER, TEASERS, Layout, document, p

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
URL = "https://lantern.example/news/monitoring"


def lines(html: str) -> list[str]:
    body = html.encode()
    found = page_of(
        Fetched(url=URL, final_url=URL, status=200, content_type="text/html; charset=utf-8", body=body),
        Furniture(),
        NOW,
    )
    assert isinstance(found, Page), found
    return found.text.split("\n\n")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_paragraph_comes_out_word_for_word_and_in_order(layout: Layout) -> None:
    assert [line for line in lines(layout.html) if line in layout.kept] == list(layout.kept)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_nothing_that_stands_around_the_article_comes_out(layout: Layout) -> None:
    assert [line for line in lines(layout.html) if any(words in line for words in layout.junk)] == []


def test_a_sentence_that_begins_with_a_link_is_no_pointer() -> None:
    sentence = '<a href="/ministry">The ministry of defence</a> said that the force would number six brigades.'
    plain = "The ministry of defence said that the force would number six brigades."
    assert plain in lines(document(f"<article><h1>Force</h1>{p(*EN[:2], sentence, *EN[2:])}</article>"))


def test_a_list_whose_items_begin_with_links_is_no_row_of_cards() -> None:
    items = "".join(f'<li><a href="/{n}">The delegation of country {n}</a> spoke of the annex.</li>' for n in range(5))
    found = lines(document(f"<article><h1>Who spoke</h1>{p(*EN)}<ul>{items}</ul></article>"))
    assert "The delegation of country 3 spoke of the annex." in found


def test_a_live_blog_whose_posts_link_to_their_own_place_keeps_its_posts() -> None:
    posts = "".join(
        f'<div class="post"><h3><a href="{URL}/post-{n}">What was said at hour {n}</a></h3><p>{text}</p></div>'
        for n, text in enumerate(EN)
    )
    assert [line for line in lines(document(f"<main><h1>Live</h1>{posts}</main>")) if line in EN] == list(EN)


def test_a_text_inside_a_box_that_is_most_of_the_page_stays() -> None:
    body = f"<div class='social-news related'><div class='inner'>{p(*EN)}</div></div>"
    assert [line for line in lines(document(f"<h1>News</h1>{body}")) if line in EN] == list(EN)


def test_a_page_that_is_shown_by_a_script_keeps_its_text() -> None:
    body = f"<main><h1>News</h1><div class='article-body' style='display:none'>{p(*EN)}</div></main>"
    assert [line for line in lines(document(body)) if line in EN] == list(EN)


def test_headings_inside_one_article_do_not_cut_it() -> None:
    body = f"<article><h1>One</h1><div class='text'>{p(*EN[:3])}<h1>Two</h1>{p(*EN[3:])}</div></article>"
    assert [line for line in lines(document(body)) if line in EN] == list(EN)


def test_the_clock_before_a_live_post_is_no_part_of_its_sentence_but_one_inside_is() -> None:
    inside = "The meeting began at <time>09:30</time> and ended at noon, an official said."
    body = f"<article><h1>Live</h1><p><time>12:05</time> {EN[0]}</p><p>{inside}</p>{p(*EN[1:])}</article>"
    found = lines(document(body))
    assert EN[0] in found and "The meeting began at 09:30 and ended at noon, an official said." in found


@pytest.mark.parametrize(
    "sentence",
    [
        "Reklama is not part of the plan, and neither is the annex, the spokesman said on Friday.",
        "He flew to Paris to continue the talks on the guarantees, his office said.",
        "Finland is already a member, and the clause is for members only, the draft says.",
        "Президент прибув до Парижа, щоб продовжити переговори про гарантії.",
        "Президент прибыл в Париж, чтобы продолжить переговоры о гарантиях.",
        "Загрузка вагонов за месяц выросла на десятую часть, говорится в отчёте.",
        "Published proposals name six brigades and no date for them.",
        "Опубліковано 20 пунктів плану, сказав речник, решту допишуть у Варшаві.",
        "Without Kyiv's consent nothing would be signed, the draft says of its own privacy.",
        "The army uses satellite data on the device makers, an annex says.",
    ],
)
def test_a_sentence_of_news_is_never_taken_for_a_prompt_or_a_button(sentence: str) -> None:
    assert sentence in lines(document(f"<article><h1>News</h1>{p(*EN[:3], sentence, *EN[3:])}</article>"))


def test_a_longer_article_below_does_not_replace_a_short_one() -> None:
    body = f"<article><h1>Short</h1>{p(*EN[:2])}</article><article><h1>Long</h1>{p(*OTHER, *TEASERS)}</article>"
    assert lines(document(body)) == list(EN[:2])


@pytest.mark.parametrize(
    "tag",
    [
        "abbr",
        "b",
        "bdi",
        "cite",
        "data",
        "dfn",
        "em",
        "font",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "small",
        "span",
        "sup",
        "time",
        "u",
        "var",
    ],
)
def test_no_word_is_lost_however_it_is_dressed(tag: str) -> None:
    dressed = (
        f"The force would number <{tag}>six brigades</{tag}>, two of them in <{tag}>reserve</{tag}>, an annex says."
    )
    plain = "The force would number six brigades, two of them in reserve, an annex says."
    assert plain in lines(document(f"<article><h1>News</h1>{p(*EN[:3], dressed, *EN[4:])}</article>"))


def test_a_page_wrapped_in_the_readers_choices_is_still_the_page() -> None:
    body = f"<div class='cookies-accepted comments'><h2>News</h2><div class='text'>{p(*EN)}</div></div>"
    assert [line for line in lines(document(body)) if line in EN] == list(EN)
