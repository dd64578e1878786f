"""Subject: planwatch's reader: its collector on its fetcher, its parser and a SQLite store, wired as `bot.app.building` wires them.

Only loopback addresses are let through and the pause between two requests to one host is nought; all else is as shipped. Imports stand
inside `main`, as the program's own worker processes import this file too, and must not be made larger by it than they are.
"""

from __future__ import annotations

import asyncio


async def main() -> None:
    """Read what the command line names."""
    import random
    from datetime import UTC, datetime, timedelta

    from bot.feeds.fetch import FetchOptions, HttpFetcher
    from bot.feeds.parse import DocumentReader
    from bot.feeds.workers import Workers
    from bot.ports import Plan
    from bot.services.collect import Collector
    from bot.services.sites import new_feed
    from bot.store import open_store
    from tests.bench.polling.holds import watched
    from tests.bench.polling.playing import Told, given, play_async

    urls, folder = given()
    options = FetchOptions(user_agent="planwatch/bench", spacing=timedelta(0), allow_private_hosts=("127.0.0.0/8",))

    class WallClock:
        def now(self) -> datetime:
            return datetime.now(UTC)

    clock = WallClock()
    async with (
        open_store(f"sqlite:///{folder / 'planwatch.db'}", clock=clock) as store,
        HttpFetcher(options) as fetcher,
    ):
        await store.apply(Plan(feeds=tuple(new_feed(url) for url in urls)))
        reader = DocumentReader(now=clock.now, workers=Workers())
        collector = Collector(store=store, fetcher=fetcher, reader=reader, clock=clock, chance=random.random)

        async def one_round() -> Told:
            async with watched() as holds:
                done = await collector.round(everything=True)
            return {"new": done.new, "edited": done.edited, "failed": len(done.failed), **holds.told()}

        await play_async(one_round)


if __name__ == "__main__":
    asyncio.run(main())
