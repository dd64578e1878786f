"""A transaction is finished even when nobody waits for it any more. Knows no database.

A statement that is cancelled goes on in the driver's thread while its connection is thrown away, and SQLite then keeps the
transaction's lock until the garbage collector comes by. So a cancelled caller waits the moment that the transaction takes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def unbroken(method: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """`method`, run to its end before its caller's cancellation goes on."""

    @wraps(method)
    async def run(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.ensure_future(method(*args, **kwargs))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait([task])
            raise

    return run
