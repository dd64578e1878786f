"""What a reader sees of the plan as of a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.model.stories import Board, KeyPoint, Modality
from bot.model.topics import Rung, SideState, Stance
from bot.summariser.board import board_of
from bot.summariser.changes import ledger_of
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_topic, a_value

TOPIC = a_topic()


def board(*points: KeyPoint, as_of: datetime = NOON + 9 * DAY) -> Board:
    known = [point for point in points if point.published <= as_of]
    ledger = ledger_of(TOPIC, known)
    changes = sorted((c for found in ledger.changes.values() for c in found), key=lambda c: (c.at, c.id))
    return board_of(TOPIC, known, changes, as_of)


def test_a_plan_of_which_nothing_was_told_says_so_and_guesses_nothing() -> None:
    empty = board()
    assert [(layer.rung, layer.newest, layer.silence, layer.values) for layer in empty.layers] == [
        (Rung.UNKNOWN, None, None, ())
    ] * 2
    assert [party.stance for party in empty.parties] == [None, None, None]
    assert not empty.process and not empty.open_conflicts


def test_the_value_shown_is_the_last_with_the_one_before_it_and_since_when() -> None:
    [value] = board(a_value(800_000), a_value(700_000, at=NOON + 5 * DAY)).layers[0].values
    assert (value.value, value.before, value.since) == (700_000, "800000", NOON + 5 * DAY)


def test_as_of_an_earlier_day_the_old_value_stands() -> None:
    points = a_value(800_000), a_value(700_000, at=NOON + 5 * DAY)
    [value] = board(*points, as_of=NOON + 4 * DAY).layers[0].values
    assert (value.value, value.before) == (800_000, None)


def test_what_a_party_asks_stands_beside_the_plans_value_with_the_partys_name() -> None:
    plan = a_value(30, slot="deploy_days", unit="days", category="force")
    asked = a_value(
        90,
        slot="deploy_days",
        unit="days",
        category="position:russia",
        party="russia",
        modality=Modality.ASKED,
        at=NOON + HOUR,
    )
    assert [(value.party, value.value) for value in board(plan, asked).layers[1].values] == [(None, 30), ("russia", 90)]


def test_a_dispute_shows_the_rival_and_marks_the_layer() -> None:
    points = a_value(800_000, by="Lantern"), a_value(700_000, by="Kestrel", at=NOON + DAY)
    found = board(*points)
    assert found.layers[0].values[0].disputed_by == "700000"
    assert found.layers[0].sides == (SideState.DISPUTED,)
    assert [conflict.after for conflict in found.open_conflicts] == ["700000"]


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (23, 0), (24, 1), (24 * 8, 8)])
def test_silence_counts_whole_days_since_the_layer_last_moved(hours: int, days: int) -> None:
    assert board(a_telling(), as_of=NOON + timedelta(hours=hours)).layers[0].silent_days == days


def test_a_repeat_breaks_no_silence_but_shows_when_it_was_last_told() -> None:
    layer = board(a_telling(), a_telling(by="Other", at=NOON + 5 * DAY)).layers[0]
    assert (layer.silent_days, layer.last_told_at) == (9, NOON + 5 * DAY)


def test_the_newest_shown_is_one_that_still_holds() -> None:
    told = a_telling("one", signature=("x:a", "n:1"))
    wrong = a_telling("two", at=NOON + DAY, signature=("x:hub", "n:12"))
    denial = a_telling("three", at=NOON + 2 * DAY, category="force", correction=True, signature=("x:hub", "n:12"))
    assert board(told, wrong, denial).layers[0].newest == "d-two"
    denied = board(told, wrong, a_telling("three", at=NOON + 2 * DAY, correction=True, signature=("x:hub", "n:12")))
    assert denied.layers[0].newest == "d-three"
    assert denied.layers[0].newest_text


def test_a_layer_that_was_only_told_of_is_floated() -> None:
    assert [layer.rung for layer in board(a_telling()).layers] == [Rung.FLOATED, Rung.UNKNOWN]


def test_a_rung_carries_its_rule_its_voices_and_its_day() -> None:
    points = [
        a_telling("sign", by=name, at=NOON + n * HOUR, rung=Rung.SIGNED) for n, name in enumerate(("A", "B", "C"))
    ]
    layer = board(*points).layers[0]
    assert (layer.rung, layer.rung_since) == (Rung.SIGNED, NOON + 2 * HOUR)
    assert layer.rung_evidence == tuple(point.id for point in points)
    assert 0 < layer.confidence <= 1


def test_an_unknown_consent_is_a_stance_and_leaves_every_rung_where_it_is() -> None:
    found = board(a_stand("russia", Stance.UNDECIDED, rung=Rung.AGREED_IN_PRINCIPLE, official=True))
    assert [layer.rung for layer in found.layers] == [Rung.UNKNOWN, Rung.UNKNOWN]
    assert next(party for party in found.parties if party.party == "russia").stance is Stance.UNDECIDED


def test_a_partys_own_word_is_its_stance_and_a_members_is_a_difference() -> None:
    found = board(
        a_stand("europe", Stance.SUPPORTS), a_stand("europe", Stance.REJECTS, member="poland", at=NOON + HOUR)
    )
    assert next(party for party in found.parties if party.party == "europe").stance is Stance.SUPPORTS
    assert [(state.member, state.stance) for state in found.differences] == [("poland", Stance.REJECTS)]


def test_a_party_that_spoke_only_through_members_stands_where_most_of_them_do() -> None:
    found = board(
        a_stand("europe", Stance.REJECTS, member="poland"),
        a_stand("europe", Stance.SUPPORTS, member="france", at=NOON + HOUR),
        a_stand("europe", Stance.SUPPORTS, member="italy", at=NOON + 2 * HOUR),
    )
    assert next(party for party in found.parties if party.party == "europe").stance is Stance.SUPPORTS


def test_a_stance_on_one_layer_is_shown_with_that_layer() -> None:
    found = board(a_stand("russia", Stance.UNDECIDED), a_stand("russia", Stance.REJECTS, layer="force", at=NOON + HOUR))
    assert [(state.on, state.stance) for state in found.differences] == [("force", Stance.REJECTS)]


def test_the_process_comes_newest_first_and_each_development_once() -> None:
    points = [a_telling(f"step{n}", category="process", at=NOON + n * DAY) for n in range(3)]
    assert board(*points, a_telling("step0", category="process", by="Other", at=NOON + 5 * DAY)).process == (
        "d-step2",
        "d-step1",
        "d-step0",
    )


def test_more_voices_make_surer_and_a_dispute_makes_less_sure() -> None:
    alone = board(a_value(800_000, by="Lantern"))
    backed = board(a_value(800_000, by="Lantern"), a_value(800_000, by="Kestrel", at=NOON + HOUR))
    disputed = board(a_value(800_000, by="Lantern"), a_value(700_000, by="Kestrel", at=NOON + HOUR))
    one, two, three = (found.layers[0].values[0].confidence for found in (alone, backed, disputed))
    assert 0 < three < one < two <= 1


def test_copies_of_one_report_make_nothing_surer() -> None:
    original = a_value(800_000, by="Lantern")
    copies = [a_value(800_000, by=f"Copy {n}", at=NOON + n * HOUR, report_id=original.report_id) for n in range(1, 9)]
    assert board(original, *copies).layers[0].values[0].confidence == board(original).layers[0].values[0].confidence
