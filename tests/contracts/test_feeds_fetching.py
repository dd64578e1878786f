"""The fetcher against a server of the tests' own: what a server's owner would thank us for."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from bot.feeds.fetch import FetchOptions, HttpFetcher
from bot.model.errors import SourceError, Trouble
from tests.contracts.feed_server import FeedServer, answer, endless, item, redirect, rss, with_etag

AGENT = "planwatch/0.1 (+mailto:desk@lantern.example)"
NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
BODY = rss(item(1), item(2))


@pytest.fixture
async def server() -> AsyncIterator[FeedServer]:
    async with FeedServer() as running:
        yield running


def options(**given: object) -> FetchOptions:
    default: dict[str, object] = {
        "user_agent": AGENT,
        "timeout": timedelta(seconds=5),
        "spacing": timedelta(0),
        "allow_private_hosts": ("127.77.0.0/16",),
    }
    return FetchOptions(**(default | given))  # type: ignore[arg-type]


@pytest.fixture
async def fetcher() -> AsyncIterator[HttpFetcher]:
    async with HttpFetcher(options(), now=lambda: NOW) as made:
        yield made


async def trouble(fetcher: HttpFetcher, url: str) -> SourceError:
    with pytest.raises(SourceError) as raised:
        await fetcher.fetch(url)
    return raised.value


async def test_an_unchanged_feed_costs_its_server_a_304_and_validators_come_back_exactly(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    url = server.says("/feed", with_etag(BODY, 'W/"a b, \\c;1"', NOW))
    first = await fetcher.fetch(url)
    again = await fetcher.fetch(url, etag=first.etag, last_modified=first.last_modified)
    assert first.status == 200 and first.body == BODY
    assert again.status == 304 and again.body == b""
    assert server.asked[1].headers["if-none-match"] == 'W/"a b, \\c;1"'
    assert again.etag == first.etag and again.last_modified == first.last_modified


async def test_a_304_nobody_asked_for_is_a_failure_not_an_empty_feed(server: FeedServer, fetcher: HttpFetcher) -> None:
    error = await trouble(fetcher, server.says("/feed", answer(status=304)))
    assert error.trouble is Trouble.HTTP_STATUS and error.status == 304


async def test_a_server_learns_who_asks_and_gets_no_cookies_back(server: FeedServer, fetcher: HttpFetcher) -> None:
    url = server.says("/feed", answer(BODY, Set_Cookie="follow=me"))
    await fetcher.fetch(url)
    await fetcher.fetch(url)
    assert server.asked[1].headers["user-agent"] == AGENT
    assert "cookie" not in server.asked[1].headers
    assert {"gzip", "deflate", "br", "zstd"} <= {
        word.strip() for word in server.asked[0].headers["accept-encoding"].split(",")
    }


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("gzip", gzip.compress(BODY)),
        ("deflate", zlib.compress(BODY)),
        ("br", brotli.compress(BODY)),
        ("zstd", zstandard.compress(BODY)),
    ],
)
async def test_a_server_may_pack_its_answer_in_any_common_way(
    server: FeedServer, fetcher: HttpFetcher, name: str, packed: bytes
) -> None:
    got = await fetcher.fetch(server.says("/feed", answer(packed, Content_Encoding=name)))
    assert got.body == BODY


async def test_a_feed_that_moved_for_good_is_reported_with_its_new_address(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    new = server.says("/new", answer(BODY))
    server.says("/between", redirect(308, "/new"))
    got = await fetcher.fetch(server.says("/old", redirect(301, "/between#part")))
    assert got.permanent_url == new and got.final_url == new and got.url.endswith("/old")


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_feed_that_moved_for_now_keeps_its_address(
    server: FeedServer, fetcher: HttpFetcher, status: int
) -> None:
    server.says("/new", answer(BODY))
    server.says("/between", redirect(status, "/new"))
    got = await fetcher.fetch(server.says("/old", redirect(301, "/between")))
    assert got.permanent_url is None and got.final_url.endswith("/new")


async def test_redirects_in_a_ring_end_with_a_reason(server: FeedServer, fetcher: HttpFetcher) -> None:
    error = await trouble(fetcher, server.says("/ring", redirect(302, "/ring")))
    assert error.trouble is Trouble.TOO_MANY_REDIRECTS
    assert len(server.asked) == 9


async def test_a_redirect_written_in_raw_ukrainian_is_followed(server: FeedServer, fetcher: HttpFetcher) -> None:
    server.says("/%D0%BD%D0%BE%D0%B2%D0%B5", answer(BODY))
    assert (await fetcher.fetch(server.says("/old", redirect(302, "/нове")))).body == BODY


async def test_a_redirect_without_address_is_a_status_not_a_crash(server: FeedServer, fetcher: HttpFetcher) -> None:
    error = await trouble(fetcher, server.says("/old", answer(status=301)))
    assert error.trouble is Trouble.HTTP_STATUS and error.status == 301


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", timedelta(minutes=2)),
        (format_datetime(NOW + timedelta(hours=1), usegmt=True), timedelta(hours=1)),
        (format_datetime(NOW - timedelta(hours=1), usegmt=True), timedelta(0)),
        ("soon", None),
    ],
)
async def test_a_server_that_says_when_to_come_back_is_heard(
    server: FeedServer, fetcher: HttpFetcher, header: str, wait: timedelta | None
) -> None:
    error = await trouble(fetcher, server.says("/busy", answer(status=429, Retry_After=header)))
    assert error.trouble is Trouble.RATE_LIMITED and error.retry_after == wait


async def test_a_server_under_repair_names_its_hour(server: FeedServer, fetcher: HttpFetcher) -> None:
    error = await trouble(fetcher, server.says("/down", answer(status=503, Retry_After="600")))
    assert error.trouble is Trouble.HTTP_STATUS and error.status == 503 and error.retry_after == timedelta(minutes=10)


async def test_a_feed_that_is_gone_is_told_apart_from_one_that_is_missing(
    server: FeedServer, fetcher: HttpFetcher
) -> None:
    assert (await trouble(fetcher, server.says("/gone", answer(status=410)))).trouble is Trouble.GONE
    missing = await trouble(fetcher, server.says("/missing", answer(status=404)))
    assert missing.trouble is Trouble.HTTP_STATUS and missing.detail == "404"


async def test_a_robot_check_is_called_by_its_name(server: FeedServer, fetcher: HttpFetcher) -> None:
    page = b"<!doctype html><html><head><title>Just a moment...</title></head><body></body></html>"
    error = await trouble(fetcher, server.says("/wall", answer(page, status=403, Content_Type="text/html")))
    assert error.trouble is Trouble.CHALLENGE_PAGE and error.status == 403


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"Cache_Control": "public, max-age=900"}, timedelta(minutes=15)),
        ({"Cache_Control": "max-age=900", "Age": "300"}, timedelta(minutes=10)),
        ({"Cache_Control": "no-cache, max-age=900"}, None),
        ({"Expires": "Tue, 10 Feb 2026 13:00:00 GMT", "Date": "Tue, 10 Feb 2026 12:30:00 GMT"}, timedelta(minutes=30)),
        ({"Expires": "0"}, None),
        ({}, None),
    ],
)
async def test_how_long_an_answer_stays_fresh_is_read_from_its_headers(
    server: FeedServer, fetcher: HttpFetcher, headers: dict[str, str], fresh: timedelta | None
) -> None:
    got = await fetcher.fetch(server.says("/feed", answer(BODY, status=200, length=None, **headers)))
    assert got.fresh_for == fresh


async def test_twenty_feeds_on_one_host_do_not_stampede(server: FeedServer) -> None:
    slow = endless("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\n", b"a", pause=0.004, most=5)
    urls = [server.says(f"/{number}", slow) for number in range(20)]
    async with HttpFetcher(options(per_host=2)) as fetcher:
        await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert len(server.asked) == 20 and server.busiest == 2


async def test_requests_to_one_host_keep_their_distance(server: FeedServer) -> None:
    urls = [server.says(f"/{number}", answer(BODY)) for number in range(4)]
    async with HttpFetcher(options(spacing=timedelta(milliseconds=60), per_host=4)) as fetcher:
        await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    times = sorted(asked.at for asked in server.asked)
    assert all(later - earlier > 0.04 for earlier, later in pairwise(times))


async def test_waiting_for_a_turn_does_not_eat_the_time_for_the_answer(server: FeedServer) -> None:
    slow = endless("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\n", b"a", pause=0.06, most=4)
    urls = [server.says(f"/{number}", slow) for number in range(4)]
    async with HttpFetcher(options(per_host=1, timeout=timedelta(seconds=0.6))) as fetcher:
        got = await asyncio.gather(*(fetcher.fetch(url) for url in urls))
    assert [each.body for each in got] == [b"aaaa"] * 4


async def test_no_more_requests_are_under_way_over_all_than_allowed() -> None:
    slow = endless("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\n", b"a", pause=0.01, most=3)
    async with FeedServer(host="127.77.0.2") as one, FeedServer(host="127.77.0.3") as two:
        urls = [server.says(f"/{number}", slow) for number in range(4) for server in (one, two)]
        async with HttpFetcher(options(concurrency=1)) as fetcher:
            await asyncio.gather(*(fetcher.fetch(url) for url in urls))
        times = sorted(asked.at for server in (one, two) for asked in server.asked)
    assert max(one.busiest, two.busiest) == 1
    assert all(later - earlier > 0.015 for earlier, later in pairwise(times))


async def test_a_validator_that_cannot_be_sent_back_is_not_kept(server: FeedServer, fetcher: HttpFetcher) -> None:
    got = await fetcher.fetch(
        server.says("/feed", answer(BODY, ETag='"' + "x" * 2_000 + '"', Last_Modified="вчора\x85"))
    )
    assert got.etag is None and got.last_modified is None and got.body == BODY
