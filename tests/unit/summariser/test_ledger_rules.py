"""Whatever the points are: the same ledger in any order, and nothing from tomorrow on today's board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.stories import Change, ChangeKind, KeyPoint, Modality, SourceKind, Standing
from bot.model.topics import Rung, SideState, Stance
from bot.summariser.board import board_of
from bot.summariser.changes import ledger_from, ledger_of
from bot.summariser.course import Course
from tests.builders import HOUR, NOON, a_stand, a_telling, a_topic, a_value

TOPIC = a_topic()
OUTLETS = ("Lantern", "Kestrel", "Svitanok", "Government")
MARKS = ("x:hub", "n:12", "c:city", "x:ship")


@st.composite
def points(draw: st.DrawFn) -> KeyPoint:
    outlet = draw(st.sampled_from(OUTLETS))
    common: dict[str, Any] = {
        "at": NOON + draw(st.integers(0, 240)) * HOUR,
        "by": outlet,
        "official": outlet == "Government",
        "source_kind": draw(st.sampled_from([SourceKind.UNNAMED, SourceKind.UNNAMED, SourceKind.OFFICIAL])),
        "modality": draw(st.sampled_from([Modality.PLANNED, Modality.DECIDED])),
        "correction": draw(st.integers(0, 9)) == 0,
        "rung": draw(st.sampled_from([None, None, Rung.PROPOSED, Rung.AGREED_IN_PRINCIPLE, Rung.SIGNED])),
        "side": draw(st.sampled_from([None, None, None, SideState.STALLED])),
    }
    if draw(st.booleans()):
        common["report_id"] = draw(st.sampled_from(["r-1", "r-2", "r-3"]))
    kind = draw(st.sampled_from(["value", "value", "stand", "plain", "day"]))
    if kind == "value":
        value = draw(st.sampled_from([700_000, 800_000, 900_000]))
        background = ("b:",) if draw(st.integers(0, 5)) == 0 else ()
        return a_value(value, signature=(f"v:army_size={value}", f"n:{value}", *background), **common)
    if kind == "day":
        return a_value(
            NOON.toordinal() + draw(st.integers(2, 8)), slot="deploy_days", unit="date", category="force", **common
        )
    if kind == "stand":
        stance, member = (
            draw(st.sampled_from([Stance.SUPPORTS, Stance.CONDITIONAL, Stance.REJECTS])),
            draw(st.sampled_from([None, "poland"])),
        )
        return a_stand("europe", stance, member=member, layer=draw(st.sampled_from(["", "force"])), **common)
    fact = draw(st.sampled_from(["hub", "ship", "bay"]))
    return a_telling(
        fact,
        category=draw(st.sampled_from(["army", "process"])),
        signature=(f"x:{fact}", *draw(st.sets(st.sampled_from(MARKS))), "L:army"),
        **common,
    )


def unique(found: Sequence[KeyPoint]) -> list[KeyPoint]:
    """No two points under one id; one category a development."""
    kept: dict[str, KeyPoint] = {}
    categories: dict[object, str] = {}
    for point in found:
        if categories.setdefault(point.development_id, point.category) == point.category:
            kept.setdefault(point.id, point)
    return list(kept.values())


LEDGERS = st.lists(points(), max_size=25).map(unique)


def flat(found: Sequence[KeyPoint]) -> list[Change]:
    return sorted(
        (c for changes in ledger_of(TOPIC, found).changes.values() for c in changes), key=lambda c: (c.at, c.id)
    )


@settings(max_examples=150, deadline=None)
@given(LEDGERS, st.randoms(use_true_random=False))
def test_the_same_points_give_the_same_ledger_in_whatever_order_they_come(
    found: list[KeyPoint], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ledger_of(TOPIC, shuffled) == ledger_of(TOPIC, found)


@settings(max_examples=150, deadline=None)
@given(LEDGERS, st.integers(0, 240))
def test_what_was_told_of_a_day_never_changes_because_of_what_came_later(found: list[KeyPoint], hours: int) -> None:
    moment = NOON + hours * HOUR
    known_then = [point for point in found if point.published <= moment]
    assert [c for c in flat(known_then) if c.at <= moment] == [change for change in flat(found) if change.at <= moment]


@settings(max_examples=150, deadline=None)
@given(LEDGERS, st.integers(0, 240))
def test_the_board_of_a_past_moment_is_the_board_of_that_moment(found: list[KeyPoint], hours: int) -> None:
    moment = NOON + hours * HOUR
    known_then = [point for point in found if point.published <= moment]
    from_today = board_of(TOPIC, known_then, [change for change in flat(found) if change.at <= moment], moment)
    assert from_today == board_of(TOPIC, known_then, [c for c in flat(known_then) if c.at <= moment], moment)


@settings(max_examples=150, deadline=None)
@given(LEDGERS, st.integers(0, 240))
def test_a_walk_that_stopped_and_went_on_says_what_one_walk_says(found: list[KeyPoint], hours: int) -> None:
    """And the copy from which it went on is still where it was."""
    moment = NOON + hours * HOUR
    known_then = [point for point in found if point.published <= moment]
    stopped = Course(TOPIC).walk(known_then)
    went_on = stopped.copy().walk(point for point in found if point.published > moment)
    assert ledger_from(went_on) == ledger_of(TOPIC, found)
    assert ledger_from(stopped) == ledger_of(TOPIC, known_then)


@settings(max_examples=150, deadline=None)
@given(LEDGERS)
def test_every_change_rests_on_evidence_that_was_published_by_then(found: list[KeyPoint]) -> None:
    known = {point.id: point for point in found}
    changes = flat(found)
    assert len({change.id for change in changes}) == len(changes)
    for change in changes:
        assert change.evidence and change.why
        assert all(known[point].published <= change.at for point in change.evidence)
        assert known[change.evidence[0]].published == change.at or change.kind is ChangeKind.PASSED
        if change.kind in (ChangeKind.VALUE, ChangeKind.STANCE, ChangeKind.CONFLICT, ChangeKind.RUNG):
            assert change.before and change.after and change.before != change.after


@settings(max_examples=150, deadline=None)
@given(LEDGERS)
def test_the_board_never_shows_what_was_taken_back(found: list[KeyPoint]) -> None:
    ledger, changes = ledger_of(TOPIC, found), flat(found)
    board = board_of(TOPIC, found, changes, NOON + timedelta(days=20))
    gone = {development for development, standing in ledger.standings.items() if standing is Standing.CORRECTED}
    assert not gone & {layer.newest for layer in board.layers}
    assert not gone & {state.development_id for state in board.parties}
    assert not gone & set(board.process)
    assert not gone & {value.development_id for layer in board.layers for value in layer.values}


@settings(max_examples=100, deadline=None)
@given(LEDGERS)
def test_a_dispute_on_the_board_is_marked_on_both_sides_and_nowhere_else(found: list[KeyPoint]) -> None:
    standings = ledger_of(TOPIC, found).standings
    board = board_of(TOPIC, found, flat(found), NOON + timedelta(days=20))
    disputed = {value.development_id for layer in board.layers for value in layer.values if value.disputed_by}
    assert all(standings[development] is Standing.DISPUTED for development in disputed)
    assert len(board.open_conflicts) == len(disputed)
    if not disputed:
        assert Standing.DISPUTED not in standings.values()
