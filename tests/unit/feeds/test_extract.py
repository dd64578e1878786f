"""Article pages as they really come: what would be quoted that nobody wrote, or lost that somebody did."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.extract import PageExtractor, page_of
from bot.feeds.furniture import Furniture
from bot.feeds.workers import Workers
from bot.model.feeds import Fetched, NoText, Page

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
URL = "https://svitanok.example/news/1?utm_source=rss"
FIRST = "Президент України обговорив у Парижі гарантії безпеки, які готують союзники для країни на довгі роки."
SECOND = "Проєкт передбачає 800 тисяч військових у мирний час, повідомив журналістам речник після зустрічі в четвер."
THIRD = "Перші підрозділи можуть з’явитися за 72 години — так записано в тексті, який бачила редакція «Світанку»."
HEAD = '<!doctype html><html lang="uk"><head><title>Гарантії | Світанок</title>{head}</head><body><nav><a href="/">Головна</a></nav>{body}</body></html>'


def fetched(body: bytes | str, kind: str = "text/html; charset=utf-8", url: str = URL) -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(url=url, final_url=url, status=200, content_type=kind, body=raw)


def page(inside: str, head: str = "") -> Page | NoText:
    return page_of(fetched(HEAD.format(head=head, body=inside)), Furniture(), NOW)


def text(inside: str, head: str = "") -> str:
    return of(page(inside, head)).text


def of(found: Page | NoText) -> Page:
    assert isinstance(found, Page), found
    return found


def article(*paragraphs: str) -> str:
    return "<article><h1>Гарантії</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</article>"


def test_paragraphs_come_word_for_word_with_one_blank_line_between() -> None:
    assert text(article(FIRST, SECOND, THIRD)) == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_white_space_is_folded_and_invisible_letters_go_but_nothing_else_changes() -> None:
    dressed = (
        SECOND.replace("800 тисяч", "800&nbsp;тисяч")
        .replace(" у ", "\n    у\u200b ")
        .replace("військових", "<b>військо</b>вих")
    )
    assert SECOND in text(article(FIRST, dressed, THIRD))


def test_headings_and_list_items_are_not_glued_to_their_neighbours() -> None:
    inside = article(FIRST, SECOND).replace(
        "</article>", f"<h2>Що далі</h2><ul><li>Шість бригад</li><li>Моніторинг</li></ul><p>{THIRD}</p></article>"
    )
    assert text(inside).split("\n\n")[2:] == ["Що далі", "Шість бригад", "Моніторинг", THIRD]


def test_a_page_of_line_breaks_still_has_paragraphs() -> None:
    assert text(f"<div class='text'>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>").split("\n\n") == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "Дивіться також: Інша новина дня",
        "Читайте також: Що відомо про план",
        "Підписуйтесь на наш Telegram-канал",
        "Підписуйтеся на Світанок у WhatsApp",
        "Читайте также: Другая новость",
        "Подписывайтесь на нас",
        "Read more: Another story",
        "Sign up for our newsletter",
        "READ ALSO: Something else",
        "Фото: Олена Приклад / Світанок",
        "→ Читайте ще",
        "Published · Updated",
        "Опубліковано 9 лютого 2026, 10:00",
        "20.11.2026 11:00 UTC",
        "Понеділок, 9 лютого 2026 року, 10:00",
        "© 2026 Світанок. Усі права захищено",
    ],
)
def test_the_pages_furniture_is_never_quoted(line: str) -> None:
    assert text(article(FIRST, line, SECOND, THIRD)) == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_long_paragraph_that_merely_begins_like_furniture_stays() -> None:
    long = "Реклама не є частиною плану, наголосив речник. " + SECOND + " " + THIRD
    assert long in text(article(FIRST, long, SECOND))


def test_language_packs_can_name_more_furniture() -> None:
    body = HEAD.format(head="", body=article(FIRST, "Наш випуск триває", SECOND, THIRD))
    assert "випуск" not in of(page_of(fetched(body), Furniture(("наш випуск",)), NOW)).text


# ── facts ──


def test_dates_language_title_and_canonical_address_come_from_the_page() -> None:
    head = (
        '<meta property="article:published_time" content="2026-02-09T10:00:00+02:00"><meta property="og:title" content="Гарантії: &quot;план&quot;">'
        '<meta property="article:modified_time" content="2026-02-09T12:00:00+02:00"><link rel="canonical" href="/news/1">'
    )
    found = of(page(article(FIRST, SECOND), head))
    assert found.published == datetime(2026, 2, 9, 8, 0, tzinfo=UTC) and found.updated == datetime(
        2026, 2, 9, 10, 0, tzinfo=UTC
    )
    assert (found.title, found.language, found.canonical_url) == (
        'Гарантії: "план"',
        "uk",
        "https://svitanok.example/news/1",
    )


def test_dates_may_stand_in_linked_data() -> None:
    data = '{"@graph":[{"@type":"Person"},{"@type":["NewsArticle"],"headline":"Г","datePublished":"2026-02-09T08:00:00Z"}]}'
    found = of(page(article(FIRST, SECOND), f'<script type="application/ld+json">{data}</script>'))
    assert found.published == datetime(2026, 2, 9, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("claimed", ["https://kestrel.example/a", "https://svitanok.example/", "javascript:alert(1)"])
def test_a_page_cannot_pass_itself_off_as_another_outlets(claimed: str) -> None:
    found = of(page(article(FIRST, SECOND), f'<link rel="canonical" href="{claimed}">'))
    assert found.canonical_url is None


def test_a_page_in_an_undeclared_old_encoding_is_readable() -> None:
    body = HEAD.format(head="", body=article(FIRST, SECOND)).encode("windows-1251")
    found = of(page_of(fetched(body, "text/html"), Furniture(), NOW))
    assert found.text.startswith(FIRST[:40])


# ── attacks ──


@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + b"<div>" * 200_000,
        b"<a href=x>y</a>" * 50_000,
        b"<p " + b"a=1 " * 200_000 + b">x",
        b"<table><tr><td>x" * 20_000,
        b"<script type='application/ld+json'>" + b"[" * 200_000 + b"</script><p>x",
        b"\x00" * 100_000 + b"<p>x</p>",
        b"<?xml version='1.0' encoding='utf-16'?><html><p>x</p></html>",
        b"<!-- " * 50_000,
        b"<div class='ad related'>x" * 100_000,
        b"<li><a href=/a>A heading that leads elsewhere</a></li>" * 20_000,
        b"<h1>x</h1><article>" * 20_000,
        b"<div style='display:none'><input type=email>" * 30_000,
        b"<p>Subscribe to page 404 was not updated published 12 views" + b" to" * 400_000,
    ],
    ids=[
        "nesting",
        "links",
        "attributes",
        "tables",
        "linked data",
        "zero bytes",
        "lying prolog",
        "comments",
        "boxes",
        "cards",
        "articles",
        "hidden",
        "words",
    ],
)
def test_no_page_stalls_or_breaks_us(body: bytes) -> None:
    found = page_of(fetched(body), Furniture(), NOW)
    assert isinstance(found, NoText) or len(found.text) <= 200_000


async def test_extraction_happens_beside_the_event_loop_and_gives_up_in_time() -> None:
    body = fetched(HEAD.format(head="", body=article(FIRST, SECOND)))
    assert await PageExtractor(now=lambda: NOW).extract(body) == page_of(body, Furniture(), NOW)
    impatient = PageExtractor(now=lambda: NOW, workers=Workers(0, patience=timedelta(microseconds=1)))
    assert await impatient.extract(body) is NoText.TOO_SLOW


def test_a_page_can_be_taken_apart_in_another_process() -> None:
    body = fetched(HEAD.format(head="", body=article(FIRST, SECOND)))
    work, given = pickle.loads(pickle.dumps((page_of, (body, Furniture(("наш випуск",)), NOW))))
    assert work(*given) == page_of(body, Furniture(), NOW)
    assert pickle.loads(pickle.dumps(NoText.PAYWALL)) is NoText.PAYWALL
