"""robots.txt against a server of the tests' own: what a site's owner would suffer from a reader that does not ask, and a reader from one that asks badly."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.feeds.origins import MOST, Asked, Obeying, Origins
from bot.model.errors import SourceError, Trouble
from bot.summariser.timing import after_failure
from tests.builders import NOON, a_feed
from tests.contracts.feed_server import FeedServer, Scene, answer, hang_up, item, redirect, rss, silent
from tests.doubles import MovableClock

BODY = rss(item(1))
NO_FEED = b"User-agent: *\nDisallow: /feed\n"
DAY = timedelta(days=1)


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOON)


def fetching(clock: MovableClock, **given: object) -> HttpFetcher:
    default: dict[str, object] = {
        "user_agent": "planwatch/0.1",
        "timeout": timedelta(seconds=2),
        "spacing": timedelta(0),
        "allow_private_hosts": ("127.77.0.0/16",),
    }
    return HttpFetcher(FetchOptions(**(default | given)), now=clock.now)  # type: ignore[arg-type]


@pytest.fixture
async def fetcher(clock: MovableClock) -> AsyncIterator[HttpFetcher]:
    async with fetching(clock) as made:
        yield made


def ruled(server: FeedServer, rules: bytes | Scene, path: str = "/feed") -> str:
    """The address of a feed at a server with that robots.txt."""
    server.says("/robots.txt", answer(rules, Content_Type="text/plain") if isinstance(rules, bytes) else rules)
    return server.says(path, answer(BODY))


async def trouble(fetcher: HttpFetcher, url: str, *, page: bool = False) -> SourceError:
    with pytest.raises(SourceError) as raised:
        await fetcher.fetch(url, page=page)
    return raised.value


# ── what is obeyed ──


async def test_an_owner_who_wants_no_programs_is_left_alone_and_the_operator_told(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    error = await trouble(fetcher, ruled(server, NO_FEED))
    assert error.trouble is Trouble.ROBOTS and error.detail.endswith("/robots.txt forbids it")
    assert server.asked == [] and len(server.robots) == 1


async def test_a_forbidden_feed_is_tried_again_when_its_rules_are_asked_for_again_and_not_every_five_minutes(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    url = ruled(server, NO_FEED)
    feed = after_failure(a_feed(address=url), await trouble(fetcher, url), NOON)
    assert feed.next_at is not None and feed.next_at >= NOON + DAY


async def test_a_rule_for_planwatch_goes_before_the_rule_for_all(server: FeedServer, fetcher: HttpFetcher) -> None:
    url = ruled(server, b"User-agent: *\nDisallow: /\n\nUser-agent: Planwatch/2.0 (news)\nDisallow: /private\n")
    assert (await fetcher.fetch(url)).body == BODY
    assert (await trouble(fetcher, server.says("/private/1", answer(BODY)))).trouble is Trouble.ROBOTS


async def test_a_rule_for_somebody_else_with_a_like_name_costs_readers_nothing(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    url = ruled(server, b"User-agent: plan\nUser-agent: planwatcher\nUser-agent: watch\nDisallow: /\n")
    assert (await fetcher.fetch(url)).body == BODY


async def test_the_longer_of_two_rules_decides_so_that_a_feed_may_be_let_out_of_a_closed_folder(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    url = ruled(server, b"User-agent: *\nDisallow: /news/\nAllow: /news/feed\n", "/news/feed")
    assert (await fetcher.fetch(url)).body == BODY
    assert (await trouble(fetcher, server.says("/news/1", answer(BODY)))).trouble is Trouble.ROBOTS


async def test_a_rule_about_the_query_or_in_ukrainian_letters_is_understood(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    url = ruled(server, "User-agent: *\nDisallow: /*?print=\nDisallow: /закрито/\n".encode())
    assert (await trouble(fetcher, f"{url}?print=1")).trouble is Trouble.ROBOTS
    closed = server.says("/%D0%B7%D0%B0%D0%BA%D1%80%D0%B8%D1%82%D0%BE/1", answer(BODY))
    assert (await trouble(fetcher, closed)).trouble is Trouble.ROBOTS
    assert (await fetcher.fetch(f"{url}?page=1")).body == BODY


async def test_where_a_feed_is_sent_on_to_is_asked_about_too(server: FeedServer, fetcher: HttpFetcher) -> None:
    async with FeedServer(host="127.77.0.2") as other:
        closed = ruled(other, NO_FEED)
        error = await trouble(fetcher, server.says("/old", redirect(301, closed)))
        assert error.trouble is Trouble.ROBOTS and error.url == closed and other.asked == []


async def test_pages_only_means_that_feeds_are_read_and_articles_left_alone(
    server: FeedServer, clock: MovableClock
) -> None:
    url = ruled(server, b"User-agent: *\nDisallow: /\n")
    async with fetching(clock, robots=Obeying.PAGES) as fetcher:
        assert (await fetcher.fetch(url)).body == BODY and server.robots == []
        assert (await trouble(fetcher, url, page=True)).trouble is Trouble.ROBOTS


async def test_off_means_that_robots_txt_is_never_asked_for(server: FeedServer, clock: MovableClock) -> None:
    url = ruled(server, b"User-agent: *\nDisallow: /\n")
    async with fetching(clock, robots=Obeying.OFF) as fetcher:
        assert (await fetcher.fetch(url)).body == BODY
        assert (await fetcher.fetch(url, page=True)).body == BODY
    assert server.robots == []


async def test_a_hub_that_a_feed_named_is_told_even_where_readers_are_not_wanted(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    server.says("/robots.txt", answer(b"User-agent: *\nDisallow: /\n"))
    assert await fetcher.post(server.says("/hub", answer(status=202)), {"hub.mode": "subscribe"}) == 202


# ── how often it is asked for ──


async def test_fifty_feeds_of_one_host_cost_its_owner_one_question_for_robots_txt(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    ruled(server, b"User-agent: *\nDisallow: /closed\n")
    urls = [server.says(f"/{number}", answer(BODY)) for number in range(50)]
    got = await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert len(got) == 50 and len(server.robots) == 1


async def test_a_reader_who_leaves_does_not_take_those_along_who_wait_for_the_same_answer(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    server.says("/robots.txt", silent, answer(b""))
    url = server.says("/feed", answer(BODY))
    first, second = (asyncio.create_task(fetcher.fetch(url)) for _ in range(2))
    while not server.robots:  # noqa: ASYNC110  the server tells nobody
        await asyncio.sleep(0)
    first.cancel()
    assert (await second).body == BODY and first.cancelled()


async def test_an_owner_who_changes_the_rules_is_heard_within_a_day(
    server: FeedServer, fetcher: HttpFetcher, clock: MovableClock
) -> None:
    server.says("/robots.txt", answer(b""), answer(NO_FEED))
    url = server.says("/feed", answer(BODY))
    await fetcher.fetch(url)
    clock.move(DAY - timedelta(minutes=1))
    await fetcher.fetch(url)
    assert len(server.robots) == 1
    clock.move(timedelta(minutes=2))
    assert (await trouble(fetcher, url)).trouble is Trouble.ROBOTS


async def test_rules_learned_by_a_clock_that_was_ahead_are_asked_for_again(
    server: FeedServer, fetcher: HttpFetcher, clock: MovableClock
) -> None:
    server.says("/robots.txt", answer(NO_FEED), answer(b""))
    url = server.says("/feed", answer(BODY))
    assert (await trouble(fetcher, url)).trouble is Trouble.ROBOTS
    clock.move(-365 * DAY)
    assert (await fetcher.fetch(url)).body == BODY


@pytest.mark.parametrize(
    ("control", "hours"), [("max-age=7200", 2), ("max-age=999999", 24), ("no-store", 24), ("max-age=0", 1)]
)
async def test_an_owner_may_say_how_long_the_rules_hold_between_an_hour_and_a_day(
    server: FeedServer, fetcher: HttpFetcher, clock: MovableClock, control: str, hours: int
) -> None:
    server.says("/robots.txt", answer(b"", Cache_Control=control))
    url = server.says("/feed", answer(BODY))
    for _ in range(2):
        await fetcher.fetch(url)
        clock.move(timedelta(hours=hours) - timedelta(minutes=1))
    await fetcher.fetch(url)
    assert len(server.robots) == 2


# ── what comes instead of rules ──


@pytest.mark.parametrize("status", [204, 301, 401, 403, 404, 410, 451])
async def test_a_site_without_rules_is_read_whatever_it_says_of_them(
    server: FeedServer, fetcher: HttpFetcher, status: int
) -> None:
    assert (await fetcher.fetch(ruled(server, answer(b"" if status == 204 else b"no", status=status)))).body == BODY


async def test_a_page_where_the_rules_should_be_closes_nothing(server: FeedServer, fetcher: HttpFetcher) -> None:
    page = b"<!doctype html><html><body>Disallow: / <a href='/'>User-agent: *</a></body></html>"
    assert (await fetcher.fetch(ruled(server, page))).body == BODY


@pytest.mark.parametrize(("status", "kind"), [(503, Trouble.HTTP_STATUS), (429, Trouble.RATE_LIMITED)])
async def test_a_server_in_trouble_is_not_asked_for_more_and_names_its_hour(
    server: FeedServer, fetcher: HttpFetcher, status: int, kind: Trouble
) -> None:
    error = await trouble(fetcher, ruled(server, answer(b"later", status=status, Retry_After="1800")))
    assert (error.trouble, error.status, error.retry_after) == (kind, status, timedelta(minutes=30))
    assert error.detail == f"robots.txt: {status}" and server.asked == []


async def test_the_hour_a_server_named_holds_for_all_its_feeds(
    server: FeedServer, fetcher: HttpFetcher, clock: MovableClock
) -> None:
    url = ruled(server, answer(b"later", status=503, Retry_After="1800"))
    for minutes in (0, 10, 10):
        clock.move(timedelta(minutes=minutes))
        assert (await trouble(fetcher, f"{url}?{minutes}")).status == 503
    assert len(server.robots) == 1
    clock.move(timedelta(minutes=11))
    await trouble(fetcher, url)
    assert len(server.robots) == 2


async def test_fifty_feeds_of_a_dead_host_cost_one_time_out(server: FeedServer, clock: MovableClock) -> None:
    url = ruled(server, silent)
    loop = asyncio.get_running_loop()
    async with fetching(clock, timeout=timedelta(seconds=0.3)) as fetcher:
        began = loop.time()
        errors = await asyncio.gather(*(trouble(fetcher, f"{url}?{number}") for number in range(50)))
        assert loop.time() - began < 0.6
        assert {error.trouble for error in errors} == {Trouble.TIMEOUT} and server.asked == []
        server.says("/robots.txt", answer(b""))
        clock.move(timedelta(minutes=1))
        assert (await fetcher.fetch(url)).body == BODY


async def test_a_connection_that_breaks_off_in_the_rules_is_not_taken_for_leave(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    assert (await trouble(fetcher, ruled(server, hang_up))).trouble is Trouble.CONNECTION
    assert server.asked == []


async def test_rules_that_moved_are_followed_and_still_meant_for_the_first_host(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    async with FeedServer(host="127.77.0.2") as other:
        url = ruled(server, redirect(302, other.says("/rules", answer(NO_FEED))))
        assert (await trouble(fetcher, url)).trouble is Trouble.ROBOTS
        assert (await fetcher.fetch(other.says("/feed", answer(BODY)))).body == BODY


async def test_rules_that_are_sent_from_address_to_address_are_given_up_after_five(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    assert (await fetcher.fetch(ruled(server, redirect(302, "/robots.txt")))).body == BODY
    assert len(server.robots) == 6


async def test_rules_cannot_lead_into_the_operators_network(server: FeedServer, fetcher: HttpFetcher) -> None:
    async with FeedServer(host="127.88.0.1") as inner:
        url = ruled(server, redirect(302, inner.says("/secret", answer(b""))))
        assert (await trouble(fetcher, url)).trouble is Trouble.ADDRESS_REFUSED and inner.asked == []


# ── hostile and clumsy rules ──


async def test_rules_longer_than_anyone_needs_are_read_to_half_a_megabyte(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    long = NO_FEED + b"# " + b"x" * 511_000 + b"\n" + b"Disallow: /other\n" * 100_000
    packed = gzip.compress(long)
    server.says("/robots.txt", answer(packed, Content_Encoding="gzip"))
    assert (await trouble(fetcher, server.says("/feed", answer(BODY)))).trouble is Trouble.ROBOTS
    assert (await fetcher.fetch(server.says("/2", answer(BODY)))).body == BODY


async def test_rules_made_to_be_slow_hold_up_nobody(server: FeedServer, fetcher: HttpFetcher) -> None:
    names = b"".join(b"User-agent: x%d\n" % number for number in range(14_000))
    hostile = names + b"User-agent: *\n" + b"Disallow: /*a*a*a*b\n" * 12_000
    url = ruled(server, hostile)
    loop, longest, done = asyncio.get_running_loop(), 0.0, asyncio.Event()

    async def beat() -> None:
        nonlocal longest
        while not done.is_set():
            before = loop.time()
            await asyncio.sleep(0.005)
            longest = max(longest, loop.time() - before)

    beating = asyncio.create_task(beat())
    async with asyncio.timeout(20):
        got = await fetcher.fetch(f"{url}?{'a' * 4_000}")
    done.set()
    await beating
    assert got.body == BODY and longest < 0.5  # loose for busy machines


# ── pace ──


async def test_a_crawl_delay_keeps_requests_apart(server: FeedServer, fetcher: HttpFetcher) -> None:
    ruled(server, b"User-agent: *\nCrawl-delay: 0.15\n")
    urls = [server.says(f"/{number}", answer(BODY)) for number in range(4)]
    await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    times = sorted(asked.at for asked in server.asked)
    assert all(later - earlier > 0.12 for earlier, later in pairwise(times))


async def test_a_crawl_delay_of_a_slow_host_costs_other_hosts_nothing(server: FeedServer, clock: MovableClock) -> None:
    ruled(server, b"User-agent: *\nCrawl-delay: 30\n")
    slow = [server.says(f"/{number}", answer(BODY)) for number in range(3)]
    async with FeedServer(host="127.77.0.2") as other, fetching(clock, concurrency=1) as fetcher:
        waiting = [asyncio.create_task(fetcher.fetch(url)) for url in slow]
        await next(asyncio.as_completed(waiting))
        async with asyncio.timeout(2):
            assert (await fetcher.fetch(other.says("/feed", answer(BODY)))).body == BODY
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


# ── room ──


async def test_the_rules_of_five_thousand_hosts_take_little_memory() -> None:
    async def asked(url: str) -> Asked:
        return f"User-agent: *\nDisallow: /wp-admin/\nAllow: /a.php\n# {'x' * 2_000}\nSitemap: {url}\n".encode(), None

    origins = Origins(asked, MovableClock(NOON).now)
    tracemalloc.start()
    try:
        for number in range(5_000):
            await origins.admit(f"https://host-{number}.example", f"https://host-{number}.example/feed")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held / 5_000 < 500  # bytes a host; some 300 when this was written, 180 without rules


async def test_hosts_without_end_do_not_fill_the_memory() -> None:
    questions = 0

    async def asked(url: str) -> Asked:
        nonlocal questions
        questions += 1
        return b"", None

    origins = Origins(asked, MovableClock(NOON).now)
    for number in range(MOST + 1):
        await origins.admit(f"https://{number}.example", f"https://{number}.example/feed")
    await origins.admit(f"https://{MOST}.example", f"https://{MOST}.example/feed")
    assert questions == MOST + 1
    await origins.admit("https://0.example", "https://0.example/feed")  # the longest unused was forgotten
    assert questions == MOST + 2


async def test_hosts_with_rules_of_half_a_megabyte_do_not_fill_the_memory_either() -> None:
    rules = b"User-agent: *\n" + b"Disallow: /a/%s\n" % (b"x" * 480) * 1_000

    async def asked(url: str) -> Asked:
        return rules, None

    origins = Origins(asked, MovableClock(NOON).now)
    tracemalloc.start()
    try:
        for number in range(60):
            await origins.admit(f"https://{number}.example", f"https://{number}.example/feed")
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 20_000_000
