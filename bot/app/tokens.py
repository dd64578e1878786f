"""Tries the configured tokens out, for `planwatch doctor`. Sends nothing, changes nothing, and never says a token."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp

from bot.app.findings import Finding, State
from bot.settings import Settings

TELEGRAM, DISCORD = "https://api.telegram.org", "https://discord.com/api/v10"
PATIENCE_S = 10


async def token_findings(settings: Settings, *, offline: bool) -> list[Finding]:
    """One finding a platform."""
    telegram, discord = settings.telegram, settings.discord
    root = (telegram.base_url or TELEGRAM).rstrip("/").removesuffix("/bot")
    asked: tuple[tuple[str, str, str, dict[str, str]], ...] = (
        ("telegram", telegram.token.reveal(), f"{root}/bot{telegram.token.reveal()}/getMe", {}),
        (
            "discord",
            discord.token.reveal(),
            f"{discord.base_url or DISCORD}/users/@me",
            {"Authorization": f"Bot {discord.token.reveal()}"},
        ),
    )
    return [await _finding(name, token, url, headers, offline=offline) for name, token, url, headers in asked]


async def _finding(name: str, token: str, url: str, headers: Mapping[str, str], *, offline: bool) -> Finding:
    if not token:
        return Finding(
            name,
            State.OFF,
            "no token",
            f"to serve {name.capitalize()}, set {name}.token (PLANWATCH_{name.upper()}__TOKEN)",
        )
    if offline:
        return Finding(name, State.CARE, "a token is set; not tried out, as asked")
    try:
        status, answer = await _ask(url, headers)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        return Finding(
            name,
            State.CARE,
            f"a token is set; {name.capitalize()} could not be asked ({type(error).__name__})",
            "check the network",
        )
    if status in {401, 403, 404}:
        return Finding(
            name, State.BROKEN, f"{name.capitalize()} does not accept the token", f"put a valid one into {name}.token"
        )
    if status != 200:
        return Finding(name, State.CARE, f"{name.capitalize()} answered {status}", "try again later")
    who = answer.get("result", answer)
    return Finding(
        name, State.WORKS, f"the token is that of {who.get('username', 'a bot') if isinstance(who, dict) else 'a bot'}"
    )


async def _ask(url: str, headers: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
    async with (
        asyncio.timeout(PATIENCE_S),
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers) as answer,
    ):
        data = await answer.json(content_type=None) if answer.status == 200 else {}
        return answer.status, data if isinstance(data, dict) else {}
