"""Learns which numbers are tracked values, and which of these are told as past: `python -m tests.quality.learn_values` tells how that does left out.

A number that states a value that some other fact of the category has counts neither way: "48 hours are still in the text" states a value, too.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Fact
from bot.model.topics import POSITION, Category, Topic
from bot.summariser.binding import Binding
from bot.summariser.claims import Claim, Frame
from bot.summariser.surroundings import Features
from bot.summariser.values import FORMER, VALUE, canonical, refused
from bot.summariser.weighing import Weights
from bot.text.words import Morphology
from tests.quality.fitting import Array, Rows
from tests.quality.known import WORDINGS, Known, known_in, learning_folders, shipped_topic

Value = tuple[str, float]  # slot and value in the slot's unit
Tables = dict[str, dict[str, float]]
STRENGTH, FORMER_STRENGTH = 0.5, 0.1
UNLABELLED = (
    0.3  # weight of a sentence without a label: it was picked by its words, so they would seem to speak against a value
)
THRESHOLDS = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


@dataclass(frozen=True)
class Row:
    """A number that could be a value. `right`: it is; None where it counts neither way. `former`: it no longer held when it was told.

    `labelled`: its sentence has a label of that category.
    """

    corpus: str
    place: tuple[str, int, Category, int]  # article, sentence, category, where the number begins
    value: Features
    past: Features
    right: bool | None
    former: bool
    labelled: bool
    stated: frozenset[tuple[str, int, Category, Value]]  # labels that it states


def learn_values(known: Sequence[Known], topic: Topic) -> Tables:
    """Tables "value" and "former", for any topic and language."""
    return learn_from(list(rows_of(known, facts_of(learning_folders()), topic)))


def learn_from(rows: Sequence[Row]) -> Tables:
    """The same from rows already made."""
    asked = [row for row in rows if row.right is not None]
    right = [row for row in rows if row.right]
    return {
        VALUE: _fit(
            [row.value for row in asked], [bool(row.right) for row in asked], STRENGTH, [_weight(row) for row in asked]
        ),
        FORMER: _fit([row.past for row in right], [row.former for row in right], FORMER_STRENGTH, [1.0] * len(right)),
    }


def _weight(row: Row) -> float:
    return 1.0 if row.labelled else UNLABELLED


def _fit(
    rows: Sequence[Features], answers: Sequence[bool], strength: float, weights: Sequence[float]
) -> dict[str, float]:
    table = Rows(rows)
    return table.fit(np.ones(len(rows), dtype=bool), np.array(answers), strength, np.array(weights)).table()


def facts_of(folders: Iterable[Path]) -> dict[str, dict[str, Fact]]:
    """Facts by corpus and id."""
    corpora = (read_corpus(folder) for folder in folders)
    return {corpus.name: {fact.id: fact for fact in corpus.facts} for corpus in corpora}


# ── rows ──


def rows_of(known: Iterable[Known], facts: Mapping[str, Mapping[str, Fact]], topic: Topic) -> Iterator[Row]:
    """The rows of labelled sentences, and of sentences of articles that belong which speak of a layer and have no label."""
    for item in known:
        if item.corpus == WORDINGS:
            continue
        of_corpus = facts[item.corpus]
        values = _values_by_category(of_corpus.values(), topic)
        for index, line in enumerate(item.around.annotated.sentences):
            labelled = sorted(item.gold.get(index, ()))
            for category in labelled or _spoken_of(item, index, topic):
                gold = {
                    value: fact
                    for name in item.facts.get((index, category), ())
                    if (fact := of_corpus.get(name)) and (value := value_of(fact, topic))
                }
                frame = _frame(item, index, category, topic)
                binding = Binding(frame)
                for claim in frame.claims():
                    if not refused(line, claim.number) and not binding.elsewhere(claim):
                        yield _row(item, index, binding, claim, gold, values, of_corpus)


def _spoken_of(item: Known, index: int, topic: Topic) -> list[Category]:
    if not item.label.relevance:
        return []
    line = item.around.annotated.sentences[index]
    return [Category(layer.id) for layer in topic.layers if line.has(f"layer:{layer.id}")]


def _frame(item: Known, index: int, category: Category, topic: Topic) -> Frame:
    lines = item.around.annotated.sentences
    return Frame(topic, category, lines[index], lines[index - 1] if index else None, item.around.annotated)


def _row(
    item: Known,
    index: int,
    binding: Binding,
    claim: Claim,
    gold: Mapping[Value, Fact],
    fine: Mapping[str, set[Value]],
    facts: Mapping[str, Fact],
) -> Row:
    values = {(str(claim.slot.id), value) for value in claim.values}
    stated = values & gold.keys()
    category, told_on = binding.category, item.article.told_at.date()
    return Row(
        item.corpus,
        (item.label.id, index, category, claim.number.start),
        binding.of(claim),
        binding.former(claim),
        True
        if stated
        else None
        if values & fine[category] or _agreed(claim, category, gold, values, fine, binding)
        else False,
        any(_replaced(gold[value], facts, told_on) for value in stated),
        category in item.gold.get(index, ()),
        frozenset((item.label.id, index, category, value) for value in stated),
    )


def _agreed(
    claim: Claim,
    category: Category,
    gold: Mapping[Value, Fact],
    values: set[Value],
    fine: Mapping[str, set[Value]],
    binding: Binding,
) -> bool:
    """Whether a party's position without a value of its own names the plan's value, or what a member of it pledges."""
    if not category.startswith(POSITION) or gold:
        return False
    pledged = claim.slot.unit == "people" and any(sense.startswith("member:") for sense in binding.line.senses)
    return pledged or bool(values & fine.get(claim.slot.layer, set()))


def _values_by_category(facts: Iterable[Fact], topic: Topic) -> Mapping[str, set[Value]]:
    """Values that some fact of a category has; what parties want is apart from the plan's own."""
    found: dict[str, set[Value]] = defaultdict(set)
    for fact in facts:
        value, slot = value_of(fact, topic), topic.slot(fact.slot) if fact.slot else None
        if value and slot:
            own = (
                {str(fact.category)}
                if fact.category.startswith(POSITION)
                else {str(fact.category), str(slot.layer), str(slot.category)}
            )
            for category in own:
                found[category].add(value)
    return found


