"""Formats of feeds, old and odd: what a reader would miss if they were read by the letter only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model.errors import Trouble
from tests.unit.feeds.documents import URL, atom, json_feed, only, outcome, parsed, rss


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


def test_an_rss_of_netscape_keeps_its_items_although_it_declares_no_more_than_a_title_and_a_link() -> None:
    entry = only(
        parsed(
            '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">'
            "<channel><title>L</title></channel><item><title>Cap</title><link>https://lantern.example/1</link></item></rdf:RDF>"
        )
    )
    assert (entry.title, entry.url) == ("Cap", "https://lantern.example/1")


@pytest.mark.parametrize("version", ["0.91", "0.92", "0.93", "2.0", "2.0.1", "", "7"])
def test_an_rss_of_any_version_is_read(version: str) -> None:
    body = f"<rss version='{version}'><channel><title>L</title><item><title>Cap</title></item></channel></rss>"
    assert only(parsed(body)).title == "Cap"


def test_an_atom_of_2003_keeps_its_dates_under_their_old_names() -> None:
    body = (
        '<?xml version="1.0"?><feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>L</title><entry><id>tag:1</id>'
        '<title>Cap</title><link rel="alternate" href="https://lantern.example/1"/><issued>2026-02-09T10:00:00Z</issued>'
        '<modified>2026-02-09T11:00:00Z</modified><content type="text/html" mode="escaped">&lt;p&gt;One.&lt;/p&gt;</content></entry></feed>'
    )
    entry = only(parsed(body))
    assert (entry.content, entry.url) == ("One.", "https://lantern.example/1")
    assert (entry.published, entry.updated) == (
        datetime(2026, 2, 9, 10, tzinfo=UTC),
        datetime(2026, 2, 9, 11, tzinfo=UTC),
    )


def test_base64_content_of_an_old_atom_is_no_rubbish_in_the_text() -> None:
    body = atom(
        '<id>1</id><title>Cap</title><content type="application/octet-stream" mode="base64">'
        + "VGhlIGFybXkgd291bGQgY291bnQgODAwLDAwMCBtZW4sIHNheXMgdGhlIGRyYWZ0IHRoYXQgTGFudGVybiBzYXcgb24gTW9uZGF5Lg=="
        + "</content>"
    )
    assert "800,000 men" in only(parsed(body)).content


@pytest.mark.parametrize(
    ("base", "entry_base", "href", "link"),
    [
        ("", "", "a/1", "https://lantern.example/feeds/a/1"),
        ("", "", "/a/1", "https://lantern.example/a/1"),
        ("https://kestrel.example/news/", "", "a/1", "https://kestrel.example/news/a/1"),
        ("https://kestrel.example/news/", "archive/", "a/1", "https://kestrel.example/news/archive/a/1"),
        ("/news/", "", "a/1", "https://lantern.example/news/a/1"),
        ("", "https://kestrel.example/b/", "a/1", "https://kestrel.example/b/a/1"),
        ("javascript:alert(1)//", "", "/a/1", "https://lantern.example/a/1"),
    ],
)
def test_a_relative_link_is_found_from_the_nearest_base(base: str, entry_base: str, href: str, link: str) -> None:
    entry = f'<id>1</id><title>Cap</title><link href="{href}"/>'
    body = atom(entry, attributes=f'xml:base="{base}"' if base else "")
    body = body.replace("<entry>", f'<entry xml:base="{entry_base}">') if entry_base else body
    assert only(parsed(body)).url == link


def test_a_film_channel_has_its_description_for_a_teaser() -> None:
    body = atom(
        "<id>yt:video:1</id><title>Briefing</title><link rel='alternate' href='https://films.example/watch?v=1'/>"
        "<media:group><media:title>Briefing</media:title><media:content url='https://films.example/v/1' type='application/x-shockwave-flash'/>"
        "<media:thumbnail url='https://films.example/1.jpg'/><media:description>What the ministers said.</media:description></media:group>",
        attributes='xmlns:media="http://search.yahoo.com/mrss/"',
    )
    entry = only(parsed(body))
    assert (entry.title, entry.summary, entry.content) == ("Briefing", "What the ministers said.", "")


def test_the_caption_of_a_picture_is_not_taken_for_the_article() -> None:
    caption = "<media:content url='https://lantern.example/1.jpg'><media:description type='plain'>Ministers on the steps of the palace, photographed by X.</media:description></media:content>"
    entry = only(parsed(rss(f"<title>Cap</title><description>Teaser.</description>{caption}")))
    assert (entry.summary, entry.content) == ("Teaser.", "")


def test_a_caption_before_the_teaser_does_not_take_its_place() -> None:
    caption = "<media:content url='https://lantern.example/1.jpg'><media:title>Steps</media:title><media:description>Steps of the palace.</media:description></media:content>"
    entry = only(parsed(rss(f"{caption}<title>Cap</title><description>Teaser.</description>")))
    assert (entry.title, entry.summary, entry.content) == ("Cap", "Teaser.", "")


@pytest.mark.parametrize("tag", ["yandex:full-text", "full-text", "fulltext"])
def test_the_full_text_that_outlets_give_to_aggregators_is_used(tag: str) -> None:
    entry = only(
        parsed(
            rss(
                f"<title>Cap</title><description>Teaser.</description><{tag}>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</{tag}>"
            )
        )
    )
    assert (entry.summary, entry.content) == ("Teaser.", "One.\n\nTwo.")


def test_a_text_given_as_teaser_and_as_article_is_told_once() -> None:
    text = "<p>" + "The army would count 800,000 men. " * 8 + "</p>"
    for dressed in (f"<![CDATA[{text}]]>", text.replace("<", "&lt;")):
        entry = only(
            parsed(
                rss(
                    f"<title>Cap</title><description>{dressed}</description><content:encoded>{dressed}</content:encoded>"
                )
            )
        )
        assert entry.summary == "" and entry.content.startswith("The army")


def test_dublin_core_gives_date_and_language() -> None:
    entry = only(
        parsed(rss("<title>Cap</title><dc:date>2026-02-09T10:00:00+02:00</dc:date><dc:language>uk</dc:language>"))
    )
    assert entry.published == datetime(2026, 2, 9, 8, tzinfo=UTC) and entry.date_note == "taken from updated"
    assert parsed(rss("<title>x</title>", head="<dc:language>uk-UA</dc:language>")).language == "uk"


def test_a_podcasts_words_are_read_and_its_machinery_is_not() -> None:
    junk = "<itunes:author>A</itunes:author><itunes:duration>12:00</itunes:duration><itunes:explicit>no</itunes:explicit><enclosure url='https://x.example/a.mp3' length='1' type='audio/mpeg'/>"
    entry = only(parsed(rss(f"<title>Cap</title>{junk}<itunes:summary>What it says.</itunes:summary>")))
    assert (entry.title, entry.summary or entry.content) == ("Cap", "What it says.")


def test_the_real_address_behind_a_feed_proxy_is_used_where_it_is_told() -> None:
    entry = only(
        parsed(
            rss(
                "<title>Cap</title><link>http://feedproxy.example/~r/1</link><feedburner:origLink>https://lantern.example/1</feedburner:origLink>"
            )
        )
    )
    assert entry.url == "https://lantern.example/1"


def test_names_under_unusual_prefixes_mean_the_same() -> None:
    body = (
        '<?xml version="1.0"?><a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>L</a:title><a:entry><a:id>1</a:id><a:title>Cap</a:title>'
        '<a:link href="https://lantern.example/1"/><a:updated>2026-02-09T10:00:00Z</a:updated><a:summary>Teaser.</a:summary></a:entry></a:feed>'
    )
    entry = only(parsed(body))
    assert (entry.title, entry.url, entry.summary) == ("Cap", "https://lantern.example/1", "Teaser.")
    odd = rss("<title>Cap</title><c:encoded>&lt;p&gt;One.&lt;/p&gt;</c:encoded>").replace(
        "<item>", '<item xmlns:c="http://purl.org/rss/1.0/modules/content/">'
    )
    assert only(parsed(odd)).content == "One."
    net = rss("<title>Cap</title><a10:updated>2026-02-09T10:00:00Z</a10:updated>")
    assert only(parsed(net)).updated == datetime(2026, 2, 9, 10, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/octet-stream", "", "image/png"])
def test_a_feed_served_under_a_wrong_name_is_read(kind: str) -> None:
    assert only(parsed(rss("<title>Cap</title>"), kind)).title == "Cap"


@pytest.mark.parametrize(
    "noise",
    [
        "\n\n   ",
        "\ufeff\n",
        "<b>Warning</b>: Undefined variable $x in <b>/var/www/x.php</b> on line <b>3</b><br />\n",
        "PHP Notice:  A & B < C in /x.php\n",
        "<!-- cached by something -->\n",
        "Deprecated: x <?php ?>\n",
    ],
)
def test_what_a_server_prints_before_the_feed_does_not_hide_it(noise: str) -> None:
    assert only(parsed(noise + rss("<title>Cap</title>"))).title == "Cap"


@pytest.mark.parametrize("junk", ["<script>x</script>", "<!-- 0.2 s -->", "\n<br>done & dusted", "</div>", "\x00\x00"])
def test_what_a_server_prints_behind_the_feed_does_not_hide_it(junk: str) -> None:
    assert [entry.title for entry in parsed(rss("<title>Cap</title>", "<title>Term</title>") + junk).entries] == [
        "Cap",
        "Term",
    ]


def test_what_was_whole_before_the_connection_broke_is_read_and_the_rest_is_left_for_the_next_visit() -> None:
    items = [
        f"<title>S{number}</title><description><![CDATA[<p>{'Words. ' * 40}</p>]]></description>" for number in range(4)
    ]
    body = rss(*items)
    starts = [body.index(f"S{number}") for number in range(4)] + [len(body)]
    for cut in range(starts[1], len(body), 37):
        whole = sum(start <= cut for start in starts[1:]) - (
            cut < body.index("</item>", starts[sum(s <= cut for s in starts) - 1])
        )
        titles = [entry.title for entry in parsed(body[:cut]).entries]
        assert titles == [f"S{number}" for number in range(len(titles))] and len(titles) >= max(1, whole)


def test_markup_that_nobody_escaped_is_read_all_the_same() -> None:
    entry = only(
        parsed(rss("<title>Cap</title><description><p>One <b>bold</b> word.</p><p>Two.<br>Three.</description>"))
    )
    assert "One bold word." in entry.summary and "Three." in entry.summary


def test_sections_that_hold_the_end_of_sections_are_put_together() -> None:
    inside = "x]]]]><![CDATA[>y <b>z</b>"
    assert only(parsed(rss(f"<title><![CDATA[{inside}]]></title>"))).title == "x]]>y z"


def test_comments_are_not_read_even_those_that_hold_items() -> None:
    hidden = "<!-- <item><title>Hidden</title></item> <![CDATA[ -->"
    assert [e.title for e in parsed(rss("<title>Cap</title>", head=hidden)).entries] == ["Cap"]
    shown = "<![CDATA[<p>One.</p><!-- cut --><p>Two.</p>]]>"
    assert only(parsed(rss(f"<title>Cap</title><description>{shown}</description>"))).summary == "One.\n\nTwo."


def test_what_a_json_feed_cannot_ask_of_a_poller_is_ignored() -> None:
    """`expired` only says that nothing new will come, `next_url` leads into the archive, names with `_` are private."""
    document = parsed(
        json_feed({"id": "1", "content_text": "x", "_secret": 1}, expired=True, next_url="https://x.example/2", _x={})
    )
    assert only(document).content == "x"


def test_a_json_feed_of_version_one_names_hub_self_and_external_links() -> None:
    document = parsed(
        json_feed(
            {"id": "1", "title": "Cap", "external_url": "https://kestrel.example/1"},
            version="https://jsonfeed.org/version/1",
            hubs=[{"type": "rssCloud"}, {"type": "WebSub", "url": "https://hub.example/"}],
            feed_url="https://lantern.example/feed.json?x=utm",
        )
    )
    assert only(document).url == "https://kestrel.example/1"
    assert (document.hub, document.self_url) == ("https://hub.example/", "https://lantern.example/feed.json?x=utm")


@pytest.mark.parametrize("hub", ["javascript:x", "ftp://x.example/", "http://[", None, {}])
def test_a_hub_that_is_no_web_address_is_none(hub: object) -> None:
    assert parsed(json_feed(hubs=[{"type": "WebSub", "url": hub}], feed_url=hub)).hub is None
    head = f'<atom:link rel="hub" href="{hub}"/>' if isinstance(hub, str) and "[" not in hub else ""
    assert parsed(rss(head=head)).hub is None
