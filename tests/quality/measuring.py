"""Evaluates labelled corpora with the shipped topics, language packs and weights, for the ratchet."""

from __future__ import annotations

from pathlib import Path

from bot.corpora.labelled import read_corpus
from bot.services.evaluate import OURS, evaluate
from bot.services.scoretables import as_data
from bot.summariser.analysis import Analyst, analyse
from bot.text.words import Morphology
from bot.topics import load_packs, load_topic
from bot.topics.weights import load_weights
from tests.quality.ratchet import GUARDED, Measured

ROOT = Path(__file__).parents[2]
FLOORS = Path(__file__).with_name("floors.json")
FOLDERS = ("config/sample", "config/sample/railways", "tests/quality/dev")  # tests/quality/test is run by hand, rarely


def corpora() -> tuple[str, ...]:
    """Folders that hold a labelled corpus, relative to the repository."""
    return tuple(folder for folder in FOLDERS if (ROOT / folder / "articles.jsonl").exists())


def measured(folder: str) -> Measured:
    """What the analysis reaches on one corpus today."""
    corpus = read_corpus(ROOT / folder)
    topic = load_topic(ROOT / "config" / "topics" / f"{corpus.topic or 'ukraine-guarantees'}.toml")
    morphology = Morphology()
    packs, weights = load_packs(ROOT / "config" / "words"), load_weights(ROOT / "config" / "weights.json")
    analyst = Analyst(topic, packs, weights, morphology)
    data = as_data(evaluate(corpus, topic, lambda articles, _: analyse(articles, analyst), morphology))
    scores = data["systems"][OURS]["scores"]
    values = {
        name: float(scores[name]["value"]) for name in GUARDED if name in scores and scores[name]["value"] is not None
    }
    return Measured(corpus.fingerprint, values)
