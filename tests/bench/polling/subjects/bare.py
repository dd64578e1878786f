"""Subject: bare fetching. aiohttp, conditional requests, 32 at once, bodies read and thrown away: the least that polling can cost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp

from tests.bench.polling.playing import Told, given, play_async

AT_ONCE = 32


class Bare:
    """Remembers validators and nothing else."""

    def __init__(self, urls: list[str], session: aiohttp.ClientSession) -> None:
        self._urls = urls
        self._session = session
        self._conditions: dict[str, dict[str, str]] = {}

    async def round(self) -> Told:
        """Ask for every feed once."""
        waiting = iter(self._urls)
        await asyncio.gather(*(self._walk(waiting) for _ in range(AT_ONCE)))
        return {}

    async def _walk(self, waiting: Iterator[str]) -> None:
        for url in waiting:
            await self._ask(url)

    async def _ask(self, url: str) -> None:
        async with self._session.get(url, headers=self._conditions.get(url)) as got:
            await got.read()
            if got.status == 200:
                asked = {
                    "If-None-Match": got.headers.get("ETag"),
                    "If-Modified-Since": got.headers.get("Last-Modified"),
                }
                self._conditions[url] = {name: value for name, value in asked.items() if value}


async def main() -> None:
    """Read what the command line names."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        await play_async(Bare(given()[0], session).round)


if __name__ == "__main__":
    asyncio.run(main())
