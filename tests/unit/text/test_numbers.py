"""Numbers are read as people write them, and what only looks like a quantity is left alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summariser.annotating import grammar_of
from bot.text.numbers import DATE, NumberGrammar, numbers
from bot.text.words import Morphology, words
from bot.topics import load_packs

TOLD_ON = date(2026, 1, 5)


@pytest.fixture(scope="module")
def grammars() -> dict[str, NumberGrammar]:
    return {language: grammar_of(pack) for language, pack in load_packs(Path("config/words")).items()}


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


CASES = [
    ("en", "800,000 troops", 800_000, None, "people"),
    ("en", "an 800,000-strong army", 800_000, None, "people"),
    ("en", "800k soldiers", 800_000, None, "people"),
    ("en", "0.8 million soldiers", 800_000, None, "people"),
    ("en", "eight hundred thousand people", 800_000, None, "people"),
    ("en", "15,000 to 30,000 troops", 15_000, 30_000, "people"),
    ("en", "between 15 and 30 thousand troops", 15_000, 30_000, "people"),
    ("en", "30, 40 or 50 years", 30, 50, "years"),
    ("en", "a 15-year term", 15, None, "years"),
    ("en", "within 72 hours", 72, None, "hours"),
    ("en", "within a month", 1, None, "months"),
    ("en", "thirty-one nations", 31, None, "countries"),
    ("en", "$40bn a year", 40e9, None, "USD"),
    ("en", "40 billion euros", 40e9, None, "EUR"),
    ("uk", "800 тисяч осіб", 800_000, None, "people"),
    ("uk", "800 тис. військових", 800_000, None, "people"),
    ("uk", "800\u00a0000 військових", 800_000, None, "people"),
    ("uk", "800-тисячна армія", 800_000, None, "count"),
    ("uk", "двадцятитисячний контингент", 20_000, None, "count"),
    ("uk", "п’ятнадцятирічні гарантії", 15, None, "years"),
    ("uk", "від 15 до 30 тисяч осіб", 15_000, 30_000, "people"),
    ("uk", "46 млрд євро", 46e9, None, "EUR"),
    ("uk", "протягом 72 годин", 72, None, "hours"),
    ("uk", "протягом місяця", 1, None, "months"),
    ("uk", "тридцять одна країна", 31, None, "countries"),
    ("ru", "800 тысяч военных", 800_000, None, "people"),
    ("ru", "800-тысячная армия", 800_000, None, "count"),
    ("ru", "в течение 45 дней", 45, None, "days"),
    ("ru", "от 30 до 50 лет", 30, 50, "years"),
    ("ru", "46 млрд евро", 46e9, None, "EUR"),
    ("ru", "двадцать тысяч человек", 20_000, None, "people"),
]


@pytest.mark.parametrize(("language", "text", "value", "upper", "unit"), CASES)
def test_a_quantity_is_read_in_every_form(
    grammars: dict[str, NumberGrammar],
    morphology: Morphology,
    language: str,
    text: str,
    value: float,
    upper: float | None,
    unit: str,
) -> None:
    found = numbers(text, words(text, language, morphology), grammars[language], TOLD_ON)
    assert [(n.value, n.upper, n.unit) for n in found] == [(value, upper, unit)]


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "on 10 March", date(2026, 3, 10)),
        ("en", "on March 24", date(2026, 3, 24)),
        ("en", "on 28 December", date(2025, 12, 28)),
        ("en", "on 10 March 2027", date(2027, 3, 10)),
        ("uk", "10 березня", date(2026, 3, 10)),
        ("ru", "24 марта 2026 года", date(2026, 3, 24)),
    ],
)
def test_a_date_without_a_year_is_the_one_nearest_to_the_telling(
    grammars: dict[str, NumberGrammar], morphology: Morphology, language: str, text: str, day: date
) -> None:
    found = numbers(text, words(text, language, morphology), grammars[language], TOLD_ON)
    assert [(n.unit, date.fromordinal(int(n.value))) for n in found] == [(DATE, day)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Article 5 of the treaty"),
        ("en", "in 2025 they met"),
        ("en", "the 5th meeting"),
        ("en", "one of the ministers"),
        ("uk", "стаття 5 договору"),
        ("uk", "у 2025 році"),
        ("ru", "по статье 5 договора"),
        ("ru", "12-й пакет"),
    ],
)
def test_article_numbers_years_and_ordinals_are_no_quantities(
    grammars: dict[str, NumberGrammar], morphology: Morphology, language: str, text: str
) -> None:
    assert numbers(text, words(text, language, morphology), grammars[language], TOLD_ON) == ()


@given(st.text(alphabet="0123456789,. -–к тисмлнthousand€$\u00a0", max_size=300))
def test_hostile_digits_never_crash_and_every_number_is_a_stretch_of_the_text(text: str) -> None:
    grammar = NumberGrammar(
        number_words={"two": 2},
        multipliers={"thousand": 1e3, "тис": 1e3},
        units={"к": "people"},
        months=((),) * 12,
        not_quantities=(),
    )
    for number in numbers(text, words(text, "xx", Morphology()), grammar, TOLD_ON):
        assert 0 <= number.start < number.end <= len(text)
        assert any(char.isalnum() for char in text[number.start : number.end])
