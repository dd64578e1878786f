"""What is found in a sentence, and what must not be taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.summariser.annotating import MAX_SENTENCES, Annotator
from tests.builders import an_article

if TYPE_CHECKING:
    from tests.unit.summariser.conftest import Say


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ministry doubled bank guarantees for exporters."),
        ("uk", "Фонд гарантування вкладів виплатив кошти."),
        ("uk", "Банківська гарантія діє рік."),
        ("ru", "Фонд гарантирования вкладов выплатил деньги."),
    ],
)
def test_a_banks_guarantee_is_not_taken_for_the_plan(said: Say, language: str, text: str) -> None:
    assert not said(language, text).has("subject")


def test_a_word_beside_an_excluded_phrase_still_counts(said: Say) -> None:
    assert said("en", "Unlike a bank guarantee, security guarantees for Ukraine bind states.").has("subject")


def test_declining_to_comment_is_no_refusal(said: Say) -> None:
    line = said("en", "The Kremlin declined to comment.")
    assert line.has("stance.undecided") and not line.has("stance.rejects")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Two officials spoke on condition of anonymity."),
        ("uk", "Посадовець розповів це на умовах анонімності."),
        ("ru", "Чиновник рассказал это на условиях анонимности."),
    ],
)
def test_anonymity_is_no_condition_of_a_party(said: Say, language: str, text: str) -> None:
    assert not said(language, text).has("stance.conditional")


def test_a_heading_stands_over_the_sentences_beneath_it(annotator: Annotator) -> None:
    annotated = annotator.annotate(
        an_article(text="The force\n\nIt would be small. It would be quick.\n\nThe army\n\nIt stays.")
    )
    assert annotated is not None
    assert [(line.text, line.heading) for line in annotated.sentences][1:3] == [
        ("It would be small.", "The force"),
        ("It would be quick.", "The force"),
    ]
    assert annotated.sentences[-1].heading == "The army"


def test_a_language_without_a_pack_is_not_read_rather_than_misread(annotator: Annotator) -> None:
    assert annotator.annotate(an_article(language="fr", text="Les garanties de sécurité pour l’Ukraine.")) is None


def test_a_document_dump_is_read_up_to_a_bound(annotator: Annotator) -> None:
    annotated = annotator.annotate(an_article(text="The army stays as it is. " * (MAX_SENTENCES * 2)))
    assert annotated is not None and len(annotated.sentences) == MAX_SENTENCES


@pytest.mark.parametrize("title", ["", " ", "\u200b", "!" * 5_000])
def test_an_article_without_a_proper_title_is_read_all_the_same(annotator: Annotator, title: str) -> None:
    annotated = annotator.annotate(an_article(title=title, summary=title))
    assert annotated is not None and annotated.sentences
