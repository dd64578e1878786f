"""From articles to the ledger, step by step or in one go. Joins the pieces of the summariser; reads and writes nothing.

`Analyst.read` looks at one article; `analyse` takes a whole corpus in memory, the way `planwatch evaluate` needs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.model.feeds import Article
from bot.model.languages import LanguagePack
from bot.model.stories import Change, Development, Fingerprint, KeyPoint, Reading, ReportId
from bot.model.topics import Topic
from bot.summariser import keypoints, relevance, reports
from bot.summariser.annotating import Annotator
from bot.summariser.candidates import weighed
from bot.summariser.changes import ledger_of
from bot.summariser.developments import join
from bot.summariser.surroundings import Surroundings
from bot.summariser.weighing import Weights
from bot.text.words import Lemmatiser


@dataclass(frozen=True, slots=True)
class Read:
    """What one article says on its own: not yet joined to others."""

    reading: Reading
    fingerprint: Fingerprint
    points: tuple[KeyPoint, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a set of articles says together."""

    readings: tuple[Reading, ...]
    points: tuple[KeyPoint, ...]
    developments: tuple[Development, ...]
    changes: tuple[Change, ...]


class Analyst:
    """Reads articles for one topic. Holds compiled phrase books; keeps nothing between articles."""

    def __init__(
        self, topic: Topic, packs: Mapping[str, LanguagePack], weights: Weights, lemmatiser: Lemmatiser
    ) -> None:
        self.topic = topic
        self.weights = weights.of(topic.id)
        self.annotator = Annotator(topic, packs, lemmatiser)

    def worth_reading(self, article: Article) -> bool:
        """Whether the feed's own words (title, summary, text) give a reason to open the page."""
        annotated = self.annotator.annotate(replace(article, text=article.text[:1500]))
        if annotated is None:
            return False
        lines = (*annotated.summary, *annotated.sentences)
        return relevance.worth_reading(annotated.title, lines, [layer.id for layer in self.topic.layers])

    def read(self, article: Article) -> Read:
        """Relevance, fingerprint and key points of one article."""
        annotated = self.annotator.annotate(article)
        if annotated is None or not any(line.words for line in annotated.sentences):
            return self._unread(article, "no text" if annotated else f"language {article.language} is not followed")
        around = Surroundings(annotated, self.topic)
        seen = weighed(around, self.weights)
        verdict = relevance.verdict(around, seen, self.weights)
        fingerprint = reports.fingerprint_of(article, annotated, self.weights.rarity)
        picked = keypoints.chosen(seen.candidates, self.weights) if verdict.relevant else ()
        points = keypoints.points(article, self.topic, annotated, picked, fingerprint.report_id, self.weights)
        reading = self._reading(article, verdict.relevant, verdict.score, verdict.why, fingerprint.report_id)
        return Read(reading, fingerprint, points)

    def _reading(self, article: Article, relevant: bool, score: float, why: str, report_id: ReportId) -> Reading:
        return Reading(
            topic=self.topic.id,
            article=article.id,
            version=article.version,
            relevant=relevant,
            score=score,
            why=why,
            report_id=report_id,
        )

    def _unread(self, article: Article, why: str) -> Read:
        identity = reports.report_id_of(article)
        fingerprint = Fingerprint(
            article=article.id,
            version=article.version,
            told_at=article.told_at,
            language=article.language,
            keys=(f"id{article.id}",),
            shingles=reports.plain_shingles(article.text, article.language),
            anchors=(),
            report_id=identity,
            outlet=article.outlet,
        )
        return Read(self._reading(article, False, 0.0, why, identity), fingerprint, ())


def filed(read: Read, report_id: ReportId) -> Read:
    """The same, as part of another report."""
    return Read(
        replace(read.reading, report_id=report_id),
        replace(read.fingerprint, report_id=report_id),
        tuple(replace(point, report_id=report_id) for point in read.points),
    )


def analyse(articles: Sequence[Article], analyst: Analyst) -> Analysis:
    """Everything at once, in memory, in order of publication."""
    reads: list[Read] = []
    prints: list[Fingerprint] = []
    names: dict[ReportId, ReportId] = {}
    for article in sorted(articles, key=lambda a: (a.told_at, a.id, a.version)):
        read = analyst.read(article)
        filing = reports.file_report(read.fingerprint, prints, analyst.weights)
        names.update(filing.joined)
        prints.append(filing.fingerprint)
        reads.append(filed(read, filing.fingerprint.report_id))
    final = [filed(read, _survivor(read.reading.report_id, names)) for read in reads]
    points = _first_tellings([point for read in final for point in read.points])
    joined = join(points, analyst.weights)
    ledger = ledger_of(analyst.topic, joined.points)
    developments = tuple(
        replace(each, status=ledger.standings.get(each.id, each.status)) for each in joined.developments
    )
    changes = tuple(sorted((c for found in ledger.changes.values() for c in found), key=lambda c: (c.at, c.id)))
    return Analysis(tuple(read.reading for read in final), joined.points, developments, changes)


def _survivor(report_id: ReportId, names: Mapping[ReportId, ReportId]) -> ReportId:
    while report_id in names and names[report_id] != report_id:
        report_id = names[report_id]
    return report_id


def _first_tellings(points: Sequence[KeyPoint]) -> list[KeyPoint]:
    """A sentence that stands in two versions of an article is one point, of the version that said it first."""
    kept: dict[str, KeyPoint] = {}
    for point in sorted(points, key=lambda p: (p.published, p.id)):
        kept.setdefault(point.id, point)
    return list(kept.values())
