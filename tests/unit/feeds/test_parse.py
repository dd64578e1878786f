"""Feed documents as they really come: what a reader would miss or be told wrongly."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.feeds.parse import DocumentReader, parsed_feed
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Entry, FeedId, Fetched, ParsedFeed
from tests.builders import a_feed

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
URL = "https://lantern.example/feeds/all.xml"
UK = "Гарантії безпеки: об’єднана група з’їде до Києва, ґрунтовний план готують в Європі"
RU = "Гарантии безопасности: объединённый план готовят в Европе, эхо переговоров слышно в столицах"


def fetched(body: bytes | str, kind: str = "application/rss+xml") -> Fetched:
    raw = body.encode() if isinstance(body, str) else body
    return Fetched(url=URL, final_url=URL, status=200, content_type=kind, body=raw)


def parsed(body: bytes | str, kind: str = "application/rss+xml") -> ParsedFeed:
    return parsed_feed(fetched(body, kind), FeedId("lantern"), NOW)


def rss(*items: str, head: str = "") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    spaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {spaces}><channel><title>Lantern</title>{head}{inside}</channel></rss>'


def only(document: ParsedFeed) -> Entry:
    assert len(document.entries) == 1
    return document.entries[0]


def outcome(body: str) -> tuple[Entry, ...] | Trouble:
    """The entries, or the trouble there was."""
    try:
        return parsed(body).entries
    except SourceError as error:
        return error.trouble


def refused(body: bytes | str, kind: str = "text/html") -> SourceError:
    with pytest.raises(SourceError) as raised:
        parsed(body, kind)
    return raised.value


# ── formats ──


def test_an_rss_item_keeps_title_teaser_full_text_link_and_dates() -> None:
    entry = only(
        parsed(
            rss(
                "<title>Army cap</title><link>https://lantern.example/a?utm_source=rss#top</link><guid>n-1</guid>"
                "<description>A &lt;b&gt;cap&lt;/b&gt;.</description><content:encoded><![CDATA[<p>One.</p><p>Two.</p>]]></content:encoded>"
                "<pubDate>Mon, 09 Feb 2026 10:00:00 +0200</pubDate>",
                head="<language>en-GB</language><ttl>30</ttl>",
            )
        )
    )
    assert (entry.title, entry.summary, entry.content) == ("Army cap", "A cap.", "One.\n\nTwo.")
    assert entry.url == "https://lantern.example/a"
    assert entry.published == datetime(2026, 2, 9, 8, 0, tzinfo=UTC) and entry.date_note == ""


def test_a_feed_says_its_name_language_and_how_long_it_may_be_left_alone() -> None:
    document = parsed(rss("<title>x</title>", head="<language>ua</language><ttl>30</ttl>"))
    assert (document.title, document.language, document.ttl) == ("Lantern", "uk", timedelta(minutes=30))
    hourly = "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert parsed(rss("<title>x</title>", head=hourly)).ttl == timedelta(minutes=15)
    assert parsed(rss("<title>x</title>", head="<ttl>999999</ttl>")).ttl == timedelta(days=1)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk" xml:base="https://lantern.example/news/">
<title>Lantern</title><link rel="hub" href="https://hub.example/"/><link rel="self" href="https://lantern.example/feeds/all.xml"/>
<entry><id>urn:1</id><title type="html">Cap &amp;amp; term</title><link href="../a/1"/><updated>2026-02-09T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>First <em>words</em>.</p><ul><li>Item</li></ul></div></content></entry></feed>"""


def test_an_atom_feed_with_xhtml_and_a_base_keeps_paragraphs_and_finds_its_links() -> None:
    document = parsed(ATOM)
    entry = only(document)
    assert (entry.title, entry.content, entry.url) == (
        "Cap & term",
        "First words.\n\nItem",
        "https://lantern.example/a/1",
    )
    assert document.hub == "https://hub.example/" and document.self_url == URL
    assert entry.published == entry.updated == datetime(2026, 2, 9, 10, 0, tzinfo=UTC)
    assert entry.date_note == "taken from updated"


