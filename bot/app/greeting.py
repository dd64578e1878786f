"""What `planwatch run` says first when it has no token: what is shown here, and what to set for the real thing. Builds nothing."""

from __future__ import annotations

from bot.app.machine import Machine

_SAMPLE = """\
SAMPLE DATA. No token and no sources are configured, so planwatch reads its own sample world: invented outlets and articles
about a real plan. Nothing quoted below was ever said.

For the real thing, set one or both of these and start again; the live feeds of config/feeds.toml are then followed:
  PLANWATCH_TELEGRAM__TOKEN    the token that @BotFather gives a new bot
  PLANWATCH_DISCORD__TOKEN     the token of a bot in Discord's developer portal
To read live feeds here in the terminal, name some: PLANWATCH_FEEDS="https://… https://…"
Every setting is explained in config/planwatch.toml; `planwatch doctor` checks them.
"""
_LIVE = """\
No token is configured, so planwatch talks here. For chats, set PLANWATCH_TELEGRAM__TOKEN or PLANWATCH_DISCORD__TOKEN.
"""


def greeting(machine: Machine) -> str:
    """A few lines for the terminal."""
    return _SAMPLE if machine.sample else _LIVE
