"""Weighing sentences: alone, then with what stands around them."""

from __future__ import annotations

import pytest

from bot.model.topics import Category
from bot.summariser.context import category_context, certainty, key_context
from bot.summariser.wording import Lexicon, article_wording, wording_of
from tests.builders import an_article
from tests.unit.summariser.conftest import Say


def test_numbers_are_all_one_word_so_that_no_figure_is_learned_by_heart(said: Say) -> None:
    assert not any("800" in name for name in wording_of(said("en", "The army keeps 800,000 soldiers."), "en"))


def test_a_word_learned_in_one_language_says_nothing_in_another(said: Say) -> None:
    english = wording_of(said("en", "The force is ready."), "en")
    assert all(name.startswith(("en:", "s:")) for name in english)


def test_a_longer_article_is_not_surer_for_its_length_alone(annotator, said: Say) -> None:  # type: ignore[no-untyped-def]
    once = annotator.annotate(an_article(text="The force stays away from the front."))
    twice = annotator.annotate(an_article(text="The force stays away from the front.\n" * 9))
    lengths = [sum(value**2 for value in article_wording(each).values()) for each in (once, twice)]
    assert lengths == pytest.approx([1.0, 1.0])


def test_what_words_say_adds_up() -> None:
    lexicon = Lexicon(("key", "army"), {"en:a": (1.0, 0.0), "en:b": (-0.5, 2.0)})
    assert lexicon.sums({"en:a": 0.5, "en:b": 1.0, "en:unknown": 9.0}) == {"key": 0.0, "army": 2.0}


def test_a_sentence_knows_how_sure_its_neighbours_are() -> None:
    first, second, third = key_context([0.9, 0.5, 0.1])
    assert second["before"] == certainty(0.9) and second["after"] == certainty(0.1)
    assert first["before"] < certainty(0.1) and third["after"] < certainty(0.1)
    assert key_context([]) == []


def test_a_category_that_its_neighbours_speak_of_gains() -> None:
    army, force = Category("army"), Category("force")
    scores = [{army: 3.0, force: -3.0}, {army: 0.0, force: 0.0}, {}]
    found = category_context([0.9, 0.9, 0.0], scores)
    assert found[1][army]["before"] > found[1][force]["before"]
    assert found[2] == {}