def test_an_rdf_feed_of_the_old_kind_is_read() -> None:
    entry = only(
        parsed(
            '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>L</title></channel><item rdf:about="u">'
            "<title>Cap</title><link>https://lantern.example/1</link><dc:date>2026-02-09T10:00:00+02:00</dc:date></item></rdf:RDF>"
        )
    )
    assert entry.published == datetime(2026, 2, 9, 8, 0, tzinfo=UTC) and entry.url == "https://lantern.example/1"


def test_an_rss_of_1999_without_version_words_is_read() -> None:
    assert (
        only(
            parsed("<rss version='0.91'><channel><title>L</title><item><title>Cap</title></item></channel></rss>")
        ).title
        == "Cap"
    )


def json_feed(*items: dict[str, object], **head: object) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "Lantern & co", "items": items} | head,
        ensure_ascii=False,
    )


def test_a_json_feed_is_read_with_html_and_plain_texts() -> None:
    document = parsed(
        json_feed(
            {
                "id": 7,
                "url": "/a/7",
                "title": "5 < 6",
                "content_html": "<p>One.</p><p>Two.</p>",
                "date_published": "2026-02-09T10:00:00Z",
            },
            {"id": "8", "content_text": "Line <one>\nLine two", "language": "uk-UA"},
            language="en",
        ),
        "application/feed+json",
    )
    first, second = document.entries
    assert (first.title, first.content, first.url) == ("5 < 6", "One.\n\nTwo.", "https://lantern.example/a/7")
    assert (
        second.content == "Line <one>\n\nLine two" and second.language == "uk" and second.date_note == "no date stated"
    )
    assert document.title == "Lantern & co" and document.language == "en"


@pytest.mark.parametrize("items", ["[", "[null, 3, {}]", '[{"id": {"a": 1}, "title": ["x"]}]', "[" * 100_000])
def test_a_json_feed_with_absurd_items_loses_those_only_or_is_called_broken(items: str) -> None:
    body = f'{{"version":"https://jsonfeed.org/version/1","items":{items}'
    assert outcome(body + "}") in ((), Trouble.BROKEN_FEED)


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


# ── identity ──


def test_a_new_guid_at_every_fetch_still_names_the_same_article_and_text() -> None:
    one, two = (
        only(parsed(rss(f"<title>Cap</title><link>https://lantern.example/1</link><guid>{guid}</guid>")))
        for guid in ("a1", "b2")
    )
    assert one.url == two.url and one.content_hash == two.content_hash


def test_an_edited_text_keeps_its_identity_and_changes_its_hash() -> None:
    one, two = (only(parsed(rss(f"<title>{title}</title><guid>n-1</guid>"))) for title in ("Cap of 600", "Cap of 800"))
    assert one.id == two.id and one.content_hash != two.content_hash


def test_a_guid_used_for_every_item_does_not_melt_them_into_one() -> None:
    items = [
        f"<title>S{number}</title><guid>same</guid><link>https://lantern.example/{number}</link>" for number in range(3)
    ]
    assert len({entry.id for entry in parsed(rss(*items)).entries}) == 3


def test_an_item_told_twice_in_one_document_is_one_entry() -> None:
    document = parsed(
        rss(
            "<title>Cap</title><guid>n-1</guid>",
            "<title>Other</title><guid>n-2</guid>",
            "<title>Cap</title><guid>n-1</guid>",
        )
    )
    assert [entry.title for entry in document.entries] == ["Cap", "Other"] and document.dropped == 1


def test_without_guid_the_link_names_an_entry_and_tracking_does_not_change_it() -> None:
    one, two = (
        only(parsed(rss(f"<title>{mark}</title><link>https://lantern.example/1?utm_campaign={mark}</link>")))
        for mark in "ab"
    )
    assert one.id == two.id
    bare = only(parsed(rss("<title>Only words</title>")))
    assert bare.id.startswith("c-") and bare.url == ""