def value_of(fact: Fact, topic: Topic) -> Value | None:
    """The fact's value in its slot's unit."""
    slot = topic.slot(fact.slot) if fact.slot else None
    if slot is None or fact.value is None:
        return None
    return str(slot.id), canonical(fact.value, fact.unit or slot.unit, slot.unit)


def _replaced(fact: Fact, facts: Mapping[str, Fact], told_on: date) -> bool:
    return any(
        other.supersedes == fact.id and other.slot == fact.slot and other.first_day <= told_on
        for other in facts.values()
    )


# ── left out ──


def left_out(rows: Sequence[Row]) -> dict[str, Weights]:
    """Weights by corpus, learned from all others."""
    names = sorted({row.corpus for row in rows})
    return {name: Weights(learn_from([row for row in rows if row.corpus != name]), {}) for name in names}


def figures(rows: Sequence[Row], labels: int) -> Iterator[str]:
    """How that does, by threshold."""
    weights = left_out(rows)
    chance = np.array([weights[row.corpus].probability(VALUE, row.value) for row in rows])
    for threshold in THRESHOLDS:
        chosen = _chosen(rows, chance, threshold)
        right = len({label for row in chosen for label in row.stated})
        wrong = sum(row.right is False for row in chosen)
        yield f"value  {threshold:.2f}  right {right:4}  wrong {wrong:4}  precision {right / max(1, right + wrong):.3f}  recall {right / labels:.3f}"
    stated = [row for row in rows if row.right]
    past = np.array([weights[row.corpus].probability(FORMER, row.past) for row in stated])
    truth = np.array([row.former for row in stated])
    for threshold in THRESHOLDS:
        yield _told(f"former {threshold:.2f}", past >= threshold, truth)


def _chosen(rows: Sequence[Row], chance: Array, threshold: float) -> list[Row]:
    best: dict[object, tuple[float, Row]] = {}
    for row, value in zip(rows, chance, strict=True):
        if value >= max(threshold, best.get(row.place, (0.0, row))[0]):
            best[row.place] = (value, row)
    return [row for _, row in best.values()]


def _told(name: str, found: Array, truth: Array) -> str:
    hit = int((found & truth).sum())
    return f"{name}  precision {hit / max(1, int(found.sum())):.3f}  recall {hit / max(1, int(truth.sum())):.3f}"


def all_rows(topic: Topic) -> tuple[list[Row], int]:
    """The rows of all learning corpora, and how many labels have a value."""
    words, folders = Morphology(), learning_folders()
    known = [item for folder in folders for item in known_in(folder, topic, words)]
    facts = facts_of(folders)
    labels = sum(
        len({value_of(facts[item.corpus][name], topic) for name in names if name in facts[item.corpus]} - {None})
        for item in known
        for names in item.facts.values()
    )
    return list(rows_of(known, facts, topic)), labels


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, help="also write the tables learned from everything")
    plan = shipped_topic()
    every, labelled = all_rows(plan)
    print("\n".join(figures(every, labelled)))
    if out := parser.parse_args().out:
        out.write_text(json.dumps(learn_from(every), indent=0, sort_keys=True) + "\n", "utf-8")
