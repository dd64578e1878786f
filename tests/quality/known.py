"""The labelled corpora that may be learned from, as the program sees their articles. tests/quality/test is not among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Corpus, LabelledArticle
from bot.model.feeds import Article, ArticleId, FeedId
from bot.model.topics import Category, Stance, Topic
from bot.summariser.annotating import Annotator
from bot.summariser.surroundings import Surroundings
from bot.text.words import Lemmatiser, folded
from bot.topics import load_packs, load_topic

ROOT = Path(__file__).parents[2]
WORDINGS = "wordings"  # the bank of short passages, which are no articles


def learning_folders() -> tuple[Path, ...]:
    """Folders of the corpora to learn from."""
    more = sorted(path.parent for path in (ROOT / "tests/quality/more").glob("*/articles.jsonl"))
    return (ROOT / "config/sample", ROOT / "tests/quality/dev", *more)


def shipped_topic() -> Topic:
    """The topic that the learning corpora are about."""
    return load_topic(ROOT / "config/topics/ukraine-guarantees.toml")


def known_in(folder: Path, topic: Topic, words: Lemmatiser) -> list[Known]:
    """The labelled articles of one folder."""
    annotator = Annotator(topic, load_packs(ROOT / "config/words"), words)
    return list(known_articles(read_corpus(folder), annotator, topic))


@dataclass
class Known:
    """One labelled article with everything learned from it."""

    corpus: str
    label: LabelledArticle
    article: Article
    around: Surroundings
    gold: dict[int, set[Category]]
    facts: dict[tuple[int, Category], set[str]]
    neutral: set[int]
    news: set[int] = field(default_factory=set)  # sentences that state a fact first told that day
    stances: dict[tuple[int, Category], Stance] = field(
        default_factory=dict
    )  # where a mark says it; else its fact does


def article_of(label: LabelledArticle) -> Article:
    """The labelled article as the program sees it."""
    return Article(
        id=ArticleId(label.url), version=2 if label.update_of else 1, url=label.url, feed_id=FeedId(label.outlet), outlet=label.outlet,
        official=False, title=label.title, text=label.body_text, language=label.language, published=label.published, told_at=label.told_at,
        first_seen=label.told_at, text_from="page", content_hash="", summary="",
    )  # fmt: skip


def known_articles(corpus: Corpus, annotator: Annotator, topic: Topic) -> Iterator[Known]:
    """Articles of a corpus with labels by sentence index."""
    for label in corpus.articles:
        article = article_of(label)
        annotated = annotator.annotate(article)
        if annotated is None:
            continue
        at = {folded(line.text): index for index, line in enumerate(annotated.sentences)}
        gold: dict[int, set[Category]] = defaultdict(set)
        facts: dict[tuple[int, Category], set[str]] = defaultdict(set)
        for point in label.points:
            index = at.get(folded(point.quote))
            if index is not None:
                gold[index].add(point.category)
                facts[(index, point.category)].add(point.fact_id)
        first_days = {fact.id: fact.first_day for fact in corpus.facts}
        today = label.told_at.date()
        told = ((at.get(folded(point.quote)), point.fact_id) for point in label.points)
        news = {index for index, fact in told if index is not None and first_days.get(fact) == today}
        neutral = {at[folded(quote)] for quote in label.neutral if folded(quote) in at}
        yield Known(corpus.name, label, article, Surroundings(annotated, topic), gold, facts, neutral, news)
