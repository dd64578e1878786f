"""Cuts the sentences that carry the plan's points, verbatim, with what they say. Knows one article at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from bot.model.feeds import Article
from bot.model.stories import KeyPoint, PointId, ReportId
from bot.model.topics import POSITION, PROCESS, Category, PartyId, SlotId, Topic
from bot.summariser import readings, stances
from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.features import Features, SentenceFeatures, Surroundings
from bot.summariser.signatures import signature_of
from bot.summariser.speakers import speaker_of
from bot.summariser.values import SlotValue, quantities_of, slot_values
from bot.summariser.weighing import Weights

_SHORTEST = 12  # characters; below are time stamps and list numbers
_MOST_VALUES = 6  # tracked values of one sentence; more is a table, which has no sentences
SECOND = 0.6  # a second category counts when it is at least so likely, measured by the first: best across config/sample and tests/quality/dev
MAX_POINTS = 60  # of one article; a live blog of 400 sentences had 31 in tests/quality


@dataclass(frozen=True)
class Candidate:
    """A sentence that may carry a point of a category."""

    line: Sentence
    index: int
    category: Category
    probability: float
    features: Features


def question_of(category: Category) -> str:
    """Which learned question decides for a category."""
    if category == PROCESS:
        return "process"
    return "position" if category.startswith(POSITION) else "layer"


def candidates(around: Surroundings, weights: Weights) -> tuple[Candidate, ...]:
    """Every sentence with every category it may speak of, weighed."""
    found = []
    for index, line in enumerate(around.annotated.sentences):
        if len(line.text) < _SHORTEST or (line.heading and line.heading == line.text):
            continue
        sentence = SentenceFeatures(around, index)
        for category in around.topic.categories:
            features = sentence.of(category)
            found.append(
                Candidate(line, index, category, weights.probability(question_of(category), features), features)
            )
    return tuple(found)


def chosen(options: tuple[Candidate, ...], weights: Weights) -> tuple[Candidate, ...]:
    """The candidates over their thresholds, strongest first up to the cap, then in reading order."""
    best: dict[int, float] = {}
    for option in options:
        best[option.index] = max(best.get(option.index, 0.0), option.probability)
    over = [
        option
        for option in options
        if option.probability >= max(weights.thresholds[question_of(option.category)], SECOND * best[option.index])
    ]
    kept = sorted(over, key=lambda option: (-option.probability, option.index, option.category))[:MAX_POINTS]
    return tuple(sorted(kept, key=lambda option: (option.index, option.category)))


def points(
    article: Article, topic: Topic, annotated: Annotated, picked: tuple[Candidate, ...], report_id: ReportId
) -> tuple[KeyPoint, ...]:
    """Key points of an article. A sentence that states two values of one category ("30 days, was 60") gives one point a value."""
    found: dict[PointId, KeyPoint] = {}
    for option in picked:
        for point in _points_of(article, topic, annotated, option, report_id):
            found.setdefault(point.id, point)  # a sentence that the article repeats is one point
    return tuple(found.values())[:MAX_POINTS]


def _points_of(
    article: Article, topic: Topic, annotated: Annotated, option: Candidate, report_id: ReportId
) -> Iterator[KeyPoint]:
    line, category = option.line, option.category
    before = annotated.sentences[option.index - 1] if option.index else None
    values = slot_values(topic, category, line, before)
    distinct: dict[tuple[SlotId, float], SlotValue] = {}
    for value in values:
        distinct.setdefault((value.slot, value.quantity.value), value)
    variants: list[SlotValue | None] = [*list(distinct.values())[:_MOST_VALUES]] or [None]
    party = PartyId(category.removeprefix(POSITION)) if category.startswith(POSITION) else None
    speaker = speaker_of(line)
    borrowed = _borrowed_layer(topic, line, before) if party else ()
    for variant in variants:
        slots = [(variant.slot, variant.quantity.value)] if variant else []
        quantities = quantities_of(line)
        if variant:
            quantities = (variant.quantity, *(q for q in quantities if q.text != variant.quantity.text))
        yield KeyPoint(
            id=_point_id(topic, article, line.text, category, variant),
            topic=topic.id,
            article=article.id,
            version=article.version,
            url=article.url,
            outlet=article.outlet,
            official=article.official,
            published=article.told_at,
            seen_at=article.first_seen,
            language=article.language,
            category=category,
            span=line.span,
            quote=line.span.of(article.text),
            context=before.text if before and _leans_back(line) else "",
            party=party,
            stance=stances.stance_of(topic, party, line) if party else None,
            attributed_to=speaker.name,
            source_kind=speaker.kind,
            via="",
            quantities=quantities,
            slot=variant.slot if variant else None,
            modality=readings.modality_of(line),
            negated=line.has("negation"),
            rung=readings.rung_of(line),
            side=readings.sides_of(line),
            correction=line.has("correction"),
            signature=(*signature_of(line, article.language, slots), *borrowed, *_remarks(line, variant)),
            report_id=report_id,
            member=stances.member_of(topic, party, line) if party else None,
            confidence=round(option.probability, 2),
        )


def _remarks(line: Sentence, variant: SlotValue | None) -> tuple[str, ...]:
    """Marks for the ledger: `b:` the value is told as what was before, `z:` the sentence speaks of a change."""
    looks_back = variant.background if variant else line.has("past")
    return (*(("b:",) if looks_back else ()), *(("z:",) if line.has("change") else ()))


def _borrowed_layer(topic: Topic, line: Sentence, before: Sentence | None) -> tuple[str, ...]:
    """The layer of the sentence before, for a position that names neither a layer nor the plan itself."""
    if before is None or line.has("subject") or readings.layers_named(topic, line):
        return ()
    named = readings.layers_named(topic, before)
    return (f"L:{named[0]}",) if len(named) == 1 else ()


def _leans_back(line: Sentence) -> bool:
    """Whether the sentence begins with a pronoun or "the plan" and needs the one before it to be understood."""
    places = line.places("anaphora")
    return bool(places) and places[0].first < 3 and not line.starts_paragraph


def _point_id(topic: Topic, article: Article, quote: str, category: Category, variant: SlotValue | None) -> PointId:
    value = f"{variant.slot}={variant.quantity.value:g}" if variant else ""
    text = "\x1f".join((topic.id, article.id, " ".join(quote.split()), category, value))
    return PointId("p" + blake2b(text.encode(), digest_size=6).hexdigest())
