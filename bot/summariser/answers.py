"""What a system found and what a labelled corpus says, made comparable. Knows labels and findings, not how they are scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.model.corpora import Corpus, Fact, LabelledId
from bot.model.stories import ChangeKind
from bot.model.topics import Category, SlotId, Stance
from bot.text.words import folded

Place = tuple[
    LabelledId, str
]  # (first version's id, folded sentence): a sentence that survives an edit is the same sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPoint:
    """A sentence that was picked. `article` is the version's id in the corpus."""

    article: LabelledId
    quote: str
    category: Category | None = None  # None: the system does not tell
    development: str | None = None
    verbatim: bool = True  # the quote is in the article's text, letter for letter
    invented: int = 0  # numbers given for it that its quote does not hold


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundChange:
    """A movement that was told. `category` is `position:<party>` for a stance."""

    kind: ChangeKind
    day: date
    category: Category
    stance: Stance | None = None
    slot: SlotId | None = None
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a system says of a corpus. None where it does not say."""

    relevant: frozenset[LabelledId] | None = None
    reports: Mapping[LabelledId, str] | None = None
    points: tuple[FoundPoint, ...] | None = None
    developments: Mapping[str, date] | None = None  # id → day of its first telling
    changes: tuple[FoundChange, ...] | None = None


@dataclass(frozen=True)
class Key:
    """A corpus made ready for scoring."""

    corpus: Corpus
    roots: Mapping[LabelledId, LabelledId]  # version → first version
    labels: Mapping[Place, frozenset[tuple[str, Category]]]  # sentence → (fact, category)
    neutral: frozenset[Place]
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def place(self, article: LabelledId, quote: str) -> Place:
        """Where a quote stands."""
        return self.roots.get(article, article), folded(quote)

    def counts_neither_way(self, place: Place) -> bool:
        """Whether finding that sentence is neither right nor wrong."""
        return place in self.neutral and place not in self.labels


def key_of(corpus: Corpus, language: str | None = None) -> Key:
    """The key of a corpus, or of its articles in one language."""
    before = {article.id: article.update_of for article in corpus.articles}
    kept = [article for article in corpus.articles if language in (None, article.language)]
    roots = {article.id: root_of(article.id, before) for article in kept}
    labels: dict[Place, set[tuple[str, Category]]] = defaultdict(set)
    for article in kept:
        for point in article.points:
            labels[roots[article.id], folded(point.quote)].add((point.fact_id, point.category))
    neutral = frozenset((roots[article.id], folded(quote)) for article in kept for quote in article.neutral)
    frozen = {place: frozenset(found) for place, found in labels.items()}
    return Key(corpus, roots, frozen, neutral, {fact.id: fact for fact in corpus.facts})


def root_of(article: LabelledId, before: Mapping[LabelledId, LabelledId | None]) -> LabelledId:
    """The first version of an article. `before` has no circles."""
    while (previous := before.get(article)) is not None:
        article = previous
    return article
