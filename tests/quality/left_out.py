"""How well the summariser reads corpora that it did not learn from: learns from all but one, in turn, and evaluates that one.

`python -m tests.quality.left_out [NAME …] [-o FOLDER]` prints a table; with a folder it keeps the weights there. Some ninety seconds a corpus.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.corpora.labelled import read_corpus
from bot.services.evaluate import OURS, Evaluation, evaluate
from bot.summariser.analysis import Analyst, analyse
from bot.summariser.measures import Score
from bot.text.words import Morphology
from bot.topics import load_packs
from bot.topics.weights import load_weights
from tests.quality.known import ROOT, learning_folders, shipped_topic
from tests.quality.learn import all_known, learn, write

MEASURES = {
    "relevance_f1": "relevance",
    "sentences_f1": "key sentences",
    "category_accuracy": "category",
    "reports_f1": "reports B³",
    "developments_f1": "developments B³",
    "new_facts_f1": "new facts a day",
    "stance_changes_f1": "stance changes",
    "value_changes_f1": "changed values",
    "verbatim": "verbatim",
    "invented_numbers": "invented",
}


def evaluated(folder: Path, weights: Path) -> Evaluation:
    """The whole evaluation of a corpus with the weights of a file."""
    corpus, topic, words = read_corpus(folder), shipped_topic(), Morphology()
    analyst = Analyst(topic, load_packs(ROOT / "config/words"), load_weights(weights), words)
    return evaluate(corpus, topic, lambda articles, _: analyse(articles, analyst), words)


def row(name: str, scores: Mapping[str, Score]) -> str:
    """A line of the table."""
    cells = [f"{scores[key].value:.2f}" if key in scores else "–" for key in MEASURES]
    return f"| {name} | " + " | ".join(cells) + " |"


def main(names: Sequence[str], kept: Path) -> None:
    """Print a table, a corpus and its languages a line."""
    topic = shipped_topic()
    folders = {folder.name: folder for folder in learning_folders()}
    known = all_known(list(folders.values()), topic)
    by_folder = {folder.name: read_corpus(folder).name for folder in folders.values()}
    lines = []
    for name in names or folders:
        out = kept / f"without-{name}.json"
        write(learn([item for item in known if item.corpus != by_folder[name]], topic, for_any=False), out)
        ours = next(system for system in evaluated(folders[name], out).systems if system.name == OURS)
        lines.append(row(name, ours.whole or {}))
        lines += [row(f"{name}, {language}", scores) for language, scores in ours.by_language.items()]
    print("| left out | " + " | ".join(MEASURES.values()) + " |")
    print("| --- " * (len(MEASURES) + 1) + "|")
    print("\n".join(lines))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-o", "--out", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        main(given.names, given.out or Path(scratch))
