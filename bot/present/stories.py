"""The newest points as they came, and why something is as it is. Knows no store."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model.replies import Block, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style, plain
from bot.model.stories import Change, ChangeKind
from bot.model.topics import Category
from bot.present.buttons import ways
from bot.present.headlines import change_line, subject
from bot.present.layer import SHOWN_ID
from bot.present.names import category_title, others
from bot.present.origins import edited, origin
from bot.present.quotes import link, point_quotation
from bot.present.reader import Reader, capital
from bot.present.reasons import reason
from bot.present.views import LatestView, WhyView

MOST_TELLINGS = 6


def latest_reply(view: LatestView, reader: Reader) -> Reply:
    """One item a point: what it is about, the quote, the source, its id."""
    title = Heading(plain(reader.say("latest-title", topic=view.topic.names.of(reader.language))))
    items = tuple(_latest(view, index, reader) for index in range(len(view.points)))
    nothing = (Paragraph(plain(reader.say("no-points-yet"))),)
    return Reply(blocks=(title, *(items or nothing)), buttons=ways(reader, "layers", "digest"))


def why_reply(view: WhyView, reader: Reader) -> Reply:
    """What decided, in the order: the thing itself, the rule, the evidence."""
    blocks: list[Block] = [Heading(plain(reader.say("why-title", subject=_subject(view, reader))))]
    for part in (
        _article(view, reader),
        _point(view, reader),
        _development(view, reader),
        _layer(view, reader),
        _changes(view, reader),
    ):
        blocks.extend(part)
    return Reply(blocks=tuple(blocks), buttons=ways(reader, "layers", "latest"))


def _latest(view: LatestView, index: int, reader: Reader) -> Item:
    point = view.points[index]
    known = point.development_id or point.id
    head = (
        Run(subject(point.category, view.topic, reader), Style.STRONG),
        Run(" · ", Style.SOFT),
        Run(reader.day_and_clock(point.published), Style.SOFT),
        Run(" · ", Style.SOFT),
        Run(known[:SHOWN_ID], Style.CODE),
    )
    return Item(head, (), (point_quotation(point, reader),))


def _subject(view: WhyView, reader: Reader) -> str:
    return category_title(view.topic, view.layer, reader) if view.layer else view.subject


def _article(view: WhyView, reader: Reader) -> Iterator[Block]:
    if view.article is None:
        return
    source = (
        Run(view.article.outlet, Style.SOFT, link(view.article.url)),
        Run(", " + reader.short_day(view.article.told_at), Style.SOFT),
    )
    lines: list[Runs] = [source]
    if view.reading is not None:
        verdict = "why-relevant" if view.reading.relevant else "why-not-relevant"
        lines.append(
            plain(
                reader.say(
                    verdict, score=round(view.reading.score, 2), why=reason(view.reading.why, view.topic, reader)
                )
            )
        )
    notes = (origin(view.article, reader), edited(view.article, reader))
    lines += [plain(note) for note in notes if note]
    yield Item((Run(view.article.title, Style.STRONG),), tuple(lines))


def _point(view: WhyView, reader: Reader) -> Iterator[Block]:
    point = view.point
    if point is None:
        return
    yield point_quotation(point, reader)
    lines = [reader.say("why-filed", subject=subject(point.category, view.topic, reader))]
    lines += [reader.say("why-stance", stance=reader.say(f"stance-{point.stance.value}"))] if point.stance else []
    lines += (
        [reader.say("why-rung", rung=reader.say(f"rung-{point.rung.value.replace('_', '-')}"))] if point.rung else []
    )
    lines += (
        [reader.say("why-numbers", numbers="; ".join(quantity.text for quantity in point.quantities))]
        if point.quantities
        else []
    )
    lines += [reader.say("why-joined", id=point.development_id[:SHOWN_ID])] if point.development_id else []
    taken = origin(view.source, reader) if view.source else ""
    yield Paragraph(plain("\n".join([*lines, *([taken] if taken else [])])))


def _development(view: WhyView, reader: Reader) -> Iterator[Block]:
    found = view.development
    if found is None:
        return
    tellings = [view.points[point] for point in found.point_ids if point in view.points]
    first = next((point for point in tellings if point.quote == found.text), tellings[0] if tellings else None)
    if first is not None:
        yield point_quotation(first, reader, also=others(found.outlets, first.outlet), reports=found.reports)
    told = reader.say(
        "why-told",
        points=len(found.point_ids),
        reports=found.reports,
        first=reader.day(found.first_seen),
        last=reader.day(found.last_seen),
    )
    taken = origin(view.source, reader) if view.source else ""
    yield Paragraph(plain("\n".join(line for line in (told, taken) if line)))
    yield from _tellings([point_quotation(point, reader) for point in tellings if point is not first])


def _layer(view: WhyView, reader: Reader) -> Iterator[Block]:
    state = (
        next((each for each in view.board.layers if Category(each.layer) == view.layer), None) if view.board else None
    )
    if state is None:
        return
    rung = capital(reader.say(f"rung-{state.rung.value.replace('_', '-')}"))
    since = reader.say("rung-since", rung=rung, day=reader.day(state.rung_since)) if state.rung_since else rung
    why = reader.say("why-rule", why=reason(state.rung_why, view.topic, reader)) if state.rung_why else ""
    sure = reader.say("why-sure", percent=round(100 * state.confidence))
    yield Paragraph(plain("\n".join(line for line in (since, why, sure) if line)))
    yield from _tellings(
        [point_quotation(view.points[point], reader) for point in state.rung_evidence if point in view.points]
    )


def _changes(view: WhyView, reader: Reader) -> Iterator[Block]:
    items = [_change(change, view, reader) for change in view.changes if _says_something(change, view)]
    if items:
        yield Heading(plain(reader.say("why-changes")), 2)
        yield from items


def _says_something(change: Change, view: WhyView) -> bool:
    """Not an entry that says "new" and nothing else: without its quote, or under the fact itself."""
    if change.kind is not ChangeKind.NEW or change.after:
        return True
    return view.development is None and any(point in view.points for point in change.evidence)


def _change(change: Change, view: WhyView, reader: Reader) -> Item:
    quoted = change.kind is ChangeKind.NEW and view.development is None
    told = [view.points[point] for point in change.evidence if quoted and point in view.points]
    quotations = tuple(point_quotation(point, reader) for point in told[:1])
    lines = (plain(reader.say("why-rule", why=reason(change.why, view.topic, reader))),) if change.why else ()
    return Item(plain(change_line(change, view.topic, reader)), lines, quotations)


def _tellings(quotations: list[Quotation]) -> list[Quotation]:
    return quotations[:MOST_TELLINGS]
