"""How findings are scored against labels: a small corpus whose right answers are plain to see."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from bot.model.corpora import Corpus, Fact, FactId, LabelledArticle, LabelledId, LabelledPoint, Relevance
from bot.model.stories import ChangeKind
from bot.model.topics import Category, SlotId, Stance
from bot.summariser.answers import Findings, FoundChange, FoundPoint, key_of
from bot.summariser.scoring import scores

FIFTEEN = "The draft puts the force at 15,000."
TWENTY = "The force would now be 20,000, not the 15,000 of the draft."
SIGNED = "They signed, and the force will deploy."
PADDING = "It rained in Brussels."
DETAIL = "The annex has a map."
FIRST, SECOND, THIRD = date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7)


def article(number: str, day: date, *labels: tuple[str, str, str], **given: Any) -> LabelledArticle:
    default: dict[str, Any] = {
        "id": LabelledId(number),
        "outlet": "Lantern",
        "language": "en",
        "url": f"http://lantern.example/{number}",
        "guid": number,
        "published": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "updated": None,
        "title": "",
        "summary_html": "",
        "body_html": "",
        "body_text": f"{FIFTEEN} {TWENTY} {SIGNED} {PADDING} {DETAIL}",
        "relevance": Relevance.BELONGS,
        "points": tuple(LabelledPoint(FactId(fact), Category(category), quote) for fact, category, quote in labels),
    }
    return LabelledArticle(**(default | given))


def fact(number: str, category: str, day: date, **given: Any) -> Fact:
    return Fact(id=FactId(number), category=Category(category), gist="", first_day=day, **given)


FACTS = (
    fact("f15", "force", FIRST, slot=SlotId("force_size"), value=15000, unit="people"),
    fact("f20", "force", SECOND, slot=SlotId("force_size"), value=20000, unit="people", supersedes=FactId("f15")),
    fact("sign", "process", THIRD),
    fact("pl1", "position:europe", FIRST, stance=Stance.CONDITIONAL),
    fact("pl2", "position:europe", THIRD, stance=Stance.SUPPORTS, supersedes=FactId("pl1")),
)
ARTICLES = (
    article("a1", FIRST, ("f15", "force", FIFTEEN), dup_group="g1", neutral=(DETAIL,)),
    article(
        "a2", SECOND, ("f15", "force", FIFTEEN), ("f20", "force", TWENTY), ("f15", "force", TWENTY), dup_group="g1"
    ),
    article("a3", THIRD, ("sign", "process", SIGNED), language="uk"),
    article("a4", THIRD, relevance=Relevance.NEAR),
)
CORPUS = Corpus(name="small", topic=None, articles=ARTICLES, facts=FACTS, outlets=(), fingerprint="")


def point(number: str, quote: str, category: str | None = "force", development: str | None = None) -> FoundPoint:
    return FoundPoint(
        article=LabelledId(number),
        quote=quote,
        category=Category(category) if category else None,
        development=development,
    )


def value(findings: Findings, measure: str, corpus: Corpus = CORPUS, language: str | None = None) -> float | None:
    return scores(key_of(corpus, language), findings)[measure].value


def test_a_near_miss_taken_for_the_plan_costs_precision() -> None:
    findings = Findings(relevant=frozenset(map(LabelledId, ("a1", "a2", "a3", "a4"))))
    assert (value(findings, "relevance_precision"), value(findings, "relevance_recall")) == (0.75, 1)


def test_a_sentence_is_found_whatever_its_white_space() -> None:
    findings = Findings(points=(point("a1", FIFTEEN.replace(" ", "\u00a0 ")),))
    assert value(findings, "sentences_precision") == 1


def test_a_sentence_with_two_labels_counts_once() -> None:
    findings = Findings(points=(point("a2", TWENTY), point("a2", TWENTY, "process")))
    assert (value(findings, "sentences_precision"), value(findings, "sentences_recall")) == (1, 0.25)


def test_a_neutral_sentence_is_neither_right_nor_wrong() -> None:
    findings = Findings(points=(point("a1", FIFTEEN), point("a1", DETAIL)))
    assert value(findings, "sentences_precision") == 1


def test_a_sentence_without_label_is_wrong_even_in_an_article_that_belongs() -> None:
    assert value(Findings(points=(point("a1", FIFTEEN), point("a1", PADDING))), "sentences_precision") == 0.5


def test_the_same_words_in_another_article_are_another_sentence() -> None:
    assert value(Findings(points=(point("a4", FIFTEEN),)), "sentences_precision") == 0


def test_a_sentence_kept_by_an_update_is_the_same_sentence() -> None:
    update = article("a5", SECOND, ("f15", "force", FIFTEEN), update_of=LabelledId("a1"), url=ARTICLES[0].url)
    corpus = Corpus(name="", topic=None, articles=(ARTICLES[0], update), facts=FACTS, outlets=(), fingerprint="")
    assert value(Findings(points=(point("a5", FIFTEEN),)), "sentences_f1", corpus) == 1


def test_category_accuracy_looks_at_matched_sentences_only() -> None:
    findings = Findings(points=(point("a1", FIFTEEN), point("a3", SIGNED, "force"), point("a1", PADDING, "legal")))
    assert value(findings, "category_accuracy") == 0.5
    assert value(findings, "labels_f1") == 2 * 1 / (3 + 4)


def test_a_system_without_categories_has_no_category_score() -> None:
    assert "category_accuracy" not in scores(key_of(CORPUS), Findings(points=(point("a1", FIFTEEN, None),)))


def test_report_grouping_counts_lone_articles_too() -> None:
    apart = {article.id: article.id for article in ARTICLES}
    assert (
        value(Findings(reports=apart), "reports_recall") == 0.75
    )  # the two of g1 each miss the other: (½ + ½ + 1 + 1) / 4
    assert value(Findings(reports=apart), "reports_pairs_f1") == 0
    joined = apart | {LabelledId("a2"): "a1"}
    assert value(Findings(reports=joined), "reports_f1") == 1


def test_development_grouping_over_found_and_over_all_sentences() -> None:
    findings = Findings(points=(point("a1", FIFTEEN, development="d1"), point("a2", FIFTEEN, development="d1")))
    assert value(findings, "developments_f1") == 1
    assert value(findings, "developments_whole_precision") == 1
    assert (
        value(findings, "developments_whole_recall") == (2 / 3 + 2 / 3 + 0 + 0) / 4
    )  # the third telling of f15 was missed


def test_a_fact_told_again_in_a_second_development_is_no_news() -> None:
    findings = Findings(
        points=(point("a1", FIFTEEN, development="d1"), point("a2", FIFTEEN, development="d2")),
        developments={"d1": FIRST, "d2": SECOND},
    )
    assert scores(key_of(CORPUS), findings)["new_facts_precision"].value == 0.5


def test_a_new_fact_beside_an_old_one_in_one_sentence_is_news() -> None:
    findings = Findings(points=(point("a2", TWENTY, development="d1"),), developments={"d1": SECOND})
    assert (value(findings, "new_facts_precision"), value(findings, "new_facts_recall")) == (1, 0.2)


def test_a_development_on_neutral_sentences_is_passed_over() -> None:
    findings = Findings(points=(point("a1", DETAIL, development="d1"),), developments={"d1": FIRST})
    assert value(findings, "new_facts_precision") is None


def test_a_development_out_of_thin_air_is_wrong() -> None:
    findings = Findings(points=(point("a1", PADDING, development="d1"),), developments={"d1": FIRST})
    assert value(findings, "new_facts_precision") == 0


def moved(kind: ChangeKind, day: date, category: str, **given: Any) -> FoundChange:
    return FoundChange(kind=kind, day=day, category=Category(category), **given)


def test_a_change_of_stance_must_name_party_day_and_new_stance() -> None:
    right = moved(ChangeKind.STANCE, THIRD, "position:europe", stance=Stance.SUPPORTS)
    late = moved(ChangeKind.STANCE, SECOND, "position:europe", stance=Stance.SUPPORTS)
    assert value(Findings(changes=(right,)), "stance_changes_f1") == 1
    assert value(Findings(changes=(late,)), "stance_changes_f1") == 0


def test_a_changed_value_must_have_the_new_value_of_that_day() -> None:
    right = moved(ChangeKind.VALUE, SECOND, "force", slot=SlotId("force_size"), value=20000, unit="people")
    wrong = moved(ChangeKind.VALUE, SECOND, "force", slot=SlotId("force_size"), value=15000, unit="people")
    assert value(Findings(changes=(right,)), "value_changes_f1") == 1
    assert value(Findings(changes=(right, wrong)), "value_changes_precision") == 0.5


def test_seventy_two_hours_are_three_days() -> None:
    old = fact("r30", "response", FIRST, slot=SlotId("response_deadline"), value=30, unit="days")
    new = fact(
        "r72", "response", SECOND, slot=SlotId("response_deadline"), value=72, unit="hours", supersedes=FactId("r30")
    )
    corpus = Corpus(name="", topic=None, articles=ARTICLES, facts=(old, new), outlets=(), fingerprint="")
    found = moved(ChangeKind.VALUE, SECOND, "response", slot=SlotId("response_deadline"), value=3, unit="days")
    assert value(Findings(changes=(found,)), "value_changes_f1", corpus) == 1


def test_an_announced_movement_of_another_kind_is_not_held_against_it() -> None:
    assert (
        value(Findings(changes=(moved(ChangeKind.NEW, FIRST, "force"),)), "value_changes_f1") == 0
    )  # the change of f20 is missed …
    assert (
        value(Findings(changes=(moved(ChangeKind.NEW, FIRST, "force"),)), "value_changes_precision") is None
    )  # … and nothing false was told


def test_a_language_is_scored_on_its_own_articles() -> None:
    assert value(Findings(points=(point("a3", SIGNED, "process"),)), "sentences_f1", language="uk") == 1


def test_quotes_that_are_not_verbatim_and_invented_numbers_are_counted() -> None:
    bent = FoundPoint(article=LabelledId("a1"), quote="The draft says 15,000.", verbatim=False, invented=2)
    findings = Findings(points=(point("a1", FIFTEEN), bent))
    assert (value(findings, "verbatim"), value(findings, "invented_numbers")) == (0.5, 2)
