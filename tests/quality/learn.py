"""Learns the summariser's weights from labelled corpora and writes config/weights.json: `make learn`.

Deterministic: the same corpora give the same file. Figures printed are of corpora left out. tests/quality/test is never read here.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from bot.corpora.labelled import read_corpus
from bot.model.stories import KeyPoint
from bot.model.topics import Topic
from bot.services.evaluate import evaluate
from bot.services.scoretables import as_text
from bot.summariser import reports
from bot.summariser.analysis import Analyst, analyse
from bot.summariser.annotating import Annotator
from bot.summariser.candidates import Candidate
from bot.summariser.keypoints import points
from bot.summariser.signatures import likeness
from bot.summariser.surroundings import Features
from bot.summariser.wording import KEY, RELEVANCE
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights
from tests.quality.fitting import Array, Rows, bands, best_threshold, chances
from tests.quality.known import ROOT, WORDINGS, Known, known_articles, learning_folders, shipped_topic
from tests.quality.learn_articles import Articles, learn_copy
from tests.quality.learn_sentences import Learned, Sentences
from tests.quality.wordings import known_wordings

FOLDS = 5
JOIN_STRENGTH = 0.3
JOIN_PRECISION = 3.0  # a wrong join spoils a development for good, a missed one is only told twice
SECOND_BEST = 0.3  # how likely a further category of a sentence must be


def learn_reading(known: Sequence[Known], topic: Topic, *, by_words: bool) -> tuple[Learned, dict[str, float]]:
    """(tables and lexicon, thresholds) of the questions which articles and which of their sentences belong, and under what.

    Thresholds are those that do best where whole corpora are left out.
    """
    sentences = Sentences(known, topic, by_words=by_words)
    real: Array = sentences.belongs & ~sentences.neutral & (sentences.corpus != WORDINGS)
    in_corpus = [item for item in known if item.corpus != WORDINGS]
    articles = Articles(in_corpus, by_words=by_words)
    chance, belongs = np.zeros(len(sentences.places)), np.zeros(len(in_corpus))
    right: list[bool] = []
    names = sorted({item.corpus for item in in_corpus})
    for name in names:
        asked = sentences.corpus == name
        alone, context, shares = sentences.in_context(~asked, asked)
        chance[asked] = context[asked]
        places = np.flatnonzero(asked & real & sentences.is_key)
        right += list(sentences.gold[places, shares[places].argmax(axis=1)])
        belongs[articles.corpus == name] = articles.chances(
            _by_article(sentences, alone, len(in_corpus)), articles.corpus != name, articles.corpus == name
        )
    thresholds = {"category": SECOND_BEST}
    thresholds[KEY], key_f = best_threshold(chance[real], sentences.is_key[real])
    thresholds[RELEVANCE], relevance_f = best_threshold(belongs, articles.belongs)
    print(f"left out, {'with' if by_words else 'without'} words: key F {key_f:.3f} at {thresholds[KEY]:.2f}, relevance F {relevance_f:.3f} at "
          f"{thresholds[RELEVANCE]:.2f}, likeliest category right for {np.mean(right):.3f} of the labelled sentences")  # fmt: skip
    print(f"  right by confidence: {bands(chance[real], sentences.is_key[real])}")
    learned = Learned()
    everything, nothing = np.ones(len(sentences.places), dtype=bool), np.zeros(len(sentences.places), dtype=bool)
    sentences.key_alone(everything, nothing, learned)
    sentences.categories_alone(everything, nothing, learned)
    alone, _, _ = sentences.in_context(everything, nothing, learned)
    whole = np.ones(len(in_corpus), dtype=bool)
    articles.chances(_by_article(sentences, alone, len(in_corpus)), whole, ~whole, learned)
    return learned, thresholds


def _by_article(sentences: Sentences, values: Array, count: int) -> list[list[float]]:
    """Values of sentences by article; articles of corpora come before the wording bank."""
    found: list[list[float]] = [[] for _ in range(count)]
    for (number, _), value in zip(sentences.places, values, strict=True):
        if number < count:
            found[number].append(float(value))
    return found


def gold_points(item: Known, topic: Topic) -> list[tuple[KeyPoint, str]]:
    """Key points cut exactly where the labels say, each with its fact."""
    found = []
    for (index, category), facts in item.facts.items():
        option = Candidate(item.around.annotated.sentences[index], index, category, 1.0, 1.0)
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
            option = Candidate(line, index, topic.categories[0], 1.0, 1.0)
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
    right, folds, weight = np.array(answers), np.array(fold), np.where(answers, 1.0, JOIN_PRECISION)
    table, found_chances = Rows(rows), np.zeros(len(rows))
    for number in range(FOLDS):
        asked = folds == number
        found_chances[asked] = chances(table.fit(~asked, right, JOIN_STRENGTH, weight).scores(asked))
    threshold, score = best_threshold(found_chances, right, beta=0.5)
    print(f"join       {sum(answers):5} of {len(rows)} pairs  out-of-fold F0.5 {score:.3f} at {threshold:.2f}")
    return table.fit(np.ones(len(rows), dtype=bool), right, JOIN_STRENGTH, weight).table(), threshold


def all_known(folders: Sequence[Path], topic: Topic) -> list[Known]:
    """Labelled articles of the folders, then the passages of the wording bank."""
    annotator = Annotator(topic, load_packs(ROOT / "config/words"), Morphology())
    known: list[Known] = []
    for folder in folders:
        known += known_articles(read_corpus(folder), annotator, topic)
    return [*known, *known_wordings(annotator)]


def learn(folders: Sequence[Path], out: Path, say: Callable[[str], None] = print) -> None:
    """Learn everything and write the file."""
    topic = shipped_topic()
    known = all_known(folders, topic)
    general, thresholds = learn_reading(known, topic, by_words=False)
    special, own = learn_reading(known, topic, by_words=True)
    real = [item for item in known if item.corpus != WORDINGS]
    tables = {**general.tables, **{f"{topic.id}/{question}": table for question, table in special.tables.items()}}
    thresholds |= {f"{topic.id}/{question}": threshold for question, threshold in own.items()}
    rarity = rarity_of(real, topic)
    found: dict[str, list[tuple[KeyPoint, str]]] = defaultdict(list)
    for item in real:
        found[item.corpus] += gold_points(item, topic)
    tables["join"], thresholds["join"] = learn_join(found, rarity)
    tables["copy"], thresholds["copy"] = learn_copy(real, rarity)
    data = {
        "version": 2,
        "learned_from": [folder.name for folder in folders],
        "articles": len(real),
        "thresholds": thresholds,
        "tables": tables,
        "rarity": rarity,
        "lexicons": {topic.id: lexicon_of(special, topic)},
    }
    out.write_text(
        json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True, separators=(",", ":")) + "\n", "utf-8"
    )
    say(f"wrote {out.name}: {out.stat().st_size // 1024} kB from {len(real)} articles")


def lexicon_of(learned: Learned, topic: Topic) -> dict[str, Any]:
    """The lexicon as it is written: hundredths, one line a word; words that say next to nothing are left out."""
    targets = (KEY, RELEVANCE, *topic.categories)
    words = {
        word: [round(said.get(target, 0.0) * 100) for target in targets] for word, said in sorted(learned.words.items())
    }
    return {"targets": targets, "words": {word: numbers for word, numbers in words.items() if any(numbers)}}


def judge(folder: Path, weights: Path) -> str:
    """The table of `planwatch evaluate` for a corpus, with the weights of a file."""
    corpus = read_corpus(folder)
    topic, words = load_topic(ROOT / "config/topics" / f"{corpus.topic or 'ukraine-guarantees'}.toml"), Morphology()
    analyst = Analyst(topic, load_packs(ROOT / "config/words"), load_weights(weights), words)
    return as_text(evaluate(corpus, topic, lambda articles, _: analyse(articles, analyst), words))


def learn_without(name: str, out: Path) -> str:
    """Learns from all corpora but one, into `out`, and tells how that does on the one left out."""
    left = next(folder for folder in learning_folders() if folder.name == name)
    learn([folder for folder in learning_folders() if folder != left], out)
    return judge(left, out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "config/weights.json")
    parser.add_argument(
        "--without", help="learn from all corpora but this one and print how the weights do on it; needs -o"
    )
    arguments = parser.parse_args()
    if arguments.without:
        print(learn_without(arguments.without, arguments.out))
    else:
        learn(learning_folders(), arguments.out)
