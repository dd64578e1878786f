"""What the walk makes of perfect points, and of ever less perfect ones: `python -m tests.quality.course [NAME…] [--errors]`.

Points are cut exactly where the labels are. `perfect`: they say and belong to what facts.jsonl says. `stances`, `values`: but these are as the
program reads them. `read`: both are. `joined`: the program puts developments together, too. `whole`: all is the program's.
The held-out corpus is never read here.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.corpora.labelled import read_corpus
from bot.model.corpora import Corpus, Fact, LabelledArticle
from bot.model.feeds import Article
from bot.model.stories import (
    ChangeKind,
    DevelopmentId,
    KeyPoint,
    PointId,
    Quantity,
    ReportId,
    Standing,
)
from bot.model.topics import Topic
from bot.services.evaluate import as_articles, findings_of
from bot.summariser.analysis import Analysis, Analyst, analyse
from bot.summariser.answers import FoundChange, Key, key_of
from bot.summariser.candidates import Candidate
from bot.summariser.changes import ledger_of
from bot.summariser.daily import changed
from bot.summariser.developments import join
from bot.summariser.exemplars import development_of
from bot.summariser.keypoints import points as cut_points
from bot.summariser.measures import Counts
from bot.summariser.scoring import scores
from bot.summariser.values import canonical
from bot.text.words import Morphology, folded
from bot.topics import load_packs
from bot.topics.weights import load_weights
from tests.quality.known import ROOT, learning_folders, shipped_topic

STAGES = ("perfect", "stances", "values", "read", "joined", "whole")
MOVES = (ChangeKind.STANCE, ChangeKind.VALUE)
MEASURES = ("new_facts_f1", "stance_changes_f1", "value_changes_f1")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A point where a label is, as the program reads it, with what the label says it states."""

    point: KeyPoint
    fact: Fact


@dataclass(frozen=True, slots=True)
class World:
    """One corpus with everything that the stages need."""

    corpus: Corpus
    articles: Mapping[str, Article]
    labelled: tuple[Labelled, ...]


def an_analyst(topic: Topic) -> Analyst:
    """The shipped analysis."""
    return Analyst(topic, load_packs(ROOT / "config/words"), load_weights(ROOT / "config/weights.json"), Morphology())


def world_of(folder: Path, analyst: Analyst) -> World:
    """The corpus of a folder, its labels cut."""
    corpus = read_corpus(folder)
    articles = {str(name): article for name, article in as_articles(corpus).items()}
    facts = {fact.id: fact for fact in corpus.facts}
    found: dict[PointId, Labelled] = {}
    for label in sorted(corpus.articles, key=lambda each: (each.told_at, each.id)):
        for point, fact in _cut(label, articles[label.id], analyst):
            if fact in facts:
                found.setdefault(point.id, Labelled(point, facts[fact]))  # type: ignore[index]
    return World(corpus, articles, tuple(found.values()))


def _cut(label: LabelledArticle, article: Article, analyst: Analyst) -> Iterator[tuple[KeyPoint, str]]:
    annotated = analyst.annotator.annotate(article)
    if annotated is None:
        return
    at = {folded(line.text): index for index, line in enumerate(annotated.sentences)}
    report = ReportId(f"group-{label.dup_group}" if label.dup_group else f"alone-{article.id}")
    for mark in label.points:
        index = at.get(folded(mark.quote))
        if index is None:
            continue
        option = Candidate(annotated.sentences[index], index, mark.category, 1.0, 1.0)
        for cut in cut_points(article, analyst.topic, annotated, (option,), report, analyst.weights):
            yield replace(cut, id=PointId(f"{cut.id}-{mark.fact_id}")), mark.fact_id


# ── stages ──


def staged(world: World, stage: str, analyst: Analyst) -> Analysis:
    """What the analysis says of the corpus when everything above the stage is given."""
    if stage == "whole":
        return analyse(tuple(world.articles.values()), analyst)
    if stage == "joined":
        points = _once(each.point for each in world.labelled)
        return _told(join(points, analyst.weights).points, analyst)
    return _told(_once(_said(each, stage, analyst.topic) for each in world.labelled), analyst)


def _once(points: Iterator[KeyPoint]) -> list[KeyPoint]:
    """One point where several labels gave the same one."""
    kept: dict[object, KeyPoint] = {}
    for point in points:
        kept.setdefault((point.id.partition("-")[0], point.development_id), point)
    return list(kept.values())


def _said(each: Labelled, stage: str, topic: Topic) -> KeyPoint:
    fact, point = each.fact, replace(each.point, development_id=DevelopmentId(each.fact.id))
    if stage in ("perfect", "values"):
        point = replace(point, stance=fact.stance)
    if stage in ("perfect", "stances"):
        point = _valued(point, fact, topic)
    return point


