"""Article pages over the wire, from a feed's entry to the stored article: real server, fetcher, extractor and store.

Each scenario is what a server does with the page of one entry, and where the article's text is said to come from then.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.feeds.extract import PageExtractor
from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.parse import DocumentReader
from bot.model.feeds import Article
from bot.ports import Plan
from bot.services.collect import Collector
from bot.services.opening import LATER, article_id
from bot.services.sites import new_feed
from bot.services.study import Study
from bot.store import SqlStore, open_store
from tests.builders import DAY, HOUR, NOON, an_entry
from tests.contracts.feed_server import FeedServer, Scene, answer, endless, hang_up, raw, redirect, rss, silent
from tests.doubles import MovableClock, RecordingLog
from tests.unit.feeds.layouts import EN, OTHER, RU, UK, document, p

TEASER = "A draft would keep the paragraph on monitoring, officials said."
HTML = "text/html; charset=utf-8"


def page(html: str | bytes, *, status: int = 200, kind: str = HTML, length: int | None = None, **headers: str) -> Scene:
    """A page as a server sends it."""
    body = html.encode() if isinstance(html, str) else html
    return answer(body, status=status, length=length, Content_Type=kind, **headers)


def article(*texts: str, head: str = "", language: str = "en") -> str:
    return document(f"<article><h1>Monitoring</h1>{p(*texts)}</article>", head=head, language=language)


def item(link: str, guid: str = "g", text: str = TEASER, title: str = "Monitoring stays") -> str:
    return (
        f"<title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid><description>{text}</description>"
        "<pubDate>Tue, 10 Feb 2026 09:00:00 +0000</pubDate>"
    )


class Desk:
    """Reads feeds and their pages from one server."""

    def __init__(self, server: FeedServer, store: SqlStore, fetcher: HttpFetcher, clock: MovableClock) -> None:
        self.server, self.store, self.clock = server, store, clock
        self.link = f"http://{server.host}:{server.port}/news/monitoring"
        reader, extractor = DocumentReader(now=clock.now), PageExtractor(now=clock.now)
        self.collector = Collector(store=store, fetcher=fetcher, reader=reader, clock=clock)
        self.study = Study(store, (), fetcher, extractor, clock, RecordingLog())

    async def follows(self, path: str, *documents: bytes) -> None:
        """A feed that says these documents, one after the other."""
        url = self.server.says(path, *(answer(each) for each in documents))
        await self.store.apply(Plan(feeds=(new_feed(url, name=path.strip("/").title()),)))

    async def round(self) -> None:
        """Read all feeds, then what they brought."""
        done = await self.collector.round(everything=True)
        assert not done.failed
        studied = await self.study.everything()
        assert not studied.failed

    async def reads(self, *scenes: Scene) -> Article:
        """The article of a feed with one entry whose page is played so."""
        self.server.says("/news/monitoring", *scenes)
        await self.follows("/feed", rss(item(self.link)))
        await self.round()
        return await self.article()

    async def article(self) -> Article:
        found = await self.store.article(article_id(an_entry(url=self.link)))
        assert found is not None
        return found

    @property
    def visits(self) -> int:
        """How often the page was asked for."""
        return self.server.paths.count("/news/monitoring")


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    clock = MovableClock(NOON)
    options = FetchOptions(
        user_agent="planwatch (+mailto:desk@lantern.example)",
        timeout=timedelta(milliseconds=600),
        max_bytes=200_000,
        spacing=timedelta(0),
        allow_private_hosts=("127.77.0.0/16",),
    )
    async with (
        FeedServer() as server,
        open_store("sqlite://", clock=clock) as store,
        HttpFetcher(options, now=clock.now) as fetcher,
    ):
        yield Desk(server, store, fetcher, clock)


PAID = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False","hasPart":{"cssSelector":".rest","isAccessibleForFree":false}}</script>'
SCENARIOS: dict[str, tuple[Scene, str]] = {
    "a paywall stated in linked data": (page(article(*EN[:2], head=PAID)), "feed: paywall"),
    "a paywall in English words": (page(article(EN[0], "Subscribe to continue reading.")), "feed: paywall"),
    "a paywall in Ukrainian words": (page(article(UK[0], "Щоб прочитати далі, оформіть передплату.")), "feed: paywall"),
    "a paywall in Russian words": (page(article(RU[0], "Материал доступен только подписчикам.")), "feed: paywall"),
    "a consent wall": (page("<html><body><p>Before you continue to Lantern, accept all cookies.</p></body></html>"), "feed: consent wall"),
    "a challenge that answers 200": (page("<html><head><title>Just a moment...</title></head><body><p>Checking if the site connection is secure</p></body></html>"), "feed: challenge page"),
    "a challenge that answers 403": (page("<html></html>", status=403, cf_mitigated="challenge"), "feed: page challenge_page 403"),
    "a login page": (page("<html><body><h1>Welcome</h1><input type=password></body></html>"), "feed: login page"),
    "a page that scripts fill": (page("<html><body><div id=root></div><script src=a.js></script></body></html>"), "feed: empty without scripts"),
    "a PDF": (page(b"%PDF-1.7\n...", kind="application/pdf"), "feed: a PDF"),
    "a PDF that is called a page": (page(b"%PDF-1.7\n..."), "feed: a PDF"),
    "a picture": (page(b"\xff\xd8\xff\xe0\x00\x10JFIF", kind="image/jpeg"), "feed: not a web page"),
    "JSON": (page(b'{"title": "Monitoring"}', kind="application/json"), "feed: not a web page"),
    "a feed where a page should be": (page(rss(item("https://lantern.example/1")), kind="text/html"), "feed: not a web page"),
    "a stub": (page(article("Soon more.")), "feed: too little text"),
    "an empty answer": (page(b""), "feed: not a web page"),
    "a page not found that answers 200": (page(document(f"<h1>Page not found</h1>{p(*OTHER)}", title="404")), "feed: page not found"),
    "a page not found": (page(article(*EN), status=404), "feed: page http_status 404"),
    "a page that was taken down": (page(article(*EN), status=410), "feed: page gone 410"),
    "a forbidden page": (page(article(*EN), status=403), "feed: page http_status 403"),
    "a broken server": (page(article(*EN), status=502), "feed: page http_status 502"),
    "a busy server": (page("", status=429, Retry_After="60"), "feed: page rate_limited 429"),
    "a server that keeps silent": (silent, "feed: page timeout"),
    "a connection that breaks off": (hang_up, "feed: page connection"),
    "a server that answers with noise": (raw(b"\x00\x01\x02 noise\r\n\r\n"), "feed: page connection"),
    "a page larger than allowed": (page(article(*EN) + "x" * 300_000), "feed: page too_large"),
    "a page without end": (endless("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>x</p>" * 2_000), "feed: page too_large"),
    "a redirect in a circle": (redirect(302, "/news/monitoring"), "feed: page too_many_redirects"),
    "a redirect to a private address": (redirect(302, "http://10.0.0.1/x"), "feed: page address_refused"),
    "a redirect to another scheme": (redirect(302, "ftp://lantern.example/x"), "feed: page bad_address"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCENARIOS)
async def test_a_page_that_is_not_the_article_leaves_the_feeds_words_and_the_reason(desk: Desk, name: str) -> None:
    scene, text_from = SCENARIOS[name]
    found = await desk.reads(scene)
    assert (found.text_from, found.text, found.version) == (text_from, TEASER, 1)


async def test_an_article_sent_to_the_front_page_takes_nothing_from_there(desk: Desk) -> None:
    desk.server.says("/", page(article(*OTHER)))
    found = await desk.reads(redirect(302, "/"))
    assert (found.text_from, found.text) == ("feed: front page instead", TEASER)


async def test_an_article_sent_to_a_login_page_takes_nothing_from_there(desk: Desk) -> None:
    desk.server.says("/login", page(article(*OTHER)))
    assert (await desk.reads(redirect(302, "/login?next=/news/monitoring"))).text_from == "feed: login page"


async def test_a_page_that_robots_may_not_read_is_not_read(desk: Desk) -> None:
    desk.server.says("/robots.txt", page("User-agent: *\nDisallow: /news/\n", kind="text/plain"))
    found = await desk.reads(page(article(*EN)))
    assert (found.text_from, found.text) == ("feed: page robots", TEASER)
    assert desk.visits == 0


async def test_a_page_is_read_whole(desk: Desk) -> None:
    found = await desk.reads(page(article(*EN)))
    assert (found.text_from, found.text.split("\n\n")) == ("page", list(EN))


async def test_a_page_that_moved_for_good_is_read_at_its_new_address(desk: Desk) -> None:
    desk.server.says("/world/monitoring-stays", page(article(*EN)))
    assert (await desk.reads(redirect(301, "/world/monitoring-stays"))).text_from == "page"


async def test_a_page_in_an_old_encoding_that_nobody_declared_is_readable(desk: Desk) -> None:
    found = await desk.reads(page(article(*UK, language="uk").encode("windows-1251", "replace"), kind="text/html"))
    assert found.text_from == "page" and "Учасники переговорів у Женеві" in found.text


async def test_a_metered_page_that_sends_its_text_is_read(desk: Desk) -> None:
    free = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    assert (await desk.reads(page(article(*EN, head=free)))).text_from == "page"


async def test_a_feed_that_carries_its_articles_costs_their_pages_no_request(desk: Desk) -> None:
    await desk.follows(
        "/feed", rss(item(desk.link, text="".join(f"&lt;p&gt;{text}&lt;/p&gt;" for text in (*EN, *OTHER, *EN))))
    )
    await desk.round()
    assert desk.visits == 0 and (await desk.article()).text_from == "feed"


async def test_an_entry_without_a_link_asks_for_nothing(desk: Desk) -> None:
    await desk.follows(
        "/feed", rss(f"<title>Monitoring</title><guid isPermaLink='false'>x</guid><description>{TEASER}</description>")
    )
    await desk.round()
    assert desk.server.paths == ["/feed"]


async def test_a_feed_that_makes_up_a_guid_at_each_fetch_costs_its_pages_one_request(desk: Desk) -> None:
    desk.server.says("/news/monitoring", page(article(*EN)))
    await desk.follows("/feed", *(rss(item(desk.link, guid=f"made-up-{n}")) for n in range(4)))
    for _ in range(4):
        await desk.round()
        desk.clock.move(DAY)
    assert desk.visits == 1 and (await desk.article()).version == 1


async def test_an_entry_that_comes_back_after_it_was_forgotten_costs_its_page_no_request(desk: Desk) -> None:
    desk.server.says("/news/monitoring", page(article(*EN)))
    other = item(f"{desk.link}-2", guid="g2", text="Another thing.")
    await desk.follows("/feed", rss(item(desk.link)), rss(other), rss(item(desk.link), other))
    for _ in range(3):
        await desk.round()
        desk.clock.move(100 * DAY)
        await desk.store.prune(desk.clock.now())
    assert desk.visits == 1 and (await desk.article()).version == 1


async def test_two_section_feeds_of_one_outlet_are_one_article_and_one_request(desk: Desk) -> None:
    desk.server.says("/news/monitoring", page(article(*EN)))
    front, section = item(desk.link, guid="front"), item(f"{desk.link}?utm_source=rss", guid="section", text="Shorter.")
    await desk.follows("/front", rss(front))
    await desk.follows("/section", rss(section))
    for _ in range(2):
        await desk.round()
    assert desk.visits == 1 and (await desk.article()).version == 1


async def test_an_edit_on_the_page_is_a_version_that_says_what_changed(desk: Desk) -> None:
    desk.server.says("/news/monitoring", page(article(*EN[:4])), page(article(*EN)))
    await desk.follows("/feed", rss(item(desk.link)), rss(item(desk.link, text="More is known now.")))
    await desk.round()
    desk.clock.move(HOUR)
    await desk.round()
    found = await desk.article()
    assert (found.version, found.changed, found.told_at) == (2, "2 added", NOON + HOUR)


async def test_another_teaser_over_the_same_page_is_no_version(desk: Desk) -> None:
    stamped = [page(article(f"Updated {hour}:05", *EN, f"{hour} comments")) for hour in (12, 13)]
    desk.server.says("/news/monitoring", *stamped)
    await desk.follows("/feed", rss(item(desk.link)), rss(item(desk.link, text="Other words.")))
    for _ in range(2):
        await desk.round()
    assert desk.visits == 2 and (await desk.article()).version == 1


@pytest.mark.parametrize(
    "scene", [silent, page("", status=503), page("", status=429, Retry_After="60")], ids=["slow", "503", "429"]
)
async def test_a_page_that_could_not_be_read_for_a_passing_reason_is_read_later(desk: Desk, scene: Scene) -> None:
    found = await desk.reads(scene, page(article(*EN)))
    assert found.text == TEASER
    await desk.round()
    assert desk.visits == 1
    desk.clock.move(LATER[0])
    await desk.round()
    found = await desk.article()
    assert (found.text_from, found.version, desk.visits) == ("page", 2, 2)
    desk.clock.move(DAY)
    await desk.round()
    assert desk.visits == 2


async def test_a_page_that_stays_broken_is_asked_for_three_times_and_no_more(desk: Desk) -> None:
    await desk.reads(page("", status=503))
    for _ in range(4):
        desk.clock.move(DAY)
        await desk.round()
    assert desk.visits == 3 and (await desk.article()).version == 1


async def test_the_pages_of_one_host_are_asked_for_two_at_a_time(desk: Desk) -> None:
    async def slowly(asked: object, out: object) -> None:
        await endless("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b"<p>x</p>", pause=0.01, most=3)(asked, out)  # type: ignore[arg-type]

    links = [desk.server.says(f"/n/{number}", slowly) for number in range(12)]
    await desk.follows("/feed", rss(*(item(link, guid=link, text=f"{TEASER} {link}") for link in links)))
    await desk.round()
    assert len(set(desk.server.paths)) == 13 and desk.server.busiest == 2


async def test_a_page_is_taken_apart_as_it_was_sent_and_nothing_is_asked_for_besides(desk: Desk) -> None:
    head = '<link rel=stylesheet href="/style.css"><script src="/script.js"></script><link rel=canonical href="/canonical">'
    await desk.reads(page(article(*EN, '<img src="/picture.png">', head=head)))
    assert sorted(desk.server.paths) == ["/feed", "/news/monitoring"]
