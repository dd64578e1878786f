"""Feed documents as they really come: what a reader would miss or be told wrongly."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest

from bot.feeds.parse import DocumentReader
from bot.feeds.workers import Workers
from bot.model.errors import SourceError, Trouble
from tests.builders import a_feed
from tests.unit.feeds.documents import NOW, fetched, only, parsed, refused, rss

UK = "Гарантії безпеки: об’єднана група з’їде до Києва, ґрунтовний план готують в Європі"
RU = "Гарантии безопасности: объединённый план готовят в Европе, эхо переговоров слышно в столицах"


# ── encodings ──


@pytest.mark.parametrize("text", [UK, RU], ids=["uk", "ru"])
@pytest.mark.parametrize("real", ["utf-8", "windows-1251", "koi8-u", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["", "utf-8", "windows-1251", "iso-8859-1", "koi8-r", "no-such-thing"])
@pytest.mark.parametrize("header", ["text/xml", "text/xml; charset=windows-1251", "text/xml; charset=iso-8859-1"])
def test_whatever_encoding_is_declared_the_text_is_readable(text: str, real: str, declared: str, header: str) -> None:
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = f"{prolog}<rss version='2.0'><channel><title>L</title><item><title>{text}</title></item></channel></rss>"
    assert only(parsed(document.encode(real, "ignore"), header)).title == text.encode(real, "ignore").decode(real)


def test_a_few_broken_bytes_cost_a_few_letters_not_the_feed() -> None:
    body = rss(f"<title>{UK}</title>").encode()
    at = body.index("група".encode())
    title = only(parsed(body[:at] + b"\xff\xfe" + body[at:])).title
    assert title.endswith("готують в Європі") and "\ufffd" in title


def test_an_english_feed_in_an_old_western_encoding_keeps_its_accents() -> None:
    body = rss("<title>“Naïve” café in Zürich — report</title>").replace("utf-8", "windows-1252").encode("cp1252")
    assert only(parsed(body)).title == "“Naïve” café in Zürich — report"


# ── texts ──


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("AT&amp;T and AT&amp;amp;T", "AT&T and AT&T"),
        ("&amp;laquo;План&amp;raquo;&amp;nbsp;— новий", "«План» — новий"),
        ("Cap&nbsp;&mdash;&nbsp;new", "Cap — new"),
        ("<![CDATA[5 < 6 & 7 > 3]]>", "5 < 6 & 7 > 3"),
        ("<![CDATA[<b>Bold</b> <script>alert(1)</script>claim]]>", "Bold claim"),
        ("Two\n   lines\t\there", "Two lines here"),
        ("\u202eedoc\u202c \u200bzero\u200d\ufeff width\u00ad", "edoc zero width"),
        ("Bell\x07 and \x1b[31mred", "Bell and [31mred"),
        ("&#0;&#x1b;[2Jcap&#xD800;", "[2Jcap\ufffd"),
    ],
)
def test_a_title_is_plain_text_whatever_it_is_dressed_in(written: str, shown: str) -> None:
    title = only(parsed(rss(f"<title>{written}</title>"))).title
    assert title.replace("\ufffd", "") == shown.replace("\ufffd", "")


def test_notices_a_server_prints_before_the_feed_do_not_hide_it() -> None:
    assert only(parsed("\n\n<b>Warning</b>: something in /var/www/x.php\n" + rss("<title>Cap</title>"))).title == "Cap"


def test_a_feed_cut_off_in_the_middle_still_gives_what_was_whole() -> None:
    body = rss("<title>One</title>", "<title>Two</title>", "<title>Three</title>")
    titles = [entry.title for entry in parsed(body[: body.index("Three")]).entries]
    assert titles[:2] == ["One", "Two"]


def test_bare_ampersands_and_unknown_entities_do_not_lose_the_feed() -> None:
    document = parsed(rss("<title>R&D &unknown; cap</title><link>https://lantern.example/?a=1&b=2</link>"))
    entry = only(document)
    assert entry.title.startswith("R&D") and entry.url == "https://lantern.example/?a=1&b=2"


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "mailto:a@b.example", "file:///etc/passwd", ""]
)
def test_a_link_that_is_no_web_address_is_no_link(link: str) -> None:
    assert only(parsed(rss(f"<title>Cap</title><link>{link}</link>"))).url == ""


def test_a_relative_link_is_found_from_where_the_feed_was_read() -> None:
    assert only(parsed(rss("<title>Cap</title><link>/news/1</link>"))).url == "https://lantern.example/news/1"


# ── what is no feed ──


@pytest.mark.parametrize(
    ("page", "trouble", "detail"),
    [
        ("<!doctype html><html><body><h1>News</h1></body></html>", Trouble.NOT_A_FEED, "web page"),
        ("<html><head><title>Just a moment...</title></head></html>", Trouble.CHALLENGE_PAGE, "challenge page"),
        ("<html><body><form><input type='password' name=p></form></body></html>", Trouble.CHALLENGE_PAGE, "login page"),
        ("<html><body>Before you continue to Lantern</body></html>", Trouble.CHALLENGE_PAGE, "consent wall"),
        ("", Trouble.BROKEN_FEED, "it is empty"),
        ("   \n", Trouble.BROKEN_FEED, "it is empty"),
        ("%PDF-1.7 ...", Trouble.NOT_A_FEED, "text/html"),
        ('{"items": "none"}', Trouble.NOT_A_FEED, "text/html"),
        ("<?xml version='1.0'?><urlset><url/></urlset>", Trouble.NOT_A_FEED, "text/html"),
        ("<rss", Trouble.NOT_A_FEED, "text/html"),
    ],
)
def test_what_is_not_a_feed_is_called_what_it_is(page: str, trouble: Trouble, detail: str) -> None:
    error = refused(page)
    assert (error.trouble, error.detail) == (trouble, detail)


def test_a_feed_with_nothing_in_it_today_is_still_a_feed() -> None:
    assert parsed(rss()).entries == ()


# ── attacks ──


def test_a_feed_cannot_read_files_of_this_machine(tmp_path: object) -> None:
    document = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY b "boom">]>'
        "<rss version='2.0'><channel><title>L</title><item><title>x&e;y&b;</title></item></channel></rss>"
    )
    opened: list[str] = []
    sys.addaudithook(
        lambda event, args: opened.append(str(args[0])) if event == "open" and "/etc/" in str(args[0]) else None
    )
    assert "x" in only(parsed(document)).title
    assert opened == []


def test_a_body_that_is_a_file_name_or_address_is_not_opened() -> None:
    for body in ("/etc/passwd", "http://127.0.0.1:9/feed", "tests/builders.py"):
        assert refused(body, "text/plain").trouble is Trouble.NOT_A_FEED


async def test_reading_happens_beside_the_event_loop_and_gives_the_same() -> None:
    reader = DocumentReader(now=lambda: NOW)
    document = await reader.read(a_feed(id="lantern"), fetched(rss("<title>Cap</title>")))
    assert document == parsed(rss("<title>Cap</title>"))
    with pytest.raises(SourceError):
        await reader.read(a_feed(), fetched("<html></html>"))


async def test_a_document_that_takes_too_long_is_given_up() -> None:
    reader = DocumentReader(now=lambda: NOW, workers=Workers(0, patience=timedelta(milliseconds=1)))
    slow = fetched(rss(*(f"<title>S{number}</title>" for number in range(500))))
    with pytest.raises(SourceError) as raised:
        await reader.read(a_feed(), slow)
    assert raised.value.trouble is Trouble.BROKEN_FEED and "too long" in raised.value.detail
