"""The ratchet itself: it must bite."""

from __future__ import annotations

import pytest

from tests.quality.ratchet import fallen, floor_of, pinned


def test_a_worse_score_is_named_with_its_floor() -> None:
    assert fallen({"sentences_f1": 0.82}, {"sentences_f1": 0.8194}) == ("sentences_f1: 0.8194, floor 0.82",)


def test_the_same_score_passes() -> None:
    assert fallen({"sentences_f1": floor_of(0.82149)}, {"sentences_f1": 0.82149}) == ()


def test_a_measure_that_vanished_is_a_fall() -> None:
    assert fallen({"stance_changes_f1": 0.5}, {}) == ("stance_changes_f1: not measured any more, floor 0.5",)


def test_one_invented_number_is_a_fall() -> None:
    assert fallen({"invented_numbers": 0}, {"invented_numbers": 1}) == ("invented_numbers: 1.0000, ceiling 0",)


def test_floors_rise_with_what_is_reached() -> None:
    assert pinned({"relevance_f1": 0.9}, {"relevance_f1": 0.95678, "verbatim": 1.0}, lower=False) == {
        "relevance_f1": 0.956,
        "verbatim": 1.0,
    }


def test_a_floor_is_lowered_only_when_told_so() -> None:
    with pytest.raises(ValueError, match="relevance_f1"):
        pinned({"relevance_f1": 0.9}, {"relevance_f1": 0.8}, lower=False)
    assert pinned({"relevance_f1": 0.9}, {"relevance_f1": 0.8}, lower=True) == {"relevance_f1": 0.8}
