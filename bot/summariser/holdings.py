"""Tracked values: what stands, what replaces it, what is told of an earlier one. Knows points and the state, not how conflicts end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model.stories import ChangeKind, DevelopmentId, KeyPoint, Modality, SourceKind, Standing
from bot.model.topics import SlotId, Topic
from bot.summariser.conflicts import (
    close,
    fall_silent,
    gives_the_old,
    open_conflict,
    restate,
    settle,
    settled_by,
    tellings_of,
)
from bot.summariser.entries import value_text
from bot.summariser.sides import layer_moved
from bot.summariser.state import Holding, Key, State
from bot.summariser.voices import as_background, as_news, is_sure, speaks_of_change

# A rival figure is a conflict when another outlet tells it, without a word of change, within half a day of the last telling of the one that
# stands; within DOUBTED when it comes from unnamed sources or in a denial. Later, or from a source that is named, it is a new value.
# F1 of values that moved over six corpora (`python -m tests.quality.course`): 0.88 with these; 0.85 with three days for all, 0.86 with none.
CONTEST = timedelta(hours=12)
DOUBTED = timedelta(days=7)
# A number so many times larger or smaller than the one that stands waits for a second report: 35 wrong moves without, 26 with.
LEAP = 2.5
MOVING = 0.25  # how sure and fresh a sentence must be to move a value: F1 of values from text 0.69 over eight corpora, 0.63 without


def value_key(topic: Topic, point: KeyPoint, slot: SlotId) -> Key | None:
    """Under which a value is tracked: what a party offers or asks is apart from the plan's own, what a member pledges apart from its party's.

    None where a sentence names neither the party nor which of its members it speaks of: nobody's value can move by it.
    """
    if point.party is None:
        return (str(point.category), slot)
    party = topic.party(point.party)
    if point.member is None and party and party.members and f"p:{party.id}" not in point.signature:
        return None
    return (str(point.category), slot, point.member or "")


def value_told(
    state: State, point: KeyPoint, slot: SlotId, development: DevelopmentId, fresh: Sequence[KeyPoint]
) -> None:
    """Take in a telling of a value. `fresh`: all sentences of this moment that tell the development."""
    key = value_key(state.topic, point, slot)
    if key is None or not is_sure(state.tellings[development]):
        return
    holding, after = state.values.get(key), value_text(point)
    known = development in state.by_value[key] or development in state.forgotten
    given = known and (key, after) not in state.doubted
    if development not in state.by_value[key]:
        state.by_value[key].append(development)
    if holding is None:
        state.values[key] = Holding(point, point.published, None, development, point.published)
    elif after == value_text(holding.point):
        _told_again(state, key, holding, point, development)
    elif holding.rival and after == value_text(holding.rival):
        _rival_again(state, key, holding, point, development, fresh)
    elif as_background(point) or (given and not _returns(state, key, holding, point, fresh)):
        _told_as_past(state, development)
    elif not as_news(point, MOVING) or _leaps(state, key, holding, point):
        state.doubted.add((key, after))
    elif point.report_id != holding.point.report_id or speaks_of_change(fresh):
        _another(state, key, holding, point, development, fresh)


def _told_as_past(state: State, development: DevelopmentId) -> None:
    if state.holds(development):
        state.standings[development] = Standing.SUPERSEDED


def _leaps(state: State, key: Key, holding: Holding, point: KeyPoint) -> bool:
    """Whether one report alone gives a value so far from the one that stands that the number more likely belongs to something else."""
    if point.official or point.quantities[0].unit == "date" or holding.point.quantities[0].value <= 0:
        return False
    share = point.quantities[0].value / holding.point.quantities[0].value
    reports = {told.report_id for told in tellings_of(state, key, value_text(point))}
    return not 1 / LEAP <= share <= LEAP and len(reports) < 2


def _told_again(state: State, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId) -> None:
    if development != holding.development and holding.development in state.told:
        state.told.add(development)  # the value that stands, and was told, is no news in words of its own
    if state.holds(development):
        state.standings[development] = Standing.DISPUTED if holding.rival else Standing.STANDING
    state.values[key] = holding = replace(holding, last_told=point.published)
    if holding.rival and settled_by(state, key, holding, point, against=value_text(holding.rival)):
        settle(state, key, holding, point, development)


def _rival_again(
    state: State, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId, fresh: Sequence[KeyPoint]
) -> None:
    if state.holds(development):
        state.standings[development] = Standing.DISPUTED
    moved = _moves_away(point, holding, fresh)
    if moved or settled_by(state, key, holding, point, against=value_text(holding.point)):
        _replace(state, key, holding, point, development)


def _another(
    state: State, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId, fresh: Sequence[KeyPoint]
) -> None:
    if _contested(holding, point, fresh):
        open_conflict(state, key, holding, point, development)
    else:
        _replace(state, key, holding, point, development)


def _contested(holding: Holding, point: KeyPoint, fresh: Sequence[KeyPoint]) -> bool:
    if point.official and not holding.point.official:
        return False
    if point.outlet == holding.point.outlet or _moves_away(point, holding, fresh):
        return False
    doubtful = point.source_kind is SourceKind.UNNAMED or point.correction or point.modality is Modality.DENIED
    return point.published - holding.last_told <= (DOUBTED if doubtful else CONTEST)


def _moves_away(point: KeyPoint, holding: Holding, fresh: Sequence[KeyPoint]) -> bool:
    """Whether the sentence gives the old value too, or one beside it is told as a move away from it."""
    return gives_the_old(point, holding.point) or speaks_of_change(fresh)


def _returns(state: State, key: Key, holding: Holding, point: KeyPoint, fresh: Sequence[KeyPoint]) -> bool:
    """Whether a value that was given up is told as standing again. An article that gives both values tells the move that is known."""
    held = tellings_of(state, key, value_text(holding.point))
    if gives_the_old(point, holding.point) or any(told.article == point.article for told in held):
        return False
    return point.official or speaks_of_change(fresh)


def _replace(state: State, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId) -> None:
    before, after = value_text(holding.point), value_text(point)
    restate(state, key, before, Standing.SUPERSEDED)
    close(state, key, after, Standing.SUPERSEDED)
    state.values[key] = Holding(point, point.published, before, development, point.published, previous=holding)
    state.standings[development] = Standing.STANDING
    layer_moved(state, point.category, ChangeKind.VALUE)
    why = "a later report gives another value"
    state.note(ChangeKind.VALUE, point, development, before, after, why, (holding.point.id,))


def value_taken_back(state: State, development: DevelopmentId, point: KeyPoint) -> None:
    """What rested on this development stands no more: its rival does, else the last value before it that still holds, else none."""
    for key in [key for key, given in state.by_value.items() if development in given]:
        holding = state.values.get(key)
        if holding is None:
            continue
        if holding.rival and holding.rival.development_id == development:
            settle(state, key, holding, point, point.development_id or development)
        elif holding.development == development:
            fall_silent(state, key, holding, point)
