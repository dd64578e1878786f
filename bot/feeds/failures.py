"""What went wrong while asking a server, as one SourceError with a Trouble. Knows nothing of retries."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import datetime

import aiohttp

from bot.feeds.dialling import Dial
from bot.feeds.headers import retry_after
from bot.feeds.kinds import page_kind
from bot.feeds.wire import TooMuch
from bot.model.errors import SourceError, Trouble


def trouble_of(error: Exception, url: str, dial: Dial) -> SourceError:
    """What connecting or reading raised, as one SourceError for `url`."""
    if dial.refused:
        return SourceError(
            Trouble.ADDRESS_REFUSED, url, detail=f"{dial.host} lives at {', '.join(dict.fromkeys(dial.refused))}"
        )
    if isinstance(error, TimeoutError):
        return SourceError(Trouble.TIMEOUT, url, detail="no whole answer in time")
    if isinstance(error, TooMuch):
        return SourceError(Trouble.TOO_LARGE, url, detail=_words(error))
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return SourceError(Trouble.TLS, url, detail=_words(error))
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return SourceError(Trouble.DNS, url, detail=f"{dial.host} has no address")
    if isinstance(error, (aiohttp.InvalidURL, ValueError)):
        return SourceError(Trouble.BAD_ADDRESS, url, detail="it cannot be asked for")
    return SourceError(Trouble.CONNECTION, url, detail=_words(error))


def _words(error: Exception) -> str:
    """What the library said, as one short printable line."""
    words = " ".join(str(error).split()) or type(error).__name__
    return "".join(letter for letter in words if letter.isprintable())[:200]


def refusal(url: str, status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> SourceError:
    """The error for an answer that is neither 200, 304 nor a redirect. `body` may be only its beginning."""
    wait = retry_after(headers, now)
    kind = page_kind(body) if status in (401, 403, 429, 503) else ""
    if status == 410:
        return SourceError(Trouble.GONE, url, status=status)
    if headers.get("cf-mitigated", "").lower() == "challenge" or kind == "challenge page":
        return SourceError(Trouble.CHALLENGE_PAGE, url, detail="challenge page", status=status, retry_after=wait)
    if status == 429:
        return SourceError(Trouble.RATE_LIMITED, url, status=status, retry_after=wait)
    return SourceError(Trouble.HTTP_STATUS, url, detail=str(status), status=status, retry_after=wait)
