"""Values keep their unit, their limits and their owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.model.stories import ChangeKind, Modality, Quantity, Role
from bot.model.topics import PartyId, SlotId
from bot.present.values import amount, bare_value, told
from tests.builders import a_point
from tests.showcase import a_board, a_reader, a_topic


@pytest.mark.parametrize(
    ("value", "upper", "unit", "english", "ukrainian"),
    [
        (800_000, None, "people", "800,000 people", "800\u00a0000 осіб"),
        (1, None, "countries", "1 country", "1 країна"),
        (30, 50, "years", "30–50 years", "30–50 років"),
        (60e9, None, "EUR", "€60 billion", "60 млрд євро"),
        (2.5e6, None, "USD", "$2.5 million", "2,5 млн доларів"),
        (0.25, None, "percent", "0.25%", "0,25 %"),
        (3, None, "corvettes", "3 corvettes", "3 corvettes"),
        (7, None, "count", "7", "7"),
        (739_685, None, "date", "10 March", "10 березня"),
    ],
)
def test_amounts_are_written_as_the_reader_writes_them(
    value: float, upper: float | None, unit: str, english: str, ukrainian: str
) -> None:
    assert amount(value, upper, unit, a_reader("en")) == english
    assert amount(value, upper, unit, a_reader("uk")) == ukrainian


def test_a_unit_that_the_name_already_says_is_not_said_twice() -> None:
    assert amount(35, None, "countries", a_reader("en"), "countries taking part") == "35"
    assert amount(35, None, "countries", a_reader("uk"), "країни-учасниці") == "35"


def test_up_to_is_never_lost_on_the_way_to_the_board() -> None:
    value = a_board().layers[0].values[0]
    limited = a_point(
        id=value.evidence[0],
        quantities=(Quantity(value=800_000, unit="people", text="up to 800,000", role=Role.AT_MOST),),
    )
    assert bare_value(value, a_topic(), {limited.id: limited}, a_reader("en")) == "up to 800,000 people"
    assert bare_value(value, a_topic(), {limited.id: limited}, a_reader("uk")) == "щонайбільше 800\u00a0000 осіб"


def test_what_is_asked_is_not_told_as_given() -> None:
    asked = replace(a_board().layers[4].values[0], modality=Modality.ASKED, party=PartyId("ukraine"))
    assert bare_value(asked, a_topic(), {}, a_reader("en")) == "15 years asked by Ukraine"
    assert bare_value(asked, a_topic(), {}, a_reader("uk")) == "15 років (запит: Україна)"


@pytest.mark.parametrize(
    ("text", "kind", "slot", "said"),
    [
        ("agreed_in_principle", ChangeKind.RUNG, None, "agreed in principle"),
        ("rejects", ChangeKind.STANCE, None, "rejection"),
        ("30–50", ChangeKind.VALUE, "term_years", "30–50 years"),
        ("10", ChangeKind.VALUE, "response_deadline", "10 days"),
        ("2026-03-10", ChangeKind.VALUE, None, "10 March"),
        ("within days", ChangeKind.VALUE, "response_deadline", "within days"),
        (None, ChangeKind.VALUE, None, ""),
    ],
)
def test_the_ledgers_short_forms_become_words(text: str | None, kind: ChangeKind, slot: str | None, said: str) -> None:
    assert told(text, kind, SlotId(slot) if slot else None, a_topic(), a_reader("en")) == said
