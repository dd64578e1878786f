"""Composed digests and what waits to be sent, as rows. Knows nothing of what the parts say.

Parts never change once queued, the count of sent ones only grows, and what is sent stays sent, whoever writes late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.chats import ChatRef, Delivery, DeliveryId, DeliveryState, Subscription
from bot.model.digests import Window, WindowBy
from bot.ports import Composed
from bot.store import tables
from bot.store.database import Database
from bot.store.dialects import Excluded, upsert
from bot.store.rows import address, at, flat, nouns, ref_of
from bot.store.unbroken import unbroken

_columns = tables.deliveries.c
_QUEUED = ("platform", "chat", "thread", "topic", "window_since", "window_until", "window_by", "parts", "created_at")


class OutboxRows:
    """The ChatShelf port, as far as deliveries go."""

    _database: Database

    @unbroken
    async def due_deliveries(self, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Waiting deliveries whose next_try_at has come, oldest first, at most one a chat.

        A chat's later delivery waits for its earlier one, so that days arrive in their order.
        """
        place = func.row_number().over(
            partition_by=(_columns.platform, _columns.chat, _columns.thread),
            order_by=(_columns.created_at, _columns.id),
        )
        waiting = _columns.state == DeliveryState.WAITING.value
        lines = select(_columns.id, place.label("place")).where(waiting).subquery()
        query = (
            select(tables.deliveries)
            .join(lines, lines.c.id == _columns.id)
            .where(lines.c.place == 1, _columns.next_try_at <= now)
            .order_by(_columns.created_at, _columns.id)
            .limit(limit)
        )
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _delivery)

    @unbroken
    async def deliveries(self, chat: ChatRef) -> tuple[Delivery, ...]:
        """All deliveries of a chat, newest first."""
        order = (_columns.created_at.desc(), _columns.id.desc())
        query = select(tables.deliveries).where(at(tables.deliveries, chat)).order_by(*order)
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _delivery)

    @unbroken
    async def compose(self, composed: Composed) -> bool:
        """Queue the delivery, advance the subscription and mark its changes as told, in one transaction.

        False, and nothing written, when the subscription's covered_until is no longer `expected`. Of the subscription only
        covered_until and next_due_at are written: an hour or language chosen meanwhile stays chosen.
        """
        async with self._database.write() as connection:
            if not await _advance(connection, composed.subscription, composed.expected):
                return False
            if composed.delivery is not None:
                await save_deliveries(connection, (composed.delivery,))
            told = [{"subscription_id": composed.subscription.id, "change_id": change} for change in composed.told]
            await upsert(connection, tables.told_changes, told)
            return True

    @unbroken
    async def mark_sent(self, delivery: DeliveryId, sent: int, message_id: str) -> None:
        """The first `sent` parts are out. Never lowers the count; the last part ends the delivery."""
        query = select(_columns.sent, _columns.parts, _columns.message_ids).where(_columns.id == delivery)
        async with self._database.write() as connection:
            row = (await connection.execute(query.with_for_update())).first()
            if row is not None and sent > row.sent:
                out = min(sent, len(row.parts))
                told = {"sent": out, "message_ids": (*row.message_ids, message_id), "attempts": 0, "problem": ""}
                ended = {"state": DeliveryState.SENT} if out == len(row.parts) else {}
                await connection.execute(
                    update(tables.deliveries).where(_columns.id == delivery).values(**told, **ended)
                )


async def save_deliveries(connection: AsyncConnection, deliveries: Sequence[Delivery]) -> None:
    """Write deliveries; see the promises above."""
    await upsert(connection, tables.deliveries, [_row(each) for each in deliveries], keep=_QUEUED, ruling=_only_grows)


async def forget_deliveries(connection: AsyncConnection, before: datetime) -> int:
    """Remove finished deliveries created before a moment; how many."""
    finished = and_(_columns.state != DeliveryState.WAITING.value, _columns.created_at < before)
    return (await connection.execute(delete(tables.deliveries).where(finished))).rowcount


async def _advance(connection: AsyncConnection, subscription: Subscription, expected: datetime) -> bool:
    table = tables.subscriptions
    unmoved = and_(table.c.id == subscription.id, table.c.covered_until == expected)
    marks = {"covered_until": subscription.covered_until, "next_due_at": subscription.next_due_at}
    return (await connection.execute(update(table).where(unmoved).values(**marks))).rowcount == 1


def _only_grows(excluded: Excluded) -> dict[str, ColumnElement[Any]]:
    behind = excluded["sent"] < _columns.sent
    ended = _columns.state == DeliveryState.SENT.value
    return {
        "sent": case((behind, _columns.sent), else_=excluded["sent"]),
        "message_ids": case((behind, _columns.message_ids), else_=excluded["message_ids"]),
        "state": case((ended, _columns.state), else_=excluded["state"]),
    }


def _row(delivery: Delivery) -> dict[str, Any]:
    window = {f"window_{name}": value for name, value in flat(delivery.window).items()}
    return {**flat(delivery, "chat", "window"), **address(delivery.chat), **window}


def _delivery(row: RowMapping) -> Delivery:
    held = {name: value for name, value in row.items() if name not in ("platform", "chat", "thread")}
    since, until, by = (held.pop(f"window_{name}") for name in ("since", "until", "by"))
    window = Window(since=since, until=until, by=WindowBy(by))
    return Delivery(**{**held, "chat": ref_of(row), "window": window, "state": DeliveryState(row["state"])})
