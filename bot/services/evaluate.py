"""Scores the analysis and its baselines on a labelled corpus. Knows neither how the analysis works nor where the corpus lies."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.model.corpora import Corpus, LabelledArticle, LabelledId
from bot.model.feeds import Article, ArticleId, FeedId
from bot.model.stories import Change, ChangeKind, Development, DevelopmentId, KeyPoint, Reading
from bot.model.topics import POSITION, Stance, Topic, position_of
from bot.summariser.answers import Findings, FoundChange, FoundPoint, key_of, root_of
from bot.summariser.baselines import baselines
from bot.summariser.measures import Scores
from bot.summariser.scoring import scores
from bot.text.words import Lemmatiser

OURS = "planwatch"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIGURE = re.compile(r"\d+(?:\.\d+)?(?:e\+\d+)?")


class Analysis(Protocol):
    """What an analysis of a whole archive must give."""

    @property
    def readings(self) -> Sequence[Reading]:
        """One for each article version, or for the newest of each article."""
        ...

    @property
    def points(self) -> Sequence[KeyPoint]:
        """Key points of all versions."""
        ...

    @property
    def developments(self) -> Sequence[Development]:
        """Those that stand at the end, none retired."""
        ...

    @property
    def changes(self) -> Sequence[Change]:
        """All movements. `development_id` of a value or stance change is the development that brought the new one."""
        ...


Analyse = Callable[[Sequence[Article], Topic], Analysis]


@dataclass(frozen=True, slots=True)
class SystemScores:
    """One column of the table. `whole` is None when the system's library is not installed."""

    name: str
    about: str
    whole: Scores | None
    by_language: Mapping[str, Scores]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All columns, and what they were measured on."""

    corpus: Corpus
    topic: Topic
    systems: tuple[SystemScores, ...]
    notes: tuple[str, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the corpus."""
        return tuple(sorted({article.language for article in self.corpus.articles}))


def evaluate(corpus: Corpus, topic: Topic, analyse: Analyse, lemmatiser: Lemmatiser) -> Evaluation:
    """Scores of the analysis and the baselines, over the whole corpus and in each language. Pure, and takes seconds: run it off an event loop."""
    articles = as_articles(corpus)
    ours = findings_of(articles, analyse(tuple(articles.values()), topic))
    systems = (
        _system(corpus, OURS, "the analysis of this program", ours),
        *(
            _system(corpus, each.name, each.about, each.findings)
            for each in baselines(corpus.articles, topic, lemmatiser)
        ),
    )
    return Evaluation(corpus, topic, systems, tuple(_notes(corpus, topic)))


def _system(corpus: Corpus, name: str, about: str, findings: Findings | None) -> SystemScores:
    if findings is None:
        return SystemScores(name, about, None, {})
    languages = sorted({article.language for article in corpus.articles})
    by_language = {language: scores(key_of(corpus, language), findings, whole=False) for language in languages}
    return SystemScores(name, about, scores(key_of(corpus), findings), by_language)


def _notes(corpus: Corpus, topic: Topic) -> Iterable[str]:
    unknown = sorted({fact.category for fact in corpus.facts} - set(topic.categories))
    if unknown:
        yield f"topic {topic.id} has no category {', '.join(unknown)}: their labels can only be missed"
    if corpus.agreement is not None:
        yield f"two people labelling apart agreed on {corpus.agreement:.2f} of the labels"
    for doubt in corpus.doubts:
        yield str(doubt)


# ── Into the analysis ─────────────────────────────────────────────────────────────────────────────────────────────────


def as_articles(corpus: Corpus) -> dict[LabelledId, Article]:
    """The corpus as the store would give it, in order of time told; an update is a further version of the same article."""
    before = {article.id: article.update_of for article in corpus.articles}
    official = {outlet.name for outlet in corpus.outlets if outlet.kind == "official"}
    versions: dict[LabelledId, int] = {}
    result = {}
    for article in sorted(corpus.articles, key=lambda a: (a.told_at, a.id)):
        root = root_of(article.id, before)
        versions[root] = versions.get(root, 0) + 1
        result[article.id] = _article(article, root, versions[root], article.outlet in official)
    return result


