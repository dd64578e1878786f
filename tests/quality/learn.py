"""Learns the summariser's weights from labelled corpora and writes config/weights.json: `make learn`.

Deterministic: the same corpora give the same file. Figures printed are out of fold, whole outlets held out. tests/quality/test is never read here.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Relevance
from bot.model.stories import Fingerprint, KeyPoint
from bot.model.topics import Category, Topic
from bot.services.evaluate import evaluate
from bot.services.scoretables import as_text
from bot.summariser import reports
from bot.summariser.analysis import Analyst, analyse
from bot.summariser.annotating import Annotator
from bot.summariser.features import Features, SentenceFeatures
from bot.summariser.keypoints import Candidate, points, question_of
from bot.summariser.relevance import article_features
from bot.summariser.signatures import likeness
from bot.summariser.weighing import Weights
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights
from tests.quality.known import Known, known_articles, learning_folders

ROOT = Path(__file__).parents[2]
FOLDS = 5
STRENGTH = {"layer": 0.15, "position": 0.15, "process": 0.15, "relevance": 1.0, "join": 0.3, "copy": 1.0}
JOIN_PRECISION = 3.0  # a wrong join spoils a development for good, a missed one is only told twice


def fold_of(outlet: str, outlets: Sequence[str]) -> int:
    """Which fold an outlet is held out in."""
    return sorted(outlets).index(outlet) % FOLDS


class Learner:
    """Fits one logistic question; keeps weights as a plain table."""

    def __init__(self, strength: float) -> None:
        self._strength = strength

    def fit(
        self, rows: Sequence[Features], answers: Sequence[bool], emphasis: Sequence[float] | None = None
    ) -> dict[str, float]:
        """Weights by feature name; the intercept is the weight of "bias"."""
        vectorizer = DictVectorizer()
        matrix = vectorizer.fit_transform([{k: v for k, v in row.items() if k != "bias"} for row in rows])
        model = LogisticRegression(C=self._strength, max_iter=3000).fit(matrix, answers, sample_weight=emphasis)
        table = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
        return {
            "bias": round(float(model.intercept_[0]), 4),
            **{str(k): round(float(v), 4) for k, v in sorted(table.items()) if abs(v) >= 5e-3},
        }


PLATEAU = (
    0.005  # thresholds whose F is that close to the best are one plateau; its middle moves least when the corpora grow
)


def best_threshold(chances: Sequence[float], answers: Sequence[bool], *, beta: float = 1.0) -> tuple[float, float]:
    """(threshold, F-beta): the middle of the thresholds, in hundredths, that come within `PLATEAU` of the best."""
    chance, answer = np.array(chances), np.array(answers, dtype=bool)
    scores = {}
    for step in range(8, 80):
        yes = chance >= step / 100
        hit = float((yes & answer).sum())
        scores[step / 100] = float((1 + beta**2) * hit / (beta**2 * answer.sum() + yes.sum())) if hit else 0.0
    best = max(scores.values())
    near = [threshold for threshold, score in scores.items() if score >= best - PLATEAU]
    middle = near[len(near) // 2]
    return middle, scores[middle]


def probability(table: dict[str, float], row: Features) -> float:
    """As `Weights.probability`."""
    return Weights({"q": table}, {}).probability("q", row)


def learn_sentences(
    known: Sequence[Known], topic: Topic
) -> tuple[dict[str, dict[str, float]], dict[str, float], dict[int, tuple[Candidate, ...]]]:
    """Weights and thresholds of "layer", "position", "process", and out-of-fold candidates of each article."""
    rows: dict[str, list[tuple[int, int, Category, Features, bool, bool]]] = defaultdict(list)
    for number, item in enumerate(known):
        for index in range(len(item.around.annotated.sentences)):
            sentence = SentenceFeatures(item.around, index)
            for category in topic.categories:
                rows[question_of(category)].append(
                    (
                        number,
                        index,
                        category,
                        sentence.of(category),
                        category in item.gold.get(index, ()),
                        index in item.neutral,
                    )
                )
    outlets = sorted({item.label.outlet for item in known})
    folds = [fold_of(item.label.outlet, outlets) for item in known]
    tables, thresholds = {}, {}
    options: dict[int, list[Candidate]] = defaultdict(list)
    for question, all_rows in sorted(rows.items()):
        learner = Learner(STRENGTH[question])
        train = [row for row in all_rows if not row[5]]
        tables[question] = learner.fit([row[3] for row in train], [row[4] for row in train])
        chances, answers = [], []
        for fold in range(FOLDS):
            seen = [row for row in train if folds[row[0]] != fold]
            table = learner.fit([row[3] for row in seen], [row[4] for row in seen])
            for number, index, category, features, answer, neutral in all_rows:
                if folds[number] == fold:
                    chance = probability(table, features)
                    options[number].append(
                        Candidate(known[number].around.annotated.sentences[index], index, category, chance, features)
                    )
                    if not neutral and known[number].label.relevance is Relevance.BELONGS:
                        chances.append(chance)
                        answers.append(answer)
        thresholds[question], score = best_threshold(chances, answers)
        print(f"           right by confidence: {_bands(chances, answers)}")
        print(f"{question:10} {sum(answers):5} labels  out-of-fold F {score:.3f} at {thresholds[question]:.2f}")
    return tables, thresholds, {number: tuple(found) for number, found in options.items()}


def _bands(chances: Sequence[float], answers: Sequence[bool]) -> str:
    """Share of sentences in each band of confidence that carry a point, out of fold: what `course.SURE` rests on."""
    edges = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.01)
    told = []
    for low, high in pairwise(edges):
        inside = [answer for chance, answer in zip(chances, answers, strict=True) if low <= chance < high]
        told.append(f"{low:.1f}+ {sum(inside)}/{len(inside)}")
    return "  ".join(told)


def learn_relevance(
    known: Sequence[Known], options: dict[int, tuple[Candidate, ...]]
) -> tuple[dict[str, float], float]:
    """Weights and threshold of "relevance", from out-of-fold sentence probabilities."""
    rows = [article_features(item.around, options[number]) for number, item in enumerate(known)]
    answers = [item.label.relevance is Relevance.BELONGS for item in known]
    outlets = sorted({item.label.outlet for item in known})
    folds = [fold_of(item.label.outlet, outlets) for item in known]
    chances = [0.0] * len(rows)
    learner = Learner(STRENGTH["relevance"])
    for fold in range(FOLDS):
        seen = [i for i in range(len(rows)) if folds[i] != fold]
        table = learner.fit([rows[i] for i in seen], [answers[i] for i in seen])
        for i in range(len(rows)):
            if folds[i] == fold:
                chances[i] = probability(table, rows[i])
    threshold, score = best_threshold(chances, answers)
    print(f"relevance  {sum(answers):5} of {len(rows)}  out-of-fold F {score:.3f} at {threshold:.2f}")
    return learner.fit(rows, answers), threshold


def gold_points(item: Known, topic: Topic) -> list[tuple[KeyPoint, str]]:
    """Key points cut exactly where the labels say, each with its fact."""
    found = []
    for (index, category), facts in item.facts.items():
        option = Candidate(item.around.annotated.sentences[index], index, category, 1.0, {})
        cut = points(item.article, topic, item.around.annotated, (option,), reports.report_id_of(item.article))
        if len(facts) == 1:
            found.append((cut[0], next(iter(facts))))
    return found


def rarity_of(known: Sequence[Known], topic: Topic) -> dict[str, float]:
    """Inverse document frequency of concepts and frequent words over all sentences of all corpora."""
    counts: Counter[str] = Counter()
    total = 0
    for item in known:
        for index, line in enumerate(item.around.annotated.sentences):
            total += 1
            option = Candidate(line, index, topic.categories[0], 1.0, {})
            cut = points(item.article, topic, item.around.annotated, (option,), reports.report_id_of(item.article))
            counts.update({mark for mark in cut[0].signature if mark[0] in "cwmpLx"} if cut else ())
    kept = {
        mark: round(min(6.0, math.log((total + 1) / (count + 1))), 2)
        for mark, count in counts.items()
        if mark[0] in "cmpL" or count >= 8
    }
    return dict(sorted(kept.items()))


def pairs(
    found: Sequence[tuple[KeyPoint, str]], rarity: dict[str, float]
) -> tuple[list[Features], list[bool], list[tuple[str, str]]]:
    """Pairs of points of one category with whether they state one fact."""
    by_category: dict[str, list[tuple[KeyPoint, str]]] = defaultdict(list)
    for point, fact in found:
        by_category[point.category].append((point, fact))
    rows, answers, who = [], [], []
    for items in by_category.values():
        for (one, a), (other, b) in combinations(items, 2):
            rows.append(likeness(one, other, rarity))
            answers.append(a == b)
            who.append((a, b))
    return rows, answers, who


def learn_join(
    found: dict[str, list[tuple[KeyPoint, str]]], rarity: dict[str, float]
) -> tuple[dict[str, float], float]:
    """Weights and threshold of "join"; whole facts held out."""
    rows, answers, who = [], [], []
    for corpus, items in sorted(found.items()):
        r, a, w = pairs(items, rarity)
        rows += r
        answers += a
        who += [(f"{corpus}{x}", f"{corpus}{y}") for x, y in w]
    fold = [(sum(map(ord, x)) + sum(map(ord, y))) % FOLDS if x != y else sum(map(ord, x)) * 2 % FOLDS for x, y in who]
    learner = Learner(STRENGTH["join"])
    emphasis = [1.0 if answer else JOIN_PRECISION for answer in answers]
    chances = [0.0] * len(rows)
    for number in range(FOLDS):
        seen = [i for i in range(len(rows)) if fold[i] != number]
        table = learner.fit([rows[i] for i in seen], [answers[i] for i in seen], [emphasis[i] for i in seen])
        for i in range(len(rows)):
            if fold[i] == number:
                chances[i] = probability(table, rows[i])
    threshold, score = best_threshold(chances, answers, beta=0.5)
    print(f"join       {sum(answers):5} of {len(rows)} pairs  out-of-fold F0.5 {score:.3f} at {threshold:.2f}")
    return learner.fit(rows, answers, emphasis), threshold


def learn_copy(known: Sequence[Known], rarity: dict[str, float]) -> tuple[dict[str, float], float]:
    """Weights and threshold of "copy" from pairs of articles at most three days apart."""
    prints: list[tuple[Known, Fingerprint]] = [
        (item, reports.fingerprint_of(item.article, item.around.annotated, rarity)) for item in known
    ]
    rows, answers = [], []
    for (a, one), (b, other) in combinations(prints, 2):
        if a.corpus != b.corpus or one.article == other.article or abs(one.told_at - other.told_at) > reports.NEAR:
            continue
        rows.append(reports.likeness(one, other, rarity))
        answers.append(a.label.dup_group is not None and a.label.dup_group == b.label.dup_group)
    chances = [0.0] * len(rows)
    learner = Learner(STRENGTH["copy"])
    for number in range(FOLDS):
        seen = [i for i in range(len(rows)) if i % FOLDS != number]
        table = learner.fit([rows[i] for i in seen], [answers[i] for i in seen])
        for i in range(number, len(rows), FOLDS):
            chances[i] = probability(table, rows[i])
    threshold, score = best_threshold(chances, answers)
    print(f"copy       {sum(answers):5} of {len(rows)} pairs  out-of-fold F {score:.3f} at {threshold:.2f}")
    return learner.fit(rows, answers), threshold


def learn(folders: Sequence[Path], out: Path, say: Callable[[str], None] = print) -> None:
    """Learn everything and write the file."""
    packs, words = load_packs(ROOT / "config/words"), Morphology()
    known: list[Known] = []
    topic: Topic | None = None
    for folder in folders:
        corpus = read_corpus(folder)
        topic = load_topic(ROOT / "config/topics" / f"{corpus.topic or 'ukraine-guarantees'}.toml")
        known += known_articles(corpus, Annotator(topic, packs, words), topic)
    assert topic is not None
    tables, thresholds, options = learn_sentences(known, topic)
    tables["relevance"], thresholds["relevance"] = learn_relevance(known, options)
    rarity = rarity_of(known, topic)
    found: dict[str, list[tuple[KeyPoint, str]]] = defaultdict(list)
    for item in known:
        found[item.corpus] += gold_points(item, topic)
    tables["join"], thresholds["join"] = learn_join(found, rarity)
    tables["copy"], thresholds["copy"] = learn_copy(known, rarity)
    data = {
        "version": 1,
        "learned_from": [folder.name for folder in folders],
        "articles": len(known),
        "thresholds": thresholds,
        "tables": tables,
        "rarity": rarity,
    }
    out.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    say(f"wrote {out.name}: {out.stat().st_size // 1024} kB from {len(known)} articles")


def judge(folder: Path, weights: Path) -> str:
    """The table of `planwatch evaluate` for a corpus, with the weights of a file."""
    corpus = read_corpus(folder)
    topic, words = load_topic(ROOT / "config/topics" / f"{corpus.topic or 'ukraine-guarantees'}.toml"), Morphology()
    analyst = Analyst(topic, load_packs(ROOT / "config/words"), load_weights(weights), words)
    return as_text(evaluate(corpus, topic, lambda articles, _: analyse(articles, analyst), words))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=list(learning_folders()))
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "config/weights.json")
    parser.add_argument("--judge", type=Path, help="a corpus not among FOLDERS: print how the new weights do on it")
    arguments = parser.parse_args()
    learn(arguments.folders, arguments.out)
    if arguments.judge:
        print(judge(arguments.judge, arguments.out))
