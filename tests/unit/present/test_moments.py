"""Days, numbers and cities as readers write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.present.places import city_of, zones_by_name
from tests.showcase import MORNING, a_reader


def test_numbers_are_grouped_as_the_reader_groups_them() -> None:
    assert a_reader("en").number(800_000) == "800,000"
    assert a_reader("uk").number(800_000) == "800\u00a0000"
    assert a_reader("uk").number(2.5) == "2,5"


def test_a_morning_is_told_in_the_readers_zone() -> None:
    assert a_reader("en").moment(MORNING) == "Monday 5 January, 08:00"
    assert a_reader("uk").moment(MORNING) == "понеділок, 5 січня, 08:00"
    assert a_reader("en", zone="America/New_York").moment(MORNING) == "Monday 5 January, 01:00"


def test_the_year_stands_only_where_it_is_needed() -> None:
    reader = a_reader("en")
    assert reader.day(MORNING - timedelta(days=7)) == "29 December"
    assert reader.day(MORNING - timedelta(days=300)) == "11 March 2025"
    assert a_reader("uk").day(MORNING - timedelta(days=300)) == "11 березня 2025 р."


def test_september_is_as_short_as_the_other_months() -> None:
    reader = a_reader("en", now=datetime(2026, 9, 4, 12, tzinfo=UTC))
    assert reader.short_day(reader.now) == "4 Sep"


def test_friday_has_the_apostrophe_of_the_house() -> None:
    assert "п’ятниця" in a_reader("uk").long_day(MORNING + timedelta(days=4))


def test_today_ends_at_the_readers_midnight() -> None:
    reader = a_reader("en")
    assert reader.day_and_clock(MORNING - timedelta(hours=8)) == "today, 00:00"
    assert reader.day_and_clock(MORNING - timedelta(hours=9)) == "yesterday, 23:00"
    assert reader.day_and_clock(MORNING - timedelta(days=3)) == "2 January, 08:00"


@pytest.mark.parametrize(
    ("zone", "english", "ukrainian"),
    [
        ("Europe/Kyiv", "Kyiv", "Київ"),
        ("Europe/Kiev", "Kyiv", "Київ"),
        ("Europe/Paris", "Paris", "Париж"),
        ("America/New_York", "New York", "Нью-Йорк"),
        ("UTC", "UTC", "UTC"),
        ("Etc/GMT-2", "UTC+2", "UTC+2"),
    ],
)
def test_zones_go_by_their_cities(zone: str, english: str, ukrainian: str) -> None:
    assert (city_of(zone, "en"), city_of(zone, "uk")) == (english, ukrainian)


def test_every_named_zone_is_one_that_clocks_know() -> None:
    from zoneinfo import ZoneInfo

    for zone in set(zones_by_name(("en", "uk", "ru")).values()):
        assert ZoneInfo(zone).key == zone
