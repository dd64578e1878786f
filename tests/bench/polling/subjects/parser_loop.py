"""Subject: feedparser in a loop, which fetches and parses one feed after the other with its defaults, and keeps nothing."""

from __future__ import annotations

from typing import Any

import feedparser

from tests.bench.polling.playing import Told, given, play


class Loop:
    """Remembers validators, as its documentation advises."""

    def __init__(self, urls: list[str]) -> None:
        self._conditions: dict[str, dict[str, Any]] = {url: {} for url in urls}

    def round(self) -> Told:
        """Ask for every feed once."""
        entries = 0
        for url, conditions in self._conditions.items():
            parsed = feedparser.parse(url, **conditions)
            entries += len(parsed.entries)
            if parsed.status == 200:
                self._conditions[url] = {"etag": parsed.get("etag"), "modified": parsed.get("modified")}
        return {"entries": entries}


if __name__ == "__main__":
    play(Loop(given()[0]).round)
