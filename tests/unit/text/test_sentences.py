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
