"""Somebody reads the plan from the command line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.flows.terminal import Terminal

ITEM = {
    "development_id",
    "kind",
    "text",
    "language",
    "quote",
    "url",
    "outlet",
    "published",
    "also_reported_by",
    "before",
    "after",
}


def test_a_digest_as_json_has_the_promised_shape(sampled: Terminal) -> None:
    digest = sampled.types("--sample digest --on yesterday --format json").json
    assert set(digest) == {"topic", "since", "until", "language", "sections", "counts"}
    assert set(digest["counts"]) == {"feeds", "articles", "relevant", "reports", "developments"}
    assert digest["topic"] == "ukraine-guarantees"
    for section in digest["sections"]:
        assert set(section) == {"category", "title", "items"}
        assert all(set(item) == ITEM for item in section["items"])
    assert any(section["items"] for section in digest["sections"])


def test_a_day_in_another_zone_begins_at_its_own_midnight(sampled: Terminal) -> None:
    digest = sampled.types("--sample digest --on 2026-01-05 --zone Europe/Kyiv --format json").json
    assert (digest["since"], digest["until"]) == ("2026-01-04T22:00:00Z", "2026-01-05T22:00:00Z")


def test_the_day_on_which_clocks_change_has_23_hours(sampled: Terminal) -> None:
    digest = sampled.types("--sample digest --on 2026-03-29 --zone Europe/Kyiv --format json").json
    assert (digest["since"], digest["until"]) == ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z")


def test_times_without_an_offset_are_utc_and_others_are_kept(sampled: Terminal) -> None:
    digest = sampled.types("--sample digest --since 2026-01-05T08:00 --until 2026-01-06T10:00+02:00 --format json").json
    assert (digest["since"], digest["until"]) == ("2026-01-05T08:00:00Z", "2026-01-06T08:00:00Z")


def test_without_a_window_the_digest_is_that_of_the_last_24_hours(sampled: Terminal) -> None:
    digest = sampled.types("--sample digest --format json").json
    since, until = (datetime.fromisoformat(digest[name]) for name in ("since", "until"))
    assert until - since == timedelta(days=1)
    assert datetime.now(UTC) - until < timedelta(minutes=1)


def test_the_status_compared_with_an_earlier_day_tells_what_stands_otherwise(sampled: Terminal) -> None:
    now = datetime.now(UTC)
    line = f"--sample status --since {now - timedelta(days=4):%Y-%m-%dT%H:%M}"
    found = sampled.types(f"{line} --format json").json
    assert found["different"]
    assert all(each["before"] != each["after"] for each in found["different"])
    assert "Different from" in sampled.types(line).out


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Security guarantees"), ("markdown", "# Security guarantees"), ("html", '<section lang="en">')],
)
def test_the_board_is_written_in_every_form(sampled: Terminal, form: str, begins: str) -> None:
    assert sampled.types(f"--sample layers --format {form}").out.startswith(begins)


def test_it_speaks_ukrainian_when_asked(sampled: Terminal) -> None:
    assert "Гарантії" in sampled.types("--sample layers --lang uk").out


def test_the_setting_decides_the_language_where_nothing_is_said(sampled: Terminal) -> None:
    sampled.set(DIGEST__LANGUAGE="uk")
    assert "Гарантії" in sampled.types("--sample status").out


def test_as_of_a_moment_before_everything_nothing_is_known(sampled: Terminal) -> None:
    rows = sampled.types("--sample layers --as-of 2001-01-01 --format json").json["layers"]
    assert {row["rung"] for row in rows} == {"unknown"}


def test_status_as_json_has_layers_and_parties(sampled: Terminal) -> None:
    found = sampled.types("--sample status --format json").json
    assert found["topic"] == "ukraine-guarantees"
    assert {row["category"] for row in found["status"]} >= {"army", "force", "position:us", "position:russia"}


def test_a_topic_can_be_named_by_its_beginning(sampled: Terminal) -> None:
    assert sampled.types("--sample layers rail --format json").json["topic"] == "railway-reform"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("digest --on tomorow", "`tomorow` is not an ISO 8601 time such as 2026-01-05T08:00"),
        ("digest --on 2026-02-30", "`2026-02-30` is not an ISO 8601 time"),
        ("digest --since lately", "`lately` is not an ISO 8601 time"),
        ("digest --since 0001-01-01T00:00+23:00", "`0001-01-01T00:00+23:00` is not an ISO 8601 time"),
        ("digest --on 2026-01-05 --zone Kiew", "`Kiew` is no time zone such as Europe/Kyiv; nearest: Europe/Kiev"),
        ("layers --zone kyiv", "`kyiv` is no time zone such as Europe/Kyiv; nearest: Europe/Kyiv"),
        ("digest --on 2026-01-05 --since 2026-01-01", "stands alone"),
        ("digest --since 2026-01-05 --until 2026-01-01", "is before --since"),
        ("layers ukrane-guarantees", "nearest: ukraine-guarantees"),
        ("layers --as-of soon", "`soon` is not an ISO 8601 time"),
        ("digest --lang de", "'de' is not one of"),
        ("digest --format pdf", "'pdf' is not one of"),
        ("digset", "No such command 'digset'"),
        ("status --asof 2026-01-01", "No such option"),
    ],
)
def test_a_wrong_word_is_told_on_standard_error_with_status_2(sampled: Terminal, line: str, says: str) -> None:
    said = sampled.types(f"--sample {line}")
    assert (said.status, said.out) == (2, "")
    assert says in said.err
    assert "Traceback" not in said.err


def test_an_empty_store_says_where_something_can_be_read(terminal: Terminal) -> None:
    said = terminal.types("digest")
    assert said.status == 0
    assert "planwatch poll" in said.err
