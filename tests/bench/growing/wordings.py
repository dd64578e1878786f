"""What invented articles are put together from: the sentences of the labelled corpora, by fact and language. Knows no article to be."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from bot.corpora.labelled import read_corpus
from bot.model.corpora import LabelledArticle, Relevance
from bot.text.fingerprints import skeleton
from bot.text.sentences import sentences
from bot.text.words import folded
from tests.quality.known import learning_folders

_NAME = re.compile(r"(?<=[\w,] )[^\W\d_a-zа-яіїєґё][\w’'-]{3,}")
_RARE = 4  # labelled articles; a name in more of them belongs to the plan


@dataclass(frozen=True, slots=True)
class Wordings:
    """Sentences of one language."""

    facts: dict[str, tuple[str, ...]]  # by fact, its tellings
    filling: tuple[str, ...]  # of articles on the plan, carrying no fact of it
    titles: tuple[str, ...]  # of articles on the plan
    others: tuple[tuple[str, ...], ...]  # articles on other things: title and sentences
    names: frozenset[str]  # that belong to single events


def wordings() -> dict[str, Wordings]:
    """By language, all that the corpora give."""
    labels = [
        (folder.name, label)
        for folder in learning_folders()
        for label in read_corpus(folder).articles
        if not label.update_of
    ]
    return {
        language: _of([(name, label) for name, label in labels if label.language == language])
        for language in sorted({label.language for _, label in labels})
    }


def _of(labels: list[tuple[str, LabelledArticle]]) -> Wordings:
    facts: dict[str, dict[str, None]] = defaultdict(dict)
    filling: dict[str, None] = {}
    for corpus, label in labels:
        told = {folded(point.quote): f"{corpus}/{point.fact_id}" for point in label.points}
        for sentence in _sentences(label) if label.relevance is Relevance.BELONGS else ():
            fact = told.get(folded(sentence))
            (facts[fact] if fact else filling)[sentence] = None
    return Wordings(
        {fact: tuple(found) for fact, found in sorted(facts.items())},
        tuple(filling),
        tuple(label.title for _, label in labels if label.relevance is Relevance.BELONGS),
        tuple((label.title, *_sentences(label)) for _, label in labels if label.relevance is not Relevance.BELONGS),
        _names([label for _, label in labels]),
    )


def _sentences(label: LabelledArticle) -> Iterator[str]:
    for start, end in sentences(label.body_text, label.language):
        yield " ".join(label.body_text[start:end].split())


def _names(labels: list[LabelledArticle]) -> frozenset[str]:
    found = {name: skeleton(name)[:3] for label in labels for name in _NAME.findall(label.body_text)}
    met = Counter(root for label in labels for root in {found[name] for name in _NAME.findall(label.body_text)})
    return frozenset(name for name, root in found.items() if met[root] <= _RARE)  # forms of one name are one
