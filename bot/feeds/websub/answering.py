"""What hubs and others are answered: verification by GET, new content by POST (WebSub sections 5.3 and 7). Decides nothing about subscriptions.

Nothing is read of a caller who does not know a callback; nothing of a request is logged.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from aiohttp import web

from bot.feeds.websub.signing import is_signed
from bot.model.feeds import Push, PushId
from bot.ports import Log
from bot.services.hubcalls import OPEN, HubCalls

READ_AT_ONCE = 8  # bodies, one of each callback; each may be as large as `max_bytes`
MOST_HELD = 20_000_000  # bytes received and not taken in yet; a hub that brings more is asked to come again
_LONGEST_CHALLENGE = 1_000  # "limiting its length", section 8.2
_SAFE = {"Content-Type": "application/octet-stream", "X-Content-Type-Options": "nosniff"}  # section 8.2
_LATER = {"Retry-After": "60"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackOptions:
    """Where hubs reach us, and what they may bring."""

    public_url: str
    listen: tuple[str, int]
    max_bytes: int = 5_000_000
    patience: timedelta = timedelta(seconds=20)  # for one body to come in whole


class Answers:
    """What hubs and others are answered."""

    def __init__(self, options: CallbackOptions, calls: HubCalls, log: Log, count: Callable[[str], None]) -> None:
        self._options = options
        self._calls = calls
        self._log = log
        self._count = count
        self._prefix = urlsplit(options.public_url).path.rstrip("/")
        self._reading = asyncio.Semaphore(READ_AT_ONCE)
        self._busy: set[PushId] = set()
        self._waiting: asyncio.Queue[tuple[Push, str, bytes]] = asyncio.Queue()
        self._held = 0
        self._ignored: Counter[PushId] = Counter()

    @web.middleware
    async def whatever_happens(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """An answer, also where one of the two cannot go on. What only the caller did wrong is no news."""
        try:
            return await handler(request)
        except TimeoutError:
            return web.Response(status=408)
        except (web.RequestPayloadError, ConnectionError):
            return web.Response(status=400)
        except web.HTTPException:
            raise
        except Exception as error:  # noqa: BLE001  one call
            self._log.error("hub.unanswered", problem=f"{type(error).__name__}: {error}")
            return web.Response(status=503, headers=_LATER)

    async def asked(self, request: web.Request) -> web.Response:
        """A hub makes sure that it was us (section 5.3), or says no (section 5.2). Others find nothing here."""
        given = {name: request.query.getall(f"hub.{name}", []) for name in ("mode", "topic", "challenge", "reason")}
        if any(len(values) > 1 for values in given.values()):
            return web.Response(status=404)
        mode, topic, challenge, reason = (next(iter(values), "") for values in given.values())
        if mode == "denied":
            known = await self._calls.denied(self._id(request), topic, reason)
            return web.Response(status=200 if known else 404)
        if not 0 < len(challenge) <= _LONGEST_CHALLENGE or not (challenge.isascii() and challenge.isprintable()):
            return web.Response(status=404)
        lease = request.query.get("hub.lease_seconds", "")
        if not await self._calls.verified(self._id(request), mode, topic, lease):
            return web.Response(status=404)
        return web.Response(body=challenge.encode(), headers=_SAFE)

    async def brought(self, request: web.Request) -> web.Response:
        """New content: taken note of at once, taken in afterwards (section 7)."""
        push = await self._calls.callback(self._id(request))
        if push is None or push.state not in OPEN:
            return web.Response(status=410)  # "the subscription has been deleted", section 7
        if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
            return web.Response(status=415)
        if push.id in self._busy:
            return web.Response(status=503, headers=_LATER)
        return self._take(push, request, await self._read(push, request))

    async def keep_taking(self) -> None:
        """Hand on what was received, one by one, for ever."""
        while True:
            push, content_type, body = await self._waiting.get()
            try:
                await self._calls.take(push, content_type, body)
            finally:
                self._held -= len(body)
                self._waiting.task_done()

    async def taken(self) -> None:
        """Returns once everything received is taken in."""
        await self._waiting.join()

    def _id(self, request: web.Request) -> PushId:
        """The callback meant. A proxy before us may have taken the public address's path off, or not."""
        return PushId(request.path.removeprefix(self._prefix).removeprefix("/"))

    async def _read(self, push: Push, request: web.Request) -> bytes:
        self._busy.add(push.id)
        try:
            async with asyncio.timeout(self._options.patience.total_seconds()), self._reading:
                return await self._body(request)
        finally:
            self._busy.discard(push.id)

    async def _body(self, request: web.Request) -> bytes:
        most = self._options.max_bytes
        if (request.content_length or 0) > most:
            raise web.HTTPRequestEntityTooLarge(most, request.content_length or 0)
        pieces: list[bytes] = []
        size = 0
        async for piece in request.content.iter_chunked(65_536):
            size += len(piece)
            if size > most:
                raise web.HTTPRequestEntityTooLarge(most, size)
            pieces.append(piece)
        return b"".join(pieces)

    def _take(self, push: Push, request: web.Request, body: bytes) -> web.Response:
        """A wrong signature is answered as a right one, so that nobody can try signatures out (section 7.1.2)."""
        if not is_signed(request.headers, body, push.secret):
            self._ignore(push)
            return web.Response(status=202)
        if self._held and self._held + len(body) > MOST_HELD:
            return web.Response(status=503, headers=_LATER)
        if not self._calls.is_repeated(push, body):
            content_type = request.headers.get("Content-Type", "")[:200]
            self._held += len(body)
            self._waiting.put_nowait((push, content_type if content_type.isprintable() else "", body))
            self._count("pushes")
        return web.Response(status=202)

    def _ignore(self, push: Push) -> None:
        """Logged at the first, tenth, hundredth … time."""
        self._count("pushes_ignored")
        self._ignored[push.id] += 1
        times = self._ignored[push.id]
        if str(times).rstrip("0") == "1":
            self._log.warning("push.ignored", feed=push.feed_id, problem="no signature that fits", times=times)
