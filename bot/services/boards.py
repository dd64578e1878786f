"""The board as of a moment, and the points that show what its lines rest on. What was written with the ledger is read; a past day is walked to.

Knows the store by its port; decides nothing and words nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from bot.model.stories import Board, Change, Development, KeyPoint, PointId
from bot.model.topics import Topic
from bot.ports import Store
from bot.services.ledgers import board_at
from bot.services.walking import course_at
from bot.summariser.bookmarks import board_read, mark_of

_TICK = timedelta(microseconds=1)
_SHOWN = 4  # tellings of a value at either end; what rests on more shows the first and the newest
_OF_PARTY = 24


async def board_as_of(store: Store, topic: Topic, moment: datetime) -> Board:
    """The board from what had been published by that moment, as far as the ledger is written."""
    ledger = await store.ledger(topic.id)
    if ledger.board and ledger.mark == mark_of(topic) and ledger.until and ledger.until <= moment:
        return board_read(ledger.board, moment)
    return await board_at(store, await course_at(store, topic, moment + _TICK), moment)


async def evidence(
    store: Store, board: Board, changes: Iterable[Change] = (), developments: Iterable[Development] = ()
) -> Mapping[PointId, KeyPoint]:
    """By id the points with which the board, these changes and these developments are shown."""
    ids = {*_of_board(board), *(point for change in changes for point in change.evidence[:2])}
    for each in developments:
        ids.update((*each.point_ids[:1], *(each.exemplars or each.point_ids)))
    return {point.id: point for point in await store.points(board.topic, ids=sorted(ids))}


def _of_board(board: Board) -> Iterator[PointId]:
    for layer in board.layers:
        yield from layer.rung_evidence[: 2 * _SHOWN]
        for value in layer.values:
            yield from (*value.evidence[:_SHOWN], *value.evidence[-_SHOWN:])
    for party in board.parties:
        yield from party.evidence[-_OF_PARTY:]
    for conflict in board.open_conflicts:
        yield from conflict.evidence
