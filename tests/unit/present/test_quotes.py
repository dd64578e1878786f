"""Quotes keep their words, their marks and their source."""

from __future__ import annotations

import pytest

from bot.present.quotes import in_marks, point_quotation, quoted
from tests.builders import a_point
from tests.showcase import a_reader


def _text(runs: tuple[object, ...]) -> str:
    return "".join(str(getattr(run, "text", "")) for run in runs)


@pytest.mark.parametrize(
    ("quote", "language", "shown"),
    [
        ("It holds.", "en", "“It holds.”"),
        ("Це діє.", "uk", "«Це діє.»"),
        ("Это действует.", "ru", "«Это действует.»"),
        ("“It holds.”", "en", "“It holds.”"),
        ("He said “no.”", "en", "“He said “no.””"),
    ],
)
def test_quotes_wear_the_marks_of_their_own_language(quote: str, language: str, shown: str) -> None:
    assert in_marks(quote, language) == shown


@pytest.mark.parametrize(
    ("quote", "language", "shown"),
    [
        ("“It,” he said, “holds.”", "en", "“It,” he said, “holds.”"),
        ("«Так», — каже він.", "uk", "«Так», — каже він."),
        ("«Пятнадцать», — говорит он.", "ru", "«Пятнадцать», — говорит он."),
        ("“The gap is wide.", "en", "“The gap is wide.”"),
        ("«Розрив великий.", "uk", "«Розрив великий.»"),
        ('"It holds," he said.', "en", '"It holds," he said.'),
        ("„Так“, — каже він.", "uk", "„Так“, — каже він."),
    ],
)
def test_a_sentence_that_begins_with_a_mark_is_not_shown_with_two(quote: str, language: str, shown: str) -> None:
    assert in_marks(quote, language) == shown


def test_a_foreign_quote_says_which_language_it_is_in() -> None:
    assert _text(quoted("Це діє.", "uk", a_reader("en"))) == "«Це діє.» (uk)"
    assert _text(quoted("Це діє.", "uk", a_reader("uk"))) == "«Це діє.»"
    assert _text(quoted("It holds.", "en", a_reader("uk"))) == "“It holds.” (англ.)"


def test_who_said_it_and_through_whom_stands_under_the_quote() -> None:
    point = a_point(attributed_to="a diplomat", via="Kestrel Post")
    source = point_quotation(point, a_reader("en"), also=("Svitanok",)).source
    assert _text(source) == "a diplomat, Example Wire, citing Kestrel Post, 10 Feb · also Svitanok"
    assert [run.url for run in source if run.url] == [point.url]


def test_a_quote_that_leans_on_the_sentence_before_brings_it_along() -> None:
    point = a_point(context="The draft is short.")
    assert _text(point_quotation(point, a_reader("en")).runs).startswith("“The draft is short. Ukraine")


def test_an_address_that_is_no_web_page_is_not_made_a_link() -> None:
    source = point_quotation(a_point(url="javascript:alert(1)"), a_reader("en")).source
    assert not any(run.url for run in source)
