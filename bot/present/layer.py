"""One layer, party or the process: what it stands at, and its points with sources, newest first. Knows no store."""

from __future__ import annotations

from collections.abc import Iterator

from bot.model.replies import Block, Button, Footer, Heading, Paragraph, Quotation, Reply, Run, Style, plain
from bot.model.stories import Development, LayerState, Standing
from bot.model.topics import POSITION, Category
from bot.present.board import dispute_line, layer_head
from bot.present.buttons import Rows, ways
from bot.present.names import category_title, others
from bot.present.parties import party_phrase
from bot.present.quotes import point_quotation
from bot.present.reader import Reader, capital
from bot.present.values import named_value
from bot.present.views import BoardView, LayerView

SHOWN_ID = 8  # characters of an id that are shown; /why finds by the beginning


def layer_reply(view: LayerView, reader: Reader) -> Reply:
    """A page of points. Says so when nothing has been told yet."""
    points = tuple(quotation for each in view.developments for quotation in _telling(each, view, reader))
    nothing = () if points else (Paragraph(plain(reader.say("no-points-yet"))),)
    blocks: tuple[Block, ...] = (*_head(view, reader), *nothing, *points, *_footer(view, points, reader))
    return Reply(blocks=blocks, buttons=_buttons(view, reader))


def word_of(category: Category) -> str:
    """What is typed for a category: a layer's or party's id, or process."""
    return category.removeprefix(POSITION)


def _head(view: LayerView, reader: Reader) -> Iterator[Block]:
    around = BoardView(topic=view.topic, board=view.board, points=view.points)
    state = next((each for each in view.board.layers if Category(each.layer) == view.category), None)
    yield Heading(layer_head(state, around, reader) if state else _title(view, reader))
    lines = tuple(_state_lines(state, around, reader)) if state else tuple(_party_lines(view, reader))
    if lines and view.page == 1:
        yield Paragraph(plain("\n".join(lines)))


def _title(view: LayerView, reader: Reader) -> tuple[Run, ...]:
    return (Run(category_title(view.topic, view.category, reader), Style.STRONG),)


def _state_lines(state: LayerState, view: BoardView, reader: Reader) -> Iterator[str]:
    if state.rung_since:
        rung = reader.say(f"rung-{state.rung.value.replace('_', '-')}")
        yield capital(reader.say("rung-since", rung=rung, day=reader.day(state.rung_since)))
    for value in state.values:
        if value.disputed_by is not None:
            yield capital(dispute_line(value, view, reader))
        else:
            said = named_value(value, view.topic, view.points, reader)
            yield capital(reader.say("value-since", value=said, day=reader.short_day(value.since)))


def _party_lines(view: LayerView, reader: Reader) -> Iterator[str]:
    party = view.category.removeprefix(POSITION)
    for state in view.board.parties:
        if view.category.startswith(POSITION) and state.party == party:
            yield capital(party_phrase(state, view.board.differences, view.topic, reader))


def _telling(development: Development, view: LayerView, reader: Reader) -> Iterator[Quotation]:
    """The clearest telling with its source, who else tells it, whether it still holds, and its id."""
    tellings = [view.points[point] for point in development.point_ids if point in view.points]
    chosen = next((point for point in tellings if point.quote == development.text), tellings[0] if tellings else None)
    if chosen is None:
        return
    also = others(development.outlets, but=chosen.outlet)
    quotation = point_quotation(chosen, reader, also=also, reports=development.reports)
    held = development.status is Standing.STANDING
    mark = "" if held else " · " + reader.say(f"standing-{development.status.value}")
    ending = (Run(mark, Style.STRONG), Run(" · ", Style.SOFT), Run(development.id[:SHOWN_ID], Style.CODE))
    yield Quotation(quotation.runs, (*quotation.source, *(run for run in ending if run.text)))


def _footer(view: LayerView, points: tuple[Quotation, ...], reader: Reader) -> tuple[Footer, ...]:
    if not points:
        return ()
    lines = [reader.say("older-points", count=view.more, command=_next_page(view))] if view.more else []
    lines.append(reader.say("ask-why", id=view.developments[0].id[:SHOWN_ID]))
    return (Footer(tuple((Run(line, Style.SOFT),) for line in lines)),)


def _next_page(view: LayerView) -> str:
    return f"layer {word_of(view.category)} {view.page + 1}"


def _buttons(view: LayerView, reader: Reader) -> Rows:
    older = (Button(reader.say("button-older"), _next_page(view)),) if view.more else ()
    is_layer = view.topic.layer(view.category) is not None
    why = (Button(reader.say("button-why"), f"why {view.category}"),) if is_layer else ()
    return ((*older, *why, *ways(reader, "layers")[0]),)
