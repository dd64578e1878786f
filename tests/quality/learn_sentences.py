"""Learns which sentences carry a point and of which category: by the sentence alone, then with what stands around it.

What is fitted in context must not know how well a sentence was learned, so the chances it starts from are those of models that
had never seen the sentence's outlet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.model.corpora import Relevance
from bot.model.topics import Category, Topic
from bot.summariser.candidates import is_prose
from bot.summariser.context import category_context, key_context
from bot.summariser.features import SentenceFeatures, question_of
from bot.summariser.freshness import fresh_features
from bot.summariser.surroundings import Features
from bot.summariser.wording import FRESH, KEY, wording_of
from tests.quality.fitting import FOLDS, Array, Rows, chances, fold_of
from tests.quality.known import WORDINGS, Known

STRENGTH = 0.5
CONTEXT_STRENGTH = 1.0
FRESH_STRENGTH = 0.3
_SAID = "said "  # before the names of words among features
Mask = Array


@dataclass
class Learned:
    """Tables by question, the lexicon's numbers by word and target, and by article what the models say of its sentences."""

    tables: dict[str, dict[str, float]] = field(default_factory=dict)
    words: dict[str, dict[str, float]] = field(default_factory=dict)

    def keep(self, question: str, table: Mapping[str, float], target: Callable[[str], tuple[str, str]]) -> None:
        """File a fitted table; names of words go into the lexicon, under what `target` says (word, target)."""
        self.tables[question] = {name: weight for name, weight in table.items() if not name.startswith(_SAID)}
        for name, weight in table.items():
            if name.startswith(_SAID):
                word, whose = target(name.removeprefix(_SAID))
                self.words.setdefault(word, {})[whose] = weight