def test_items_that_say_nothing_are_dropped_and_counted() -> None:
    document = parsed(rss("<guid>1</guid>", "<title> </title>", "<title>Cap</title>"))
    assert len(document.entries) == 1 and document.dropped == 2


# ── dates ──


@pytest.mark.parametrize(
    ("stated", "at", "note"),
    [
        ("Mon, 09 Feb 2026 10:00:00 EET", "2026-02-09T08:00", ""),
        ("Mon, 09 Feb 2026 10:00:00 MSK", "2026-02-09T07:00", ""),
        ("Пн, 09 лют 2026 10:00:00 +0200", "2026-02-09T08:00", ""),
        ("9 февраля 2026 г., 10:00", "2026-02-09T10:00", "no zone stated, read as UTC"),
        ("2026-02-09 10:00:00", "2026-02-09T10:00", "no zone stated, read as UTC"),
        ("2026-02-09", "2026-02-09T00:00", "no time stated, read as UTC"),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None, "implausible date: 1970-01-01"),
        ("Mon, 09 Feb 2032 10:00:00 GMT", None, "date in the future: 2032-02-09T10:00Z"),
        ("Tue, 10 Feb 2026 12:10:00 GMT", "2026-02-10T12:10", ""),
        ("the other day", None, "unreadable date: the other day"),
        ("", None, "no date stated"),
    ],
)
def test_a_date_is_sane_or_its_absence_has_a_reason(stated: str, at: str | None, note: str) -> None:
    entry = only(parsed(rss(f"<title>Cap</title><pubDate>{stated}</pubDate>")))
    assert entry.date_note == note
    assert entry.published == (datetime.fromisoformat(f"{at}+00:00") if at else None)


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


def entity_bomb() -> str:
    layers = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{layers}]><rss version="2.0"><channel><item><title>&l11;</title></item></channel></rss>'


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "body",
    [
        entity_bomb(),
        "<rss><channel>" + "<a>" * 50_000,
        "<rss><channel><item><description>" + "&lt;!--" * 60_000 + "</description></item></channel></rss>",
        "<rss><channel><item><description>" + "<![CDATA[" * 50_000,
        "<rss><channel><item><title>" + "<" * 200_000,
        "<!DOCTYPE [" * 50_000 + "<rss>",
        "<rss><channel>" + "<item><title>x</title></item>" * 30_000 + "</channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='xhtml'>"
        + "<div xmlns='http://www.w3.org/1999/xhtml'>" * 10_000,
    ],
    ids=["entities", "nesting", "comments", "cdata", "brackets", "doctypes", "many items", "xhtml nesting"],
)
def test_a_document_made_to_stall_us_ends_soon(body: str) -> None:
    found = outcome(body)
    assert found in (Trouble.BROKEN_FEED, Trouble.NOT_A_FEED) or len(found) <= 2_000


def test_more_items_than_anybody_reads_are_cut_and_counted() -> None:
    document = parsed(rss(*(f"<title>S{number}</title>" for number in range(2_050))))
    assert len(document.entries) == 2_000 and document.dropped == 50 and document.title == "Lantern"


async def test_reading_happens_beside_the_event_loop_and_gives_the_same() -> None:
    reader = DocumentReader(now=lambda: NOW)
    document = await reader.read(a_feed(id="lantern"), fetched(rss("<title>Cap</title>")))
    assert document == parsed(rss("<title>Cap</title>"))
    with pytest.raises(SourceError):
        await reader.read(a_feed(), fetched("<html></html>"))


async def test_a_document_that_takes_too_long_is_given_up() -> None:
    reader = DocumentReader(now=lambda: NOW, patience=timedelta(milliseconds=1))
    slow = fetched(rss(*(f"<title>S{number}</title>" for number in range(500))))
    with pytest.raises(SourceError) as raised:
        await reader.read(a_feed(), slow)
    assert raised.value.trouble is Trouble.BROKEN_FEED and "too long" in raised.value.detail
