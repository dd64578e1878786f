"""The rung of each layer and the stance of each party as of a moment, by rules that can be shown. Knows no store and no chat."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from bot.model.stories import (
    Board,
    Change,
    ChangeKind,
    DevelopmentId,
    KeyPoint,
    LayerState,
    Modality,
    PartyState,
    Standing,
    ValueState,
)
from bot.model.topics import PROCESS, Category, Layer, Party, Rung, SideState, SlotId, Topic, position_of
from bot.summariser.course import SURE, Course, Holding, Stand, Step, is_official
from bot.summariser.entries import value_text


def board_of(topic: Topic, points: Sequence[KeyPoint], changes: Sequence[Change], as_of: datetime) -> Board:
    """The board from points and changes published by `as_of` (later ones must have been left out)."""
    course = Course(topic).walk(points)
    return Board(
        topic=topic.id,
        as_of=as_of,
        layers=tuple(_layer(course, layer, points, changes, as_of) for layer in topic.layers),
        parties=tuple(_overall(course, party) for party in topic.parties),
        differences=tuple(state for party in topic.parties for state in _differences(course, party)),
        process=_process(course, changes),
        open_conflicts=tuple(holding.conflict for holding in course.values.values() if holding.conflict),
    )


def _layer(
    course: Course, layer: Layer, points: Sequence[KeyPoint], changes: Sequence[Change], as_of: datetime
) -> LayerState:
    category = Category(layer.id)
    own = [point for point in points if point.category == category]
    moves = [
        change for change in changes if change.category == category and _still_stands(course, change.development_id)
    ]
    moves = [
        change for change in moves if change.kind is not ChangeKind.NEW or _is_sure(course, change.development_id)
    ] or moves
    newest = max(moves, key=lambda change: (change.at, change.kind is not ChangeKind.NEW, change.id), default=None)
    step = course.steps.get(category, Step())
    values = tuple(_value(holding, course) for holding in _holdings(course, layer))
    sides = set(course.sides.get(category, {}))
    if any(value.disputed_by for value in values if value.party is None):
        sides.add(SideState.DISPUTED)
    return LayerState(
        layer=layer.id,
        rung=step.rung if step.rung is not Rung.UNKNOWN or not own else Rung.FLOATED,
        rung_since=step.since,
        rung_why=step.why,
        rung_evidence=step.evidence,
        confidence=step.confidence,
        sides=tuple(sorted(sides)),
        values=values,
        newest=newest.development_id if newest else None,
        newest_text=course.firsts[newest.development_id].quote
        if newest and newest.development_id in course.firsts
        else "",
        newest_at=newest.at if newest else None,
        last_told_at=max((point.published for point in own), default=None),
        outlets=len({point.outlet for point in own}),
        silence=as_of - newest.at if newest else None,
    )


def _is_sure(course: Course, development: DevelopmentId) -> bool:
    """Whether one sure sentence or two reports tell it; what is not stays on the layer's page."""
    told = course.tellings[development]
    return (
        max((point.confidence for point in told), default=1.0) >= SURE or len({point.report_id for point in told}) > 1
    )


def _still_stands(course: Course, development: DevelopmentId) -> bool:
    return course.standings.get(development) is not Standing.CORRECTED


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
    reports = len({point.report_id for point in told})
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
        confidence=_confidence(told, reports, disputed=holding.rival is not None),
        disputed_by=value_text(holding.rival) if holding.rival else None,
        disputed_since=holding.rival_since,
        development_id=holding.development,
        evidence=tuple(point.id for point in told),
    )


def _confidence(told: Sequence[KeyPoint], reports: int, *, disputed: bool) -> float:
    """0–1: one unnamed report 0.4, each further one half of what is missing, an official word counts twice; half while disputed."""
    weight = reports + any(is_official(point) for point in told)
    value = 1 - 0.6 * 0.5 ** max(0, weight - 1)
    return round(value / 2 if disputed else value, 2)


def _overall(course: Course, party: Party) -> PartyState:
    """The party's stance on the plan as a whole; where it only spoke through members, the stance of most of them."""
    own = {key: stand for key, stand in course.stands.items() if key[0] == party.id}
    whole = own.get((party.id, "", ""))
    if whole is None:
        members = [stand for key, stand in own.items() if key[1]]
        if members:
            usual = Counter(stand.point.stance for stand in members).most_common(1)[0][0]
            whole = max((stand for stand in members if stand.point.stance is usual), key=lambda stand: stand.since)
    return _party_state(course, party, None, whole)


def _differences(course: Course, party: Party) -> list[PartyState]:
    overall = course.stands.get((party.id, "", ""))
    found = []
    for key, stand in sorted(course.stands.items()):
        if (
            key[0] != party.id
            or stand is overall
            or (overall and stand.point.stance is overall.point.stance and not stand.point.member)
        ):
            continue
        on = Category(key[2].removeprefix("L:")) if key[2] else position_of(party.id)
        found.append(_party_state(course, party, on, stand))
    return found


def _party_state(course: Course, party: Party, on: Category | None, stand: Stand | None) -> PartyState:
    development = stand.point.development_id if stand else None
    told = course.tellings.get(development, []) if development else []
    return PartyState(
        party=party.id,
        on=on,
        stance=stand.point.stance if stand else None,
        since=stand.since if stand else None,
        before=stand.before if stand else None,
        confidence=_confidence(told, len({point.report_id for point in told}), disputed=False) if told else 0.0,
        quote=stand.point.quote if stand else "",
        development_id=development,
        evidence=tuple(point.id for point in told),
        member=stand.point.member if stand else None,
    )


def _process(course: Course, changes: Sequence[Change]) -> tuple[DevelopmentId, ...]:
    """Developments of the process, newest first."""
    moves = sorted(
        (change for change in changes if change.category == PROCESS), key=lambda c: (c.at, c.id), reverse=True
    )
    return tuple(
        dict.fromkeys(change.development_id for change in moves if _still_stands(course, change.development_id))
    )
