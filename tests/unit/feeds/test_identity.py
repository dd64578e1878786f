"""Which item is which: what would be told twice, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.feeds.parse import parsed_feed
from bot.model.feeds import FeedId
from tests.unit.feeds.documents import NOW, URL, atom, fetched, json_feed, only, parsed, rss


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


LINK = "<link>https://lantern.example/1</link>"


def ids(*items: str) -> list[str]:
    return [entry.id for entry in parsed(rss(*items)).entries]


def test_white_space_in_a_guid_makes_no_second_article() -> None:
    assert len(ids("<title>Cap</title><guid>n 1</guid>", "<title>Cap</title><guid>\n n\t1 </guid>")) == 1


def test_the_case_of_a_guid_may_be_all_that_tells_two_articles_apart() -> None:
    assert len(ids("<title>Cap</title><guid>yt:AbC</guid>", "<title>Term</title><guid>yt:aBc</guid>")) == 2


def test_the_same_words_at_the_same_link_are_one_article_whatever_the_guids_say() -> None:
    document = parsed(
        rss(
            f"<title>Cap</title>{LINK}<guid>N-1</guid>",
            f"<title>Cap</title>{LINK.replace('https', 'http')}<guid>n-1</guid>",
        )
    )
    assert len(document.entries) == 1 and document.dropped == 1


def test_two_stories_at_one_link_stay_two() -> None:
    """A live page, or a front page that a careless feed links to."""
    assert len(ids(f"<title>Cap</title>{LINK}<guid>1</guid>", f"<title>Term</title>{LINK}<guid>2</guid>")) == 2


def told(cap: str, hour: str) -> str:
    return f"<id>1</id><title>Cap of {cap}</title><updated>2026-02-09T{hour}:00:00Z</updated>"


def test_an_item_repeated_with_a_later_update_is_told_as_updated() -> None:
    for items in ((told("600", "10"), told("800", "11")), (told("800", "11"), told("600", "10"))):
        assert only(parsed(atom(*items))).title == "Cap of 800"


@pytest.mark.parametrize("permalink", ["", ' isPermaLink="true"', ' isPermaLink="false"'])
def test_a_guid_that_is_no_address_is_not_made_a_link(permalink: str) -> None:
    entry = only(parsed(rss(f"<title>Cap</title><guid{permalink}>n-1</guid>")))
    assert entry.url == "" and entry.id.startswith("g-")


@pytest.mark.parametrize(
    ("permalink", "url"),
    [
        ("", "https://lantern.example/1"),
        (' isPermaLink="true"', "https://lantern.example/1"),
        (' isPermaLink="false"', ""),
    ],
)
def test_a_guid_that_is_an_address_is_the_link_unless_it_says_that_it_is_none(permalink: str, url: str) -> None:
    assert (
        only(parsed(rss(f"<title>Cap</title><guid{permalink}>https://lantern.example/1?utm_source=rss</guid>"))).url
        == url
    )


def test_a_link_goes_before_a_guid_that_is_an_address_in_either_order() -> None:
    guid = "<guid>https://lantern.example/?p=1</guid>"
    for item in (f"<title>Cap</title>{LINK}{guid}", f"<title>Cap</title>{guid}{LINK}"):
        assert only(parsed(rss(item))).url == "https://lantern.example/1"


def test_an_identity_does_not_hang_on_the_address_the_feed_is_read_from() -> None:
    body = rss("<title>Cap</title><guid>n-1</guid>", "<title>Term</title><guid>/n/2</guid>")
    moved = replace(fetched(body), final_url=URL.replace("lantern", "kestrel"))
    assert [entry.id for entry in parsed_feed(moved, FeedId("lantern"), NOW).entries] == [
        entry.id for entry in parsed(body).entries
    ]


def test_an_article_with_a_title_only_or_a_text_only_is_one() -> None:
    assert only(parsed(rss("<title>Cap</title>"))).title == "Cap"
    entry = only(parsed(rss("<description>Only a teaser.</description>")))
    assert (entry.title, entry.summary) == ("", "Only a teaser.")


def test_a_bare_link_says_nothing_and_is_counted_as_left_out() -> None:
    document = parsed(rss(LINK, "<title>Cap</title>"))
    assert len(document.entries) == 1 and document.dropped == 1


def test_json_items_without_id_are_known_by_their_links() -> None:
    one, two = parsed(json_feed({"url": "/1", "title": "Cap"}, {"url": "/2", "title": "Cap"})).entries
    assert one.id != two.id and one.id.startswith("l-")
