"""How well single sentences are read for tracked values: `python -m tests.quality.values [--errors CORPUS] [--unstated CORPUS]`.

Every labelled sentence is read as if its category had been found rightly. A sentence whose fact has a value but which does not repeat the number
is counted apart: nothing can be read there. The held-out corpus is never read here.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Fact
from bot.model.topics import Category, Topic
from bot.summariser.annotating import Annotator, Sentence
from bot.summariser.values import SlotValue, canonical, slot_values
from bot.text.numbers import COUNT, DATE, Number
from bot.text.numberwords import TIMES
from bot.text.units import MONEY
from bot.text.words import Morphology
from bot.topics import load_packs
from tests.quality.known import ROOT, Known, known_articles, learning_folders, shipped_topic

Value = tuple[str, float]  # slot and value in the slot's unit
_NEVER_SAID = frozenset[Value]()


@dataclass(frozen=True)
class Told:
    """A labelled sentence with the values of its facts. `others`: values of the sentence's other labels, which are no mistake."""

    corpus: str
    article: str
    language: str
    category: Category
    line: Sentence
    before: Sentence | None
    title: Sentence
    gold: frozenset[Value]
    others: frozenset[Value]
    stated: bool  # the sentence repeats the number in some form


def told_in(known: Iterable[Known], facts: Mapping[str, Fact], topic: Topic) -> Iterator[Told]:
    """Labelled sentences, each once a category; `facts` by "<corpus> <fact id>"."""
    for item in known:
        lines = item.around.annotated.sentences
        for index, categories in sorted(item.gold.items()):
            whole = {category: _gold(item, index, category, facts, topic) for category in categories}
            for category in sorted(categories):
                gold = whole[category]
                others = frozenset(value for values in whole.values() for value in values) - gold
                before = lines[index - 1] if index else None
                stated = any(_states(lines[index], value, topic) for value in gold)
                title = item.around.annotated.title
                yield Told(
                    item.corpus, item.label.id, item.label.language, category, lines[index], before, title, gold, others, stated
                )  # fmt: skip


def _gold(item: Known, index: int, category: Category, facts: Mapping[str, Fact], topic: Topic) -> frozenset[Value]:
    found = (facts.get(f"{item.corpus} {name}") for name in sorted(item.facts.get((index, category), ())))
    return frozenset(value for fact in found if fact and (value := value_of(fact, topic)))


def value_of(fact: Fact, topic: Topic) -> Value | None:
    """The fact's value in its slot's unit."""
    slot = topic.slot(fact.slot) if fact.slot else None
    if slot is None or fact.value is None:
        return None
    return slot.id, canonical(fact.value, fact.unit or slot.unit, slot.unit)


def _states(line: Sentence, value: Value, topic: Topic) -> bool:
    slot = topic.slot(value[0])
    return slot is not None and any(_equals(number, value[1], slot.unit) for number in line.numbers)


def _equals(number: Number, value: float, unit: str) -> bool:
    """Whether the number may state the value; a bare one also in another time, in thousands or in billions."""
    if unit == DATE:
        return number.unit == DATE and value in (number.value, number.upper)
    ends = [end for end in (number.value, number.upper) if end is not None]
    if number.unit != COUNT:
        return any(canonical(end, number.unit, unit) == value for end in ends)
    scales = (1.0, 1e9) if unit in MONEY else (1.0, 1e3)
    return any(
        end * scale == value or canonical(end, time, unit) == value
        for end in ends
        for scale in scales
        for time in TIMES
    )


def all_told(topic: Topic) -> list[Told]:
    """All labelled sentences that may be learned from."""
    annotator = Annotator(topic, load_packs(ROOT / "config/words"), Morphology())
    found: list[Told] = []
    for folder in learning_folders():
        corpus = read_corpus(folder)
        facts = {f"{corpus.name} {fact.id}": fact for fact in corpus.facts}
        found += told_in(known_articles(corpus, annotator, topic), facts, topic)
    return found


@dataclass
class Score:
    """How often a value was claimed, and rightly. `background`: rightly, but as what was before."""

    asked: int = 0
    silent: int = 0  # of the sentences whose fact has a value, those that do not repeat it
    claimed: int = 0
    right: int = 0
    background: int = 0

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.claimed), self.right / max(1, self.asked)
        return (
            f"{self.asked:5} asked {self.claimed:5} claimed  precision {precision:.3f}  recall {recall:.3f}  "
            f"as background {self.background:3}  without the number {self.silent:4}"
        )


