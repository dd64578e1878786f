"""Exchanging lists of feeds: what an operator would lose on the way, or be tricked into. All samples are invented."""

from __future__ import annotations

import random
import time

import pytest

from bot.feeds.opml import MOST_FEEDS, OpmlList, read_opml, write_opml
from bot.model.errors import SourceError, Trouble
from bot.services.sites import new_feed

TOPICS = {"one": "one", "the first plan": "one", "two": "two"}
FEEDS = (
    new_feed(
        "https://a.example/feed?x=1&y=2",
        name="A & <B> “quoted” &amp;",
        language="uk",
        topics=("one", "two"),
        official=True,
    ),
    new_feed("https://b.example/feed", name="Бе ’", language="en"),
    new_feed("https://c.example/feed", topics=("one",)),
    new_feed("http://192.168.1.9:8080/rss", name="At home", official=True),
)


def a_list(outlines: str, head: str = "<?xml version='1.0'?>") -> OpmlList:
    return read_opml(f"{head}<opml version='2.0'><head/><body>{outlines}</body></opml>".encode(), topics=TOPICS)


def shape(listed: OpmlList) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(feed.url, feed.name, feed.topics) for feed in listed.feeds]


def test_a_list_comes_back_as_it_went_out() -> None:
    for topics in (None, TOPICS):
        again = read_opml(write_opml(FEEDS).encode(), topics=topics)
        assert sorted(again.feeds, key=lambda feed: feed.url) == sorted(FEEDS, key=lambda feed: feed.url)
        assert (again.folders, again.refused, again.repeated, again.damaged) == ((), 0, 0, False)


def test_any_list_of_ours_comes_back_whole_and_writes_the_same_again() -> None:
    chance = random.Random(3)
    letters = "aя<>&\"' ]]>—é日"
    feeds = [
        new_feed(
            f"https://o{number}.example/{chance.choice(letters[:2])}?q={number}&amp={number}",
            name=" ".join("".join(chance.choices(letters, k=12)).split()),
            language=chance.choice((None, "en", "uk", "pl")),
            topics=sorted(chance.sample(("one", "two", "three & <four>"), chance.randint(0, 3))),
            official=chance.random() < 0.3,
        )
        for number in range(300)
    ]
    written = write_opml(feeds)
    again = read_opml(written.encode())
    assert {feed.url: (feed, set(feed.topics)) for feed in again.feeds} == {
        feed.url: (feed, set(feed.topics)) for feed in feeds
    }
    assert sorted(write_opml(again.feeds).splitlines()) == sorted(written.splitlines())


def test_folders_that_are_no_topic_are_ignored_and_named() -> None:
    listed = a_list(
        "<outline text='News'><outline text='One'><outline type='rss' text='A' xmlUrl='a.example/feed'/></outline></outline>"
        "<outline text='Sport'><outline type='rss' text='B' xmlUrl='https://b.example/feed'/></outline>"
    )
    assert shape(listed) == [("https://a.example/feed", "A", ("one",)), ("https://b.example/feed", "B", ())]
    assert listed.folders == ("News", "Sport")


def test_a_topics_name_does_as_well_as_its_id_and_a_feed_in_two_folders_gets_both() -> None:
    feed = "<outline type='rss' text='A' xmlUrl='https://a.example/feed'/>"
    twin = "<outline type='rss' text='A' xmlUrl='http://www.a.example/feed/?utm_source=x'/>"
    listed = a_list(f"<outline title='The first PLAN'>{feed}</outline><outline text='two'>{twin}</outline>{twin}")
    assert shape(listed) == [("https://a.example/feed", "A", ("one", "two"))]
    assert listed.repeated == 1


def test_without_topics_every_folder_is_one() -> None:
    opml = (
        b"<opml><body><outline text='News'><outline text='X'><outline xmlUrl='https://a.example/'/></outline></outline>"
    )
    assert read_opml(opml).feeds[0].topics == ("News", "X")


