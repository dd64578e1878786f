"""Learns which articles belong, and which are copies of one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from bot.model.corpora import Relevance
from bot.model.stories import Fingerprint
from bot.summariser import reports
from bot.summariser.relevance import article_features
from bot.summariser.wording import RELEVANCE, article_wording
from tests.quality.fitting import FOLDS, Array, Rows, best_threshold, chances, fold_of
from tests.quality.known import Known
from tests.quality.learn_sentences import Learned

STRENGTH = 1.0
WORDS_STRENGTH = 20.0  # the vectors have length one
COPY_STRENGTH = 1.0


class Articles:
    """The labelled articles as rows; `alone` holds the chances of their sentences to carry a point."""

    def __init__(self, known: Sequence[Known], *, by_words: bool) -> None:
        self.known, self.by_words = known, by_words
        self.corpus: Array = np.array([item.corpus for item in known])
        self.fold: Array = np.array([fold_of(item.label.outlet) for item in known])
        self.belongs: Array = np.array([item.label.relevance is Relevance.BELONGS for item in known])
        words = [article_wording(item.around.annotated) if by_words else {} for item in known]
        self.words = Rows([{f"w {name}": value for name, value in row.items()} for row in words], rare="w ")

    def chances(
        self, alone: Sequence[Sequence[float]], learn_from: Array, asked: Array, learned: Learned | None = None
    ) -> Array:
        """Chance of each asked article to belong."""
        said = self._said(learn_from, asked, learned)
        rows = Rows(
            [
                article_features(item.around, own, float(word))
                for item, own, word in zip(self.known, alone, said, strict=True)
            ]
        )
        fitted = rows.fit(learn_from, self.belongs, STRENGTH)
        if learned is not None:
            learned.tables[RELEVANCE] = fitted.table()
        return chances(fitted.scores(asked))

    def _said(self, learn_from: Array, asked: Array, learned: Learned | None) -> Array:
        """What the words of each article say; of those learned from, by models that did not see their outlet."""
        said = np.zeros(len(self.known))
        if not self.by_words:
            return said
        fitted = self.words.fit(learn_from, self.belongs, WORDS_STRENGTH)
        said[asked] = fitted.scores(asked) - fitted.bias
        if learned is not None:
            table = fitted.table()
            for name, weight in table.items():
                if name != "bias":
                    learned.words.setdefault(name.removeprefix("w "), {})[RELEVANCE] = weight
        for fold in range(FOLDS):
            mine = learn_from & (self.fold == fold)
            if mine.any():
                held = self.words.fit(learn_from & ~mine, self.belongs, WORDS_STRENGTH)
                said[mine] = held.scores(mine) - held.bias
        return said


def learn_copy(known: Sequence[Known], rarity: Mapping[str, float]) -> tuple[dict[str, float], float]:
    """Weights of "copy" from pairs of articles at most three days apart, and the threshold that does best where whole corpora are left out."""
    prints: list[tuple[Known, Fingerprint]] = [
        (item, reports.fingerprint_of(item.article, item.around.annotated, rarity)) for item in known
    ]
    rows, answers, names = [], [], []
    for (a, one), (b, other) in combinations(prints, 2):
        if a.corpus != b.corpus or one.article == other.article or abs(one.told_at - other.told_at) > reports.NEAR:
            continue
        rows.append(reports.likeness(one, other, rarity))
        answers.append(a.label.dup_group is not None and a.label.dup_group == b.label.dup_group)
        names.append(a.corpus)
    table, right = Rows(rows), np.array(answers)
    found, corpora = np.zeros(len(rows)), np.array(names)
    for name in sorted(set(names)):
        asked = corpora == name
        found[asked] = chances(table.fit(~asked, right, COPY_STRENGTH).scores(asked))
    threshold, _ = best_threshold(found, right)
    return table.fit(np.ones(len(rows), dtype=bool), right, COPY_STRENGTH).table(), threshold
