"""A small Discord on loopback: REST v10 and the gateway, as far as planwatch uses them. Knows nothing of planwatch.

Every call is judged by `discord_rules`; what Discord would refuse is answered with 400 and kept in `mistakes`. Tests wait with `until`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.contracts import discord_payloads as payloads
from tests.contracts.discord_rules import EPHEMERAL, mistakes
from tests.contracts.discord_shown import Exchange, Refusal, Shown
from tests.contracts.discord_wire import Line

TOKEN = "test.bot-token.which-must-not-be-logged"
WAIT_S = 8.0


class DiscordServer:
    """Start with `async with`. Scripts: `refuse`, `refused_connects`, `deaf`, `token`; `drop`, `invalidate`, `tell` act at once."""

    def __init__(self) -> None:
        self.token = TOKEN
        self.mistakes: list[str] = []
        self.calls: list[tuple[str, str]] = []
        self.messages: list[Shown] = []
        self.commands: list[dict[str, Any]] = []
        self.registrations = 0
        self.refusals: list[Refusal] = []
        self.refused_connects = 0
        self.identified = self.resumed = self.ready = 0
        self.deaf = False  # the gateway never answers to a goodbye
        self.everybody = payloads.MEMBER_RIGHTS
        self._exchanges: dict[str, Exchange] = {}
        self._sockets: list[Line] = []
        self._changed = asyncio.Condition()
        self._next_id = 10_000
        self._nonces: dict[str, Shown] = {}

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.api_base, self.gateway_url = f"http://127.0.0.1:{port}/api/v10", f"ws://127.0.0.1:{port}/gateway"
        return self

    async def __aexit__(self, *_: object) -> None:
        for line in self._sockets:
            line.cut()
        await self._runner.cleanup()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until `condition` holds; it is looked at after every call and connection."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(lambda: bool(condition())), WAIT_S)

    def refuse(self, part: str, status: int, code: int = 0, *, times: int = 1, **body: Any) -> None:
        """Let the next calls to addresses with `part` fail. Answers come through Discord's proxy ("Via") as real ones do."""
        told = {"message": "refused", "code": code, **body}
        self.refusals.append(Refusal(part=part, status=status, body=told, times=times, headers={"Via": "1.1 google"}))

    # what people do

    async def slash(
        self, name: str, *, locale: str = "en-US", channel: str = payloads.GENERAL, permissions: int = 0, **options: str
    ) -> Exchange:
        """Somebody sends a slash command."""
        given = [{"name": option, "type": 3, "value": value} for option, value in options.items()]
        return await self._interact(
            2, {"id": "1", "name": name, "type": 1, "options": given}, channel, locale, permissions
        )

    async def types(self, name: str, option: str, typed: str, *, channel: str = payloads.GENERAL) -> Exchange:
        """Somebody is typing an option; done when suggestions came."""
        given = [{"name": option, "type": 3, "value": typed, "focused": True}]
        exchange = await self._interact(4, {"id": "1", "name": name, "type": 1, "options": given}, channel, "uk", 0)
        await self.until(lambda: exchange.callback)
        return exchange

    async def press(self, message: Shown, label: str, *, locale: str = "en-US", permissions: int = 0) -> Exchange:
        """Somebody presses the button with that label."""
        rows = [row["components"] for row in message.sent["components"] if row["type"] == 1]
        button = next(button for row in rows for button in row if button["label"] == label)
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self._interact(3, data, message.channel, locale, permissions, held=message)

    async def _interact(
        self, kind: int, data: dict[str, Any], channel: str, locale: str, permissions: int, held: Shown | None = None
    ) -> Exchange:
        number = self._new_id()
        now = asyncio.get_running_loop().time()
        exchange = Exchange(id=number, token=f"interaction-token-{number}", channel=channel, began=now, held=held)
        self._exchanges[exchange.token] = exchange
        told = payloads.interaction(
            number, exchange.token, kind, data, channel_id=channel, locale=locale, permissions=permissions
        )
        await self.tell("INTERACTION_CREATE", {**told, "message": held.payload} if held else told)
        return exchange

    # the gateway

    async def tell(self, event: str, data: dict[str, Any]) -> None:
        """Send an event to the connected client."""
        await self._sockets[-1].event(event, data)

    async def drop(self, code: int = 4000) -> None:
        """Close the client's connection with that code."""
        await self._sockets[-1].socket.close(code=code)

    async def invalidate(self) -> None:
        """Tell the client that its session is no more."""
        await self._sockets[-1].send(9, False)

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refused_connects:
            self.refused_connects -= 1
            return web.Response(status=503)
        line = Line(request.query.get("compress", ""), deaf=self.deaf)
        await line.socket.prepare(request)
        self._sockets.append(line)
        await line.send(10, {"heartbeat_interval": 41250})
        async for heard in line.socket:
            if heard.type is WSMsgType.TEXT:
                await self._heard(line, json.loads(heard.data))
        if self.deaf:
            await line.silence.wait()
        return line.socket

    async def _heard(self, line: Line, said: dict[str, Any]) -> None:
        match said["op"]:
            case 1:
                await line.send(11, None)
            case 2 | 6 if said["d"]["token"] != self.token:
                await line.socket.close(code=4004)
            case 2:
                self.mistakes += (
                    [] if said["d"]["intents"] == 1 else [f"intents {said['d']['intents']}, guilds suffice"]
                )
                self.identified += 1
                await self._welcome(line)
            case 6:
                self.resumed += 1
                await line.event("RESUMED", {})
        await self._notify()

    async def _welcome(self, line: Line) -> None:
        place = {
            "session_id": "s1",
            "resume_gateway_url": self.gateway_url,
            "guilds": [{"id": payloads.SERVER, "unavailable": True}],
        }
        own = {
            "v": 10,
            "user": payloads.user(payloads.BOT, "planwatch"),
            "application": {"id": payloads.APPLICATION, "flags": 0},
        }
        await line.event("READY", {**place, **own})
        await line.event("GUILD_CREATE", payloads.server(self.everybody))
        self.ready += 1

    # REST

    async def _rest(self, request: web.Request) -> web.Response:
        path = f"/{request.match_info['path']}"
        body = await request.json() if request.can_read_body else None
        self.calls.append((request.method, path))
        try:
            return (
                self._refused(path) or self._judged(request, path, body) or self._answered(request.method, path, body)
            )
        finally:
            await self._notify()

    def _refused(self, path: str) -> web.Response | None:
        for refusal in self.refusals:
            if refusal.part in path and refusal.times:
                refusal.times -= 1
                return _json(refusal.body, refusal.status, refusal.headers)
        return None

    def _judged(self, request: web.Request, path: str, body: Any) -> web.Response | None:
        """Interactions and webhooks carry their right in the address; everything else needs the token."""
        if (
            not path.startswith(("/interactions/", "/webhooks/"))
            and request.headers.get("Authorization") != f"Bot {self.token}"
        ):
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        found = mistakes(request.method, path, request.query, body)
        if body is not None and request.headers.get("Content-Type") != "application/json":
            found.append(f"{path}: not sent as application/json")
        self.mistakes += found
        return _json({"message": "Invalid Form Body", "code": 50035, "errors": {}}, 400) if found else None

    def _answered(self, method: str, path: str, body: Any) -> web.Response:
        match path.strip("/").split("/"):
            case ["users", "@me"]:
                return _json(payloads.user(payloads.BOT, "planwatch"))
            case ["oauth2", "applications", "@me"]:
                return _json(payloads.application())
            case ["applications", _, "commands"]:
                return self._commands(method, body)
            case ["channels", channel, "messages"]:
                return self._posted(channel, body)
            case ["interactions", _, token, "callback"]:
                return self._called_back(self._exchanges[token], body)
            case ["webhooks", _, token, *rest]:
                return self._followed_up(method, self._exchanges[token], rest, body)
        return _json({"message": "404: Not Found", "code": 0}, 404)

    def _commands(self, method: str, body: Any) -> web.Response:
        if method == "PUT":
            self.registrations += 1
            self.commands = [_stored(command, number) for number, command in enumerate(body)]
        return _json(self.commands)

    def _posted(self, channel: str, body: dict[str, Any]) -> web.Response:
        nonce = f"{channel} {body.get('nonce')}"
        known = self._nonces.get(nonce) if body.get("enforce_nonce") else None
        if known is None:
            known = self._nonces[nonce] = Shown(id=self._new_id(), channel=channel, sent=body)
            self.messages.append(known)
        return _json(known.payload)

    def _called_back(self, exchange: Exchange, body: dict[str, Any]) -> web.Response:
        if exchange.callback is not None:
            return _json({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        exchange.callback = body
        exchange.callback_after = asyncio.get_running_loop().time() - exchange.began
        exchange.thinking = body["type"] == 5
        exchange.original = exchange.held
        if exchange.thinking:
            flags = (body.get("data") or {}).get("flags", 0)
            exchange.original = Shown(
                id=self._new_id(), channel=exchange.channel, sent={"flags": flags}, answers=exchange.id
            )
        return _json(_callback_told(exchange, body))

    def _followed_up(self, method: str, exchange: Exchange, rest: list[str], body: Any) -> web.Response:
        if exchange.callback is None:
            return _json({"message": "Unknown Webhook", "code": 10015}, 404)
        if rest != ["messages", "@original"]:
            return self._answer(exchange, body)
        if exchange.original is None:
            return _json({"message": "Unknown Message", "code": 10008}, 404)
        if method == "DELETE":
            exchange.original, exchange.thinking = None, False
            return web.Response(status=204)
        return self._edited(exchange, exchange.original, body)

    def _edited(self, exchange: Exchange, message: Shown, body: dict[str, Any]) -> web.Response:
        """An edit can't change who sees a message."""
        hidden = message.sent.get("flags", 0) & EPHEMERAL
        message.sent = {**message.sent, **body, "flags": body.get("flags", 0) | hidden}
        message.edits += 1
        exchange.thinking = False
        if message not in exchange.shown:
            exchange.shown.append(message)
        return _json(message.payload)

    def _answer(self, exchange: Exchange, body: dict[str, Any]) -> web.Response:
        """The first follow-up while the bot "thinks" takes the place of that, seen by whom that is seen."""
        if exchange.thinking and exchange.original is not None:
            return self._edited(exchange, exchange.original, body)
        message = Shown(id=self._new_id(), channel=exchange.channel, sent=body, answers=exchange.id)
        exchange.shown.append(message)
        return _json(message.payload)

    def _new_id(self) -> str:
        self._next_id += 1
        return str(self._next_id)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Content-Type without a charset, as Discord's: discord.py takes nothing else for JSON."""
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers={**(headers or {}), "Content-Type": "application/json"}
    )


def _stored(command: dict[str, Any], number: int) -> dict[str, Any]:
    """A command as Discord gives it back: permissions as text, an id, and fields we did not send."""
    rights = command.get("default_member_permissions")
    added = {"id": str(500 + number), "application_id": payloads.APPLICATION, "version": "1", "nsfw": False}
    return {
        **command,
        **added,
        "default_member_permissions": None if rights is None else str(rights),
        "dm_permission": True,
    }


def _callback_told(exchange: Exchange, body: dict[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"interaction": {"id": exchange.id, "type": 2}}
    if exchange.thinking and exchange.original is not None:
        told["interaction"] |= {"response_message_id": exchange.original.id, "response_message_loading": True}
        told["resource"] = {"type": body["type"], "message": exchange.original.payload}
    return told
