"""The baselines do what their names say."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.model.corpora import LabelledArticle, LabelledId, Relevance
from bot.model.topics import Layer, LayerId, Localised, Terms, Topic, TopicId
from bot.summariser.baselines import Baseline, baselines, clusters
from bot.text.words import Morphology

NO_NAMES = Localised(())
TOPIC = Topic(
    id=TopicId("t"),
    names=NO_NAMES,
    summary=NO_NAMES,
    subject=Terms((("en", ("security guarantee",)),)),
    context=Terms((("en", ("Ukraine",)),)),
    exclude=Terms(),
    process=Terms(),
    layers=(Layer(id=LayerId("force"), names=NO_NAMES, summary=NO_NAMES, terms=Terms((("en", ("brigade",)),))),),
    parties=(),
)
TEXT = (
    "Security guarantees for Ukraine were discussed in Paris. Ministers spoke of brigades and hubs. "
    "The brigades and hubs would stand far from the front. Ministers spoke of hubs far from the front. It rained."
)


def run(text: str) -> dict[str, Baseline]:
    article = LabelledArticle(
        id=LabelledId("a1"),
        outlet="",
        language="en",
        url="",
        guid="",
        published=datetime(2026, 1, 5, tzinfo=UTC),
        updated=None,
        title="",
        summary_html="",
        body_html="",
        body_text=text,
        relevance=Relevance.BELONGS,
    )
    return {each.name: each for each in baselines((article,), TOPIC, Morphology())}


def quotes(baseline: Baseline) -> list[str]:
    assert baseline.findings is not None
    return [point.quote for point in baseline.findings.points or ()]


def test_first_three_takes_the_first_three_sentences() -> None:
    assert [quote.split()[0] for quote in quotes(run(TEXT)["first three"])] == ["Security", "Ministers", "The"]


def test_the_graph_ranker_leaves_the_weather_and_the_lead_out() -> None:
    assert [quote.split()[:3] for quote in quotes(run(TEXT)["graph ranker"])] == [
        ["Ministers", "spoke", "of"],
        ["The", "brigades", "and"],
        ["Ministers", "spoke", "of"],
    ]


def test_keywords_takes_the_sentences_with_a_term_and_names_their_layer() -> None:
    found = run(TEXT)["keywords"].findings
    assert found is not None
    assert [(point.category, point.quote.split()[0]) for point in found.points or ()] == [
        ("force", "Ministers"),
        ("force", "The"),
    ]


def test_an_article_without_the_context_is_not_read() -> None:
    assert quotes(run(TEXT.replace("Ukraine", "Taiwan"))["first three"]) == []


def test_without_its_library_the_graph_ranker_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    assert run(TEXT)["graph ranker"].findings is None


def test_alike_texts_fall_into_one_group_and_others_do_not() -> None:
    bags = [
        Counter(text.split())
        for text in ("force of brigades", "bank deposit rate", "force of brigades near", "bank holiday")
    ]
    assert clusters(bags, 0.5) == [0, 1, 0, 2]
