"""A small Bot API server on loopback: judges every call, keeps what was sent, hands out updates, fails as told.

It speaks HTTP as api.telegram.org does, so the real client is driven through it. Knows nothing of planwatch.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.contracts.telegram_rules import SPEC, mistakes
from tests.contracts.telegram_updates import BOT, standing

TOKEN = "4242:AAF-token_that_must_not_be_seen"
Json = dict[str, Any]


@dataclass
class Call:
    """One call as it came: parameters decoded by the specification's types."""

    method: str
    params: Json


@dataclass
class Script:
    """One answer given in place of the usual one. `status` 0 drops the connection."""

    status: int
    body: str = ""
    kind: str = "application/json"


def error(status: int, description: str, **parameters: int) -> Script:
    """An error as Telegram words it."""
    more = {"parameters": parameters} if parameters else {}
    return Script(status, json.dumps({"ok": False, "error_code": status, "description": description, **more}))


def flood(seconds: int) -> Script:
    """429 with a wait."""
    return error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def blocked() -> Script:
    """403 of somebody who does not want to hear us."""
    return error(403, "Forbidden: bot was blocked by the user")


def migrated(new_id: int) -> Script:
    """400 of a group that has become a supergroup."""
    return error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_id)


def unauthorised() -> Script:
    """401: the token is not, or no longer, known."""
    return error(401, "Unauthorized")


def page(status: int, text: str = "<html>Bad Gateway</html>") -> Script:
    """A proxy's page in place of an answer."""
    return Script(status, text, "text/html")


def dropped() -> Script:
    """The connection breaks before an answer."""
    return Script(0)


@dataclass
class TelegramServer:
    """`async with TelegramServer() as server`: listening at `server.url`, at `port` if one is given."""

    port: int = 0
    token: str = TOKEN
    url: str = ""
    calls: list[Call] = field(default_factory=list)
    sent: list[Json] = field(
        default_factory=list
    )  # sendMessage and editMessageText, with "message_id"; edits with "edited": True
    mistakes: list[str] = field(default_factory=list)
    members: dict[tuple[int, int], str] = field(default_factory=dict)  # (chat, person) → status; else "member"

    def __post_init__(self) -> None:
        self._updates: deque[Json] = deque()
        self._scripts: dict[str, deque[Script]] = defaultdict(deque)
        self._changed = asyncio.Condition()
        self._stopping = False
        self._numbers = {"update": 1000, "message": 9000}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping = True
        await self._tell()
        await self._runner.cleanup()

    def script(self, method: str, *answers: Script) -> None:
        """The next calls of `method` get these answers, in order."""
        self._scripts[method].extend(answers)

    async def push(self, *updates: Json) -> None:
        """People do something."""
        for update in updates:
            self._numbers["update"] += 1
            self._updates.append({"update_id": self._numbers["update"], **update})
        await self._tell()

    async def until(self, *, sent: int = 0, called: str = "", times: int = 1, within: float = 5) -> list[Json]:
        """What was sent, once that many messages were sent and `called` was called so many times; fails after `within` seconds."""
        try:
            async with asyncio.timeout(within), self._changed:
                await self._changed.wait_for(
                    lambda: len(self.sent) >= sent and (not called or len(self.of(called)) >= times)
                )
        except TimeoutError:
            raise AssertionError(f"sent {self.sent}, called {[call.method for call in self.calls]}") from None
        return self.sent

    def of(self, method: str) -> list[Json]:
        """The parameters of all calls of `method`."""
        return [call.params for call in self.calls if call.method == method]

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = _decoded(method, {key: str(value) for key, value in (await request.post()).items()})
        self.calls.append(Call(method, params))
        await self._tell()
        if self._scripts[method]:
            return self._scripted(request, self._scripts[method].popleft())
        if request.match_info["token"] != self.token:
            return self._scripted(request, unauthorised())
        wrong = mistakes(method, params)
        self.mistakes.extend(wrong)
        if wrong:
            return self._scripted(request, error(400, f"Bad Request: {wrong[0]}"))
        result = await getattr(self, f"_{method}")(params)
        await self._tell()
        return web.json_response({"ok": True, "result": result})

    def _scripted(self, request: web.Request, answer: Script) -> web.Response:
        if not answer.status and request.transport:
            request.transport.abort()
        return web.Response(status=answer.status or 500, text=answer.body, content_type=answer.kind)

    async def _getMe(self, _: Json) -> Json:
        return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _deleteWebhook(self, _: Json) -> bool:
        return True

    async def _setMyCommands(self, _: Json) -> bool:
        return True

    async def _answerCallbackQuery(self, _: Json) -> bool:
        return True

    async def _getChatMember(self, params: Json) -> Json:
        return standing(self.members.get((params["chat_id"], params["user_id"]), "member"))

    async def _getUpdates(self, params: Json) -> list[Json]:
        while self._updates and self._updates[0]["update_id"] < params.get("offset", 0):
            self._updates.popleft()
        if not self._updates and params.get("timeout"):
            try:
                async with asyncio.timeout(params["timeout"]), self._changed:
                    await self._changed.wait_for(lambda: self._updates or self._stopping)
            except TimeoutError:
                pass
        allowed = params.get("allowed_updates", [])
        return [update for update in self._updates if update.keys() & {*allowed}]

    async def _sendMessage(self, params: Json) -> Json:
        self._numbers["message"] += 1
        return self._kept({**params, "message_id": self._numbers["message"]})

    async def _editMessageText(self, params: Json) -> Json:
        return self._kept({**params, "edited": True})

    def _kept(self, message: Json) -> Json:
        self.sent.append(message)
        chat = {"id": message["chat_id"], "type": "private" if message["chat_id"] > 0 else "supergroup"}
        return {
            "message_id": message["message_id"],
            "date": 1_770_000_000,
            "chat": chat,
            "from": BOT,
            "text": message["text"],
        }


def _decoded(method: str, params: dict[str, str]) -> Json:
    fields = SPEC["methods"].get(method, {})
    return {key: _value(fields.get(key, {}).get("types", []), value) for key, value in params.items()}


def _value(types: list[str], value: str) -> Any:
    """Form fields are text; everything but text is JSON."""
    if types == ["String"]:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
