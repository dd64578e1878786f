"""Word forms, languages and marks: the same thing is recognised however it is written."""

from __future__ import annotations

import pytest

from bot.text.fingerprints import containment, shingle_keys, shingles, skeleton
from bot.text.languages import language_of
from bot.text.words import Morphology, words

MORPHOLOGY = Morphology()


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("uk", ["гарантії", "гарантій", "гарантіями"]),
        ("uk", ["зобов’язання", "зобов'язання", "зобовʼязання"]),
        ("ru", ["гарантии", "гарантий", "гарантиями"]),
        ("ru", ["наблюдателей", "наблюдателями"]),
        ("en", ["guarantee", "guarantees", "guaranteed"]),
    ],
)
def test_inflected_forms_share_one_lemma(language: str, forms: list[str]) -> None:
    assert len({words(form, language, MORPHOLOGY)[0].lemma for form in forms}) == 1


def test_positions_point_into_the_text_as_written() -> None:
    text = "Об’єднані сили — 800-тисячна армія."
    assert [text[word.start : word.end] for word in words(text, "uk", MORPHOLOGY)] == [
        "Об’єднані",
        "сили",
        "800",
        "тисячна",
        "армія",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Україна отримає гарантії безпеки від партнерів", "uk"),
        ("Украина получит гарантии безопасности от партнёров", "ru"),
        ("Ukraine would get security guarantees from its partners", "en"),
        ("Переговори тривають у Женеві", "uk"),
    ],
)
def test_the_language_of_a_text_is_told_against_a_wrong_hint(text: str, language: str) -> None:
    wrong = "en" if language != "en" else "uk"
    assert language_of(text, ("en", "uk", "ru"), wrong) == language


def test_a_text_without_letters_takes_the_feeds_word_for_its_language() -> None:
    assert language_of("2026 — 1, 2, 3", ("en", "uk"), "uk") == "uk"
    assert language_of("…", ("en",)) == "und"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Зеленський", "Зеленский"), ("Ferrant", "Феррант"), ("Lantern", "Lantern"), ("Strešnev", "Strešnev")],
)
def test_a_name_has_one_skeleton_in_both_alphabets(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_a_copy_cut_to_half_still_shares_its_wording_with_the_original() -> None:
    original = " ".join(f"word{i} said that number {i} holds" for i in range(60))
    half = original[: len(original) // 2]
    one, other = (shingles(words(text, "en", MORPHOLOGY)) for text in (original, half))
    assert containment(one, other) > 0.9
    assert set(shingle_keys(one)) & set(shingle_keys(other))


def test_two_different_texts_share_nothing() -> None:
    one = shingles(words("The ministers met in Geneva to talk about the text of the commitment", "en", MORPHOLOGY))
    other = shingles(words("A storm closed the ports of the Black Sea and felled trees in two towns", "en", MORPHOLOGY))
    assert containment(one, other) == 0.0
