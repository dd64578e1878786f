"""Numbers are read as people write them, and what only looks like a quantity is left alone."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summariser.annotating import grammar_of
from bot.text.grammars import WordTable
from bot.text.numbers import DATE, NumberGrammar, numbers
from bot.text.words import Morphology, Word, words
from bot.topics import load_packs
from tests.unit.text.spelling import spelled_out

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
    ("en", "half a million soldiers", 500_000, None, "people"),
    ("en", "three quarters of a million people", 750_000, None, "people"),
    ("en", "two and a half thousand people", 2_500, None, "people"),
    ("en", "one and a half million euros", 1.5e6, None, "EUR"),
    ("en", "two dozen countries", 24, None, "countries"),
    ("en", "a hundred thousand troops", 100_000, None, "people"),
    ("en", "eight hundred and fifty thousand people", 850_000, None, "people"),
    ("en", "a quarter of a century", 25, None, "years"),
    ("en", "a fortnight", 14, None, "days"),
    ("en", "two decades", 20, None, "years"),
    ("en", "by the seventy-second hour", 72, None, "hours"),
    ("en", "day fifteen", 15, None, "days"),
    ("en", "one day", 1, None, "days"),
    ("en", "a single day", 1, None, "days"),
    ("en", "EUR 68 billion", 68e9, None, "EUR"),
    ("en", "€68bn", 68e9, None, "EUR"),
    ("en", "120,000 hryvnias", 120_000, None, "UAH"),
    ("uk", "800 тисяч осіб", 800_000, None, "people"),
    ("uk", "800К військових", 800_000, None, "people"),
    ("uk", "пів мільйона військових", 500_000, None, "people"),
    ("uk", "півмільйона осіб", 500_000, None, "people"),
    ("uk", "три чверті мільйона осіб", 750_000, None, "people"),
    ("uk", "півтори тисячі солдатів", 1_500, None, "people"),
    ("uk", "дві з половиною тисячі душ", 2_500, None, "people"),
    ("uk", "сім сотень спостерігачів", 700, None, "people"),
    ("uk", "тисяча двісті цивільних", 1_200, None, "people"),
    ("uk", "сімомастами вісімдесятьма тисячами військових", 780_000, None, "people"),
    ("uk", "тридцять днів", 30, None, "days"),
    ("uk", "двоє діб", 2, None, "days"),
    ("uk", "впродовж однієї доби", 1, None, "days"),
    ("uk", "за тиждень", 1, None, "weeks"),
    ("uk", "чверть століття", 25, None, "years"),
    ("uk", "півроку", 0.5, None, "years"),
    ("uk", "на чотирнадцятий день", 14, None, "days"),
    ("uk", "двотижневий строк", 2, None, "weeks"),
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
    ("ru", "полмиллиона военных", 500_000, None, "people"),
    ("ru", "полумиллиона человек", 500_000, None, "people"),
    ("ru", "три четверти миллиона человек", 750_000, None, "people"),
    ("ru", "полторы тысячи солдат", 1_500, None, "people"),
    ("ru", "две с половиной тысячи человек", 2_500, None, "people"),
    ("ru", "шесть сотен наблюдателей", 600, None, "people"),
    ("ru", "тысяча двести штатских", 1_200, None, "people"),
    ("ru", "ДВАДЦАТЬЮ ЧЕТЫРЬМЯ ТЫСЯЧАМИ солдат", 24_000, None, "people"),
    ("ru", "двое суток", 2, None, "days"),
    ("ru", "четверть века", 25, None, "years"),
    ("ru", "полгода", 0.5, None, "years"),
    ("ru", "между 15 и 30 тысячами военных", 15_000, 30_000, "people"),
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
        ("en", "half of it"),
        ("en", "at 08:15 sharp"),
        ("en", "2) the text"),
        ("en", "Release 2026/24"),
        ("en", "thousands of people"),
        ("uk", "десятки тисяч"),
        ("uk", "третина"),
        ("uk", "другий проєкт"),
        ("ru", "в пятницу"),
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


@pytest.mark.parametrize(
    ("language", "text", "told", "moves"),
    [
        ("en", "cut from 72 to 36 hours", (72, 36), True),
        ("en", "72 to 36 hours", (72, 36), False),
        ("uk", "з 20 до 24 тисяч військових", (20_000, 24_000), True),
        ("ru", "с 30 до 21 дня", (30, 21), True),
        ("ru", "30–50 лет", (30, 50), False),
    ],
)
def test_what_is_told_from_to_keeps_its_order(
    grammars: dict[str, NumberGrammar],
    morphology: Morphology,
    language: str,
    text: str,
    told: tuple[float, ...],
    moves: bool,
) -> None:
    [number] = numbers(text, words(text, language, morphology), grammars[language], TOLD_ON)
    assert (number.told, number.moves) == (told, moves)


@pytest.mark.parametrize(
    ("language", "text", "values", "unit"),
    [
        ("en", "Years: 20 → 25", (20, 25), "years"),
        ("uk", "Години: 48 → 72", (48, 72), "hours"),
        ("uk", "Військо: 760 → 800 тисяч осіб", (760_000, 800_000), "people"),
        ("ru", "Срок: 20 → 25 лет", (20, 25), "years"),
    ],
)
def test_an_arrow_carries_unit_and_size(
    grammars: dict[str, NumberGrammar],
    morphology: Morphology,
    language: str,
    text: str,
    values: tuple[float, ...],
    unit: str,
) -> None:
    found = numbers(text, words(text, language, morphology), grammars[language], TOLD_ON)
    assert tuple(number.value for number in found) == values
    assert {number.unit for number in found} == {unit}


@pytest.mark.parametrize(
    ("text", "bare"),
    [("asks for 30.", True), ("asks for 30 in the draft", True), ("52 drones", False), ("the 40 is", True)],
)
def test_a_number_with_nothing_to_count_is_bare(
    grammars: dict[str, NumberGrammar], morphology: Morphology, text: str, bare: bool
) -> None:
    [number] = numbers(text, words(text, "en", morphology), grammars["en"], TOLD_ON)
    assert number.bare is (bare and number.unit == "count")


def test_a_unit_does_not_reach_over_another_number(grammars: dict[str, NumberGrammar], morphology: Morphology) -> None:
    text = "the force of 20,000 in 30 days"
    found = numbers(text, words(text, "en", morphology), grammars["en"], TOLD_ON)
    assert [(number.value, number.unit) for number in found] == [(20_000, "count"), (30, "days")]


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
@given(value=st.integers(2, 999_999))
def test_every_number_written_out_is_read_back(
    grammars: dict[str, NumberGrammar], morphology: Morphology, language: str, value: int
) -> None:
    text = spelled_out(value, language)
    found = numbers(text, words(text, language, morphology), grammars[language], TOLD_ON)
    assert [number.value for number in found] == [value], text
    assert found[0].start == 0
    assert found[0].core_end == len(text)


def test_a_thousand_numbers_take_no_longer_than_their_words(
    grammars: dict[str, NumberGrammar], morphology: Morphology
) -> None:
    """Work is counted, not timed: how often a table is asked grows with the words, not with their square."""

    def asked(count: int) -> int:
        grammar = grammars["en"]
        text = " ".join(["twenty-five or 30,000 of 12 days"] * count)
        counter = Counting(grammar.units)
        grammar_of_test = copy.copy(grammar)
        grammar_of_test.units = counter  # type: ignore[assignment]
        numbers(text, words(text, "en", morphology), grammar_of_test, TOLD_ON)
        return counter.asked

    assert asked(1000) <= 12 * asked(100)


class Counting:
    """A table that counts how often it is asked."""

    def __init__(self, table: WordTable[str]) -> None:
        self._table, self.asked = table, 0

    def find(self, word: Word) -> str | None:
        """The table's answer."""
        self.asked += 1
        return self._table.find(word)


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
