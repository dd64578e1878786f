"""A digest tells each movement once, the weightiest first, and says what it left out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.digests import Digest, DigestCounts, LeftOut, Window, WindowBy
from bot.model.stories import Change, ChangeKind, KeyPoint
from bot.model.topics import LayerId
from bot.summariser.choosing import TOO_OLD, choose
from bot.summariser.items import title_of
from bot.summariser.voices import SURE
from tests.builders import DAY, HOUR, NOON, a_change, a_development, a_telling, a_topic

TOPIC = a_topic()
KINDS = list(ChangeKind)
TODAY = Window(since=NOON - HOUR, until=NOON + DAY - HOUR)


def told(fact: str, kind: ChangeKind = ChangeKind.NEW, *, at: datetime = NOON, **given: Any) -> tuple[Change, KeyPoint]:
    """A change with the point that brings it."""
    category = given.pop("category", "army")
    seen_at = given.pop("seen_at", at + HOUR)
    point = a_telling(fact, at=at, category=category, seen_at=seen_at, **given.pop("point", {}))
    change = a_change(
        id=f"c-{fact}-{kind}",
        kind=kind,
        at=at,
        seen_at=seen_at,
        category=category,
        development_id=point.development_id,
        evidence=(point.id,),
        **given,
    )
    return change, point


def digest(*pairs: tuple[Change, KeyPoint], window: Window = TODAY, **given: Any) -> Digest:
    changes, points = [change for change, _ in pairs], [point for _, point in pairs]
    developments = given.pop(
        "developments",
        [a_development(id=p.development_id, text=p.quote, outlets=(p.outlet,), point_ids=(p.id,)) for p in points],
    )
    points += given.pop("also", [])
    return choose(
        TOPIC, window, changes=changes, developments=developments, points=points, counts=DigestCounts(), **given
    )


def facts(found: Digest) -> list[str]:
    return [item.development_id.removeprefix("d-") for item in found.items]


def test_a_day_on_which_nothing_moved_has_no_items_and_invents_none() -> None:
    quiet = digest()
    assert (quiet.items, quiet.sections, quiet.left_out) == ((), (), ())


def test_the_weightiest_movement_comes_first_whatever_the_hour() -> None:
    order = [ChangeKind.NEW, ChangeKind.CONFLICT, ChangeKind.VALUE, ChangeKind.CORRECTION, ChangeKind.RUNG]
    found = digest(*(told(str(kind), kind, at=NOON + n * HOUR) for n, kind in enumerate(order)))
    assert facts(found) == ["rung", "correction", "value", "conflict", "new"]


def test_sections_stand_in_the_order_of_their_weightiest_item() -> None:
    found = digest(told("a"), told("b", ChangeKind.RUNG, category="force"), told("c", ChangeKind.VALUE))
    assert [section.category for section in found.sections] == ["force", "army"]
    assert [section.title for section in found.sections] == ["Force", "Army"]


def test_a_development_that_moved_twice_is_told_once_with_both_movements() -> None:
    new, point = told("cap")
    rung, _ = told("cap", ChangeKind.RUNG)
    found = digest((new, point), (rung, point), developments=[a_development(id=point.development_id)])
    assert facts(found) == ["cap"]
    assert (found.items[0].kind, found.items[0].more) == (ChangeKind.RUNG, ("new",))


def test_an_item_never_parts_from_its_quote_and_source() -> None:
    _, point = pair = told("cap")
    [item] = digest(pair).items
    assert (item.quote, item.url, item.outlet, item.published, item.language) == (
        point.quote,
        point.url,
        point.outlet,
        point.published,
        point.language,
    )


def test_a_conflict_shows_the_other_side_with_its_source() -> None:
    _, point = told("one", ChangeKind.CONFLICT)
    rival = a_telling("other", by="Kestrel", at=NOON - DAY, attributed_to="a diplomat")
    conflict = a_change(
        id="c", kind=ChangeKind.CONFLICT, development_id=point.development_id, evidence=(point.id, rival.id)
    )
    [item] = digest((conflict, point), also=[rival]).items
    assert (item.rival_quote, item.rival_outlet, item.rival_url) == (rival.quote, "Kestrel", rival.url)
    assert (item.rival_attributed_to, item.rival_published) == ("a diplomat", rival.published)


def test_other_outlets_are_named_and_the_quoted_one_is_not_named_twice() -> None:
    change, point = told("cap")
    [item] = digest(
        (change, point), developments=[a_development(id=point.development_id, outlets=(point.outlet, "Kestrel"))]
    ).items
    assert item.also_reported_by == ("Kestrel",)


# ── what is left out ──


def test_a_full_digest_says_how_many_it_left_out_and_keeps_the_weightiest() -> None:
    found = digest(*(told(f"n{n}") for n in range(5)), told("rung", ChangeKind.RUNG), limit=2)
    assert len(found.items) == 2 and facts(found)[0] == "rung"
    assert dict(found.left_out)[LeftOut.OVER_LIMIT] == 4


def test_where_there_is_not_room_for_all_every_layer_has_a_word() -> None:
    found = digest(*(told(f"n{n}", ChangeKind.VALUE) for n in range(5)), told("quiet", category="force"), limit=3)
    assert len(found.items) == 3 and "quiet" in facts(found)


def test_what_more_outlets_confirm_comes_before_what_one_tells() -> None:
    one, many = told("one", at=NOON - HOUR), told("many")
    others = [a_telling("many", by=f"Outlet {n}", at=NOON + HOUR) for n in range(3)]
    assert facts(digest(one, many, also=others)) == ["many", "one"]


def test_an_item_names_every_change_that_it_stands_for() -> None:
    new, point = told("cap")
    rung, _ = told("cap", ChangeKind.RUNG)
    [item] = digest((new, point), (rung, point)).items
    assert set(item.changes) == {new.id, rung.id}


def test_what_this_reader_was_told_before_does_not_come_again() -> None:
    change, point = told("cap")
    found = digest((change, point), told=frozenset({change.id}))
    assert not found.items
    assert dict(found.left_out)[LeftOut.TOLD_BEFORE] == 1


def test_a_layer_that_the_chat_does_not_follow_is_counted_and_not_told() -> None:
    found = digest(told("a"), told("b", category="force"), told("c", category="process"), layers=(LayerId("army"),))
    assert set(facts(found)) == {"a", "c"}
    assert dict(found.left_out)[LeftOut.NOT_CHOSEN] == 1


def test_an_archive_read_today_does_not_flood_a_subscriber() -> None:
    window = Window(since=NOON, until=NOON + DAY, by=WindowBy.SEEN)
    old = told("old", at=NOON - TOO_OLD - HOUR, seen_at=NOON + HOUR)
    late = told("late", at=NOON - TOO_OLD, seen_at=NOON + HOUR)
    found = digest(old, late, window=window)
    assert facts(found) == ["late"]
    assert dict(found.left_out)[LeftOut.TOO_OLD] == 1


def test_copies_and_repeats_are_counted_apart() -> None:
    change, point = told("cap")
    copy = a_telling("cap", by="Copy", at=NOON + HOUR, report_id=point.report_id)
    repeat = a_telling("known", by="Other", at=NOON + HOUR)
    assert dict(digest((change, point), also=[copy, repeat]).left_out) == {LeftOut.COPY: 1, LeftOut.REPEAT: 1}


def test_what_one_doubtful_sentence_says_is_counted_and_not_told() -> None:
    doubtful = a_telling("cap", confidence=SURE - 0.1)
    assert dict(digest(also=[doubtful]).left_out) == {LeftOut.UNSURE: 1}


def test_a_movement_is_told_however_doubtful_the_sentence() -> None:
    assert facts(digest(told("cap", ChangeKind.VALUE, point={"confidence": 0.1}))) == ["cap"]


# ── silences ──


def test_a_layer_that_did_not_move_is_named_with_its_days_longest_first() -> None:
    found = digest(told("a", at=NOON - 5 * DAY), told("b", at=NOON - 9 * DAY, category="force"))
    assert [(silence.category, silence.days) for silence in found.silences] == [("force", 9), ("army", 5)]


def test_a_layer_that_moved_is_not_called_silent_in_the_same_digest() -> None:
    window = Window(since=NOON, until=NOON + DAY, by=WindowBy.SEEN)
    found = digest(told("late", at=NOON - 2 * DAY, seen_at=NOON + HOUR), window=window)
    assert facts(found) == ["late"] and not found.silences


def test_a_layer_of_which_nothing_was_ever_told_is_not_called_silent() -> None:
    assert digest().silences == ()


# ── windows tile time ──


@st.composite
def movements(draw: st.DrawFn) -> list[tuple[Change, KeyPoint]]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        at = NOON + timedelta(hours=draw(st.integers(0, 96)))
        seen_at = at + timedelta(hours=draw(st.integers(0, 48)))
        found.append(
            told(
                f"f{number}",
                draw(st.sampled_from(KINDS)),
                at=at,
                seen_at=seen_at,
                category=draw(st.sampled_from(["army", "force", "process"])),
            )
        )
    return found


def windows(cuts: Sequence[int], by: WindowBy) -> list[Window]:
    edges = [NOON, *(NOON + timedelta(hours=cut) for cut in sorted(set(cuts))), NOON + timedelta(hours=200)]
    return [Window(since=a, until=b, by=by) for a, b in itertools.pairwise(edges)]


@settings(max_examples=100, deadline=None)
@given(movements(), st.lists(st.integers(1, 199), max_size=8), st.sampled_from(list(WindowBy)))
def test_digests_end_to_end_tell_every_movement_exactly_once(
    pairs: list[tuple[Change, KeyPoint]], cuts: list[int], by: WindowBy
) -> None:
    found = [fact for window in windows(cuts, by) for fact in facts(digest(*pairs, window=window))]
    assert sorted(found) == sorted(
        point.development_id.removeprefix("d-") for _, point in pairs if point.development_id
    )


@settings(max_examples=50, deadline=None)
@given(movements(), st.randoms(use_true_random=False))
def test_the_same_inputs_give_the_same_digest_in_whatever_order_they_come(
    pairs: list[tuple[Change, KeyPoint]], random: Any
) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)
    window = Window(since=NOON, until=NOON + 9 * DAY)
    assert digest(*shuffled, window=window) == digest(*pairs, window=window)


@pytest.mark.parametrize(
    ("category", "language", "title"),
    [("army", "en", "Army"), ("position:us", "en", "US"), ("process", "uk", "Процес"), ("army", "uk", "Army")],
)
def test_a_section_has_a_title_in_every_language(category: str, language: str, title: str) -> None:
    assert title_of(TOPIC, category, language) == title  # type: ignore[arg-type]
