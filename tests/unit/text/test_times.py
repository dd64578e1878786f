"""Times are resolved against the day of the telling, a Wednesday: readers are told days, not "next week"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.languages import LanguagePack
from bot.summariser.annotating import grammar_of, time_grammar_of
from bot.text.numbers import numbers
from bot.text.periods import month_near, part_of, period, weekday_near, whole_month
from bot.text.times import Moment, times
from bot.text.words import Morphology, words
from bot.topics import load_packs

TOLD_ON = date(2026, 3, 18)
LANGUAGES = ("en", "uk", "ru")

ENGLISH = [
    ("yesterday", "2026-03-17"),
    ("today", "2026-03-18"),
    ("tonight", "2026-03-18"),
    ("tomorrow", "2026-03-19"),
    ("the day before yesterday", "2026-03-16"),
    ("the day after tomorrow", "2026-03-20"),
    ("he said this morning", "2026-03-18"),
    ("they met last night", "2026-03-17"),
    ("officials said on Tuesday", "2026-03-17"),
    ("officials said on Wednesday", "2026-03-18"),
    ("officials said on Friday", "2026-03-13"),
    ("the Senate will vote on Friday", "2026-03-20"),
    ("next Friday", "2026-03-20"),
    ("next Wednesday", "2026-03-25"),
    ("last Friday", "2026-03-13"),
    ("last Wednesday", "2026-03-11"),
    ("this Thursday", "2026-03-19"),
    ("by Friday", "<2026-03-20"),
    ("until Monday", "<2026-03-23"),
    ("in three weeks", "2026-04-08"),
    ("in a month", "2026-04-18"),
    ("in two years", "2028-03-18"),
    ("three weeks ago", "2026-02-25"),
    ("a week ago", "2026-03-11"),
    ("a week from now", "2026-03-25"),
    ("ten days from today", "2026-03-28"),
    ("this week", "2026-03-16 2026-03-22"),
    ("last week", "2026-03-09 2026-03-15"),
    ("next week", "2026-03-23 2026-03-29"),
    ("next weekend", "2026-03-28 2026-03-29"),
    ("next month", "2026-04-01 2026-04-30"),
    ("last month", "2026-02-01 2026-02-28"),
    ("next year", "2027-01-01 2027-12-31"),
    ("mid-March", "2026-03-11 2026-03-20"),
    ("early April", "2026-04-01 2026-04-10"),
    ("late February", "2026-02-21 2026-02-28"),
    ("at the beginning of May", "2026-05-01 2026-05-10"),
    ("by the end of March", "<2026-03-21 2026-03-31"),
    ("at the end of next month", "2026-04-21 2026-04-30"),
    ("by the end of the year", "<2026-10-01 2026-12-31"),
    ("by year's end", "<2026-10-01 2026-12-31"),
    ("in March", "2026-03-01 2026-03-31"),
    ("by May", "<2026-05-01 2026-05-31"),
    ("in May 2027", "2027-05-01 2027-05-31"),
    ("it will come in February", "2027-02-01 2027-02-28"),
    ("this spring", "2026-03-01 2026-05-31"),
    ("by summer", "<2026-06-01 2026-08-31"),
    ("in 2027", "2027-01-01 2027-12-31"),
    ("by 2030", "<2030-01-01 2030-12-31"),
    ("on 15 April", "2026-04-15"),
    ("not later than April 15", "<2026-04-15"),
    ("on 8–9 April", "2026-04-08 2026-04-09"),
    ("on the sixteenth, he said", "2026-04-16"),
    ("the fourteenth of April", "2026-04-14"),
    ("2026-04-14", "2026-04-14"),
    ("within 30 days of a ceasefire", ""),
    ("in 30 days of a ceasefire", ""),
    ("they may vote", ""),
]
UKRAINIAN = [
    ("вчора", "2026-03-17"),
    ("учора", "2026-03-17"),
    ("сьогодні", "2026-03-18"),
    ("завтра", "2026-03-19"),
    ("позавчора", "2026-03-16"),
    ("післязавтра", "2026-03-20"),
    ("заявив у вівторок", "2026-03-17"),
    ("заявив у середу", "2026-03-18"),
    ("заявив у п’ятницю", "2026-03-13"),
    ("Сенат голосуватиме у п’ятницю", "2026-03-20"),
    ("засідання має відбутися в понеділок", "2026-03-23"),
    ("наступної п’ятниці", "2026-03-20"),
    ("наступної середи", "2026-03-25"),
    ("минулої п’ятниці", "2026-03-13"),
    ("цього четверга", "2026-03-19"),
    ("до п’ятниці", "<2026-03-20"),
    ("за два тижні", "2026-04-01"),
    ("за тиждень", "2026-03-25"),
    ("через три дні", "2026-03-21"),
    ("через місяць", "2026-04-18"),
    ("через рік", "2027-03-18"),
    ("три тижні тому", "2026-02-25"),
    ("тиждень тому", "2026-03-11"),
    ("два роки тому", "2024-03-18"),
    ("цього тижня", "2026-03-16 2026-03-22"),
    ("минулого тижня", "2026-03-09 2026-03-15"),
    ("наступного тижня", "2026-03-23 2026-03-29"),
    ("минулого місяця", "2026-02-01 2026-02-28"),
    ("наступного місяця", "2026-04-01 2026-04-30"),
    ("наступного року", "2027-01-01 2027-12-31"),
    ("торік", "2025-01-01 2025-12-31"),
    ("на початку квітня", "2026-04-01 2026-04-10"),
    ("у середині березня", "2026-03-11 2026-03-20"),
    ("наприкінці травня", "2026-05-21 2026-05-31"),
    ("до кінця березня", "<2026-03-21 2026-03-31"),
    ("до кінця місяця", "<2026-03-21 2026-03-31"),
    ("до кінця року", "<2026-10-01 2026-12-31"),
    ("до середини квітня", "<2026-04-11 2026-04-20"),
    ("до кінця наступного тижня", "<2026-03-28 2026-03-29"),
    ("у березні", "2026-03-01 2026-03-31"),
    ("до травня", "<2026-05-01 2026-05-31"),
    ("у травні 2027 року", "2027-05-01 2027-05-31"),
    ("навесні", "2026-03-01 2026-05-31"),
    ("до літа", "<2026-06-01 2026-08-31"),
    ("у 2027 році", "2027-01-01 2027-12-31"),
    ("до 2030 року", "<2030-01-01 2030-12-31"),
    ("15 квітня", "2026-04-15"),
    ("до 15 березня", "<2026-03-15"),
    ("8–9 квітня", "2026-04-08 2026-04-09"),
    ("чотирнадцятого квітня", "2026-04-14"),
    ("лише двадцять першого.", "2026-03-21"),
    ("на 16-те.", "2026-04-16"),
    ("14.04.2026", "2026-04-14"),
    ("за 30 днів після припинення вогню", ""),
    ("протягом 72 годин", ""),
]
RUSSIAN = [
    ("вчера", "2026-03-17"),
    ("сегодня", "2026-03-18"),
    ("завтра", "2026-03-19"),
    ("позавчера", "2026-03-16"),
    ("послезавтра", "2026-03-20"),
    ("заявил во вторник", "2026-03-17"),
    ("заявил в среду", "2026-03-18"),
    ("заявил в пятницу", "2026-03-13"),
    ("Сенат будет голосовать в пятницу", "2026-03-20"),
    ("голосование назначено на понедельник", "2026-03-23"),
    ("в следующую пятницу", "2026-03-20"),
    ("в следующую среду", "2026-03-25"),
    ("в прошлый вторник", "2026-03-17"),
    ("в прошлую пятницу", "2026-03-13"),
    ("в этот четверг", "2026-03-19"),
    ("к пятнице", "<2026-03-20"),
    ("до понедельника", "<2026-03-23"),
    ("через две недели", "2026-04-01"),
    ("через неделю", "2026-03-25"),
    ("через три дня", "2026-03-21"),
    ("через месяц", "2026-04-18"),
    ("через год", "2027-03-18"),
    ("три недели назад", "2026-02-25"),
    ("неделю назад", "2026-03-11"),
    ("два года назад", "2024-03-18"),
    ("на этой неделе", "2026-03-16 2026-03-22"),
    ("на прошлой неделе", "2026-03-09 2026-03-15"),
    ("на следующей неделе", "2026-03-23 2026-03-29"),
    ("в прошлом месяце", "2026-02-01 2026-02-28"),
    ("в следующем месяце", "2026-04-01 2026-04-30"),
    ("в будущем году", "2027-01-01 2027-12-31"),
    ("в прошлом году", "2025-01-01 2025-12-31"),
    ("в начале апреля", "2026-04-01 2026-04-10"),
    ("в середине марта", "2026-03-11 2026-03-20"),
    ("в конце мая", "2026-05-21 2026-05-31"),
    ("до конца марта", "<2026-03-21 2026-03-31"),
    ("к концу месяца", "<2026-03-21 2026-03-31"),
    ("к концу года", "<2026-10-01 2026-12-31"),
    ("до середины апреля", "<2026-04-11 2026-04-20"),
    ("в марте", "2026-03-01 2026-03-31"),
    ("к маю", "<2026-05-01 2026-05-31"),
    ("в мае 2027 года", "2027-05-01 2027-05-31"),
    ("весной", "2026-03-01 2026-05-31"),
    ("к лету", "<2026-06-01 2026-08-31"),
    ("в 2027 году", "2027-01-01 2027-12-31"),
    ("к 2030 году", "<2030-01-01 2030-12-31"),
    ("15 апреля", "2026-04-15"),
    ("до 15 марта", "<2026-03-15"),
    ("8–9 апреля", "2026-04-08 2026-04-09"),
    ("четырнадцатого апреля", "2026-04-14"),
    ("на двадцать первое.", "2026-03-21"),
    ("на 16-е.", "2026-04-16"),
    ("не 14, а 28 июля", "2026-07-14; 2026-07-28"),
    ("через 30 дней после прекращения огня", ""),
    ("в течение 72 часов", ""),
]
CASES = [
    *(("en", text, days) for text, days in ENGLISH),
    *(("uk", text, days) for text, days in UKRAINIAN),
    *(("ru", text, days) for text, days in RUSSIAN),
]


@pytest.fixture(scope="module")
def packs() -> Mapping[str, LanguagePack]:
    return load_packs(Path("config/words"))


@pytest.fixture(scope="module")
def morphology() -> Morphology:
    return Morphology()


def read(
    text: str, language: str, packs: Mapping[str, LanguagePack], morphology: Morphology, told_on: date = TOLD_ON
) -> tuple[Moment, ...]:
    """The times of a text as the annotator reads them."""
    grammar = grammar_of(packs[language])
    found = words(text, language, morphology)
    return times(found, numbers(text, found, grammar, told_on), time_grammar_of(packs[language], grammar), told_on)


def shown(moment: Moment) -> str:
    """As "<" for what is to be over by then, then the day or the first and last day."""
    days = f"{moment.first}" if moment.first == moment.last else f"{moment.first} {moment.last}"
    return f"<{days}" if moment.limit else days


@pytest.mark.parametrize(("language", "text", "days"), CASES)
def test_a_time_is_told_as_days(
    packs: Mapping[str, LanguagePack], morphology: Morphology, language: str, text: str, days: str
) -> None:
    assert "; ".join(map(shown, read(text, language, packs, morphology))) == days


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_golden_table(language: str) -> None:
    assert sum(each == language for each, _, _ in CASES) >= 40


@given(told_on=st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_every_time_is_a_stretch_of_the_text_and_of_the_calendar(
    packs: Mapping[str, LanguagePack], morphology: Morphology, told_on: date
) -> None:
    for language, text, _ in CASES[:: len(LANGUAGES) * 7]:
        for moment in read(text, language, packs, morphology, told_on):
            assert 0 <= moment.start < moment.end <= len(text)
            assert moment.first <= moment.last
            assert moment.ago == (told_on - moment.last).days


@given(told_on=st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), weekday=st.integers(0, 6))
def test_next_and_last_weekday_lie_within_a_week(told_on: date, weekday: int) -> None:
    following, before = weekday_near(weekday, told_on, 1), weekday_near(weekday, told_on, -1)
    assert following.weekday() == before.weekday() == weekday
    assert 1 <= (following - told_on).days <= 7
    assert 1 <= (told_on - before).days <= 7


@given(told_on=st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), month=st.integers(1, 12))
def test_the_parts_of_a_month_tile_it(told_on: date, month: int) -> None:
    whole = month_near(month, told_on)
    early, mid, late = part_of(whole, "early"), part_of(whole, "mid"), part_of(whole, "late")
    assert (early[0], late[1]) == whole
    assert (mid[0] - early[1]).days == (late[0] - mid[1]).days == 1


def test_a_week_begins_on_monday_and_a_month_ends_where_it_ends() -> None:
    assert period("week", TOLD_ON, 0) == (date(2026, 3, 16), date(2026, 3, 22))
    assert whole_month(2028, 2) == (date(2028, 2, 1), date(2028, 2, 29))
    assert period("month", date(2026, 12, 5), 1) == (date(2027, 1, 1), date(2027, 1, 31))
