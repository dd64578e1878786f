"""The benchmark's farm: were its feeds not what a round is for, every figure would be about something else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.feeds.parse import parsed_feed
from bot.model.feeds import FeedId, Fetched, ParsedFeed
from tests.bench.polling.documents import ENTRIES, Press
from tests.bench.polling.farming import Kind, RunningFarm, farm

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def running() -> Iterator[RunningFarm]:
    with farm(2) as running:
        yield running


def ask(url: str, etag: str = "") -> tuple[int, str, bytes]:
    try:
        with urlopen(Request(url, headers={"If-None-Match": etag} if etag else {}), timeout=10) as answer:
            return answer.status, answer.headers.get("ETag", ""), answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers.get("ETag", ""), error.read()


def read(feed: int, edition: int) -> ParsedFeed:
    body, media_type = Press(NOW).document(feed, edition)
    fetched = Fetched(
        url="http://f.example/", final_url="http://f.example/", status=200, content_type=media_type, body=body
    )
    return parsed_feed(fetched, FeedId("feed"), NOW)


@pytest.mark.parametrize("feed", range(6))
def test_a_feed_has_twenty_entries_and_a_new_edition_none_of_them(feed: int) -> None:
    before, after = ({entry.id for entry in read(feed, edition).entries} for edition in (0, 1))
    assert len(before) == len(after) == ENTRIES
    assert not before & after


def test_a_quiet_farm_says_304_to_whoever_has_seen_the_feed(running: RunningFarm) -> None:
    url = running.urls(1)[0]
    running.prepare(Kind.QUIET)
    status, etag, _ = ask(url)
    assert (status, ask(url, etag)[0]) == (200, 304)
    assert {status: running.counts()[status] for status in ("200", "304")} == {"200": 1, "304": 1}


def test_a_stubborn_farm_sends_the_same_bytes_without_validators(running: RunningFarm) -> None:
    url = running.urls(1)[0]
    running.prepare(Kind.QUIET)
    _, etag, before = ask(url)
    running.prepare(Kind.SAME)
    assert ask(url, etag) == (200, "", before)


def test_a_farm_with_news_sends_other_bytes_to_whoever_has_seen_the_feed(running: RunningFarm) -> None:
    url = running.urls(1)[0]
    running.prepare(Kind.QUIET)
    _, etag, before = ask(url)
    running.prepare(Kind.NEW)
    status, _, after = ask(url, etag)
    assert status == 200
    assert after != before


def test_feeds_are_dealt_out_to_all_hosts_and_robots_txt_is_nowhere(running: RunningFarm) -> None:
    urls = running.urls(4)
    hosts = {url.rpartition("/feed/")[0] for url in urls}
    assert len(hosts) == 2
    assert {ask(f"{host}/robots.txt")[0] for host in hosts} == {404}
