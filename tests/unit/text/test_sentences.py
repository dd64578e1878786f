"""Sentences are cut whole: a quote is never half a sentence, and never two."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.sentences import MAX_SENTENCE, sentences

CASES = [
    ("en", ["The U.S. said on Jan. 5 that Mr. Brown would go.", "He left."]),
    ("en", ["Col. Maude Ferrant spoke.", "“We have it.”", "The room was silent."]),
    ("en", ["Talks end at 5 p.m. on Monday.", "They resume later."]),
    ("en", ["The cost is $1.5 billion.", "It may rise to 2.25 billion."]),
    ("en", ["“Fifteen was an opening bid,” says an officer.", "“Round numbers,” he says, “are for speeches.”"]),
    ("en", ["Article 5 (Art. 5) applies.", "No. 12 does not."]),
    ("en", ["Is it binding?", "Nobody knows!", "Not yet…"]),
    ("uk", ["«Ми маємо що, але не як», — сказав ген. Петро О. Коваль.", "Армія — 800 тис. осіб."]),
    ("uk", ["«Так!» — вигукнув він.", "Стаття 5 (ст. 5) діє."]),
    ("uk", ["Це коштуватиме 40 млрд євро на рік.", "Гроші дасть м. Київ."]),
    ("uk", ["Зустріч була 5 січ. у Женеві.", "Далі — Париж."]),
    ("uk", ["На думку радника, це «добре».", "І все."]),
    ("ru", ["— Наблюдатель не может быть стороной, — сказал дипломат.", "Он ушёл."]),
    ("ru", ["Численность составит 800 тыс. человек.", "Это решено в 2025 г. в Берлине."]),
    ("ru", ["А. С. Иванов сообщил об этом.", "«Мы готовы!» — добавил он."]),
    ("en", ["Asked whether that was a promise, he said no.", "Not one soldier would go."]),
    ("en", ["The vote is set for Nov. 19.", "It may slip to Dec. 3, or to No. 7 on the list."]),
    ("en", ["The hearing was due in Nov.", "Nobody came."]),
    ("en", ["Lt. Gen. J. R. Ashby Jr. briefed Sens. Doe and Roe.", "Rep. Lee did not."]),
    ("en", ["“We said ‘never again’,” he said, quoting St. Augustine of sorts.", "“Then came 2014.”"]),
    ("en", ["Paragraph 3.2 puts it at 0.8 million.", "Annex B.1 does not."]),
    ("en", ["It costs approx. 40 bn. euros a year.", "Who pays is open."]),
    ("uk", ["Українців у строю дозволяється більше, 760 тис.", "У списку охочих з’явилися ірландці."]),
    ("uk", ["Утримання обійдеться у 38 млрд.", "Хто платитиме, невідомо."]),
    ("uk", ["Ідеться про 800 тис. військових ЗСУ.", "Про це сказав О. Т. Гнатюк."]),
    ("uk", ["Документ на 12 с. містить п. 4.1 та ст. 7.", "Решта — додатки."]),
    ("uk", ["«Чи „готові“ ми? Так», — каже він.", "Далі мовчить."]),
    ("uk", ["За словами співрозмовника, термін — 15 р. з правом подовження.", "Київ просить пів століття."]),
    ("uk", ["Сили стануть на заході, у т. ч. у Львові.", "На сході їх не буде."]),
    ("ru", ["В строю разрешено больше, 760 тыс.", "В списке желающих появились ирландцы."]),
    ("ru", ["Содержание обойдётся в 38 млрд.", "Кто заплатит, неизвестно."]),
    ("ru", ["Речь идёт о 800 тыс. военных ВСУ.", "Об этом сказал О. Т. Гнатюк."]),
    ("ru", ["Это 0,8 млн человек, т. е. столько же.", "И точка."]),
    ("ru", ["«Вы готовы? Да», — говорит он.", "Дальше молчит."]),
    ("ru", ["Пункт 2.3 гласит: «Стороны совещаются».", "Ст. 5 не упомянута."]),
    ("ru", ["Срок — 15 лет, до 2041 г. включительно.", "Киев просит полвека."]),
]


@pytest.mark.parametrize(("language", "wanted"), CASES)
def test_a_sentence_survives_abbreviations_initials_and_quotes(language: str, wanted: list[str]) -> None:
    text = " ".join(wanted)
    assert [text[start:end] for start, end in sentences(text, language)] == wanted


def test_a_line_break_always_ends_a_sentence_so_that_a_headline_never_glues_to_the_lead() -> None:
    text = "Berlin plan takes shape\n\nOfficials met on Sunday. They agreed."
    assert [text[a:b] for a, b in sentences(text, "en")] == [
        "Berlin plan takes shape",
        "Officials met on Sunday.",
        "They agreed.",
    ]


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_each_item_of_a_list_and_each_heading_stands_alone(language: str) -> None:
    text = "Що відомо / What is known\n- 800 000 people\n- 15 years, 72 hours\n1. First item. Its second sentence.\n2) Second item"
    assert [text[a:b] for a, b in sentences(text, language)] == [
        "Що відомо / What is known",
        "- 800 000 people",
        "- 15 years, 72 hours",
        "1. First item.",
        "Its second sentence.",
        "2) Second item",
    ]


@pytest.mark.parametrize("stamp", ["12:25.", "09:05", "**17:10.**", "•", "* 8:15 p.m.", "14:30 EET"])
def test_the_hour_and_the_bullet_of_a_live_blog_are_no_part_of_its_sentence(stamp: str) -> None:
    text = f"{stamp} Rome keeps its boots at home. So it said."
    assert [text[a:b] for a, b in sentences(text, "en")] == [stamp, "Rome keeps its boots at home.", "So it said."]


def test_a_sentence_that_begins_with_a_number_stays_whole() -> None:
    text = "15:9 is the score of the vote. 0.8 million is the size. 12 countries agreed."
    assert [text[a:b] for a, b in sentences(text, "en")][1:] == ["0.8 million is the size.", "12 countries agreed."]


@given(
    st.text(alphabet="abcАБвїґ .!?…»«“”()\n\t0123456789-—’'", max_size=400), st.sampled_from(["en", "uk", "ru", "xx"])
)
def test_cutting_loses_no_letter_and_keeps_order(text: str, language: str) -> None:
    spans = sentences(text, language)
    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


def test_an_endless_line_is_cut_into_bounded_pieces() -> None:
    text = "слово " * 5_000
    assert all(end - start <= MAX_SENTENCE for start, end in sentences(text, "uk"))
