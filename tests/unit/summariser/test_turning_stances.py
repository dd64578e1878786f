"""A stance that turns is told with the one before it; what only looks like a turn is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.model.stories import ChangeKind, KeyPoint, Span, Standing
from bot.model.topics import Stance
from tests.builders import DAY, HOUR, NOON, a_stand
from tests.unit.summariser.walking import LATER, changes, moves, standing, stands, walked


def turns(*points: KeyPoint) -> list[tuple[str | None, str | None, str | None]]:
    """Turned stances as (member, before, after)."""
    return [(each.member, each.before, each.after) for each in changes(*points) if each.kind is ChangeKind.STANCE]


def said(fact: str, stance: Stance, *concepts: str, party: str = "russia", **given: Any) -> KeyPoint:
    """One stance with concepts by which one sees what it is about."""
    marks = (f"p:{party}", *(f"c:{concept}" for concept in concepts))
    return a_stand(party, stance, fact=fact, signature=marks, **given)


def test_a_stance_that_turns_is_told_with_the_one_before() -> None:
    points = a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.CONDITIONAL, at=LATER)
    assert moves(*points) == [("new", None, "rejects"), ("stance", "rejects", "conditional")]
    assert standing(points, "rejects") is Standing.SUPERSEDED


def test_one_member_that_turns_moves_neither_its_party_nor_another_member() -> None:
    points = (
        a_stand("europe", Stance.SUPPORTS),
        a_stand("europe", Stance.CONDITIONAL, member="poland", at=NOON + HOUR),
        a_stand("europe", Stance.SUPPORTS, member="france", at=NOON + 2 * HOUR),
        a_stand("europe", Stance.REJECTS, member="poland", at=NOON + 2 * DAY),
    )
    assert turns(*points) == [("poland", "conditional", "rejects")]
    places = stands("europe", *points)
    assert (places["", ""].point.stance, places["france", ""].point.stance) == (Stance.SUPPORTS, Stance.SUPPORTS)


def test_a_stance_on_one_layer_is_no_turn_on_the_plan() -> None:
    points = a_stand("russia", Stance.UNDECIDED), a_stand("russia", Stance.REJECTS, layer="force", at=LATER)
    assert [kind for kind, _, _ in moves(*points)] == ["new", "new"]


def test_a_party_that_repeats_itself_moves_nothing() -> None:
    points = a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.REJECTS, by="Other", at=LATER)
    assert moves(*points) == [("new", None, "rejects")]


# ── which stance a new one turns ──


def test_a_party_that_speaks_of_something_else_has_turned_nowhere() -> None:
    troops = said("troops", Stance.REJECTS, "soldier", "flag", "foreign")
    term = said("term", Stance.ACCEPTS, "year", "renewal", "clause", at=LATER)
    assert turns(troops, term) == []
    assert {stand.point.stance for stand in walked(troops, term).stands["russia"]} == {Stance.REJECTS, Stance.ACCEPTS}  # type: ignore[index]


def test_of_two_stances_the_one_about_the_same_thing_turns() -> None:
    troops = said("troops", Stance.REJECTS, "soldier", "flag", "foreign")
    loan = said("loan", Stance.UNDECIDED, "loan", "asset", "bank", at=NOON + HOUR)
    others = [said(f"other{n}", Stance.SUPPORTS, f"x{n}", f"y{n}", at=NOON + n * HOUR) for n in range(2, 12)]
    now = said("now", Stance.CONDITIONAL, "soldier", "flag", "mandate", at=LATER)
    assert turns(troops, loan, *others, now) == [(None, "rejects", "conditional")]


def test_a_member_that_is_named_again_has_turned_whatever_else_the_sentences_say() -> None:
    then = said("then", Stance.UNDECIDED, "parliament", party="europe", member="poland")
    now = said("now", Stance.SUPPORTS, "brigade", party="europe", member="poland", at=LATER)
    assert turns(then, now) == [("poland", "undecided", "supports")]


def test_a_report_that_tells_the_old_stance_beside_the_new_one_tells_a_turn() -> None:
    then = said("then", Stance.REJECTS, "garrison", "soldier", "base", "bridge")
    others = [said(f"other{n}", Stance.SUPPORTS, f"x{n}", f"y{n}", at=NOON + n * HOUR) for n in range(2, 12)]
    now = said("now", Stance.CONDITIONAL, "engineer", "depot", "road", "bridge", at=LATER)
    recap = replace(then, id="p-recap", article=now.article, span=Span(90, 120), published=LATER)  # type: ignore[arg-type]
    assert turns(then, *others, now) == []
    assert turns(then, *others, now, recap) == [(None, "rejects", "conditional")]


def test_the_old_stance_told_again_turns_nothing_back() -> None:
    then, now = a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.ACCEPTS, at=LATER)
    recap = a_stand("russia", Stance.REJECTS, by="Other", at=LATER + 2 * DAY)
    assert turns(then, now, recap) == [(None, "rejects", "accepts")]
    back = replace(recap, signature=(*recap.signature, "z:"))
    assert turns(then, now, back) == [(None, "rejects", "accepts"), (None, "accepts", "rejects")]


def test_what_flickers_within_a_day_is_two_readings_and_no_turn() -> None:
    assert turns(a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.ACCEPTS, at=NOON + 6 * HOUR)) == []


def test_a_party_that_asks_for_something_has_not_turned() -> None:
    assert turns(a_stand("russia", Stance.REJECTS), a_stand("russia", Stance.PROPOSES, at=LATER)) == []
    assert turns(a_stand("russia", Stance.PROPOSES), a_stand("russia", Stance.ACCEPTS, at=LATER)) != []


def test_to_accept_what_one_supported_is_no_turn() -> None:
    assert turns(a_stand("russia", Stance.SUPPORTS), a_stand("russia", Stance.ACCEPTS, at=LATER)) == []


def test_a_member_that_a_later_sentence_of_the_day_names_has_turned_then() -> None:
    then = said("then", Stance.UNDECIDED, "parliament", party="europe", member="poland")
    unnamed = said("now", Stance.SUPPORTS, "chancellor", party="europe", at=LATER)
    named = said("now", Stance.SUPPORTS, "brigade", party="europe", member="poland", by="Other", at=LATER + HOUR)
    assert turns(then, unnamed) == []
    assert turns(then, unnamed, named) == [("poland", "undecided", "supports")]


def test_an_unsure_sentence_turns_nobody_and_a_surer_one_does() -> None:
    then = a_stand("russia", Stance.REJECTS)
    unsure = a_stand("russia", Stance.ACCEPTS, at=LATER, confidence=0.2)
    second = a_stand("russia", Stance.ACCEPTS, by="Other", at=LATER + DAY, confidence=0.8)
    assert turns(then, unsure) == []
    assert turns(then, unsure, second) == [(None, "rejects", "accepts")]
