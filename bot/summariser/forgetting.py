"""What a walk need not remember any longer, so that its state does not grow with the years. Knows the state, not what moves it.

A development that nobody told for REMEMBERED, and on which nothing that stands rests, leaves the state but for its name and how it stands: told
again it is no news, moves no value and takes nothing back. The walk forgets on the first moment of each day, so that where it began does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.stories import DevelopmentId, KeyPoint, Standing
from bot.summariser.state import Holding, Stand, State

REMEMBERED = timedelta(days=30)  # a denial reaches back a fortnight, a conflict three days
MOST_STANDS = 60  # of one party, the newest
_TELLINGS = 24  # of a development: the first and the newest
_EVIDENCE = 60  # sentences for one rung, those that add a voice
_BEFORE = 3  # values or stances that stood before one another


def forget(state: State, before: datetime) -> None:
    """Let go of what was told last before that moment."""
    for party, stands in state.stands.items():
        state.stands[party] = [_shallow_stand(stand, _BEFORE) for stand in stands[-MOST_STANDS:]]
    state.values.update({key: _shallow_holding(holding, _BEFORE) for key, holding in state.values.items()})
    old = {each for each, told in state.tellings.items() if not told or told[-1].published < before}
    gone = old - set(resting(state))
    for development in gone:
        state.firsts.pop(development, None)
        del state.tellings[development]
        if state.standings.get(development) is Standing.STANDING:
            del state.standings[development]
    if gone:
        state.told -= gone
        state.forgotten |= gone
    for category, developments in state.by_category.items():
        state.by_category[category] = [each for each in developments if each not in gone]
    for key, developments in state.by_value.items():
        state.by_value[key] = [each for each in developments if each not in gone]
    for development, told in state.tellings.items():
        state.tellings[development] = few(told, before)
    for place, gathered in state.rung_evidence.items():
        state.rung_evidence[place] = _voices(gathered, before)


def resting(state: State) -> Iterator[DevelopmentId]:
    """Developments on which what stands rests."""
    for holding in state.values.values():
        link: Holding | None = holding
        while link:
            yield link.development
            if link.rival and link.rival.development_id:
                yield link.rival.development_id
            link = link.previous
    for stands in state.stands.values():
        for stand in stands:
            yield from (each for link in _before(stand) for each in link.told)
    yield from state.deadlines


def _before(stand: Stand) -> Iterator[Stand]:
    link: Stand | None = stand
    while link:
        yield link
        link = link.previous


def _shallow_holding(holding: Holding, depth: int) -> Holding:
    if holding.previous is None:
        return holding
    return replace(holding, previous=_shallow_holding(holding.previous, depth - 1) if depth else None)


def _shallow_stand(stand: Stand, depth: int) -> Stand:
    if stand.previous is None:
        return stand
    return replace(stand, previous=_shallow_stand(stand.previous, depth - 1) if depth else None)


def few(told: list[KeyPoint], before: datetime | None = None) -> list[KeyPoint]:
    """Of a development's tellings the first and the newest, all since `before` among them."""
    new = sum(point.published >= before for point in told) if before else 0
    return told if len(told) <= max(_TELLINGS, new + 1) else [told[0], *told[1 - max(_TELLINGS, new + 1) :]]


def _voices(gathered: list[KeyPoint], before: datetime) -> list[KeyPoint]:
    """All that is new; of what is old those that add an outlet, a report or an official word, at most so many."""
    if len(gathered) <= _EVIDENCE:
        return gathered
    known, kept = set[object](), list[KeyPoint]()
    for point in gathered:
        adds = {point.outlet, point.report_id, (point.outlet, point.official, point.source_kind)} - known
        if point.published >= before or (adds and len(kept) < _EVIDENCE):
            kept.append(point)
            known |= adds
    return kept
