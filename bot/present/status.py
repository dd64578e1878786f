"""Where everything stands: parties with quotes, the process, what is open, what moved lately. Knows no store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.model.replies import Block, Footer, Heading, Item, Paragraph, Quotation, Reply, Run, Runs, Style, plain
from bot.model.stories import PartyState, PointId
from bot.model.topics import Category, Rung
from bot.present.board import dispute_line
from bot.present.buttons import board_buttons
from bot.present.footers import last_read, reading_lines
from bot.present.headlines import change_lines, difference_lines, subject
from bot.present.names import category_title, others, party_name
from bot.present.parties import party_phrase, whole_stance
from bot.present.quotes import point_quotation
from bot.present.reader import Reader, capital
from bot.present.values import stance_word
from bot.present.views import BoardView, StatusView

MOST_QUOTES = 2  # a party; the rest is one command away
NEWEST = 3  # steps of the process that are shown


def status_reply(view: StatusView, reader: Reader) -> Reply:
    """Parties, process, open questions, movements of the last day and week, and when the feeds were read."""
    title = reader.say("status-title", topic=view.topic.names.of(reader.language))
    moment = capital(reader.say("in-zone", moment=reader.moment(view.board.as_of), city=reader.city))
    head = (Heading(plain(title)), Paragraph((Run(moment, Style.SOFT),)))
    parts = (_parties(view, reader), _process(view, reader), _open(view, reader), _moved(view, reader))
    blocks: tuple[Block, ...] = (*head, *(block for part in parts for block in part), *_footer(view, reader))
    return Reply(blocks=blocks, buttons=board_buttons(view.topic, reader))


def _parties(view: StatusView, reader: Reader) -> Iterator[Block]:
    yield Heading(plain(reader.say("section-parties")), 2)
    for state in view.board.parties:
        yield _party(state, view, reader)


def _party(state: PartyState, view: StatusView, reader: Reader) -> Item:
    name = party_name(view.topic, state.party, reader)
    said = party_phrase(state, view.board.differences, view.topic, reader)
    lines: list[Runs] = [(Run(line, Style.SOFT),) for line in _since(state, view, reader)]
    own = [each for each in view.board.differences if each.party == state.party]
    quotations = list(
        dict.fromkeys(quotation for each in (state, *own) for quotation in _quotation(each, view, reader))
    )
    if (more := len(quotations) - MOST_QUOTES) > 0:
        lines.append((Run(reader.say("more-quotes", count=more, command=f"layer {state.party}"), Style.SOFT),))
    head = (Run(name, Style.STRONG), Run(said.removeprefix(name))) if said.startswith(name) else plain(said)
    return Item(head, tuple(lines), tuple(quotations[:MOST_QUOTES]))


def _since(state: PartyState, view: StatusView, reader: Reader) -> Iterator[str]:
    if state.since is None or whole_stance(state, view.board.differences) is None:
        return
    was = stance_word(state.before.value, reader) if state.before else ""
    yield reader.say("stance-since-was" if was else "stance-since", day=reader.day(state.since), before=was)


def _quotation(state: PartyState, view: StatusView, reader: Reader) -> Iterator[Quotation]:
    """The evidence a stance rests on: the sentence that is shown, else the newest."""
    evidence = [view.points[point] for point in state.evidence if point in view.points]
    chosen = next((point for point in evidence if point.quote == state.quote), evidence[-1] if evidence else None)
    if chosen is None:
        return
    found = view.developments.get(state.development_id) if state.development_id else None
    yield point_quotation(
        chosen,
        reader,
        also=others(found.outlets, chosen.outlet) if found else (),
        reports=found.reports if found else None,
    )


def _process(view: StatusView, reader: Reader) -> Iterator[Block]:
    yield Heading(plain(reader.say("section-process")), 2)
    steps = [step for known in view.board.process[:NEWEST] if (step := view.developments.get(known))]
    for step in steps:
        tellings = [view.points[point] for point in step.point_ids if point in view.points]
        chosen = next((point for point in tellings if point.quote == step.text), tellings[0] if tellings else None)
        if chosen:
            yield point_quotation(chosen, reader, also=others(step.outlets, chosen.outlet), reports=step.reports)
    if not steps:
        yield Paragraph(plain(reader.say("no-process-yet")))


def _open(view: StatusView, reader: Reader) -> Iterator[Block]:
    yield Heading(plain(reader.say("section-open")), 2)
    items: list[Block] = [*_disputed(view, reader), *_conflicts(view, reader), *_unknown(view, reader)]
    yield from items or [Paragraph(plain(reader.say("nothing-open")))]


def _disputed(view: StatusView, reader: Reader) -> Iterator[Item]:
    around = BoardView(topic=view.topic, board=view.board, points=view.points)
    for layer in view.board.layers:
        for value in layer.values:
            if value.disputed_by is not None:
                name = category_title(view.topic, Category(layer.layer), reader)
                rival = [
                    point
                    for change in view.board.open_conflicts
                    if change.slot == value.slot
                    for point in change.evidence
                ]
                quotations = _both(tuple(dict.fromkeys((*value.evidence[-1:], *rival))), view, reader)
                yield Item((Run(name, Style.STRONG), Run(f" · {dispute_line(value, around, reader)}")), (), quotations)


def _conflicts(view: StatusView, reader: Reader) -> Iterator[Item]:
    """Conflicts that are no value's: two reports that say different things."""
    shown = {value.slot for layer in view.board.layers for value in layer.values if value.disputed_by is not None}
    for change in view.board.open_conflicts:
        if change.slot is None or change.slot not in shown:
            since = reader.say("unsettled-since", day=reader.day(change.at))
            head = (Run(subject(change.category, view.topic, reader), Style.STRONG), Run(f" · {since}"))
            yield Item(head, (), _both(change.evidence, view, reader))