def _valued(point: KeyPoint, fact: Fact, topic: Topic) -> KeyPoint:
    """With the fact's value, in the slot's unit, and no other."""
    slot = topic.slot(fact.slot) if fact.slot else None
    marks = tuple(mark for mark in point.signature if mark != "b:" and not mark.startswith("v:"))
    if slot is None or fact.value is None:
        return replace(point, slot=None, signature=marks)
    value = canonical(fact.value, fact.unit or slot.unit, slot.unit)
    quantity = Quantity(value=value, unit=slot.unit, text=f"{value:g}")
    others = tuple(other for other in point.quantities if other.value != value)
    marks = (f"v:{slot.id}={value:.7g}", *marks)
    return replace(point, slot=slot.id, quantities=(quantity, *others), signature=tuple(sorted(marks)))


def _told(points: Sequence[KeyPoint], analyst: Analyst) -> Analysis:
    ledger = ledger_of(analyst.topic, points)
    by_development: dict[DevelopmentId, list[KeyPoint]] = defaultdict(list)
    for point in sorted(points, key=lambda point: (point.published, point.id)):
        if point.development_id:
            by_development[point.development_id].append(point)
    developments = tuple(
        development_of(development, told, analyst.weights.rarity, ledger.standings.get(development, Standing.STANDING))
        for development, told in by_development.items()
    )
    changes = sorted((c for found in ledger.changes.values() for c in found), key=lambda c: (c.at, c.id))
    return Analysis((), tuple(points), developments, tuple(changes))


# ── figures ──


def counts_of(world: World, analysis: Analysis) -> dict[str, Counts]:
    """What was found rightly, wrongly and missed, by measure."""
    found = scores(key_of(world.corpus), findings_of(world.articles, analysis))  # type: ignore[arg-type]
    return {name: found[name].counts or Counts() for name in MEASURES if name in found}


def main(names: Sequence[str], stages: Sequence[str], *, errors: bool) -> None:
    """Print the table, and with `errors` the movements that were wrong or missed."""
    analyst = an_analyst(shipped_topic())
    totals: dict[tuple[str, str], Counts] = defaultdict(Counts)
    print(f"{'':10}{'':9}" + "".join(f"{name:>24}" for name in MEASURES))
    for folder in learning_folders():
        if names and folder.name not in names:
            continue
        world = world_of(folder, analyst)
        for stage in stages:
            analysis = staged(world, stage, analyst)
            counts = counts_of(world, analysis)
            print(f"{folder.name:10}{stage:9}" + "".join(_cell(counts.get(name)) for name in MEASURES))
            for name, count in counts.items():
                totals[stage, name] += count
            if errors:
                for line in wrong(world, analysis):
                    print("    " + line)
    for stage in stages:
        print(f"{'ALL':10}{stage:9}" + "".join(_cell(totals[stage, name]) for name in MEASURES))


def _cell(counts: Counts | None) -> str:
    if counts is None or counts.f1 is None:
        return f"{'–':>24}"
    return f"{counts.f1:10.3f} ({counts.right:g}+{counts.extra:g}-{counts.missed:g})".rjust(24)


def wrong(world: World, analysis: Analysis) -> Iterator[str]:
    """Movements that were told and are none, and those that were not told."""
    key, points = key_of(world.corpus), {point.id: point for point in analysis.points}
    found = findings_of(world.articles, analysis).changes or ()  # type: ignore[arg-type]
    for change, told in zip(analysis.changes, found, strict=True):
        if change.kind in MOVES and not _count([told], key).right:
            quote = points[change.evidence[0]].quote
            yield f"wrong  {change.at:%m-%d} {change.kind} {change.category} {change.before} → {change.after}: {quote}"
    for fact in world.corpus.facts:
        before = key.facts.get(fact.supersedes or "")
        alone = Key(replace(world.corpus, facts=(fact, *((before,) if before else ()))), {}, {}, frozenset(), key.facts)
        if before and _count(found, alone).missed:
            yield f"missed {fact.first_day:%m-%d} {fact.id} after {before.id}: {fact.gist} (was: {before.gist})"


def _count(changes: Sequence[FoundChange], key: Key) -> Counts:
    told = changed(key, changes)
    counts = (told[name].counts for name in ("stance_changes_f1", "value_changes_f1"))
    return sum((each for each in counts if each), Counts())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--stage", choices=STAGES, action="append")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    main(given.names, given.stage or STAGES, errors=given.errors)
