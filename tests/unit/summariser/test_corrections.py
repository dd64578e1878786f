"""What is corrected, retracted or denied is marked and no longer stands; it is never deleted."""

from __future__ import annotations

from bot.model.stories import ChangeKind, Standing
from bot.model.topics import Stance
from tests.builders import DAY, HOUR, NOON, a_stand, a_telling, a_value
from tests.unit.summariser.walking import OURS, RIVAL, changes, moves, standing, stands, walked


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
    course = walked(OURS, RIVAL, denial)
    assert course.values["force", "deploy_days"].rival is None
    assert course.standings["d-deploy_days-15"] is Standing.STANDING  # type: ignore[index]


def test_a_value_that_is_denied_gives_way_to_the_one_before_it() -> None:
    old, wrong = a_value(800_000), a_value(600_000, at=NOON + 4 * DAY)
    denial = a_telling("denial", at=NOON + 5 * DAY, correction=True, signature=wrong.signature)
    course = walked(old, wrong, denial)
    assert course.values["army", "army_size"].point == old
    assert course.standings["d-army_size-800000"] is Standing.STANDING  # type: ignore[index]


def test_a_value_that_was_denied_never_comes_back_when_the_next_one_is_denied_too() -> None:
    first, second = a_value(600_000), a_value(500_000, at=NOON + 4 * DAY)
    denials = (
        a_telling("denial-1", at=NOON + 5 * DAY, correction=True, signature=first.signature),
        a_telling("denial-2", at=NOON + 6 * DAY, correction=True, signature=second.signature),
    )
    assert ("army", "army_size") not in walked(first, second, *denials).values


def test_a_third_figure_after_days_ends_the_dispute_of_the_first_two() -> None:
    third = a_value(20, slot="deploy_days", unit="days", category="force", by="Svitanok", at=NOON + 9 * DAY)
    assert Standing.DISPUTED not in walked(OURS, RIVAL, third).standings.values()


def test_a_denied_value_that_was_the_first_stands_no_more() -> None:
    wrong = a_value(600_000)
    denial = a_telling("denial", at=NOON + DAY, correction=True, signature=wrong.signature)
    assert ("army", "army_size") not in walked(wrong, denial).values


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
    assert stands("russia", against, wrong, denial)["", ""].point == against


def test_a_correction_that_gives_the_right_figure_puts_it_on_the_board() -> None:
    wrong = a_value(500_000)
    right = a_value(800_000, at=NOON + HOUR, correction=True, signature=("v:army_size=800000", *wrong.signature))
    course = walked(wrong, right)
    assert course.values["army", "army_size"].point == right
    assert ChangeKind.CORRECTION in {change.kind for change in course.changes}
    assert not {ChangeKind.VALUE, ChangeKind.CONFLICT} & {change.kind for change in course.changes}
    assert course.standings["d-army_size-500000"] is Standing.CORRECTED  # type: ignore[index]


def test_a_correction_that_names_the_wrong_figure_beside_the_right_one_is_told_once() -> None:
    wrong = a_value(500_000)
    right = a_value(800_000, at=NOON + HOUR, correction=True, signature=("v:army_size=800000", *wrong.signature))
    again = a_value(500_000, at=NOON + HOUR, by="Other", correction=True, signature=(*wrong.signature, "b:"))
    assert [kind for kind, _, _ in moves(wrong, right, again)].count("correction") == 1
    assert walked(wrong, right, again).values["army", "army_size"].point == right
