"""A value that moves is told with the one before it; what one party offers or asks is apart from the plan's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.model.stories import ChangeKind, KeyPoint, Modality, PointId, Standing
from tests.builders import DAY, HOUR, NOON, a_value
from tests.unit.summariser.walking import LATER, changes, moves, standing, walked


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


def test_the_same_value_in_a_development_of_its_own_is_no_news() -> None:
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
    course = walked(plan, asked)
    assert course.values["army", "army_size"].point == plan
    assert not [change for change in course.changes if change.kind in (ChangeKind.VALUE, ChangeKind.CONFLICT)]


def test_a_background_value_is_no_news_and_leaves_the_value_as_it_stands() -> None:
    now = a_value(800_000)
    was = a_value(900_000, at=LATER, signature=("v:army_size=900000", "b:"))
    assert not {kind for kind, _, _ in moves(now, was)} & {"value", "conflict"}
    assert walked(now, was).values["army", "army_size"].point == now


@pytest.mark.parametrize(("first_id", "second_id"), [("p-a", "p-b"), ("p-b", "p-a")])
def test_a_sentence_that_gives_the_old_value_beside_the_new_one_never_tells_them_in_reverse(
    first_id: str, second_id: str
) -> None:
    now = replace(a_value(800_000), id=PointId(first_id))
    was = replace(a_value(900_000, signature=("v:army_size=900000", "b:")), id=PointId(second_id))
    assert walked(now, was).values["army", "army_size"].point == now


def test_a_range_is_written_with_both_ends_and_a_date_as_a_day() -> None:
    ranged = a_value(30, upper=50, slot="deploy_days", unit="days", category="force")
    dated = a_value(NOON.toordinal(), slot="deploy_days", unit="date", category="force", at=LATER)
    assert moves(ranged, dated) == [("new", None, "30–50"), ("value", "30–50", "2026-02-10")]


# ── what moves nothing ──


def test_a_number_far_from_the_one_that_stands_waits_for_a_second_report() -> None:
    plan, far = a_value(800_000), a_value(200_000, by="Other", at=LATER)
    second = a_value(200_000, by="Third", at=LATER + DAY)
    assert ("value", "800000", "200000") not in moves(plan, far)
    assert moves(plan, far, second)[-1] == ("value", "800000", "200000")


def test_a_value_that_was_given_up_and_is_told_again_moves_nothing() -> None:
    points = a_value(800_000), a_value(700_000, at=LATER), a_value(800_000, by="Other", at=LATER + 4 * DAY)
    assert moves(*points)[-1] == ("value", "800000", "700000")
    assert walked(*points).values["army", "army_size"].point == points[1]


def test_a_value_that_is_said_to_be_back_is_back() -> None:
    back = a_value(800_000, by="Other", at=LATER + 4 * DAY, signature=("v:army_size=800000", "z:"))
    assert moves(a_value(800_000), a_value(700_000, at=LATER), back)[-1] == ("value", "700000", "800000")


def test_an_article_that_tells_the_move_again_with_both_values_moves_nothing_back() -> None:
    old, new = a_value(800_000), a_value(700_000, at=LATER)
    both = a_value(800_000, by="Other", at=LATER + DAY, signature=("v:army_size=800000", "z:"))
    both = replace(both, quantities=(*both.quantities, *new.quantities))
    assert moves(old, new, both)[-1] == ("value", "800000", "700000")


def test_an_unsure_sentence_moves_no_value_and_a_surer_one_does() -> None:
    unsure, sure = (a_value(700_000, by=by, at=LATER, confidence=c) for by, c in (("Other", 0.2), ("Third", 0.8)))
    assert moves(a_value(800_000), unsure) == [("new", None, "800000")]
    assert moves(a_value(800_000), unsure, sure)[-1] == ("value", "800000", "700000")


def test_what_one_member_pledges_is_not_the_pledge_of_another_nor_of_their_party() -> None:
    def pledge(number: int, member: str | None, days: int, **given: Any) -> KeyPoint:
        return a_value(
            number, slot="deploy_days", unit="days", party="europe", member=member, category="position:europe",
            fact=f"pledge-{number}", at=NOON + days * DAY, **given,
        )  # fmt: skip

    pledges = pledge(30, "poland", 0), pledge(20, "france", 5), pledge(25, "poland", 9)
    assert [change for change in moves(*pledges) if change[0] == "value"] == [("value", "30", "25")]
    nobodys = pledge(30, None, 0), pledge(20, None, 5)
    assert [kind for kind, _, _ in moves(*nobodys)] == ["new", "new"]


def test_a_partys_value_moves_whether_it_asks_offers_or_agrees() -> None:
    asked = a_value(50, slot="deploy_days", unit="days", party="us", category="position:us", modality=Modality.ASKED)
    agreed = a_value(
        30, slot="deploy_days", unit="days", party="us", category="position:us", modality=Modality.DECIDED, at=LATER
    )
    assert moves(asked, agreed)[-1] == ("value", "50", "30")
