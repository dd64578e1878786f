"""`make quality`: the summariser reads each labelled corpus at least as well as it once did."""

from __future__ import annotations

import json

import pytest

from tests.quality.measuring import FLOORS, corpora, measured
from tests.quality.ratchet import fallen

TABLE = json.loads(FLOORS.read_text("utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("folder", corpora())
def test_the_summariser_reads_no_worse_than_before(folder: str) -> None:
    assert folder in TABLE, f"{folder} has no floors: python -m tests.quality.pin {folder}"
    found = measured(folder)
    assert found.fingerprint == TABLE[folder]["fingerprint"], (
        f"{folder} changed: python -m tests.quality.pin --new-data {folder}"
    )
    assert fallen(TABLE[folder]["floors"], found.values) == ()


def test_no_floor_is_kept_for_a_corpus_that_is_gone() -> None:
    assert set(TABLE) <= set(corpora())
