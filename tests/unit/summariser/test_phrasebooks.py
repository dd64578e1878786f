"""Phrases are found in every form a writer gives them, and nowhere else."""

from __future__ import annotations

import pytest

from bot.summariser.phrasebooks import Hit, Phrasebook
from bot.text.words import Morphology, words

MORPHOLOGY = Morphology()


def found(language: str, phrase: str, text: str) -> list[str]:
    """What the phrase covers in the text, as written."""
    place = words(text, language, MORPHOLOGY)
    hits = Phrasebook(language, {"it": [phrase]}, MORPHOLOGY).hits(place)
    return [text[place[hit.first].start : place[hit.last].end] for hit in hits]


@pytest.mark.parametrize(
    ("language", "phrase", "text", "covered"),
    [
        (
            "en",
            "security guarantee",
            "Both security guarantees and a security guarantee.",
            ["security guarantees", "security guarantee"],
        ),
        ("uk", "гарантія безпека", "Без гарантій безпеки немає миру.", ["гарантій безпеки"]),
        ("ru", "гарантия безопасность", "О гарантиях безопасности спорят.", ["гарантиях безопасности"]),
        ("en", "ratif*", "It was ratified; ratification took a year.", ["ratified", "ratification"]),
        ("uk", "спостерігач*", "Спостерігачі та спостерігачками.", ["Спостерігачі", "спостерігачками"]),
        ("en", "limit ~ to", "They limit their own army to a third.", ["limit their own army to"]),
        ("en", "limit ~ to", "They limit to a third.", ["limit to"]),
        ("en", "MNF-U", "The MNF-U is small.", ["MNF-U"]),
        ("en", "800,000-strong", "An 800,000-strong army.", ["800,000-strong"]),
        ("uk", "зобов'язання", "Юридичне зобов’язання та зобовʼязання.", ["зобов’язання", "зобовʼязання"]),
        ("ru", "развертывание", "Развёртывание начнётся.", ["Развёртывание"]),
        ("en", "or*", "The order of oranges.", ["order", "oranges"]),
        ("en", "x*", "An xylophone.", ["xylophone"]),
    ],
)
def test_a_phrase_is_found_in_every_form_it_takes(language: str, phrase: str, text: str, covered: list[str]) -> None:
    assert found(language, phrase, text) == covered


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("en", "US", "They told us to leave."),
        ("en", "US", "Us first."),
        ("en", "UK", "He speaks uk."),
        ("uk", "США", "сша малими літерами"),
        ("en", "security guarantee", "A guarantee of security."),
        ("en", "limit ~ to", "They limit what the whole of their army may do to others."),
        ("en", "ratif*", "They rate it."),
        ("en", "force", "Enforce it."),
    ],
)
def test_a_phrase_is_not_found_in_what_only_looks_like_it(language: str, phrase: str, text: str) -> None:
    assert found(language, phrase, text) == []


def test_capitals_are_found_in_a_headline_written_in_capitals() -> None:
    assert found("en", "US", "US TO WATCH THE TRUCE") == ["US"]


@pytest.mark.parametrize("phrase", ["", "~", "~ ~", "…", "*"])
def test_a_phrase_without_a_word_finds_nothing(phrase: str) -> None:
    assert found("en", phrase, "Any text at all.") == []


def test_hits_come_in_the_order_of_the_text_with_their_sense() -> None:
    place = words("Talks on the army failed", "en", MORPHOLOGY)
    hits = Phrasebook("en", {"layer": ["army"], "process": ["talks", "talks on"]}, MORPHOLOGY).hits(place)
    assert {hit.sense for hit in hits} == {"layer", "process"}
    assert [hit.first for hit in hits] == sorted(hit.first for hit in hits)
    assert Hit("process", 0, 1) in hits


def test_a_phrase_at_the_end_of_a_text_does_not_reach_beyond_it() -> None:
    assert found("en", "limit ~ to", "They limit") == []
    assert found("en", "army of ~", "An army of") == ["army of"]
