"""Reads an article for the topics that follow it and stores what was found, in one transaction. Knows nothing of entries, pages or ledgers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.model.digests import Window
from bot.model.feeds import Article
from bot.model.stories import KeyPoint, ReportId
from bot.model.topics import TopicId
from bot.ports import Plan, Store
from bot.summariser import reports
from bot.summariser.analysis import Analyst, Read, filed

NEAREST = 24  # fingerprints that an article's is held against: those with which it shares most keys
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Filed:
    """What came of an article."""

    topics: tuple[TopicId, ...]  # those that it belongs to
    points: int  # told for the first time


class Filing:
    """Puts what one article says on its own into the store; joining it to others is the ledger's work."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def read(self, article: Article, analysts: Sequence[Analyst], plan: Plan) -> Filed:
        """Apply `plan` together with the readings, fingerprint and fresh points of `article`."""
        topics: list[TopicId] = []
        moved: dict[str, str] = {}
        for analyst in analysts:
            read = await asyncio.to_thread(analyst.read, article)
            read, joined = await self._filed(read, analyst)
            moved.update(joined)
            plan = _merged(plan, await self._fresh(read, analyst), read)
            if read.reading.relevant:
                topics.append(analyst.topic.id)
        await self._store.apply(plan)
        if moved:
            await self._store.move_reports(sorted(moved.items()))
            began = article.told_at - 2 * reports.NEAR  # a report's articles are NEAR each other, and this one to them
            await self._store.apply(Plan(dirty=tuple((analyst.topic.id, began) for analyst in analysts)))
        return Filed(tuple(topics), len(plan.points))

    async def unread(self, article: Article, analysts: Sequence[Analyst]) -> list[Analyst]:
        """Those of `analysts` whose topic has never read this version."""
        around = Window(since=article.told_at, until=article.told_at + _TICK)
        found = []
        for analyst in analysts:
            read = await self._store.articles(analyst.topic.id, around)
            if (article.id, article.version) not in ((other.id, other.version) for other, _ in read):
                found.append(analyst)
        return found

    async def _filed(self, read: Read, analyst: Analyst) -> tuple[Read, dict[str, str]]:
        around = Window(since=read.fingerprint.told_at - reports.NEAR, until=read.fingerprint.told_at + reports.NEAR)
        near = await self._store.fingerprints_like(
            reports.lookup_keys(read.fingerprint), window=around, article=read.fingerprint.article, most=NEAREST
        )
        filing = reports.file_report(read.fingerprint, near, analyst.weights)
        moved: dict[str, str] = dict(filing.joined)
        return filed(read, ReportId(filing.fingerprint.report_id)), moved

    async def _fresh(self, read: Read, analyst: Analyst) -> tuple[KeyPoint, ...]:
        """Points that no earlier version of the article said."""
        if not read.points:
            return ()
        known = await self._store.points(analyst.topic.id, ids=[point.id for point in read.points])
        old = {point.id for point in known}
        return tuple(point for point in read.points if point.id not in old)


def _merged(plan: Plan, fresh: tuple[KeyPoint, ...], read: Read) -> Plan:
    return replace(
        plan, readings=(*plan.readings, read.reading), fingerprints=(read.fingerprint,), points=(*plan.points, *fresh)
    )
