"""A day that lies ahead is told when it is stated, when it is moved, and when it went by; one that was moved or taken back never goes by."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bot.model.stories import Change, ChangeKind, KeyPoint, Quantity
from bot.summariser.changes import ledger_of
from tests.builders import DAY, HOUR, NOON, a_telling, a_value
from tests.unit.summariser.walking import TOPIC, changes, moves, walked

TENTH = NOON.date() + timedelta(days=10)
MIDNIGHT = (NOON + 11 * DAY).replace(hour=0)


def a_day(days: int, *, at: datetime = NOON, **given: Any) -> KeyPoint:
    """A tracked date so many days after noon's."""
    return a_value((NOON + days * DAY).toordinal(), slot="deploy_days", unit="date", category="force", at=at, **given)


def a_deadline(days: int, **given: Any) -> KeyPoint:
    """A sentence that calls a day a deadline, without being tracked."""
    day = Quantity(value=float((NOON + days * DAY).toordinal()), unit="date", text="20 February")
    marks = ("c:deadline", "c:comment", "x:hub", "n:7")
    return a_telling("comments", **{"quantities": (day,), "signature": marks, "category": "process", **given})


def passings(*points: KeyPoint) -> list[Change]:
    return [change for change in changes(*points) if change.kind is ChangeKind.PASSED]


def test_a_day_ahead_is_told_as_a_deadline_and_one_that_is_over_as_news() -> None:
    assert moves(a_day(10))[0] == ("deadline", None, TENTH.isoformat())
    assert [kind for kind, _, _ in moves(a_day(-1))] == ["new"]


def test_a_day_that_went_by_is_told_once_at_the_midnight_after_it() -> None:
    [passed] = passings(a_day(10), a_telling("later", at=NOON + 20 * DAY), a_telling("much-later", at=NOON + 30 * DAY))
    assert (passed.at, passed.before, passed.after) == (MIDNIGHT, TENTH.isoformat(), None)


def test_a_day_goes_by_though_nobody_publishes_anything_any_more() -> None:
    assert [change.at for change in passings(a_day(10))] == [MIDNIGHT]


def test_a_day_that_was_moved_before_it_came_never_goes_by() -> None:
    found = passings(a_day(10), a_day(17, at=NOON + 5 * DAY))
    assert [change.at for change in found] == [MIDNIGHT + 7 * DAY]


def test_a_day_that_was_moved_after_it_had_gone_by_has_gone_by() -> None:
    found = passings(a_day(10), a_day(17, at=NOON + 12 * DAY))
    assert [change.at for change in found] == [MIDNIGHT, MIDNIGHT + 7 * DAY]


def test_a_day_that_was_taken_back_never_goes_by() -> None:
    stated = a_day(10)
    denial = a_telling("denial", at=NOON + DAY, category="force", correction=True, signature=stated.signature)
    assert passings(stated, denial) == []


def test_a_deadline_that_no_value_tracks_goes_by_as_well() -> None:
    told = a_deadline(10)
    assert moves(told)[0] == ("deadline", None, TENTH.isoformat())
    assert [change.at for change in passings(told)] == [MIDNIGHT]


def test_a_deadline_that_is_denied_never_goes_by() -> None:
    told = a_deadline(10)
    denial = a_telling("denial", at=NOON + DAY, category="process", correction=True, signature=("x:hub", "n:7"))
    assert passings(told, denial) == []


def test_a_day_that_is_no_deadline_is_not_waited_for() -> None:
    assert passings(a_deadline(10, signature=("x:hub",))) == []


def test_the_ledger_of_yesterday_does_not_change_when_a_day_goes_by_today() -> None:
    points = [a_day(10), a_telling("later", at=MIDNIGHT + HOUR)]
    before = [change for some in ledger_of(TOPIC, points[:1]).changes.values() for change in some]
    after = [change for some in ledger_of(TOPIC, points).changes.values() for change in some]
    assert [change for change in after if change.at <= MIDNIGHT] == before


def test_a_walk_that_went_on_foresees_no_day_twice() -> None:
    course = walked(a_day(10))
    assert len(course.foreseen()) == 1
    assert course.walk([a_telling("later", at=MIDNIGHT + HOUR)]).foreseen() == ()
