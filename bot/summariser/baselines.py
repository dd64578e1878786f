"""Plain ways to do the same work, for the table of `planwatch evaluate`. They know a topic's words and nothing of the real analysis.

Relevance is a keyword filter for all of them: a subject term and a context term in title or text. The graph ranker is LexRank (Erkan and
Radev, 2004): the stationary distribution of a random walk over sentence similarity, found by networkx.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.model.corpora import LabelledArticle, LabelledId
from bot.model.topics import Category, Terms, Topic
from bot.summariser.answers import Findings, FoundPoint
from bot.summariser.phrasebooks import Phrasebook
from bot.text.sentences import sentences
from bot.text.words import Lemmatiser, Word, words

TOP = 3  # sentences an article
_DAMPING = 0.85  # as in the paper
_SAME_REPORT = 0.5  # cosine; the usual value for near-duplicates, not tuned
_SAME_FACT = 0.35  # cosine; the usual value for sentences, not tuned
_MOST_SENTENCES = 150  # the ranker's matrix is square: a longer text is ranked by its beginning

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Baseline:
    """A system of the table. `findings` is None when its library is not installed."""

    name: str
    about: str
    findings: Findings | None


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    lemmas: tuple[str, ...]
    layers: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    article: LabelledArticle
    relevant: bool
    pieces: tuple[_Piece, ...]
    lemmas: Counter[str]


def baselines(articles: Sequence[LabelledArticle], topic: Topic, lemmatiser: Lemmatiser) -> tuple[Baseline, ...]:
    """All baselines over a corpus, articles in order of time told."""
    read = _reading(articles, topic, lemmatiser)
    relevant = frozenset(each.article.id for each in read if each.relevant)
    ranked = _picked(read, _central)
    return (
        Baseline(
            "first three",
            f"first {TOP} sentences of articles that pass the keyword filter",
            Findings(relevant=relevant, points=_picked(read, lambda pieces: range(min(TOP, len(pieces))))),
        ),
        Baseline(
            "graph ranker",
            f"{TOP} most central sentences by LexRank (networkx), same articles",
            None if ranked is None else Findings(relevant=relevant, points=ranked),
        ),
        Baseline(
            "keywords",
            "sentences with a layer's term, same articles; groups by tf-idf cosine",
            _keywords(read, relevant),
        ),
    )


# ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _reading(articles: Sequence[LabelledArticle], topic: Topic, lemmatiser: Lemmatiser) -> tuple[_Read, ...]:
    books = {language: _book(topic, language, lemmatiser) for language in {article.language for article in articles}}
    return tuple(_read(article, books[article.language], lemmatiser) for article in articles)


def _book(topic: Topic, language: str, lemmatiser: Lemmatiser) -> Phrasebook:
    senses: dict[str, Terms] = {"subject": topic.subject, "context": topic.context}
    senses |= {str(layer.id): layer.terms for layer in topic.layers}
    return Phrasebook(language, {sense: terms.of(language) for sense, terms in senses.items()}, lemmatiser)


def _read(article: LabelledArticle, book: Phrasebook, lemmatiser: Lemmatiser) -> _Read:
    title = words(article.title, article.language, lemmatiser)
    seen = {hit.sense for hit in book.hits(title)}
    pieces, every = [], Counter[str]()
    for start, end in sentences(article.body_text, article.language):
        text = article.body_text[start:end]
        found = words(text, article.language, lemmatiser)
        senses = {hit.sense for hit in book.hits(found)}
        seen |= senses
        lemmas = _content(found)
        every.update(lemmas)
        layers = tuple(Category(sense) for sense in sorted(senses - {"subject", "context"}))
        pieces.append(_Piece(text, lemmas, layers))
    return _Read(article, {"subject", "context"} <= seen, tuple(pieces), every)


def _content(found: Iterable[Word]) -> tuple[str, ...]:
    return tuple(word.lemma for word in found if len(word.lemma) > 2 or word.lemma.isdigit())


# ── Picking ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _picked(
    read: Sequence[_Read], pick: Callable[[Sequence[_Piece]], Iterable[int] | None]
) -> tuple[FoundPoint, ...] | None:
    points = []
    for each in read:
        if each.relevant and each.pieces:
            chosen = pick(each.pieces)
            if chosen is None:
                return None
            points += [FoundPoint(article=each.article.id, quote=each.pieces[index].text) for index in chosen]
    return tuple(points)


def _central(pieces: Sequence[_Piece]) -> list[int] | None:
    """Indices of the most central sentences; None when networkx is not installed.

    The walk's matrix is written out with its damping, so that its stationary distribution is the eigenvector centrality of a complete graph.
    `networkx.pagerank` gives the same and would need scipy.
    """
    try:
        import networkx as nx
    except ImportError:
        return None
    pieces = pieces[:_MOST_SENTENCES]
    size, vectors = len(pieces), weighted([Counter(piece.lemmas) for piece in pieces])
    if size <= TOP:
        return list(range(size))
    graph = nx.DiGraph()
    for i, vector in enumerate(vectors):
        similar = [0.0 if i == j else cosine(vector, other) for j, other in enumerate(vectors)]
        total = sum(similar)
        steps = [_DAMPING * value / total if total else _DAMPING / size for value in similar]
        graph.add_weighted_edges_from((i, j, step + (1 - _DAMPING) / size) for j, step in enumerate(steps))
    rank = nx.eigenvector_centrality(graph, max_iter=1_000, weight="weight")
    return sorted(sorted(rank, key=lambda index: (-round(rank[index], 9), index))[:TOP])


def _keywords(read: Sequence[_Read], relevant: frozenset[LabelledId]) -> Findings:
    chosen = [(each.article, piece) for each in read if each.relevant for piece in each.pieces if piece.layers]
    groups = clusters([Counter(piece.lemmas) for _, piece in chosen], _SAME_FACT)
    points, days = list[FoundPoint](), dict[str, date]()
    for (article, piece), group in zip(chosen, groups, strict=True):
        for layer in piece.layers:
            name = f"{layer} {group}"
            days.setdefault(name, article.told_at.date())
            points.append(FoundPoint(article=article.id, quote=piece.text, category=layer, development=name))
    reports = clusters([each.lemmas for each in read], _SAME_REPORT)
    by_article = {each.article.id: f"report {group}" for each, group in zip(read, reports, strict=True)}
    return Findings(relevant=relevant, reports=by_article, points=tuple(points), developments=days)


# ── Grouping ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def weighted(bags: Sequence[Mapping[str, int]]) -> Sequence[Vector]:
    """tf-idf vectors of unit length."""
    spread = Counter(lemma for bag in bags for lemma in bag)
    vectors = []
    for bag in bags:
        raw = {lemma: count * math.log((1 + len(bags)) / spread[lemma]) for lemma, count in bag.items()}
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        vectors.append({lemma: value / length for lemma, value in raw.items()})
    return vectors


def cosine(one: Vector, other: Vector) -> float:
    """Similarity of two vectors of unit length, 0–1."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * longer.get(lemma, 0.0) for lemma, value in shorter.items())


def clusters(bags: Sequence[Mapping[str, int]], threshold: float) -> list[int]:
    """A group's number for each bag: single pass in the given order, into the group of the most similar earlier bag."""
    vectors, groups, fresh = weighted(bags), list[int](), 0
    holders: dict[str, list[int]] = {}
    for index, vector in enumerate(vectors):
        near: Counter[int] = Counter()
        for lemma, value in vector.items():
            for other in holders.setdefault(lemma, []):
                near[other] += value * vectors[other][lemma]  # type: ignore[assignment]
            holders[lemma].append(index)
        best = min(near, key=lambda other: (-near[other], other), default=None)
        if best is not None and near[best] >= threshold:
            groups.append(groups[best])
        else:
            groups.append(fresh)
            fresh += 1
    return groups
