"""Why a page gave no text: what stands in front of an article is named, never quoted, and an article is never taken for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.feeds.extract import page_of
from bot.feeds.furniture import Furniture
from bot.model.feeds import Fetched, NoText, Page
from tests.unit.feeds.layouts import EN, OTHER, UK, document, p

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
URL = "https://lantern.example/news/2026/monitoring"


def read(
    body: str | bytes, *, kind: str = "text/html; charset=utf-8", final_url: str = URL, url: str = URL
) -> Page | NoText:
    raw = body.encode() if isinstance(body, str) else body
    return page_of(Fetched(url=url, final_url=final_url, status=200, content_type=kind, body=raw), Furniture(), NOW)


def article(*texts: str, head: str = "", title: str = "Monitoring stays in the draft") -> str:
    return document(f"<article><h1>{title}</h1>{p(*texts)}</article>", head=head, title=title)


def stated(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


# ── paywalls ──


@pytest.mark.parametrize(
    "prompt",
    [
        "Subscribe to continue reading this article.",
        "Already a subscriber? Sign in",
        "This article is for subscribers only.",
        "You have 0 free articles left this month.",
        "Unlock this article for one euro a month.",
        "Щоб прочитати далі, оформіть підписку.",
        "Цей матеріал доступний лише за передплатою.",
        "Лише для наших передплатників",
        "Чтобы читать дальше, оформите подписку.",
        "Материал доступен только подписчикам",
        "Jetzt abonnieren und weiterlesen",
        "Cet article est réservé aux abonnés. Il vous reste 80 % à lire.",
        "Artykuł tylko dla prenumeratorów",
    ],
)
def test_a_teaser_before_a_paywall_is_not_the_article(prompt: str) -> None:
    assert read(article(EN[0], EN[1], prompt)) is NoText.PAYWALL


def test_a_paywall_in_a_box_beside_the_teaser_is_seen_too() -> None:
    box = "<div class='subscription-offer'><p>Subscribe to continue reading</p><button>Choose a plan</button></div>"
    assert read(document(f"<article><h1>Draft</h1>{p(*EN[:2])}</article>{box}")) is NoText.PAYWALL


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"NewsArticle","isAccessibleForFree":false}',
        '{"@type":"NewsArticle","isAccessibleForFree":"False"}',
        '{"@type":["ReportageNewsArticle"],"isAccessibleForFree":"http://schema.org/False"}',
        '{"@graph":[{"@type":"WebPage"},{"@type":"https://schema.org/NewsArticle","isAccessibleForFree":0}]}',
        '{"@type":"NewsArticle","hasPart":{"@type":"WebPageElement","isAccessibleForFree":false,"cssSelector":".rest"}}',
        '{"@type":"NewsArticle","hasPart":[{"@type":"WebPageElement","isAccessibleForFree":"false","cssSelector":".a, div.rest"}]}',
        '[{"@type":"Organization"},{"@type":"WebPageElement","isAccessibleForFree":false}]',
        '{"@type":"WebPage","mainEntity":{"@type":"Article","isAccessibleForFree":false}}',
        '{"@type":"NewsArticle","articleBody":"one\ntwo","isAccessibleForFree":false}',
    ],
)
def test_a_teaser_that_the_page_itself_calls_paid_is_not_the_article(data: str) -> None:
    assert read(article(*EN[:2], head=stated(data))) is NoText.PAYWALL


def test_an_article_that_is_paid_as_a_whole_is_not_taken_though_it_was_sent() -> None:
    data = '{"@type":"NewsArticle","isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":false,"cssSelector":"#story"}}'
    body = f"<main><article id='story'><h1>Draft</h1>{p(*EN)}</article></main>"
    assert read(document(body, head=stated(data))) is NoText.PAYWALL


def test_what_the_page_calls_paid_is_not_taken_though_it_was_sent() -> None:
    data = '{"@type":"NewsArticle","isAccessibleForFree":false,"hasPart":{"isAccessibleForFree":false,"cssSelector":".rest"}}'
    body = f"<article><h1>Draft</h1>{p(EN[0])}<div class='text rest'>{p(*EN[1:], *OTHER)}</div></article>"
    assert read(document(body, head=stated(data))) is NoText.PAYWALL


def test_the_text_in_the_linked_data_of_a_paid_page_is_not_taken_either() -> None:
    data = f'{{"@type":"NewsArticle","isAccessibleForFree":false,"articleBody":"{" ".join(EN[3:])} {" ".join(OTHER)}"}}'
    assert read(document("<div id=root></div>", head=stated(data))) is NoText.PAYWALL


def test_a_metered_page_that_sends_its_whole_text_is_read() -> None:
    data = '{"@type":"NewsArticle","isAccessibleForFree":false}'
    assert isinstance(read(article(*EN, head=stated(data))), Page)


@pytest.mark.parametrize(
    "data",
    [
        '{"@type":"NewsArticle","isAccessibleForFree":true,"hasPart":{"@type":"WebPageElement","isAccessibleForFree":"True"}}',
        '[{"@type":"NewsArticle"},{"@type":"NewsArticle","isAccessibleForFree":false}]',
        '{"@type":"NewsArticle","isAccessibleForFree":null}',
    ],
)
def test_a_free_page_beside_paid_ones_is_read(data: str) -> None:
    assert isinstance(read(article(*EN[:2], head=stated(data))), Page)


def test_a_locked_tier_is_a_paywall_and_a_metered_one_is_not() -> None:
    tier = '<meta property="article:content_tier" content="{}">'
    assert read(article(*EN[:2], head=tier.format("locked"))) is NoText.PAYWALL
    assert isinstance(read(article(*EN[:2], head=tier.format("metered"))), Page)


# ── other walls ──


@pytest.mark.parametrize(
    "body",
    [
        "<p>Before you continue to Lantern, choose what we and our 743 partners may store on your device.</p>",
        "<h1>Your privacy</h1><p>We use cookies.</p>" + "<p>Our 743 partners process personal data for the purposes below, see the privacy policy.</p>" * 1,
        "<div>" + p(*(f"Purpose {n}: your choices about cookies are kept for {n} months, as the privacy policy says in detail." for n in range(3, 15))) + "<p>Accept all cookies</p></div>",
        "<main><h1>Файли cookie</h1><p>Ми використовуємо файли cookie. Дайте згоду на обробку персональних даних, щоб перейти на сайт.</p></main>",
    ],
    ids=["prompt", "notice", "long list", "Ukrainian"],
)  # fmt: skip
def test_a_consent_wall_is_named_however_long_it_is(body: str) -> None:
    assert read(f"<!doctype html><html><head><title>Lantern</title></head><body>{body}</body></html>") is NoText.CONSENT


@pytest.mark.parametrize(
    "body",
    [
        "<title>Just a moment...</title><p>Checking if the site connection is secure. Lantern needs to review the security of your connection before proceeding.</p>",
        "<title>Lantern</title><h1>One more step</h1><p>Please verify you are human by completing the action below, then you will be taken to the page.</p>",
        "<title>DDoS-Guard</title><p>Проверка браузера перед переходом на сайт. Это займёт несколько секунд, пожалуйста, не закрывайте страницу до конца.</p>",
        "<title>Світанок</title><p>Підтвердіть, що ви не робот, і ми покажемо сторінку, якої ви шукали. Це займе кілька секунд вашого часу, дякуємо.</p>",
        "<title>Access denied</title><script src='/cdn-cgi/challenge-platform/x.js'></script><p>Ray 1</p>",
    ],
)
def test_a_challenge_is_named(body: str) -> None:
    assert read(f"<!doctype html><html><body>{body}</body></html>") is NoText.CHALLENGE


def test_a_short_article_with_a_captcha_under_its_comments_is_read() -> None:
    form = "<form id='comment-form'><div class='g-recaptcha' data-sitekey='x'></div></form>"
    assert isinstance(read(document(f"<article><h1>Draft</h1>{p(*EN[:2])}</article>{form}")), Page)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Welcome back</h1><form><input name=u><input type=password name=p><button>Go</button></form>",
        "<article><h1>Draft</h1><p>Negotiators agreed on Tuesday to keep the paragraph on monitoring, as three diplomats familiar with the draft said.</p><p>Log in to read the whole article.</p></article>",
        "<h1>Вхід</h1><p>Увійдіть, щоб побачити цю сторінку.</p><input type='password'><a>Забули пароль?</a>",
    ],
)
def test_a_login_page_is_named(body: str) -> None:
    assert read(f"<!doctype html><html><body>{body}</body></html>") is NoText.LOGIN


def test_an_article_with_a_login_box_in_its_header_is_read() -> None:
    box = "<div class='modal'><form><input type='password'></form><a>Forgot your password?</a></div>"
    assert isinstance(read(document(f"{box}<article><h1>Draft</h1>{p(*EN)}</article>")), Page)


def test_a_redirect_to_a_login_address_is_named_though_the_page_looks_well() -> None:
    assert read(article(*EN), final_url="https://lantern.example/login?next=/news/2026/monitoring") is NoText.LOGIN


@pytest.mark.parametrize(
    "body",
    [
        "<div id=root></div><script src=a.js></script>",
        "<div id='__next'> </div>",
        "<noscript>You need to enable JavaScript to run this app.</noscript>",
        "<main></main><noscript><p>Будь ласка, увімкніть JavaScript</p></noscript>",
    ],
)
def test_a_page_that_only_a_script_fills_is_named(body: str) -> None:
    assert read(f"<!doctype html><html><head><title>Lantern</title></head><body>{body}</body></html>") is NoText.SCRIPT


def test_a_page_that_says_next_to_nothing_is_a_stub() -> None:
    assert read(article("Soon more.")) is NoText.STUB
    assert read("<!doctype html><html><body></body></html>") is NoText.STUB


# ── no page ──


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("application/pdf", b"%PDF-1.7 ...", NoText.PDF),
        ("text/html", b"\n%PDF-1.4 ...", NoText.PDF),
        ("application/octet-stream", b"%PDF-1.4 ...", NoText.PDF),
        ("application/pdf", article(*EN).encode(), NoText.PDF),
        ("image/jpeg", b"\xff\xd8\xff\xe0", NoText.NOT_A_PAGE),
        ("text/html", b"\xff\xd8\xff\xe0\x00\x10JFIF" * 20, NoText.NOT_A_PAGE),
        ("video/mp4", b"....", NoText.NOT_A_PAGE),
        ("application/json", b'{"a": "<p>b</p>"}', NoText.NOT_A_PAGE),
        ("text/html", b'{"a": "b"}', NoText.NOT_A_PAGE),
        ("text/xml", b"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title></channel></rss>", NoText.NOT_A_PAGE),
        ("text/html", b"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title></feed>", NoText.NOT_A_PAGE),
        ("text/html", b"", NoText.NOT_A_PAGE),
    ],
)  # fmt: skip
def test_what_is_no_page_is_named_by_its_type_or_its_first_bytes(kind: str, body: bytes, why: NoText) -> None:
    assert read(body, kind=kind) is why


# ── not there ──


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 | Lantern",
        "Error 404 – page not found",
        "Page not found",
        "Page Not Found - Lantern",
        "Sorry, the page you are looking for does not exist",
        "This page is no longer available",
        "Сторінку не знайдено",
        "Сторінка не існує | Світанок",
        "Помилка 404",
        "Страница не найдена",
        "Ошибка 404: страница удалена",
        "Seite nicht gefunden",
    ],
)
def test_a_page_not_found_that_answers_200_gives_no_text_though_it_shows_other_news(title: str) -> None:
    assert read(article(*OTHER, *OTHER[::-1], title=title)) is NoText.NOT_FOUND


@pytest.mark.parametrize(
    "title",
    [
        "404 Ukrainians came home",
        "Body of the missing pilot not found",
        "Article 5 does not exist in the draft",
        "Secret document was removed from the archive",
        "Day 404 of the talks",
        "Гарантій у проєкті не знайдено",
        "Первая страница проекта",
    ],
)
def test_a_headline_that_speaks_of_absence_is_a_headline(title: str) -> None:
    assert isinstance(read(article(*EN, title=title)), Page)


def test_a_short_page_that_says_its_article_was_taken_down_gives_no_text() -> None:
    gone = (
        "This article has been removed at the request of the publisher, and will not come back to this address again."
    )
    assert read(article(gone, title="Lantern")) is NoText.NOT_FOUND


@pytest.mark.parametrize(
    "final_url",
    [
        "https://lantern.example/",
        "https://www.lantern.example",
        "https://lantern.example/?from=old",
        "https://lantern.example/uk/",
        "https://lantern.example/index.php",
        "https://lantern.example/news/",
        "https://new-lantern.example/",
    ],
)
def test_nothing_is_taken_from_the_front_page_an_article_was_sent_to(final_url: str) -> None:
    assert read(article(*EN), final_url=final_url) is NoText.FRONT_PAGE


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        (URL, "https://www.lantern.example/news/2026/monitoring/"),
        (URL, "https://lantern.example/en/news/2026/monitoring-stays-in-the-draft"),
        ("https://lantern.example/?p=17", "https://lantern.example/news/monitoring"),
        ("https://lantern.example/", "https://lantern.example/en"),
        ("https://lantern.example/news/17", "https://lantern.example/n17"),
    ],
)
def test_an_article_that_moved_to_another_address_is_read(url: str, final_url: str) -> None:
    assert isinstance(read(article(*EN), url=url, final_url=final_url), Page)


def test_a_redirect_to_a_consent_host_is_named() -> None:
    assert read(article(*UK), final_url="https://consent.lantern.example/v2/collect?session=1") is NoText.CONSENT
