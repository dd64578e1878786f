"""What the ledger says when values and stances move: the reader is told what was before, what is now, and what is disputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from bot.model.stories import Change, ChangeKind, KeyPoint, Modality, PointId, ReportId, SourceKind, Standing
from bot.model.topics import Rung, SideState, Stance
from bot.summariser.changes import ledger_of
from bot.summariser.course import Course
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_topic, a_value

TOPIC = a_topic()
LATER = NOON + 10 * DAY


def changes(*points: KeyPoint) -> list[Change]:
    ledger = ledger_of(TOPIC, points)
    return sorted(
        (change for found in ledger.changes.values() for change in found), key=lambda change: (change.at, change.id)
    )


def moves(*points: KeyPoint) -> list[tuple[str, str | None, str | None]]:
    return [(str(change.kind), change.before, change.after) for change in changes(*points)]


def standing(points: Sequence[KeyPoint], fact: str) -> Standing:
    return ledger_of(TOPIC, points).standings[next(p.development_id for p in points if fact in p.id)]  # type: ignore[index]


# ── values ──


def test_a_reader_is_told_a_new_value_with_the_one_before_it() -> None:
    points = a_value(800_000), a_value(700_000, at=LATER)
    assert moves(*points) == [("new", None, "800000"), ("value", "800000", "700000")]
    assert standing(points, "800000") is Standing.SUPERSEDED
    assert standing(points, "700000") is Standing.STANDING


def test_a_value_that_moves_shows_both_tellings_as_evidence() -> None:
    old, new = a_value(800_000), a_value(700_000, at=LATER)
    assert changes(old, new)[-1].evidence == (new.id, old.id)


def test_a_value_told_again_is_no_second_change() -> None:
    assert moves(
        a_value(800_000), a_value(800_000, by="Other", at=NOON + HOUR), a_value(800_000, by="Third", at=LATER)
    ) == [("new", None, "800000")]


def test_the_same_value_in_a_development_of_its_own_moves_nothing() -> None:
    assert moves(a_value(800_000), a_value(800_000, fact="again", at=LATER)) == [("new", None, "800000")]


def test_what_one_party_offers_and_another_asks_are_two_facts_and_no_conflict() -> None:
    offer = a_value(15, slot="deploy_days", unit="days", party="us", category="position:us", modality=Modality.OFFERED)
    request = a_value(
        50,
        slot="deploy_days",
        unit="days",
        party="russia",
        category="position:russia",
        modality=Modality.ASKED,
        by="Other",
        at=NOON + HOUR,
    )
    assert moves(offer, request) == [("new", None, "15"), ("new", None, "50")]


def test_what_a_party_asks_leaves_the_plans_own_value_alone() -> None:
    plan = a_value(800_000)
    asked = a_value(
        600_000, party="russia", category="position:russia", modality=Modality.ASKED, by="Other", at=NOON + HOUR
    )
    course = Course(TOPIC).walk([plan, asked])
    assert course.values["army", "army_size"].point == plan
    assert not [change for change in course.changes if change.kind in (ChangeKind.VALUE, ChangeKind.CONFLICT)]


def test_a_background_value_is_no_news_and_leaves_the_value_as_it_stands() -> None:
    now = a_value(800_000)
    was = a_value(900_000, at=LATER, signature=("v:army_size=900000", "b:"))
    assert not {kind for kind, _, _ in moves(now, was)} & {"value", "conflict"}
    assert Course(TOPIC).walk([now, was]).values["army", "army_size"].point == now


@pytest.mark.parametrize(("first_id", "second_id"), [("p-a", "p-b"), ("p-b", "p-a")])
def test_a_sentence_that_gives_the_old_value_beside_the_new_one_never_tells_them_in_reverse(
    first_id: str, second_id: str
) -> None:
    now = replace(a_value(800_000), id=PointId(first_id))
    was = replace(a_value(900_000, signature=("v:army_size=900000", "b:")), id=PointId(second_id))
    assert Course(TOPIC).walk([now, was]).values["army", "army_size"].point == now


def test_a_range_is_written_with_both_ends_and_a_date_as_a_day() -> None:
    ranged = a_value(30, upper=50, slot="deploy_days", unit="days", category="force")
    dated = a_value(NOON.toordinal(), slot="deploy_days", unit="date", category="force", at=LATER)
    assert moves(ranged, dated) == [("new", None, "30–50"), ("value", "30–50", "2026-02-10")]


# ── conflicts ──

OURS = a_value(15, slot="deploy_days", unit="days", category="force", by="Lantern")
RIVAL = a_value(10, slot="deploy_days", unit="days", category="force", by="Kestrel", at=NOON + DAY)


def test_two_rival_figures_within_three_days_are_a_conflict_that_shows_both() -> None:
    [_, conflict] = changes(OURS, RIVAL)
    assert (conflict.kind, conflict.before, conflict.after) == (ChangeKind.CONFLICT, "15", "10")
    assert conflict.evidence == (RIVAL.id, OURS.id)
    assert {standing((OURS, RIVAL), fact) for fact in ("days-15", "days-10")} == {Standing.DISPUTED}


def test_a_rival_figure_after_three_days_is_a_new_value() -> None:
    late = a_value(10, slot="deploy_days", unit="days", category="force", by="Kestrel", at=NOON + 4 * DAY)
    assert moves(OURS, late)[-1] == ("value", "15", "10")


def test_an_outlet_that_tells_another_figure_corrects_itself_and_disputes_nobody() -> None:
    same_outlet = a_value(10, slot="deploy_days", unit="days", category="force", by="Lantern", at=NOON + DAY)
    assert moves(OURS, same_outlet)[-1] == ("value", "15", "10")


def test_an_official_channel_overrules_a_report_without_a_conflict() -> None:
    official = a_value(
        10, slot="deploy_days", unit="days", category="force", by="Government", official=True, at=NOON + DAY
    )
    assert moves(OURS, official)[-1] == ("value", "15", "10")


def test_a_sentence_that_names_the_old_figure_too_tells_a_move_and_no_conflict() -> None:
    both = replace(RIVAL, quantities=(*RIVAL.quantities, *OURS.quantities))
    assert moves(OURS, both)[-1] == ("value", "15", "10")


def backing(point: KeyPoint, by: str, hours: int, **given: Any) -> KeyPoint:
    return replace(
        point,
        id=PointId(f"{point.id}-{by}-{hours}"),
        outlet=by,
        published=point.published + hours * HOUR,
        report_id=ReportId(f"r-{by}-{hours}"),
        **given,
    )


def test_an_official_word_for_the_rival_settles_the_conflict_as_a_new_value() -> None:
    word = backing(RIVAL, "Government", 5, official=True)
    points = OURS, RIVAL, word
    assert moves(*points)[-1] == ("value", "15", "10")
    course = Course(TOPIC).walk(points)
    assert course.values["force", "deploy_days"].rival is None
    assert standing(points, "days-15") is Standing.SUPERSEDED
    assert standing(points, "days-10") is Standing.STANDING


def test_an_official_word_for_the_first_figure_settles_the_conflict_against_the_rival() -> None:
    points = OURS, RIVAL, backing(OURS, "Third", 40, source_kind=SourceKind.OFFICIAL, modality=Modality.DECIDED)
    assert Course(TOPIC).walk(points).values["force", "deploy_days"].rival is None
    assert standing(points, "days-15") is Standing.STANDING
    assert standing(points, "days-10") is Standing.CORRECTED


def test_an_official_word_in_wording_of_its_own_settles_the_conflict_as_well() -> None:
    own = a_value(
        15,
        fact="own-words",
        slot="deploy_days",
        unit="days",
        category="force",
        by="Government",
        official=True,
        at=NOON + 2 * DAY,
    )
    course = Course(TOPIC).walk([OURS, RIVAL, own])
    assert course.values["force", "deploy_days"].rival is None
    assert course.standings["d-deploy_days-10"] is Standing.CORRECTED  # type: ignore[index]


def test_an_official_word_for_the_rival_in_wording_of_its_own_leaves_nothing_disputed() -> None:
    own = a_value(
        10,
        fact="own-words",
        slot="deploy_days",
        unit="days",
        category="force",
        by="Government",
        official=True,
        at=NOON + 2 * DAY,
    )
    course = Course(TOPIC).walk([OURS, RIVAL, own])
    assert course.values["force", "deploy_days"].rival is None
    assert Standing.DISPUTED not in course.standings.values()


def test_one_further_report_leaves_the_conflict_open_and_a_second_settles_it() -> None:
    one, two = backing(RIVAL, "Third", 3), backing(RIVAL, "Fourth", 6)
    assert Course(TOPIC).walk([OURS, RIVAL, one]).values["force", "deploy_days"].rival is not None
    assert moves(OURS, RIVAL, one, two)[-1] == ("value", "15", "10")


def test_copies_of_the_rivals_report_settle_nothing_however_many_they_are() -> None:
    copies = [replace(backing(RIVAL, f"Copy {n}", n), report_id=RIVAL.report_id) for n in range(1, 11)]
    further = backing(RIVAL, "Third", 11)
    assert Course(TOPIC).walk([OURS, RIVAL, *copies, further]).values["force", "deploy_days"].rival is not None


# ── corrections ──


def test_a_denial_is_a_correction_that_names_what_it_takes_back() -> None:
    wrong = a_telling("leak", signature=("x:hub", "n:12", "c:city"))
    denial = a_telling("denial", by="Other", at=NOON + DAY, correction=True, signature=("x:hub", "n:12"))
    [_, correction] = changes(wrong, denial)
    assert (correction.kind, correction.before, correction.evidence) == (
        ChangeKind.CORRECTION,
        "d-leak",
        (denial.id, wrong.id),
    )
    assert standing((wrong, denial), "leak") is Standing.CORRECTED


def test_a_denial_of_something_else_takes_nothing_back() -> None:
    told = a_telling("leak", signature=("x:hub", "n:12"))
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=("x:ship", "n:7"))
    assert standing((told, denial), "leak") is Standing.STANDING
    assert [kind for kind, _, _ in moves(told, denial)] == ["new", "new"]


def test_a_denial_of_another_layer_takes_nothing_back() -> None:
    told = a_telling("leak", signature=("x:hub", "n:12"))
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=("x:hub", "n:12"), category="force")
    assert standing((told, denial), "leak") is Standing.STANDING


def test_a_rival_figure_that_is_denied_ends_the_conflict() -> None:
    denial = a_telling("denial", category="force", at=NOON + 2 * DAY, correction=True, signature=RIVAL.signature)
    course = Course(TOPIC).walk([OURS, RIVAL, denial])
    assert course.values["force", "deploy_days"].rival is None
    assert course.standings["d-deploy_days-15"] is Standing.STANDING  # type: ignore[index]


def test_a_value_that_is_denied_gives_way_to_the_one_before_it() -> None:
    old, wrong = a_value(800_000), a_value(600_000, at=NOON + 4 * DAY)
    denial = a_telling("denial", at=NOON + 5 * DAY, correction=True, signature=wrong.signature)
    course = Course(TOPIC).walk([old, wrong, denial])
    assert course.values["army", "army_size"].point == old
    assert course.standings["d-army_size-800000"] is Standing.STANDING  # type: ignore[index]


def test_a_value_that_was_denied_never_comes_back_when_the_next_one_is_denied_too() -> None:
    first, second = a_value(600_000), a_value(500_000, at=NOON + 4 * DAY)
    denials = (
        a_telling("denial-1", at=NOON + 5 * DAY, correction=True, signature=first.signature),
        a_telling("denial-2", at=NOON + 6 * DAY, correction=True, signature=second.signature),
    )
    assert ("army", "army_size") not in Course(TOPIC).walk([first, second, *denials]).values


def test_a_third_figure_after_days_ends_the_dispute_of_the_first_two() -> None:
    third = a_value(20, slot="deploy_days", unit="days", category="force", by="Svitanok", at=NOON + 9 * DAY)
    assert Standing.DISPUTED not in Course(TOPIC).walk([OURS, RIVAL, third]).standings.values()


def test_a_denied_value_that_was_the_first_stands_no_more() -> None:
    wrong = a_value(600_000)
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=wrong.signature)
    assert ("army", "army_size") not in Course(TOPIC).walk([wrong, denial]).values


def test_a_stance_that_is_denied_gives_way_to_the_one_before_it() -> None:
    against = a_stand("russia", Stance.REJECTS)
    wrong = a_stand("russia", Stance.ACCEPTS, at=NOON + DAY, signature=("p:russia", "x:name", "n:4"))
    denial = a_telling(
        "denial",
        category="position:russia",
        party="russia",
        at=NOON + 2 * DAY,
        correction=True,
        signature=("x:name", "n:4"),
    )
    assert Course(TOPIC).walk([against, wrong, denial]).stands["russia", "", ""].point == against


# ── stances ──


def test_a_stance_that_turns_is_told_with_the_one_before() -> None:
    points = a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.CONDITIONAL, at=LATER)
    assert moves(*points) == [("new", None, "rejects"), ("stance", "rejects", "conditional")]
    assert standing(points, "rejects") is Standing.SUPERSEDED


def test_one_member_that_turns_moves_neither_its_party_nor_another_member() -> None:
    points = (
        a_stand("europe", Stance.SUPPORTS),
        a_stand("europe", Stance.CONDITIONAL, member="poland", at=NOON + HOUR),
        a_stand("europe", Stance.SUPPORTS, member="france", at=NOON + 2 * HOUR),
        a_stand("europe", Stance.REJECTS, member="poland", at=NOON + DAY),
    )
    turned = [change for change in changes(*points) if change.kind is ChangeKind.STANCE]
    assert [(change.member, change.before, change.after) for change in turned] == [("poland", "conditional", "rejects")]
    stands = Course(TOPIC).walk(points).stands
    assert stands["europe", "", ""].point.stance is Stance.SUPPORTS
    assert stands["europe", "france", ""].point.stance is Stance.SUPPORTS


def test_a_stance_on_one_layer_is_no_turn_on_the_plan() -> None:
    points = a_stand("russia", Stance.UNDECIDED), a_stand("russia", Stance.REJECTS, layer="force", at=NOON + DAY)
    assert [kind for kind, _, _ in moves(*points)] == ["new", "new"]


def test_a_party_that_repeats_itself_moves_nothing() -> None:
    points = a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.REJECTS, by="Other", at=LATER)
    assert moves(*points) == [("new", None, "rejects")]


# ── rungs and sides ──


def signed(by: str, hours: int = 0, **given: Any) -> KeyPoint:
    return a_telling("signing", at=NOON + hours * HOUR, by=by, rung=Rung.SIGNED, **given)


def rung(*points: KeyPoint) -> Rung:
    return Course(TOPIC).walk(points).steps["army"].rung  # type: ignore[index]


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
    course = Course(TOPIC).walk([a_stand("russia", stance, layer="army", rung=Rung.AGREED_IN_PRINCIPLE, official=True)])
    assert not course.steps
    assert course.stands["russia", "", "L:army"].point.stance is stance


def test_a_signature_told_as_process_moves_only_the_layers_it_names() -> None:
    told = a_telling("ceremony", category="process", rung=Rung.SIGNED, official=True, signature=("L:force",))
    steps = Course(TOPIC).walk([told]).steps
    assert {category: step.rung for category, step in steps.items()} == {"force": Rung.SIGNED}


def test_talks_that_stall_mark_their_layer_and_no_party() -> None:
    course = Course(TOPIC).walk(
        [a_telling("deadlock", side=SideState.STALLED), a_stand("us", Stance.SUPPORTS, side=SideState.STALLED)]
    )
    assert {category: set(found) for category, found in course.sides.items()} == {"army": {SideState.STALLED}}


def test_a_signature_that_is_denied_takes_the_layer_down_again_and_says_so() -> None:
    proposed = a_telling("idea", at=NOON - DAY, by="Other", rung=Rung.PROPOSED)
    wrong = [signed(f"Outlet {n}", n, signature=("x:pen", "n:9")) for n in range(3)]
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=("x:pen", "n:9"))
    course = Course(TOPIC).walk([proposed, *wrong, denial])
    assert course.steps["army"].rung is Rung.PROPOSED  # type: ignore[index]
    assert [(c.before, c.after) for c in course.changes if c.kind is ChangeKind.RUNG] == [
        ("proposed", "signed"),
        ("signed", "proposed"),
    ]


def test_a_denial_of_something_else_leaves_the_rung_alone() -> None:
    wrong = a_telling("leak", signature=("x:hub", "n:12"))
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=("x:hub", "n:12"))
    assert rung(signed("Government", official=True), wrong, denial) is Rung.SIGNED


def test_a_correction_that_gives_the_right_figure_puts_it_on_the_board() -> None:
    wrong = a_value(500_000)
    right = a_value(800_000, at=NOON + HOUR, correction=True, signature=("v:army_size=800000", *wrong.signature))
    course = Course(TOPIC).walk([wrong, right])
    assert course.values["army", "army_size"].point == right
    assert ChangeKind.CORRECTION in {change.kind for change in course.changes}
    assert not {ChangeKind.VALUE, ChangeKind.CONFLICT} & {change.kind for change in course.changes}
    assert course.standings["d-army_size-500000"] is Standing.CORRECTED  # type: ignore[index]


def test_a_correction_that_names_the_wrong_figure_beside_the_right_one_is_told_once() -> None:
    wrong = a_value(500_000)
    right = a_value(800_000, at=NOON + HOUR, correction=True, signature=("v:army_size=800000", *wrong.signature))
    again = a_value(500_000, at=NOON + HOUR, by="Other", correction=True, signature=(*wrong.signature, "b:"))
    assert [kind for kind, _, _ in moves(wrong, right, again)].count("correction") == 1
    assert Course(TOPIC).walk([wrong, right, again]).values["army", "army_size"].point == right
