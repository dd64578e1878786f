"""Subscriptions at hubs as rows. Knows nothing of HTTP, and of feeds only which hub they name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, RowMapping, and_, exists, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model.feeds import FeedId, Health, Push, PushId, PushState
from bot.ports import Plan
from bot.store import tables
from bot.store.database import Database
from bot.store.dialects import among, remove, upsert
from bot.store.rows import flat, nouns
from bot.store.unbroken import unbroken

_NEVER_READ = (Health.GONE.value, Health.PAUSED.value)
_TOO_LATE = timedelta(days=60)  # no lease and no pause is as long: the clock was ahead when it was kept
_pushes, _feeds = tables.pushes.c, tables.feeds.c


class PushRows:
    """The PushShelf port."""

    _database: Database

    @unbroken
    async def pushes(
        self, *, ids: Sequence[PushId] | None = None, feeds: Sequence[FeedId] | None = None
    ) -> tuple[Push, ...]:
        """Those of `ids` or of `feeds`, or all; the latest asked first."""
        query = select(tables.pushes).order_by(_pushes.asked_at.desc(), _pushes.id)
        for column, wanted in ((_pushes.id, ids), (_pushes.feed_id, feeds)):
            if wanted is not None:
                query = query.where(among(column, wanted, self._database.dialect))
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _push)

    @unbroken
    async def due_pushes(self, now: datetime, limit: int) -> tuple[Push, ...]:
        """Asked and ending ones whose next_at has come, and active ones whose lease is over; longest due first."""
        waits = _pushes.state.in_([PushState.ASKED, PushState.ENDING])
        over = and_(_pushes.state == PushState.ACTIVE, _come(_pushes.until, now))
        due = or_(and_(waits, _come(_pushes.next_at, now)), over)
        query = select(tables.pushes).where(due).order_by(_pushes.next_at, _pushes.id).limit(limit)
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _push)

    @unbroken
    async def stray_pushes(self, base: str, limit: int) -> tuple[Push, ...]:
        """Those not ending whose feed is gone, paused, no longer followed, names another hub or itself otherwise, or made under another base."""
        at_home = and_(_pushes.base == base, exists().where(_feeds.id == _pushes.feed_id, _hers()))
        query = select(tables.pushes).where(_pushes.state != PushState.ENDING, not_(at_home)).limit(limit)
        async with self._database.read() as connection:
            return nouns((await connection.execute(query)).mappings(), _push)

    @unbroken
    async def feeds_to_push(self, base: str, now: datetime, limit: int) -> tuple[FeedId, ...]:
        """Feeds that name a hub and themselves, and have there nothing that is asked for, active and not to be renewed yet, or tried later."""
        waits = or_(
            _pushes.state == PushState.ASKED, and_(_pushes.state != PushState.ENDING, not_(_come(_pushes.next_at, now)))
        )
        stands = exists().where(_pushes.feed_id == _feeds.id, _pushes.base == base, _hers(), waits)
        named = and_(_feeds.hub.is_not(None), _feeds.self_url.is_not(None), _feeds.health.not_in(_NEVER_READ))
        query = select(_feeds.id).where(named, not_(stands)).order_by(_feeds.id).limit(limit)
        async with self._database.read() as connection:
            return tuple(FeedId(id_) for (id_,) in await connection.execute(query))

    @unbroken
    async def untold_promises(self, now: datetime, limit: int) -> tuple[tuple[FeedId, datetime | None], ...]:
        """Feeds whose push_until is not the end of their longest active lease (None: they have none), with that end."""
        longest = (
            select(_pushes.feed_id, func.max(_pushes.until).label("until"))
            .where(_pushes.state == PushState.ACTIVE, _pushes.until > now)
            .group_by(_pushes.feed_id)
            .subquery()
        )
        query = (
            select(_feeds.id, longest.c.until)
            .outerjoin_from(tables.feeds, longest, longest.c.feed_id == _feeds.id)
            .where(_feeds.push_until.is_distinct_from(longest.c.until))
            .limit(limit)
        )
        async with self._database.read() as connection:
            return tuple((FeedId(id_), until) for id_, until in await connection.execute(query))


async def save_pushes(connection: AsyncConnection, plan: Plan) -> None:
    """Write the plan's subscriptions at hubs."""
    await remove(connection, _pushes.id, plan.removed_pushes)
    await upsert(connection, tables.pushes, [flat(push) for push in plan.pushes])


def _come(moment: ColumnElement[datetime | None], now: datetime) -> ColumnElement[bool]:
    return or_(moment <= now, moment > now + _TOO_LATE)


def _hers() -> ColumnElement[bool]:
    """The push is at the hub, and for the topic, that its feed names now."""
    alive = _feeds.health.not_in(_NEVER_READ)
    return and_(_feeds.hub == _pushes.hub, _feeds.self_url == _pushes.topic, alive)


def _push(row: RowMapping) -> Push:
    return Push(**{**row, "state": PushState(row["state"])})
