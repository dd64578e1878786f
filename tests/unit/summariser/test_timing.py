"""When to come back: what servers, subscribers and platforms would suffer from bad timing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.chats import Cadence
from bot.model.errors import BadZone, SourceError, Trouble
from bot.model.feeds import Health
from bot.summariser.timing import (
    BLIND_AFTER,
    LONGEST,
    SHORTEST,
    after_failure,
    allowed,
    learned_interval,
    next_due,
    next_visit,
    pushes_arrive,
    retry_at,
)
from tests.builders import NOON, a_feed

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://lantern.example/feed"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_wire_is_soon_read_every_few_minutes_and_a_quiet_feed_daily() -> None:
    busy = quiet = learned_interval(None, changed=True)
    for _ in range(40):
        busy, quiet = learned_interval(busy, changed=True), learned_interval(quiet, changed=False)
    assert busy == SHORTEST and quiet == LONGEST


def test_after_a_night_of_silence_a_wire_is_looked_at_about_hourly() -> None:
    interval, silent = SHORTEST, timedelta(0)
    while silent < 8 * HOUR:
        silent += interval
        interval = learned_interval(interval, changed=False)
    assert 40 * MINUTE < interval < 100 * MINUTE


def test_the_longest_wait_anybody_asks_for_wins_up_to_a_day() -> None:
    assert next_visit(NOON, 5 * MINUTE, HOUR, None, 20 * MINUTE) == NOON + HOUR
    assert next_visit(NOON, 5 * MINUTE, 30 * DAY) == NOON + DAY
    assert next_visit(NOON, HOUR, jitter=1.0) == NOON + HOUR * 1.1


def test_a_failing_feed_is_asked_less_and_less_then_daily_and_called_blind() -> None:
    feed, waits = a_feed(), []
    for _ in range(BLIND_AFTER):
        feed = after_failure(feed, SourceError(Trouble.TIMEOUT, URL), NOON)
        assert feed.next_at is not None
        waits.append(feed.next_at - NOON)
    assert waits[:4] == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE]
    assert max(waits[:-1]) <= 6 * HOUR and waits[-1] == DAY
    assert feed.health is Health.BLIND and feed.failing_since == NOON and feed.failures == BLIND_AFTER


def test_a_feed_failing_for_years_is_still_asked_once_a_day() -> None:
    feed = after_failure(a_feed(failures=5_000), SourceError(Trouble.DNS, URL), NOON)
    assert feed.health is Health.BLIND and feed.next_at == NOON + DAY


def test_a_feed_that_is_gone_is_known_to_be() -> None:
    feed = after_failure(a_feed(), SourceError(Trouble.GONE, URL, status=410), NOON)
    assert feed.health is Health.GONE


def test_a_server_that_asks_for_an_hour_gets_it() -> None:
    error = SourceError(Trouble.RATE_LIMITED, URL, retry_after=HOUR)
    assert after_failure(a_feed(), error, NOON).next_at == NOON + HOUR


def test_a_failing_feed_that_wants_to_be_left_alone_at_noon_is_not_tried_then() -> None:
    feed = after_failure(a_feed(skip_hours=(12, 13)), SourceError(Trouble.TIMEOUT, URL), NOON)
    assert feed.next_at == NOON + 2 * HOUR + 5 * MINUTE


# ── digests ──


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "after", "due"),
    [
        ("Europe/Kyiv", 8, 0, "2026-01-05T05:59", "2026-01-05T06:00"),
        ("Europe/Kyiv", 8, 0, "2026-01-05T06:00", "2026-01-06T06:00"),
        ("UTC", 0, 0, "2026-01-05T23:59:59", "2026-01-06T00:00"),
        ("Europe/Kyiv", 8, 0, "2026-03-28T06:00", "2026-03-29T05:00"),  # clocks went forward in the night
        (
            "Europe/Kyiv",
            3,
            30,
            "2026-03-28T01:30",
            "2026-03-29T01:00",
        ),  # 03:30 never was: 04:00 is the next minute there is
        ("Europe/Kyiv", 3, 30, "2026-03-29T01:00", "2026-03-30T00:30"),
        ("Europe/Kyiv", 3, 30, "2026-10-24T00:30", "2026-10-25T00:30"),  # 03:30 comes twice: the first
        ("Europe/Kyiv", 3, 30, "2026-10-25T00:30", "2026-10-26T01:30"),  # and not the second
        ("Europe/Kyiv", 3, 30, "2026-10-25T01:00", "2026-10-26T01:30"),
        ("America/New_York", 2, 0, "2026-03-08T00:00", "2026-03-08T07:00"),
        ("Australia/Lord_Howe", 2, 15, "2026-10-03T00:00", "2026-10-03T15:30"),  # half an hour is skipped
        ("Pacific/Kiritimati", 8, 0, "2026-01-05T12:00", "2026-01-05T18:00"),
    ],
)
def test_a_digest_comes_at_the_readers_hour_also_when_clocks_change(
    zone: str, hour: int, minute: int, after: str, due: str
) -> None:
    assert next_due(Cadence(hour=hour, minute=minute, zone=zone), at(after)) == at(due)


def test_only_the_chosen_days_have_a_digest() -> None:
    cadence = Cadence(hour=9, zone="Europe/Kyiv", days=(0, 3))
    assert next_due(cadence, at("2026-02-10T12:00")) == at("2026-02-12T07:00")
    assert next_due(cadence, at("2026-02-12T07:00")) == at("2026-02-16T07:00")


def test_a_zone_nobody_knows_is_said() -> None:
    for zone in ("Europe/Nowhere", "../etc/passwd", ""):
        with pytest.raises(BadZone):
            next_due(Cadence(zone=zone), NOON)


@given(
    st.sampled_from(
        ["Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC", "Asia/Kathmandu"]
    ),
    st.integers(0, 23),
    st.integers(0, 59),
    st.integers(0, 4 * 365 * 24 * 60),
)
def test_every_local_day_has_exactly_one_digest(zone: str, hour: int, minute: int, minutes: int) -> None:
    cadence, after = Cadence(hour=hour, minute=minute, zone=zone), at("2024-01-01T00:00") + minutes * MINUTE
    dues = [next_due(cadence, after)]
    for _ in range(5):
        dues.append(next_due(cadence, dues[-1]))
    assert after < dues[0] <= after + 26 * HOUR
    assert all(22 * HOUR <= later - earlier <= 26 * HOUR for earlier, later in pairwise(dues))


def test_a_message_is_tried_again_later_and_later_but_never_before_the_platform_allows() -> None:
    waits = [retry_at(attempts, NOON) - NOON for attempts in (1, 2, 3, 50)]
    assert waits == [timedelta(seconds=10), timedelta(seconds=20), timedelta(seconds=40), HOUR]
    assert retry_at(1, NOON, asked=5 * HOUR) == NOON + 5 * HOUR
    assert retry_at(1, NOON, jitter=1.0) == NOON + timedelta(seconds=11)


def test_hours_and_days_on_which_a_feed_wants_to_be_left_alone_are_left_out() -> None:
    tomorrow = NOON + DAY
    assert allowed(NOON, (), (), latest=tomorrow) == NOON
    assert allowed(NOON, (12, 13), (), latest=tomorrow) == NOON + 2 * HOUR
    assert allowed(NOON, (), (NOON.weekday(),), latest=tomorrow) == (NOON + 12 * HOUR)
    assert allowed(NOON, (22,), (), latest=tomorrow) == NOON


def test_a_feed_that_wants_to_be_left_alone_for_days_is_still_read_daily() -> None:
    weekend = tuple((NOON.weekday() + n) % 7 for n in range(3))
    assert allowed(NOON, (), weekend, latest=NOON + DAY) == NOON + DAY


def test_pushes_are_relied_on_while_promised_and_lately_seen() -> None:
    promised = a_feed(push_until=NOON + DAY, pushed_at=NOON - DAY)
    assert pushes_arrive(promised, NOON)
    assert not pushes_arrive(promised, NOON + 2 * DAY)
    assert not pushes_arrive(a_feed(push_until=NOON + DAY), NOON)
    assert not pushes_arrive(a_feed(push_until=NOON + DAY, pushed_at=NOON - 8 * DAY), NOON)
