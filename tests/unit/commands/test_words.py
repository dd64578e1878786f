"""Layers, parties and topics are found however they are typed."""

from __future__ import annotations

import pytest

from bot.commands.words import categories, meant, nearest, topics
from tests.showcase import a_topic


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("force", "force"),
        ("FORCE", "force"),
        ("2", "force"),
        ("for", "force"),
        ("Сили", "force"),
        ("сил", "force"),
        ("  Legal   force ", "legal"),
        ("legal", "legal"),
        ("юрид", "legal"),
        ("5", "legal"),
        ("відповідь", "response"),
        ("Russia", "position:russia"),
        ("росія", "position:russia"),
        ("Італія", "position:europe"),
        ("us", "position:us"),
        ("сша", "position:us"),
        ("process", "process"),
        ("перебіг", "process"),
        ("«Армія»", "army"),
    ],
)
def test_a_layer_answers_to_number_id_name_and_beginning_in_either_language(typed: str, key: str) -> None:
    found = meant(typed, categories(a_topic(), "en"))
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("typed", ["", "   ", "6", "0", "navy", "-1", "force; drop", "%", "’"])
def test_what_means_nothing_is_not_guessed(typed: str) -> None:
    assert meant(typed, categories(a_topic(), "en")) is None


def test_a_beginning_that_fits_two_layers_is_asked_about() -> None:
    assert meant("а", categories(a_topic(), "uk")) is not None  # Армія alone
    assert meant("u", categories(a_topic(), "en")) is None  # US and Ukraine


@pytest.mark.parametrize(
    ("typed", "label"),
    [("forse", "Force"), ("monitorin", "Monitoring"), ("ruska", "Russia"), ("сыли", "Force"), ("responce", "Response")],
)
def test_a_misspelt_layer_is_offered_among_the_nearest(typed: str, label: str) -> None:
    near = nearest(typed, categories(a_topic(), "en"))
    assert len(near) == 3
    assert label in [choice.label for choice in near]


def test_a_topic_goes_by_id_name_or_number() -> None:
    choices = topics([a_topic()], "uk")
    assert all(meant(typed, choices) for typed in ("ukraine-guarantees", "Гарантії", "security", "1"))
