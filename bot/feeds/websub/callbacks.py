"""The server that hubs call back, from its first moment to its last. Knows nothing of what it answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from bot.feeds.websub.answering import Answers, CallbackOptions
from bot.model.errors import Mistake, SettingsError
from bot.ports import Log
from bot.services.hubcalls import HubCalls

TAKERS = 2
LAST_DOCUMENTS_S = 0.8  # what was received gets when we stop


@asynccontextmanager
async def answering_hubs(
    options: CallbackOptions, calls: HubCalls, log: Log, count: Callable[[str], None]
) -> AsyncIterator[int]:
    """Take hubs' calls while the context lasts; yields the port. `count` hears of `pushes` and `pushes_ignored`.

    Raises SettingsError when the address cannot be listened on.
    """
    answers = Answers(options, calls, log, count)
    app = web.Application(middlewares=[answers.whatever_happens])
    app.router.add_route("GET", "/{tail:.*}", answers.asked)
    app.router.add_route("POST", "/{tail:.*}", answers.brought)
    runner = web.AppRunner(
        app, access_log=None, handle_signals=False, shutdown_timeout=0.5,
        logger=_unheard(),
        auto_decompress=False,  # the signature is over the body as sent, and nothing can swell
        keepalive_timeout=15, lingering_time=1,
    )  # fmt: skip
    await runner.setup()
    takers = [asyncio.create_task(answers.keep_taking()) for _ in range(TAKERS)]
    try:
        await _start(web.TCPSite(runner, *options.listen), options.listen)
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
        with suppress(TimeoutError):
            await asyncio.wait_for(answers.taken(), LAST_DOCUMENTS_S)
        for taker in takers:
            taker.cancel()
        await asyncio.gather(*takers, return_exceptions=True)


async def _start(site: web.TCPSite, listen: tuple[str, int]) -> None:
    try:
        await site.start()
    except OSError as error:
        problem = f"{listen[0]}:{listen[1]} cannot be listened on ({error.strerror or error})"
        remedy = "name another port, or leave it and websub.public_url empty"
        raise SettingsError((Mistake("settings", "websub.listen", problem, remedy),)) from None


def _unheard() -> logging.Logger:
    """Where aiohttp may tell of requests that are none, and tracebacks of what `Answers` tells in a line."""
    logger = logging.getLogger("planwatch.unheard")
    logger.setLevel(logging.CRITICAL + 1)
    return logger
