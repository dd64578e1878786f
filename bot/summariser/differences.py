"""What is different between two boards of one plan: not what happened between them, but where they do not agree. Knows boards, not changes.

Differences add up: that of Monday and Wednesday with that of Wednesday and Friday is that of Monday and Friday (`joined`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.model.stories import Board, ChangeKind, Difference, LayerState, PartyState, ValueState
from bot.model.topics import Category, PartyId, SlotId, position_of
from bot.summariser.entries import written

Subject = tuple[ChangeKind, Category, SlotId | None, PartyId | None, str | None]
_BAR = "|"  # between the sides of a dispute, and between several values of one name


def difference(before: Board, after: Board) -> tuple[Difference, ...]:
    """Where two boards differ, in the order of the later one; what only the earlier one has stands last."""
    then, now = dict(_standing(before)), dict(_standing(after))
    return _told({subject: (then.get(subject), now.get(subject)) for subject in (*now, *then)})


def joined(first: Sequence[Difference], second: Sequence[Difference]) -> tuple[Difference, ...]:
    """The difference from the beginning of the first to the end of the second."""
    ends = {_subject(each): (each.before, each.after) for each in first}
    for each in second:
        begin, _ = ends.get(_subject(each), (each.before, None))
        ends[_subject(each)] = (begin, each.after)
    return _told(ends)


def _subject(each: Difference) -> Subject:
    return each.kind, each.category, each.slot, each.party, each.member


def _told(ends: Mapping[Subject, tuple[str | None, str | None]]) -> tuple[Difference, ...]:
    return tuple(
        Difference(kind=kind, category=category, slot=slot, party=party, member=member, before=before, after=after)
        for (kind, category, slot, party, member), (before, after) in ends.items()
        if before != after
    )


def _standing(board: Board) -> Iterator[tuple[Subject, str]]:
    for layer in board.layers:
        category = Category(layer.layer)
        yield (ChangeKind.RUNG, category, None, None, None), _rung(layer)
        yield from _values(category, layer.values)
    for state in (*board.parties, *board.differences):
        if state.stance:
            yield _stance_subject(state), state.stance.value


def _rung(layer: LayerState) -> str:
    return ",".join((layer.rung.value, *(side.value for side in layer.sides)))


def _values(category: Category, values: Sequence[ValueState]) -> Iterator[tuple[Subject, str]]:
    named: dict[Subject, list[str]] = {}
    for value in values:
        named.setdefault((ChangeKind.VALUE, category, value.slot, value.party, None), []).append(_text(value))
    for subject, texts in named.items():
        yield subject, _BAR.join(dict.fromkeys(texts))


def _text(value: ValueState) -> str:
    """As the ledger writes it, with the rival of a dispute."""
    told = written(value.value, value.upper, value.unit, value.text)
    return told if value.disputed_by is None else f"{told}{_BAR}{value.disputed_by}"


def _stance_subject(state: PartyState) -> Subject:
    return ChangeKind.STANCE, state.on or position_of(state.party), None, state.party, state.member
