"""Two reports that cannot both hold are shown side by side until a later one settles it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.model.stories import ChangeKind, Modality, SourceKind, Standing
from tests.builders import DAY, HOUR, NOON, a_value
from tests.unit.summariser.walking import OURS, RIVAL, backing, changes, moves, standing, walked


def test_a_rival_figure_of_unnamed_sources_is_a_conflict_that_shows_both() -> None:
    [_, conflict] = changes(OURS, RIVAL)
    assert (conflict.kind, conflict.before, conflict.after) == (ChangeKind.CONFLICT, "15", "10")
    assert conflict.evidence == (RIVAL.id, OURS.id)
    assert {standing((OURS, RIVAL), fact) for fact in ("days-15", "days-10")} == {Standing.DISPUTED}


def test_a_rival_figure_of_a_named_source_is_a_conflict_only_while_the_other_is_still_warm() -> None:
    named: dict[str, Any] = {"by": "Kestrel", "source_kind": SourceKind.OFFICIAL}
    soon = a_value(10, slot="deploy_days", unit="days", category="force", at=NOON + 6 * HOUR, **named)
    next_day = a_value(10, slot="deploy_days", unit="days", category="force", at=NOON + DAY, **named)
    assert moves(OURS, soon)[-1] == ("conflict", "15", "10")
    assert moves(OURS, next_day)[-1] == ("value", "15", "10")


def test_a_rival_figure_of_unnamed_sources_is_a_new_value_once_the_other_was_not_told_for_long() -> None:
    late = a_value(10, slot="deploy_days", unit="days", category="force", by="Kestrel", at=NOON + 9 * DAY)
    assert moves(OURS, late)[-1] == ("value", "15", "10")


def test_a_denial_that_gives_another_figure_disputes_it_whoever_it_comes_from() -> None:
    denial = a_value(
        10, slot="deploy_days", unit="days", category="force", by="Kestrel", at=NOON + DAY,
        source_kind=SourceKind.OFFICIAL, modality=Modality.DENIED,
    )  # fmt: skip
    assert moves(OURS, denial)[-1] == ("conflict", "15", "10")


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


def test_an_official_word_for_the_rival_settles_the_conflict_as_a_new_value() -> None:
    word = backing(RIVAL, "Government", 5, official=True)
    points = OURS, RIVAL, word
    assert moves(*points)[-1] == ("value", "15", "10")
    course = walked(*points)
    assert course.values["force", "deploy_days"].rival is None
    assert standing(points, "days-15") is Standing.SUPERSEDED
    assert standing(points, "days-10") is Standing.STANDING


def test_an_official_word_for_the_first_figure_settles_the_conflict_against_the_rival() -> None:
    points = OURS, RIVAL, backing(OURS, "Third", 40, source_kind=SourceKind.OFFICIAL, modality=Modality.DECIDED)
    assert moves(*points)[-1] == ("settled", "10", "15")
    assert walked(*points).values["force", "deploy_days"].rival is None
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
    course = walked(OURS, RIVAL, own)
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
    course = walked(OURS, RIVAL, own)
    assert course.values["force", "deploy_days"].rival is None
    assert Standing.DISPUTED not in course.standings.values()


def test_one_further_report_leaves_the_conflict_open_and_a_second_settles_it() -> None:
    one, two = backing(RIVAL, "Third", 3), backing(RIVAL, "Fourth", 6)
    assert walked(OURS, RIVAL, one).values["force", "deploy_days"].rival is not None
    assert moves(OURS, RIVAL, one, two)[-1] == ("value", "15", "10")


def test_copies_of_the_rivals_report_settle_nothing_however_many_they_are() -> None:
    copies = [replace(backing(RIVAL, f"Copy {n}", n), report_id=RIVAL.report_id) for n in range(1, 11)]
    further = backing(RIVAL, "Third", 11)
    assert walked(OURS, RIVAL, *copies, further).values["force", "deploy_days"].rival is not None


def test_a_word_of_change_in_a_later_report_settles_the_conflict_as_a_move() -> None:
    later = backing(RIVAL, "Third", 3, signature=(*RIVAL.signature, "z:"))
    assert moves(OURS, RIVAL, later)[-1] == ("value", "15", "10")
