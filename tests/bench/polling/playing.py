"""The subject's side: plays a round whenever a line comes in, and tells in a line of JSON what came of it. Knows no subject."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

Told = dict[str, float]  # what a subject knows of its own round


def given() -> tuple[list[str], Path]:
    """The addresses to read and the folder to work in, from the command line."""
    return Path(sys.argv[1]).read_text("utf-8").split(), Path(sys.argv[2])


def play(one_round: Callable[[], Told]) -> None:
    """Play rounds until there are no more lines."""
    _say({})
    for _ in sys.stdin:
        _say(one_round())


async def play_async(one_round: Callable[[], Awaitable[Told]]) -> None:
    """The same in a running event loop, which must not wait for lines."""
    _say({})
    while await asyncio.to_thread(sys.stdin.readline):
        _say(await one_round())


def _say(told: Told) -> None:
    gc.collect()  # so that what is left after a round can be compared
    print(json.dumps(told), flush=True)
