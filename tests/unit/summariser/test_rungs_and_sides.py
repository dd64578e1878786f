"""A layer climbs only by the topic file's rules, and shows by which evidence."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model.stories import ChangeKind, KeyPoint, SourceKind
from bot.model.topics import Rung, SideRule, SideState, Stance
from bot.summariser.course import Course
from bot.summariser.sides import sides_of
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_topic, a_value, words_in
from tests.unit.summariser.walking import LATER, changes, moves, stands, walked


def signed(by: str, hours: int = 0, **given: Any) -> KeyPoint:
    return a_telling("signing", at=NOON + hours * HOUR, by=by, rung=Rung.SIGNED, **given)


def rung(*points: KeyPoint) -> Rung:
    return walked(*points).steps["army"].rung  # type: ignore[index]


def test_one_official_word_puts_the_layer_on_the_rung() -> None:
    assert rung(signed("Government", official=True)) is Rung.SIGNED
    assert rung(signed("Lantern", source_kind=SourceKind.OFFICIAL)) is Rung.SIGNED


@pytest.mark.parametrize(("outlets", "reached"), [(1, Rung.UNKNOWN), (2, Rung.UNKNOWN), (3, Rung.SIGNED)])
def test_unnamed_sources_need_as_many_independent_outlets_as_the_rule_asks(outlets: int, reached: Rung) -> None:
    assert rung(*(signed(f"Outlet {n}", n) for n in range(outlets))) is reached


def test_ten_copies_of_one_report_are_one_voice() -> None:
    assert rung(*(signed(f"Outlet {n}", n, report_id="r-one") for n in range(10))) is Rung.UNKNOWN


def test_one_outlet_that_says_it_ten_times_is_one_voice() -> None:
    assert rung(*(signed("Lantern", n) for n in range(10))) is Rung.UNKNOWN


def test_a_rung_that_is_reached_is_told_with_its_rule_and_all_its_voices() -> None:
    points = [signed(f"Outlet {n}", n) for n in range(3)]
    [change] = [change for change in changes(*points) if change.kind is ChangeKind.RUNG]
    assert (change.before, change.after) == ("unknown", "signed")
    assert set(change.evidence) == {point.id for point in points}
    assert "3" in change.why and "independent" in change.why


def test_a_layer_never_climbs_down_because_somebody_still_speaks_of_a_proposal() -> None:
    assert rung(signed("Government", official=True), a_telling("idea", at=LATER, rung=Rung.PROPOSED)) is Rung.SIGNED


def test_a_first_proposal_is_no_step_worth_telling() -> None:
    assert [kind for kind, _, _ in moves(a_telling("idea", rung=Rung.PROPOSED))] == ["new"]


@pytest.mark.parametrize("stance", [Stance.UNDECIDED, Stance.REJECTS, Stance.ACCEPTS])
def test_whether_a_party_consents_is_a_stance_and_never_a_rung(stance: Stance) -> None:
    said = a_stand("russia", stance, layer="army", rung=Rung.AGREED_IN_PRINCIPLE, official=True)
    assert not walked(said).steps
    assert stands("russia", said)["", "army"].point.stance is stance


def test_a_signature_told_as_process_moves_only_the_layers_it_names() -> None:
    told = a_telling("ceremony", category="process", rung=Rung.SIGNED, official=True, signature=("L:force",))
    steps = walked(told).steps
    assert {category: step.rung for category, step in steps.items()} == {"force": Rung.SIGNED}


STALL = a_telling("deadlock", side=SideState.STALLED)


def test_talks_that_stall_mark_their_layer_and_no_party() -> None:
    course = walked(STALL, a_stand("us", Stance.SUPPORTS, side=SideState.STALLED))
    assert {category for category, _ in course.sides} == {"army"}
    assert list(sides_of(course, "army")) == [SideState.STALLED]  # type: ignore[arg-type]


def test_a_side_state_needs_as_many_outlets_as_its_rule_asks_for() -> None:
    rule = SideRule(state=SideState.STALLED, terms=words_in("en", "stalled"), outlets=2)
    second = a_telling("deadlock", side=SideState.STALLED, by="Other", at=NOON + HOUR)
    found = [list(sides_of(Course(a_topic(sides=(rule,))).walk(told), "army")) for told in ([STALL], [STALL, second])]  # type: ignore[arg-type]
    assert found == [[], [SideState.STALLED]]


def test_a_layer_whose_value_moves_is_stalled_no_more() -> None:
    points = a_value(800_000, at=NOON - DAY), STALL, a_value(700_000, at=LATER)
    assert not list(sides_of(walked(*points), "army"))  # type: ignore[arg-type]


def test_one_unsure_sentence_puts_no_layer_on_a_rung() -> None:
    assert not walked(signed("Lantern", source_kind=SourceKind.OFFICIAL, confidence=0.2)).steps


def test_a_signature_that_is_denied_takes_the_layer_down_again_and_says_so() -> None:
    proposed = a_telling("idea", at=NOON - DAY, by="Other", rung=Rung.PROPOSED)
    wrong = [signed(f"Outlet {n}", n, signature=("x:pen", "n:9")) for n in range(3)]
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=("x:pen", "n:9"))
    course = walked(proposed, *wrong, denial)
    assert course.steps["army"].rung is Rung.PROPOSED  # type: ignore[index]
    assert [(c.before, c.after) for c in course.changes if c.kind is ChangeKind.RUNG] == [
        ("proposed", "signed"),
        ("signed", "proposed"),
    ]


def test_a_denial_of_something_else_leaves_the_rung_alone() -> None:
    wrong = a_telling("leak", signature=("x:hub", "n:12"))
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=("x:hub", "n:12"))
    assert rung(signed("Government", official=True), wrong, denial) is Rung.SIGNED
