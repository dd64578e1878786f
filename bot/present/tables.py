"""The board as rows for programs: the `status` rows that scripts rely on. Knows no sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.model.stories import Board, Difference, LayerState, PartyState, ValueState
from bot.model.topics import position_of
from bot.present.digest_rows import iso
from bot.present.parties import elsewhere

COLUMNS = ("topic", "category", "party", "stance", "slot", "value", "unit", "rung", "since", "confidence", "evidence")


def status_rows(board: Board) -> list[dict[str, Any]]:
    """One row a layer, one a tracked value, one a party, and one for each point on which a party stands elsewhere."""
    return [*layer_rows(board), *(_stance(board, state) for state in (*board.parties, *elsewhere(board)))]


def difference_row(difference: Difference) -> dict[str, Any]:
    """One thing that stands otherwise on two boards, as the ledger writes it."""
    return {
        "kind": difference.kind.value,
        "category": difference.category,
        "slot": difference.slot,
        "party": difference.party,
        "member": difference.member,
        "before": difference.before,
        "after": difference.after,
    }


def layer_rows(board: Board) -> list[dict[str, Any]]:
    """The rows of layers and their values only."""
    return [row for layer in board.layers for row in _layer(board, layer)]


def _layer(board: Board, layer: LayerState) -> Iterator[dict[str, Any]]:
    since = iso(layer.rung_since) if layer.rung_since else None
    yield _row(
        board,
        category=layer.layer,
        rung=layer.rung.value,
        since=since,
        confidence=layer.confidence,
        evidence=layer.rung_evidence,
    )
    for value in layer.values:
        yield _value(board, layer, value)


def _value(board: Board, layer: LayerState, value: ValueState) -> dict[str, Any]:
    return _row(
        board,
        category=layer.layer,
        party=value.party,
        slot=value.slot,
        value=value.value,
        unit=value.unit,
        since=iso(value.since),
        confidence=value.confidence,
        evidence=value.evidence,
    )


def _stance(board: Board, state: PartyState) -> dict[str, Any]:
    return _row(
        board,
        category=state.on or position_of(state.party),
        party=state.member or state.party,
        stance=state.stance.value if state.stance else None,
        since=iso(state.since) if state.since else None,
        confidence=state.confidence,
        evidence=state.evidence,
    )


def _row(board: Board, **known: Any) -> dict[str, Any]:
    evidence = list(known.pop("evidence", ()))
    return {**dict.fromkeys(COLUMNS), "topic": board.topic, **known, "evidence": evidence}
