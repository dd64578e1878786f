"""What a server answered, made a `Fetched` or an address to go on to. Knows nothing of how it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urldefrag, urljoin

from bot.feeds.headers import fresh_for, retry_after
from bot.feeds.websub.links import named_by_headers
from bot.model.errors import SourceError, Trouble
from bot.model.feeds import Fetched

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})  # RFC 9110 sections 15.4.2 and 15.4.9


@dataclass(frozen=True, slots=True)
class Onward:
    """A redirect."""

    url: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A final answer (200 or 304) and its body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def target(url: str, location: str) -> str:
    """Where a Location header leads from `url`, without fragment. Raises SourceError(BAD_ADDRESS)."""
    written = location.encode("utf-8", "surrogateescape").decode("utf-8", "replace").strip()
    try:
        return urldefrag(urljoin(url, written)).url
    except ValueError as error:
        raise SourceError(Trouble.BAD_ADDRESS, url, detail="it redirects to what is not an address") from error


def as_fetched(answer: Answer, url: str, final_url: str, *, moved: bool, now: datetime) -> Fetched:
    """The answer as a noun. `moved`: every redirect on the way was permanent."""
    headers = answer.headers
    hub, self_url = named_by_headers(headers, final_url)
    return Fetched(
        url=url,
        final_url=final_url,
        status=answer.status,
        content_type=_kept(headers.get("Content-Type")) or "",
        body=answer.body,
        etag=_kept(headers.get("ETag")),
        last_modified=_kept(headers.get("Last-Modified")),
        permanent_url=final_url if moved else None,
        fresh_for=fresh_for(headers, now),
        retry_after=retry_after(headers, now),
        hub=hub,
        self_url=self_url,
    )


def _kept(value: str | None) -> str | None:
    """A header worth keeping: bounded, and such that it can be stored and sent back."""
    return value if value and len(value) <= 1_000 and value.isprintable() else None
