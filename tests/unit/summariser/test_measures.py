"""The arithmetic of scores, on cases worked out by hand."""

from __future__ import annotations

import pytest

from bot.summariser.measures import Counts, Shares, b_cubed, counted, interval, pairs


def shares(one: float, other: float) -> Shares:
    return Shares(one, 1, other, 1)


def test_rates_of_counts() -> None:
    counts = Counts(6, 2, 4)
    assert (counts.precision, counts.recall) == (0.75, 0.6)
    assert counts.f1 == pytest.approx(2 / 3)


def test_nothing_to_find_and_nothing_found_is_no_score_rather_than_a_perfect_one() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (None, None, None)


def test_finding_nothing_of_what_there_is_scores_zero() -> None:
    assert (Counts(missed=3).precision, Counts(missed=3).recall, Counts(missed=3).f1) == (None, 0, 0)


def test_duplicates_count_once() -> None:
    assert counted(["a", "a", "b"], ["a", "a", "c"]) == Counts(1, 1, 1)


def test_b_cubed_of_a_wrongly_joined_pair() -> None:
    items = {"a": ({"1"}, {"x"}), "b": ({"1"}, {"x"}), "c": ({"2"}, {"x"})}
    found = b_cubed({key: (frozenset(gold), frozenset(had)) for key, (gold, had) in items.items()})
    assert found == {"a": shares(2 / 3, 1), "b": shares(2 / 3, 1), "c": shares(1 / 3, 1)}


def test_b_cubed_of_a_sentence_that_tells_two_facts_and_joined_only_one_development() -> None:
    # Amigó et al. 2009, section 5: sharing two gold groups with itself, it shares one found group, so recall suffers and precision does not.
    found = b_cubed({"both": (frozenset({"1", "2"}), frozenset({"x"})), "one": (frozenset({"1"}), frozenset({"x"}))})
    assert found == {"both": shares(1, 0.75), "one": shares(1, 1)}


def test_b_cubed_counts_what_one_side_does_not_have() -> None:
    found = b_cubed({"missed": (frozenset({"1"}), frozenset()), "extra": (frozenset(), frozenset({"x"}))})
    assert found == {"missed": Shares(0, 0, 0, 1), "extra": Shares(0, 1, 0, 0)}


def test_pairs_of_groups() -> None:
    assert pairs({"a": "1", "b": "1", "c": "2", "d": "1"}) == {("a", "b"), ("a", "d"), ("b", "d")}


def test_an_interval_holds_the_value_and_is_the_same_every_time() -> None:
    units = [Counts(3, 1, 0), Counts(1, 1, 2), Counts(5, 0, 1), Counts(0, 2, 2), Counts(4, 1, 1)]

    def f1(drawn: object) -> float | None:
        total = Counts()
        for unit in drawn:  # type: ignore[attr-defined]
            total += unit
        return total.f1

    first, value = interval(units, f1), f1(units)
    assert first is not None
    assert value is not None
    assert first[0] < value < first[1]
    assert interval(units, f1) == first


def test_one_unit_has_no_interval() -> None:
    assert interval([Counts(1, 0, 0)], lambda drawn: next(iter(drawn)).f1) is None