class Sentences:
    """All sentences of the labelled articles as rows, with their answers."""

    def __init__(self, known: Sequence[Known], topic: Topic, *, by_words: bool) -> None:
        self.known, self.topic, self.by_words = known, topic, by_words
        self.places = [(n, i) for n, item in enumerate(known) for i in range(len(item.around.annotated.sentences))]
        self.article: Array = np.array([n for n, _ in self.places])
        self.corpus: Array = np.array([known[n].corpus for n, _ in self.places])
        self.fold: Array = np.array([fold_of(known[n].label.outlet) for n, _ in self.places])
        self.belongs: Array = np.array([known[n].label.relevance is Relevance.BELONGS for n, _ in self.places])
        self.neutral: Array = np.array([i in known[n].neutral and i not in known[n].gold for n, i in self.places])
        self.prose: Array = np.array([is_prose(known[n].around.annotated.sentences[i]) for n, i in self.places])
        self.gold: Array = np.array([[c in known[n].gold.get(i, ()) for c in topic.categories] for n, i in self.places])
        self.is_key: Array = self.gold.any(axis=1)
        self.is_news: Array = np.array([i in known[n].news for n, i in self.places])
        self._vectorise()

    def _vectorise(self) -> None:
        keys: list[Features] = []
        fresh: list[Features] = []
        apart: dict[str, list[Features]] = {question_of(c): [] for c in self.topic.categories}
        for place, (number, index) in enumerate(self.places):
            item = self.known[number]
            own = SentenceFeatures(item.around, index)
            line = item.around.annotated.sentences[index]
            said = wording_of(line, item.around.annotated.language) if self.by_words else {}
            words = {f"{_SAID}{name}": value for name, value in said.items()}
            keys.append({**self._fit_for_any(own.key), **words})
            fresh.append({**self._fit_for_any(fresh_features(item.around, index, own)), **words})
            if self.belongs[place]:
                for category in self.topic.categories:
                    mine = {f"{_SAID}{category} {name}": value for name, value in said.items()}
                    apart[question_of(category)].append(
                        {**self._fit_for_any(own.common), **own.apart(category), **mine}
                    )
        self.keys, self.fresh = Rows(keys, rare=_SAID), Rows(fresh, rare=_SAID)
        self.by_question = {question: Rows(rows, rare=_SAID) for question, rows in apart.items()}
        self.of_question = {q: [c for c in self.topic.categories if question_of(c) == q] for q in apart}

    def _fit_for_any(self, features: Features) -> Features:
        """Where no words are learned, only roles: neither concepts nor categories, which another topic uses otherwise."""
        if self.by_words:
            return features
        own = ("k.", *(f"{category}." for category in self.topic.categories))
        return {name: value for name, value in features.items() if not name.startswith(own)}

    # ── alone ──

    def key_alone(self, learn_from: Mask, asked: Mask, learned: Learned | None = None) -> Array:
        """Chance of each asked sentence to carry a point. Passages of the wording bank hold more points than news does: they are left out."""
        real = learn_from & ~self.neutral & (self.corpus != WORDINGS)
        if self.by_words:
            real = real & self.belongs  # the article's words tell the rest apart; without them each sentence must
        fitted = self.keys.fit(real, self.is_key, STRENGTH)
        if learned is not None:
            learned.keep("key", fitted.table(), lambda name: (name, KEY))
        return chances(fitted.scores(asked)) * self.prose[asked]

    def fresh_alone(self, learn_from: Mask, asked: Mask, learned: Learned | None = None) -> Array:
        """Chance of each asked sentence to tell its point as news."""
        real = learn_from & self.is_key & self.belongs & ~self.neutral & (self.corpus != WORDINGS)
        fitted = self.fresh.fit(real, self.is_news, FRESH_STRENGTH)
        if learned is not None:
            learned.keep("fresh", fitted.table(), lambda name: (name, FRESH))
        return chances(fitted.scores(asked))

    def categories_alone(self, learn_from: Mask, asked: Mask, learned: Learned | None = None) -> Array:
        """Log odds of each category for each asked sentence; both masks count only sentences of articles that belong."""
        found = np.zeros((int(asked.sum()), len(self.topic.categories)))
        inside = self.belongs
        for question, rows in self.by_question.items():
            own = [self.topic.categories.index(c) for c in self.of_question[question]]
            width = len(own)
            train = np.repeat((learn_from & self.is_key & ~self.neutral)[inside], width)
            fitted = rows.fit(train, self.gold[inside][:, own].reshape(-1), STRENGTH)
            found[:, own] = fitted.scores(np.repeat(asked[inside], width)).reshape(-1, width)
            if learned is not None:
                learned.keep(question, fitted.table(), _word_and_category)
        return found

    def held_out(self, ask: Callable[[Mask, Mask], Array], learn_from: Mask, asked: Mask) -> Array:
        """Answers for the sentences of both masks: of those learned from, by models that did not see their outlet."""
        sample = ask(learn_from, asked)
        found = np.zeros((len(self.places), *sample.shape[1:]))
        found[asked] = sample
        for fold in range(FOLDS):
            mine = learn_from & (self.fold == fold)
            if mine.any():
                found[mine] = ask(learn_from & (self.fold != fold), mine)
        return found

    # ── in context ──

    def articles(self, mask: Mask) -> list[Array]:
        """The places of each article's sentences, in order."""
        numbers = np.unique(self.article[mask])
        return [np.flatnonzero(self.article == number) for number in numbers]

    def in_context(self, learn_from: Mask, asked: Mask, learned: Learned | None = None) -> tuple[Array, Array, Array]:
        """(chance alone, chance in context, share by category) of all sentences, those of `learn_from` and `asked` filled in.

        Texts of the wording bank stand in no article and are left out of what is learned in context.
        """
        real = learn_from & (self.corpus != WORDINGS)
        alone = self.held_out(self.key_alone, learn_from, asked)
        scores = self.held_out(self.categories_alone, learn_from & self.belongs, asked & self.belongs)
        both = (real | asked) & self.belongs
        context = np.zeros(len(self.places))
        articles = self.articles(both)
        order = np.concatenate(articles)
        rows = Rows([row for places in articles for row in key_context(alone[places].tolist())])
        train = (real & ~self.neutral)[order]
        fitted = rows.fit(train, self.is_key[order], CONTEXT_STRENGTH)
        context[order] = chances(fitted.scores(np.ones(len(order), dtype=bool))) * self.prose[order]
        shares = self._shares(articles, context, scores, real, learned)
        if learned is not None:
            learned.keep("key.context", fitted.table(), lambda name: (name, KEY))
        return alone, context, shares

    def _shares(
        self, articles: Sequence[Array], context: Array, scores: Array, real: Mask, learned: Learned | None
    ) -> Array:
        categories, order = self.topic.categories, np.concatenate(articles)
        rows: list[Features] = []
        for places in articles:
            named = [_named(categories, scores[place]) for place in places]
            rows += [of[c] for of in category_context(context[places].tolist(), named) for c in categories]
        table = Rows(rows)
        train = np.repeat((real & self.is_key & ~self.neutral)[order], len(categories))
        fitted = table.fit(train, self.gold[order].reshape(-1), CONTEXT_STRENGTH)
        if learned is not None:
            learned.keep("category.context", fitted.table(), lambda name: (name, KEY))
        shares = np.zeros(self.gold.shape)
        everything = np.ones(len(rows), dtype=bool)
        shares[order] = chances(fitted.scores(everything)).reshape(-1, len(categories))
        return shares


def _named(categories: Sequence[Category], row: Array) -> dict[Category, float]:
    return {category: float(score) for category, score in zip(categories, row, strict=True)}


def _word_and_category(name: str) -> tuple[str, str]:
    category, _, word = name.partition(" ")
    return word, category
