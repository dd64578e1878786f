"""Dates as feeds write them, case by case: what would stand under an article, and why."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.feeds.dates import read_date, settled
from bot.feeds.entries import Said, entries_of
from bot.model.feeds import FeedId

NOW = datetime(2026, 2, 10, 12, 0, tzinfo=UTC)
GOLDEN = tomllib.loads((Path(__file__).parents[2] / "golden/feeds/dates.toml").read_text(encoding="utf-8"))
ROWS = [
    pytest.param(*row, table.get("language", ""), table.get("now", ""), id=f"{name}: {row[0][:50]}")
    for name, table in GOLDEN.items()
    for row in table["cases"]
]


def moment(text: str) -> datetime | None:
    return None if text == "none" else datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_table_is_as_large_as_it_claims() -> None:
    assert len(ROWS) >= 180 and all(table["why"] for table in GOLDEN.values())


@pytest.mark.parametrize(("written", "at", "note", "language", "now"), ROWS)
def test_a_date_is_what_it_means_or_its_absence_has_a_reason(
    written: str, at: str, note: str, language: str, now: str
) -> None:
    assert settled(written, "", moment(now) or NOW if now else NOW, language) == (moment(at), None, note)


def test_an_update_stands_in_for_a_missing_publication_and_says_so() -> None:
    update = "2026-02-09T10:00:00Z"
    at = datetime(2026, 2, 9, 10, 0, tzinfo=UTC)
    assert settled("", update, NOW) == (at, at, "taken from updated")
    assert settled("soon", update, NOW) == (at, at, "unreadable date: soon; taken from updated")
    assert settled(update, "1970-01-01", NOW) == (at, None, "")


def test_without_a_clock_yesterday_is_no_date() -> None:
    assert read_date("вчора, 10:00") is None and read_date("9 лютого") is None


def dates_of(*stated: str) -> list[tuple[datetime | None, str]]:
    items = [Said(guid=str(number), title="x", published=date) for number, date in enumerate(stated)]
    entries, _ = entries_of(items, FeedId("f"), "https://lantern.example/", NOW)
    return [(entry.published, entry.date_note) for entry in entries]


def test_a_feed_that_dates_everything_to_the_moment_of_reading_makes_no_old_news_new() -> None:
    lie = (None, "every entry is dated to the moment of reading")
    stamp = (NOW - timedelta(seconds=2)).isoformat()
    assert dates_of(stamp, stamp, NOW.isoformat()) == [lie] * 3
    assert dates_of(stamp, stamp, "2026-02-09T10:00:00Z")[0][0] is not None
    assert dates_of(stamp, stamp)[0][0] is not None  # two in a minute do happen


def test_a_feed_published_as_a_whole_long_ago_keeps_its_one_date() -> None:
    assert dates_of(*["2026-02-09T10:00:00Z"] * 5)[0] == (datetime(2026, 2, 9, 10, 0, tzinfo=UTC), "")