FEEDLY = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Olena subscriptions in feedly Cloud</title></head><body>
<outline text="one" title="one"><outline type="rss" text="Lantern" title="Lantern" xmlUrl="https://a.example/feed" htmlUrl="https://a.example"/></outline>
<outline text="Наука" title="Наука"><outline type="rss" text="Зоря" title="Зоря" xmlUrl="https://b.example/rss?a=1&amp;b=2" htmlUrl="https://b.example"/></outline>
</body></opml>"""
INOREADER = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Subscriptions from Inoreader</title></head><body>
<outline text="one" title="one">
  <outline text="Lantern" title="Lantern" type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/"/>
</outline>
<outline text="Зоря" title="Зоря" type="rss" xmlUrl="https://b.example/rss?a=1&amp;b=2" htmlUrl="https://b.example/"/>
<outline text="All of it" title="All of it" type="link" url="https://c.example/not-a-feed"/>
</body></opml>"""
FRESHRSS = """<?xml version="1.0" encoding="UTF-8"?>
<opml xmlns:frss="https://freshrss.org/opml" version="2.0"><head><title>FreshRSS</title><dateCreated>Mon, 05 Jan 2026 08:00:00</dateCreated></head><body>
<outline text="one" frss:opmlUrl="https://lists.example/more.opml">
  <outline text="Lantern" type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" description="News" frss:priority="main"/>
</outline>
<outline text="Без категорії"><outline text="Зоря" type="HTML+XPath" xmlUrl="https://b.example/rss?a=1&amp;b=2" frss:xPathItem="//article"/></outline>
</body></opml>"""
MINIFLUX = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Miniflux</title></head><body>
    <outline text="one"><outline title="Lantern" text="Lantern" xmlUrl="https://a.example/feed" htmlUrl="https://a.example" description=""></outline></outline>
    <outline text="All"><outline title="Зоря" text="Зоря" xmlUrl="https://b.example/rss?a=1&amp;b=2" htmlUrl="https://b.example"></outline></outline>
</body></opml>"""
NEWSBOAT = """<?xml version="1.0"?>
<opml version="1.0"><head><title>newsboat - Exported Feeds</title></head><body>
  <outline type="rss" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" title="Lantern" category="one"/>
  <outline type="rss" xmlUrl="https://b.example/rss?a=1&amp;b=2" htmlUrl="https://b.example/" title="Зоря"/>
  <outline type="rss" xmlUrl="query:Unread:unread = &quot;yes&quot;" title="Unread"/>
  <outline type="rss" xmlUrl="exec:~/bin/feed.sh" title="Script"/>
  <outline type="rss" xmlUrl="file:///srv/feed.xml" title="File"/>
