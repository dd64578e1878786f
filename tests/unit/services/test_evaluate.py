"""From a corpus through an analysis to the table an operator reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.model.corpora import (
    Corpus,
    Fact,
    FactId,
    FeedForm,
    LabelledArticle,
    LabelledId,
    LabelledPoint,
    Outlet,
    Relevance,
)
from bot.model.feeds import Article
from bot.model.stories import Change, ChangeKind, Development, DevelopmentId, KeyPoint, Quantity, Reading
from bot.model.topics import Category, Localised, PartyId, SlotId, Stance, Terms, Topic, TopicId
from bot.services.evaluate import Evaluation, as_articles, evaluate
from bot.services.scoretables import MEASURES, as_data, as_text
from bot.text.words import Morphology
from tests.builders import a_change, a_development, a_reading, point_in

FIRST = "The force would number 15,000."
THEN = "The force would now number 20,000."
NINE = datetime(2026, 1, 5, 9, tzinfo=UTC)
TOPIC = Topic(
    id=TopicId("t"),
    names=Localised(()),
    summary=Localised(()),
    subject=Terms(),
    context=Terms(),
    exclude=Terms(),
    process=Terms(),
    layers=(),
    parties=(),
)


def labelled(number: str, at: datetime, quote: str, fact: str, **given: Any) -> LabelledArticle:
    default: dict[str, Any] = {
        "id": LabelledId(number),
        "outlet": "Ministry",
        "language": "en",
        "url": "http://m.example/1",
        "guid": "1",
        "published": NINE,
        "updated": at,
        "title": "Force",
        "summary_html": "<p>Fifteen &amp; more</p>",
        "body_html": "",
        "body_text": f"{quote} It rained.",
        "relevance": Relevance.BELONGS,
        "points": (LabelledPoint(FactId(fact), Category("force"), quote),),
    }
    return LabelledArticle(**(default | given))


def a_fact(number: str, at: datetime, value: float, supersedes: str | None = None) -> Fact:
    before = FactId(supersedes) if supersedes else None
    return Fact(
        id=FactId(number),
        category=Category("force"),
        gist="",
        first_day=at.date(),
        slot=SlotId("force_size"),
        value=value,
        unit="people",
        supersedes=before,
    )


LATER = NINE + timedelta(days=1)
CORPUS = Corpus(
    name="small",
    topic=None,
    articles=(labelled("a1", NINE, FIRST, "f1"), labelled("a2", LATER, THEN, "f2", update_of=LabelledId("a1"))),
    facts=(a_fact("f1", NINE, 15000), a_fact("f2", LATER, 20000, "f1")),
    outlets=(Outlet(name="Ministry", key="m", host="m.example", language="en", kind="official", form=FeedForm.RSS),),
    fingerprint="0123456789abcdef",
    agreement=0.87,
)


@dataclass(frozen=True)
class Found:
    """An analysis as it might come back."""

    readings: Sequence[Reading] = ()
    points: Sequence[KeyPoint] = ()
    developments: Sequence[Development] = ()
    changes: Sequence[Change] = ()


def perfect(articles: Sequence[Article], _: Topic) -> Found:
    """Everything the labels ask for."""
    one, two = articles
    points = [
        point_in(one, FIRST, category=Category("force"), development_id=DevelopmentId("d1")),
        point_in(two, THEN, category=Category("force"), development_id=DevelopmentId("d2")),
    ]
    developments = [
        a_development(
            id=DevelopmentId("d1"), category=Category("force"), first_seen=NINE, value=15000.0, unit="people"
        ),
        a_development(
            id=DevelopmentId("d2"), category=Category("force"), first_seen=LATER, value=20000.0, unit="people"
        ),
    ]
    new = a_change(kind=ChangeKind.NEW, at=NINE, development_id=DevelopmentId("d1"))
    change = a_change(
        kind=ChangeKind.VALUE, at=LATER, slot=SlotId("force_size"), development_id=DevelopmentId("d2"), after="20,000"
    )
    return Found(
        [a_reading(article=one.id, version=1), a_reading(article=one.id, version=2)],
        points,
        developments,
        [new, change],
    )


def scored(found: Found | None = None) -> Evaluation:
    return evaluate(CORPUS, TOPIC, (lambda articles, topic: found) if found else perfect, Morphology())


def values(evaluation: Evaluation) -> dict[str, Any]:
    scores = as_data(evaluation)["systems"]["planwatch"]["scores"]
    return {name: score["value"] for name, score in scores.items()}


def test_an_update_is_a_second_version_of_the_same_article() -> None:
    one, two = as_articles(CORPUS).values()
    assert (one.id, one.version, two.id, two.version) == (two.id, 1, one.id, 2)
    assert (two.told_at, two.published, two.official, two.summary) == (LATER, NINE, True, "Fifteen & more")


def test_a_perfect_analysis_scores_one_everywhere() -> None:
    found = values(scored())
    assert {name: value for name, value in found.items() if value not in (None, 1)} == {"invented_numbers": 0}
    assert found["stance_changes_f1"] is None  # there is none to find


def test_an_analysis_that_found_nothing_scores_zero_and_not_an_error() -> None:
    found = values(scored(Found(changes=())))
    assert (found["relevance_f1"], found["sentences_f1"], found["new_facts_f1"], found["value_changes_f1"]) == (
        0,
        0,
        0,
        0,
    )


def test_a_number_that_the_quote_does_not_hold_is_counted() -> None:
    one, _ = as_articles(CORPUS).values()
    point = point_in(one, FIRST, quantities=(Quantity(value=9, unit="people", text="9,000"),))
    assert values(scored(Found(points=(point,))))["invented_numbers"] == 1


def test_a_quote_that_is_not_at_its_place_is_not_verbatim() -> None:
    one, _ = as_articles(CORPUS).values()
    point = replace(point_in(one, FIRST), quote="The force would number 15,000!")
    assert values(scored(Found(points=(point,))))["verbatim"] == 0


def test_a_change_of_stance_is_read_from_its_party_and_its_words() -> None:
    europe = "position:europe"
    facts = (
        Fact(id=FactId("p1"), category=Category(europe), gist="", first_day=NINE.date(), stance=Stance.CONDITIONAL),
        Fact(
            id=FactId("p2"),
            category=Category(europe),
            gist="",
            first_day=LATER.date(),
            stance=Stance.SUPPORTS,
            supersedes=FactId("p1"),
        ),
    )
    change = a_change(
        kind=ChangeKind.STANCE,
        at=LATER,
        category=Category("force"),
        party=PartyId("europe"),
        before="conditional",
        after="supports",
    )
    evaluation = evaluate(
        replace(CORPUS, facts=facts), TOPIC, lambda articles, topic: Found(changes=(change,)), Morphology()
    )
    assert values(evaluation)["stance_changes_f1"] == 1


def test_the_table_shows_every_measure_and_its_columns_stand_under_each_other() -> None:
    lines = as_text(scored()).splitlines()
    head = next(line for line in lines if line.strip().startswith("planwatch  "))
    for name in set(MEASURES.values()) - {"stance changes F1"}:
        assert any(line.startswith(name + " ") for line in lines), name
    column = head.index("planwatch")
    assert next(line for line in lines if line.startswith("changed values F1"))[column:].startswith("1.000")
    assert "note: two people labelling apart agreed on 0.87 of the labels" in lines
    assert "note: topic t has no category force: their labels can only be missed" in lines


def test_a_baseline_whose_library_is_missing_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = scored()
    without = replace(
        bare,
        systems=tuple(
            replace(system, whole=None) if system.name == "graph ranker" else system for system in bare.systems
        ),
    )
    assert "not installed" in as_text(without)
    assert as_data(without)["systems"]["graph ranker"]["installed"] is False


def test_the_data_can_be_written_as_json() -> None:
    assert json.loads(json.dumps(as_data(scored())))["fingerprint"] == "0123456789abcdef"
