"""A digest of a week compares its end with its beginning; it is not seven digests in a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.digests import Digest, DigestCounts, DigestItem, LeftOut, Window, WindowBy
from bot.model.stories import ChangeKind, KeyPoint
from bot.model.topics import Rung, Stance
from bot.summariser.choosing import choose
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_value
from tests.unit.summariser.walking import OURS, RIVAL, TOPIC, backing, changes

WEEK = Window(since=NOON - HOUR, until=NOON + 30 * DAY)


def digest(*points: KeyPoint, window: Window = WEEK) -> Digest:
    known = [point for point in points if window.by is WindowBy.SEEN or point.published < window.until]
    return choose(
        TOPIC, window, changes=changes(*known), developments=(), points=known, counts=DigestCounts(), limit=99
    )


def told(*points: KeyPoint, window: Window = WEEK) -> list[tuple[str, str | None, str | None]]:
    return [(str(item.kind), item.before, item.after) for item in digest(*points, window=window).items]


def since(moment: datetime) -> Window:
    return Window(since=moment, until=moment + 30 * DAY)


BEFORE = a_value(800_000, at=NOON - 9 * DAY)
STEPS = a_value(700_000, at=NOON + DAY), a_value(750_000, at=NOON + 3 * DAY), a_value(720_000, at=NOON + 6 * DAY)


def test_a_value_that_moved_three_times_is_told_once_from_its_beginning_to_its_end() -> None:
    assert told(BEFORE, *STEPS) == [("value", "800000", "720000")]


def test_the_quote_is_that_of_the_last_move_and_all_moves_are_its_evidence() -> None:
    [item] = digest(BEFORE, *STEPS).items
    assert item.quote == STEPS[-1].quote
    assert set(item.evidence) == {point.id for point in (BEFORE, *STEPS)}


def test_a_value_that_went_and_came_back_is_no_move_and_is_counted_as_such() -> None:
    back = a_value(800_000, fact="back", at=NOON + 6 * DAY)
    found = digest(BEFORE, STEPS[0], back)
    assert not found.items
    assert dict(found.left_out)[LeftOut.RETURNED] == 1


def test_what_was_first_told_in_the_week_and_came_back_is_new() -> None:
    back = a_value(800_000, fact="back", at=NOON + 6 * DAY)
    assert told(a_value(800_000), STEPS[0], back) == [("new", None, "800000")]


def test_a_value_first_told_and_moved_within_the_week_is_told_once() -> None:
    assert told(a_value(800_000), STEPS[0]) == [("value", "800000", "700000")]


def test_a_stance_that_went_and_came_back_is_no_move() -> None:
    before = a_stand("russia", Stance.REJECTS, at=NOON - 9 * DAY)
    there = a_stand("russia", Stance.ACCEPTS, at=NOON + DAY)
    back = a_stand("russia", Stance.REJECTS, fact="back", at=NOON + 5 * DAY)
    assert told(before, there, back) == []
    assert told(before, there) == [("stance", "rejects", "accepts")]


def test_a_stance_that_turned_twice_is_told_once() -> None:
    before = a_stand("russia", Stance.REJECTS, at=NOON - 9 * DAY)
    steps = a_stand("russia", Stance.UNDECIDED, at=NOON), a_stand("russia", Stance.ACCEPTS, at=NOON + 5 * DAY)
    assert told(before, *steps) == [("stance", "rejects", "accepts")]


def test_two_members_that_turned_are_two_movements() -> None:
    members = [
        a_stand("europe", stance, member=member, at=NOON + days * DAY)
        for member in ("poland", "france")
        for stance, days in ((Stance.REJECTS, -9), (Stance.ACCEPTS, 3))
    ]
    assert told(*members) == [("stance", "rejects", "accepts")] * 2


def test_a_layer_that_climbed_two_rungs_is_told_once() -> None:
    points = [a_telling("idea", rung=Rung.PROPOSED, at=NOON - 9 * DAY)]
    points += [
        a_telling(str(rung), rung=rung, official=True, at=NOON + days * DAY)
        for rung, days in ((Rung.AGREED_IN_PRINCIPLE, 1), (Rung.SIGNED, 4))
    ]
    assert [each for each in told(*points) if each[0] == "rung"] == [("rung", "proposed", "signed")]


# ── conflicts ──


def test_a_conflict_that_opened_and_was_settled_for_what_stood_is_told_as_settled() -> None:
    word = backing(OURS, "Government", 60, official=True)
    assert told(OURS, RIVAL, word, window=since(NOON + HOUR)) == [("settled", "10", "15")]


def test_a_conflict_that_opened_and_was_settled_for_the_rival_is_told_as_a_move() -> None:
    word = backing(RIVAL, "Government", 60, official=True)
    [item] = digest(OURS, RIVAL, word, window=since(NOON + HOUR)).items
    assert (item.kind, item.before, item.after, item.more) == (ChangeKind.VALUE, "15", "10", ("conflict-over",))


def test_a_value_disputed_on_its_way_is_still_told_from_beginning_to_end() -> None:
    first = a_value(30, slot="deploy_days", unit="days", category="force", at=NOON - 20 * DAY)
    move = a_value(15, slot="deploy_days", unit="days", category="force", at=NOON - 10 * DAY)
    rival = a_value(10, slot="deploy_days", unit="days", category="force", by="Kestrel", at=NOON - 9 * DAY)
    word = backing(rival, "Government", 60, official=True)
    window = Window(since=NOON - 15 * DAY, until=NOON)
    assert told(first, move, rival, word, window=window) == [("value", "30", "10")]
    kept = backing(move, "Government", 90, official=True)
    assert told(first, move, rival, kept, window=window) == [("value", "30", "15")]


def test_a_conflict_that_is_still_open_shows_both_sides() -> None:
    [item] = digest(OURS, RIVAL, window=since(NOON + HOUR)).items
    assert (item.kind, item.rival_quote, item.rival_published) == (ChangeKind.CONFLICT, OURS.quote, OURS.published)


# ── corrections, deadlines, unsure facts ──


def test_what_was_told_and_taken_back_within_the_week_is_told_only_as_taken_back() -> None:
    wrong = a_telling("leak", signature=("x:hub", "n:12"))
    denial = a_telling("denial", by="Other", at=NOON + DAY, correction=True, signature=("x:hub", "n:12"))
    assert told(wrong, denial) == [("correction", "d-leak", None)]


def test_a_day_that_was_stated_and_went_by_within_the_week_is_told_once() -> None:
    day = a_value((NOON + 3 * DAY).toordinal(), slot="deploy_days", unit="date", category="force")
    assert told(day) == [("passed", (NOON + 3 * DAY).date().isoformat(), None)]


def test_an_unsure_fact_is_news_on_the_day_on_which_a_second_report_tells_it() -> None:
    first, second = (a_telling("cap", at=NOON + n * DAY, by=by, confidence=0.35) for n, by in ((0, "One"), (2, "Two")))
    days = [Window(since=NOON + n * DAY, until=NOON + (n + 1) * DAY) for n in range(4)]
    assert [told(first, second, window=day) for day in days] == [[], [], [("new", None, None)], []]
    assert dict(digest(first, second, window=days[0]).left_out) == {LeftOut.UNSURE: 1}


def test_an_unsure_fact_reaches_a_subscriber_though_the_report_that_came_first_was_read_last() -> None:
    late = a_telling("cap", at=NOON, by="One", confidence=0.35, seen_at=NOON + 2 * DAY + HOUR)
    early = a_telling("cap", at=NOON + HOUR, by="Two", confidence=0.35, seen_at=NOON + 2 * HOUR)
    third_day = Window(since=NOON + 2 * DAY, until=NOON + 3 * DAY, by=WindowBy.SEEN)
    assert told(early, late, window=third_day) == [("new", None, None)]


@st.composite
def histories(draw: st.DrawFn) -> list[KeyPoint]:
    """Values and stances that move about."""
    found: list[KeyPoint] = []
    for number in range(draw(st.integers(1, 10))):
        at = NOON + timedelta(hours=draw(st.integers(0, 600)))
        if draw(st.booleans()):
            found.append(a_value(draw(st.sampled_from([700_000, 800_000, 900_000])), fact=f"v{number}", at=at))
        else:
            stance = draw(st.sampled_from([Stance.REJECTS, Stance.ACCEPTS, Stance.UNDECIDED]))
            found.append(a_stand("russia", stance, fact=f"s{number}", at=at))
    return found


def _moves(items: Sequence[DigestItem]) -> list[DigestItem]:
    return [item for item in items if item.kind in (ChangeKind.VALUE, ChangeKind.STANCE)]


@settings(max_examples=80, deadline=None)
@given(histories(), st.integers(1, 599))
def test_no_movement_is_lost_between_two_halves_and_none_is_told_twice_in_the_whole(
    points: list[KeyPoint], cut: int
) -> None:
    """What a value or stance did over the whole is what it did in the halves, one after the other."""
    middle, end = NOON + timedelta(hours=cut), NOON + timedelta(hours=700)
    whole = digest(*points, window=Window(since=NOON - HOUR, until=end))
    halves = [digest(*points, window=Window(since=a, until=b)) for a, b in ((NOON - HOUR, middle), (middle, end))]
    seen = [change for item in whole.items for change in item.changes]
    assert len(seen) == len(set(seen))
    first, second = (_moves(half.items) for half in halves)
    for item in _moves(whole.items):
        parts = [each for each in (*first, *second) if each.kind is item.kind]
        assert parts and parts[-1].after is not None
    assert len(_moves(whole.items)) <= len(first) + len(second)
