"""How long and when a feed asks to be left alone: what its owner would see in the log if it were not heeded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.unit.feeds.documents import json_feed, parsed, rss

ITEM = "<title>x</title>"


def test_a_feed_says_its_name_language_and_how_long_it_may_be_left_alone() -> None:
    document = parsed(rss("<title>x</title>", head="<language>ua</language><ttl>30</ttl>"))
    assert (document.title, document.language, document.ttl) == ("Lantern", "uk", timedelta(minutes=30))
    hourly = "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"
    assert parsed(rss("<title>x</title>", head=hourly)).ttl == timedelta(minutes=15)
    assert parsed(rss("<title>x</title>", head="<ttl>999999</ttl>")).ttl == timedelta(days=1)


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("<ttl>60</ttl>", 60),
        ("<ttl> 60 </ttl>", 60),
        ("<ttl>60.5</ttl>", 60),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>1e9</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl><![CDATA[45]]></ttl>", 45),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", 60),
        ("<sy:updatePeriod>\n hourly </sy:updatePeriod><sy:updateFrequency>\n 2 </sy:updateFrequency>", 30),
        ("<sy:updatePeriod>Daily</sy:updatePeriod><sy:updateFrequency>24</sy:updateFrequency>", 60),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", 24 * 60),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", 24 * 60),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", None),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("<sy:updateBase>2000-01-01T12:00+00:00</sy:updateBase>", None),
        ("<ttl>30</ttl><sy:updatePeriod>daily</sy:updatePeriod>", 30),
        ("", None),
    ],
)
def test_a_feed_is_left_alone_as_long_as_it_asks_and_a_day_at_most(head: str, ttl: int | None) -> None:
    assert parsed(rss(ITEM, head=head)).ttl == (None if ttl is None else timedelta(minutes=ttl))


def hours(*values: object) -> str:
    return f"<skipHours>{''.join(f'<hour>{value}</hour>' for value in values)}</skipHours>"


def days(*values: str) -> str:
    return f"<skipDays>{''.join(f'<day>{value}</day>' for value in values)}</skipDays>"


@pytest.mark.parametrize(
    ("head", "skipped"),
    [
        (hours(0, 1, 2, 23), (0, 1, 2, 23)),
        (hours(24), (0,)),
        (hours(3, 3, "\n 2 ", "01"), (1, 2, 3)),
        (hours(25, -1, "x", "", 1_000_000), ()),
        (hours(*range(24)), ()),
        (hours(*range(1, 25)), ()),
        (hours(*range(23)), tuple(range(23))),
        ("<skiphours><HOUR>5</HOUR></skiphours>", (5,)),
        ("<skipHours/>", ()),
        ("<skipHours><hour>5</hour>", (5,)),
        ("", ()),
    ],
)
def test_hours_in_which_a_feed_does_not_want_us_are_known(head: str, skipped: tuple[int, ...]) -> None:
    assert parsed(rss(ITEM, head=head)).skip_hours == skipped


@pytest.mark.parametrize(
    ("head", "skipped"),
    [
        (days("Saturday", "Sunday"), (5, 6)),
        (days("monday", "TUE", " Wednesday\n"), (0, 1, 2)),
        (days("Someday", "", "7"), ()),
        (days("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), ()),
    ],
)
def test_days_on_which_a_feed_does_not_want_us_are_known(head: str, skipped: tuple[int, ...]) -> None:
    assert parsed(rss(ITEM, head=head)).skip_days == skipped


def test_what_an_article_says_of_skipping_asks_nothing_of_us() -> None:
    said = f"<title>x</title><description><![CDATA[<p>{hours(1)}{days('Monday')}</p>]]></description>"
    document = parsed(rss(said, head=hours(4) + days("Friday")))
    assert (document.skip_hours, document.skip_days) == ((4,), (4,))


def test_a_json_feed_asks_for_nothing() -> None:
    document = parsed(json_feed({"id": "1", "content_text": "x"}))
    assert (document.ttl, document.skip_hours, document.skip_days) == (None, (), ())
