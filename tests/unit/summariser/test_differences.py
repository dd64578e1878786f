"""The difference of two dates: what stands otherwise on the later board, and nothing of what came and went between them."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.stories import Board, ChangeKind, Difference, KeyPoint, Modality
from bot.model.topics import Rung, Stance
from bot.summariser.board import board_of
from bot.summariser.differences import difference, joined
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_value
from tests.unit.summariser.test_ledger_rules import LEDGERS
from tests.unit.summariser.walking import OURS, RIVAL, TOPIC, changes


def board(points: list[KeyPoint], days: float) -> Board:
    moment = NOON + timedelta(days=days)
    known = [point for point in points if point.published <= moment]
    return board_of(TOPIC, known, [change for change in changes(*known) if change.at <= moment], moment)


def apart(
    *points: KeyPoint, days: tuple[float, float] = (0.5, 20)
) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    found = difference(board(list(points), days[0]), board(list(points), days[1]))
    return {(str(each.kind), each.slot or each.member or each.category): (each.before, each.after) for each in found}


def test_two_boards_on_which_everything_stands_alike_differ_in_nothing() -> None:
    assert apart(a_value(800_000), a_value(800_000, by="Other", at=NOON + 5 * DAY)) == {}


def test_a_value_that_moved_twice_is_one_difference() -> None:
    values = [a_value(number, at=NOON + n * 5 * DAY) for n, number in enumerate((800_000, 750_000, 700_000))]
    assert apart(*values) == {("value", "army_size"): ("800000", "700000")}


def test_a_value_that_came_back_is_no_difference() -> None:
    values = [a_value(800_000), a_value(700_000, at=NOON + 4 * DAY), a_value(800_000, fact="b", at=NOON + 9 * DAY)]
    assert apart(*values) == {}


def test_a_rung_a_stance_and_a_first_value_are_differences() -> None:
    points = (
        a_stand("russia", Stance.REJECTS),
        a_stand("russia", Stance.ACCEPTS, at=NOON + 5 * DAY),
        a_telling("sign", rung=Rung.SIGNED, official=True, at=NOON + 6 * DAY),
        a_value(15, slot="deploy_days", unit="days", category="force", at=NOON + 7 * DAY),
    )
    assert apart(*points) == {
        ("rung", "army"): ("unknown", "signed"),
        ("rung", "force"): ("unknown", "floated"),
        ("value", "deploy_days"): (None, "15"),
        ("stance", "position:russia"): ("rejects", "accepts"),
    }


def test_a_dispute_that_opened_shows_both_sides_and_the_side_state() -> None:
    assert apart(OURS, RIVAL) == {
        ("rung", "force"): ("floated", "floated,disputed"),
        ("value", "deploy_days"): ("15", "15|10"),
    }


def test_what_a_party_offers_differs_apart_from_the_plans_own_value() -> None:
    asked = {"slot": "deploy_days", "unit": "days", "party": "us", "category": "position:us"}
    first = a_value(50, modality=Modality.ASKED, **asked)  # type: ignore[arg-type]
    second = a_value(40, modality=Modality.ASKED, at=NOON + 5 * DAY, **asked)  # type: ignore[arg-type]
    [each] = difference(board([first, second], 0.5), board([first, second], 20))
    assert (each.kind, each.party, each.before, each.after) == (ChangeKind.VALUE, "us", "50", "40")


def _as_set(found: tuple[Difference, ...]) -> set[Difference]:
    return set(found)


@settings(max_examples=80, deadline=None)
@given(LEDGERS, st.lists(st.integers(0, 240), min_size=3, max_size=3).map(sorted))
def test_differences_of_two_spans_add_up_to_the_difference_of_the_whole(
    points: list[KeyPoint], hours: list[int]
) -> None:
    first, second, third = (board(points, each / 24) for each in hours)
    parts = joined(difference(first, second), difference(second, third))
    assert _as_set(parts) == _as_set(difference(first, third))


@settings(max_examples=40, deadline=None)
@given(LEDGERS, st.integers(0, 240))
def test_a_board_differs_in_nothing_from_itself(points: list[KeyPoint], hours: int) -> None:
    assert difference(board(points, hours / 24), board(points, hours / 24)) == ()


def test_a_difference_told_backwards_is_the_other_way_round() -> None:
    points = [a_value(800_000), a_value(700_000, at=NOON + 5 * DAY), a_telling("x", at=NOON + HOUR)]
    [back] = difference(board(points, 20), board(points, 0.5))
    assert (back.before, back.after) == ("700000", "800000")