</body></opml>"""


@pytest.mark.parametrize(
    ("exported", "folders", "refused"),
    [
        (FEEDLY, ("Наука",), 0),
        (INOREADER, (), 0),
        (FRESHRSS, ("Без категорії",), 0),
        (MINIFLUX, ("All",), 0),
        (NEWSBOAT, (), 3),
    ],
    ids=["feedly", "inoreader", "freshrss", "miniflux", "newsboat"],
)
def test_what_another_reader_exports_arrives_whole(exported: str, folders: tuple[str, ...], refused: int) -> None:
    listed = read_opml(exported.encode(), topics=TOPICS)
    assert shape(listed) == [
        ("https://a.example/feed", "Lantern", ("one",)),
        ("https://b.example/rss?a=1&b=2", "Зоря", ()),
    ]
    assert (listed.folders, listed.refused, listed.damaged) == (folders, refused, False)


def test_exporters_that_cannot_write_xml_lose_no_half_of_an_address() -> None:
    listed = a_list(
        "<outline TEXT='Tea & cake' XMLURL='https://a.example/?x=1&y=2&copy=3'/><outline xmlUrl='feed://b.example/'/>"
    )
    assert shape(listed) == [("https://a.example/?x=1&y=2&copy=3", "Tea & cake", ()), ("http://b.example/", "", ())]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251", "koi8-u"])
@pytest.mark.parametrize("declared", [True, False])
def test_names_survive_the_encodings_lists_are_found_in(encoding: str, declared: bool) -> None:
    head = f"<?xml version='1.0' encoding='{encoding.removesuffix('-sig')}'?>" if declared else ""
    text = f"{head}<opml><body><outline text='Українська правда й новини світу' xmlUrl='https://a.example/'/></body></opml>"
    assert read_opml(text.encode(encoding)).feeds[0].name == "Українська правда й новини світу"


def test_a_broken_list_gives_what_can_be_read_and_says_that_it_is_broken() -> None:
    listed = read_opml(
        b"<opml><body><outline text='A' xmlUrl='https://a.example/'/><outline text='B' xmlUrl='https://b.ex"
    )
    assert [feed.name for feed in listed.feeds] == ["A"] and listed.damaged
    assert not a_list("<outline text='A' xmlUrl='https://a.example/'/>").damaged


def test_a_hostile_list_brings_in_no_files_no_other_addresses_and_no_flood() -> None:
    opml = (
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY e SYSTEM "file:///etc/passwd"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<opml version='2.0'><body><outline text='&e;&b;' xmlUrl='file:///etc/passwd'/><outline text='x' xmlUrl='javascript:alert(1)'/>"
        "<outline text='x' xmlUrl='data:text/xml,x'/><outline type='include' url='https://elsewhere.example/list.opml'/>"
        f"<outline text='\x1b[31mred\u202e {'n' * 10_000}' xmlUrl='https://ok.example/'/><outline xmlUrl='https://ok.example/?utm_source=x'/>"
        + "<outline text='deep'>"
        * 5_000
    )
    listed = read_opml(opml.encode())
    (feed,) = listed.feeds
    assert feed.url == "https://ok.example/" and len(feed.name) <= 200
    assert "\x1b" not in feed.name and "\u202e" not in feed.name
    assert listed.refused == 3 and listed.damaged


def test_entities_never_grow() -> None:
    lol = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 12))
    for opml in (
        f"<!DOCTYPE opml [<!ENTITY l0 'lol'>{lol}]><opml><body><outline text='&l11;' xmlUrl='https://a.example/'/></body></opml>",
        f"<opml><!DOCTYPE opml [<!ENTITY l0 'lol'>{lol}]><body><outline text='&l11;' xmlUrl='https://a.example/'/></body></opml>",
    ):
        assert all(len(feed.name) < 20 for feed in read_opml(opml.encode()).feeds)


def test_a_hundred_thousand_outlines_are_taken_up_to_the_limit_and_the_rest_is_counted() -> None:
    rows = "".join(f"<outline text='{n}' type='rss' xmlUrl='https://a{n % 90_000}.example/'/>" for n in range(100_000))
    began = time.process_time()
    listed = a_list(rows)
    assert len(listed.feeds) == MOST_FEEDS and listed.over == 70_000 and listed.repeated == 10_000
    assert time.process_time() - began < 20  # about 3 s


def test_private_addresses_may_be_listed_since_they_are_refused_when_dialled() -> None:
    assert [feed.url for feed in a_list("<outline xmlUrl='http://127.0.0.1/feed'/>").feeds] == ["http://127.0.0.1/feed"]


def test_an_older_list_of_ours_keeps_its_languages() -> None:
    listed = a_list("<outline text='A' xmlUrl='https://a.example/' category='lang-uk,official'/>")
    assert [(feed.language, feed.official, feed.topics) for feed in listed.feeds] == [("uk", True, ())]


@pytest.mark.parametrize(
    ("document", "trouble"),
    [
        (b"", Trouble.NOT_A_FEED),
        (b"<rss/>", Trouble.NOT_A_FEED),
        (b"https://lantern.example/list", Trouble.NOT_A_FEED),
        (b" " * 20_000_001, Trouble.TOO_LARGE),
    ],
)
def test_what_is_no_list_is_said(document: bytes, trouble: Trouble) -> None:
    with pytest.raises(SourceError) as raised:
        read_opml(document, name="my.opml")
    assert raised.value.trouble is trouble and raised.value.url == "my.opml"