def _both(evidence: Sequence[PointId], view: StatusView, reader: Reader) -> tuple[Quotation, ...]:
    """One quotation an outlet, newest first, two at most."""
    points = sorted(
        (view.points[point] for point in evidence if point in view.points), key=lambda point: point.published
    )
    by_outlet = {point.outlet: point for point in points}
    return tuple(point_quotation(point, reader) for point in list(by_outlet.values())[-2:])


def _unknown(view: StatusView, reader: Reader) -> Iterator[Item]:
    silent = [layer.layer for layer in view.board.layers if layer.rung is Rung.UNKNOWN]
    if silent:
        names = reader.listed([category_title(view.topic, Category(layer), reader) for layer in silent])
        yield Item(plain(reader.say("rung-not-known", layers=names)))
    mute = [party_name(view.topic, state.party, reader) for state in view.board.parties if state.stance is None]
    if mute:
        yield Item(plain(reader.say("stance-not-known", parties=reader.listed(mute))))


def _moved(view: StatusView, reader: Reader) -> Iterator[Block]:
    if view.since is not None:
        yield from _apart(view, view.since, reader)
        return
    for section, changes in (("section-day", view.day), ("section-week", view.week)):
        yield Heading(plain(reader.say(section)), 2)
        lines = change_lines(changes, view.topic, reader)
        yield from (
            (Item(plain(line)) for line in lines) if lines else [Paragraph(plain(reader.say("nothing-moved-short")))]
        )


def _apart(view: StatusView, since: datetime, reader: Reader) -> Iterator[Block]:
    yield Heading(plain(reader.say("section-apart", moment=reader.moment(since))), 2)
    lines = difference_lines(view.apart, view.topic, reader)
    yield from (Item(plain(line)) for line in lines or (reader.say("nothing-apart"),))


def _footer(view: StatusView, reader: Reader) -> tuple[Footer, ...]:
    lines = [*reading_lines(view.feeds, reader), last_read(view.feeds, reader)]
    shown = tuple((Run(line, Style.SOFT),) for line in lines if line)
    return (Footer(shown),) if shown else ()
