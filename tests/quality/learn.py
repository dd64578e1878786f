"""Learns the summariser's weights from labelled corpora and writes config/weights.json: `make learn`.

Deterministic: the same corpora give the same file. Figures printed are of corpora left out. tests/quality/test is never read here.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.corpora.labelled import read_corpus
from bot.model.topics import Topic
from bot.summariser.annotating import Annotator
from bot.summariser.weighing import Weights
from bot.summariser.wording import FRESH, KEY, RELEVANCE
from bot.text.words import Morphology
from bot.topics import load_packs
from tests.quality.fitting import Array, bands, best_threshold
from tests.quality.known import ROOT, WORDINGS, Known, known_articles, learning_folders, shipped_topic
from tests.quality.learn_articles import Articles, learn_copy
from tests.quality.learn_details import Details
from tests.quality.learn_join import Found, found_points, learn_join, rarity_of
from tests.quality.learn_sentences import Learned, Sentences
from tests.quality.wordings import known_wordings

FOLDS = 5
JOIN_STRENGTH = 0.3
JOIN_PRECISION = 3.0  # a wrong join spoils a development for good, a missed one is only told twice
SECOND_BEST = 0.3  # how likely a further category of a sentence must be


def learn_reading(
    known: Sequence[Known], topic: Topic, details: Mapping[str, Weights], *, by_words: bool
) -> tuple[Learned, dict[str, float], dict[str, list[Found]]]:
    """(tables and lexicon, thresholds, points found by corpus) of the questions which articles and which of their sentences belong, and under what.

    Thresholds are those that do best where whole corpora are left out.
    """
    sentences = Sentences(known, topic, by_words=by_words)
    real: Array = sentences.belongs & ~sentences.neutral & (sentences.corpus != WORDINGS)
    in_corpus = [item for item in known if item.corpus != WORDINGS]
    articles = Articles(in_corpus, by_words=by_words)
    chance, fresh, belongs = np.zeros(len(sentences.places)), np.zeros(len(sentences.places)), np.zeros(len(in_corpus))
    share, right = np.zeros(sentences.gold.shape), list[bool]()
    names = sorted({item.corpus for item in in_corpus})
    for name in names:
        asked = sentences.corpus == name
        alone, context, shares = sentences.in_context(~asked, asked)
        chance[asked], share[asked] = context[asked], shares[asked]
        fresh[asked] = sentences.fresh_alone(~asked, asked)
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
    sentences.fresh_alone(everything, nothing, learned)
    alone, _, _ = sentences.in_context(everything, nothing, learned)
    whole = np.ones(len(in_corpus), dtype=bool)
    articles.chances(_by_article(sentences, alone, len(in_corpus)), whole, ~whole, learned)
    return learned, thresholds, found_points(sentences, chance, share, fresh, thresholds[KEY], details)


def _by_article(sentences: Sentences, values: Array, count: int) -> list[list[float]]:
    """Values of sentences by article; articles of corpora come before the wording bank."""
    found: list[list[float]] = [[] for _ in range(count)]
    for (number, _), value in zip(sentences.places, values, strict=True):
        if number < count:
            found[number].append(float(value))
    return found


def all_known(folders: Sequence[Path], topic: Topic) -> list[Known]:
    """Labelled articles of the folders, then the passages of the wording bank."""
    annotator = Annotator(topic, load_packs(ROOT / "config/words"), Morphology())
    known: list[Known] = []
    for folder in folders:
        known += known_articles(read_corpus(folder), annotator, topic)
    return [*known, *known_wordings(annotator)]


def learn(known: Sequence[Known], topic: Topic, *, for_any: bool = True) -> dict[str, Any]:
    """Everything that is learned, as it is written. Without `for_any` only what serves this topic."""
    details = Details(known, topic)
    left_out = details.left_out()
    special, own, found = learn_reading(known, topic, left_out, by_words=True)
    tables = {f"{topic.id}/{question}": table for question, table in special.tables.items()}
    thresholds = {f"{topic.id}/{question}": threshold for question, threshold in own.items()}
    if for_any:
        general, others, _ = learn_reading(known, topic, left_out, by_words=False)
        tables, thresholds = {**general.tables, **tables}, {**others, **thresholds}
    tables |= details.tables()
    real = [item for item in known if item.corpus != WORDINGS]
    rarity = rarity_of(real, topic)
    tables["join"], thresholds["join"] = learn_join(found, rarity)
    tables["copy"], thresholds["copy"] = learn_copy(real, rarity)
    return {
        "version": 2,
        "learned_from": sorted({item.corpus for item in known}),
        "articles": len(real),
        "thresholds": thresholds,
        "tables": tables,
        "rarity": rarity,
        "lexicons": {topic.id: lexicon_of(special, topic)},
    }


def lexicon_of(learned: Learned, topic: Topic) -> dict[str, Any]:
    """The lexicon as it is written: hundredths, one line a word; words that say next to nothing are left out."""
    targets = (KEY, RELEVANCE, FRESH, *topic.categories)
    words = {
        word: [round(said.get(target, 0.0) * 100) for target in targets] for word, said in sorted(learned.words.items())
    }
    return {"targets": targets, "words": {word: numbers for word, numbers in words.items() if any(numbers)}}


def write(data: dict[str, Any], out: Path) -> None:
    """The weights as a file, one number or word a line, so that changes can be read."""
    text = json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True, separators=(",", ":"))
    out.write_text(_one_line(text) + "\n", "utf-8")
    print(f"wrote {out.name}: {out.stat().st_size // 1024} kB from {data['articles']} articles")


def _one_line(text: str) -> str:
    """A word's numbers stand in one line."""
    return re.sub(r"\[[-\d,\s]+\]", lambda found: re.sub(r"\s+", "", found.group()), text)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=ROOT / "config/weights.json")
    plan = shipped_topic()
    write(learn(all_known(learning_folders(), plan), plan), parser.parse_args().out)