def _article(row: LabelledArticle, root: LabelledId, version: int, official: bool) -> Article:
    return Article(
        id=ArticleId(root),
        version=version,
        url=row.url,
        feed_id=FeedId(row.outlet),
        outlet=row.outlet,
        official=official,
        title=row.title,
        text=row.body_text,
        language=row.language,
        published=row.published,
        told_at=row.told_at,
        first_seen=row.told_at,
        text_from="corpus",
        content_hash=row.id,
        summary=" ".join(html.unescape(re.sub(r"<[^>]*>", " ", row.summary_html)).split()),
    )


# ── Out of the analysis ───────────────────────────────────────────────────────────────────────────────────────────────


def findings_of(articles: Mapping[LabelledId, Article], analysis: Analysis) -> Findings:
    """What the analysis found, in the corpus' own ids."""
    ids = {(article.id, article.version): labelled for labelled, article in articles.items()}
    newest = {article.id: labelled for labelled, article in articles.items()}
    development_of = {point: development.id for development in analysis.developments for point in development.point_ids}
    developments = {development.id: development for development in analysis.developments}
    readings = _readings(ids, articles, analysis.readings)
    points = []
    for point in analysis.points:
        labelled = ids.get((point.article, point.version)) or newest.get(point.article)
        if labelled is not None:
            found = developments.get(point.development_id or development_of.get(point.id) or DevelopmentId(""))
            points.append(_point(point, labelled, articles[labelled].text, found))
    return Findings(
        relevant=frozenset(labelled for labelled, reading in readings.items() if reading.relevant),
        reports={labelled: str(reading.report_id) for labelled, reading in readings.items()},
        points=tuple(points),
        developments=_days_of_news(analysis.changes),
        changes=tuple(_change(change, developments.get(change.development_id)) for change in analysis.changes),
    )


def _days_of_news(changes: Sequence[Change]) -> dict[str, date]:
    """The day on which the ledger first tells of a development; what it keeps to itself is no news."""
    days: dict[str, date] = {}
    for change in changes:
        if change.kind is not ChangeKind.PASSED:
            day = change.at.date()
            days[str(change.development_id)] = min(day, days.get(str(change.development_id), day))
    return days


def _readings(
    ids: Mapping[tuple[ArticleId, int], LabelledId], articles: Mapping[LabelledId, Article], readings: Sequence[Reading]
) -> dict[LabelledId, Reading]:
    """The reading of each version; that of the article's newest read version where one has none of its own."""
    own = {
        ids[reading.article, reading.version]: reading
        for reading in readings
        if (reading.article, reading.version) in ids
    }
    newest = {reading.article: reading for reading in sorted(readings, key=lambda reading: reading.version)}
    result = {labelled: own.get(labelled) or newest.get(article.id) for labelled, article in articles.items()}
    return {labelled: reading for labelled, reading in result.items() if reading is not None}


def _point(point: KeyPoint, labelled: LabelledId, text: str, development: Development | None) -> FoundPoint:
    """Under the category under which readers find it: that of its development."""
    return FoundPoint(
        article=labelled,
        quote=point.quote,
        category=development.category if development else point.category,
        development=str(development.id) if development else None,
        verbatim=point.quote in text and text[point.span.start : point.span.end] == point.quote,
        invented=sum(quantity.text not in point.quote for quantity in point.quantities),
    )


def _change(change: Change, development: Development | None) -> FoundChange:
    party = change.party or (change.category.removeprefix(POSITION) if change.category.startswith(POSITION) else None)
    stance = change.after if change.after in set(Stance) else (development.stance if development else None)
    is_stance = change.kind is ChangeKind.STANCE
    return FoundChange(
        kind=change.kind,
        day=change.at.date(),
        category=position_of(party) if is_stance and party else change.category,  # type: ignore[arg-type]
        stance=Stance(stance) if is_stance and stance else None,
        slot=change.slot,
        value=_number(change.after) or (development.value if development else None),
        unit=development.unit if development else None,
    )


def _number(told: str | None) -> float | None:
    """A value as the ledger writes it: 800000, the lower end of 30–50, a day's ordinal. A development may give several values."""
    lower = (told or "").partition("–")[0]
    if _DAY.fullmatch(lower):
        return float(date.fromisoformat(lower).toordinal())
    return float(lower) if _FIGURE.fullmatch(lower) else None
