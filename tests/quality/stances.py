"""How well single sentences are read for who stands where: `python -m tests.quality.stances [--errors CORPUS]`.

Every labelled sentence of a party's position is read as if its category had been found rightly. The held-out corpus is never read here.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Fact
from bot.model.topics import POSITION, Category, PartyId, Stance, Topic
from bot.summariser import stances
from bot.summariser.annotating import Annotator, Sentence
from bot.text.words import Morphology
from bot.topics import load_packs
from bot.topics.weights import load_weights
from tests.quality.known import ROOT, WORDINGS, Known, known_articles, learning_folders, shipped_topic
from tests.quality.wordings import known_wordings

NONE = "–"
Read = Callable[[PartyId, Sentence], Stance | None]


@dataclass(frozen=True)
class Told:
    """A labelled sentence of a party's position. `group`: its corpus, or whose hand wrote it in the wording bank."""

    group: str
    article: str
    language: str
    party: PartyId
    line: Sentence
    before: Sentence | None
    fact: Fact | None
    gold: Stance | None
    title: Sentence | None = None


def told_in(known: Iterable[Known], facts: Mapping[str, Fact]) -> Iterator[Told]:
    """The position labels of labelled articles, a sentence and party once; `facts` by "<corpus> <fact id>"."""
    for item in known:
        lines = item.around.annotated.sentences
        for (index, category), stance in _labels(item, facts).items():
            fact = next(
                (facts[f"{item.corpus} {name}"] for name in sorted(item.facts.get((index, category), ()))), None
            )
            group = item.label.outlet.split()[0] if item.corpus == WORDINGS else item.corpus
            before = lines[index - 1] if index else None
            party = PartyId(category.removeprefix(POSITION))
            yield Told(
                group,
                item.label.id,
                item.label.language,
                party,
                lines[index],
                before,
                fact,
                stance,
                item.around.annotated.title,
            )


def _labels(item: Known, facts: Mapping[str, Fact]) -> dict[tuple[int, Category], Stance | None]:
    """Stances by sentence and category; where two facts of one category disagree, the sentence says nothing of either."""
    found: dict[tuple[int, Category], Stance | None] = {}
    for index, categories in item.gold.items():
        for category in categories:
            if not category.startswith(POSITION):
                continue
            names = item.facts.get((index, category), ())
            said = {facts[f"{item.corpus} {name}"].stance for name in names if f"{item.corpus} {name}" in facts}
            if (index, category) in item.stances:
                said = {item.stances[(index, category)]}
            if len(said) == 1:
                found[(index, category)] = next(iter(said))
    return found


def all_told(topic: Topic) -> list[Told]:
    """All position labels that may be learned from."""
    annotator = Annotator(topic, load_packs(ROOT / "config/words"), Morphology())
    facts: dict[str, Fact] = {}
    known: list[Known] = []
    for folder in learning_folders():
        corpus = read_corpus(folder)
        facts |= {f"{corpus.name} {fact.id}": fact for fact in corpus.facts}
        known += known_articles(corpus, annotator, topic)
    return list(told_in([*known, *known_wordings(annotator)], facts))


@dataclass
class Score:
    """How often a stance was claimed, and rightly."""

    asked: int = 0
    claimed: int = 0
    right: int = 0

    def add(self, gold: Stance | None, found: Stance | None) -> None:
        """Count one sentence."""
        self.asked += gold is not None
        self.claimed += found is not None
        self.right += found is not None and found is gold

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.claimed), self.right / max(1, self.asked)
        return f"{self.asked:5} asked  {self.claimed:5} claimed  precision {precision:.3f}  recall {recall:.3f}"


def report(told: Sequence[Told], found: Sequence[Stance | None]) -> Iterator[str]:
    """The tables, line by line."""
    cuts: dict[str, dict[str, Score]] = {name: defaultdict(Score) for name in ("all", "corpus", "language", "stance")}
    confused: Counter[tuple[str, str]] = Counter()
    for each, stance in zip(told, found, strict=True):
        keys = ("corpora" if each.fact else "wordings", each.group, each.language, str(each.gold or NONE))
        for cut, key in zip(cuts.values(), keys, strict=True):
            cut[key].add(each.gold, stance)
        confused[str(each.gold or NONE), str(stance or NONE)] += 1
    for name, cut in cuts.items():
        yield from (f"{name:9} {key:12} {score}" for key, score in sorted(cut.items()))
    columns = [*(str(stance) for stance in Stance), NONE]
    yield f"{'gold':12} " + " ".join(f"{column[:8]:>8}" for column in columns)
    for row in columns:
        yield f"{row:12} " + " ".join(f"{confused[row, column]:8}" for column in columns)
    yield from steadiness(told, found)


def steadiness(told: Sequence[Told], found: Sequence[Stance | None]) -> Iterator[str]:
    """How the readings of all sentences of one fact agree: what the walk makes of a fact is its majority."""
    by_fact: dict[str, list[Stance | None]] = defaultdict(list)
    gold: dict[str, Stance] = {}
    for each, stance in zip(told, found, strict=True):
        if each.fact and each.gold:
            by_fact[f"{each.group} {each.fact.id}"].append(stance)
            gold[f"{each.group} {each.fact.id}"] = each.gold
    claims = {name: [stance for stance in said if stance] for name, said in by_fact.items()}
    silent = sum(not said for said in claims.values())
    right = sum(bool(said) and Counter(said).most_common(1)[0][0] is gold[name] for name, said in claims.items())
    against = sum(stance is not gold[name] for name, said in claims.items() for stance in said)
    total = sum(map(len, by_fact.values()))
    yield (
        f"facts {len(by_fact)}: majority right {right / max(1, len(by_fact)):.3f}, silent {silent / max(1, len(by_fact)):.3f}; "
        f"sentences contradicting their fact {against / max(1, total):.3f}"
    )


def errors(told: Sequence[Told], found: Sequence[Stance | None], group: str) -> Iterator[str]:
    """What was read otherwise than labelled in one corpus, or by one hand of the wording bank."""
    for each, stance in zip(told, found, strict=True):
        if each.group == group and stance is not each.gold:
            yield f"{each.party:8} {each.gold or NONE!s:>11} ≠ {stance or NONE!s:11} {each.language} {each.line.text}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", metavar="CORPUS", help="list what is read otherwise than labelled there")
    arguments = parser.parse_args()
    plan = shipped_topic()
    everything = all_told(plan)
    shipped = load_weights(ROOT / "config/weights.json")
    readings = [stances.stance_of(plan, each.party, each.line, shipped) for each in everything]
    lines = errors(everything, readings, arguments.errors) if arguments.errors else report(everything, readings)
    print("\n".join(lines))
