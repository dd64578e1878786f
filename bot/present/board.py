"""The board as a reply: one numbered item a layer, the parties' stances, and what could not be read. Knows no store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from bot.model.replies import Block, Footer, Heading, Item, Paragraph, Reply, Run, Runs, Style, plain
from bot.model.stories import ChangeKind, KeyPoint, LayerState, ValueState
from bot.model.topics import Category, Rung
from bot.present.buttons import board_buttons
from bot.present.footers import reading_lines
from bot.present.names import category_title, layer_number, slot_name
from bot.present.parties import party_line
from bot.present.quotes import point_quotation
from bot.present.reader import Reader, capital
from bot.present.values import bare_value, told, value_name
from bot.present.views import BoardView

LONGEST_QUOTE = 240  # characters; a longer sentence is named by its source, never cut
_DOT = " · "


def board_reply(view: BoardView, reader: Reader) -> Reply:
    """The whole board on one screen, with a button a layer."""
    return Reply(blocks=board_blocks(view, reader), buttons=board_buttons(view.topic, reader))


def board_blocks(view: BoardView, reader: Reader) -> tuple[Block, ...]:
    """Title, moment, layers, parties, footer."""
    moment = capital(reader.say("in-zone", moment=reader.moment(view.board.as_of), city=reader.city))
    title = (Heading(plain(view.topic.names.of(reader.language))), Paragraph((Run(moment, Style.SOFT),)))
    layers = tuple(layer_item(state, view, reader) for state in view.board.layers)
    parties = (Paragraph(plain(party_line(view.board, view.topic, reader))),) if view.board.parties else ()
    footer = tuple(
        (Run(line, Style.SOFT),) for line in (*_since_looked(view, reader), *reading_lines(view.feeds, reader))
    )
    return (*title, *layers, *parties, *((Footer(footer),) if footer else ()))


def layer_item(state: LayerState, view: BoardView, reader: Reader) -> Item:
    """One layer: number, name, rung and sides; its values; its newest movement; who tells it and for how long it was silent."""
    newest = _newest(state, view)
    lines = [_line(_values(state, view, reader)), *_disputes(state, view, reader), *_newest_line(newest, reader)]
    lines.append((Run(_telling(state, reader), Style.SOFT),))
    return Item(layer_head(state, view, reader), tuple(line for line in lines if any(run.text for run in line)))


def layer_head(state: LayerState, view: BoardView, reader: Reader) -> Runs:
    """2 Force · proposed, disputed."""
    name = category_title(view.topic, Category(state.layer), reader)
    number = layer_number(view.topic, state.layer)
    sides = (reader.say(f"side-{side.value}") for side in state.sides)
    rung = reader.say(f"rung-{state.rung.value.replace('_', '-')}")
    known = [] if state.rung is Rung.UNKNOWN and state.sides else [rung]
    return (Run(f"{number} {name}" if number else name, Style.STRONG), Run(_DOT + ", ".join([*known, *sides])))


def dispute_line(state: ValueState, view: BoardView, reader: Reader) -> str:
    """Size: six brigades (Lantern Agency) or ten (Svitanok)? Unsettled since 29 December."""
    name = slot_name(view.topic, state.slot, reader)
    ours = _told_by(bare_value(state, view.topic, view.points, reader, name), _outlet_of(state, view))
    rival = told(state.disputed_by, ChangeKind.VALUE, state.slot, view.topic, reader)
    theirs = _told_by(rival, _rival_outlet(state, view))
    since = reader.day(state.disputed_since) if state.disputed_since else ""
    line = reader.say("dispute-since" if since else "dispute", one=ours, other=theirs, day=since)
    return f"{name}: {line}" if name else line


def _values(state: LayerState, view: BoardView, reader: Reader) -> str:
    """Every value with its name once: term: 15 years offered by US, 30–50 years asked by Ukraine."""
    settled = sorted((value for value in state.values if value.disputed_by is None), key=_slot_order(view))
    named = groupby(settled, key=lambda value: value_name(value, view.topic, reader))
    told_of = ((name, dict.fromkeys(_value(value, view, reader) for value in values)) for name, values in named)
    return _DOT.join(name + "; ".join(said) for name, said in told_of)


def _value(value: ValueState, view: BoardView, reader: Reader) -> str:
    said = bare_value(value, view.topic, view.points, reader, slot_name(view.topic, value.slot, reader))
    before = told(value.before, ChangeKind.VALUE, value.slot, view.topic, reader)
    return reader.say("value-was", value=said, before=before) if before else said


def _disputes(state: LayerState, view: BoardView, reader: Reader) -> Iterator[Runs]:
    for value in state.values:
        if value.disputed_by is not None:
            yield plain(dispute_line(value, view, reader))


def _newest(state: LayerState, view: BoardView) -> KeyPoint | None:
    """The telling of the newest movement, unless a value on the board already says it."""
    found = view.developments.get(state.newest) if state.newest else None
    if found is None or found.id in {value.development_id for value in state.values}:
        return None
    tellings = [view.points[point] for point in found.point_ids if point in view.points]
    return next((point for point in tellings if point.quote == found.text), tellings[0] if tellings else None)


def _newest_line(point: KeyPoint | None, reader: Reader) -> Iterator[Runs]:
    if point is None:
        return
    quotation = point_quotation(point, reader)
    dash = (Run(" — ", Style.SOFT),)
    if sum(len(run.text) for run in quotation.runs) <= LONGEST_QUOTE:
        yield (*quotation.runs, *dash, *quotation.source)
    else:
        yield (Run(reader.say("newest-by") + " ", Style.SOFT), *quotation.source)


def _telling(state: LayerState, reader: Reader) -> str:
    told_at = state.last_told_at
    if told_at is None:
        return reader.say("nothing-told")
    same_day = state.newest_at is not None and reader.days_ago(state.newest_at) == reader.days_ago(told_at)
    outlets = reader.say(
        "told-by" if same_day else "told-by-last", outlets=state.outlets, day=reader.short_day(told_at)
    )
    moved = _movement(state, reader)
    return _DOT.join(part for part in (outlets, moved) if part)


def _movement(state: LayerState, reader: Reader) -> str:
    if state.newest_at is None:
        return ""
    days = reader.days_ago(state.newest_at)
    if days <= 1:
        return reader.say("moved-today" if days < 1 else "moved-yesterday", day=reader.short_day(state.newest_at))
    return reader.say("silent-for", days=state.silent_days or days, day=reader.short_day(state.newest_at))


def _since_looked(view: BoardView, reader: Reader) -> Iterator[str]:
    if view.looked_at is None:
        return
    moved = reader.listed([category_title(view.topic, category, reader) for category in view.moved])
    yield reader.say(
        "moved-since-looked" if moved else "still-since-looked",
        moment=reader.day_and_clock(view.looked_at),
        moved=moved,
    )


def _outlet_of(state: ValueState, view: BoardView) -> str:
    return next((view.points[point].outlet for point in reversed(state.evidence) if point in view.points), "")


def _rival_outlet(state: ValueState, view: BoardView) -> str:
    evidence = (point for change in view.board.open_conflicts if change.slot == state.slot for point in change.evidence)
    rivals = [view.points[point] for point in evidence if point not in state.evidence and point in view.points]
    return rivals[0].outlet if rivals else ""


def _slot_order(view: BoardView) -> Callable[[ValueState], int]:
    """As the topic lists its slots; the plan's own values stay before what parties offer or ask."""
    slots = [slot.id for slot in view.topic.slots]
    return lambda value: slots.index(value.slot) if value.slot in slots else len(slots)


def _told_by(value: str, outlet: str) -> str:
    return f"{value} ({outlet})" if outlet else value


def _line(text: str) -> Runs:
    return plain(text) if text else ()
