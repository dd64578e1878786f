"""A hub on loopback that plays by WebSub's rules, or against them as it is told. Knows nothing of planwatch.

It verifies by itself unless `verifies` is off; what it was asked is kept, with the hub's own state by callback.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Self

import aiohttp
from aiohttp import web

CHALLENGE = "4711-challenge"


@dataclass
class WebSubHub:
    """`lease`: what it promises, as text; None: what it is asked for. `status` and `location`: how it answers requests."""

    host: str = "127.77.0.9"
    port: int = 0
    path: str = "/hub"
    status: int = 202
    headers: dict[str, str] = field(default_factory=dict)
    lease: str | None = None
    topic: str | None = None  # what it says it was asked for, if not what it was
    verifies: bool = True
    at_once: bool = False  # verifies before it answers, as PubSubHubbub 0.3 allowed
    asked: list[dict[str, str]] = field(default_factory=list)
    subscribed: dict[str, dict[str, str]] = field(default_factory=dict)  # by callback
    verdicts: list[int] = field(default_factory=list)  # how its verifications were answered
    _runner: web.AppRunner | None = None
    _session: aiohttp.ClientSession | None = None
    _errands: set[asyncio.Task[int]] = field(default_factory=set)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/{tail:.*}", self._requested)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.settled()
        assert self._session is not None
        await self._session.close()
        await self.vanishes()

    async def vanishes(self) -> None:
        """Nobody answers there any more; it can still call."""
        if self._runner is not None:
            await self._runner.cleanup()
        self._runner = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}{self.path}"

    @property
    def modes(self) -> list[str]:
        """What it was asked for, in order."""
        return [form["hub.mode"] for form in self.asked]

    @property
    def callback(self) -> str:
        """The callback it was given last."""
        return self.asked[-1]["hub.callback"]

    async def settled(self) -> None:
        """Returns once all verifications under way have ended."""
        while self._errands:
            await asyncio.gather(*self._errands)

    async def verify(self, form: dict[str, str], **said: str | None) -> int:
        """Ask whether that was meant; `said` changes or, by None, drops arguments. A success changes the hub's state."""
        mode, lease = form["hub.mode"], form.get("hub.lease_seconds", "") if self.lease is None else self.lease
        arguments: dict[str, str | None] = {
            "mode": mode, "topic": self.topic or form["hub.topic"], "challenge": CHALLENGE, "lease_seconds": lease,
        }  # fmt: skip
        query = {f"hub.{name}": value for name, value in (arguments | said).items() if value is not None}
        status, body, _ = await self.get(form["hub.callback"], query)
        agreed = status == 200 and body == query.get("hub.challenge", "").encode()
        if agreed and mode == "subscribe":
            self.subscribed[form["hub.callback"]] = form
        elif agreed:
            self.subscribed.pop(form["hub.callback"], None)
        self.verdicts.append(status)
        return status

    async def deny(self, reason: str | None = None, topic: str | None = None) -> int:
        """Say no to what was asked last."""
        query = {"hub.mode": "denied", "hub.topic": topic or self.asked[-1]["hub.topic"]}
        return (await self.get(self.callback, query | ({"hub.reason": reason} if reason is not None else {})))[0]

    async def get(self, url: str, query: dict[str, str] | str) -> tuple[int, bytes, dict[str, str]]:
        """Status, body and headers of a call."""
        assert self._session is not None
        async with self._session.get(url, params=query) as answer:
            return answer.status, await answer.read(), dict(answer.headers)

    async def push(
        self,
        body: bytes | AsyncIterator[bytes],
        *,
        callback: str | None = None,
        method: str = "sha256",
        secret: str | None = None,
        **headers: str,
    ) -> int:
        """Deliver a document, signed with the callback's own secret unless told otherwise; header names with underscores."""
        assert self._session is not None
        to = callback or self.callback
        form = next((form for form in reversed(self.asked) if form["hub.callback"] == to), {})
        named = {"Content-Type": "application/rss+xml", "Link": f'<{self.url}>; rel="hub"'}
        if isinstance(body, bytes) and method:
            named["X-Hub-Signature"] = signature(method, secret or form.get("hub.secret", ""), body)
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        async with self._session.post(to, data=body, headers=named) as answer:
            return answer.status

    async def _requested(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.asked.append(form)
        if self.verifies and self.status < 300:
            errand = asyncio.create_task(self.verify(form))
            self._errands.add(errand)
            errand.add_done_callback(self._errands.discard)
            if self.at_once:
                await errand
        return web.Response(status=self.status, headers=self.headers)


def signature(method: str, secret: str, body: bytes) -> str:
    """As a hub writes it."""
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"