def said(found: Sequence[SlotValue]) -> tuple[frozenset[Value], frozenset[Value]]:
    """Values read as what holds, and as what was before; both ends of a range are right."""
    now, then = set[Value](), set[Value]()
    for value in found:
        (then if value.background else now).add((value.slot, value.quantity.value))
    return frozenset(now), frozenset(then - now)


def right_in(told: Told, found: Sequence[SlotValue]) -> frozenset[Value]:
    """Gold values among those read as what holds; the upper end of a range counts as well."""
    ends = {(value.slot, end) for value in found if not value.background for end in _ends(value)}
    return told.gold & frozenset(ends)


def _ends(value: SlotValue) -> tuple[float, ...]:
    upper = value.quantity.upper
    return (value.quantity.value,) if upper is None else (value.quantity.value, upper)


def wrong_in(told: Told, found: Sequence[SlotValue]) -> frozenset[Value]:
    """Values read as what holds that neither this label nor another of the sentence has."""
    fine = told.gold | told.others
    return frozenset(
        (value.slot, value.quantity.value)
        for value in found
        if not value.background and not any((value.slot, end) in fine for end in _ends(value))
    )


def report(told: Sequence[Told], read: Sequence[Sequence[SlotValue]]) -> Iterator[str]:
    """The tables, line by line."""
    cuts: dict[str, dict[str, Score]] = {name: defaultdict(Score) for name in ("all", "corpus", "language", "slot")}
    plain = exact = labels = 0
    for each, found in zip(told, read, strict=True):
        _, then = said(found)
        right, wrong = right_in(each, found), wrong_in(each, found)
        labels += bool(each.gold) and each.stated
        exact += bool(each.gold) and each.stated and right == each.gold and not wrong
        plain += not each.gold and bool(wrong)
        for name, key in (("all", ""), ("corpus", each.corpus), ("language", each.language), ("slot", None)):
            for value in each.gold | wrong:
                score = cuts[name][value[0] if key is None else key]
                if value in wrong:
                    score.claimed += 1
                elif not each.stated and value not in right:
                    score.silent += 1
                else:
                    score.asked += 1
                    score.claimed += value in right
                    score.right += value in right
                    score.background += value in then
    for name, cut in cuts.items():
        yield from (f"{name:9} {key:18} {score}" for key, score in sorted(cut.items()))
    valueless = sum(not each.gold for each in told)
    yield f"exactly the fact's value and no other: {exact} of {labels}; a value claimed for a fact without one: {plain} of {valueless}"


def errors(told: Sequence[Told], read: Sequence[Sequence[SlotValue]], corpus: str) -> Iterator[str]:
    """What was read otherwise than labelled in one corpus."""
    for each, found in zip(told, read, strict=True):
        right, wrong = right_in(each, found), wrong_in(each, found)
        missed = each.gold - right if each.stated else _NEVER_SAID
        if each.corpus == corpus and (wrong or missed):
            then = said(found)[1]
            yield (
                f"{each.category:18} {each.language} missed {_shown(missed)} wrong {_shown(wrong)} before {_shown(then)}"
                f"\n    {each.line.text}\n        [{each.before.text if each.before else ''}]"
            )


def unstated(told: Sequence[Told], corpus: str) -> Iterator[str]:
    """Sentences whose fact has a value that was not found in them in any form: to be judged by reading."""
    for each in told:
        if each.corpus == corpus and each.gold and not each.stated:
            yield f"{each.category:18} {each.language} {_shown(each.gold)}  {each.line.text}"


def _shown(values: Iterable[Value]) -> str:
    return ", ".join(f"{slot}={value:.10g}" for slot, value in sorted(values)) or "–"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", metavar="CORPUS", help="list what is read otherwise than labelled there")
    parser.add_argument("--unstated", metavar="CORPUS", help="list sentences that do not repeat their fact's number")
    arguments = parser.parse_args()
    plan = shipped_topic()
    everything = all_told(plan)
    readings = [slot_values(plan, each.category, each.line, each.before) for each in everything]
    if arguments.unstated:
        lines = unstated(everything, arguments.unstated)
    elif arguments.errors:
        lines = errors(everything, readings, arguments.errors)
    else:
        lines = report(everything, readings)
    print("\n".join(lines))
