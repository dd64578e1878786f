"""Chats and their subscriptions as rows. Knows nothing of platforms beyond their names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.chats import Cadence, Chat, ChatKind, ChatRef, Subscription, SubscriptionId
from bot.ports import Plan
from bot.store import tables
from bot.store.database import Database
from bot.store.dialects import remove, upsert
from bot.store.outbox import OutboxRows, save_deliveries
from bot.store.rows import address, at, flat, nouns, ref_of
from bot.store.unbroken import unbroken

_subscriptions = tables.subscriptions.c
_CADENCE = ("hour", "minute", "zone", "days")
_ADDRESS = ("platform", "chat", "thread")


class ChatRows(OutboxRows):
    """The ChatShelf port."""

    _database: Database

    @unbroken
    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat, or None if it never spoke."""
        query = select(tables.chats).where(at(tables.chats, ref))
        async with self._database.read() as connection:
            found = nouns((await connection.execute(query)).mappings(), _chat)
        return found[0] if found else None

    @unbroken
    async def subscriptions(
        self, *, chat: ChatRef | None = None, due_by: datetime | None = None
    ) -> tuple[Subscription, ...]:
        """Subscriptions of a chat, or active ones due by a moment, or all; by next_due_at then id."""
        query = select(tables.subscriptions).order_by(_subscriptions.next_due_at, _subscriptions.id)
        if chat is not None:
            query = query.where(at(tables.subscriptions, chat))
        if due_by is not None:
            query = query.where(_subscriptions.next_due_at <= due_by, _subscriptions.paused_reason == "")
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _subscription)

    @unbroken
    async def covered(self, subscription: SubscriptionId) -> frozenset[str]:
        """Change ids that deliveries of this subscription already told."""
        told = tables.told_changes.c
        async with self._database.read() as connection:
            found = await connection.scalars(select(told.change_id).where(told.subscription_id == subscription))
            return frozenset(found)


async def save_chats(connection: AsyncConnection, plan: Plan) -> None:
    """Write the plan's chats, subscriptions and deliveries. Moves come first, forgetting last."""
    for old, new in plan.moved_chats:
        await _move(connection, old, new)
    await upsert(connection, tables.chats, [{**flat(chat, "ref"), **address(chat.ref)} for chat in plan.chats])
    await remove(connection, _subscriptions.id, plan.removed_subscriptions)
    await upsert(connection, tables.subscriptions, [_row(subscription) for subscription in plan.subscriptions])
    await save_deliveries(connection, plan.deliveries)
    await _forget(connection, plan.forgotten_chats)


async def _move(connection: AsyncConnection, old: ChatRef, new: ChatRef) -> None:
    """Everything of `old` becomes `new`'s; where both follow a topic the new one's own subscription stays."""
    if old == new:
        return
    there = select(_subscriptions.topic).where(at(tables.subscriptions, new)).scalar_subquery()
    twice = and_(at(tables.subscriptions, old), _subscriptions.topic.in_(there))
    await connection.execute(delete(tables.subscriptions).where(twice))
    known = (await connection.execute(select(tables.chats.c.chat).where(at(tables.chats, new)))).first()
    if known:
        await connection.execute(delete(tables.chats).where(at(tables.chats, old)))
    for table in (tables.chats, tables.subscriptions, tables.deliveries):
        await connection.execute(update(table).where(at(table, old)).values(**address(new)))


async def _forget(connection: AsyncConnection, refs: Sequence[ChatRef]) -> None:
    for ref in refs:
        for table in (tables.deliveries, tables.subscriptions, tables.chats):
            await connection.execute(delete(table).where(at(table, ref)))


def _row(subscription: Subscription) -> dict[str, Any]:
    cadence = flat(subscription.cadence)
    return {**flat(subscription, "chat", "cadence"), **address(subscription.chat), **cadence}


def _chat(row: RowMapping) -> Chat:
    held = {name: value for name, value in row.items() if name not in _ADDRESS}
    return Chat(**{**held, "ref": ref_of(row), "kind": ChatKind(row["kind"])})


def _subscription(row: RowMapping) -> Subscription:
    held = {name: value for name, value in row.items() if name not in (*_ADDRESS, *_CADENCE)}
    cadence = Cadence(**{name: row[name] for name in _CADENCE})
    return Subscription(**{**held, "chat": ref_of(row), "cadence": cadence})
