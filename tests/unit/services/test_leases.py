"""The rules of WebSub subscriptions: what a feed would miss, or a hub be asked too often, if one were wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.model.feeds import PushId, PushState
from bot.services import leases
from tests.builders import DAY, HOUR, NOON, a_push, a_pushed_feed


@pytest.mark.parametrize(
    ("said", "lease"),
    [
        ("3600", HOUR), ("864000", 10 * DAY), ("000864000", 10 * DAY), ("2592001", 30 * DAY), ("9" * 500, 30 * DAY),
        ("3599", None), ("0", None), ("", None), ("-1", None), ("+864000", None), ("864000.0", None), (" 864000", None),
        ("١٢٣٤٥٦", None), ("1" * 4001, None), ("864000\n", None),
    ],
)  # fmt: skip
def test_a_lease_is_a_number_of_seconds_of_an_hour_at_least(said: str, lease: timedelta | None) -> None:
    assert leases.lease_of(said) == lease


@pytest.mark.parametrize(
    ("hub", "addresses"),
    [
        ("http://hub.example/?a=1", ("https://hub.example/?a=1", "http://hub.example/?a=1")),
        ("https://hub.example/", ("https://hub.example/",)),
        ("http://hub.example:8080/", ("http://hub.example:8080/",)),
        ("HTTP://hub.example/", ("https://hub.example/", "HTTP://hub.example/")),
    ],
)
def test_a_hub_is_asked_by_https_first(hub: str, addresses: tuple[str, ...]) -> None:
    assert leases.hub_addresses(hub) == addresses


@pytest.mark.parametrize(
    ("said", "asked", "same"),
    [
        ("http://x.example/~a", "http://x.example/%7Ea", True),
        ("http://x.example/%7ea", "http://x.example/%7Ea", True),
        ("http://x.example/a%2Fb", "http://x.example/a/b", False),
        ("http://x.example/?q=a%26b", "http://x.example/?q=a&b", False),
        ("http://x.example/A", "http://x.example/a", False),
        ("http://x.example", "http://x.example/", False),
        ("", "http://x.example/", False),
    ],
)
def test_a_topic_is_known_by_its_letters_however_needlessly_escaped(said: str, asked: str, same: bool) -> None:
    assert leases.same_topic(said, asked) is same is leases.same_topic(asked, said)


def test_a_request_says_all_a_hub_needs_and_the_secret_only_when_it_begins() -> None:
    push = leases.begun(a_pushed_feed(), "https://bot.example", PushId("id"), "hush", NOON, 0)
    assert leases.request_form(push, "subscribe") == {
        "hub.mode": "subscribe", "hub.topic": "https://example-wire.example/feed.xml", "hub.callback": "https://bot.example/id",
        "hub.lease_seconds": "864000", "hub.secret": "hush",
    }  # fmt: skip
    assert set(leases.request_form(push, "unsubscribe")) == {"hub.mode", "hub.topic", "hub.callback"}


def test_a_promise_is_renewed_well_before_it_ends_and_forgets_failures() -> None:
    after = leases.promised(a_push(state=PushState.FAILED, failures=4, reason="x"), 8 * DAY, NOON)
    assert (after.state, after.failures, after.reason) == (PushState.ACTIVE, 0, "")
    assert after.until == NOON + 8 * DAY and after.next_at == NOON + 6 * DAY


def test_failures_are_spaced_out_to_a_week_and_never_before_the_hub_asked() -> None:
    pauses = [leases.failed(a_push(failures=failures), "x", NOON).next_at - NOON for failures in (0, 1, 2, 7, 8, 99)]
    assert pauses == [HOUR, 2 * HOUR, 4 * HOUR, 128 * HOUR, 7 * DAY, 7 * DAY]
    assert leases.failed(a_push(), "x", NOON, asked=DAY).next_at == NOON + DAY
    assert leases.failed(a_push(), "x", NOON, asked=366 * DAY).next_at == NOON + 30 * DAY
    assert leases.failed(a_push(), "x" * 999, NOON).reason == "x" * 300


def test_only_a_promise_can_be_ended_and_its_hub_is_told_once() -> None:
    assert leases.ending(a_push(state=PushState.ASKED), NOON) is None
    told = leases.ending(a_push(), NOON)
    assert told is not None and told.next_at == NOON
    asked = leases.asked_to_end(told, NOON)
    assert asked is not None and asked.next_at == NOON + HOUR
    assert leases.asked_to_end(asked, NOON + HOUR) is None
    assert leases.asked_to_end(told, NOON + 10 * DAY) is None, "it ended by itself"
