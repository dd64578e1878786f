"""What reading an article costs, as CPU milliseconds and as a ratio to the cheapest thing one could do with it: `make bench`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.corpora.labelled import read_corpus
from bot.model.feeds import Article, ArticleId, FeedId
from bot.summariser.analysis import Analyst, analyse
from bot.text.words import Morphology, words
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def _articles() -> list[Article]:
    return [
        Article(
            id=ArticleId(label.id), version=1, url=label.url, feed_id=FeedId(label.outlet), outlet=label.outlet, official=False, title=label.title,
            text=label.body_text, language=label.language, published=label.published, told_at=label.told_at, first_seen=label.told_at,
            text_from="page", content_hash="",
        )
        for label in read_corpus(ROOT / "config/sample").articles
    ]  # fmt: skip


def _median_ms(articles: list[Article], task: Callable[[Article], object]) -> float:
    spent = []
    for article in articles * 5:
        start = time.process_time()
        task(article)
        spent.append((time.process_time() - start) * 1000)
    return statistics.median(spent)


def test_an_article_is_read_within_a_small_multiple_of_finding_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    morphology = Morphology()
    analyst = Analyst(
        load_topic(ROOT / "config/topics/ukraine-guarantees.toml"),
        load_packs(ROOT / "config/words"),
        load_weights(ROOT / "config/weights.json"),
        morphology,
    )
    articles = _articles()
    analyse(articles, analyst)  # dictionaries load, caches fill
    bare = _median_ms(articles, lambda article: words(article.text, article.language, morphology))
    reading = _median_ms(articles, analyst.read)
    start = time.process_time()
    analysis = analyse(articles, analyst)
    whole = (time.process_time() - start) * 1000 / len(articles)
    with capsys.disabled():
        print(
            f"\nwords alone {bare:.2f} ms · read {reading:.2f} ms (×{reading / bare:.0f}) · read, joined and in the ledger {whole:.2f} ms an article"
        )
    assert analysis.points
