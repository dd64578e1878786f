"""Cuts the sentences that carry the plan's points, verbatim, with what they say. Knows one article at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from bot.model.feeds import Article
from bot.model.stories import KeyPoint, PointId, ReportId
from bot.model.topics import POSITION, Category, PartyId, SlotId, Topic
from bot.summariser import readings, stances
from bot.summariser.annotating import Annotated, Sentence
from bot.summariser.candidates import Candidate
from bot.summariser.signatures import signature_of
from bot.summariser.speakers import speaker_of
from bot.summariser.values import SlotValue, quantities_of, slot_values
from bot.summariser.weighing import Weights
from bot.summariser.whose import UNREAD, member_of
from bot.text.words import folded

_MOST_VALUES = 6  # tracked values of one sentence; more is a table, which has no sentences
SECOND = 0.6  # a further category counts when it is at least so likely, measured by the first
MAX_POINTS = 60  # of one article; a live blog of 400 sentences had 31 in tests/quality


def chosen(options: Sequence[Candidate], weights: Weights) -> tuple[Candidate, ...]:
    """The sentences over the threshold with their likeliest categories, surest first up to the cap, then in reading order."""
    best: dict[int, float] = {}
    for option in options:
        best[option.index] = max(best.get(option.index, 0.0), option.share)
    over = [
        option
        for option in options
        if option.chance >= weights.thresholds["key"] and option.share >= _bar(best[option.index], weights)
    ]
    kept = sorted(over, key=lambda option: (-option.chance, option.index, option.category))[:MAX_POINTS]
    return tuple(sorted(kept, key=lambda option: (option.index, option.category)))


def _bar(best: float, weights: Weights) -> float:
    """How likely a category must be: the likeliest always counts, others above the threshold if not far below it."""
    return min(best, max(SECOND * best, weights.thresholds["category"]))


def points(
    article: Article,
    topic: Topic,
    annotated: Annotated,
    picked: tuple[Candidate, ...],
    report_id: ReportId,
    weights: Weights = UNREAD,
) -> tuple[KeyPoint, ...]:
    """Key points of an article. A sentence that states two values of one category ("30 days, was 60") gives one point a value.

    Without `weights` nobody's stance is read.
    """
    found: dict[PointId, KeyPoint] = {}
    for option in picked:
        for point in _points_of(article, topic, annotated, option, report_id, weights):
            found.setdefault(point.id, point)  # a sentence that the article repeats is one point
    return tuple(found.values())[:MAX_POINTS]


def _points_of(
    article: Article, topic: Topic, annotated: Annotated, option: Candidate, report_id: ReportId, weights: Weights
) -> Iterator[KeyPoint]:
    line, category = option.line, option.category
    before = annotated.sentences[option.index - 1] if option.index else None
    values = slot_values(topic, category, line, before, annotated, weights)
    distinct: dict[tuple[SlotId, float], SlotValue] = {}
    for value in values:
        distinct.setdefault((value.slot, value.quantity.value), value)
    variants: list[SlotValue | None] = [*list(distinct.values())[:_MOST_VALUES]] or [None]
    party = PartyId(category.removeprefix(POSITION)) if category.startswith(POSITION) else None
    speaker = speaker_of(line, annotated.names)
    stance = stances.stance_of(topic, party, line, weights) if party else None
    member = member_of(topic, party, annotated.sentences[: option.index + 1], weights) if party else None
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
            stance=stance,
            attributed_to=speaker.name,
            source_kind=speaker.kind,
            via="" if folded(speaker.via) == folded(article.outlet) else speaker.via,
            quantities=quantities,
            slot=variant.slot if variant else None,
            modality=readings.modality_of(line),
            negated=line.has("negation"),
            rung=readings.rung_of(line),
            side=readings.sides_of(line),
            correction=line.has("correction"),
            signature=(*signature_of(line, article.language, slots), *borrowed, *_remarks(line, variant)),
            report_id=report_id,
            member=member,
            confidence=round(option.chance, 2),
            fresh=round(option.fresh, 2),
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
