"""Learns whose a stance is and which one, from labelled sentences: `python -m tests.quality.learn_stances` tells how that does left out.

Every corpus, and every hand of the wording bank, is left out in turn; what is printed was read with tables that had never seen it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Fact
from bot.model.topics import PartyId, Stance, Topic
from bot.summariser.annotating import Annotator
from bot.summariser.stances import QUESTION, WORD, stance_features, stance_of
from bot.summariser.surroundings import Features
from bot.summariser.weighing import Weights
from bot.summariser.whose import CLEAR, TAKER, scene_of, taker_of
from bot.text.words import Morphology
from bot.topics import load_packs
from tests.quality.known import ROOT, Known, known_articles, learning_folders, shipped_topic
from tests.quality.stances import Told, report, told_in
from tests.quality.wordings import known_wordings

STRENGTH = 0.3
SMALLEST = 0.02  # weights below are not kept
RAREST = 2  # sentences that must hold a word before it is learned
Tables = dict[str, dict[str, float]]
_OPEN = (WORD, "t.before:", "t.after:")


def learn_stances(known: Sequence[Known], topic: Topic) -> Tables:
    """Tables "taker" and "stance:<stance>", for any topic and language."""
    told = told_in(known, facts_of(learning_folders()))
    return learn_from([each for each in told if each.gold], topic)


def facts_of(folders: Iterable[Path]) -> dict[str, Fact]:
    """Facts by "<corpus> <fact id>"."""
    return {f"{folder.name} {fact.id}": fact for folder in folders for fact in read_corpus(folder).facts}


def learn_from(told: Sequence[Told], topic: Topic) -> Tables:
    """The same from sentences already picked."""
    tables: Tables = {TAKER: _taker(told, topic)}
    weights = Weights(tables, {})
    rows = [_stance_row(each, topic, weights) for each in told]
    answers = [str(each.gold) for each in told]
    return tables | {f"{QUESTION}{stance}": table for stance, table in _fit(rows, answers).items()}


def _stance_row(each: Told, topic: Topic, weights: Weights) -> Features:
    scene = scene_of(topic, each.line)
    takers = scene.chances(weights)
    place = taker_of(scene, each.party, takers)
    return stance_features(scene, each.party, *scene.stretch(place, takers))


def _taker(told: Sequence[Told], topic: Topic) -> dict[str, float]:
    """A party that is named in a sentence of which only another one's position is labelled is no taker."""
    parties: dict[tuple[str, str, int], set[PartyId]] = defaultdict(set)
    lines = {(each.group, each.article, each.line.span.start): each.line for each in told}
    for each in told:
        parties[each.group, each.article, each.line.span.start].add(each.party)
    rows: list[Features] = []
    answers: list[str] = []
    for key, line in lines.items():
        scene = scene_of(topic, line)
        for place, mention in enumerate(scene.named):
            rows.append(scene.features(place))
            answers.append("yes" if mention.party in parties[key] else "no")
    fitted = _fit(rows, answers)
    names = sorted({*fitted["yes"], *fitted["no"]})
    table = {name: round(fitted["yes"].get(name, 0.0) - fitted["no"].get(name, 0.0), 3) for name in names}
    return {**table, "claims": 1.0}


def _fit(rows: Sequence[Features], answers: Sequence[str]) -> Tables:
    """One table an answer, such that the answers' scores are log odds of each other."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(n for n, count in seen.items() if n != "bias" and (count >= RAREST or not n.startswith(_OPEN)))
    at = {name: place for place, name in enumerate(names)}
    indices, data, ends = list[int](), list[float](), [0]
    for row in rows:
        pairs = [(at[name], value) for name, value in row.items() if name in at]
        indices += [place for place, _ in pairs]
        data += [value for _, value in pairs]
        ends.append(len(indices))
    matrix = csr_matrix((data, indices, ends), shape=(len(rows), len(names)))
    model = LogisticRegression(C=STRENGTH, max_iter=500, tol=1e-4).fit(matrix, answers)
    weights, biases = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, biases = np.vstack([-weights[0] / 2, weights[0] / 2]), np.array([-biases[0] / 2, biases[0] / 2])
    return {
        str(answer): {
            "bias": round(float(bias), 3),
            **{n: round(float(w), 3) for n, w in zip(names, own, strict=True) if abs(w) >= SMALLEST},
        }
        for answer, own, bias in zip(model.classes_, weights, biases, strict=True)
    }


# ── figures ──


@dataclass(frozen=True)
class LeftOut:
    """What was read in sentences by tables that had not seen their corpus."""

    told: Sequence[Told]
    found: Sequence[Stance | None]
    takers: Sequence[
        tuple[bool, float]
    ]  # of parties named in the sentences: whether it takes the stand, and how likely it was thought to


def left_out(told: Sequence[Told], topic: Topic) -> LeftOut:
    """Read every group of sentences with tables learned from the others."""
    found: dict[int, Stance | None] = {}
    takers: list[tuple[bool, float]] = []
    for group in sorted({each.group for each in told}):
        tables = learn_from([each for each in told if each.group != group and each.gold], topic)
        weights = Weights(tables, {})
        mine = [(n, each) for n, each in enumerate(told) if each.group == group]
        for number, each in mine:
            found[number] = stance_of(topic, each.party, each.line, weights)
        takers += _takers([each for _, each in mine], topic, weights)
    return LeftOut(told, [found[n] for n in range(len(told))], takers)


def _takers(told: Sequence[Told], topic: Topic, weights: Weights) -> list[tuple[bool, float]]:
    parties: dict[tuple[str, int], set[PartyId]] = defaultdict(set)
    for each in told:
        parties[each.article, each.line.span.start].add(each.party)
    lines = {(each.article, each.line.span.start): each.line for each in told}
    answers = []
    for key, line in lines.items():
        scene = scene_of(topic, line)
        chances = scene.chances(weights)
        for party in {mention.party for mention in scene.named}:
            best = max(chances[n] for n, mention in enumerate(scene.named) if mention.party == party)
            answers.append((party in parties[key], best))
    return answers


def takers_told(takers: Sequence[tuple[bool, float]]) -> str:
    """How many of those who take a stand, and of those who do not, are taken for one who does."""
    yes, no = [chance for right, chance in takers if right], [chance for right, chance in takers if not right]
    return (
        f"takers kept at {CLEAR}: {sum(c >= CLEAR for c in yes) / len(yes):.3f} of {len(yes)}, "
        f"of others {sum(c >= CLEAR for c in no) / len(no):.3f} of {len(no)}"
    )


def merge(tables: Mapping[str, Mapping[str, float]], path: Path) -> None:
    """Put the tables into a file of weights in place of those it has."""
    data = json.loads(path.read_text("utf-8"))
    kept = {name: table for name, table in data["tables"].items() if name != TAKER and QUESTION not in name}
    data["tables"] = {**kept, **tables}
    text = json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True, separators=(",", ":"))
    path.write_text(text + "\n", "utf-8")


def everything(topic: Topic) -> list[Known]:
    """All that may be learned from."""
    annotator = Annotator(topic, load_packs(ROOT / "config/words"), Morphology())
    known = [item for folder in learning_folders() for item in known_articles(read_corpus(folder), annotator, topic)]
    return [*known, *known_wordings(annotator)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, help="learn from everything and put the tables into this file of weights")
    arguments = parser.parse_args()
    plan = shipped_topic()
    material = everything(plan)
    if arguments.into:
        merge(learn_stances(material, plan), arguments.into)
    else:
        result = left_out(list(told_in(material, facts_of(learning_folders()))), plan)
        print("\n".join((*report(result.told, result.found), takers_told(result.takers))))
