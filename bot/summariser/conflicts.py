"""Two reports that cannot both hold: shown side by side until a later one settles it. Knows values and who tells them, not what makes a conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.model.stories import ChangeKind, DevelopmentId, KeyPoint, Modality, Standing
from bot.summariser.entries import value_text
from bot.summariser.state import Holding, Key, State
from bot.summariser.voices import as_background, is_official

SETTLING = 2  # independent reports of one side after the other fell silent, or one official word, settle a conflict


def open_conflict(state: State, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId) -> None:
    """`point` gives another value than the one that stands, and nothing says which holds."""
    state.standings[holding.development] = state.standings[development] = Standing.DISPUTED
    conflict = state.note(
        ChangeKind.CONFLICT,
        point,
        development,
        value_text(holding.point),
        value_text(point),
        "two reports give different values, neither says that it replaces the other",
        (holding.point.id,),
    )
    state.values[key] = replace(holding, rival=point, rival_since=point.published, conflict=conflict)


def settled_by(state: State, key: Key, holding: Holding, point: KeyPoint, *, against: str) -> bool:
    """Whether later reports, other than the two that opened the conflict, decide it for the side that `point` tells: an official channel, an
    official word that corrects or confirms, or two independent reports while nobody tells the side `against` any more.
    """
    if holding.rival is None or holding.rival_since is None:
        return False
    opened = {holding.point.report_id, holding.rival.report_id}
    ours, theirs = (
        {
            told.report_id
            for told in tellings_of(state, key, side)
            if told.published > holding.rival_since and told.report_id not in opened and not as_background(told)
        }
        for side in (value_text(point), against)
    )
    decided = point.official or (is_official(point) and (point.correction or point.modality is Modality.DECIDED))
    return point.report_id in ours and (decided or (len(ours) >= SETTLING and not theirs))


def settle(state: State, key: Key, holding: Holding, point: KeyPoint, development: DevelopmentId) -> None:
    """The dispute is over, and the value that stood stands."""
    if holding.rival is None:
        return
    held, rival = value_text(holding.point), value_text(holding.rival)
    why = "later reports settle it for what stood before"
    state.note(ChangeKind.SETTLED, point, development, rival, held, why, (holding.point.id, holding.rival.id))
    close(state, key, held, Standing.CORRECTED)
    state.values[key] = replace(holding, rival=None, rival_since=None, conflict=None, last_told=point.published)


def fall_silent(state: State, key: Key, holding: Holding, point: KeyPoint) -> None:
    """The value that stands was taken back: its rival stands, else the last one before it that still holds, else none."""
    rival, previous = holding.rival, holding.previous
    while previous and not state.holds(previous.development):
        previous = previous.previous
    if rival and rival.development_id:
        again = Holding(rival, point.published, holding.before, rival.development_id, point.published)
    elif previous:
        again = replace(previous, rival=None, rival_since=None, conflict=None)
    else:
        del state.values[key]
        return
    state.values[key] = again
    restate(state, key, value_text(again.point), Standing.STANDING)


def restate(state: State, key: Key, text: str, standing: Standing) -> None:
    """Every development that gives this value stands so; what was taken back stays so."""
    for development in state.by_value[key]:
        if state.holds(development) and any(tells(told, key, text) for told in state.tellings[development]):
            state.standings[development] = standing


def close(state: State, key: Key, text: str, others: Standing) -> None:
    """Nothing of this value is disputed any more: what gives `text` stands, what gives another figure is `others`."""
    restate(state, key, text, Standing.STANDING)
    for development in state.by_value[key]:
        if state.standings[development] is Standing.DISPUTED:
            state.standings[development] = others


def tellings_of(state: State, key: Key, text: str) -> Iterator[KeyPoint]:
    """Everything that told this value, in whatever words."""
    for development in state.by_value[key]:
        yield from (told for told in state.tellings[development] if tells(told, key, text))


def tells(point: KeyPoint, key: Key, text: str) -> bool:
    """Whether the sentence gives this value."""
    return bool(point.slot and point.quantities and point.slot == key[1]) and value_text(point) == text


def gives_the_old(point: KeyPoint, held: KeyPoint) -> bool:
    """Whether the sentence holds the value that stood before as well, and does not tell its own as background."""
    numbers = {quantity.value for quantity in point.quantities}
    return bool(held.quantities) and held.quantities[0].value in numbers and not as_background(point)
