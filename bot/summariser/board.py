"""The board as of a moment: the rung, values and silence of each layer, by rules that can be shown. Knows no store and no chat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.model.stories import Board, Change, ChangeKind, DevelopmentId, KeyPoint, LayerState, Modality, ValueState
from bot.model.topics import PROCESS, Category, Layer, Rung, SideState, SlotId, Topic
from bot.summariser.course import Course
from bot.summariser.entries import value_text
from bot.summariser.positions import differences, overall
from bot.summariser.sides import sides_of
from bot.summariser.state import Holding, Step
from bot.summariser.voices import confidence


def board_of(topic: Topic, points: Sequence[KeyPoint], changes: Sequence[Change], as_of: datetime) -> Board:
    """The board from points and changes published by `as_of` (later ones must have been left out)."""
    return board_from(Course(topic).walk(points), changes, as_of)


def board_from(course: Course, changes: Sequence[Change], as_of: datetime) -> Board:
    """The board of a walk that went as far as `as_of`. Of `changes` the newest that hold are needed, a few of each category."""
    topic = course.topic
    moves = [
        change for change in changes if change.kind is not ChangeKind.PASSED and course.holds(change.development_id)
    ]
    return Board(
        topic=topic.id,
        as_of=as_of,
        layers=tuple(_layer(course, layer, moves, as_of) for layer in topic.layers),
        parties=tuple(overall(course, party) for party in topic.parties),
        differences=tuple(state for party in topic.parties for state in differences(course, party)),
        process=_process(moves),
        open_conflicts=tuple(holding.conflict for holding in course.values.values() if holding.conflict),
    )


def _layer(course: Course, layer: Layer, moves: Sequence[Change], as_of: datetime) -> LayerState:
    category = Category(layer.id)
    heard = course.heard.get(category, {})
    newest = max(
        (change for change in moves if change.category == category),
        key=lambda change: (change.at, change.kind is not ChangeKind.NEW, change.id),
        default=None,
    )
    step = course.steps.get(category, Step())
    values = tuple(_value(holding, course) for holding in _holdings(course, layer))
    sides = set(sides_of(course, category))
    if any(value.disputed_by for value in values if value.party is None):
        sides.add(SideState.DISPUTED)
    return LayerState(
        layer=layer.id,
        rung=step.rung if step.rung is not Rung.UNKNOWN or not heard else Rung.FLOATED,
        rung_since=step.since,
        rung_why=step.why,
        rung_evidence=step.evidence,
        confidence=step.confidence,
        sides=tuple(sorted(sides)),
        values=values,
        newest=newest.development_id if newest else None,
        newest_text=_text(course, newest),
        newest_at=newest.at if newest else None,
        last_told_at=max(heard.values(), default=None),
        outlets=len(heard),
        silence=as_of - newest.at if newest else None,
    )


def _text(course: Course, newest: Change | None) -> str:
    first = course.firsts.get(newest.development_id) if newest else None
    return first.quote if first else ""


def _holdings(course: Course, layer: Layer) -> list[Holding]:
    """The plan's own values of the layer, then what parties offer or ask instead."""
    slots = {slot.id: slot for slot in course.topic.slots if slot.layer == layer.id}
    found = []
    for key, holding in course.values.items():
        slot = slots.get(SlotId(key[1]))
        if slot is None:
            continue
        own = key[0] == (slot.category or layer.id)
        if own or (holding.point.party and holding.point.modality in (Modality.ASKED, Modality.OFFERED)):
            found.append(holding)
    return sorted(found, key=lambda holding: (holding.point.party is not None, str(holding.point.slot), holding.since))


def _value(holding: Holding, course: Course) -> ValueState:
    quantity = holding.point.quantities[0]
    told = course.tellings[holding.development]
    return ValueState(
        slot=holding.point.slot or course.topic.slots[0].id,
        party=holding.point.party,
        modality=holding.point.modality,
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        text=quantity.text,
        before=holding.before,
        since=holding.since,
        confidence=confidence(told, disputed=holding.rival is not None),
        disputed_by=value_text(holding.rival) if holding.rival else None,
        disputed_since=holding.rival_since,
        development_id=holding.development,
        evidence=tuple(point.id for point in told),
    )


def _process(moves: Sequence[Change]) -> tuple[DevelopmentId, ...]:
    """Developments of the process, newest first."""
    found = (change for change in moves if change.category == PROCESS)
    newest = sorted(found, key=lambda change: (change.at, change.id), reverse=True)
    return tuple(dict.fromkeys(change.development_id for change in newest))
