"""Builds the library's client so that its logs never name the token. Knows nothing of what is sent or asked."""

from __future__ import annotations

import logging
import re
import warnings

from telegram import Bot
from telegram.request import HTTPXRequest
from telegram.warnings import PTBDeprecationWarning

from bot.model.errors import TokenRefused
from handlers.telegram.sieve import SievedRequest

OFFICIAL = "https://api.telegram.org"
_TOKEN = re.compile(r"[A-Za-z0-9:_-]+")  # what goes into a path as it is


def a_bot(token: str, base_url: str | None) -> Bot:
    """The client. `base_url` is a Bot API server's address, with or without the closing "/bot". Raises TokenRefused."""
    if not _TOKEN.fullmatch(token):
        raise TokenRefused("telegram")
    root = (base_url or OFFICIAL).rstrip("/").removesuffix("/bot")
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(connection_pool_size=64, pool_timeout=10),
        get_updates_request=SievedRequest(connection_pool_size=2, read_timeout=10),  # beside the long poll's own time
    )


def hush() -> None:
    """Keep the client's and its HTTP library's logs from naming addresses, which hold the token, and pages that may echo them."""
    for name in ("httpx", "httpcore", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
    # The client warns of the type of its own attribute at every flood wait; `refusals.pause` takes both types.
    warnings.filterwarnings("ignore", message=".*retry_after", category=PTBDeprecationWarning)
